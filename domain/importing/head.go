package importing

import (
	"slices"
	"strings"

	"ayumi/domain/japan"
)

// searched is how many rows from the top may hold the headings.
const searched = 15

// Guess reads the headings of a table and says which column is probably what. Two
// columns of one name are a Clash: neither is taken.
func Guess(t Table) (Mapping, []Clash) {
	best, most := 0, 0
	for row := range min(len(t.Rows), searched) {
		named := 0
		for _, f := range columnsOf(t.Rows[row]) {
			if len(f) > 0 {
				named++
			}
		}
		if named > most {
			best, most = row, named
		}
	}
	if most < 2 {
		return Mapping{Head: -1, Columns: map[string]int{}, Defaults: map[string]string{}}, nil
	}
	m := Mapping{Head: best, Columns: map[string]int{}, Defaults: map[string]string{}, Year: yearAbove(t, best)}
	var clashes []Clash
	by := columnsOf(t.Rows[best])
	for _, f := range Fields {
		columns := by[f.Name]
		switch {
		case len(columns) == 1:
			m.Columns[f.Name] = columns[0]
		case len(columns) > 1:
			first := columns[0]
			same := slices.DeleteFunc(slices.Clone(columns), func(c int) bool {
				return headKey(t.Cell(best, c)) != headKey(t.Cell(best, first))
			})
			if len(same) > 1 {
				clashes = append(clashes, Clash{Field: f.Name, Heading: strings.TrimSpace(t.Cell(best, first)), Columns: same})
			} else {
				m.Columns[f.Name] = first
			}
		}
	}
	return m, clashes
}

// columnsOf finds the columns whose heading names a field. A heading that is the
// name as it stands goes before one that only contains it.
func columnsOf(row []string) map[string][]int {
	out := map[string][]int{}
	for column, text := range row {
		if key := headKey(text); key != "" {
			if f := fieldNamed(key); f != "" {
				out[f] = append(out[f], column)
			}
		}
	}
	return out
}

// headKey is a heading without widths, spaces, brackets and their contents.
func headKey(text string) string {
	if i := strings.IndexAny(text, "(（※*＊"); i > 0 {
		text = text[:i]
	}
	return strings.Trim(japan.SearchKey(text), "()[]【】:")
}

var headings = func() map[string]string {
	out := map[string]string{}
	for _, f := range Fields {
		for _, h := range f.heads {
			out[headKey(h)] = f.Name
		}
	}
	return out
}()

func fieldNamed(key string) string { return headings[key] }

// yearAbove is the fiscal year that a title above the headings, or the name of the
// sheet, speaks of.
func yearAbove(t Table, head int) japan.FiscalYear {
	texts := []string{t.Name}
	for _, row := range t.Rows[:head] {
		texts = append(texts, row...)
	}
	for _, text := range texts {
		before, _, found := strings.Cut(text, "年度")
		if !found {
			before = strings.TrimSpace(text)
		}
		signs := []rune(before)
		for from := max(0, len(signs)-6); from < len(signs); from++ {
			if !found && from > 0 {
				break
			}
			if year, err := japan.ParseFiscalYear(string(signs[from:])); err == nil && year > 1950 && year < 2100 {
				return year
			}
		}
	}
	return 0
}

// Signature names the headings of a table: a ledger of the same headings is read
// the same way. It holds the headings themselves and is kept like the ledger.
func Signature(t Table, head int) string {
	if head < 0 || head >= len(t.Rows) {
		return ""
	}
	keys := make([]string, len(t.Rows[head]))
	for i, text := range t.Rows[head] {
		keys[i] = headKey(text)
	}
	return strings.TrimRight(strings.Join(keys, "\n"), "\n")
}
