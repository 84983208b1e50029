package demo_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// TestRowsKeptStepByStepAgree: rows that follow the log event by event answer
// what one fold over the whole log answers, and the kinds of what changed after
// the sheet are those of section 5.
func TestRowsKeptStepByStepAgree(t *testing.T) {
	play(t)
	state := indicator.NewState()
	rows := map[indicator.Row]bool{}
	why := map[string]int{}
	sheet, _ := japan.ParsePeriod(toFebruary)
	for i, e := range events {
		changes, err := state.Step(uint64(i+1), e.typ, e.stream, e.facts.Glance(), indicator.Usual())
		require.NoError(t, err)
		for _, list := range changes {
			for _, c := range list {
				if c.Removed {
					require.True(t, rows[c.Row], "a row goes that never came: %+v", c.Row)
					delete(rows, c.Row)
				} else {
					rows[c.Row] = true
				}
				counted := c.Row.Family == indicator.Sessions && c.Row.Clause == "" && c.Row.Desk == "D-TKY" && sheet.Contains(c.Row.From)
				if uint64(i) >= known(sheetDay) && counted && c.Removed {
					why[c.Why]--
				} else if uint64(i) >= known(sheetDay) && counted {
					why[c.Why]++
				}
			}
		}
	}
	require.Equal(t, map[string]int{"late_entry": 1, "voided": -2, "merged": 0}, why)
	list := make([]indicator.Row, 0, len(rows))
	for r := range rows {
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b indicator.Row) int {
		if a.Position != b.Position {
			return int(a.Position) - int(b.Position)
		}
		return strings.Compare(string(a.Family)+a.Entity+string(a.Level), string(b.Family)+b.Entity+string(b.Level))
	})
	book, err := indicator.Shipped()
	require.NoError(t, err)
	period, err := japan.ParsePeriod(wholeYear)
	require.NoError(t, err)
	for _, code := range []string{"C0", "C1", "C2", "P0", "P1", "J1", "R1", "R2", "K1", "K2", "A1", "L1", "M1", "M2", "V1", "U0", "U1"} {
		def, ok := book.Named(code, "tot-2019.1")
		require.True(t, ok)
		got := indicator.Answer(list, indicator.Question{Definition: def, Scope: "D-TKY", Period: period}, date(later))
		want := figure(t, code, "D-TKY", wholeYear, later)
		require.Equal(t, want.Value, got.Value, code)
		require.Equal(t, want.Digest(), got.Digest(), code)
		require.Equal(t, clauses(want), clauses(got), code)
	}
}
