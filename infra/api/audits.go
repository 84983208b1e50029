package api

import (
	"context"
	"slices"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/period"
	"ayumi/domain/register"
)

// Counting is where a figure is counted again for a sample: a read model, and the
// rules.
type Counting struct {
	From  indicator.Source
	Rules indicator.Rules
}

// AuditsAnswer is the audits of a fiscal year: the one form of the API and of the
// command line. Accounts are pseudonyms.
type AuditsAnswer struct {
	Controller string     `json:"controller"`
	FiscalYear string     `json:"fiscal_year"`
	Audits     []AuditOne `json:"audits"`
	Sample     bool       `json:"sample,omitempty" doc:"from a scenario log"`
}

// AuditOne is one audit.
type AuditOne struct {
	ID       string         `json:"id"`
	Kind     string         `json:"kind"`
	Scope    string         `json:"scope"`
	State    string         `json:"state" enum:"opened,findings,measures,closed"`
	Samples  []AuditSample  `json:"samples"`
	Findings []AuditFinding `json:"findings"`
}

// AuditSample is what was drawn, and how to draw it again.
type AuditSample struct {
	Figure     string   `json:"figure,omitempty" doc:"number in the register; absent in the first form of the record"`
	Method     string   `json:"method" enum:"random,risk"`
	Seed       int      `json:"seed"`
	Size       int      `json:"size"`
	Population int      `json:"population,omitempty"`
	Positions  []uint64 `json:"positions" doc:"drawn again now, in order of drawing"`
	Digest     string   `json:"digest" doc:"of the positions drawn, as recorded"`
	Agrees     bool     `json:"agrees" doc:"what is drawn now has that digest"`
}

// AuditFinding is one finding.
type AuditFinding struct {
	ID       string   `json:"id"`
	Grade    string   `json:"grade"`
	Text     string   `json:"text"`
	DueOn    string   `json:"due_on,omitempty" format:"date"`
	Measures []string `json:"measures"`
}

// DrawAnswer is a drawing that was not recorded.
type DrawAnswer struct {
	Figure     string   `json:"figure"`
	Method     string   `json:"method"`
	Seed       int      `json:"seed"`
	Population int      `json:"population"`
	Members    string   `json:"members" doc:"digest of what the figure counted"`
	Positions  []uint64 `json:"positions"`
	Digest     string   `json:"digest"`
}

// AnswerAudits lists the audits of a year; samples are drawn again.
func AnswerAudits(ctx context.Context, periods Periods, registers Registers, c Counting, controller, year string) (AuditsAnswer, error) {
	fy, err := japan.ParseFiscalYear(year)
	if err != nil {
		return AuditsAnswer{}, domain.RefuseField("period.unreadable", "period")
	}
	if !slices.Contains(domain.Codes["controller"], controller) {
		return AuditsAnswer{}, domain.RefuseField("scope.unknown", "controller")
	}
	p, entries, err := periods.Period(ctx, controller, fy)
	if err != nil {
		return AuditsAnswer{}, err
	}
	all, err := registers.Register(ctx, controller)
	if err != nil {
		return AuditsAnswer{}, err
	}
	out := AuditsAnswer{Controller: controller, FiscalYear: fy.String(), Audits: []AuditOne{}}
	for _, e := range entries {
		if e.Type != "period.audit_opened" {
			continue
		}
		id := e.Facts.Text("audit")
		one, err := auditOne(ctx, p, all, c, id)
		if err != nil {
			return out, err
		}
		out.Audits = append(out.Audits, one)
	}
	return out, nil
}

func auditOne(ctx context.Context, p *period.Period, all *register.Register, c Counting, id string) (AuditOne, error) {
	a := p.Audits[id]
	out := AuditOne{ID: id, Kind: a.Kind, Scope: a.Scope, State: a.State, Samples: []AuditSample{}, Findings: []AuditFinding{}}
	for _, s := range a.Samples {
		one := AuditSample{Method: s.Method, Seed: s.RandomSeed, Size: s.Size, Population: s.Population, Digest: s.Drawn, Positions: []uint64{}}
		if l := all.Of(s.Figure, s.Edition); l != nil && l.Edition != nil {
			d, err := drawFrom(ctx, c, l, s.Method, s.RandomSeed, s.Size)
			if err != nil {
				return out, err
			}
			one.Figure, one.Positions, one.Agrees = d.Figure, d.Positions, d.Digest == s.Drawn
		}
		out.Samples = append(out.Samples, one)
	}
	for _, each := range a.Findings {
		x := p.Findings[each]
		one := AuditFinding{ID: each, Grade: x.Grade, Text: x.Text, Measures: []string{}}
		if x.DueOn != 0 {
			one.DueOn = x.DueOn.String()
		}
		for _, m := range x.Measures {
			one.Measures = append(one.Measures, m.Text)
		}
		out.Findings = append(out.Findings, one)
	}
	return out, nil
}

func drawFrom(ctx context.Context, c Counting, l *register.Line, method string, seed, size int) (DrawAnswer, error) {
	found, err := indicator.CountFor(ctx, c.From, c.Rules, l.Figure.Asked(l.Edition))
	if err != nil {
		return DrawAnswer{}, err
	}
	population := period.Population(method, found)
	drawn := period.Draw(seed, population, size)
	return DrawAnswer{Figure: lineNumber(l), Method: method, Seed: seed, Population: len(population), Members: found.Members, Positions: drawn, Digest: period.DrawnDigest(drawn)}, nil
}

// AnswerDraw draws from what stands behind a line of the register, and records
// nothing.
func AnswerDraw(ctx context.Context, registers Registers, c Counting, controller, number, method string, seed, size int) (DrawAnswer, error) {
	all, err := registers.Register(ctx, controller)
	if err != nil {
		return DrawAnswer{}, err
	}
	i := slices.IndexFunc(all.Lines, func(l *register.Line) bool { return lineNumber(l) == number })
	switch {
	case i < 0 || all.Lines[i].Edition == nil:
		return DrawAnswer{}, domain.RefuseField("audit.figure", "figure")
	case method != period.MethodRandom && method != period.MethodRisk:
		return DrawAnswer{}, domain.RefuseField("field.code", "method")
	case seed < 0 || seed > period.LargestSeed:
		return DrawAnswer{}, domain.RefuseField("field.range", "random_seed")
	case size < 1:
		return DrawAnswer{}, domain.RefuseField("field.range", "size")
	}
	out, err := drawFrom(ctx, c, all.Lines[i], method, seed, size)
	if err == nil && size > out.Population {
		err = domain.RefuseField("audit.size", "size")
	}
	return out, err
}

// AuditsIn names a fiscal year of the caller's controller.
type AuditsIn struct {
	Year string `path:"year" doc:"FY2019"`
	Fresh
}

func (a *API) audits(ctx context.Context, in *AuditsIn) (AuditsAnswer, error) {
	v := visitorOf(ctx)
	if !v.Has(a.today(), domain.Analyst, domain.Manager, domain.Auditor, domain.Records) {
		return AuditsAnswer{}, domain.Refuse("account.not_allowed")
	}
	if err := a.await(ctx, in.Fresh); err != nil {
		return AuditsAnswer{}, err
	}
	out, err := AnswerAudits(ctx, a.Periods, a.Journeys, Counting{a.Figures, a.Definitions}, v.Controller, in.Year)
	out.Sample = a.Sample
	return out, err
}
