package people_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/people"
	"ayumi/tests/given"
)

func (s *scene) near(who domain.Actor, text string) []people.Hit {
	s.t.Helper()
	s.ready()
	a, err := s.index.Near(who, text, 0)
	require.NoError(s.t, err)
	return a.Hits
}

// ready waits until the index has seen the log.
func (s *scene) ready() {
	s.t.Helper()
	head, err := s.Store.Head(context.Background())
	require.NoError(s.t, err)
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
	defer stop()
	require.NoError(s.t, s.index.Wait(ctx, head.Position))
}

// told spells a hit's reasons: signal, how and points.
func told(h people.Hit) string {
	var out []string
	for _, r := range h.Reasons {
		out = append(out, r.Signal+" "+r.How)
	}
	return strings.Join(out, ", ")
}

// The two of the mock: the same phone and name in other characters, and a reading
// of another given name with another phone.
func TestNearAreThoseWhoShareSomething(t *testing.T) {
	s := open(t)
	a := s.register(people.Name{Family: "髙﨑", Given: "美咲", FamilyKana: "タカサキ", GivenKana: "ミサキ"})
	s.contact(a, "mobile", "090-0000-1234")
	b := s.register(people.Name{Family: "高﨑", Given: "岬", FamilyKana: "たかさき", GivenKana: "みさき"})
	s.contact(b, "mobile", "080-0000-9999")
	s.register(people.Name{Family: "因幡", Given: "試美", FamilyKana: "イナバ", GivenKana: "タメミ"})

	for _, text := range []string{"高崎みさき 090-0000-1234", "高崎 みさき　０９０ ００００ １２３４", "高崎 ミサキ +81 90 0000 1234"} {
		hits := s.near(co, text)
		require.Len(t, hits, 2, text)
		require.Equal(t, a, hits[0].Person, text)
		require.Equal(t, 85, hits[0].Points, text)
		require.Equal(t, "phone whole, kana given, kanji family", told(hits[0]), text)
		require.Equal(t, b, hits[1].Person)
		require.Equal(t, 45, hits[1].Points, text)
		require.Equal(t, "kana given, kanji family, phone differs", told(hits[1]), text)
	}
	read, err := s.index.Near(co, "高崎みさき 090-0000-1234", 1)
	require.NoError(t, err)
	require.Equal(t, []people.Word{{Signal: "kanji", Text: "高崎"}, {Signal: "kana", Text: "みさき"}, {Signal: "phone", Text: "090-0000-1234"}}, read.Words)
	require.True(t, read.More)
	hit := s.near(co, "高崎みさき")[0]
	require.Equal(t, people.Reason{Signal: "kanji", Points: 20, How: "family", Typed: "高崎", Stored: "髙﨑"}, hit.Reasons[1])
	require.Equal(t, "kanji family", told(s.near(co, "高崎")[0]))
	require.Equal(t, 15, s.near(co, "高崎")[0].Points)
	require.Equal(t, "kana whole, kanji whole", told(s.near(co, "髙崎岬 たかさきみさき")[0]))
	require.Equal(t, b, s.near(co, "髙崎岬 たかさきみさき")[0].Person)
	require.Equal(t, "number whole", told(s.near(co, "P-00003")[0]))
	require.Empty(t, s.near(co, "見本 太郎 03-0000-0000"))
	_, err = s.index.Near(co, "た", 0)
	require.ErrorContains(t, err, "search.too_short")
}

func TestNearHidesWhatASearchHides(t *testing.T) {
	s := open(t)
	id := s.register(people.Name{Family: "髙﨑", Given: "美咲"})
	oka := given.Desk("oka")
	oka.Controller = "33"
	require.Empty(t, s.near(oka, "高崎 美咲"))
	s.do("co1", "person.set_confidentiality", map[string]any{"person": id, "until": "2020-05-31", "covers_household": false, "kind": "other", "confirmed_by": "x"})
	s.ready()
	a, err := s.index.Near(co, "高崎 美咲", 0)
	require.NoError(t, err)
	require.Empty(t, a.Hits)
	require.Equal(t, 1, a.Hidden)
	a, err = s.index.Near(oka, "高崎 美咲", 0)
	require.NoError(t, err)
	require.Equal(t, people.Answer{Words: []people.Word{{Signal: "kanji", Text: "高崎"}, {Signal: "kanji", Text: "美咲"}}}, a)
}

// What is about to be recorded is judged as two records would be.
func TestLikeJudgesWhatIsToldAsARecord(t *testing.T) {
	s := open(t)
	a := s.known(map[string]any{"family": "髙橋", "given": "例子", "family_kana": "タカハシ", "given_kana": "レイコ", "birth_date": "1995-04-02", "residence_lg": "131016"})
	s.contact(a, "mobile", "090-0000-1234")
	s.ready()
	d := people.Described{Name: people.Name{Family: "高橋", Given: "例子", FamilyKana: "たかはし", GivenKana: "れいこ"}, BirthDate: "1995-04-02", ResidenceLG: "131016",
		Contacts: []people.Told{{Kind: "phone", Value: "+81 90 0000 1234"}}}
	for name, c := range map[string]struct {
		change func(*people.Described)
		points int
	}{
		"all of it":    {func(*people.Described) {}, 120},
		"year alone":   {func(d *people.Described) { d.BirthDate = "1995" }, 100},
		"another day":  {func(d *people.Described) { d.BirthDate = "1995-04-03" }, 30},
		"nothing born": {func(d *people.Described) { d.BirthDate, d.Contacts = "", nil }, 50},
	} {
		told := d
		c.change(&told)
		found, err := s.index.Like(co, told)
		require.NoError(t, err)
		require.Len(t, found.Hits, 1, name)
		require.Equal(t, c.points, found.Hits[0].Points, name)
	}
	oka := given.Desk("oka")
	oka.Controller = "33"
	found, err := s.index.Like(oka, d)
	require.NoError(t, err)
	require.Empty(t, found.Hits)
	found, err = s.index.Like(co, people.Described{Name: people.Name{Family: "見本"}})
	require.NoError(t, err)
	require.Empty(t, found.Hits)
}

func TestAlikeTellsWhatSpeaksAgainstToo(t *testing.T) {
	s := open(t)
	a := s.known(map[string]any{"family": "森", "given": "例子", "birth_date": "1995-04-02"})
	b := s.known(map[string]any{"family": "森", "given": "例子", "birth_date": "1995-04-03"})
	s.ready()
	require.Equal(t, []people.Reason{{Signal: "kanji", Points: 20}, {Signal: "birth", Points: -60}}, s.index.Alike(co, a, b))
	require.Equal(t, s.index.Alike(co, a, b), s.index.Alike(co, b, a))
	require.Empty(t, s.index.Alike(co, a, "nobody"))
	s.do("co1", "person.set_confidentiality", map[string]any{"person": b, "until": "2020-05-31", "covers_household": false, "kind": "other", "confirmed_by": "x"})
	s.ready()
	require.Empty(t, s.index.Alike(co, a, b))
	require.NotEmpty(t, s.index.Alike(ld, a, b))
}
