package japan

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPrefectures(t *testing.T) {
	require.Len(t, Prefectures(), 47)
	for i, p := range Prefectures() {
		got, ok := PrefectureOf(p.Code)
		require.True(t, ok)
		require.Equal(t, p, got)
		n, _ := digits(p.Code)
		require.Equal(t, i+1, n)
		require.Regexp(t, `^[A-Z][a-z]+$`, p.En)
		require.Regexp(t, `[都道府県]$`, p.Ja)
	}
	for code, name := range map[string]string{"31": "鳥取県", "33": "岡山県", "13": "東京都", "01": "北海道", "47": "沖縄県", "40": "福岡県"} {
		p, ok := PrefectureOf(code)
		require.True(t, ok)
		require.Equal(t, name, p.Ja)
	}
	for _, bad := range []string{"", "0", "00", "48", "1", "031", "3a"} {
		_, ok := PrefectureOf(bad)
		require.False(t, ok, bad)
	}
}

func TestCheckDigit(t *testing.T) {
	for _, code := range []string{"010006", "310000", "330001", "130001", "110001", "120006", "140007", "131016", "131032",
		"312011", "313904", "331007", "336815"} {
		got, ok := CheckDigit(code[:5])
		require.True(t, ok)
		require.Equal(t, code[5], got, code)
		require.True(t, LGShaped(code))
		for wrong := byte('0'); wrong <= '9'; wrong++ {
			require.Equal(t, wrong == code[5], LGShaped(code[:5]+string(wrong)))
		}
	}
	for _, bad := range []string{"", "3120", "312011", "3120a", "３１"} {
		_, ok := CheckDigit(bad)
		require.False(t, ok, bad)
	}
	for _, bad := range []string{"", "31201", "3120110", "990001", "31201a"} {
		require.False(t, LGShaped(bad), bad)
	}
}

func TestMunicipalities(t *testing.T) {
	on := On(2020, 2, 29)
	require.Len(t, Municipalities("31", on), 19)
	require.Len(t, Municipalities("33", on), 27)
	require.Empty(t, Municipalities("13", on))
	last := ""
	for _, m := range municipalities {
		require.True(t, LGShaped(m.Code), m.Code)
		require.Greater(t, m.Code, last)
		require.Regexp(t, `[市町村]$`, m.Ja)
		require.True(t, KanaOnly(m.Kana), m.Kana)
		require.Regexp(t, `^[A-Z][a-z]+$`, m.En)
		require.Equal(t, m.Prefecture() == "31", m.Region != "", m.Ja)
		last = m.Code
	}
	m, ok := MunicipalityOf("313289")
	require.True(t, ok)
	require.Equal(t, Municipality{Code: "313289", Ja: "智頭町", Kana: "ちづちょう", En: "Chizu", Region: "east"}, m)
	_, ok = MunicipalityOf("131016")
	require.False(t, ok)
}

func TestLGValid(t *testing.T) {
	for _, c := range []struct {
		code, prefecture string
		on               Date
		want             bool
	}{
		{"312011", "31", On(2019, 7, 1), true},
		{"312011", "33", On(2019, 7, 1), false},
		{"331007", "33", On(2019, 7, 1), true},
		{"331007", "33", On(2009, 3, 31), false},
		{"332011", "33", On(2009, 3, 31), true},
		{"332011", "33", On(2009, 4, 1), false},
		{"313297", "31", On(2005, 3, 30), false},
		{"313297", "31", On(2005, 3, 31), true},
		{"312012", "31", On(2019, 7, 1), false},
		{"310000", "31", On(2019, 7, 1), false},
		{"131016", "13", On(2019, 7, 1), false},
		{"", "", On(2019, 7, 1), false},
	} {
		require.Equal(t, c.want, LGValid(c.code, c.prefecture, c.on), "%s %s", c.code, c.on)
	}
}
