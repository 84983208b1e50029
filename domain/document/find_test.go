package document

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// spell writes what a text holds: kind, words and, of a figure, what it is worth.
func spell(text string) string {
	var out []string
	for _, t := range Find(Lines(text)) {
		s := string(t.Kind) + " " + t.Text
		switch {
		case t.Unread:
			s += " = ?"
		case t.Kind == Figure:
			s += fmt.Sprintf(" = %d", t.Value)
			if t.Scale > 0 {
				s += fmt.Sprintf("e-%d", t.Scale)
			}
			if t.Unit != "" {
				s += " " + t.Unit
			}
		case t.Kind == Ratio:
			s += fmt.Sprintf(" = %d of %d", t.Value, t.Of)
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestWhatNumbersAre(t *testing.T) {
	for text, want := range map[string]string{
		"":           "",
		"数字のない文":     "",
		"就業相談 168件":  "figure 168件 = 168 sessions",
		"就業相談１６８件":   "figure １６８件 = 168 sessions",
		"参加者1,234人":  "figure 1,234人 = 1234 persons",
		"参加者１，２３４人":  "figure １，２３４人 = 1234 persons",
		"1,23":       "figure 1 = 1; figure 23 = 23",
		"移住者数 187 名": "figure 187 名 = 187 mei",
		"百六十八件、七校、三十世帯": "figure 百六十八件 = 168 sessions; figure 七校 = 7 schools; figure 三十世帯 = 30 households",
		"約三百人": "figure 三百人 = 300 persons",
		"一般の方、一人ひとり、二人三脚、千葉県、一部、万全": "",
		"同一人物の一件": "",
		"二つの県":    "",
		"1592千円":  "figure 1592千円 = 1592000 yen",
		"120百万円、1億2000万円、1.5万人":  "figure 120百万円 = 120000000 yen; figure 1億2000万円 = 120000000 yen; figure 1.5万人 = 15000 persons",
		"割合は14.8％":               "figure 14.8％ = 148e-1 percent",
		"33／223":                 "ratio 33／223 = 33 of 223",
		"12校のうち7校":               "figure 12校 = 12 schools; figure 7校 = 7 schools",
		"△3件、-5件、10-20人":         "figure △3件 = -3 sessions; figure -5件 = -5 sessions; figure 10 = 10; figure 20人 = 20 persons",
		"名称2名称":                  "figure 2 = 2",
		"1234567890123456件":      "figure 1234567890123456件 = ?",
		"令和2年2月29日、平成29年7月":      "date 令和2年2月29日; date 平成29年7月",
		"令和２年２月末現在":              "date 令和２年２月末",
		"R2.2.29 H31.4 2020/2/8": "date R2.2.29; date H31.4; date 2020/2/8",
		"20200208":               "date 20200208",
		"2019/12":                "date 2019/12",
		"2月末現在、4月、2月29日":         "date 2月末; date 4月; date 2月29日",
		"2/15(土)":                "date 2/15(土)",
		"令和元年度、平成31年度、㍻31年度、元年度":    "fiscal_year 令和元年度; fiscal_year 平成31年度; fiscal_year ㍻31年度; fiscal_year 元年度",
		"令和元（2019）年度":               "fiscal_year 令和元（2019）年度",
		"2019年度 FY2019 H30 R元":      "fiscal_year 2019年度; fiscal_year FY2019; fiscal_year H30; fiscal_year R元",
		"平成二十一年度":                   "fiscal_year 平成二十一年度",
		"29年度〜元年度の3年間":              "fiscal_year 29年度; fiscal_year 元年度; duration 3年間",
		"平成31年、2年目、3回目、6か月":         "date 平成31年; ordinal 2年目; ordinal 3回目; duration 6か月",
		"第12号、第1四半期、第２回":            "ordinal 第12号; ordinal 第1四半期; ordinal 第２回",
		"10:00〜18:00、17時30分":        "time 10:00; time 18:00; time 17時30分",
		"電話 03-0000-0000":           "phone 03-0000-0000",
		"TEL03(1234)5678、内線123":     "phone TEL03(1234)5678; phone 内線123",
		"０３ー００００ー００００":              "phone ０３ー００００ー００００",
		"09012345678":               "phone 09012345678",
		"〒680-8570":                 "postal 〒680-8570",
		"1. 政策":                     "numbering 1.",
		"(2) 指標":                    "numbering (2)",
		"１　首都圏の主要大学":                "numbering １",
		"①就業 ②移住":                   "numbering ①; numbering ②",
		"30 名以上":                    "figure 30 名 = 30 mei",
		"13 平成21年度":                 "figure 13 = 13; fiscal_year 平成21年度",
		"※1 注2 別表3":                 "numbering ※1; numbering 注2; numbering 別表3",
		"代表168件":                    "figure 168件 = 168 sessions",
		"- 3 -":                     "page - 3 -",
		"p.12、3ページ、2/5頁":            "page p.12; page 3ページ; page 2/5頁",
		"F2016 A4 TKO.2019.1 #2214": "code F2016; code A4; code TKO.2019.1; code #2214",
		"https://example.jp/a1?b=2": "code https://example.jp/a1?b=2",
		"a1@example.jp":             "code a1@example.jp",
		"20代、80歳、2階":                "other 20代; other 80歳; other 2階",
		"３G 5km":                    "code ３G; figure 5km = 5 km",
		"٣":                         "other ٣",
	} {
		t.Run(text, func(t *testing.T) { require.Equal(t, want, spell(text)) })
	}
}

func TestNumberAloneOnThePage(t *testing.T) {
	edge := func(page int, text string) Kind {
		return Find([]Piece{{Place: Place{Page: page, Line: 40}, Text: text, Edge: true}})[0].Kind
	}
	require.Equal(t, Page, edge(3, "3"))
	require.Equal(t, Page, edge(3, "３/５"))
	require.Equal(t, Figure, edge(2, "168"), "not the number of this page")
	require.Equal(t, Figure, Find([]Piece{{Place: Place{Page: 3}, Text: "3"}})[0].Kind, "in the middle of the page")
}

func TestPlaces(t *testing.T) {
	all := Find(Lines("一行目\r\n  就業相談　168件\r移住相談 187"))
	require.Len(t, all, 2)
	at := all[0]
	require.Equal(t, 2, at.Line)
	require.Equal(t, 7, at.From)
	require.Equal(t, "168件", at.Text)
	require.Equal(t, 3, all[1].Line)
}

// covered checks that every digit lies in exactly one token, and that a token is
// the text it says it is.
func covered(t *testing.T, pieces []Piece) {
	t.Helper()
	seen := map[[2]int]int{}
	last := [2]int{-1, 0}
	for _, tok := range Find(pieces) {
		runes := []rune(pieces[tok.Piece].Text)
		require.Less(t, tok.From, tok.To)
		require.LessOrEqual(t, tok.To, len(runes))
		require.Equal(t, string(runes[tok.From:tok.To]), tok.Text)
		require.True(t, last[0] < tok.Piece || last[0] == tok.Piece && last[1] <= tok.From, "in order, without overlap")
		last = [2]int{tok.Piece, tok.To}
		for i := tok.From; i < tok.To; i++ {
			seen[[2]int{tok.Piece, i}]++
		}
	}
	for p, piece := range pieces {
		for i, r := range []rune(piece.Text) {
			if IsDigit(r) {
				require.Equal(t, 1, seen[[2]int{p, i}], "%q at %d", piece.Text, i)
			}
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, text := range []string{"就業相談 168（前年度 23）、移住相談 187（前年度 36）、2月末現在。", "令和元（2019）年度〜R2.2.29 1,234,567千円", "(1) 一億二千万円\n〒680-8570 03-0000-0000",
		"1 2 3/4/5 2019/2/30 20191399 ①② 99999999999999999999", "FY2019 p.3 - 4 - TKO.2019.1 a@b.c https://x.y/1", "〇〇〇〇年度 二〇一九年度 十十十 千万億兆円", "\xff168\xfe件 ٣٤ 1.2.3.4 --5"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4000 || !utf8.ValidString(text) {
			return
		}
		covered(t, Lines(text))
		rows := Cells("表", []Cell{{Row: 1, Column: 1, Text: text}, {Row: 1, Column: 2, Text: "168"}, {Row: 2, Column: 1, Text: text, Across: 2}})
		covered(t, rows)
		known := []Known{{Line: 1, Names: []string{"就業相談"}, Role: Actual, Value: 168, Unit: "sessions"}}
		report := reconciled(t, append(Lines(text), rows...), known, 0)
		require.Equal(t, len(Find(append(Lines(text), rows...))), len(report.Findings)+len(report.Rest), "nothing is left out")
		for _, x := range report.Findings {
			require.NotEmpty(t, x.Why)
			require.True(t, (x.State == Unknown) == (x.Known == nil), x.State)
		}
	})
}
