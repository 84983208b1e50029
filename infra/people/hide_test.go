package people_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/infra/people"
)

// hiding is a requester and a companion of the same family, and one of another
// whose name is also a prefecture's.
func hiding(t testing.TB) (s *scene, own, others []string) {
	s = open(t)
	own = []string{s.register(people.Name{Family: "髙橋", Given: "例子", FamilyKana: "タカハシ", GivenKana: "レイコ"})}
	others = []string{s.register(people.Name{Family: "高橋", Given: "健", FamilyKana: "タカハシ", GivenKana: "ケン"}),
		s.register(people.Name{Family: "山口", Given: "希望", FamilyKana: "ヤマグチ", GivenKana: "ノゾミ"}), s.register(people.Name{Family: "渡邉"})}
	s.contact(own[0], "mobile", "070-1111-2222")
	s.contact(others[0], "mobile", "090-1111-2222")
	s.contact(others[1], "mail", "nozomi@example.jp")
	s.search(co, "たかはし")
	return s, own, others
}

func TestOthersAreNotCalledByName(t *testing.T) {
	s, own, others := hiding(t)
	for text, want := range map[string]string{
		"夫は高橋健。":                               "夫は＊。",
		"高橋　健さんと髙橋 例子":                         "＊さんと髙橋 例子",
		"たかはしけん、ﾔﾏｸﾞﾁ ﾉｿﾞﾐ":                    "＊、＊",
		"山口県の希望の仕事":                            "山口県の希望の仕事",
		"山口さん、妻の希望、希望する仕事":                     "＊さん、妻の＊、希望する仕事",
		"渡辺様、渡邊家":                              "＊様、渡邊家",
		"髙橋さん（本人）":                             "髙橋さん（本人）",
		"夫の電話は０９０ー１１１１ー２２２２、(+81)90 1111 2222": "夫の電話は＊、(+＊",
		"本人 070-1111-2222":                     "本人 070-1111-2222",
		"Nozomi@Example.jp へ":                  "＊ へ",
		"":                                     "",
	} {
		got, n, err := s.index.Hidden(text, own, others, "＊")
		require.NoError(t, err)
		require.Equal(t, want, got)
		require.Equal(t, strings.Count(want, "＊"), n)
	}
}

// Whatever stands around it, a full name is hidden, and nothing else of the text is
// touched.
func TestTheRestOfATextStays(t *testing.T) {
	s, own, others := hiding(t)
	r := rand.New(rand.NewPCG(1, 2))
	letters := []rune("あ亜ア0-（）ﾞ\n \u3000<&😀山口希")
	word := func() string {
		out := make([]rune, r.IntN(12))
		for i := range out {
			out[i] = letters[r.IntN(len(letters))]
		}
		return string(out)
	}
	for range 2000 {
		before, after := word(), word()
		got, n, err := s.index.Hidden(before+"。山口希望。"+after, own, others, "＊")
		require.NoError(t, err)
		require.Equal(t, 1, n)
		require.Equal(t, before+"。＊。"+after, got)
	}
}

func TestNothingIsHandedOutBeforeTheIndexHasSeenTheLog(t *testing.T) {
	x := people.New(people.Config{})
	_, _, err := x.Hidden("髙橋", nil, nil, "＊")
	require.ErrorIs(t, err, people.ErrBuilding)
}
