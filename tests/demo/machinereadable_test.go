package demo_test

import (
	"archive/zip"
	"bytes"
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/japanese"

	"ayumi/domain/japan"
	"ayumi/infra/export"
	"ayumi/infra/web/locale"
)

// The rule of the Ministry of Internal Affairs and Communications for statistical
// tables that machines read (統計表における機械判読可能なデータの表記方法の統一ルール,
// December 2020), check by check, over the data of every file.
var checks = []struct {
	no, rule string
	holds    func(t *testing.T, d table)
}{
	{"1-2", "one datum a cell", oneDatum},
	{"1-3", "numbers are numbers", numbersAreNumbers},
	{"1-5", "no space or line break for looks", noLooks},
	{"1-6", "nothing is left out", nothingLeftOut},
	{"1-9", "every datum has its unit", everyUnit},
	{"1-10", "no character of one platform", noPlatform},
	{"1-11", "days of the western calendar, the era beside", westernDays},
	{"1-12", "every place has its code or name", places},
	{"1-13", "a sign instead of a number is one of the agreed", signs},
	{"2-1", "the table is not cut apart", whole},
	{"2-2", "and no total stands among the data", noTotals},
}

func TestDataIsReadableByMachines(t *testing.T) {
	for _, l := range []locale.Language{locale.Japanese, locale.English} {
		for _, edition := range []string{export.Internal, export.Public} {
			for _, format := range export.Formats() {
				for _, scope := range []string{"D-TKY", "31"} {
					if format == export.XLSX && (l == locale.English || scope == "31") {
						continue // slow to read back, and as the others
					}
					r := request(t, format, edition, l)
					r.Scope = scope
					d := dataOf(t, format, written(t, r).Body)
					for _, c := range checks {
						t.Run(strings.Join([]string{string(l), edition, format, scope, c.no, c.rule}, "/"), func(t *testing.T) { c.holds(t, d) })
					}
				}
			}
		}
	}
}

// column finds a column by its key or by its name in one of the languages.
func column(t *testing.T, d table, key string) int {
	t.Helper()
	for i, h := range d.heading {
		if h == key || h == locale.In(locale.Japanese).Export.Columns[key] || h == locale.In(locale.English).Export.Columns[key] {
			return i
		}
	}
	t.Fatalf("no column %s in %v", key, d.heading)
	return 0
}

func each(d table, f func(row []string, c int, cell string)) {
	for _, row := range d.rows {
		for c, cell := range row {
			f(row, c, cell)
		}
	}
}

var countWithUnit = regexp.MustCompile(`^[0-9,.]+ *(件|人|名|世帯|校|sessions|persons|households|cases)$`)

func oneDatum(t *testing.T, d table) {
	each(d, func(_ []string, _ int, cell string) {
		require.NotRegexp(t, countWithUnit, cell, "a number with its unit is two data")
		require.NotContains(t, cell, ";")
	})
}

// instead are the signs that stand for a number.
var instead = []string{export.Withheld, export.Absent, null}

func numbersAreNumbers(t *testing.T, d table) {
	for _, key := range []string{"value", "position", "numerator", "denominator", "scale"} {
		at := column(t, d, key)
		for _, row := range d.rows {
			if !slices.Contains(instead, row[at]) {
				require.Regexp(t, `^(0|[1-9][0-9]*)(\.[0-9]+)?$`, row[at], "no separator, no sign, no full-width digit")
			}
		}
		require.True(t, d.numbers == nil || d.numbers[at], "a number by kind")
	}
}

func noLooks(t *testing.T, d table) {
	look := func(s string) {
		require.NotRegexp(t, `[\r\n\t　]|  |^ | $`, s)
	}
	for _, h := range d.heading {
		look(h)
	}
	each(d, func(_ []string, _ int, cell string) { look(cell) })
}

func nothingLeftOut(t *testing.T, d table) {
	for i, h := range d.heading {
		require.NotEmpty(t, h)
		require.Equal(t, i, slices.Index(d.heading, h), "a heading stands once")
	}
	each(d, func(_ []string, _ int, cell string) {
		require.NotEmpty(t, cell, "no blank, neither for 0 nor for the row above")
		require.NotContains(t, []string{"〃", "同上", "\"", "...", "…"}, cell)
	})
}

func everyUnit(t *testing.T, d table) {
	units := map[string]bool{}
	for _, row := range d.rows {
		units[row[column(t, d, "unit")]] = true
	}
	require.Greater(t, len(units), 3)
}

func noPlatform(t *testing.T, d table) {
	encoder := japanese.ShiftJIS.NewEncoder()
	seen := map[rune]bool{}
	each(d, func(_ []string, _ int, cell string) {
		for _, r := range cell {
			seen[r] = true
		}
	})
	for r := range seen {
		b, err := encoder.Bytes([]byte(string(r)))
		require.NoError(t, err, "%q", r)
		switch {
		case len(b) == 1:
			require.Less(t, b[0], byte(0x80), "half-width kana %q", r)
		default: // rows 13 and 89 to 115 differ between machines
			require.False(t, b[0] == 0x87 || b[0] >= 0xed, "%q", r)
		}
	}
}

func westernDays(t *testing.T, d table) {
	for _, key := range []string{"from", "to", "known_at"} {
		western, era := column(t, d, key), column(t, d, key+"_japanese")
		for _, row := range d.rows {
			day, err := japan.ParseDate(row[western])
			require.NoError(t, err)
			require.Equal(t, day.JapaneseDay(), row[era])
		}
	}
	months := 0
	for _, row := range d.rows {
		if row[column(t, d, "dimension")] == "month" && row[column(t, d, "category")] != "unknown" {
			require.Contains(t, row[column(t, d, "category_name")], row[column(t, d, "category")], "the western month beside the era")
			months++
		}
	}
	require.Positive(t, months)
}

func places(t *testing.T, d table) {
	seen := 0
	for _, row := range d.rows {
		require.NotEqual(t, row[column(t, d, "scope")], row[column(t, d, "scope_name")])
		if row[column(t, d, "dimension")] != "place" || row[column(t, d, "category")] == "unknown" {
			continue
		}
		code := row[column(t, d, "category")]
		check, ok := japan.CheckDigit(code[:5])
		require.True(t, ok && code[5] == check && len(code) == 6, code)
		require.NotEqual(t, code, row[column(t, d, "category_name")])
		seen++
	}
	require.GreaterOrEqual(t, seen, 19)
}

func signs(t *testing.T, d table) {
	value, status := column(t, d, "value"), column(t, d, "status")
	for _, row := range d.rows {
		exact := row[status] == "実数" || row[status] == "exact"
		require.Equal(t, !exact, slices.Contains(instead, row[value]), "the sign and the column beside it say the same")
		if row[status] == "秘匿" || row[status] == "withheld" {
			require.Contains(t, []string{export.Withheld, null}, row[value])
		}
	}
}

func whole(t *testing.T, d table) {
	for _, row := range d.rows {
		require.Len(t, row, len(d.heading))
	}
}

func noTotals(t *testing.T, d table) {
	seen := map[string]bool{}
	for _, row := range d.rows {
		key := strings.Join([]string{row[column(t, d, "indicator")], row[column(t, d, "dimension")], row[column(t, d, "category")]}, " ")
		require.False(t, seen[key], "%s stands twice", key)
		seen[key] = true
		require.NotContains(t, []string{"計", "合計", "Total", "sum"}, row[column(t, d, "category_name")])
		if row[column(t, d, "dimension")] != "whole" {
			require.NotEqual(t, "whole", row[column(t, d, "category")], "a figure as a whole is no part of a breakdown")
		}
	}
}

// 1-1, 1-4, 1-7, 1-8 and 2-2, as far as they are about a workbook: no merged cell,
// formula, picture or hidden line, and the data alone on a sheet.
func TestTheDataSheetHoldsDataOnly(t *testing.T) {
	f := written(t, request(t, export.XLSX, export.Public, locale.Japanese))
	book, err := excelize.OpenReader(bytes.NewReader(f.Body))
	require.NoError(t, err)
	defer book.Close()
	require.Equal(t, []string{"表示", "データ"}, book.GetSheetList())
	for _, sheet := range book.GetSheetList() {
		merged, err := book.GetMergeCells(sheet)
		require.NoError(t, err)
		require.Empty(t, merged)
		rows, err := book.GetRows(sheet)
		require.NoError(t, err)
		for r, row := range rows {
			visible, err := book.GetRowVisible(sheet, r+1)
			require.NoError(t, err)
			require.True(t, visible)
			for c := range row {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				require.NoError(t, err)
				formula, err := book.GetCellFormula(sheet, at)
				require.NoError(t, err)
				require.Empty(t, formula)
			}
		}
	}
	parts, err := zip.NewReader(bytes.NewReader(f.Body), int64(len(f.Body)))
	require.NoError(t, err)
	for _, part := range parts.File {
		require.NotRegexp(t, `drawing|media|chart|comment|vba|externalLink`, part.Name)
	}
}

// The printed sheet shows the totals the data leave out.
func TestTheShownSheetHasItsTotals(t *testing.T) {
	f := written(t, request(t, export.XLSX, export.Internal, locale.Japanese))
	book, err := excelize.OpenReader(bytes.NewReader(f.Body))
	require.NoError(t, err)
	defer book.Close()
	rows, err := book.GetRows("表示")
	require.NoError(t, err)
	tables := map[string]int{}
	table, sumAt := "", 0
	for _, row := range rows {
		switch {
		case len(row) == 1:
			table = row[0]
		case len(row) > 2 && slices.Contains(row, "計"):
			sumAt = slices.Index(row, "計")
		case strings.Contains(table, "ごと") && len(row) > sumAt && sumAt > 0:
			sum := 0
			for _, cell := range row[2:sumAt] {
				n, err := strconv.Atoi(cell)
				require.NoError(t, err)
				sum += n
			}
			require.Equal(t, strconv.Itoa(sum), row[sumAt], "%s %s", table, row[1])
			tables[table]++
		}
	}
	require.Len(t, tables, 7, "one table a dimension")
}

// The machine-readable form is not lost when an office asks in another scope.
func TestAnEmptyOfficeIsExportedToo(t *testing.T) {
	r := request(t, export.CSV, export.Public, locale.Japanese)
	r.Period, r.Position = japan.FiscalYear(2030).Whole(), 0
	f, err := exporter(t).Export(context.Background(), r)
	require.NoError(t, err)
	d := dataOf(t, export.CSV, f.Body)
	for _, row := range d.rows {
		want := "0"
		if row[column(t, d, "numerator")] != export.Absent || row[column(t, d, "scale")] != "0" {
			want = export.Absent // a share of nothing, the middle of nothing
		}
		require.Equal(t, want, row[valueColumn], "0 prints 0")
	}
}
