package importing

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain/japan"
)

var today = japan.On(2020, 3, 16)

// sheet makes a table of lines with cells parted by bars; ⏎ is a line end in a cell.
func sheet(name, text string) Table {
	t := Table{Name: name}
	for line := range strings.Lines(strings.Trim(text, "\n")) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "|")
		for i := range cells {
			cells[i] = strings.ReplaceAll(cells[i], "⏎", "\n")
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

func read(t *testing.T, table Table, c Change, change ...func(*Mapping)) Plan {
	t.Helper()
	m, clashes := Guess(table)
	require.Empty(t, clashes)
	for _, f := range change {
		f(&m)
	}
	return Read(table, m, c, today)
}

// keysOf are the faults of a row, as field and key.
func keysOf(r Row) []string {
	out := []string{}
	for _, f := range r.Faults {
		out = append(out, f.Field+" "+f.Key)
	}
	return out
}

const head = "相談日|氏名|ふりがな|電話番号|相談方法|種別|住所|相談内容\n"

// A ledger as offices keep it: the year stands in the title, days are short, 〃 goes
// on, a spreadsheet has eaten a zero, a month is closed by its sum.
func TestALedgerIsRead(t *testing.T) {
	p := read(t, sheet("", "令和元年度　相談台帳|||||||\n"+head+
		"4/26|髙﨑　花子|たかさき　はなこ|9012345678|来所|移住|東京都港区１－２|家探し\n"+
		"５月７日|〃|〃|〃|電話|〃、仕事|同上|続き\n"+
		"計|2||||||\n"+
		"|||||||\n"+
		"43600|稲葉太郎様|ｲﾅﾊﾞ ﾀﾛｳ|０９０－１１１１－２２２２|ﾒｰﾙ|就職|大阪|'=1+1\n"+
		"相談日|氏名|ふりがな|電話番号|相談方法|種別|住所|相談内容\n"+
		"R2.2.29 13:30|匿名||||||"), Change{})
	require.Equal(t, 2, p.Skipped)
	require.Len(t, p.Rows, 4)
	require.Equal(t, []string{"categories import.word"}, keysOf(p.Rows[1]), "〃 within a cell stands for nothing that can be told")
	first, third := p.Rows[0], p.Rows[2]
	require.Empty(t, keysOf(first))
	require.Equal(t, japan.On(2019, 4, 26), first.HeldOn)
	require.Equal(t, "in_person", first.Channel)
	require.Equal(t, []string{"relocation"}, first.Categories)
	require.Equal(t, 3, first.No)
	require.Contains(t, first.Raw, "氏名: 髙﨑　花子")
	require.Equal(t, japan.On(2019, 5, 7), p.Rows[1].HeldOn)
	require.Equal(t, []string{"name", "kana", "phone", "address"}, p.Rows[1].Filled)
	require.Equal(t, 0, p.Rows[1].Person)

	who := p.People[0]
	require.Equal(t, []string{"髙﨑", "花子", "タカサキ", "ハナコ", "13"}, []string{who.Family, who.Given, who.FamilyKana, who.GivenKana, who.Pref})
	require.Equal(t, []string{"09012345678"}, who.Phones)
	require.Equal(t, []int{0, 1}, who.Rows)

	require.Equal(t, japan.On(2019, 5, 15), third.HeldOn, "a serial day")
	require.Equal(t, "email", third.Channel)
	require.Equal(t, "=1+1", third.Note, "our own export guards formulas")
	require.Equal(t, "稲葉太郎", p.People[1].Family)
	require.Equal(t, "イナバ", p.People[1].FamilyKana)
	require.Equal(t, "27", p.People[1].Pref)
	require.Equal(t, []string{"09011112222"}, p.People[1].Phones)

	last := p.Rows[3]
	require.Equal(t, 1330, *last.Started)
	require.True(t, p.People[last.Person].Anonymous)
	require.Equal(t, []string{"residence_pref import.residence", "channel field.required", "categories consultation.no_category"}, keysOf(last))
}

// What cannot be told is refused by cell, with what it may have meant.
func TestWhatIsWrongIsSaid(t *testing.T) {
	for _, c := range []struct {
		line, want, propose string
	}{
		{"2019/5/1|夫：山田太郎 妻：山田花子||||||", "name import.two_people", "山田太郎"},
		{"2019/5/1|山田太郎、花子||||||", "name import.two_people", "山田太郎"},
		{"2019/5/1|山田太郎⏎山田花子||||||", "name import.two_people", "山田太郎"},
		{"19/5/1|山田太郎||||||", "held_on import.date", "2019-05-01"},
		{"4/26|山田太郎||||||", "held_on import.no_year", ""},
		{"昨日|山田太郎||||||", "held_on import.relative", ""},
		{"2019/2/29|山田太郎||||||", "held_on import.no_such_day", ""},
		{"2020/3/17|山田太郎||||||", "held_on date.in_future", ""},
		{"2019年5月1日(火)|山田太郎||||||", "held_on import.date", ""}, // a Wednesday
		{"|山田太郎||||||", "held_on field.required", ""},
		{"〃|山田太郎||||||", "held_on import.nothing_above", ""},
		{"2019/5/1|||||||内容", "name person.no_name", ""},
		{"2019/5/1|山田太郎|山田たろう|||||", "kana import.kana", ""},
		{"2019/5/1|山田太郎||123||||", "phone import.phone", ""},
		{"2019/5/1|山田太郎|||狼煙|||", "channel import.word", ""},
		{"2019/5/1|山田太郎||||移住/釣り||", "categories import.word", ""},
		{"2019/5/1|山田太郎|||||福島区1-1|", "residence_pref import.residence", ""},
	} {
		p := read(t, sheet("", head+c.line), Change{}, func(m *Mapping) {
			m.Defaults = map[string]string{"channel": "phone", "categories": "relocation"}
			if c.want[:4] != "resi" {
				m.Defaults["residence_pref"] = "13"
			}
		})
		require.Len(t, p.Rows, 1, c.line)
		require.Equal(t, []string{c.want}, keysOf(p.Rows[0]), c.line)
		require.Equal(t, c.propose, p.Rows[0].Faults[0].Propose, c.line)
	}
}

// Somebody mends a cell, teaches a word, leaves a row out: the next reading has it.
func TestWhatSomebodyMendsIsTaken(t *testing.T) {
	table := sheet("2019年度", head+
		"4/26|夫：山田太郎 妻：山田花子|||狼煙|移住|東京都|a\n"+
		"13/40|鈴木一|||狼煙|移住|東京都|b\n"+
		"5/1|山田太郎|||電話|移住|東京都|c\n"+
		"5/1|山田太郎|||電話|移住|東京都|c")
	p := read(t, table, Change{})
	good, bad, left, _ := p.Count()
	require.Equal(t, []int{1, 3, 0}, []int{good, bad, left})
	require.Equal(t, 4, p.Rows[3].Twin)

	p = read(t, table, Change{Cells: map[int]map[string]string{2: {"name": "山田太郎"}}, Leave: map[int]bool{3: true}, Twice: map[int]bool{5: true}},
		func(m *Mapping) { m.Values = map[string]map[string]string{"channel": {WordKey("狼煙"): "other"}} })
	good, bad, left, _ = p.Count()
	require.Equal(t, []int{3, 0, 1}, []int{good, bad, left})
	require.Equal(t, 2, p.Rows[0].Attendees)
	require.Equal(t, "other", p.Rows[0].Channel)
}

// One name is one person until something told speaks against it.
func TestWhoIsOnePerson(t *testing.T) {
	h := "相談日|氏名|ふりがな|電話|生年月日\n"
	for name, c := range map[string]struct {
		lines  string
		people int
	}{
		"the same name":            {"2019/5/1|高崎花|||\n2019/5/2|髙﨑　花|||", 1},
		"other telephone":          {"2019/5/1|高崎花||0311112222|\n2019/5/2|高崎花||0311113333|", 2},
		"other telephone, birth":   {"2019/5/1|高崎花||0311112222|1990/1/1\n2019/5/2|高崎花||0311113333|H2.1.1", 1},
		"other birth":              {"2019/5/1|高崎花||0311112222|1990/1/1\n2019/5/2|高崎花||0311112222|1991/1/1", 2},
		"other reading":            {"2019/5/1|高崎花|タカサキハナ||\n2019/5/2|高崎花|コウザキハナ||", 2},
		"long vowels":              {"2019/5/1|大野花|オオノハナ||\n2019/5/2|大野花|おーのはな||", 1},
		"people without a name":    {"2019/5/1|匿名|||\n2019/5/2|匿名|||", 2},
		"one telephone, two names": {"2019/5/1|高崎花||0311112222|\n2019/5/2|高崎次郎||0311112222|", 2},
	} {
		require.Len(t, read(t, sheet("", h+c.lines), Change{}).People, c.people, name)
	}
}

func TestTwoColumnsOfOneNameAreNotGuessed(t *testing.T) {
	m, clashes := Guess(sheet("", "相談日|氏名|備考|備考\n"))
	require.Equal(t, []Clash{{Field: "note", Heading: "備考", Columns: []int{2, 3}}}, clashes)
	require.NotContains(t, m.Columns, "note")
	m, clashes = Guess(sheet("", "相談日|氏名|電話番号|携帯\n"))
	require.Empty(t, clashes)
	require.Equal(t, 2, m.Columns["phone"])
}

func TestSerialDaysOfBothSystems(t *testing.T) {
	table := sheet("", head+"43586.5625|山田太郎||||||")
	p := read(t, table, Change{})
	require.Equal(t, japan.On(2019, 5, 1), p.Rows[0].HeldOn)
	require.Equal(t, 1330, *p.Rows[0].Started)
	table.Since1904 = true
	table.Rows[1][0] = "42124"
	require.Equal(t, japan.On(2019, 5, 1), read(t, table, Change{}).Rows[0].HeldOn)
}

func TestTimes(t *testing.T) {
	for text, want := range map[string][2]int{"13:30": {1330, -1}, "１３時半": {1330, -1}, "午後1時～2時30分": {1300, 230}, "1330": {1330, -1}, "0.5625": {1330, -1}, "10:00-11:15": {1000, 1115}, "": {-1, -1}} {
		from, to, ok := times(text)
		require.True(t, ok, text)
		for i, at := range []*int{from, to} {
			got := -1
			if at != nil {
				got = *at
			}
			require.Equal(t, want[i], got, text)
		}
	}
	for _, text := range []string{"25:00", "朝", "1時〜2時〜3時"} {
		_, _, ok := times(text)
		require.False(t, ok, text)
	}
}

// The commands of a row are the same whenever they are made, and others of no row.
func TestStepsAreTheSameEachTime(t *testing.T) {
	p := read(t, sheet("2019年度", head+"4/26|山田太郎||09011112222、0857261111|電話|移住|東京都|a\n5/7|山田太郎|||来所|仕事||b"), Change{})
	terms := Terms{Batch: uuid.MustParse("8c1a1f5e-0000-4000-8000-000000000001"), Desk: "D-TKY", Counsellor: "c", TargetPref: "31", NoticeVersion: "2019-04", NoticeMethod: "paper"}
	require.Empty(t, p.Rows[0].Faults)
	a, known := p.Begin(terms, &p.Rows[0])
	b, again := p.Begin(terms, &p.Rows[0])
	require.Equal(t, a, b)
	require.Equal(t, known, again)
	require.Equal(t, []string{"job", "relocation"}, a.Data["open"].(map[string]any)["aims"])
	hold := p.Hold(terms, &p.Rows[1], known)
	require.NotEqual(t, a.ID, hold.ID)
	require.Equal(t, "2019-05-07", hold.Data["occurred_on"])
	require.Equal(t, terms.Batch.String(), hold.Data["batch"])
	contacts := p.Contacts(terms, &p.Rows[0], known)
	require.Len(t, contacts, 1)
	require.Equal(t, "phone", contacts[0].Data["kind"])
}

func TestBounds(t *testing.T) {
	p := Plan{Rows: make([]Row, 20)}
	require.NoError(t, UsualBounds.Stops(&p, false))
	for i := range 3 {
		p.Rows[i].fault("name", "person.no_name", "")
	}
	require.ErrorContains(t, UsualBounds.Stops(&p, false), "import.too_many_wrong")
	require.NoError(t, UsualBounds.Stops(&p, true))
	require.False(t, UsualBounds.Pauses(19, 19))
	require.True(t, UsualBounds.Pauses(20, 2))
	require.False(t, UsualBounds.Pauses(40, 2))
}

// Any cells give a plan: no panic, every row is good or says what is wrong, and a
// good row has what its command needs.
func FuzzRead(f *testing.F) {
	for _, s := range []string{head + "4/26|〃|たかさき|9012345678|来所|移住|東京都|x", "相談日|氏名\n43600|夫：a 妻：b", "|||\n\n合計|1", "日付,氏名", "氏名|日付\nア・イ|H31.5.1 9時〜"} {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, text string, since1904 bool) {
		table := sheet("令和元年度", text)
		table.Since1904 = since1904
		m, _ := Guess(table)
		m.Defaults["channel"], m.Defaults["categories"], m.Defaults["residence_pref"] = "phone", "job", "13"
		p := Read(table, m, Change{}, today)
		for i := range p.Rows {
			r := &p.Rows[i]
			require.True(t, r.No > m.Head+1 && r.No <= len(table.Rows))
			if !r.Good() {
				continue
			}
			who := p.People[r.Person]
			require.True(t, r.HeldOn.Valid() && r.HeldOn <= today)
			require.NotEmpty(t, r.Channel)
			require.NotEmpty(t, r.Categories)
			require.True(t, who.Anonymous || who.Family+who.Given+who.FamilyKana+who.GivenKana != "")
			require.NotEmpty(t, who.Pref)
			require.NotEmpty(t, who.AgeBand)
			for _, number := range who.Phones {
				require.GreaterOrEqual(t, len(number), 9)
			}
		}
	})
}

// 20,000 rows are read in a fraction of what a dry run may take.
func TestTwentyThousandRowsAreReadInTime(t *testing.T) {
	var b strings.Builder
	b.WriteString(head)
	for i := range 20_000 {
		b.WriteString(japan.On(2019, 4, 1).Add(i % 340).Japanese())
		b.WriteString("|山田" + strconv.Itoa(i%9000) + "　太郎|やまだ　たろう|9012345678|来所|移住|東京都港区|内容\n")
	}
	table := sheet("", b.String())
	start := time.Now()
	p := read(t, table, Change{})
	require.Len(t, p.Rows, 20_000)
	require.Equal(t, 9000, len(p.People))
	require.Less(t, time.Since(start), 10*time.Second)
	t.Logf("read in %v", time.Since(start))
}
