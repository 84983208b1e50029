package japan

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestPrintedForms(t *testing.T) {
	for _, c := range []struct {
		day                      Date
		long, month, short, west string
	}{
		{On(2020, 2, 29), "令和2年2月29日（土）", "令和2年2月", "R2.2.29", "2020-02-29 (Sat)"},
		{On(2020, 2, 8), "令和2年2月8日（土）", "令和2年2月", "R2.2.8", "2020-02-08 (Sat)"},
		{On(2019, 5, 1), "令和元年5月1日（水）", "令和元年5月", "R1.5.1", "2019-05-01 (Wed)"},
		{On(2019, 4, 30), "平成31年4月30日（火）", "平成31年4月", "H31.4.30", "2019-04-30 (Tue)"},
		{On(1989, 1, 8), "平成元年1月8日（日）", "平成元年1月", "H1.1.8", "1989-01-08 (Sun)"},
		{On(1989, 1, 7), "昭和64年1月7日（土）", "昭和64年1月", "S64.1.7", "1989-01-07 (Sat)"},
		{On(1926, 12, 25), "昭和元年12月25日（土）", "昭和元年12月", "S1.12.25", "1926-12-25 (Sat)"},
		{On(1912, 7, 29), "明治45年7月29日（月）", "明治45年7月", "M45.7.29", "1912-07-29 (Mon)"},
		{On(1872, 12, 31), "1872年12月31日（火）", "1872年12月", "1872-12-31", "1872-12-31 (Tue)"},
		{0, "", "", "", ""},
	} {
		require.Equal(t, c.long, c.day.Japanese())
		require.Equal(t, c.month, c.day.JapaneseMonth())
		require.Equal(t, c.short, c.day.Short())
		require.Equal(t, c.west, c.day.Western())
	}
	require.Equal(t, "", Date(0).JapaneseDay())
	require.Equal(t, "令和2年3月2日 9:00", JapaneseMoment(time.Date(2020, 3, 2, 0, 0, 59, 0, time.UTC)))
	require.Equal(t, "令和2年4月1日 0:30", JapaneseMoment(time.Date(2020, 3, 31, 15, 30, 0, 0, time.UTC)))
	require.Equal(t, "", JapaneseMoment(time.Time{}))
}

func TestErasFollowEachOther(t *testing.T) {
	for i, e := range eras {
		got, n := EraOf(e.First)
		require.Equal(t, e, got)
		y, _, _ := e.First.Civil()
		require.Equal(t, y, e.before+n)
		if i > 0 {
			previous, _ := EraOf(e.First - 1)
			require.Equal(t, eras[i-1], previous)
			require.Equal(t, 1, n)
		}
	}
	_, n := EraOf(On(1872, 12, 31))
	require.Zero(t, n)
}
