package domain_test

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
)

func TestTermsDifferByController(t *testing.T) {
	got, err := domain.ParseTerms("# 鳥取県\n31 disclosure_days 15\n31 next_working_day no # 条例\n\n33 retention_years 10\n")
	require.NoError(t, err)
	require.Equal(t, 15, got["31"].Disclosure)
	require.Equal(t, 30, got["31"].Correction, "what is not named stays as usual")
	require.False(t, got["31"].NextWorkingDay)
	require.Equal(t, 30, got["33"].Disclosure)
	require.Equal(t, 10, got["33"].Retention)
	require.NotContains(t, got, "joint")
	empty, err := domain.ParseTerms("")
	require.NoError(t, err)
	require.Empty(t, empty)
}

// A period of the Act may be shortened by an ordinance and not made longer; what the
// Act gives a person may not be taken.
func TestTermsThatCannotBe(t *testing.T) {
	for text, want := range map[string]domain.TermsFault{
		"31 disclosure_days":                       {Line: 1, Key: "form", Word: "31 disclosure_days"},
		"31 disclosure_days 15 days":               {Line: 1, Key: "form", Word: "31 disclosure_days 15 days"},
		"\n32 disclosure_days 15":                  {Line: 2, Key: "controller", Word: "32"},
		"31 disclosure 15":                         {Line: 1, Key: "setting", Word: "disclosure"},
		"31 disclosure_days 31":                    {Line: 1, Key: "value", Word: "31", Setting: domain.Term{Name: "disclosure_days", Value: 30, Low: 1, High: 30}},
		"31 disclosure_days 0":                     {Line: 1, Key: "value", Word: "0", Setting: domain.Term{Name: "disclosure_days", Value: 30, Low: 1, High: 30}},
		"31 disclosure_days ３０":                    {Line: 1, Key: "value", Word: "３０", Setting: domain.Term{Name: "disclosure_days", Value: 30, Low: 1, High: 30}},
		"31 disclosed_days 60":                     {Line: 1, Key: "value", Word: "60", Setting: domain.Term{Name: "disclosed_days", Value: 90, Low: 90, High: 3650}},
		"31 comment_months 0":                      {Line: 1, Key: "value", Word: "0", Setting: domain.Term{Name: "comment_months", Value: 1, Low: 1, High: 12}},
		"31 next_working_day ja":                   {Line: 1, Key: "value", Word: "ja", Setting: domain.Term{Name: "next_working_day", Value: 1, High: 1, Switch: true}},
		"31 extension_days 7\n31 extension_days 7": {Line: 2, Key: "twice", Word: "extension_days"},
	} {
		_, err := domain.ParseTerms(text)
		require.Equal(t, want, err, text)
	}
}

func TestTermsReadAsTheyWereWritten(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		text := ""
		for _, controller := range domain.Codes["controller"] {
			for _, s := range domain.UsualTerms().Settings() {
				if r.IntN(2) == 0 {
					continue
				}
				value := strconv.Itoa(s.Low + r.IntN(s.High-s.Low+1))
				if s.Switch {
					value = map[string]string{"0": "no", "1": "yes"}[value]
				}
				text += controller + " " + s.Name + " " + value + "\n"
			}
		}
		one, err := domain.ParseTerms(text)
		require.NoError(t, err, text)
		two, err := domain.ParseTerms(domain.FormatTerms(one))
		require.NoError(t, err)
		for controller, terms := range one {
			if again, said := two[controller]; said {
				require.Equal(t, terms, again)
			} else {
				require.Equal(t, domain.UsualTerms(), terms)
			}
		}
	}
}

func FuzzParseTerms(f *testing.F) {
	f.Add("31 disclosure_days 15\n33 next_working_day no\n")
	f.Add("joint file_persons 1000 # x\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := domain.ParseTerms(text)
		if err != nil {
			require.ErrorAs(t, err, &domain.TermsFault{})
			return
		}
		for _, terms := range got {
			for _, s := range terms.Settings() {
				require.True(t, s.Value >= s.Low && s.Value <= s.High, s)
			}
		}
	})
}
