package api

import (
	"context"
	"slices"

	"ayumi/domain"
	"ayumi/domain/gate"
	"ayumi/domain/japan"
	"ayumi/domain/period"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// Periods answers how the closing of a year stands and what holds it open.
type Periods interface {
	Period(ctx context.Context, controller string, year japan.FiscalYear) (*period.Period, []projections.Entry, error)
	Before(ctx context.Context, controller string, p *period.Period, kind string, today japan.Date) (projections.Judged, error)
}

// PeriodAnswer is the closing of a fiscal year: the one form of the API and of the
// command line. Accounts are pseudonyms.
type PeriodAnswer struct {
	Controller string            `json:"controller"`
	FiscalYear string            `json:"fiscal_year"`
	Name       string            `json:"name"`
	State      string            `json:"state" doc:"running, checked or closed; absent while nobody began it"`
	Cutoffs    []PeriodCutoff    `json:"cutoffs"`
	Closings   []PeriodClosing   `json:"closings"`
	Reopenings []PeriodReopening `json:"reopenings"`
	Gates      *PeriodGates      `json:"gates,omitempty"`
	Sample     bool              `json:"sample,omitempty" doc:"counted from a scenario log"`
}

// PeriodCutoff is a cut-off in force, with its last check.
type PeriodCutoff struct {
	Kind    string       `json:"kind"`
	Until   string       `json:"until" format:"date"`
	KnownAt string       `json:"known_at" format:"date"`
	Check   *PeriodCheck `json:"check,omitempty"`
}

// PeriodCheck says who found what, as recorded.
type PeriodCheck struct {
	On     string         `json:"on" format:"date"`
	By     string         `json:"by"`
	Passed bool           `json:"passed"`
	Found  map[string]int `json:"found" doc:"by gate"`
}

// PeriodClosing is a cut-off that was frozen.
type PeriodClosing struct {
	Kind        string   `json:"kind"`
	Until       string   `json:"until" format:"date"`
	KnownAt     string   `json:"known_at" format:"date"`
	LogPosition int      `json:"log_position"`
	On          string   `json:"on" format:"date"`
	By          string   `json:"by"`
	Position    uint64   `json:"position" doc:"of the event itself"`
	Waived      []string `json:"waived,omitempty"`
}

// PeriodReopening says why a closed year was opened again.
type PeriodReopening struct {
	Reason string `json:"reason"`
	On     string `json:"on" format:"date"`
	By     string `json:"by"`
}

// PeriodGates is what holds the year open for one kind of cut-off.
type PeriodGates struct {
	Kind    string       `json:"kind"`
	Until   string       `json:"until" format:"date"`
	KnownAt string       `json:"known_at,omitempty" doc:"absent: as known now"`
	Entries int          `json:"entries" doc:"sessions and outcomes, of which late ones are some"`
	Passed  bool         `json:"passed"`
	Gates   []PeriodGate `json:"gates"`
}

// PeriodGate is one gate with what it found.
type PeriodGate struct {
	Gate   string       `json:"gate"`
	Name   string       `json:"name"`
	Found  int          `json:"found"`
	Passed bool         `json:"passed"`
	Items  []PeriodItem `json:"items"`
}

// PeriodItem is one thing found.
type PeriodItem struct {
	ID       string `json:"id"`
	Kind     string `json:"kind,omitempty"`
	On       string `json:"on" format:"date"`
	Position uint64 `json:"position,omitempty" doc:"of the event that reported it"`
}

// PeriodQuestion asks for the closing of a year, as somebody writes it: nothing is
// checked yet.
type PeriodQuestion struct {
	Controller string // 31
	Year       string // FY2019
	Kind       string // of the cut-off; default year_close
}

// AnswerPeriod resolves the question and judges. What cannot be answered is a
// Refusal naming the field. today is the day of asking in Japan.
func AnswerPeriod(ctx context.Context, periods Periods, asked PeriodQuestion, today japan.Date, words *locale.Words) (PeriodAnswer, error) {
	year, err := japan.ParseFiscalYear(asked.Year)
	if err != nil {
		return PeriodAnswer{}, domain.RefuseField("period.unreadable", "period")
	}
	if asked.Kind == "" {
		asked.Kind = period.YearClose
	}
	if !slices.Contains(domain.Codes["cutoff_kind"], asked.Kind) {
		return PeriodAnswer{}, domain.RefuseField("field.code", "kind")
	}
	if !slices.Contains(domain.Codes["controller"], asked.Controller) {
		return PeriodAnswer{}, domain.RefuseField("scope.unknown", "controller")
	}
	p, _, err := periods.Period(ctx, asked.Controller, year)
	if err != nil {
		return PeriodAnswer{}, err
	}
	j, err := periods.Before(ctx, asked.Controller, p, asked.Kind, today)
	if err != nil {
		return PeriodAnswer{}, err
	}
	out := PeriodAnswer{Controller: asked.Controller, FiscalYear: year.String(), Name: words.FiscalYearShort(year), State: p.State,
		Cutoffs: []PeriodCutoff{}, Closings: []PeriodClosing{}, Reopenings: []PeriodReopening{}, Gates: gatesOf(j, asked.Kind, words)}
	for _, kind := range domain.Codes["cutoff_kind"] {
		if c, ok := p.Cutoffs[kind]; ok {
			out.Cutoffs = append(out.Cutoffs, PeriodCutoff{kind, c.To.String(), c.Known.String(), checkOf(p, kind)})
		}
	}
	for _, c := range p.Closings {
		out.Closings = append(out.Closings, PeriodClosing{c.Kind, c.To.String(), c.KnownAt.String(), c.LogPosition, c.On.String(), c.By, c.Position, c.GatesWaived})
	}
	for _, r := range p.Reopenings {
		out.Reopenings = append(out.Reopenings, PeriodReopening{r.Reason, r.On.String(), r.By})
	}
	return out, nil
}

func checkOf(p *period.Period, kind string) *PeriodCheck {
	c, ok := p.Checks[kind]
	if !ok {
		return nil
	}
	return &PeriodCheck{c.On.String(), c.By, c.Passed, map[string]int{
		gate.Unconfirmed: c.Unconfirmed, gate.Duplicates: c.Duplicates, gate.OpenReferrals: c.OpenReferrals, gate.Late: c.Late, gate.BlankActuals: c.BlankActuals,
	}}
}

func gatesOf(j projections.Judged, kind string, words *locale.Words) *PeriodGates {
	n := j.Counts()
	failing := n.Failing()
	out := &PeriodGates{Kind: kind, Until: j.To.String(), Entries: j.Entries, Passed: len(failing) == 0}
	if j.Known != 0 {
		out.KnownAt = j.Known.String()
	}
	for _, g := range domain.Codes["gate"] {
		one := PeriodGate{Gate: g, Name: words.Code("gate", g), Found: n.Count(g), Passed: !slices.Contains(failing, g), Items: []PeriodItem{}}
		for _, i := range j.Of(g) {
			one.Items = append(one.Items, PeriodItem{i.ID, i.Kind, i.On.String(), i.Position})
		}
		out.Gates = append(out.Gates, one)
	}
	return out
}

// PeriodIn names a fiscal year of the caller's controller.
type PeriodIn struct {
	Year string `path:"year" doc:"FY2019"`
	Kind string `query:"kind" doc:"of the cut-off that is judged; default year_close"`
	Fresh
}

func (a *API) period(ctx context.Context, in *PeriodIn) (PeriodAnswer, error) {
	v := visitorOf(ctx)
	if !v.Has(a.today(), domain.Analyst, domain.Manager, domain.Auditor) {
		return PeriodAnswer{}, domain.Refuse("account.not_allowed")
	}
	if err := a.await(ctx, in.Fresh, "closing"); err != nil {
		return PeriodAnswer{}, err
	}
	out, err := AnswerPeriod(ctx, a.Periods, PeriodQuestion{Controller: v.Controller, Year: in.Year, Kind: in.Kind}, a.today(), v.words)
	out.Sample = a.Sample
	return out, err
}
