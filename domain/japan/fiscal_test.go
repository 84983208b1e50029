package japan

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFiscalYearNames(t *testing.T) {
	for _, c := range []struct {
		year     FiscalYear
		japanese string
		others   []string
	}{
		{2020, "令和2年度", nil},
		{2019, "令和元年度", []string{"平成31年度"}},
		{2018, "平成30年度", nil},
		{2009, "平成21年度", nil},
		{1989, "平成元年度", nil},
		{1988, "昭和63年度", nil},
		{1926, "昭和元年度", []string{"大正15年度"}},
		{1912, "大正元年度", []string{"明治45年度"}},
		{1800, "1800年度", nil},
	} {
		require.Equal(t, c.japanese, c.year.Japanese())
		require.Equal(t, c.others, c.year.Alternates())
		for _, name := range append(c.others, c.japanese, c.year.String()) {
			got, err := ParseFiscalYear(name)
			require.NoError(t, err, name)
			require.Equal(t, c.year, got, name)
		}
	}
}

func TestParseFiscalYear(t *testing.T) {
	for text, want := range map[string]FiscalYear{
		"FY2019": 2019, "fy2019": 2019, "2019": 2019, "2019年度": 2019, "２０１９年度": 2019,
		"令和元年度": 2019, "令和1年度": 2019, "令和元年": 2019, "R1": 2019, "r1": 2019, "Ｒ１": 2019, "R元": 2019,
		"平成31年度": 2019, "平成３１年度": 2019, "H31": 2019, "㍻31年度": 2019, "元年度": 2019,
		"平成21年度": 2009, "H29": 2017, "平成32年度": 2020, "R2年度": 2020, " 令和 2 年度 ": 2020,
	} {
		got, err := ParseFiscalYear(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	for _, bad := range []string{"", "31年度", "年度", "令和", "令和0年度", "令和100年度", "FY19", "X1", "20190", "0000"} {
		_, err := ParseFiscalYear(bad)
		require.Equal(t, BadPeriod, err, bad)
	}
}

func TestFiscalYearLabels(t *testing.T) {
	require.Equal(t, "令和元年度（平成31年度・2019）", FiscalYear(2019).Label())
	require.Equal(t, "令和2年度（2020）", FiscalYear(2020).Label())
}

func TestParseFiscalYearNear(t *testing.T) {
	for _, c := range []struct {
		text       string
		near, want FiscalYear
	}{
		{"31年度", 2019, 2019},
		{"29年度", 2019, 2017},
		{"元年度", 2019, 2019},
		{"元年度", 1990, 1989},
		{"２年度", 2019, 2020},
		{"63年度", 1989, 1988},
		{"令和元年度", 1990, 2019},
		{"2019", 2000, 2019},
	} {
		got, err := ParseFiscalYearNear(c.text, c.near)
		require.NoError(t, err, c.text)
		require.Equal(t, c.want, got, c.text)
	}
	for _, bad := range []string{"31", "", "年度", "0年度", "100年度"} {
		_, err := ParseFiscalYearNear(bad, 2019)
		require.Equal(t, BadPeriod, err, bad)
	}
}

func FuzzParseFiscalYear(f *testing.F) {
	for _, s := range []string{"FY2019", "令和元年度", "平成31年度", "H31", "31年度", "元年度", "㍻３１年度", "0001", "FY2201"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		year, err := ParseFiscalYear(s)
		if err != nil {
			require.Equal(t, BadPeriod, err)
			return
		}
		near, err := ParseFiscalYearNear(s, year)
		require.NoError(t, err)
		require.Equal(t, year, near)
		names := []string{year.String()}
		if year < 2118 { // 令和100年度
			names = append(names, append(year.Alternates(), year.Japanese())...)
		}
		for _, name := range names {
			again, err := ParseFiscalYear(name)
			require.NoError(t, err, name)
			require.Equal(t, year, again, name)
		}
	})
}

func TestFiscalYearEdges(t *testing.T) {
	require.Equal(t, FiscalYear(2019), FiscalYearOf(On(2020, 3, 31)))
	require.Equal(t, FiscalYear(2020), FiscalYearOf(On(2020, 4, 1)))
	require.Equal(t, FiscalYear(2019), FiscalYearOf(On(2019, 4, 30)))
	require.Equal(t, FiscalYear(2019), FiscalYearOf(On(2019, 5, 1)))
	require.Equal(t, FiscalYear(2019), FiscalYearOf(On(2020, 2, 29)))
	for y := FiscalYear(1900); y < 2100; y++ {
		require.Equal(t, y, FiscalYearOf(y.First()))
		require.Equal(t, y, FiscalYearOf(y.Last()))
		require.Equal(t, y.Last()+1, (y + 1).First())
		require.Equal(t, y.Half(1).To+1, y.Half(2).From)
		require.Equal(t, y.Whole(), Period{y.Half(1).From, y.Half(2).To})
	}
	require.Equal(t, Period{}, FiscalYear(2019).Half(3))
	require.Equal(t, Period{On(2019, 4, 1), On(2020, 2, 29)}, FiscalYear(2019).Until(On(2020, 2, 29)))
}

func TestParsePeriod(t *testing.T) {
	for text, want := range map[string]Period{
		"FY2019":                 {On(2019, 4, 1), On(2020, 3, 31)},
		"FY2019-H1":              {On(2019, 4, 1), On(2019, 9, 30)},
		"FY2019-H2":              {On(2019, 10, 1), On(2020, 3, 31)},
		"CY2019":                 {On(2019, 1, 1), On(2019, 12, 31)},
		"2019-08":                {On(2019, 8, 1), On(2019, 8, 31)},
		"2020-02":                {On(2020, 2, 1), On(2020, 2, 29)},
		"2019-04-01..2020-02-29": {On(2019, 4, 1), On(2020, 2, 29)},
	} {
		got, err := ParsePeriod(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
		require.Equal(t, text, got.String())
		require.True(t, got.Contains(got.From) && got.Contains(got.To))
		require.False(t, got.Contains(got.From-1) || got.Contains(got.To+1) || got.Contains(0))
		require.Equal(t, int(got.To-got.From)+1, got.Days())
	}
	for _, bad := range []string{"", "FY", "FY2019-H3", "FY2019-H", "FY19", "CY19", "CY0000", "FY9999", "2019", "2019-13", "2019-4",
		"2019-04-01..", "..", "2020-02-29..2019-04-01", "2019-02-29..2019-03-01"} {
		_, err := ParsePeriod(bad)
		require.Equal(t, BadPeriod, err, bad)
	}
	require.Equal(t, "", Period{}.String())
	require.Zero(t, Period{}.Days())
}

func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"FY2019", "FY2019-H1", "CY2019", "2019-08", "2019-04-01..2020-02-29", "FY0001", "令和元年度"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePeriod(s)
		if err != nil {
			require.Equal(t, BadPeriod, err)
			return
		}
		again, err := ParsePeriod(p.String())
		require.NoError(t, err)
		require.Equal(t, p, again)
	})
}
