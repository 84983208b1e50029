package reception_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/reception"
)

func clock(hhmm int) *int { return &hhmm }

// t30 are the hours of counting.md T30: daily 10:00–18:00, Thursday to Saturday to 20:00.
var t30 = reception.HoursSet{
	Desk: "D-TKY", Site: "shimbashi", EffectiveFrom: japan.On(2019, 4, 26), Weekdays: "1234567", HolidaysOpen: true,
	Opens: clock(1000), Closes: clock(1800), AfterHoursDays: "456", AfterHoursCloses: clock(2000),
}

func TestOpening(t *testing.T) {
	r := reception.Aggregate.New()
	year.Apply(r, domain.Envelope{})
	t30.Apply(r, domain.Envelope{})
	weekdays := t30
	weekdays.Desk, weekdays.Weekdays, weekdays.HolidaysOpen = "D-OKY", "12345", false
	weekdays.Apply(r, domain.Envelope{})
	later := weekdays
	later.EffectiveFrom, later.Opens = japan.On(2019, 10, 1), clock(900)
	later.Apply(r, domain.Envelope{})
	(&reception.ClosureSet{Desk: "D-TKY", From: japan.On(2019, 12, 29), To: japan.On(2020, 1, 3), Reason: "year_end"}).
		Apply(r, domain.Envelope{})

	unknown, shut := domain.Opening{}, domain.Opening{Known: true}
	open, after := domain.Opening{Known: true, Open: true}, domain.Opening{Known: true, AfterHours: true}
	for _, c := range []struct {
		desk string
		on   japan.Date
		at   int
		want domain.Opening
	}{
		{"D-TKY", japan.On(2019, 6, 6), 1900, after}, // T30, a Thursday
		{"D-TKY", japan.On(2019, 6, 4), 1900, shut},  // T30, a Tuesday
		{"D-TKY", japan.On(2019, 6, 6), 1800, after}, // the closing minute
		{"D-TKY", japan.On(2019, 6, 6), 1759, open},  // the last open minute
		{"D-TKY", japan.On(2019, 6, 6), 2000, shut},  // the end of after hours
		{"D-TKY", japan.On(2019, 6, 6), 959, shut},   // before the door opens
		{"D-TKY", japan.On(2019, 6, 9), 1000, open},  // a Sunday
		{"D-TKY", japan.On(2019, 5, 6), 1200, open},  // 振替休日, open on holidays
		{"D-TKY", japan.On(2019, 4, 25), 1200, unknown},
		{"D-FKC", japan.On(2019, 6, 6), 1200, unknown},
		{"D-TKY", japan.On(2019, 12, 28), 1200, open},
		{"D-TKY", japan.On(2019, 12, 29), 1200, shut}, // closure, first day
		{"D-TKY", japan.On(2020, 1, 3), 1200, shut},   // closure, last day
		{"D-TKY", japan.On(2020, 1, 4), 1200, open},
		{"D-OKY", japan.On(2019, 5, 6), 1200, shut},  // holiday, closed on holidays
		{"D-OKY", japan.On(2019, 4, 30), 1200, shut}, // 国民の休日
		{"D-OKY", japan.On(2019, 6, 8), 1200, shut},  // a Saturday
		{"D-OKY", japan.On(2019, 6, 8), 1900, shut},  // no after hours on a closed day
		{"D-OKY", japan.On(2019, 9, 30), 930, shut},  // the day before new hours
		{"D-OKY", japan.On(2019, 10, 1), 930, open},  // new hours take effect
	} {
		require.Equal(t, c.want, r.Opening(c.desk, c.on, c.at), "%s %s %d", c.desk, c.on, c.at)
	}
}

func TestHoursSetLaterForOneDayReplaceTheFirst(t *testing.T) {
	moved := t30
	moved.Site = "nihombashi"
	corner(t).Given(year, &t30).When(&reception.SetHours{HoursSet: moved}).Then(&moved)
	corner(t).Given(year, &t30).When(&reception.SetHours{HoursSet: t30}).Nothing()
}

func TestSetHoursRefuses(t *testing.T) {
	for _, c := range []struct {
		key    string
		change func(*reception.HoursSet)
	}{
		{"hours.order", func(h *reception.HoursSet) { h.Closes = clock(1000) }},
		{"hours.order", func(h *reception.HoursSet) { h.AfterHoursCloses = clock(1800) }},
		{"hours.weekdays", func(h *reception.HoursSet) { h.Weekdays = "80" }},
		{"hours.weekdays", func(h *reception.HoursSet) { h.AfterHoursDays = "65" }},
		{"hours.after_hours", func(h *reception.HoursSet) { h.AfterHoursCloses = nil }},
		{"hours.after_hours", func(h *reception.HoursSet) { h.AfterHoursDays = "" }},
		{"reception.other_year", func(h *reception.HoursSet) { h.EffectiveFrom = japan.On(2020, 4, 1) }},
		{"reception.nameless", func(h *reception.HoursSet) { h.Site = "Tanaka-Taro" }},
	} {
		h := t30
		c.change(&h)
		corner(t).Given(year).When(&reception.SetHours{HoursSet: h}).Refused(c.key)
	}
}

func TestClosure(t *testing.T) {
	e := reception.ClosureSet{Desk: "D-TKY", From: japan.On(2019, 10, 12), To: japan.On(2019, 10, 12), Reason: "typhoon"}
	corner(t).Given(year).When(&reception.SetClosure{ClosureSet: e}).Then(&e)
	corner(t).Given(year, &e).When(&reception.SetClosure{ClosureSet: e}).Nothing()
	for key, change := range map[string]func(*reception.ClosureSet){
		"date.order":           func(c *reception.ClosureSet) { c.To = japan.On(2019, 10, 11) },
		"reception.other_year": func(c *reception.ClosureSet) { c.To = japan.On(2020, 10, 12) },
		"reception.nameless":   func(c *reception.ClosureSet) { c.Reason = "call_08012345678" },
	} {
		bad := e
		change(&bad)
		corner(t).Given(year).When(&reception.SetClosure{ClosureSet: bad}).Refused(key)
	}
}

// Whatever happens in whatever order, the fold and the question do not panic.
func TestAnyOrderFolds(t *testing.T) {
	rnd := rand.New(rand.NewPCG(2019, 4))
	for range 300 {
		r := reception.Aggregate.New()
		for range 20 {
			anyEvent(rnd).Apply(r, domain.Envelope{Occurred: japan.On(2019, 4, 1).Add(rnd.IntN(366))})
			o := r.Opening("D-TKY", japan.On(2019, 4, 1).Add(rnd.IntN(366)), rnd.IntN(24)*100)
			require.False(t, o.Open && o.AfterHours)
		}
	}
}

func anyEvent(rnd *rand.Rand) domain.Event[reception.Reception] {
	id := string(rune('0' + rnd.IntN(3)))
	h := t30
	h.EffectiveFrom = h.EffectiveFrom.Add(rnd.IntN(300))
	from := japan.On(2019, 4, 1).Add(rnd.IntN(366))
	return []domain.Event[reception.Reception]{
		year, &h,
		&reception.ClosureSet{Desk: "D-TKY", From: from, To: from.Add(rnd.IntN(9)), Reason: "other"},
		&reception.Logged{Reception: id, Corner: "TKC", Channel: "phone", Categories: []string{"job"}, AskedPref: "31", PartySize: 1},
		&reception.EnquiryLogged{Corner: "TKC", Channel: "phone", Kind: "other"},
		&reception.Amended{Reception: id, Field: "party_size", Old: []string{"1"}, New: []string{"2"}, Reason: "typo"},
		&reception.Voided{Reception: id, Reason: "test"},
	}[rnd.IntN(7)]
}
