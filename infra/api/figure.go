package api

import (
	"context"
	"slices"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
)

// Figures counts from the read model.
type Figures interface {
	// Lists answers questions as known at a position, with what stands behind them.
	Lists(ctx context.Context, known uint64, questions ...indicator.Question) ([]*indicator.Lists, error)
	// Figure answers one question with its members spelled out.
	Figure(ctx context.Context, q indicator.Question, known uint64, today japan.Date) (indicator.Figure, error)
	Aside(ctx context.Context, q indicator.Question, l *indicator.Lists, known uint64, today japan.Date) (indicator.Aside, error)
	// PositionAt answers the last position recorded by 24:00 of a day in Japan.
	PositionAt(ctx context.Context, day japan.Date) (uint64, error)
	Days(ctx context.Context) (first, last japan.Date, position uint64, err error)
}

// FigureQuestion is a figure as somebody asks for it, on the command line or
// through the API: all as text, nothing checked yet.
type FigureQuestion struct {
	Indicator string // C1
	Scope     string // desk D-TKY, corner TKC or controller 31
	Period    string // FY2019, FY2019-H1, CY2019, 2019-08 or 2019-04-01..2020-02-29
	Until     string // last day counted; default the period's
	KnownAt   string // day up to whose end the log was known; default now
	Version   string // of the definition; default the one in force, as approved by then
}

// FigureAnswer is a figure with what it was counted by: the one form of the API
// and of the command line.
type FigureAnswer struct {
	Indicator     string               `json:"indicator"`
	Name          string               `json:"name"`
	Definition    FigureDefinition     `json:"definition"`
	Scope         string               `json:"scope"`
	Period        string               `json:"period"`
	From          string               `json:"from" format:"date"`
	Until         string               `json:"until" format:"date"`
	KnownAt       string               `json:"known_at,omitempty" doc:"day up to whose end the log was known; absent: now"`
	Position      uint64               `json:"position" doc:"last event that was known"`
	Value         *int                 `json:"value" doc:"in units of the last decimal: 148 at scale 1 is 14.8; null where there is none"`
	Scale         int                  `json:"scale,omitempty" doc:"decimals"`
	Shown         string               `json:"shown" doc:"the value as it is printed, or that there is none and why"`
	Absent        string               `json:"absent,omitempty" doc:"why there is no value: zero_denominator, no_members"`
	Numerator     *int                 `json:"numerator,omitempty" doc:"of a ratio"`
	Denominator   *int                 `json:"denominator,omitempty"`
	Unit          string               `json:"unit" doc:"in the language of the request"`
	Anonymous     int                  `json:"anonymous" doc:"countable sessions of anonymous leads"`
	Grades        map[string]int       `json:"grades,omitempty"`
	Moved         map[string]int       `json:"moved,omitempty" doc:"outcomes of the members in the period: job, move, both"`
	LeftEarly     int                  `json:"left_early,omitempty"`
	Unobserved    int                  `json:"unobserved,omitempty"`
	Erased        int                  `json:"erased,omitempty" doc:"members whose person is erased; they count as before"`
	MembersDigest string               `json:"members_digest"`
	MemberCount   int                  `json:"member_count"`
	NearMissCount int                  `json:"near_miss_count"`
	Members       []indicator.Member   `json:"members,omitempty"`
	NearMisses    []indicator.NearMiss `json:"near_misses,omitempty"`
	Sample        bool                 `json:"sample,omitempty" doc:"counted from a scenario log"`

	lists *indicator.Lists
}

// ListMembers puts the members in, where they are asked for.
func (a *FigureAnswer) ListMembers() { a.Members = a.lists.Members(0, a.lists.Len()) }

// ListNearMisses puts in what was not counted.
func (a *FigureAnswer) ListNearMisses() { a.NearMisses = a.lists.AllNearMisses() }

// FigureDefinition names the rule a figure was counted by. Trial: not the version
// in force on the period's first day, as approved at the knowledge asked for.
type FigureDefinition struct {
	Version string `json:"version"`
	Rule    string `json:"rule"`
	Digest  string `json:"digest"`
	Text    string `json:"text"`
	Trial   bool   `json:"trial,omitempty"`
}

// AnswerFigure resolves a question and counts. What cannot be answered is a
// Refusal naming the field. today is the day of asking in Japan.
func AnswerFigure(ctx context.Context, figures Figures, rules Definitions, asked FigureQuestion, today japan.Date, words *locale.Words) (FigureAnswer, error) {
	known, day, err := knownAt(ctx, figures, asked.KnownAt, today)
	if err != nil {
		return FigureAnswer{}, err
	}
	book, err := rules.BookAt(ctx, asked.Scope, known)
	if err != nil {
		return FigureAnswer{}, err
	}
	q, err := question(book, asked)
	if err != nil {
		return FigureAnswer{}, err
	}
	lists, err := figures.Lists(ctx, known, q)
	if err != nil {
		return FigureAnswer{}, err
	}
	f := lists[0]
	aside, err := figures.Aside(ctx, q, f, known, day)
	if err != nil {
		return FigureAnswer{}, err
	}
	d := q.Definition
	out := FigureAnswer{
		Indicator: d.Indicator, Name: d.Name[string(words.Language)], Definition: definitionOf(book, q, words),
		Scope: q.Scope, Period: asked.Period, From: q.Period.From.String(), Until: q.Period.To.String(), Position: known,
		Unit: words.Code("unit", d.Unit), Anonymous: f.Anonymous, Grades: aside.Grades, Moved: aside.Moved,
		LeftEarly: aside.LeftEarly, Unobserved: aside.Unobserved, Erased: aside.Erased, MembersDigest: f.Digest(),
		MemberCount: f.Len(), NearMissCount: f.NearMissCount(), lists: f,
	}
	out.value(words, d, f.Result)
	if asked.KnownAt != "" {
		out.KnownAt = day.String()
	}
	return out, nil
}

// value states a value, or that there is none: that is never 0.
func (a *FigureAnswer) value(words *locale.Words, d indicator.Definition, r indicator.Result) {
	a.Scale, a.Absent, a.Shown = d.Scale(), r.Absent, Shown(words, d, r.Value, r.Absent)
	if r.Absent == "" {
		a.Value = &r.Value
	}
	if d.Ratio() {
		a.Numerator, a.Denominator = &r.Numerator, &r.Denominator
	}
}

// Shown writes a value as people read it, without its unit.
func Shown(words *locale.Words, d indicator.Definition, value int, absent string) string {
	if absent != "" {
		return words.Value.NoneAs(words.Code("absent_value", absent))
	}
	return words.Decimal(value, d.Scale())
}

// periodOf reads the period and its cut.
func periodOf(asked FigureQuestion) (japan.Period, error) {
	period, err := japan.ParsePeriod(asked.Period)
	if err != nil {
		return japan.Period{}, domain.RefuseField("period.unreadable", "period")
	}
	if asked.Until != "" {
		until, err := japan.ParseDate(asked.Until)
		if err != nil {
			return japan.Period{}, domain.RefuseField("field.date", "until")
		}
		if !period.Contains(until) {
			return japan.Period{}, domain.RefuseField("field.range", "until")
		}
		period.To = until
	}
	return period, nil
}

// question reads the period, its cut and the definition.
func question(book *indicator.Book, asked FigureQuestion) (indicator.Question, error) {
	period, err := periodOf(asked)
	if err != nil {
		return indicator.Question{}, err
	}
	if !indicator.KnownScope(asked.Scope) {
		return indicator.Question{}, domain.RefuseField("scope.unknown", "scope")
	}
	if !book.Knows(asked.Indicator) {
		return indicator.Question{}, domain.RefuseField("indicator.unknown", "indicator")
	}
	d, ok := book.InForce(asked.Indicator, period.From)
	if asked.Version != "" {
		d, ok = book.Named(asked.Indicator, asked.Version)
	}
	if !ok {
		return indicator.Question{}, domain.RefuseField("figure.version", "version")
	}
	return indicator.Question{Definition: d, Scope: asked.Scope, Period: period}, nil
}

// knownAt answers the position and the day of the knowledge that is asked for.
func knownAt(ctx context.Context, figures Figures, asked string, today japan.Date) (uint64, japan.Date, error) {
	if asked == "" {
		_, _, position, err := figures.Days(ctx)
		return position, today, err
	}
	day, err := japan.ParseDate(asked)
	if err != nil {
		return 0, 0, domain.RefuseField("field.date", "known_at")
	}
	if day > today {
		return 0, 0, domain.RefuseField("asof.future", "known_at")
	}
	position, err := figures.PositionAt(ctx, day)
	return position, day, err
}

// FigureIn is the address of a figure.
type FigureIn struct {
	Indicator string `path:"indicator" doc:"C1"`
	Scope     string `query:"scope" doc:"desk, corner or controller; default the caller's controller"`
	Period    string `query:"period" required:"true" doc:"FY2019, FY2019-H1, CY2019, 2019-08 or 2019-04-01..2020-02-29"`
	Until     string `query:"until" doc:"last day counted"`
	KnownAt   string `query:"known_at" doc:"day up to whose end the log was known"`
	Version   string `query:"version" doc:"version of the definition; default the one in force on the first day of the period, as approved at known_at"`
	Fresh
}

func (a *API) count(ctx context.Context, in *FigureIn) (FigureAnswer, error) {
	v := visitorOf(ctx)
	if !domain.MayFacts(v.Actor, a.today(), v.Controller) {
		return FigureAnswer{}, domain.Refuse("account.not_allowed")
	}
	if err := a.await(ctx, in.Fresh); err != nil {
		return FigureAnswer{}, err
	}
	asked := FigureQuestion{Indicator: in.Indicator, Scope: in.Scope, Period: in.Period, Until: in.Until, KnownAt: in.KnownAt, Version: in.Version}
	if asked.Scope == "" {
		asked.Scope = v.Controller
	}
	if indicator.KnownScope(asked.Scope) && !indicator.MayCount(v.Actor, a.today(), asked.Scope) {
		return FigureAnswer{}, domain.Refuse("account.not_allowed")
	}
	out, err := AnswerFigure(ctx, a.Figures, a.Definitions, asked, a.today(), v.words)
	out.Sample = a.Sample
	return out, err
}

func (a *API) figure(ctx context.Context, in *FigureIn) (FigureAnswer, error) {
	return a.count(ctx, in)
}

// members leaves out what belongs to a controller the caller may not look into;
// the counts and the digest are of all.
func (a *API) members(ctx context.Context, in *FigureIn) (FigureAnswer, error) {
	out, err := a.count(ctx, in)
	if err != nil {
		return out, err
	}
	out.ListMembers()
	out.Members = slices.DeleteFunc(out.Members, func(m indicator.Member) bool { return !a.may(ctx, m.Row.Controller) })
	return out, err
}

func (a *API) nearMisses(ctx context.Context, in *FigureIn) (FigureAnswer, error) {
	out, err := a.count(ctx, in)
	if err != nil {
		return out, err
	}
	out.ListNearMisses()
	out.NearMisses = slices.DeleteFunc(out.NearMisses, func(m indicator.NearMiss) bool { return !a.may(ctx, m.Row.Controller) })
	return out, err
}

func (a *API) may(ctx context.Context, controller string) bool {
	return domain.MayFacts(visitorOf(ctx).Actor, a.today(), controller)
}
