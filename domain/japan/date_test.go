package japan

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestDateCounting(t *testing.T) {
	require.Equal(t, Date(1), On(1, 1, 1))
	require.Equal(t, unixEpoch, On(1970, 1, 1))
	require.Equal(t, lastDate, On(9999, 12, 31))
	require.Equal(t, time.Saturday, On(2020, 2, 29).Weekday())
	require.Equal(t, On(2020, 3, 1), On(2020, 2, 29).Add(1))
	require.Panics(t, func() { On(2019, 2, 29) })
	for d := Date(1); d <= lastDate; d += 13 {
		require.True(t, d.Valid())
		back, err := ParseDate(d.String())
		require.NoError(t, err)
		require.Equal(t, d, back)
		require.Equal(t, d, On(d.Civil()))
		require.Equal(t, d, DateOf(d.Start()))
		require.Equal(t, d, DateOf(d.End().Add(-1)))
	}
}

func TestNoDate(t *testing.T) {
	var none Date
	require.False(t, none.Valid())
	require.Equal(t, "", none.String())
	require.Equal(t, none, none.Add(3))
	require.Equal(t, none, none.AddMonths(3))
	require.True(t, none.Start().IsZero())
	require.True(t, none.End().IsZero())
	require.Equal(t, none, DateOf(time.Time{}))
	require.Equal(t, FiscalYear(0), FiscalYearOf(none))
}

func TestParseDateIsStrict(t *testing.T) {
	for text, fault := range map[string]Fault{
		"":             Unreadable,
		"2020-2-9":     Unreadable,
		"2020/02/09":   Unreadable,
		"2020-02-09 ":  Unreadable,
		"20200209":     Unreadable,
		"+020-02-09":   Unreadable,
		"２０２０-02-09":   Unreadable,
		"2020-02-30":   NoSuchDay,
		"2019-02-29":   NoSuchDay,
		"2020-13-01":   NoSuchDay,
		"2020-00-01":   NoSuchDay,
		"0000-01-01":   NoSuchDay,
		"2020-01-01T0": Unreadable,
	} {
		_, err := ParseDate(text)
		require.Equal(t, fault, err, text)
	}
}

func TestDateInJSON(t *testing.T) {
	type fact struct {
		On Date `json:"on,omitempty"`
	}
	text, err := json.Marshal(fact{On(2020, 2, 29)})
	require.NoError(t, err)
	require.Equal(t, `{"on":"2020-02-29"}`, string(text))
	text, err = json.Marshal(fact{})
	require.NoError(t, err)
	require.Equal(t, `{}`, string(text))
	var back fact
	require.NoError(t, json.Unmarshal([]byte(`{"on":"2020-02-29"}`), &back))
	require.Equal(t, On(2020, 2, 29), back.On)
	require.Error(t, json.Unmarshal([]byte(`{"on":"2020-02-31"}`), &back))
}

func TestAddMonthsClamps(t *testing.T) {
	for _, c := range []struct {
		from, want Date
		n          int
	}{
		{On(2020, 1, 31), On(2020, 2, 29), 1},
		{On(2019, 1, 31), On(2019, 2, 28), 1},
		{On(2020, 3, 31), On(2020, 2, 29), -1},
		{On(2019, 12, 15), On(2020, 1, 15), 1},
		{On(2020, 2, 29), On(2021, 2, 28), 12},
		{On(2020, 1, 15), On(2018, 12, 15), -13},
	} {
		require.Equal(t, c.want, c.from.AddMonths(c.n))
	}
	require.Equal(t, On(2020, 2, 29), On(2020, 2, 3).MonthLast())
	require.Equal(t, On(2020, 2, 1), On(2020, 2, 3).MonthFirst())
}

func TestDayBoundaryIsJST(t *testing.T) {
	utc := func(s string) time.Time {
		at, err := ParseInstant(s)
		require.NoError(t, err)
		return at
	}
	require.Equal(t, On(2020, 3, 31), DateOf(utc("2020-03-31T14:59:59Z")))
	require.Equal(t, On(2020, 4, 1), DateOf(utc("2020-03-31T15:00:00Z")))
	require.Equal(t, On(2020, 4, 1), DateOf(utc("2020-04-01T00:30:00+09:00")))
	require.True(t, On(2020, 4, 1).Start().Equal(utc("2020-03-31T15:00:00Z")))
	require.True(t, On(2020, 4, 1).End().Equal(utc("2020-04-01T15:00:00Z")))
	require.Equal(t, "2020-03-16T01:02:03.000Z", FormatInstant(utc("2020-03-16T10:02:03+09:00")))
	require.Equal(t, "2020-03-16T01:02:03.999Z", FormatInstant(utc("2020-03-16T01:02:03.9999Z")))
	for _, bad := range []string{"", "2020-03-16", "2020-03-16T01:02:03", "2020-03-16 01:02:03Z"} {
		_, err := ParseInstant(bad)
		require.Equal(t, Unreadable, err, bad)
	}
}

// The day boundaries of counting.md T9 and the weekdays of T30.
func TestCountingDays(t *testing.T) {
	at := func(s string) Date {
		instant, err := ParseInstant(s)
		require.NoError(t, err)
		return DateOf(instant)
	}
	require.Equal(t, FiscalYear(2020), FiscalYearOf(at("2020-03-31T15:30:00Z")))
	require.Equal(t, FiscalYear(2019), FiscalYearOf(at("2020-03-31T23:59:59+09:00")))
	toFebruary := FiscalYear(2019).Until(On(2020, 2, 1).MonthLast())
	require.True(t, toFebruary.Contains(at("2020-02-29T23:59:00+09:00")))
	require.False(t, toFebruary.Contains(at("2020-03-01T00:01:00+09:00")))
	require.Greater(t, On(2020, 4, 10), LateLimit(On(2020, 2, 20)))
	require.Greater(t, On(2020, 4, 10), LateLimit(On(2020, 3, 28)))
	require.Equal(t, time.Thursday, On(2019, 6, 6).Weekday())
	require.Equal(t, time.Tuesday, On(2019, 6, 4).Weekday())
}

func FuzzParseInstant(f *testing.F) {
	for _, s := range []string{"2020-03-16T01:02:03.000Z", "2020-03-16T10:02:03+09:00", "2020-02-30T00:00:00Z", "9999-12-31T23:59:59-01:00", "0001-01-01T00:00:00+09:00", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at, err := ParseInstant(s)
		if err != nil {
			require.Equal(t, Unreadable, err)
			return
		}
		again, err := ParseInstant(FormatInstant(at))
		require.NoError(t, err)
		require.Equal(t, at.Truncate(time.Millisecond), again)
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2020-02-29", "0001-01-01", "9999-12-31", "2019-02-29", "２０２０-02-29", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err == nil {
			require.Equal(t, s, d.String())
			return
		}
		require.Zero(t, d)
		require.Contains(t, []Fault{Unreadable, NoSuchDay}, err)
	})
}
