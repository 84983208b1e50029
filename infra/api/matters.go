package api

import (
	"context"
	"errors"
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/rights"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// Matters answers the data-protection matters and the record volumes of a
// controller, newest first.
type Matters interface {
	Matters(ctx context.Context, controller string) ([]projections.Matter, error)
	Volumes(ctx context.Context, controller string) ([]projections.Tome, error)
	// Find answers who an id names.
	Find(ctx context.Context, id string) (projections.PersonRef, error)
}

// MattersAnswer is the data-protection matters of a controller with the periods it
// works by: the one form of the API and of the command line.
type MattersAnswer struct {
	Controller string         `json:"controller"`
	Terms      map[string]int `json:"terms" doc:"periods this controller works by; a switch is 1 or 0"`
	Matters    []MatterOne    `json:"matters"`
	Sample     bool           `json:"sample,omitempty" doc:"from a scenario log"`
}

// MatterOne is one matter as it stands.
type MatterOne struct {
	Number          uint64          `json:"number" doc:"position of its first record, by which people call it"`
	ID              string          `json:"id"`
	Kind            string          `json:"kind" enum:"disclosure,correction,suspension,breach"`
	State           string          `json:"state" enum:"received,checked,stopped,decided,executed,withdrawn,suspected,assessed,closed"`
	ReceivedOn      string          `json:"received_on" format:"date"`
	Person          string          `json:"person,omitempty" doc:"random id of the person it is about"`
	PersonNumber    string          `json:"person_number,omitempty"`
	IdentityChecked bool            `json:"identity_checked"`
	Clock           *MatterClock    `json:"clock,omitempty" doc:"of a request"`
	Decision        *MatterDecision `json:"decision,omitempty"`
	ExecutedOn      string          `json:"executed_on,omitempty" format:"date"`
	CorrectUntil    string          `json:"correct_until,omitempty" format:"date" doc:"of a disclosure: last day to ask for correction or suspension"`
	Breach          *MatterBreach   `json:"breach,omitempty"`
	Events          []Entry         `json:"events,omitempty" doc:"of one matter, oldest first"`
	Sample          bool            `json:"sample,omitempty" doc:"from a scenario log"`
}

// MatterClock is how the period for the decision runs.
type MatterClock struct {
	Days      int    `json:"days" doc:"to decide, counted from the day after the request"`
	Extended  int    `json:"extended,omitempty" doc:"days added"`
	Stood     int    `json:"stood,omitempty" doc:"days it stood still while the request was completed"`
	StoppedOn string `json:"stopped_on,omitempty" format:"date" doc:"it stands still since"`
	DueOn     string `json:"due_on,omitempty" format:"date" doc:"last day for the decision; absent while it stands still"`
	DaysLeft  *int   `json:"days_left,omitempty" doc:"until then from today; below zero it is over"`
}

// MatterDecision is what was decided.
type MatterDecision struct {
	On      string   `json:"on" format:"date"`
	By      string   `json:"by"`
	Result  string   `json:"result"`
	Measure string   `json:"measure"`
	Grounds []string `json:"grounds,omitempty"`
}

// MatterBreach is how a breach stands.
type MatterBreach struct {
	KnownOn    string         `json:"known_on" format:"date"`
	Kinds      []string       `json:"kinds"`
	Persons    int            `json:"persons" doc:"as assessed; before that as estimated"`
	MustReport bool           `json:"must_report"`
	Reports    []MatterReport `json:"reports"`
}

// MatterReport is one report of a breach, made or to be made.
type MatterReport struct {
	Stage    string `json:"stage" enum:"first,full,persons_told"`
	DueOn    string `json:"due_on" format:"date"`
	MadeOn   string `json:"made_on,omitempty" format:"date"`
	DaysLeft *int   `json:"days_left,omitempty" doc:"of one that must still be made"`
}

// AnswerMatters lists the matters of a controller as of a day.
func AnswerMatters(ctx context.Context, from Matters, t domain.Terms, controller string, today japan.Date) (MattersAnswer, error) {
	out := MattersAnswer{Controller: controller, Terms: map[string]int{}, Matters: []MatterOne{}}
	if !slices.Contains(domain.Codes["controller"], controller) {
		return out, domain.RefuseField("scope.unknown", "controller")
	}
	for _, s := range t.Settings() {
		out.Terms[s.Name] = s.Value
	}
	all, err := from.Matters(ctx, controller)
	for _, m := range all {
		one, bad := matterOne(ctx, from, t, m, today)
		if bad != nil {
			return out, bad
		}
		out.Matters = append(out.Matters, one)
	}
	return out, err
}

// AnswerMatter is one matter with its events, by the number of any of them, and the
// events as they lie in the log. ErrMissing: the controller has none of that number.
func AnswerMatter(ctx context.Context, words *locale.Words, from Matters, t domain.Terms, controller string, number uint64, today japan.Date) (MatterOne, []domain.Recorded, error) {
	all, err := from.Matters(ctx, controller)
	if err != nil {
		return MatterOne{}, nil, err
	}
	i := slices.IndexFunc(all, func(m projections.Matter) bool { return holds(m.Entries, number) })
	if i < 0 {
		return MatterOne{}, nil, ErrMissing
	}
	one, err := matterOne(ctx, from, t, all[i], today)
	if err != nil {
		return one, nil, err
	}
	var records []domain.Recorded
	one.Events, records, err = layAll(words, all[i].Entries)
	return one, records, err
}

func holds(entries []projections.Entry, position uint64) bool {
	return slices.ContainsFunc(entries, func(e projections.Entry) bool { return e.Position == position })
}

func layAll(words *locale.Words, entries []projections.Entry) (out []Entry, records []domain.Recorded, err error) {
	for _, e := range entries {
		laid, rec, err := Lay(words, e)
		if err != nil {
			return nil, nil, err
		}
		out, records = append(out, laid), append(records, rec)
	}
	return out, records, nil
}

func matterOne(ctx context.Context, from Matters, t domain.Terms, m projections.Matter, today japan.Date) (MatterOne, error) {
	out := MatterOne{Number: m.No, ID: m.ID, Kind: m.Kind, State: m.State, ReceivedOn: m.Entries[0].From.String(), Person: m.Person, IdentityChecked: m.Checked}
	switch ref, err := from.Find(ctx, m.Person); {
	case m.Person == "" || errors.Is(err, projections.ErrUnknown):
	case err != nil:
		return out, err
	default:
		out.PersonNumber = locale.PersonNumber(ref.Number)
	}
	if d := m.Decision; d != nil {
		out.Decision = &MatterDecision{On: d.On.String(), By: d.By, Result: d.Result, Measure: d.Measure, Grounds: d.Grounds}
	}
	if m.ExecutedOn != 0 {
		if out.ExecutedOn = m.ExecutedOn.String(); m.Kind == "disclosure" {
			out.CorrectUntil = m.ExecutedOn.Add(t.Disclosed).String()
		}
	}
	if m.Kind == "breach" {
		out.Breach = breachOf(t, m, today)
		return out, nil
	}
	out.Clock = &MatterClock{Days: m.Clock.Days, Extended: m.Clock.Extended, Stood: m.Clock.Stood}
	if m.State == rights.StateStopped {
		out.Clock.StoppedOn = m.Clock.Stopped.String()
		return out, nil
	}
	out.Clock.DueOn = m.DueOn.String()
	if m.Decision == nil && !m.Over() {
		out.Clock.DaysLeft = daysTo(m.DueOn, today)
	}
	return out, nil
}

func breachOf(t domain.Terms, m projections.Matter, today japan.Date) *MatterBreach {
	b := m.Breach
	out := &MatterBreach{KnownOn: b.Known.String(), Kinds: b.Kinds, Persons: b.Estimate, MustReport: m.MustReport(t), Reports: []MatterReport{}}
	if m.State != rights.StateSuspected {
		out.Persons = b.Persons
	}
	for _, stage := range domain.Codes["breach_stage"] {
		due := b.Due(stage, t)
		one := MatterReport{Stage: stage, DueOn: due.String()}
		if made, done := b.Reported(stage); done {
			one.DueOn, one.MadeOn = made.DueOn.String(), made.On.String()
		} else if out.MustReport && !m.Over() {
			one.DaysLeft = daysTo(due, today)
		}
		out.Reports = append(out.Reports, one)
	}
	return out
}

func daysTo(due, today japan.Date) *int {
	n := int(due - today)
	return &n
}

// Who may read the matters and the volumes of the own controller; the pages let the
// same in.
var (
	matterReaders = []domain.Role{domain.Privacy, domain.Records, domain.Manager, domain.Counsellor, domain.Lead}
	volumeReaders = []domain.Role{domain.Records, domain.Manager, domain.Privacy, domain.Auditor}
)

func (a *API) matters(ctx context.Context, in *Fresh) (MattersAnswer, error) {
	v := visitorOf(ctx)
	if !v.Has(a.today(), matterReaders...) {
		return MattersAnswer{}, domain.Refuse("account.not_allowed")
	}
	if err := a.await(ctx, *in); err != nil {
		return MattersAnswer{}, err
	}
	out, err := AnswerMatters(ctx, a.Matters, a.Office.Terms(v.Controller), v.Controller, a.today())
	out.Sample = a.Sample
	return out, err
}

// MatterIn names one matter.
type MatterIn struct {
	Number uint64 `path:"number" doc:"number of the matter"`
	Texts  bool   `query:"texts" doc:"with the sealed texts that the caller may see; that is written down"`
	Fresh
}

func (a *API) matter(ctx context.Context, in *MatterIn) (MatterOne, error) {
	v := visitorOf(ctx)
	if !v.Has(a.today(), matterReaders...) {
		return MatterOne{}, domain.Refuse("account.not_allowed")
	}
	if err := a.await(ctx, in.Fresh); err != nil {
		return MatterOne{}, err
	}
	out, records, err := AnswerMatter(ctx, v.words, a.Matters, a.Office.Terms(v.Controller), v.Controller, in.Number, a.today())
	out.Sample = a.Sample
	if err != nil || !in.Texts {
		return out, err
	}
	texts, err := a.Door.OpenMatter(ctx, v.Actor, out.ID, out.Person, records...)
	for i := range texts {
		out.Events[i].Texts = texts[i]
	}
	return out, err
}
