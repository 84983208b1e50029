package flow_test

import (
	"context"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/domain/volume"
	"ayumi/tests/flow"
)

// wish is a request that the use of a person's data be suspended, decided on. The
// Act asks for a disclosure first.
func (s *shared) wish(person, measure, result string) string {
	disclosure := s.matter(map[string]any{"kind": "disclosure", "person": person})
	s.Do(s.day, "mg1", "rights.decide", map[string]any{"stream": disclosure, "result": "full", "measure": "provide"})
	s.Do(s.day, "po1", "rights.execute", map[string]any{"stream": disclosure, "measure": "provide", "handed": "写し1通"})
	id := s.matter(map[string]any{"kind": "suspension", "person": person, "disclosure": disclosure})
	s.Do(s.day, "mg1", "rights.decide", map[string]any{"stream": id, "result": result, "measure": measure, "grounds": []string{"improper_use"}, "reasons": "見本"})
	return id
}

// matter is a request whose requester is known to be who it says.
func (s *shared) matter(fields map[string]any) string {
	fields["channel"], fields["requester"], fields["words"] = "in_person", "見本", "見本"
	r := s.Do(s.day, "po1", "rights.request", fields)
	_, id := domain.SplitStream(r[0].Stream)
	s.Do(s.day, "po1", "rights.check_identity", map[string]any{"stream": id, "method": "passport", "representative": false, "person_told": true, "papers": "旅券"})
	return id
}

func records(t testing.TB) *shared {
	s := sharing(t)
	s.Staff("po1", "PO")
	s.Staff("mg1", "MG")
	s.Staff("ro1", "RO")
	return s
}

func (s *shared) tome(id string, fy int, series string) {
	s.Do(s.day, "ro1", "volume.open", map[string]any{"stream": id, "fy": fy, "series": series, "retention_years": 5, "end_action": "dispose", "title": "見本"})
}

// filed lists the cases in a volume.
func (s *shared) filed(id string) []string {
	v := volume.Aggregate.New()
	for rec, err := range s.Store.Stream(context.Background(), "volume-"+id, 0) {
		require.NoError(s.T, err)
		env, ev, err := volume.Aggregate.Decode(rec)
		require.NoError(s.T, err)
		ev.Apply(v, env)
	}
	return v.Filed()
}

func TestADecisionStopsTheUse(t *testing.T) {
	s := records(t)
	id := s.wish(s.person, "stop_use", "full")
	require.Equal(t, []string{"person.use_restricted"}, reactions(s.Desk, s.day))
	env := last(s.Desk, "person.use_restricted")
	require.Equal(t, "system", env.RecordedBy)
	require.NotEmpty(t, env.Cause)
	s.Do(s.day, "po1", "rights.execute", map[string]any{"stream": id, "measure": "stop_use"})
	require.Empty(t, reactions(s.Desk, s.day), "executing it asks for nothing more")
}

func TestADecisionThatStopsNothingStopsNothing(t *testing.T) {
	s := records(t)
	s.share("s1", s.city, "", "name")
	s.wish(s.person, "none", "refused")
	require.Empty(t, reactions(s.Desk, s.day))
}

// A decision for a companion ends what was told of the household, and leaves what
// was told of the lead.
func TestADecisionStopsSharesOfThatPersonOnly(t *testing.T) {
	s := records(t)
	other := register(s.Desk, "同伴")
	s.Do(s.day, "co1", "case.add_member", map[string]any{"case": s.file, "person": other, "part": "adult"})
	s.share("s1", s.city, "", "name")
	s.share("s2", s.city, "", "name", "household")
	s.wish(other, "stop_provision", "full")
	require.Equal(t, stopped, reactions(s.Desk, s.day))
	require.Equal(t, 1, live(s))
	s.wish(s.person, "stop_provision", "partial")
	require.Equal(t, stopped, reactions(s.Desk, s.day))
	require.Zero(t, live(s))
}

func live(s *shared) (n int) {
	for _, x := range s.now().Shares {
		if x.State == "made" {
			n++
		}
	}
	return n
}

func TestAClosedCaseIsFiledInTheVolumeOfItsYear(t *testing.T) {
	s := records(t)
	s.tome("v18", 2018, volume.Consultations)
	s.tome("v19", 2019, volume.Consultations)
	s.tome("other", 2019, "letters")
	require.Empty(t, reactions(s.Desk, s.day))
	s.close()
	require.Equal(t, []string{"volume.case_filed"}, reactions(s.Desk, s.day))
	require.Equal(t, []string{s.file}, s.filed("v19"))
	require.Empty(t, s.filed("v18"))
	require.Empty(t, s.filed("other"))

	s.Do(s.day, "co1", "case.reopen", map[string]any{"case": s.file, "reason": "person_wish"})
	require.Equal(t, []string{"volume.case_taken_out"}, reactions(s.Desk, s.day))
	require.Empty(t, s.filed("v19"))
	s.close()
	require.Equal(t, []string{"volume.case_filed"}, reactions(s.Desk, s.day))
	require.Equal(t, []string{s.file}, s.filed("v19"), "closed again, filed again")
}

func TestANewVolumeTakesWhatWasClosedBefore(t *testing.T) {
	s := records(t)
	first := s.file
	s.close()
	s.file = begin(s.Desk, register(s.Desk, "別"))
	s.close()
	open := begin(s.Desk, register(s.Desk, "続"))
	require.Empty(t, reactions(s.Desk, s.day))
	s.tome("v19", 2019, volume.Consultations)
	require.Equal(t, []string{"volume.case_filed", "volume.case_filed"}, reactions(s.Desk, s.day))
	require.ElementsMatch(t, []string{first, s.file}, s.filed("v19"))
	s.tome("second", 2019, volume.Consultations)
	require.Empty(t, reactions(s.Desk, s.day), "a case lies in one volume")
	require.NotContains(t, s.filed("v19"), open)
	s.Do(s.day, "ro1", "volume.take_out_case", map[string]any{"stream": "v19", "case": first, "reason": "error"})
	require.Empty(t, reactions(s.Desk, s.day), "what is taken out by hand stays out")
}

// A reaction may be carried out after the case has gone on: in the end a case lies
// in a volume if it is closed, and only then.
func TestFilingThatCameTooLateIsRepaired(t *testing.T) {
	s := records(t)
	s.tome("v19", 2019, volume.Consultations)
	s.close()
	require.Equal(t, []string{"volume.case_filed"}, reactions(s.Desk, s.day))
	reopen := func() {
		s.Do(s.day, "co1", "case.reopen", map[string]any{"case": s.file, "reason": "person_wish"})
	}
	reopen()
	s.close()
	require.Equal(t, []string{"volume.case_taken_out", "volume.case_filed"}, reactions(s.Desk, s.day))
	require.Equal(t, []string{s.file}, s.filed("v19"))

	reopen()
	require.Equal(t, []string{"volume.case_taken_out"}, reactions(s.Desk, s.day))
	s.close()
	seen := head(s.Desk)
	closed := last(s.Desk, "case.closed")
	x := office.NewReactor(0)
	var asked []office.Request
	for rec, err := range s.Store.All(context.Background(), 0) {
		require.NoError(t, err)
		list, err := x.After(context.Background(), rec)
		require.NoError(t, err)
		if rec.Position == seen {
			require.Equal(t, closed.EventID, rec.ID.String())
			asked = list
		}
	}
	require.Len(t, asked, 1)
	// It is filed, as the reaction does, while somebody else reopens the case: the
	// store takes both, for they are two streams.
	asked[0].At = s.day
	_, err := s.Office.Do(context.Background(), asked[0])
	require.NoError(t, err)
	reopen()
	require.Equal(t, []string{"volume.case_taken_out"}, reactions(s.Desk, s.day))
	require.Empty(t, s.filed("v19"))
}

// The records of a log: what people did while nothing reacted is carried out at the
// next start, and once.
func TestRecordsReactAcrossStarts(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	now := flow.At("2026-06-10", 9)
	q := quiet(t, dir, now)
	ro, mg, po := q.clerk("ro1", "RO"), q.clerk("mg1", "MG"), q.clerk("po1", "PO")
	co := q.clerk("co1", "CO")
	person := q.register(co)
	file := uuid.NewString()
	q.do(co, "case.open", map[string]any{"case": file, "person": person, "desk": "D-TKY", "aims": []string{"job"}, "lead_source": "walk_in", "target_pref": "31", "new_episode": false})
	tome := uuid.NewString()
	steps := []struct {
		do   func()
		want string
	}{
		{func() {
			q.do(co, "case.close", map[string]any{"case": file, "outcome": "gave_up"})
			q.do(ro, "volume.open", map[string]any{"stream": tome, "fy": 2026, "series": volume.Consultations, "retention_years": 5, "end_action": "dispose", "title": "見本"})
		}, "volume.case_filed"},
		{func() {
			q.do(co, "case.reopen", map[string]any{"case": file, "reason": "person_wish"})
		}, "volume.case_taken_out"},
		{func() {
			q.do(co, "case.close", map[string]any{"case": file, "outcome": "gave_up"})
		}, "volume.case_filed"},
		{func() {
			disclosure := uuid.NewString()
			ask := func(id string, fields map[string]any) {
				fields["stream"], fields["person"], fields["channel"], fields["requester"], fields["words"] = id, person, "in_person", "見本", "見本"
				q.do(po, "rights.request", fields)
				q.do(po, "rights.check_identity", map[string]any{"stream": id, "method": "passport", "representative": false, "person_told": true, "papers": "旅券"})
			}
			ask(disclosure, map[string]any{"kind": "disclosure"})
			q.do(mg, "rights.decide", map[string]any{"stream": disclosure, "result": "full", "measure": "provide"})
			q.do(po, "rights.execute", map[string]any{"stream": disclosure, "measure": "provide", "handed": "写し1通"})
			id := uuid.NewString()
			ask(id, map[string]any{"kind": "suspension", "disclosure": disclosure})
			q.do(mg, "rights.decide", map[string]any{"stream": id, "result": "full", "measure": "stop_use", "grounds": []string{"improper_use"}})
		}, "person.use_restricted"},
	}
	seen := map[string]int{}
	for _, step := range steps {
		step.do()
		require.Equal(t, seen[step.want], q.count(step.want), "nothing reacts yet")
		require.NoError(t, q.Close())
		seen[step.want]++
		p := run(t, dir, now)
		p.comes(step.want, seen[step.want])
		for typ, n := range seen {
			require.Equal(t, n, p.count(typ), typ)
		}
		require.NoError(t, p.Close())
		// With the read models goes the mark up to where reactions were carried out:
		// the next start carries out all of them again, before the new one.
		require.NoError(t, os.RemoveAll(filepath.Join(dir, "read")))
		q = quiet(t, dir, now)
	}
	require.NoError(t, q.Close())
	require.Equal(t, []string{"person.use_restricted", "volume.case_filed", "volume.case_taken_out"}, slices.Sorted(maps.Keys(seen)))
}

// quiet is the product's log and its commands, with nothing that reacts.
func quiet(t testing.TB, dir string, at time.Time) *product {
	t.Helper()
	p := &product{t: t, now: &atomic.Pointer[time.Time]{}}
	p.now.Store(&at)
	c := app.Default()
	c.Data, c.Now, c.Log = dir, func() time.Time { return at }, slog.New(slog.DiscardHandler)
	l, err := app.OpenLedger(context.Background(), c, nil)
	require.NoError(t, err)
	p.App = &app.App{Ledger: l, Office: office.New(l.Decider, nil)}
	return p
}
