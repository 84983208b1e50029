package flow_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/effect"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/office"
	"ayumi/infra/keyring"
	"ayumi/tests/flow"
)

// parties answers which cases a person ever belonged to, from the log itself.
type parties struct{ store domain.EventStore }

func (p parties) CasesOf(ctx context.Context, person string) (out []string, err error) {
	for rec, err := range p.store.All(ctx, 0) {
		if err != nil {
			return nil, err
		}
		facts, err := domain.FactsOf(rec.Body)
		if err != nil {
			return nil, err
		}
		if (rec.Type == "case.opened" || rec.Type == "case.member_added") && facts.Text("person") == person {
			_, id := domain.SplitStream(rec.Stream)
			out = append(out, id)
		}
	}
	return out, nil
}

// strict is an office that wants every effect shown before.
func strict(d *flow.Desk) *office.Office {
	return office.New(&domain.Decider{Store: d.Store, Keys: d.Keys, Random: keyring.Seeded("strict"), Origin: d.Head.Origin}, parties{d.Store})
}

// life is a random history: every command is first asked for its effect.
type life struct {
	*flow.Desk
	t      testing.TB
	r      *rand.Rand
	office *office.Office
	at     time.Time
	book   *indicator.Book
	ytd    japan.Period
	live   map[string]int
	given  map[string]int // commands carried out, refusals by key
	cases  []string

	people, files        []string
	sessions, moves      []thing
	jobs, proofs, merged []thing
}

// thing is an entity with the stream it lies in and what else names it.
type thing struct{ stream, id, of string }

func (l *life) values() map[string]int {
	s := indicator.NewState()
	for rec, err := range l.Store.All(context.Background(), 0) {
		require.NoError(l.t, err)
		facts, err := domain.FactsOf(rec.Body)
		require.NoError(l.t, err)
		_, err = s.Fold(rec.Position, rec.Type, rec.Stream, facts.Glance())
		require.NoError(l.t, err)
	}
	out := map[string]int{}
	rows := s.Rows(indicator.Usual())
	for _, d := range l.book.All() {
		for _, scope := range []string{"D-TKY", "D-FKC", "D-OKY", "TKC", "31", "33"} {
			for _, p := range l.periods() {
				q := indicator.Question{Definition: d, Scope: scope, Period: p}
				out[q.String()] = indicator.Answer(rows, q, japan.DateOf(l.at)).Value
			}
		}
	}
	return out
}

func (l *life) periods() []japan.Period {
	return []japan.Period{japan.FiscalYear(2018).Whole(), japan.FiscalYear(2019).Whole(), japan.FiscalYear(2020).Whole(), l.ytd}
}

// try asks for the effect, gives the command as shown, and holds the one to the other.
func (l *life) try(by, command string, fields map[string]any) (domain.Receipt, bool) {
	l.t.Helper()
	ctx := context.Background()
	req := office.Request{Command: command, ID: uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, command, l.r.Uint64())), By: l.Runner.Codes()[by], At: l.at}
	var err error
	req.Data, err = domain.ParseData(flow.Data(l.t, fields))
	require.NoError(l.t, err)
	shown, version, refused := l.office.Effect(ctx, req, l.ytd)
	fields["shown_at"] = version
	if command == "person.merge" {
		fields["preview"] = shown.Digest()
	}
	req.Data, err = domain.ParseData(flow.Data(l.t, fields))
	require.NoError(l.t, err)
	receipts, err := l.office.Do(ctx, req)
	var r *domain.Refusal
	if errors.As(err, &r) {
		require.ErrorContains(l.t, refused, r.Key, command)
		l.given[r.Key]++
		return domain.Receipt{}, false
	}
	require.NoError(l.t, err, command)
	require.NoError(l.t, refused, command)
	after := l.values()
	for _, d := range l.book.All() {
		if !d.Sums() { // a share is previewed by its sides
			continue
		}
		for _, scope := range []string{"D-TKY", "D-FKC", "D-OKY", "TKC", "31", "33"} {
			for _, p := range l.periods() {
				q := indicator.Question{Definition: d, Scope: scope, Period: p}.String()
				require.Equal(l.t, after[q], l.live[q]+shown.Delta(d.Indicator, d.Version, scope, p), "%s %s", command, q)
			}
		}
	}
	for _, s := range shown.Shifts {
		require.Equal(l.t, s.Delta(), len(s.Gained)-len(s.Lost), "%+v: whoever comes or goes is named", s)
		l.cases = append(l.cases, s.Kind)
	}
	l.live = after
	l.given[command]++
	return receipts[0], true
}

func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

func (l *life) day() string { return japan.DateOf(l.at).Add(-l.r.IntN(60)).String() }

func (l *life) grow() {
	if len(l.people) < 3 || l.r.IntN(8) == 0 {
		r, _ := l.try("co1", "person.register", map[string]any{"kind": "consultee", "anonymous": false, "age_band": "20s", "residence_pref": pick(l.r, "13", "13", "31"),
			"language": "ja", "student": false, "search": "s", "family": "見本"})
		_, id := domain.SplitStream(r.Stream)
		l.people = append(l.people, id)
	}
	if len(l.files) < 3 || l.r.IntN(6) == 0 {
		if r, ok := l.try("co1", "case.open", map[string]any{"person": pick(l.r, l.people...), "desk": pick(l.r, "D-TKY", "D-FKC"), "aims": []string{"job"},
			"lead_source": "walk_in", "target_pref": "31", "new_episode": false, "occurred_on": l.day()}); ok {
			_, id := domain.SplitStream(r.Stream)
			l.files = append(l.files, id)
		}
	}
}

// lead answers who leads a case.
func (l *life) lead(file string) string {
	for rec, err := range l.Store.Stream(context.Background(), "case-"+file, 0) {
		require.NoError(l.t, err)
		facts, err := domain.FactsOf(rec.Body)
		require.NoError(l.t, err)
		return facts.Text("person")
	}
	return ""
}

// id is new, and the same in every run.
func (l *life) id() string {
	return uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, l.r.Uint64())).String()
}

func (l *life) record() {
	file := pick(l.r, l.files...)
	lead := l.lead(file)
	x := thing{file, l.id(), lead}
	switch l.r.IntN(8) {
	case 0, 1, 2:
		if _, ok := l.try("co1", "case.hold_consultation", map[string]any{"case": file, "consultation": x.id, "lead_person": lead, "desk": pick(l.r, "D-TKY", "D-FKC"),
			"channel": pick(l.r, "phone", "in_person"), "categories": pick(l.r, []string{"job"}, []string{"job", "relocation"}), "counsellor": l.Runner.Codes()["co1"],
			"attendee_count": 1, "initiated_by": "person", "advice": true, "notice_version": "n1", "outcome": "continuing", "note": "x", "occurred_on": l.day(),
			"started_at": pick(l.r, 1100, 1830), "outside_hours_reason": "wish"}); ok {
			l.sessions = append(l.sessions, x)
		}
	case 3:
		l.try("co1", "case.add_member", map[string]any{"case": file, "person": pick(l.r, l.people...), "part": "adult"})
	case 4, 5:
		if _, ok := l.try("co1", "case.move_in", map[string]any{"case": file, "relocation": x.id, "movers": []string{lead}, "head": lead, "household": l.id(),
			"from_pref": "13", "to_lg": "312011", "register": true, "reason": "employment", "planned_stay": "permanent", "occurred_on": l.day()}); ok {
			l.moves = append(l.moves, x)
			l.classify("co1", "case.classify_relocation", x, "employment", map[string]any{})
		}
	default:
		if _, ok := l.try("co1", "case.decide_placement", map[string]any{"case": file, "placement": x.id, "person": lead, "route": "self", "contract": "indefinite",
			"workplace_pref": "31", "industry": "A", "employer": "見本商会", "occurred_on": l.day()}); ok {
			l.jobs = append(l.jobs, x)
			l.try("co1", "case.start_employment", map[string]any{"case": file, "placement": x.id, "occurred_on": japan.DateOf(l.at).String()})
		}
	}
}

func (l *life) classify(by, command string, x thing, reason string, more map[string]any) {
	fields := map[string]any{"case": x.stream, "relocation": x.id, "rule_version": "tot-cls-1", "reason": reason, "has_predecessor": "no",
		"planned_stay": "permanent", "decision": false, "counts": reason == "employment", "turn": "i", "grandchild": false, "head_age_band": "20s", "household_size": 1}
	for k, v := range more {
		fields[k] = v
	}
	l.try(by, command, fields)
}

func (l *life) confirm() {
	proof := func(command, key string, x thing, more map[string]any) {
		c := l.id()
		fields := map[string]any{"case": x.stream, key: x.id, "confirmation": c, "grade": "b", "evidence_kind": "employer_answer"}
		for k, v := range more {
			fields[k] = v
		}
		if _, ok := l.try("ld1", command, fields); ok {
			l.proofs = append(l.proofs, thing{x.stream, c, key + " " + x.id})
		}
	}
	if len(l.moves) > 0 && l.r.IntN(2) == 0 {
		proof("case.confirm_relocation", "relocation", pick(l.r, l.moves...), map[string]any{"evidence_kind": "municipality_answer"})
	} else if len(l.jobs) > 0 {
		proof("case.confirm_placement", "placement", pick(l.r, l.jobs...), map[string]any{"confirms": "start"})
	}
}

func (l *life) correct() {
	switch l.r.IntN(12) {
	case 0:
		if len(l.sessions) > 0 {
			x := pick(l.r, l.sessions...)
			l.try("co1", "case.void_consultation", map[string]any{"case": x.stream, "consultation": x.id, "reason": "duplicate"})
		}
	case 1:
		if len(l.sessions) > 0 {
			x := pick(l.r, l.sessions...)
			l.try("co1", "case.amend_consultation", map[string]any{"case": x.stream, "consultation": x.id, "field": "channel", "old": []string{"phone"}, "new": []string{"in_person"}, "reason": "typo"})
		}
	case 2:
		if len(l.sessions) > 0 {
			i := l.r.IntN(len(l.sessions))
			x, to := l.sessions[i], pick(l.r, l.files...)
			if _, ok := l.try("co1", "case.move_consultation", map[string]any{"case": x.stream, "consultation": x.id, "to_case": to, "reason": "wrong_person"}); ok {
				l.sessions[i].stream = to
			}
		}
	case 3, 4:
		a, b := pick(l.r, l.people...), pick(l.r, l.people...)
		if _, ok := l.try("ld1", "person.merge", map[string]any{"person": a, "into": b, "evidence": []string{l.id()}, "proposed_by": l.Runner.Codes()["co1"], "preview": strings.Repeat("0", 64)}); ok {
			l.merged = append(l.merged, thing{a, b, ""})
		}
	case 5:
		if len(l.merged) > 0 {
			x := pick(l.r, l.merged...)
			l.try("ld1", "person.unmerge", map[string]any{"person": x.stream, "from": x.id, "reason": "error"})
		}
	case 6, 10, 11:
		if len(l.moves) > 0 {
			l.classify("ld1", "case.reclassify_relocation", pick(l.r, l.moves...), pick(l.r, "schooling", "employment"), map[string]any{"why": "error"})
		}
	case 7:
		if len(l.proofs) > 0 {
			x := pick(l.r, l.proofs...)
			key, id, _ := strings.Cut(x.of, " ")
			l.try("ld1", "case.withdraw_"+key+"_confirmation", map[string]any{"case": x.stream, "confirmation": x.id, key: id, "reason": "error"})
		}
	case 8:
		if len(l.jobs) > 0 {
			x := pick(l.r, l.jobs...)
			l.try("ld1", "case.void_placement", map[string]any{"case": x.stream, "placement": x.id, "reason": "duplicate"})
		}
	case 9:
		if len(l.moves) > 0 {
			x := pick(l.r, l.moves...)
			l.try("ld1", "case.void_relocation", map[string]any{"case": x.stream, "relocation": x.id, "reason": "duplicate"})
		}
	}
}

// What the preview says comes true: live value + delta = value afterwards, of
// every figure, whatever is done.
func TestThePreviewComesTrue(t *testing.T) {
	book, err := effect.Shipped()
	require.NoError(t, err)
	given, kinds, late := map[string]int{}, map[string]bool{}, []int(nil)
	for seed := range uint64(4) {
		d := flow.Open(t)
		d.Staff("co1", "CO")
		d.Staff("ld1", "LD")
		d.Do(flow.At("2019-04-01", 9), "ld1", "reception.open_year", map[string]any{"stream": "TKC.2019", "corner": "TKC", "fy": 2019, "prefs": []string{"31"}})
		for _, desk := range []string{"D-TKY", "D-FKC"} {
			d.Do(flow.At("2019-04-01", 9), "ld1", "reception.set_hours", map[string]any{"stream": "TKC.2019", "desk": desk, "site": "shinbashi", "effective_from": "2019-04-01",
				"weekdays": "1234567", "holidays_open": true, "opens": 1000, "closes": 1800, "after_hours_days": "456", "after_hours_closes": 2000})
		}
		l := &life{Desk: d, t: t, r: rand.New(rand.NewPCG(seed, 3)), office: strict(d), at: flow.At("2019-06-01", 10), book: book,
			ytd: japan.Period{From: japan.On(2019, 4, 1), To: japan.On(2020, 2, 29)}, given: given}
		l.live = l.values()
		for range 60 {
			l.at = l.at.Add(time.Duration(l.r.IntN(200)) * time.Hour)
			l.grow()
			l.record()
			l.confirm()
			l.correct()
		}
		for _, k := range l.cases {
			kinds[k] = true
		}
		q := indicator.Question{Scope: "31", Period: japan.FiscalYear(2019).Whole()}
		q.Definition, _ = book.Named("H1", "tot-2019.1")
		late = append(late, l.live[q.String()])
	}
	require.Positive(t, slices.Max(late), "some sessions are after hours")
	for _, command := range []string{"case.void_consultation", "case.amend_consultation", "case.move_consultation", "person.merge", "person.unmerge",
		"case.reclassify_relocation", "case.withdraw_relocation_confirmation", "case.withdraw_placement_confirmation", "case.void_placement", "case.void_relocation"} {
		require.Positive(t, given[command], "%s was carried out: %v", command, given)
	}
	for _, kind := range []string{"voided", "merged", "unmerged", "reclassified", "evidence", "late_entry"} {
		require.True(t, kinds[kind], "%s: %v", kind, kinds)
	}
}
