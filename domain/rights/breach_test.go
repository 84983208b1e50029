package rights_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/rights"
	"ayumi/tests/given"
)

var (
	suspected = &rights.BreachSuspected{PersonsEstimate: 3, Kinds: []string{"other"}, Account: "誤送信"}
	assessed  = &rights.BreachAssessed{Reportable: true, Persons: 101, Grounds: []string{"many"}, Account: "名簿"}
	minor     = &rights.BreachAssessed{Persons: 100, Grounds: []string{"other"}, Account: "1通"}
	quick     = &rights.BreachReported{Stage: "first", DueOn: came.Add(4)}
	full      = &rights.BreachReported{Stage: "full", DueOn: japan.On(2023, 6, 30)}
	over      = &rights.BreachClosed{Measures: []string{"training"}, Account: "二人で確認する"}
)

func breach(t *testing.T, past ...event) *given.Scene[fold] {
	return given.Stream(t, rights.Aggregate, given.ID("breach")).At(came).Given(past...).By(privacy)
}

// TestBreachMachine: suspected → assessed → reported* → closed.
func TestBreachMachine(t *testing.T) {
	life := [][]event{{suspected}, {suspected, quick}, {suspected, assessed}, {suspected, assessed, quick, full}, {suspected, minor}, {suspected, minor, over}}
	yes, same, no := "then", "nothing", "rights.state"
	for _, c := range []struct {
		cmd     domain.Command[fold]
		event   event
		answers []string
	}{
		{&rights.AssessBreach{BreachAssessed: *assessed}, assessed, []string{yes, yes, same, same, yes, no}},
		{&rights.ReportBreach{BreachReported: rights.BreachReported{Stage: "first"}}, quick, []string{yes, same, yes, same, yes, no}},
		{&rights.ReportBreach{BreachReported: rights.BreachReported{Stage: "full"}}, full, []string{no, no, yes, same, yes, no}},
		{&rights.CloseBreach{BreachClosed: *over}, over, []string{no, no, "rights.not_reported", yes, yes, same}},
		{&rights.Close{}, nil, []string{no, no, no, no, no, no}},
		{&rights.Withdraw{}, nil, []string{no, no, no, no, no, no}},
	} {
		for i, l := range life {
			s := breach(t, l...).When(c.cmd)
			switch want := c.answers[i]; want {
			case yes:
				s.Then(c.event)
			case same:
				s.Nothing()
			default:
				s.Refused(want)
			}
		}
	}
}

// TestWhatIsReported is handbook.md 6.7: more than 100 people, or any special-care,
// property or malicious case.
func TestWhatIsReported(t *testing.T) {
	for _, c := range []struct {
		persons int
		kinds   []string
		must    bool
	}{
		{100, []string{"other"}, false}, {101, []string{"other"}, true}, {1, []string{"special_care"}, true},
		{1, []string{"property"}, true}, {1, []string{"malicious"}, true}, {0, []string{"many"}, false},
	} {
		require.Equal(t, c.must, rights.MustReport(domain.UsualTerms(), c.persons, c.kinds))
		e := rights.BreachAssessed{Persons: c.persons, Grounds: c.kinds, Account: "x"}
		s := breach(t, suspected).When(&rights.AssessBreach{BreachAssessed: e})
		if c.must {
			s.Refused("rights.must_report")
		} else {
			s.Then(&e)
		}
	}
	breach(t).When(&rights.SuspectBreach{BreachSuspected: rights.BreachSuspected{PersonsEstimate: -1}}).Refused("field.range")
	breach(t).When(&rights.SuspectBreach{BreachSuspected: *suspected}).Then(suspected)
}

// TestBreachTerms: the day it became known is the first day. The quick report waits
// for no working day; the full one does not end on a day without work.
func TestBreachTerms(t *testing.T) {
	usual := domain.UsualTerms()
	for _, c := range []struct {
		known       japan.Date
		kinds       []string
		first, full japan.Date
	}{
		{japan.On(2023, 6, 1), []string{"many"}, japan.On(2023, 6, 5), japan.On(2023, 6, 30)},
		{japan.On(2023, 6, 2), []string{"many"}, japan.On(2023, 6, 6), japan.On(2023, 7, 3)},         // Saturday
		{japan.On(2023, 6, 1), []string{"malicious"}, japan.On(2023, 6, 5), japan.On(2023, 7, 31)},   // Sunday 30 July
		{japan.On(2023, 12, 1), []string{"property"}, japan.On(2023, 12, 5), japan.On(2024, 1, 4)},   // 30 December
		{japan.On(2024, 4, 4), []string{"special_care"}, japan.On(2024, 4, 8), japan.On(2024, 5, 7)}, // Friday 3 May, a holiday, then the weekend and a day in its place
		{japan.On(2024, 12, 31), []string{"other"}, japan.On(2025, 1, 4), japan.On(2025, 1, 29)},     // the quick one on a Saturday: it waits for nothing
	} {
		b := rights.Breach{Known: c.known, Kinds: c.kinds}
		require.Equal(t, c.first, b.Due("first", usual))
		require.Equal(t, c.full, b.Due("full", usual))
		require.Equal(t, c.full, b.Due("persons_told", usual))
	}
	strict := usual
	strict.NextWorkingDay = false
	require.Equal(t, japan.On(2023, 12, 30), rights.Breach{Known: japan.On(2023, 12, 1)}.Due("full", strict), "a controller may be stricter with itself")
	later := rights.Breach{Known: came, Kinds: []string{"other"}, Grounds: []string{"malicious"}}
	require.Equal(t, japan.On(2023, 7, 31), later.Due("full", usual), "what the assessment found counts")
}
