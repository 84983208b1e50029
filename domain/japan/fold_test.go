package japan

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestSpellingsMeet(t *testing.T) {
	for _, same := range [][]string{
		{"高橋", "髙橋", "髙 橋", "高　橋", "髙\U000E0100橋", "高\ufe00橋"},
		{"山崎", "山﨑", "山嵜", "山碕"},
		{"渡辺", "渡邊", "渡邉", "渡邊\U000E0101"},
		{"斉藤", "齋藤", "齊藤", "斎藤"},
		{"浜田", "濵田", "濱田"},
		{"吉田", "𠮷田"},
		{"神田", "\ufa19田", "\u795e田"},
		{"塚本", "\ufa10本"},
		{"朗", "\uf929"},
		{"山田", "\u2f2d\u2f65"},
		{"竜", "龍", "\u2fd3"},
		{"\ufa6d", "舘", "館"},
		{"沢田", "澤田"}, {"島田", "嶋田", "嶌田"}, {"桜井", "櫻井"}, {"広瀬", "廣瀨", "廣瀬"}, {"徳田", "德田"},
		{"いなば はるか", "イナバ ハルカ", "ｲﾅﾊﾞ ﾊﾙｶ", "いなは\u3099・はるか", "イナバ･ハルカ", "イナハ゛ハルカ", "いなばはるか"},
		{"パーク", "ぱ－く", "ﾊﾟｰｸ", "ハ゜―ク", "ぱ‐く", "パ-ク", "パ−ク", "ハ\u309aーク"},
		{"Smith John", "ＳＭＩＴＨ　ｊｏｈｎ", "smith·john", "SmithJohn"},
		{"平成", "㍻"}, {"令和", "㋿"}, {"3", "③", "３"}, {"株式会社", "㍿"}, {"(株)いなば", "㈱イナバ", "（株）いなば"},
		{"III", "Ⅲ", "ⅲ"},
		{"ヴィ", "ヴィ", "ｳﾞｨ", "ゔぃ"},
		{"さゝき", "サヽキ"},
	} {
		for _, spelling := range same {
			require.Equal(t, SearchKey(same[0]), SearchKey(spelling), "%q", spelling)
		}
	}
}

func TestNamesStayApart(t *testing.T) {
	seen := map[string]string{}
	for _, name := range []string{"高橋", "高端", "大崎", "大阪", "大坂", "埼玉", "崎玉", "田中", "中田", "はるか", "ばるか", "ぱるか",
		"つき", "っき", "おの", "おおの", "おーの", "a", "b"} {
		key := SearchKey(name)
		require.Empty(t, seen[key], name)
		seen[key] = name
	}
	require.Equal(t, "", SearchKey(" 　・\ufe0f"))
}

// A character that others become is never itself folded away.
func TestFoldTablesAreClosed(t *testing.T) {
	for _, table := range []map[rune]rune{variants, compatible} {
		for from, to := range table {
			require.NotContains(t, table, to, "%c becomes %c", from, to)
		}
	}
	for from, to := range variants {
		require.NotContains(t, compatible, from)
		require.NotContains(t, compatible, to)
	}
	for _, r := range radicals {
		require.NotContains(t, compatible, r)
	}
	require.Len(t, radicals, 0x2fd6-0x2f00)
	require.Len(t, wideKana, 'ﾟ'-'｡'+1)
}

func TestKatakana(t *testing.T) {
	for in, want := range map[string]string{
		"いなば はるか": "イナバ ハルカ", "ｲﾅﾊﾞ ﾊﾙｶ": "イナバ ハルカ", "イナバ": "イナバ", "ゔぁ": "ヴァ", "ｺﾄｳﾗ": "コトウラ",
		"稲葉 はるか": "稲葉 ハルカ", "ﾊﾟﾋﾟﾌﾟ": "パピプ", "か\u3099": "ガ", "": "",
	} {
		require.Equal(t, want, Katakana(in), in)
	}
	for _, kana := range []string{"いなば はるか", "イナバ　ハルカ", "ｲﾅﾊﾞ", "おーの", "ジョン・スミス", "さゝき"} {
		require.True(t, KanaOnly(kana), kana)
	}
	for _, other := range []string{"", "稲葉", "いなば1", "Smith", "いなば　遥"} {
		require.False(t, KanaOnly(other), other)
	}
}

func FuzzSearchKey(f *testing.F) {
	for _, s := range []string{"髙﨑 はるか", "ｲﾅﾊﾞ･ﾊﾙｶ", "Ｓmith", "か\u200d\u3099", "㍻③㈱Ⅲ", "\ufa19\U000E0100", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		key := SearchKey(s)
		require.True(t, utf8.ValidString(key))
		require.Equal(t, key, SearchKey(key))
		require.Equal(t, key, SearchKey(" "+s+"\ufe00　"))
		require.Equal(t, Katakana(s), Katakana(Katakana(s)))
	})
}
