package api

import (
	"cmp"
	"context"
	"slices"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/schema"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// DefinitionList is every version of every indicator at a scope.
type DefinitionList struct {
	Scope    string           `json:"scope"`
	Versions []DefinitionLine `json:"versions" doc:"by indicator, then by the day from which they hold"`
	Breaks   []SeriesBreak    `json:"breaks" doc:"days before and after which values are not alike"`
	Sample   bool             `json:"sample,omitempty" doc:"the log is a scenario log"`
}

// DefinitionLine is one version: the form of API and command line.
type DefinitionLine struct {
	Indicator    string            `json:"indicator"`
	Name         string            `json:"name"`
	Version      string            `json:"version"`
	State        string            `json:"state" enum:"shipped,trial,proposed,approved,rejected,retired"`
	OfficialFrom string            `json:"official_from" format:"date"`
	RetiredFrom  string            `json:"retired_from,omitempty" doc:"not in force for periods that begin on this day or later"`
	InForce      bool              `json:"in_force" doc:"for a period that begins today"`
	Rule         string            `json:"rule"`
	Unit         string            `json:"unit"`
	Basis        string            `json:"basis"`
	Parameters   map[string]string `json:"parameters"`
	Digest       string            `json:"digest"`
	Text         string            `json:"text"`
	ProposedBy   string            `json:"proposed_by,omitempty" doc:"account"`
	DecidedBy    string            `json:"decided_by,omitempty" doc:"account"`
	Reason       string            `json:"reason,omitempty" doc:"of a rejection"`
}

// SeriesBreak is a day before and after which values of an indicator are not alike.
type SeriesBreak struct {
	Indicator string `json:"indicator"`
	At        string `json:"at" format:"date"`
	Kind      string `json:"kind"`
	Note      string `json:"note"`
}

// AnswerDefinitions lists the versions at a scope; of one indicator, if it is named.
// today decides which are in force. What cannot be answered is a Refusal.
func AnswerDefinitions(ctx context.Context, definitions Definitions, scope, id string, today japan.Date, words *locale.Words) (DefinitionList, error) {
	out := DefinitionList{Scope: scope, Versions: []DefinitionLine{}, Breaks: []SeriesBreak{}}
	if !slices.Contains(domain.Codes["scope"], scope) {
		return out, domain.RefuseField("scope.unknown", "scope")
	}
	book, err := definitions.Book(ctx, scope)
	if err != nil {
		return out, err
	}
	all, err := definitions.All(ctx)
	if err != nil {
		return out, err
	}
	list, err := indicator.Listing(scope, all)
	if err != nil {
		return out, err
	}
	for _, l := range list {
		if id == "" || l.Indicator == id {
			force, _ := book.InForce(l.Indicator, today)
			line := definitionLine(l, words)
			line.InForce = force.Version == l.Version
			out.Versions = append(out.Versions, line)
		}
	}
	for _, s := range all {
		if s.Scope == scope && (id == "" || s.Code == id) {
			for _, b := range s.Breaks {
				out.Breaks = append(out.Breaks, SeriesBreak{Indicator: s.Code, At: b.At.String(), Kind: b.Kind, Note: b.Note})
			}
		}
	}
	if len(out.Versions) == 0 && id != "" {
		return out, domain.RefuseField("indicator.unknown", "indicator")
	}
	return out, nil
}

func definitionLine(l indicator.Listed, words *locale.Words) DefinitionLine {
	language := string(words.Language)
	out := DefinitionLine{
		Indicator: l.Indicator, Name: l.Name[language], Version: l.Version, State: l.State, OfficialFrom: l.OfficialFrom,
		Rule: l.Rule, Unit: l.Unit, Basis: l.Basis, Parameters: l.Parameters, Digest: l.Digest(), Text: l.Text[language],
	}
	if l.Own != nil {
		out.ProposedBy, out.DecidedBy, out.Reason, out.RetiredFrom = l.Own.ProposedBy, l.Own.DecidedBy, l.Own.Reason, l.Own.Retired.String()
	}
	return out
}

// DryRunLine is a fiscal year counted by the rule in force and by a candidate.
type DryRunLine struct {
	Year    string `json:"year"`
	Version string `json:"version" doc:"in force in the year"`
	Before  *int   `json:"before" doc:"in units of the last decimal; null where there is no value"`
	After   *int   `json:"after"`
	Delta   *int   `json:"delta"`
	Scale   int    `json:"scale,omitempty" doc:"decimals of the candidate"`
	Shown   string `json:"shown" doc:"both values as they are printed"`
	Counts  bool   `json:"counts" doc:"the candidate would be in force in the year, were it approved"`
}

// DryRuns counts all past years by a candidate.
type DryRuns interface {
	DryRun(ctx context.Context, book *indicator.Book, candidate indicator.Definition, scope string) ([]projections.DryYear, error)
}

// AnswerDryRun counts every year by the rule in force and by a candidate.
func AnswerDryRun(ctx context.Context, figures DryRuns, definitions Definitions, candidate indicator.Definition, scope string, words *locale.Words) ([]DryRunLine, error) {
	if !slices.Contains(domain.Codes["scope"], scope) {
		return nil, domain.RefuseField("scope.unknown", "scope")
	}
	book, err := definitions.Book(ctx, scope)
	if err != nil {
		return nil, err
	}
	if candidate, err = book.Draft(candidate); err != nil {
		return nil, err
	}
	years, err := figures.DryRun(ctx, book, candidate, scope)
	out := make([]DryRunLine, len(years))
	for i, y := range years {
		line := DryRunLine{Year: y.Year.String(), Version: y.InForce.Version, Scale: candidate.Scale(), Counts: y.Counts}
		line.Before, line.After = number(y.Before), number(y.After)
		if line.Before != nil && line.After != nil {
			delta := *line.After - *line.Before
			line.Delta = &delta
		}
		line.Shown = Shown(words, y.InForce, y.Before.Value, y.Before.Absent) + " → " + Shown(words, candidate, y.After.Value, y.After.Absent)
		out[i] = line
	}
	return out, err
}

// number is a value, or nothing where there is none.
func number(r indicator.Result) *int {
	if r.Absent != "" {
		return nil
	}
	return &r.Value
}

// DefinitionsIn is the address of a list of definitions.
type DefinitionsIn struct {
	Scope     string `query:"scope" doc:"desk, corner or controller; default the caller's controller"`
	Indicator string `query:"indicator" doc:"of this indicator only"`
	Fresh
}

func (a *API) definitions(ctx context.Context, in *DefinitionsIn) (DefinitionList, error) {
	v := visitorOf(ctx)
	if !domain.MayFacts(v.Actor, a.today(), v.Controller) {
		return DefinitionList{}, domain.Refuse("account.not_allowed")
	}
	if err := a.await(ctx, in.Fresh); err != nil {
		return DefinitionList{}, err
	}
	out, err := AnswerDefinitions(ctx, a.Definitions, cmp.Or(in.Scope, v.Controller), in.Indicator, a.today(), v.words)
	out.Sample = a.Sample
	return out, err
}

func (a *API) definitionSchema(context.Context, *struct{}) (map[string]any, error) {
	return schema.Definition(), nil
}
