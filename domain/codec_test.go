package domain

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain/japan"
)

// sample has one fact of each kind an event may have.
type sample struct {
	Channel    string     `fact:"channel,code"`
	Categories []string   `fact:"categories?,codes=category"`
	Reason     string     `fact:"reason?,token"`
	Marks      []string   `fact:"marks?,tokens"`
	Entity     string     `fact:"entity,id"`
	Others     []string   `fact:"others?,ids"`
	Heads      int        `fact:"heads,int"`
	Students   *int       `fact:"students?,int"`
	Remote     bool       `fact:"remote,flag"`
	Known      *bool      `fact:"known?,flag"`
	On         japan.Date `fact:"on?,date"`
	At         *int       `fact:"at?,time"`
	Sheet      string     `fact:"sheet?,digest"`
	Place      string     `fact:"place?,word"`
	Made       time.Time  `fact:"made,instant"`
	Note       string     `sealed:"note?,X"`
}

func maybe[T any](r *rand.Rand, v T) (out T) {
	if r.IntN(2) == 0 {
		return out
	}
	return v
}

func sampled(r *rand.Rand) *sample {
	n, yes, at := r.IntN(1<<40), r.IntN(2) == 0, r.IntN(24)*100+r.IntN(60)
	return &sample{
		Channel: Codes["channel"][r.IntN(len(Codes["channel"]))], Categories: maybe(r, []string{"farming", "job"}),
		Reason: maybe(r, "a.b-c@d+e"), Marks: maybe(r, []string{"m1", "m2"}), Entity: "e-1", Others: maybe(r, []string{"o1"}),
		Heads: r.IntN(1<<40) - 1<<39, Students: maybe(r, &n), Remote: r.IntN(2) == 0, Known: maybe(r, &yes),
		On: maybe(r, japan.On(1, 1, 1)+japan.Date(r.IntN(3_000_000))), At: maybe(r, &at), Sheet: maybe(r, strings.Repeat("0f", 32)),
		Place: maybe(r, "新橋\n\"館\"\\"), Made: time.Date(1900+r.IntN(200), 2, 3, 4, 5, 6, r.IntN(1000)*1_000_000, time.UTC),
	}
}

func TestEventsSurviveTheirFacts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		want := sampled(r)
		text, err := encodeFacts(want)
		require.NoError(t, err)
		facts, err := ParseFacts(text)
		require.NoError(t, err, string(text))
		got := &sample{}
		require.NoError(t, decodeFacts(facts, got))
		require.Equal(t, want, got)
		again, err := encodeFacts(got)
		require.NoError(t, err)
		require.Equal(t, text, again)
	}
}

func TestListsAreSortedAndWithoutDoubles(t *testing.T) {
	s := sampled(rand.New(rand.NewPCG(1, 2)))
	s.Categories = []string{"job", "farming", "job"}
	text, err := encodeFacts(s)
	require.NoError(t, err)
	require.Equal(t, "farming,job", text.Text("categories"))
	require.Equal(t, []string{"job", "farming", "job"}, s.Categories, "the event itself is left alone")
}

func TestFactsThatNoFormKnowsAreRefused(t *testing.T) {
	text, err := encodeFacts(sampled(rand.New(rand.NewPCG(1, 2))))
	require.NoError(t, err)
	good, err := ParseFacts(text)
	require.NoError(t, err)
	for sentence, spoil := range map[string]func([]Fact) []Fact{
		"fact zz is unknown":      func(f []Fact) []Fact { return append(f, Fact{Key: "zz"}) },
		"fact channel is absent":  func(f []Fact) []Fact { return without(f, "channel") },
		"fact heads is no int":    func(f []Fact) []Fact { return changed(f, Fact{Key: "heads", Text: "1"}) },
		"fact remote is no flag":  func(f []Fact) []Fact { return changed(f, Fact{Key: "remote", Int: 2, IsInt: true}) },
		"fact entity is a number": func(f []Fact) []Fact { return changed(f, Fact{Key: "entity", Int: 2, IsInt: true}) },
		"fact made: ":             func(f []Fact) []Fact { return changed(f, Fact{Key: "made", Text: "yesterday"}) },
	} {
		require.ErrorContains(t, decodeFacts(spoil(slices.Clone(good)), &sample{}), sentence)
	}
}

func without(facts []Fact, key string) []Fact {
	return slices.DeleteFunc(facts, func(f Fact) bool { return f.Key == key })
}

func changed(facts []Fact, to Fact) []Fact {
	i := slices.IndexFunc(facts, func(f Fact) bool { return f.Key == to.Key })
	facts[i] = to
	return facts
}

// TestASharedFactIsTheEvents: where event and envelope both carry a fact, the
// event's wins if it is stated.
func TestASharedFactIsTheEvents(t *testing.T) {
	type moved struct {
		Desk string `fact:"desk?,code"`
	}
	env := &Envelope{
		EventID: "e1", Stream: "case-1", Version: 1, Type: "case.moved", TypeVersion: 1, Occurred: japan.On(2019, 6, 1), Precision: "day",
		RecordedAt: time.Date(2019, 6, 1, 2, 0, 0, 0, time.UTC), RecordedBy: "co1", Controller: "31", Desk: "D-TKY", Source: "counter", CommandID: "c1",
	}
	for desk, want := range map[string]string{"D-OKY": "D-OKY", "": "D-TKY"} {
		text, err := encodeFacts(&moved{Desk: desk}, env)
		require.NoError(t, err)
		require.Equal(t, want, text.Text("desk"))
	}
}
