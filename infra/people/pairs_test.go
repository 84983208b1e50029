package people_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/infra/people"
)

// Spellings of one name meet, names of others do not: each as a whole.
func TestSpellingsOfOneNameMeet(t *testing.T) {
	s := open(t)
	for i, c := range []struct{ family, given, kanaFamily, kanaGiven, right, wrong string }{
		{"髙橋", "例子", "", "", "高橋例子", "高崎例子"},
		{"高橋", "見本", "", "", "髙橋見本", "髙島見本"},
		{"渡邉", "仮一", "", "", "渡辺仮一", "田辺仮一"},
		{"渡邊", "仮二", "", "", "渡邉仮二", "渡部仮二"},
		{"齋藤", "仮三", "", "", "斉藤仮三", "佐藤仮三"},
		{"斎藤", "仮四", "", "", "齊藤仮四", "近藤仮四"},
		{"濵田", "仮五", "", "", "浜田仮五", "浜口仮五"},
		{"𠮷田", "仮六", "", "", "吉田仮六", "吉川仮六"},
		{"山﨑", "仮七", "", "", "山崎 仮七", "山口 仮七"},
		{"\ufa19", "仮八", "", "", "神仮八", "榊仮八"},
		{"葛\U000e0100城", "仮九", "", "", "葛城仮九", "茨城仮九"},
		{"櫻井", "試一", "", "", "桜井　試一", "桜田　試一"},
		{"", "", "イナバ", "ハルカ", "いなば はるか", "いなだ はるか"},
		{"", "", "ﾓﾘｼﾀ", "ｶﾅ", "もりした かな", "もりおか かな"},
		{"", "", "さとう", "ゆうき", "サトー ユーキ", "サト ユキ"},
		{"", "", "オオノ", "ケイコ", "おーの けーこ", "オノ ケコ"},
		{"", "", "コーノ", "タロー", "こうの たろう", "この たろ"},
		{"", "", "イノウエ", "ショウ", "いのうえ しょー", "いのえ しょ"},
		{"", "", "バババ", "パパ", "ﾊﾞﾊﾞﾊﾞ ﾊﾟﾊﾟ", "ハハハ パパ"},
		{"", "", "ハセガワ", "ヂロウ", "ハセ ガワ ヂロウ", "ハセガワ ジロウ"},
		{"Sample", "Anna", "", "", "ｓａｍｐｌｅ　ａｎｎａ", "sample anne"},
		{"キム", "ミ・ラ", "", "", "きむ みら", "きむ みな"},
		{"リー", "マリ－ア", "", "", "リ― マリ‐ア", "リン マリア"},
		{"ヴィエラ", "ジョゼ", "", "", "う゛ぃえら じょぜ", "ビエラ ジョゼ"},
		{"林", "　花　子　", "", "", "林花子", "林春子"},
	} {
		id := s.register(people.Name{Family: or(c.family, "仮"), Given: c.given, FamilyKana: c.kanaFamily, GivenKana: c.kanaGiven})
		require.Contains(t, s.found(co, c.right), id, "%d %s", i, c.right)
		require.Empty(t, s.found(co, c.wrong), "%d %s", i, c.wrong)
	}
}

func or(text, usual string) string {
	if text == "" {
		return usual
	}
	return text
}
