package rights

import "ayumi/domain/japan"

// Clock is the period for a decision: it begins on the day after the request,
// stands still while the request is being completed (補正), and may be made longer
// once (handbook.md 6.2).
type Clock struct {
	From     japan.Date // the request came
	Days     int
	Extended int
	Stood    int        // days it stood still, so far
	Stopped  japan.Date // it stands still since; 0: it runs
	Resumed  japan.Date // it last went on; 0: it never stood
}

// Due is the last day for the decision. Where nextWorking, a period that would end
// on a day without work ends on the next day with it; that day is not counted into
// what comes after.
func (c Clock) Due(nextWorking bool) japan.Date {
	d := c.From.Add(c.Days + c.Extended + c.Stood)
	for nextWorking && !japan.WorkingDay(d) {
		d = d.Add(1)
	}
	return d
}

// Stop is the clock standing still from a day on.
func (c Clock) Stop(on japan.Date) Clock {
	c.Stopped = on
	return c
}

// Resume is the clock going on from a day: the days between do not count.
func (c Clock) Resume(on japan.Date) Clock {
	c.Stood += int(on - c.Stopped)
	c.Stopped, c.Resumed = 0, on
	return c
}

// Extend is the clock with more days.
func (c Clock) Extend(days int) Clock {
	c.Extended += days
	return c
}
