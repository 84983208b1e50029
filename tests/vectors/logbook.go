// Package vectors holds the counting vectors of counting.md 13 as one table, to be
// run by whatever counts: the pure function, and the store, the bus and the read
// model.
package vectors

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// Logbook writes facts as the counting vectors of counting.md 13 state them:
// only what counting reads, recorded on the day it occurs unless said otherwise.
type Logbook struct {
	t       testing.TB
	counter Counter
	events  []entry
	cases   map[string]string // case → lead
	n       int
}

type entry struct {
	typ, stream string
	facts       []domain.Fact
	recorded    japan.Date
	minute      int // of the day, in Japan
}

// Counter answers what a logbook counts, and why two of its figures differ.
type Counter interface {
	Figure(q indicator.Question, known japan.Date) indicator.Figure
	Explain(a, b indicator.Known) indicator.Difference
}

// World makes the counter of a logbook.
type World func(l *Logbook) Counter

func (w World) logbook(t testing.TB) *Logbook {
	l := &Logbook{t: t, cases: map[string]string{}}
	l.counter = w(l)
	return l
}

// T is the test that writes the logbook.
func (l *Logbook) T() testing.TB { return l.t }

type facts map[string]any

func date(s string) japan.Date {
	d, err := japan.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// add writes one event; rec is the day it was recorded, "" for the same day. The
// fact rec_at is its HHMM, else it was at noon.
func (l *Logbook) add(typ, id, on, rec string, f facts) {
	l.t.Helper()
	if rec == "" {
		rec = on
	}
	category, _, _ := strings.Cut(typ, ".")
	e := entry{typ: typ, stream: domain.StreamName(category, id), recorded: date(rec), minute: 12 * 60}
	e.facts = []domain.Fact{{Key: "occurred_on", Text: on}, {Key: "precision", Text: "day"}, {Key: "controller", Text: "31"}}
	for k, v := range f {
		if k == "rec_at" {
			e.minute = v.(int)/100*60 + v.(int)%100
			continue
		}
		e.facts = slices.DeleteFunc(e.facts, func(x domain.Fact) bool { return x.Key == k })
		switch v := v.(type) {
		case string:
			e.facts = append(e.facts, domain.Fact{Key: k, Text: v})
		case int:
			e.facts = append(e.facts, domain.Fact{Key: k, Int: int64(v), IsInt: true})
		}
	}
	l.events = append(l.events, e)
}

// Events is the log: events as a store takes them, in order of recording.
func (l *Logbook) Events() []domain.Recorded {
	l.t.Helper()
	l.sorted()
	versions := map[string]int64{}
	out := make([]domain.Recorded, len(l.events))
	for i, e := range l.events {
		versions[e.stream]++
		id := uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, i, e.stream))
		at := e.recorded.Start().Add(time.Duration(e.minute)*time.Minute + time.Duration(i)*time.Millisecond)
		all := append(slices.Clone(e.facts),
			domain.Fact{Key: "event_id", Text: id.String()}, domain.Fact{Key: "recorded_at", Text: japan.FormatInstant(at)},
			domain.Fact{Key: "stream", Text: e.stream}, domain.Fact{Key: "type", Text: e.typ}, domain.Fact{Key: "version", Int: versions[e.stream], IsInt: true})
		slices.SortFunc(all, func(a, b domain.Fact) int { return strings.Compare(a.Key, b.Key) })
		text, err := domain.FormatFacts(all)
		require.NoError(l.t, err, e.typ)
		out[i] = domain.Recorded{Position: uint64(i + 1), ID: id, Stream: e.stream, Version: uint64(versions[e.stream]), Type: e.typ,
			Body: domain.FormatBody(domain.Body{Facts: text, Salt: make([]byte, domain.SaltSize)})}
	}
	return out
}

func (l *Logbook) id(word string) string {
	l.n++
	return fmt.Sprintf("%s%d", word, l.n)
}

// person registers somebody outside the prefecture.
func (l *Logbook) person(id string) {
	l.add("person.registered", id, "2018-04-02", "", facts{"anonymous": 0, "residence_pref": "13"})
}

// open opens a case of D-TKY (controller 31) unless f says otherwise.
func (l *Logbook) open(id, lead, on string, f facts) {
	all := facts{"person": lead, "desk": "D-TKY", "new_episode": 0}
	for k, v := range f {
		all[k] = v
	}
	l.cases[id] = lead
	l.add("case.opened", id, on, "", all)
}

// newcomer is a person with a case of the same name.
func (l *Logbook) newcomer(id string) {
	l.person(id)
	l.open(id, id, "2018-04-02", nil)
}

// session holds one; the defaults of the vectors: D-TKY, in_person, relocation.
func (l *Logbook) session(file, on string, f facts) string {
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
func (l *Logbook) moves(file, on string, movers ...string) string {
	return l.movesAs(file, on, nil, movers...)
}

func (l *Logbook) movesAs(file, on string, f facts, movers ...string) string {
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
func (l *Logbook) job(file, decided, started string) string {
	id := l.id("p")
	l.add("case.placement_decided", file, decided, "", facts{"placement": id, "person": l.cases[file], "contract": "indefinite", "workplace_pref": "31", "route": "self"})
	if started != "" {
		l.add("case.employment_started", file, started, "", facts{"placement": id})
		l.add("case.placement_confirmed", file, started, "", facts{"placement": id, "confirmation": l.id("c"), "confirms": "start", "grade": "b"})
	}
	return id
}

// position is the last event recorded by the end of a day. The logbook is kept
// in order of recording.
func (l *Logbook) position(known string) uint64 {
	l.sorted()
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
func (l *Logbook) sorted() *Logbook {
	slices.SortStableFunc(l.events, func(a, b entry) int { return cmp.Or(int(a.recorded-b.recorded), a.minute-b.minute) })
	return l
}

// figure measures at D-TKY, known 2020-05-31, unless opts say otherwise:
// "@31" a scope, "known=2020-03-16", "name=value" a parameter of a trial version.
func (l *Logbook) figure(indicatorID, of string, opts ...string) indicator.Figure {
	l.t.Helper()
	l.sorted()
	def := l.definition(indicatorID)
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
	return l.counter.Figure(q, date(known))
}

func (l *Logbook) value(indicatorID, of string, opts ...string) int {
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

// definition is a shipped one.
func (l *Logbook) definition(id string) indicator.Definition {
	l.t.Helper()
	book, err := indicator.Shipped()
	require.NoError(l.t, err)
	d, ok := book.Named(id, "tot-2019.1")
	require.True(l.t, ok, id)
	return d
}
