package jobbook_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/japan"
	"ayumi/domain/jobbook"
)

func TestAnEntryIsKeptTwoYearsAfterItsLastDay(t *testing.T) {
	june := japan.On(2019, 6, 1)
	going, over := jobbook.Introduction{On: june}, jobbook.Introduction{On: june, Over: japan.On(2019, 9, 30)}
	for _, c := range []struct {
		closed     japan.Date
		introduced []jobbook.Introduction
		want       japan.Date
	}{
		{0, nil, 0},
		{0, []jobbook.Introduction{over}, 0},
		{june, nil, japan.On(2021, 6, 1)},
		{june, []jobbook.Introduction{over}, japan.On(2021, 9, 30)},
		{japan.On(2020, 2, 29), []jobbook.Introduction{over}, japan.On(2022, 2, 28)},
		{june, []jobbook.Introduction{over, going}, 0},
	} {
		require.Equal(t, c.want, jobbook.KeptUntil(c.closed, c.introduced), "%+v", c)
	}
}

func TestABookCoversWhatStoodInItsYear(t *testing.T) {
	year := japan.FiscalYear(2019)
	for _, c := range []struct {
		begin, end japan.Date
		want       bool
	}{
		{japan.On(2019, 4, 1), 0, true}, {japan.On(2018, 4, 1), 0, true}, {japan.On(2020, 3, 31), 0, true}, {japan.On(2020, 4, 1), 0, false},
		{japan.On(2018, 4, 1), japan.On(2019, 3, 31), false}, {japan.On(2018, 4, 1), japan.On(2019, 4, 1), true},
	} {
		require.Equal(t, c.want, jobbook.Covers(year, c.begin, c.end), "%+v", c)
	}
}

// Whether an introduction goes on is told of states of placements alone.
func TestEveryStateGoesOnOrIsOver(t *testing.T) {
	going := []string{"introduced", "applied", "interviewed", "offered", "decided"}
	for _, state := range going {
		require.False(t, jobbook.IsOver(state), state)
	}
	for _, state := range []string{"declined", "withdrawn", "fell_through", "started", "ended", "voided"} {
		require.True(t, jobbook.IsOver(state), state)
	}
}
