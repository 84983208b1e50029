package japan

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestHolidaysOfAYear(t *testing.T) {
	for year, want := range map[int]map[string]string{
		1948: {"09-23": "秋分の日", "11-03": "文化の日", "11-23": "勤労感謝の日"},
		1955: {"01-01": "元日", "01-15": "成人の日", "03-21": "春分の日", "04-29": "天皇誕生日", "05-03": "憲法記念日",
			"05-05": "こどもの日", "09-24": "秋分の日", "11-03": "文化の日", "11-23": "勤労感謝の日"},
		// The first 振替休日; 11 February was a Sunday before the amendment.
		1973: {"01-01": "元日", "01-15": "成人の日", "02-11": "建国記念の日", "03-21": "春分の日", "04-29": "天皇誕生日",
			"04-30": "振替休日", "05-03": "憲法記念日", "05-05": "こどもの日", "09-15": "敬老の日", "09-23": "秋分の日",
			"09-24": "振替休日", "10-10": "体育の日", "11-03": "文化の日", "11-23": "勤労感謝の日"},
		2019: {"01-01": "元日", "01-14": "成人の日", "02-11": "建国記念の日", "03-21": "春分の日", "04-29": "昭和の日",
			"04-30": "国民の休日", "05-01": "天皇の即位の日", "05-02": "国民の休日", "05-03": "憲法記念日", "05-04": "みどりの日",
			"05-05": "こどもの日", "05-06": "振替休日", "07-15": "海の日", "08-11": "山の日", "08-12": "振替休日", "09-16": "敬老の日",
			"09-23": "秋分の日", "10-14": "体育の日", "10-22": "即位礼正殿の儀", "11-03": "文化の日", "11-04": "振替休日", "11-23": "勤労感謝の日"},
		2020: {"01-01": "元日", "01-13": "成人の日", "02-11": "建国記念の日", "02-23": "天皇誕生日", "02-24": "振替休日",
			"03-20": "春分の日", "04-29": "昭和の日", "05-03": "憲法記念日", "05-04": "みどりの日", "05-05": "こどもの日", "05-06": "振替休日",
			"07-23": "海の日", "07-24": "スポーツの日", "08-10": "山の日", "09-21": "敬老の日", "09-22": "秋分の日", "11-03": "文化の日", "11-23": "勤労感謝の日"},
		2021: {"01-01": "元日", "01-11": "成人の日", "02-11": "建国記念の日", "02-23": "天皇誕生日", "03-20": "春分の日",
			"04-29": "昭和の日", "05-03": "憲法記念日", "05-04": "みどりの日", "05-05": "こどもの日", "07-22": "海の日", "07-23": "スポーツの日",
			"08-08": "山の日", "08-09": "振替休日", "09-20": "敬老の日", "09-23": "秋分の日", "11-03": "文化の日", "11-23": "勤労感謝の日"},
	} {
		got := map[string]string{}
		for d := civil(year, 1, 1); d <= civil(year, 12, 31); d++ {
			if name := Holiday(d); name != "" {
				got[d.String()[5:]] = name
			}
		}
		require.Equal(t, want, got, year)
	}
}

func TestHolidayEdges(t *testing.T) {
	for _, c := range []struct {
		day  Date
		name string
	}{
		{On(1948, 3, 21), ""},
		{On(1959, 4, 10), "皇太子明仁親王の結婚の儀"},
		{On(1973, 2, 12), ""},
		{On(1986, 5, 4), ""}, // a Sunday between two holidays
		{On(1987, 5, 4), "振替休日"},
		{On(1988, 5, 4), "国民の休日"},
		{On(1989, 2, 24), "昭和天皇の大喪の礼"},
		{On(1990, 11, 12), "即位礼正殿の儀"},
		{On(1993, 6, 9), "皇太子徳仁親王の結婚の儀"},
		{On(2008, 5, 6), "振替休日"}, // from Sunday 4 May past the 5th
		{On(2009, 9, 22), "国民の休日"},
		{On(2019, 12, 23), ""},
		{On(2015, 9, 22), "国民の休日"},
		{On(2024, 2, 12), "振替休日"},
		{0, ""},
	} {
		require.Equal(t, c.name, Holiday(c.day), c.day.Western())
	}
}

func TestEquinoxesNearTheirSeason(t *testing.T) {
	for y := 1949; y <= 2150; y++ {
		for month, days := range map[int][]int{3: {19, 20, 21, 22}, 9: {22, 23, 24}} {
			found := 0
			for _, day := range days {
				if name := statutory(civil(y, month, day)); name == "春分の日" || name == "秋分の日" {
					found++
				}
			}
			require.Equal(t, 1, found, "%d-%d", y, month)
		}
	}
}

// Every Sunday holiday since 2007 has a day off after it, and no other rule
// adds a day next to none.
func TestEveryHolidayHasItsCause(t *testing.T) {
	for d := On(2007, 1, 1); d < On(2100, 1, 1); d++ {
		if statutory(d) != "" && d.Weekday() == time.Sunday {
			next := d + 1
			for statutory(next) != "" {
				next++
			}
			require.Equal(t, "振替休日", Holiday(next), next)
		}
		if statutory(d) == "" && Holiday(d) != "" {
			require.NotEmpty(t, statutory(d-1), d)
		}
	}
}

func TestWorkingDays(t *testing.T) {
	for day, want := range map[Date]bool{
		On(2020, 2, 20): true, On(2020, 2, 22): false, On(2020, 2, 23): false, On(2020, 2, 24): false, On(2020, 2, 25): true,
		On(2019, 12, 27): true, On(2019, 12, 30): false, On(2019, 12, 31): false, On(2020, 1, 2): false, On(2020, 1, 3): false,
		On(2020, 1, 6): true, On(2018, 12, 28): true, On(2019, 1, 4): true, On(2019, 4, 30): false,
	} {
		require.Equal(t, want, WorkingDay(day), day)
	}
	require.Equal(t, On(2020, 3, 2), NthWorkingDay(On(2020, 3, 31), 1))
	require.Equal(t, On(2020, 1, 6), NthWorkingDay(On(2020, 1, 1), 1))
	require.Equal(t, On(2019, 5, 7), NthWorkingDay(On(2019, 5, 1), 1))
	require.Equal(t, Date(0), NthWorkingDay(On(2020, 3, 1), 23))
	require.Equal(t, Date(0), NthWorkingDay(On(2020, 3, 1), 0))
}

func TestLateLimit(t *testing.T) {
	for occurred, want := range map[Date]Date{
		On(2020, 2, 20):  On(2020, 3, 6),
		On(2020, 3, 28):  On(2020, 4, 7),
		On(2020, 2, 29):  On(2020, 3, 6),
		On(2019, 4, 1):   On(2019, 5, 13), // ten days off in a row
		On(2019, 12, 31): On(2020, 1, 10),
		On(2019, 11, 30): On(2019, 12, 6),
	} {
		require.Equal(t, want, LateLimit(occurred), occurred)
	}
	for d := On(1990, 1, 1); d < On(2060, 1, 1); d += 5 {
		limit := LateLimit(d)
		require.True(t, WorkingDay(limit))
		require.Equal(t, d.AddMonths(1).MonthFirst(), limit.MonthFirst())
	}
}

func BenchmarkLateLimit(b *testing.B) {
	for i := 0; b.Loop(); i++ {
		LateLimit(On(2019, 4, 1) + Date(i%366))
	}
}
