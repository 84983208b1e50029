package rights_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/rights"
	"ayumi/tests/given"
)

// TestClockVectors: the day after the request is the first day; weekends, holidays
// and the turn of the year are days like others, but none of them is the last.
func TestClockVectors(t *testing.T) {
	for _, c := range []struct {
		from japan.Date
		days int
		want japan.Date
	}{
		{japan.On(2023, 6, 2), 30, japan.On(2023, 7, 3)},     // Sunday 2 July
		{japan.On(2023, 6, 5), 30, japan.On(2023, 7, 5)},     // Wednesday
		{japan.On(2023, 4, 3), 30, japan.On(2023, 5, 8)},     // 3 May to Sunday 7 May
		{japan.On(2023, 12, 1), 30, japan.On(2024, 1, 4)},    // 31 December to 3 January
		{japan.On(2019, 4, 5), 15, japan.On(2019, 4, 22)},    // Saturday
		{japan.On(2019, 3, 31), 30, japan.On(2019, 5, 7)},    // the ten days of 2019
		{japan.On(2024, 1, 30), 30, japan.On(2024, 2, 29)},   // a leap day
		{japan.On(2023, 8, 12), 30, japan.On(2023, 9, 11)},   // Monday
		{japan.On(2023, 10, 4), 30, japan.On(2023, 11, 6)},   // Friday 3 November is a holiday
		{japan.On(2023, 11, 29), 30, japan.On(2024, 1, 4)},   // 29 December
		{japan.On(2023, 11, 28), 30, japan.On(2023, 12, 28)}, // the last day of work
	} {
		require.Equal(t, c.want, rights.Clock{From: c.from, Days: c.days}.Due(true), "%s + %d", c.from, c.days)
		require.Equal(t, c.from.Add(c.days), rights.Clock{From: c.from, Days: c.days}.Due(false))
	}
}

// TestCompletionStopsTheClock: 補正 of ten days moves the last day by ten.
func TestCompletionStopsTheClock(t *testing.T) {
	s := given.Stream(t, rights.Aggregate, "m").At(came).Given(asked).At(came.Add(4)).Given(stopped).In(world(domain.PersonNow{})).By(privacy)
	s.At(came.Add(14)).When(&rights.ResumeClock{}).Then(&rights.ClockResumed{DueOn: japan.On(2023, 7, 11)})
	given.Stream(t, rights.Aggregate, "m").At(came).Given(asked).At(due.Add(1)).By(privacy).When(&rights.StopClock{ClockStopped: *stopped}).Refused("rights.too_late")
	given.Stream(t, rights.Aggregate, "m").At(came).Given(asked).At(due).By(privacy).When(&rights.StopClock{ClockStopped: *stopped}).Then(stopped)
	given.Stream(t, rights.Aggregate, "m").At(came).Given(asked).At(came.Add(-1)).By(privacy).When(&rights.StopClock{ClockStopped: *stopped}).Refused("date.order")
	given.Stream(t, rights.Aggregate, "m").At(came).Given(asked, stopped).At(came.Add(-1)).By(privacy).When(&rights.ResumeClock{}).Refused("date.order")
}

func TestOneExtension(t *testing.T) {
	longer := func(days int) *rights.Extend {
		return &rights.Extend{Extended: rights.Extended{Days: days, Reason: "difficult"}}
	}
	past := func() *given.Scene[fold] {
		return given.Stream(t, rights.Aggregate, "m").At(came).Given(asked).By(privacy)
	}
	past().At(due).When(longer(30)).Then(&rights.Extended{Days: 30, DueOn: japan.On(2023, 7, 31), Reason: "difficult"})
	past().When(longer(31)).Refused("rights.extension")
	past().When(longer(0)).Refused("field.range")
	past().At(due.Add(1)).When(longer(30)).Refused("rights.too_late")
	past().Given(&rights.Extended{Days: 10, DueOn: japan.On(2023, 7, 11), Reason: "difficult"}).When(longer(20)).Refused("rights.extension")
}

// Whatever stops, resumptions and extensions a matter sees: every day between the
// request and the last day either ran or stood still; the last day is one on which
// offices work, and at most the free days in a row later than the count says.
func TestClockLaws(t *testing.T) {
	rnd := rand.New(rand.NewPCG(6, 2))
	stops := 0
	for range 3000 {
		from := japan.On(2019, 1, 1).Add(rnd.IntN(3000))
		m := rights.Aggregate.New()
		terms := domain.UsualTerms()
		day, stood, longer := from, 0, 0
		give := func(cmd domain.Command[fold]) bool {
			events, err := cmd.Decide(m, domain.Intent{Stream: "m", Controller: "31", Occurred: day, Now: day.Start(), Terms: terms, Look: world(domain.PersonNow{}), Actor: privacy})
			for _, e := range events {
				e.Apply(m, domain.Envelope{Stream: "rights-m", Occurred: day})
			}
			return err == nil && len(events) > 0
		}
		e := *asked
		e.DueOn, e.ClockDays = 0, 0
		require.True(t, give(&rights.Request{Requested: e}))
		for range 8 {
			day = day.Add(rnd.IntN(9))
			switch rnd.IntN(3) {
			case 0:
				since := day
				if give(&rights.StopClock{ClockStopped: *stopped}) {
					stops++
					day = day.Add(rnd.IntN(40))
					require.True(t, give(&rights.ResumeClock{}))
					stood += int(day - since)
				}
			case 1:
				n := 1 + rnd.IntN(30)
				if give(&rights.Extend{Extended: rights.Extended{Days: n, Reason: "other"}}) {
					require.Zero(t, longer)
					longer = n
				}
			}
			count := from.Add(30 + longer + stood)
			require.Equal(t, m.Clock.Due(false), count)
			require.True(t, japan.WorkingDay(m.DueOn))
			for d := count; d < m.DueOn; d++ {
				require.False(t, japan.WorkingDay(d), "%s is a day of work before %s", d, m.DueOn)
			}
		}
	}
	require.Greater(t, stops, 2000)
}
