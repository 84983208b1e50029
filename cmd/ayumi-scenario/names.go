package main

import (
	"fmt"
	"slices"

	"ayumi/domain/japan"
)

// families exercise the search: each reading in its variant letters. Given names
// are obviously invented.
var (
	families = [][2]string{
		{"髙橋", "たかはし"}, {"高橋", "たかはし"}, {"渡邉", "わたなべ"}, {"渡邊", "わたなべ"}, {"渡辺", "わたなべ"}, {"齋藤", "さいとう"}, {"斎藤", "さいとう"},
		{"濵田", "はまだ"}, {"浜田", "はまだ"}, {"𠮷田", "よしだ"}, {"吉田", "よしだ"}, {"山﨑", "やまさき"}, {"山崎", "やまざき"},
		{"神", "じん"}, {"\uFA19", "じん"}, {"林", "はやし"}, {"森", "もり"}, {"王", "おう"},
	}
	givens = [][2]string{
		{"例子", "れいこ"}, {"見本", "みほん"}, {"仮一", "かりいち"}, {"試美", "ためみ"}, {"架名", "かな"},
		{"例一", "れいいち"}, {"例美", "れいみ"}, {"例太", "れいた"}, {"仮子", "かりこ"}, {"仮美", "かりみ"}, {"仮太", "かりた"},
		{"試一", "ためいち"}, {"試子", "ためこ"}, {"試太", "ためた"}, {"架子", "かこ"}, {"架一", "かいち"}, {"架美", "かみ"},
		{"見一", "みいち"}, {"見子", "みこ"}, {"見美", "みみ"},
	}
)

// spare given names stand in where a story has taken the name.
var spare = [][2]string{{"替名", "かえな"}, {"替太", "かえた"}, {"替美", "かえみ"}, {"替一", "かえいち"}}

// taken are the names that stories give to their people.
var taken = []string{"髙橋架名", "高橋架名", "渡邉試美", "渡辺試美", "齋藤例一", "斎藤例一", "濵田試子", "浜田試子", "林見一", "林見子",
	"山﨑架名", "渡邊試太", "森例太", "森例美", "森例一", "森例子"}

// name is the name of the n-th person: no two of the first 360 are equal.
func name(n int) (family, given [2]string) {
	i := (n + n/len(families)) % len(givens)
	family, given = families[n%len(families)], givens[i]
	if slices.Contains(taken, family[0]+given[0]) {
		given = spare[i%len(spare)]
	}
	return family, given
}

func nameOf(n int) (letters, kana string) {
	f, g := name(n)
	return f[0] + " " + g[0], f[1] + " " + g[1]
}

// places of residence: prefecture, first five digits of the municipality, words.
var places = []struct{ pref, five, words string }{
	{"13", "13104", "東京都新宿区みほん町"}, {"13", "13112", "東京都世田谷区れいだい"}, {"13", "13201", "東京都八王子市かり町"},
	{"13", "13108", "東京都江東区みほん町"}, {"14", "14100", "神奈川県横浜市れいだい町"}, {"14", "14203", "神奈川県平塚市みほん町"},
	{"12", "12204", "千葉県船橋市かり町"}, {"11", "11203", "埼玉県川口市れいだい"}, {"13", "13115", "東京都杉並区みほん町"}, {"14", "14130", "神奈川県川崎市かり町"},
}

func placeCode(five string) string {
	digit, ok := japan.CheckDigit(five)
	if !ok {
		panic("not five digits: " + five)
	}
	return five + string(digit)
}

// birthYear fits an age band in 2019.
func birthYear(d *dice, band string) string {
	youngest := map[string]int{"u20": 18, "20s": 21, "30s": 30, "40s": 40, "50s": 50, "60s": 60}[band]
	span := map[string]int{"u20": 2, "20s": 8}[band]
	if span == 0 {
		span = 9
	}
	return fmt.Sprint(2019 - youngest - d.roll(span))
}
