package locale

import (
	"strconv"
	"strings"

	"ayumi/domain/workplan"
)

// Editions is what is said of the editions of a work-plan sheet and of what differs
// between two of them.
type Editions struct {
	Title                        func(year, unit string) string
	Heading, Intro               string
	Edition, What, On, By, Why   string
	Digest, View, None           string
	Compare, Left, Right, Choose string
	Between                      func(left, right string) string
	Count                        func(n int) string
	Same, SameText, Blank        string
	Kinds                        map[string]string // by kind of edition; "" is the draft
	Head                         string            // the part of the sheet above its sections
	See                          string            // link of the sheet's page
	FlagCompare, NeedSides       string
	NoSide                       func(typed string) string
}

var japaneseEditions = Editions{
	Title:   func(year, unit string) string { return "工程表の版　" + year + " " + unit },
	Heading: "版の一覧", Intro: "公表した版はその後変わりません。二つの版を選ぶと、違う行だけが並びます。",
	Edition: "版", What: "種類", On: "日付", By: "公表した人", Why: "理由", Digest: "内容の指紋", View: "この版を見る", None: "公表した版はまだありません。",
	Compare: "くらべる", Left: "左の版", Right: "右の版", Choose: "くらべる版",
	Between: func(l, r string) string { return "正誤表　" + l + " → " + r },
	Count:   func(n int) string { return number(n) + "か所が違います" },
	Same:    "違いはありません", SameText: "二つの版は、どの行も同じです。", Blank: "（記載なし）",
	Kinds: map[string]string{"": "下書き", "plan": "計画の公表", "evaluation": "最終評価の公表", "revision": "改訂"},
	Head:  "表題", See: "版をくらべる",
	FlagCompare: "二つの版の違いを出す。左..右（例 1..2、2..draft）。usual で通常の組", NeedSides: "--compare は 左..右 で書いてください。例 1..2、2..draft。usual で通常の組",
	NoSide: func(typed string) string { return "その版はありません: " + typed },
}

var englishEditions = Editions{
	Title:   func(year, unit string) string { return "Editions of the sheet: " + year + " " + unit },
	Heading: "Editions", Intro: "A published edition never changes. Choose two, and only the lines that differ stand side by side.",
	Edition: "Edition", What: "Kind", On: "Date", By: "Published by", Why: "Reason", Digest: "Digest of the content", View: "See this edition", None: "No edition has been published yet.",
	Compare: "Compare", Left: "Left edition", Right: "Right edition", Choose: "Editions to compare",
	Between: func(l, r string) string { return "What differs: " + l + " → " + r },
	Count: func(n int) string {
		if n == 1 {
			return "1 difference"
		}
		return number(n) + " differences"
	},
	Same: "Nothing differs", SameText: "Every line is the same in both editions.", Blank: "(not stated)",
	Kinds: map[string]string{"": "draft", "plan": "plan published", "evaluation": "evaluation published", "revision": "revised"},
	Head:  "Title", See: "Compare editions",
	FlagCompare: "what differs between two editions: LEFT..RIGHT, as 1..2 or 2..draft; usual for the usual two", NeedSides: "write --compare as LEFT..RIGHT, as 1..2 or 2..draft; usual for the usual two",
	NoSide: func(typed string) string { return "there is no such edition: " + typed },
}

// EditionName is how an edition of a sheet is called by its number, 0 for the sheet
// as it stands.
func (w *Words) EditionName(no int) string {
	if no == workplan.Unpublished {
		return w.Editions.Kinds[""]
	}
	return w.Sheet.Edition(no)
}

// ChangePlace names the line of a sheet at which a change lies: its part with the
// number and what else tells it.
func (w *Words) ChangePlace(c workplan.Change) string {
	name := w.Editions.Head
	if section, ok := w.Edit.Sections[c.Part]; ok {
		name = section
	}
	if c.No > 0 {
		name = w.Edit.Line(name, c.No)
	}
	if list := map[string]string{"flags": "plan_column", "values": "value_field", "evaluation": "evaluation_kind"}[c.Part]; list != "" {
		name += "\u3000" + w.Code(list, c.Kind)
	}
	return name
}

// changeCodes are the code lists of the fields of a sheet.
var changeCodes = map[string]string{"class": "indicator_class", "mark": "mark", "comparator": "comparator", "absent_reason": "absent_reason", "format": "sheet_format"}

// ChangeText puts the value of a field of a sheet in words; "" is not stated.
func (w *Words) ChangeText(field, text string) string {
	switch list := changeCodes[field]; {
	case text == "":
		return w.Editions.Blank
	case list != "":
		return w.Code(list, text)
	case field == "flag":
		return "○"
	case field == "figures":
		return strings.ReplaceAll(text, ",", w.Calendar.Comma)
	case field == "value" || field == "budget_yen":
		if n, err := strconv.Atoi(text); err == nil {
			return w.Number(n)
		}
	}
	return text
}

// Worded tells whether the value of a field is put in other words to be read.
func Worded(field string) bool {
	return changeCodes[field] != "" || field == "flag" || field == "value" || field == "budget_yen" || field == "figures"
}
