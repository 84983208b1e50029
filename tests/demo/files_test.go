package demo_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/japanese"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/infra/export"
	"ayumi/infra/web/locale"
)

// counter counts over the events of the demonstration, folded from nothing.
type counter struct{ rows map[uint64][]indicator.Row }

func (c counter) Figures(_ context.Context, known uint64, today japan.Date, questions ...indicator.Question) ([]indicator.Figure, error) {
	if c.rows[known] == nil {
		s := indicator.NewState()
		for i, e := range events[:known] {
			if _, err := s.Fold(uint64(i+1), e.typ, e.stream, e.facts.Glance()); err != nil {
				return nil, err
			}
		}
		c.rows[known] = s.Rows(indicator.Usual())
	}
	out := make([]indicator.Figure, len(questions))
	for i, q := range questions {
		out[i] = indicator.Answer(c.rows[known], q, today)
	}
	return out, nil
}

var shared = counter{map[uint64][]indicator.Row{}}

// exporter makes files at ten past ten on 1 June 2021.
func exporter(t *testing.T) *export.Exporter {
	t.Helper()
	play(t)
	book, err := indicator.Shipped()
	require.NoError(t, err)
	at := time.Date(2021, 6, 1, 10, 10, 0, 0, japan.Zone)
	return &export.Exporter{Figures: shared, Book: book, Now: func() time.Time { return at }, Sample: true}
}

func request(t *testing.T, format, edition string, l locale.Language) export.Request {
	t.Helper()
	play(t)
	period, err := japan.ParsePeriod(toFebruary)
	require.NoError(t, err)
	return export.Request{What: export.Indicators, Scope: "D-TKY", Period: period, KnownAt: date(sheetDay), Position: known(sheetDay), Edition: edition, Format: format, Words: locale.In(l)}
}

func written(t *testing.T, r export.Request) export.File {
	t.Helper()
	f, err := exporter(t).Export(context.Background(), r)
	require.NoError(t, err)
	return f
}

// table is the data of a file as a program reads it: headings, then rows as texts.
type table struct {
	heading []string
	rows    [][]string
	numbers map[int]bool // columns whose cells are numbers by kind, where the form tells
}

// dataOf reads the data of a file back.
func dataOf(t *testing.T, format string, body []byte) table {
	t.Helper()
	switch format {
	case export.CSV:
		require.True(t, bytes.HasPrefix(body, []byte("\ufeff")), "the mark of UTF-8")
		return fromCSV(t, body[3:])
	case export.ShiftJIS:
		text, err := japanese.ShiftJIS.NewDecoder().Bytes(body)
		require.NoError(t, err)
		return fromCSV(t, text)
	case export.XLSX:
		return fromXLSX(t, body)
	case export.Parquet:
		return fromParquet(t, body)
	}
	return fromJSON(t, body)
}

func fromCSV(t *testing.T, body []byte) table {
	t.Helper()
	require.NotContains(t, strings.ReplaceAll(string(body), "\r\n", ""), "\n", "lines end with CR LF")
	all, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	require.NoError(t, err)
	return table{heading: all[0], rows: all[1:]}
}

func fromXLSX(t *testing.T, body []byte) table {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(body))
	require.NoError(t, err)
	defer f.Close()
	sheet := f.GetSheetList()[1]
	all, err := f.GetRows(sheet)
	require.NoError(t, err)
	out := table{heading: all[0], rows: all[1:], numbers: map[int]bool{}}
	for r := range out.rows {
		for c := range out.heading {
			at, err := excelize.CoordinatesToCellName(c+1, r+2)
			require.NoError(t, err)
			kind, err := f.GetCellType(sheet, at)
			require.NoError(t, err)
			if kind == excelize.CellTypeNumber || kind == excelize.CellTypeUnset {
				out.numbers[c] = true
			}
		}
	}
	return out
}

func fromParquet(t *testing.T, body []byte) table {
	t.Helper()
	f, err := parquet.OpenFile(bytes.NewReader(body), int64(len(body)))
	require.NoError(t, err)
	out := table{numbers: map[int]bool{}}
	for i, field := range f.Schema().Fields() {
		out.heading = append(out.heading, field.Name())
		out.numbers[i] = field.Type().Kind() == parquet.Int64 || field.Type().Kind() == parquet.Double
	}
	r := parquet.NewReader(f)
	for {
		rows := make([]parquet.Row, 1)
		n, err := r.ReadRows(rows)
		for _, row := range rows[:n] {
			var line []string
			for _, v := range row {
				switch {
				case v.IsNull():
					line = append(line, null)
				case v.Kind() == parquet.Double:
					line = append(line, strconv.FormatFloat(v.Double(), 'f', -1, 64))
				case v.Kind() == parquet.Int64:
					line = append(line, strconv.FormatInt(v.Int64(), 10))
				default:
					line = append(line, string(v.ByteArray()))
				}
			}
			out.rows = append(out.rows, line)
		}
		if err == io.EOF {
			return out
		}
		require.NoError(t, err)
	}
}

func fromJSON(t *testing.T, body []byte) table {
	t.Helper()
	var file struct {
		About   map[string]string
		Columns []struct{ Key, Name string }
		Rows    []map[string]any
	}
	require.NoError(t, json.Unmarshal(body, &file))
	out := table{numbers: map[int]bool{}}
	for i, c := range file.Columns {
		out.heading = append(out.heading, c.Key)
		for r, row := range file.Rows {
			if i == 0 {
				out.rows = append(out.rows, make([]string, len(file.Columns)))
			}
			switch v := row[c.Key].(type) {
			case nil:
				out.rows[r][i] = null
			case float64:
				out.rows[r][i], out.numbers[i] = strconv.FormatFloat(v, 'f', -1, 64), true
			default:
				out.rows[r][i] = fmt.Sprint(v)
			}
		}
	}
	return out
}

// null is what a form without words has for a number that is withheld or that there
// is not.
const null = "null"

// number of the value, by the columns of every form.
const valueColumn = 6

func valueOf(d table, indicatorID, dimension, category string) string {
	for _, row := range d.rows {
		if row[0] == indicatorID && row[2] == dimension && row[4] == category {
			return row[valueColumn]
		}
	}
	return "none"
}

// number reads 43.0 and 43 as the same.
func number(s string) any {
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		return n
	}
	return s
}

func TestEveryFormHoldsTheSameData(t *testing.T) {
	for _, edition := range []string{export.Internal, export.Public} {
		want := dataOf(t, export.CSV, written(t, request(t, export.CSV, edition, locale.Japanese)).Body)
		for _, format := range export.Formats() {
			f := written(t, request(t, format, edition, locale.Japanese))
			got := dataOf(t, format, f.Body)
			for r, row := range got.rows {
				for c, cell := range row {
					if cell == null {
						require.Contains(t, []string{export.Withheld, export.Absent}, want.rows[r][c], format)
					} else if number(want.rows[r][c]) != number(cell) {
						require.Equal(t, want.rows[r][c], cell, format)
					}
				}
			}
			require.Len(t, got.rows, f.Rows)
			require.Empty(t, f.Replaced)
			require.Len(t, got.heading, len(want.heading))
		}
		require.Equal(t, []string{"168", "187"}, []string{valueOf(want, "C1", "whole", "whole"), valueOf(want, "C2", "whole", "whole")})
		require.Equal(t, "21", valueOf(want, "C1", "month", "2020-02"), "the month as the page shows it")
	}
}

// Everything a number needs stands beside it, and a fixed clock gives fixed bytes.
func TestEachFileSaysWhatItIs(t *testing.T) {
	digest := dataOf(t, export.CSV, written(t, request(t, export.CSV, export.Internal, locale.Japanese)).Body).rows[0][22]
	require.Len(t, digest, 64)
	for _, l := range []locale.Language{locale.Japanese, locale.English} {
		w := locale.In(l)
		for _, format := range export.Formats() {
			for _, edition := range []string{export.Internal, export.Public} {
				r := request(t, format, edition, l)
				f := written(t, r)
				require.Equal(t, f.Body, written(t, r).Body, "%s: a fixed clock gives fixed bytes", format)
				suffix := map[string]string{export.Internal: "", export.Public: "-public"}[edition]
				require.Equal(t, "ayumi_FY2019-to-2020-02-29_indicators"+suffix+"_asof-2020-03-16", strings.Split(f.Name, ".")[0])
				for _, row := range dataOf(t, format, f.Body).rows[:3] {
					for _, want := range []string{"C0", "2019-04-01", "2020-02-29", "2020-03-16", strconv.Itoa(int(known(sheetDay))), "tot-2019.1", digest,
						w.Export.Lenses["then"], w.Export.EditionNames[edition], w.Export.Kinds["sample"], "2021-06-01", "10:10:00", w.Code("unit", "sessions")} {
						require.Contains(t, row, want, "%s", format)
					}
				}
			}
		}
	}
	r := request(t, export.CSV, export.Internal, locale.Japanese)
	r.Period = japan.FiscalYear(2019).Whole()
	require.Equal(t, "ayumi_FY2019_indicators_asof-2020-03-16.csv", written(t, r).Name)
	r.KnownAt = 0
	f := written(t, r)
	require.Equal(t, "ayumi_FY2019_indicators_asof-2021-06-01.csv", f.Name)
	require.Contains(t, string(f.Body), "後からの訂正も反映")
}

// The public edition hides small counts and what gives them away, and changes
// nothing else.
func TestPublicFilesHideSmallCells(t *testing.T) {
	exact := dataOf(t, export.CSV, written(t, request(t, export.CSV, export.Internal, locale.Japanese)).Body)
	public := dataOf(t, export.CSV, written(t, request(t, export.CSV, export.Public, locale.Japanese)).Body)
	hidden, whole := map[string][]int{}, map[string]string{}
	for i, row := range public.rows {
		n, err := strconv.Atoi(exact.rows[i][valueColumn])
		if err != nil { // a share or a median; see below
			continue
		}
		switch row[valueColumn] {
		case export.Withheld:
			require.NotZero(t, n)
			require.Equal(t, "秘匿", row[valueColumn+1])
			hidden[row[0]+" "+row[2]] = append(hidden[row[0]+" "+row[2]], n)
		default:
			require.Equal(t, strconv.Itoa(n), row[valueColumn])
			require.NotContains(t, []int{1, 2}, n, row)
			require.Equal(t, "実数", row[valueColumn+1])
		}
		if row[2] == "whole" {
			whole[row[0]] = row[valueColumn]
		}
	}
	require.NotEmpty(t, hidden)
	for at, list := range hidden {
		id, dimension, _ := strings.Cut(at, " ")
		if dimension != "beside" && dimension != "whole" && whole[id] != export.Withheld {
			require.Greater(t, len(list), 1, "%s: one hidden cell is what is missing from the total", at)
		}
	}
	// C1 + C2 − C12 = M1 + M2, so one of five is never hidden alone.
	for _, row := range exact.rows {
		if row[0] != "C1" || row[2] == "beside" {
			continue
		}
		unseen := 0
		for _, id := range []string{"C1", "C2", "C12", "M1", "M2"} {
			if valueOf(public, id, row[2], row[4]) == export.Withheld {
				unseen++
			}
		}
		require.NotEqual(t, 1, unseen, "%s %s", row[2], row[4])
	}
}

// A share is printed with its numerator and its denominator, a value that there is
// not says why, and public output shows no share of a figure that it hides.
func TestSharesSayWhatTheyAreOf(t *testing.T) {
	exact := dataOf(t, export.CSV, written(t, request(t, export.CSV, export.Internal, locale.Japanese)).Body)
	public := dataOf(t, export.CSV, written(t, request(t, export.CSV, export.Public, locale.Japanese)).Body)
	at := func(d table, key string) int { return column(t, d, key) }
	shares := 0
	for i, row := range exact.rows {
		if row[at(exact, "numerator")] == export.Absent {
			require.Equal(t, "なし", row[at(exact, "denominator_of")])
			continue
		}
		shares++
		require.Equal(t, "％", row[at(exact, "unit")])
		require.Equal(t, "四捨五入", row[at(exact, "rounding")])
		over, err := strconv.Atoi(row[at(exact, "numerator")])
		require.NoError(t, err)
		under, err := strconv.Atoi(row[at(exact, "denominator")])
		require.NoError(t, err)
		if under == 0 {
			require.Equal(t, []string{export.Absent, "計算できない（分母が0）"}, row[valueColumn:valueColumn+2])
		} else {
			value := strconv.FormatFloat(float64((2000*over+under)/(2*under))/10, 'f', 1, 64)
			require.Equal(t, value, row[valueColumn])
		}
		small := slices.Contains([]string{"1", "2"}, row[at(exact, "numerator")]) || slices.Contains([]string{"1", "2"}, row[at(exact, "denominator")])
		if small || valueOf(public, row[at(exact, "denominator_of")], "whole", "whole") == export.Withheld {
			require.Equal(t, []string{export.Withheld, export.Withheld}, []string{public.rows[i][valueColumn], public.rows[i][at(public, "numerator")]})
		}
	}
	require.GreaterOrEqual(t, shares, 5)
}

// No name, no pseudonym, no record number is in any file.
func TestNoFileNamesAPerson(t *testing.T) {
	f := written(t, request(t, export.JSON, export.Internal, locale.Japanese))
	require.NotEmpty(t, events)
	for _, e := range events {
		_, id, _ := strings.Cut(e.stream, "-")
		require.NotContains(t, string(f.Body), id)
	}
}

func TestARequestThatIsNoneIsRefused(t *testing.T) {
	for _, r := range []export.Request{request(t, "pdf", export.Public, locale.Japanese), request(t, export.CSV, "secret", locale.Japanese)} {
		_, err := exporter(t).Export(context.Background(), r)
		require.ErrorContains(t, err, "field.code")
	}
}
