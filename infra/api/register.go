package api

import (
	"context"
	"fmt"
	"strings"

	"ayumi/domain"
	"ayumi/domain/figure"
	"ayumi/domain/indicator"
	"ayumi/domain/register"
)

// RegisterAnswer is every number a controller ever published, newest last: the one
// form of the API and of the command line.
type RegisterAnswer struct {
	Controller string         `json:"controller"`
	Lines      []RegisterLine `json:"lines"`
	Waiting    []RegisterLine `json:"waiting,omitempty" doc:"proposed or approved, not yet published"`
	Sample     bool           `json:"sample,omitempty" doc:"counted from a scenario log"`
}

// RegisterLine is one number.
type RegisterLine struct {
	Number     string         `json:"number,omitempty" doc:"F-0001"`
	Kind       string         `json:"kind" enum:"counted,imported,target,blank"`
	Status     string         `json:"status" doc:"preliminary, final, corrected; proposed or approved; or the kind of what is not counted"`
	On         string         `json:"on" format:"date" doc:"published; of what waits, proposed"`
	Stream     string         `json:"stream"`
	Edition    int            `json:"edition,omitempty"`
	Indicator  string         `json:"indicator,omitempty"`
	From       string         `json:"from,omitempty" format:"date"`
	Until      string         `json:"until,omitempty" format:"date"`
	KnownAt    string         `json:"known_at,omitempty" format:"date"`
	Position   int            `json:"position,omitempty" doc:"last event that was known"`
	Value      *int           `json:"value,omitempty" doc:"absent: a blank, or a target in words"`
	Scale      int            `json:"scale,omitempty" doc:"decimals of the value: 148 at scale 1 is 14.8"`
	Over       []int          `json:"over,omitempty" doc:"of a ratio: numerator and denominator"`
	Text       string         `json:"text,omitempty" doc:"as printed"`
	Outlet     string         `json:"outlet,omitempty"`
	Definition string         `json:"definition,omitempty" doc:"version"`
	Digest     string         `json:"definition_digest,omitempty"`
	Members    string         `json:"members_digest,omitempty"`
	Document   string         `json:"document,omitempty" doc:"SHA-256 of the document"`
	Grades     map[string]int `json:"grades,omitempty"`
	Replaces   string         `json:"replaces,omitempty"`
	ReplacedBy string         `json:"replaced_by,omitempty"`
	Reason     string         `json:"reason,omitempty"`
	Verified   string         `json:"verified,omitempty" doc:"result of the last verification"`
	Explained  []Explained    `json:"explained,omitempty" doc:"differences from this edition that were put on record, the oldest first"`
	Trial      bool           `json:"trial,omitempty"`
}

// Explained is a difference on record: how the edition became another one, or what
// was known by its own rule at the end of a day. The kinds add up to the total.
type Explained struct {
	On           string         `json:"on" format:"date"`
	OtherEdition int            `json:"other_edition,omitempty"`
	KnownAt      string         `json:"known_at" format:"date"`
	Total        int            `json:"total" doc:"in units of the last decimal"`
	Kinds        map[string]int `json:"kinds"`
}

// Registers reads the register of a controller.
type Registers interface {
	Register(ctx context.Context, controller string) (*register.Register, error)
}

// AnswerRegister lays the register of a controller out.
func AnswerRegister(ctx context.Context, from Registers, rules indicator.Rules, controller string) (RegisterAnswer, error) {
	all, err := from.Register(ctx, controller)
	if err != nil {
		return RegisterAnswer{}, err
	}
	out := RegisterAnswer{Controller: controller, Lines: []RegisterLine{}}
	for _, l := range all.Lines {
		line, err := registerLine(ctx, all, rules, l)
		if err != nil {
			return out, err
		}
		out.Lines = append(out.Lines, line)
	}
	for _, l := range all.Waiting() {
		line, err := registerLine(ctx, all, rules, l)
		if err != nil {
			return out, err
		}
		out.Waiting = append(out.Waiting, line)
	}
	return out, nil
}

func lineNumber(l *register.Line) string {
	if l == nil || l.No == 0 {
		return ""
	}
	return fmt.Sprintf("F-%04d", l.No)
}

func registerLine(ctx context.Context, all *register.Register, rules indicator.Rules, l *register.Line) (RegisterLine, error) {
	out := RegisterLine{Number: lineNumber(l), Kind: l.Kind, Status: l.Status(), On: l.On.String(), Stream: l.Stream, Document: l.Document(), Outlet: "workplan"}
	if value, known := l.Value(); known {
		out.Value = &value
	}
	if l.Figure == nil {
		i := l.Sheet.Indicators[l.Row]
		out.Indicator, out.Text = i.Indicator, l.Target.Text
		out.From, out.Until = l.Sheet.FiscalYear().First().String(), l.Sheet.FiscalYear().Last().String()
		return out, nil
	}
	out.Indicator, out.From, out.Until = l.Figure.Indicator, l.Figure.Period.From.String(), l.Figure.Period.To.String()
	if l.Edition == nil {
		return out, nil
	}
	edition(all, l, &out)
	id, scope, _ := strings.Cut(out.Indicator, "@")
	book, err := rules.Book(ctx, scope)
	if err != nil {
		return out, err
	}
	if d, ok := book.Named(id, out.Definition); ok {
		out.Scale = d.Scale()
	}
	if e := l.Edition; e.Numerator != nil && e.Denominator != nil {
		out.Over = []int{*e.Numerator, *e.Denominator}
	}
	return out, nil
}

func edition(all *register.Register, l *register.Line, out *RegisterLine) {
	e := l.Edition
	if !e.Public() {
		out.Status = e.State
	}
	out.Edition, out.KnownAt, out.Position, out.Outlet = e.Edition, e.KnownAt.String(), e.LogPosition, e.Outlet
	out.Definition, out.Digest, out.Members, out.Reason, out.Trial = e.Version, e.Definition, e.Members, e.Reason, e.Trial
	if g := e.Grades(); len(g) > 0 {
		out.Grades = g
	}
	replaced := func(no int) string {
		if no == 0 {
			return ""
		}
		return lineNumber(all.Of(l.Stream, no))
	}
	out.Replaces, out.ReplacedBy = replaced(e.Replaces), replaced(e.ReplacedBy)
	for _, x := range e.Explained {
		on := Explained{On: x.On.String(), KnownAt: x.KnownAt.String(), Total: x.Total, Kinds: map[string]int{}}
		if x.OtherEdition != nil {
			on.OtherEdition = *x.OtherEdition
		}
		for _, k := range x.Kinds() {
			on.Kinds[k.Kind] = k.Delta
		}
		out.Explained = append(out.Explained, on)
	}
	if n := len(e.Verified); n > 0 {
		out.Verified = e.Verified[n-1].Result
	}
	if e.State == figure.StateRejected || e.State == figure.StateWithdrawn {
		out.Reason = e.Why
	}
}

// RegisterIn asks for the register.
type RegisterIn struct {
	Fresh
}

func (a *API) register(ctx context.Context, in *RegisterIn) (RegisterAnswer, error) {
	v := visitorOf(ctx)
	if !domain.MayFacts(v.Actor, a.today(), v.Controller) {
		return RegisterAnswer{}, domain.Refuse("account.not_allowed")
	}
	if err := a.await(ctx, in.Fresh); err != nil {
		return RegisterAnswer{}, err
	}
	out, err := AnswerRegister(ctx, a.Journeys, a.Definitions, v.Controller)
	out.Sample = a.Sample
	return out, err
}
