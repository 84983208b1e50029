package indicator_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// logbook writes facts as the counting vectors of counting.md 13 state them:
// only what counting reads, recorded on the day it occurs unless said otherwise.
type logbook struct {
	t      testing.TB
	events []entry
	cases  map[string]string // case → lead
	n      int
}

type entry struct {
	typ, stream string
	facts       domain.Facts
	recorded    japan.Date
}

func newLogbook(t testing.TB) *logbook { return &logbook{t: t, cases: map[string]string{}} }

type facts map[string]any

func date(s string) japan.Date {
	d, err := japan.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// add writes one event; rec is the day it was recorded, "" for the same day.
func (l *logbook) add(typ, id, on, rec string, f facts) {
	l.t.Helper()
	if rec == "" {
		rec = on
	}
	category, _, _ := strings.Cut(typ, ".")
	all := []domain.Fact{{Key: "occurred_on", Text: on}, {Key: "precision", Text: "day"}, {Key: "controller", Text: "31"}}
	for k, v := range f {
		all = slices.DeleteFunc(all, func(x domain.Fact) bool { return x.Key == k })
		switch v := v.(type) {
		case string:
			all = append(all, domain.Fact{Key: k, Text: v})
		case int:
			all = append(all, domain.Fact{Key: k, Int: int64(v), IsInt: true})
		}
	}
	slices.SortFunc(all, func(a, b domain.Fact) int { return strings.Compare(a.Key, b.Key) })
	text, err := domain.FormatFacts(all)
	require.NoError(l.t, err)
	l.events = append(l.events, entry{typ, domain.StreamName(category, id), text, date(rec)})
}

func (l *logbook) id(word string) string {
	l.n++
	return fmt.Sprintf("%s%d", word, l.n)
}

// person registers somebody outside the prefecture.
func (l *logbook) person(id string) {
	l.add("person.registered", id, "2018-04-02", "", facts{"anonymous": 0, "residence_pref": "13"})
}

// open opens a case of D-TKY (controller 31) unless f says otherwise.
func (l *logbook) open(id, lead, on string, f facts) {
	all := facts{"person": lead, "desk": "D-TKY", "new_episode": 0}
	for k, v := range f {
		all[k] = v
	}
	l.cases[id] = lead
	l.add("case.opened", id, on, "", all)
}

// newcomer is a person with a case of the same name.
func (l *logbook) newcomer(id string) {
	l.person(id)
	l.open(id, id, "2018-04-02", nil)
}

// session holds one; the defaults of the vectors: D-TKY, in_person, relocation.
func (l *logbook) session(file, on string, f facts) string {
	id := l.id("s")
	all := facts{"consultation": id, "lead_person": l.cases[file], "desk": "D-TKY", "channel": "in_person", "categories": "relocation", "advice": 1}
	rec := ""
	for k, v := range f {
		if k == "rec" {
			rec = v.(string)
			continue
		}
		all[k] = v
	}
	l.add("case.consultation_held", file, on, rec, all)
	return id
}

// moves: move-in, confirmed (b) and classified as counting.
func (l *logbook) moves(file, on string, movers ...string) string {
	return l.movesAs(file, on, nil, movers...)
}

func (l *logbook) movesAs(file, on string, f facts, movers ...string) string {
	if len(movers) == 0 {
		movers = []string{l.cases[file]}
	}
	slices.Sort(movers)
	id := l.id("r")
	in := facts{"relocation": id, "movers": strings.Join(movers, ","), "head": l.cases[file], "to_lg": "312011", "register": 1,
		"reason": "employment", "has_predecessor": "no", "planned_stay": "permanent"}
	class := facts{"relocation": id, "rule_version": "tot-cls-1", "reason": "employment", "has_predecessor": "no",
		"planned_stay": "permanent", "decision": 0, "turn": "i"}
	for k, v := range f {
		if _, ok := in[k]; ok {
			in[k] = v
		}
		class[k] = v
	}
	l.add("case.moved_in", file, on, "", in)
	l.add("case.relocation_confirmed", file, on, "", facts{"relocation": id, "confirmation": l.id("c"), "grade": "b"})
	l.add("case.relocation_classified", file, on, "", class)
	return id
}

// job: decided, started, start confirmed (b).
func (l *logbook) job(file, decided, started string) string {
	id := l.id("p")
	l.add("case.placement_decided", file, decided, "", facts{"placement": id, "person": l.cases[file], "contract": "indefinite", "workplace_pref": "31", "route": "self"})
	if started != "" {
		l.add("case.employment_started", file, started, "", facts{"placement": id})
		l.add("case.placement_confirmed", file, started, "", facts{"placement": id, "confirmation": l.id("c"), "confirms": "start", "grade": "b"})
	}
	return id
}

func (l *logbook) each(yield func(uint64, string, string, domain.Facts) bool) {
	for i, e := range l.events {
		if !yield(uint64(i+1), e.typ, e.stream, e.facts) {
			return
		}
	}
}

// position is the last event recorded by the end of a day. The logbook is kept
// in order of recording.
func (l *logbook) position(known string) uint64 {
	n := uint64(0)
	for i, e := range l.events {
		if e.recorded <= date(known) {
			n = uint64(i + 1)
		}
	}
	return n
}

var (
	fy19 = "FY2019"
	feb  = "2019-04-01..2020-02-29"
	fy20 = "FY2020"
)

func period(t testing.TB, s string) japan.Period {
	p, err := japan.ParsePeriod(s)
	require.NoError(t, err)
	return p
}

// sorted puts the events in order of recording, as a log has them.
func (l *logbook) sorted() *logbook {
	slices.SortStableFunc(l.events, func(a, b entry) int { return int(a.recorded - b.recorded) })
	return l
}

// figure measures at D-TKY, known 2020-05-31, unless opts say otherwise:
// "@31" a scope, "known=2020-03-16", "name=value" a parameter of a trial version.
func (l *logbook) figure(indicatorID, of string, opts ...string) indicator.Figure {
	l.t.Helper()
	l.sorted()
	book, err := indicator.Shipped()
	require.NoError(l.t, err)
	def, ok := book.Named(indicatorID, "tot-2019.1")
	require.True(l.t, ok, indicatorID)
	params := facts{}
	for k, v := range def.Parameters {
		params[k] = v
	}
	scope, known := "D-TKY", "2020-05-31"
	trial := map[string]string{}
	for k, v := range def.Parameters {
		trial[k] = v
	}
	for _, o := range opts {
		switch k, v, _ := strings.Cut(o, "="); {
		case o[0] == '@':
			scope = o[1:]
		case k == "known":
			known = v
		default:
			trial[k] = v
		}
	}
	def.Parameters = trial
	q := indicator.Question{Definition: def, Scope: scope, Period: period(l.t, of)}
	f, err := indicator.Measure(l.each, l.position(known), q, date(known))
	require.NoError(l.t, err)
	l.incremental(q, known, f)
	return f
}

// incremental demands that rows kept step by step answer the same.
func (l *logbook) incremental(q indicator.Question, known string, want indicator.Figure) {
	l.t.Helper()
	rows := l.rowsBySteps(l.position(known), q.Definition.Params())
	require.Equal(l.t, want, indicator.Answer(rows, q, date(known)), "incremental rows differ")
}

func (l *logbook) rowsBySteps(upto uint64, p indicator.Params) []indicator.Row {
	l.t.Helper()
	s := indicator.NewState()
	var rows []indicator.Row
	l.each(func(pos uint64, typ, stream string, f domain.Facts) bool {
		if pos > upto {
			return false
		}
		changes, err := s.Step(pos, typ, stream, f.Glance(), p)
		require.NoError(l.t, err)
		for _, list := range changes {
			for _, c := range list {
				if !c.Removed {
					rows = append(rows, c.Row)
					continue
				}
				i := slices.Index(rows, c.Row)
				require.GreaterOrEqual(l.t, i, 0, "a row is taken away that never was: %+v", c.Row)
				rows = slices.Delete(rows, i, i+1)
			}
		}
		return true
	})
	return rows
}

func (l *logbook) value(indicatorID, of string, opts ...string) int {
	l.t.Helper()
	return l.figure(indicatorID, of, opts...).Value
}

func misses(f indicator.Figure) []string {
	var out []string
	for _, m := range f.NearMisses {
		out = append(out, m.Clause)
	}
	slices.Sort(out)
	return out
}

// shippedAs is a shipped definition under another version name.
func shippedAs(t testing.TB, indicatorID, version string) indicator.Definition {
	book, err := indicator.Shipped()
	require.NoError(t, err)
	d, ok := book.Named(indicatorID, "tot-2019.1")
	require.True(t, ok, indicatorID)
	d.Version, d.Parameters = version, maps.Clone(d.Parameters)
	return d
}
