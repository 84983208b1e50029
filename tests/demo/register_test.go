package demo_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/cmd/app/demo"
	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/register"
	"ayumi/tests/flow"
	"ayumi/tests/history"
)

// published is the register of Tottori.
func published(t *testing.T, store domain.EventStore) *register.Register {
	t.Helper()
	r := register.New("31")
	for rec, err := range store.All(context.Background(), 0) {
		require.NoError(t, err)
		require.NoError(t, r.Add(rec))
	}
	return r
}

// inWords is everything a register says, but what was verified.
func inWords(r *register.Register) (out []string) {
	for _, l := range r.Lines {
		value, stated := l.Value()
		text := fmt.Sprintf("F-%04d %s %v %d %t %s %s", l.No, l.Status(), l.On, value, stated, l.Document(), l.Stream)
		if l.Edition != nil {
			all, err := json.Marshal(l.Edition.Proposed)
			if err != nil {
				panic(err)
			}
			text += " " + string(all)
		}
		out = append(out, text)
	}
	return out
}

// replay counts every published edition again in one fold of the log.
func replay(t *testing.T, store domain.EventStore, r *register.Register) map[int]domain.Counted {
	t.Helper()
	book, err := indicator.Shipped()
	require.NoError(t, err)
	var asked []domain.Asked
	for _, l := range r.Lines {
		if l.Edition != nil {
			asked = append(asked, l.Figure.Asked(l.Edition))
		}
	}
	all, err := indicator.Replay(context.Background(), store, book, asked, nil)
	require.NoError(t, err)
	out := map[int]domain.Counted{}
	for _, l := range r.Lines {
		if l.Edition != nil {
			out[l.No], err = all.Recount(context.Background(), l.Figure.Asked(l.Edition))
			require.NoError(t, err)
			require.True(t, out[l.No].Same(l.Edition.Counted()), "F-%04d: %d, published %d", l.No, out[l.No].Value, l.Edition.Value)
		}
	}
	return out
}

// The published figures of demo.md 9: each stands in the register, and one replay
// of the log finds each again.
func TestPublishedFigures(t *testing.T) {
	play(t)
	r := published(t, desk.Store)
	var got []string
	for _, l := range r.Lines {
		value, _ := l.Value()
		of := ""
		if l.Figure != nil {
			of = l.Figure.Indicator
		}
		got = append(got, fmt.Sprintf("%v %s %s %d", l.On, l.Status(), of, value))
	}
	require.Equal(t, []string{
		"2019-04-01 target  30", "2020-03-17 imported K1@D-TKY 13",
		"2020-03-31 blank  0", "2020-03-31 preliminary C1@D-TKY 168", "2020-03-31 imported C1@D-TKY 23",
		"2020-03-31 preliminary C2@D-TKY 187", "2020-03-31 imported C2@D-TKY 36", "2020-03-31 final U1@31 7", "2020-03-31 final U0@31 12",
		"2020-05-01 final C1@D-TKY 180", "2020-05-01 final C2@D-TKY 200", "2020-05-01 final K1@D-TKY 31",
		"2020-07-13 final M1@D-TKY 313", "2020-07-13 final M2@D-TKY 31",
		// The prefecture's own series, taken in last: what stands before keeps its number.
		"2020-10-01 imported R1@31 504", "2020-10-01 imported R1@31 706", "2020-10-01 imported R1@31 962", "2020-10-01 imported R1@31 1246",
		"2020-10-01 imported R1@31 1952", "2020-10-01 imported R1@31 2022", "2020-10-01 imported R1@31 2127", "2020-10-01 imported R1@31 2157", "2020-10-01 imported R1@31 2169",
		"2020-10-01 imported R2@31 623", "2020-10-01 imported R2@31 823", "2020-10-01 imported R2@31 1404", "2020-10-01 imported R2@31 1536", "2020-10-01 imported R2@31 1565",
	}, got)
	found := replay(t, desk.Store, r)
	require.Len(t, found, 9)
	for _, l := range r.Lines {
		if l.Edition == nil {
			continue
		}
		one := figure(t, l.Figure.Indicator[:2], l.Figure.Indicator[3:], fmt.Sprintf("%v..%v", l.Figure.Period.From, l.Figure.Period.To), l.Edition.KnownAt.String())
		require.Equal(t, one.Value, found[l.No].Value, "one fold for one figure")
		require.Equal(t, one.Digest(), found[l.No].Members)
	}
}

// Ten thousand events more, of a lively office and of the people of the sheet
// itself: no published figure and no line of the register changes by a byte.
func TestNothingLaterChangesWhatIsPublished(t *testing.T) {
	d := flow.Play(t, demo.Open())
	before := published(t, d.Store)
	words, counted := inWords(before), replay(t, d.Store, before)
	lead, later := d.Runner.Codes()["ld1"], 0
	for rec, err := range d.Store.All(context.Background(), 0) { // what was counted is voided, at once and for ever
		require.NoError(t, err)
		if rec.Type != "case.consultation_held" || later >= 200 {
			continue
		}
		facts, err := domain.FactsOf(rec.Body)
		require.NoError(t, err)
		_, file := domain.SplitStream(rec.Stream)
		if _, err := d.Try(flow.At("2020-09-01", 9), lead, "case.void_consultation", map[string]any{"case": file, "consultation": facts.Text("consultation"), "reason": "test"}); err == nil {
			later++
		}
	}
	require.Greater(t, later, 100)
	stands := map[string]domain.Token{}
	for _, c := range history.Commits(history.New(7, true).Take(10_000), map[string]domain.Token{}) {
		if c.At = stands[c.Stream]; c.Stream == "reception-TKC.2019" {
			continue // the demonstration has this stream already
		}
		tokens, err := d.Store.Append(context.Background(), c)
		require.NoError(t, err)
		stands[c.Stream] = tokens[0]
	}
	after := published(t, d.Store)
	require.Equal(t, words, inWords(after))
	require.Equal(t, counted, replay(t, d.Store, after))
}
