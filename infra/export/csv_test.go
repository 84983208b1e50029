package export

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/japanese"
)

func TestNoCellBeginsAFormula(t *testing.T) {
	for _, evil := range []string{"=1+1", "+SUM(A1)", "-2+3", "@A1", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A1"} {
		body, err := commaSeparated(Table{Columns: []Column{{Name: evil}}, Rows: [][]Cell{{text(evil)}}})
		require.NoError(t, err)
		all, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
		require.NoError(t, err)
		for _, line := range all {
			require.True(t, strings.HasPrefix(line[0], "'"), "%q", line[0])
		}
	}
	body, err := commaSeparated(Table{Columns: []Column{{Name: "n"}}, Rows: [][]Cell{{number(-5)}, {counted(1, true)}, {text("a,\"b\"")}}})
	require.NoError(t, err)
	require.Equal(t, "n\r\n-5\r\nx\r\n\"a,\"\"b\"\"\"\r\n", string(body), "a number is ours and is never guarded")
}

func TestShiftJISSaysWhatItReplaced(t *testing.T) {
	for _, x := range []struct{ text, want, replaced string }{
		{"髙﨑①㈱㍻", "髙﨑①㈱㍻", ""},
		{"10時〜12時 −3", "10時～12時 －3", ""},
		{"𠮷田と𠮷川、é", "〓田と〓川、〓", "𠮷𠮷é"},
		{"a\u001ab", "a〓b", "\u001a"},
		{"", "", ""},
	} {
		out, replaced := toShiftJIS(x.text)
		back, err := japanese.ShiftJIS.NewDecoder().Bytes(out)
		require.NoError(t, err)
		require.Equal(t, x.want, string(back))
		require.Equal(t, x.replaced, replaced)
	}
}

// No character is lost: each comes back, as its likeness, or as a Geta that is
// listed.
func FuzzShiftJIS(f *testing.F) {
	for _, s := range []string{"就業相談", "𠮷", "‾~\\¥", "\x00\x1a\x7f", "ｱｲｳ", "\ufffd〜"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		out, replaced := toShiftJIS(s)
		back, err := japanese.ShiftJIS.NewDecoder().Bytes(out)
		require.NoError(t, err)
		want, missing := []rune(alike.Replace(s)), []rune(replaced)
		require.Len(t, []rune(string(back)), len(want))
		for i, r := range []rune(string(back)) {
			if r == want[i] {
				continue
			}
			require.Equal(t, Geta, r)
			require.Equal(t, want[i], missing[0])
			missing = missing[1:]
		}
		require.Empty(t, missing)
	})
}
