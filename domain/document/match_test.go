package document

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"ayumi/domain/japan"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sheet2019 is the work-plan sheet of fiscal 2019 as a browser copies it.
const sheet2019 = `交流人口拡大本部 東京本部の工程表
1 基本情報
所属名　東京本部　電話番号　03-0000-0000
2 政策内容
首都圏からのIJUターン就職者、移住定住者の誘致
東京本部の中で始めた県立東京ハローワークは、四月のうちに新橋館へ移る。
3 測定指標
(1) 測定指標の名称　IJUターン就職者、移住者数
成果指標
基準値
13名（平成21年度）
今年度目標値
30名以上
今年度実績値
（記載なし）
長期的目標値
年間30名以上（平成31年度）
4 主な事業
(1) 首都圏の主要大学等との連携推進事業（1592千円）
5 最終評価（年度末時点）
進捗評価　○（予定どおり）　達成度　8
6 元年度の取組
休みなく開き、夜間（木・金・土）と休日にも相談会（ナイター相談会、休日相談会）を設けた結果、相談者は前の年度を大きく上回った。就業相談 168（前年度 23）、移住相談 187（前年度 36）、2月末現在。
新しい集いを一つ加え、続けてきた催しも重ねて、県出身の学生と会う場を広げた。首都圏学生交流会（新規）、ワクワク飛行機ツアー（2年目）、学生寮での就活セミナー（3年目）。
東海大学（就職支援協定、令和2年3月）が加わり、29年度〜元年度の3年間で、鳥取県出身学生が約20名以上の12校のうち7校と協定を結んだ。
二つの県が共に休みなく開く窓口は珍しい。`

// known2019 is what the office has on record of that year.
func known2019() []Known {
	year := func(fy japan.FiscalYear) (japan.Date, japan.Date) { return fy.First(), fy.Last() }
	from19, to19 := year(2019)
	from18, to18 := year(2018)
	from09, to09 := year(2009)
	feb := japan.On(2020, 2, 29)
	name := func(id string, names ...string) []string { return append(names, ShortNames[id]...) }
	c1, c2, k1 := name("C1", "就業相談", "Job consultations"), name("C2", "移住相談", "Relocation consultations"), name("K1", "IJUターン就職者、移住者数")
	return []Known{
		{Line: 1, Indicator: "K1", Names: k1, Role: Actual, From: from09, To: to09, Value: 13, Status: "imported"},
		{Line: 2, Indicator: "C1", Names: c1, Role: Actual, From: from18, To: to18, Value: 23, Status: "imported"},
		{Line: 3, Indicator: "C2", Names: c2, Role: Actual, From: from18, To: to18, Value: 36, Status: "imported"},
		{Line: 4, Indicator: "C1", Names: c1, Role: Actual, From: from19, To: feb, KnownAt: japan.On(2020, 3, 16), Value: 168, Unit: "sessions", Status: "preliminary"},
		{Line: 5, Indicator: "C2", Names: c2, Role: Actual, From: from19, To: feb, KnownAt: japan.On(2020, 3, 16), Value: 187, Unit: "sessions", Status: "preliminary", Superseded: 6},
		{Line: 6, Indicator: "C2", Names: c2, Role: Actual, From: from19, To: feb, KnownAt: japan.On(2020, 6, 15), Value: 185, Unit: "sessions", Status: "corrected"},
		{Line: 7, Indicator: "C1", Names: c1, Role: Actual, From: from19, To: to19, KnownAt: japan.On(2020, 5, 31), Value: 181, Unit: "sessions", Status: "final"},
		{Sheet: "now C1", Indicator: "C1", Names: c1, Role: Actual, From: from19, To: feb, Value: 169, Unit: "sessions", Status: "live"},
		{Line: 8, Indicator: "U0", Names: name("U0", "対象大学"), Role: Actual, From: from19, To: to19, Value: 12, Unit: "schools", Status: "final"},
		{Line: 9, Indicator: "U1", Names: name("U1", "協定締結校"), Role: Actual, From: from19, To: to19, Value: 7, Unit: "schools", Status: "final"},
		{Line: 10, Indicator: "U1", Names: []string{"協定締結校の割合"}, Role: Actual, From: from19, To: to19, Value: 7, Of: 12, Status: "final"},
		{Sheet: "sheet target", Indicator: "K1", Names: k1, Role: Target, From: from19, To: to19, Value: 30, Unit: "mei", Comparator: AtLeast, Status: "stated"},
		{Sheet: "sheet long", Indicator: "K1", Names: k1, Role: LongTerm, From: from19, To: to19, Value: 30, Unit: "mei", Comparator: AtLeast, Status: "stated"},
		{Sheet: "sheet score", Indicator: "sheet", Names: []string{"達成度"}, Role: Score, From: from19, To: to19, Value: 8, Status: "stated"},
		{Sheet: "sheet budget", Indicator: "sheet", Names: []string{"首都圏の主要大学等との連携推進事業"}, Role: Budget, From: from19, To: to19, Value: 1592000, Unit: "yen", Status: "stated"},
	}
}

// ref names a value on record.
func ref(k *Known) string {
	if k.Line > 0 {
		return fmt.Sprintf("F-%04d", k.Line)
	}
	return k.Sheet
}

// tell writes a finding in one line.
func tell(f Finding) string {
	out := fmt.Sprintf("%d:%d%s %s: %s", f.Line, f.From+1, f.Cell, f.Text, f.State)
	if f.Known != nil {
		out += fmt.Sprintf(" %s %d", ref(f.Known), f.Known.Value)
	}
	for _, o := range f.Others {
		out += fmt.Sprintf(" (%s %d)", ref(o), o.Value)
	}
	for _, w := range f.Why {
		out += " " + w.Code
		if w.Word != "" {
			out += "=" + w.Word
		}
	}
	return out
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

func TestTheSheetOf2019(t *testing.T) {
	report := reconciled(t, Lines(sheet2019), known2019(), 0)
	require.EqualValues(t, 2019, report.Year)
	var b strings.Builder
	for _, f := range report.Findings {
		fmt.Fprintln(&b, tell(f))
	}
	for _, r := range report.Rest {
		fmt.Fprintf(&b, "%d:%d %s: no figure, %s\n", r.Line, r.From+1, r.Text, r.Kind)
	}
	golden(t, "sheet-fy2019.txt", b.String())
}

// judged is the state of the only figure of a text, or of the one that is named.
func judged(t *testing.T, text, figure string) Finding {
	t.Helper()
	for _, f := range reconciled(t, Lines(text), known2019(), 2019).Findings {
		if f.Text == figure {
			return f
		}
	}
	require.Fail(t, "not found", "%s in %s", figure, text)
	return Finding{}
}

func TestStates(t *testing.T) {
	for _, x := range []struct{ text, figure, want string }{
		{"就業相談 168件（2月末現在）", "168件", "match F-0004"},
		{"令和元年度の就業相談は168件だった。", "168件", "match F-0004"},
		{"就業相談　１６８件", "１６８件", "match F-0004"},
		{"就業相談は百六十八件", "百六十八件", "match F-0004"},
		{"Job consultations: 168", "168", "match F-0004"},
		{"就業相談 181件（通年）", "181件", "match F-0007"},
		{"就業相談 168件（通年）", "168件", "other_time F-0004"},
		{"就業相談 181件（2月末現在）", "181件", "other_time F-0007"},
		{"平成30年度の就業相談 168件", "168件", "other_time F-0004"},
		{"就業相談 169件（2月末現在）", "169件", "other_time now C1"},
		{"移住相談 187件、2月末現在", "187件", "other_time F-0005"},
		{"移住相談 185件、2月末現在", "185件", "match F-0006"},
		{"就業相談 170件、2月末現在", "170件", "different F-0004"},
		{"就業相談 約170件、2月末現在", "170件", "match F-0004"},
		{"就業相談 160件以上、2月末現在", "160件", "match F-0004"},
		{"就業相談 200件を超えた。2月末現在", "200件", "different F-0004"},
		{"就業相談 168（前年度 23）", "23", "match F-0002"},
		{"就業相談 168（前年度 24）", "24", "different F-0002"},
		{"就業相談 168（前年度比 +145件）", "+145件", "unknown"},
		{"就業相談は、前年度の23件から168件に増えた", "23件", "match F-0002"},
		{"就業相談のうち電話 90件", "90件", "unknown"},
		{"移住相談会 3回", "3回", "unknown"},
		{"就業相談 168世帯", "168世帯", "unknown"},
		{"令和4年度の就業相談 250件", "250件", "unknown"},
		{"何かの数 168件", "168件", "unknown"},
		{"IJUターン就職者、移住者数 目標値 30名以上", "30名", "match sheet target"},
		{"IJUターン就職者、移住者数 目標値 40名以上", "40名", "different sheet target"},
		{"IJUターン就職者、移住者数 基準値 13名（平成21年度）", "13名", "match F-0001"},
		{"協定締結校の割合 7/12", "7/12", "match F-0010"},
		{"協定締結校の割合 8/12", "8/12", "different F-0010"},
		{"達成度 8", "8", "match sheet score"},
		{"達成度 9", "9", "different sheet score"},
		{"就業相談 99999999999999999999件", "99999999999999999999件", "unknown"},
	} {
		t.Run(x.text, func(t *testing.T) {
			f := judged(t, x.text, x.figure)
			got := string(f.State)
			if f.Known != nil {
				got += " " + ref(f.Known)
			}
			require.Equal(t, x.want, got, tell(f))
		})
	}
}

// A value that has nothing in common but its number is named, and is no match.
func TestEqualValueAloneIsNoMatch(t *testing.T) {
	f := judged(t, "何かの数 168件", "168件")
	require.Equal(t, 4, f.Others[0].Line)
	require.Equal(t, "no_name", f.Why[0].Code)
}

// A corrected figure names what took its place.
func TestSupersededNamesItsCorrection(t *testing.T) {
	f := judged(t, "移住相談 187（2月末現在）", "187")
	require.Equal(t, 6, f.Known.Superseded)
	require.Equal(t, 6, f.Others[0].Line)
	require.Equal(t, "superseded", f.Why[len(f.Why)-1].Code)
}

func TestTables(t *testing.T) {
	cells := Cells("結果", []Cell{
		{Row: 1, Column: 1, Across: 3, Text: "相談の件数（2月末現在）"},
		{Row: 2, Column: 1, Text: "区分"}, {Row: 2, Column: 2, Text: "平成30年度"}, {Row: 2, Column: 3, Text: "令和元年度"},
		{Row: 3, Column: 1, Text: "就業相談"}, {Row: 3, Column: 2, Text: "23"}, {Row: 3, Column: 3, Text: "168"},
		{Row: 4, Column: 1, Text: "移住相談"}, {Row: 4, Column: 2, Text: "35"}, {Row: 4, Column: 3, Text: "186"},
	})
	var got []string
	for _, f := range reconciled(t, cells, known2019(), 0).Findings {
		got = append(got, tell(f)[:strings.Index(tell(f), " name")])
	}
	require.Equal(t, []string{
		"0:1B3 23: other_time F-0002 23", // the head says to the end of February, the register the whole year
		"0:1C3 168: match F-0004 168",
		"0:1B4 35: unknown (F-0003 36) (F-0005 187) (F-0006 185)",
		"0:1C4 186: different F-0006 185",
	}, got)
}

// In a line of columns the words above say the role, never the name alone.
func TestColumns(t *testing.T) {
	line := Piece{Place: Place{Page: 1, Line: 9}, Text: "数値 13 30名以上 年間30名以上", Parts: []Part{
		{3, 6, []string{"基準値", "IJUターン就職者、移住者数"}}, {6, 12, []string{"今年度目標値", "IJUターン就職者、移住者数"}}, {12, 20, []string{"長期的目標値", "IJUターン就職者、移住者数"}},
	}}
	var got []string
	for _, f := range reconciled(t, []Piece{line}, known2019(), 2019).Findings {
		got = append(got, string(f.State)+" "+ref(f.Known))
	}
	require.Equal(t, []string{"match F-0001", "match sheet target", "match sheet long"}, got)
	line.Text, line.Parts = "数値 14", []Part{{3, 5, []string{"基準値", "IJUターン就職者、移住者数"}}}
	require.Equal(t, Unknown, reconciled(t, []Piece{line}, known2019(), 2019).Findings[0].State)
}

// The same words about the same register give the same answer, whatever the
// order in which the register comes.
func TestOrderOfTheRegisterDecidesNothing(t *testing.T) {
	known := known2019()
	want := map[string]State{}
	for _, f := range reconciled(t, Lines(sheet2019), known, 0).Findings {
		want[fmt.Sprint(f.Place, f.From)] = f.State
	}
	for i := range known {
		turned := append(append([]Known{}, known[i:]...), known[:i]...)
		for _, f := range reconciled(t, Lines(sheet2019), turned, 0).Findings {
			require.Equal(t, want[fmt.Sprint(f.Place, f.From)], f.State, "%s after turning by %d", f.Text, i)
		}
	}
}

// A long document is read in time that grows with its length, not faster; one
// with too many figures is refused.
func TestLongDocuments(t *testing.T) {
	for _, text := range []string{strings.Repeat("1 ", 1_000), strings.Repeat("就業相談 168（前年度 23）、2月末現在、", 300), strings.Repeat("(1) 平成\n", 1_000), strings.Repeat("九", 5_000)} {
		begin := time.Now()
		reconciled(t, Lines(text), known2019(), 2019)
		require.Less(t, time.Since(begin), 20*time.Second)
	}
	_, err := Reconcile(Lines(strings.Repeat("1 ", MostFigures+1)), nil, 0)
	require.EqualError(t, err, "refused: document.too_many")
}

func reconciled(t *testing.T, pieces []Piece, known []Known, year japan.FiscalYear) Report {
	t.Helper()
	report, err := Reconcile(pieces, known, year)
	require.NoError(t, err)
	return report
}
