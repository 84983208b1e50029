package importing_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/importing"
	"ayumi/domain/japan"
)

// A row that was exported from a record is that record, and only if day and person are
// its own: another office has other records under the same numbers.
func TestRowsOnRecordAlready(t *testing.T) {
	table := importing.Table{Rows: [][]string{
		{"記録番号", "番号", "氏名", "都道府県", "相談日", "相談方法", "相談種別", "担当"},
		{"#2,214", "P-00012", "鳥取 花子", "13", "2019-06-01", "来所", "就職", "森下"},
		{"2215", "P-00012", "鳥取 花子", "13", "2019-06-02", "来所", "就職", "だれか"},
		{"2216", "P-00013", "鳥取 花子", "13", "2019-06-03", "来所", "就職", ""},
		{"2217", "P-00014", "米子 太郎", "13", "2019-06-04", "来所", "就職", ""},
		{"x", "P-00014", "米子 太郎", "13", "2019-06-05", "来所", "就職", ""},
		{"", "P-00012", "鳥取 花子", "13", "2019-06-06", "電話", "住まい", "森下"},
	}}
	m, clashes := importing.Guess(table)
	require.Empty(t, clashes)
	m.Values = map[string]map[string]string{"counsellor": {importing.WordKey("森下"): "0bd80944-1c5b-42d4-9a22-178251e53792"}}
	p := importing.Read(table, m, importing.Change{}, japan.On(2020, 1, 1))
	require.Equal(t, []uint64{2214, 2215, 2216, 2217}, p.Records())
	require.Len(t, p.People, 3, "one name, two numbers of the office: two persons")
	day := func(d int) []japan.Date { return []japan.Date{japan.On(2019, 6, d)} }
	p.Recognise(map[uint64]importing.Held{2214: {Person: "a", Number: 12, Days: day(1)}, 2215: {Person: "a", Number: 12, Days: append(day(9), day(2)...)},
		2216: {Person: "b", Number: 99, Days: day(3)}})
	p.Settle(map[int][]importing.Like{0: {{Person: "z", Points: 100}}}, nil)

	require.True(t, p.Rows[0].Known)
	require.True(t, p.Rows[1].Known, "its day was amended; who held it is not read")
	require.Equal(t, "import.other_record", p.Rows[2].Faults[0].Key, "another person")
	require.Equal(t, "import.other_record", p.Rows[3].Faults[0].Key, "no such record")
	require.Equal(t, "import.record", p.Rows[4].Faults[0].Key)
	require.True(t, p.Rows[5].Good())
	require.Equal(t, importing.Choice{Person: "a"}, p.People[p.Rows[5].Person].Choice, "the records say who it is")
	require.Equal(t, "0bd80944-1c5b-42d4-9a22-178251e53792", p.Rows[5].Counsellor)
	good, bad, left, waiting := p.Count()
	require.Equal(t, [4]int{1, 3, 0, 0}, [4]int{good, bad, left, waiting})
}
