package people_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/people"
)

// like asks for the records like one, once the index has seen the log.
func (s *scene) like(person string) []people.Likeness {
	s.t.Helper()
	head, err := s.Store.Head(context.Background())
	require.NoError(s.t, err)
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
	defer stop()
	require.NoError(s.t, s.index.Wait(ctx, head.Position))
	return s.index.Similar(person)
}

func (s *scene) known(more map[string]any) string {
	s.t.Helper()
	fields := map[string]any{"kind": "consultee", "anonymous": false, "age_band": "20s", "residence_pref": "13", "language": "ja", "student": false, "search": "s1"}
	for k, v := range more {
		fields[k] = v
	}
	_, id := domain.SplitStream(s.do("co1", "person.register", fields)[0].Stream)
	return id
}

func TestRecordsAreLikeEachOtherByWhatTheyShare(t *testing.T) {
	s := open(t)
	a := s.known(map[string]any{"family": "髙橋", "given": "例子", "family_kana": "タカハシ", "given_kana": "レイコ", "birth_date": "1995-04-02", "residence_lg": "131016"})
	s.contact(a, "mobile", "090-0000-1234")
	for name, c := range map[string]struct {
		fields  map[string]any
		phone   string
		points  int
		signals string
	}{
		"all of it":           {map[string]any{"family": "高橋", "given": "例子", "family_kana": "たかはし", "given_kana": "れいこ", "birth_date": "1995-04-02", "residence_lg": "131016"}, "+81 90-0000-1234", 120, "phone kana kanji birth residence"},
		"name and birth":      {map[string]any{"family": "髙橋", "given": "例子", "family_kana": "タカハシ", "given_kana": "レイコ", "birth_date": "1995-04-02"}, "", 75, "kana kanji birth"},
		"name and year":       {map[string]any{"family": "髙橋", "given": "例子", "birth_year": "1995"}, "", 30, "kanji birth"},
		"another year":        {map[string]any{"family": "髙橋", "given": "例子", "birth_year": "1996"}, "090-0000-1234", 0, ""},
		"another day of it":   {map[string]any{"family": "髙橋", "given": "例子", "birth_date": "1995-04-03"}, "090-0000-1234", 0, ""},
		"household phone":     {map[string]any{"family": "鈴木", "given": "仮一"}, "090-0000-1234", 40, "phone"},
		"nothing":             {map[string]any{"family": "鈴木", "given": "仮二"}, "", 0, ""},
		"the same town alone": {map[string]any{"family": "鈴木", "given": "仮三", "residence_lg": "131016"}, "", 0, ""},
	} {
		b := s.known(c.fields)
		if c.phone != "" {
			s.contact(b, "phone", c.phone)
		}
		var found people.Likeness
		for _, l := range s.like(b) {
			if l.Person == a {
				found = l
			}
		}
		require.Equal(t, c.points, found.Points, name)
		require.Equal(t, c.signals, strings.Join(found.Signals, " "), name)
	}
	most := s.like(a)
	require.Equal(t, 120, most[0].Points)
	for i, l := range most {
		require.Positive(t, l.Points)
		require.True(t, i == 0 || l.Points <= most[i-1].Points)
	}
}

func TestLikenessFollowsCorrectionsMergesAndErasure(t *testing.T) {
	s := open(t)
	co2 := s.Staff("co2", "CO")
	a := s.known(map[string]any{"family": "森", "given": "例子", "birth_date": "1995-04-02", "residence_lg": "131016"})
	b := s.known(map[string]any{"family": "森", "given": "例子", "birth_date": "1995-04-03", "residence_lg": "131016"})
	require.Empty(t, s.like(a))
	s.do("co1", "person.correct_details", map[string]any{"person": b, "field": "birth_date", "ground": "staff_error", "old": "1995-04-03", "new": "1995-04-02"})
	require.Equal(t, []people.Likeness{{Person: b, Points: 55, Signals: []string{"kanji", "birth", "residence"}}}, s.like(a))
	s.do("co1", "person.change_address", map[string]any{"person": b, "residence_pref": "13", "address": "x"})
	require.Equal(t, 50, s.like(a)[0].Points, "where the person lives now was not told")

	c := s.known(map[string]any{"family": "林"})
	s.do("ld1", "person.merge", map[string]any{"person": b, "into": c, "evidence": []string{"phone"}, "proposed_by": co2, "preview": strings.Repeat("0", 64)})
	require.Equal(t, c, s.like(a)[0].Person, "in the name of the survivor")
	require.Empty(t, s.like(b))
	require.Empty(t, s.like("nobody"))
	require.NoError(t, s.Keys.Destroy(context.Background(), a))
	s.index.Forget(a)
	require.Empty(t, s.like(a))
	require.Empty(t, s.like(c))
}
