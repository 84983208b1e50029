package japan_test

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"ayumi/domain/japan"
)

func TestLongVowelsMeetHoweverSpelt(t *testing.T) {
	for _, same := range [][]string{
		{"サトウ", "サトー", "サトオ"}, {"ケイコ", "ケーコ", "ケエコ"}, {"ユウキ", "ユーキ"}, {"オオノ", "オーノ", "オウノ"},
		{"ショウ", "ショー"}, {"カアサン", "カーサン"}, {"ニイミ", "ニーミ"},
	} {
		for _, s := range same {
			require.Equal(t, japan.LongVowels(same[0]), japan.LongVowels(s), s)
		}
	}
	for _, two := range [][2]string{{"オオノ", "オノ"}, {"ユウキ", "ユキ"}, {"コウノ", "コノ"}, {"ショウ", "ショ"}, {"イナバ", "イナダ"}} {
		require.NotEqual(t, japan.LongVowels(two[0]), japan.LongVowels(two[1]))
	}
	require.Equal(t, "ー高橋", japan.LongVowels("ー高橋"))
	require.Empty(t, japan.LongVowels(""))
}

func FuzzLongVowels(f *testing.F) {
	f.Add("サトー")
	f.Add("おーウウイ")
	f.Fuzz(func(t *testing.T, s string) {
		once := japan.LongVowels(s)
		require.Equal(t, once, japan.LongVowels(once))
		require.Equal(t, utf8.RuneCountInString(s), utf8.RuneCountInString(once))
	})
}
