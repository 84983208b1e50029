// Package reception keeps the nameless log of one corner for one fiscal year:
// who came is never known, only that somebody did; and the hours of its desks
// (events.md 4.8). The stream belongs to both prefectures.
package reception

import (
	"fmt"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Aggregate is the table of the stream reception.
var Aggregate = domain.Define(domain.Aggregate[Reception]{
	Category: "reception",
	New: func() *Reception {
		return &Reception{Hours: map[string][]HoursSet{}, Closures: map[string][]ClosureSet{}, Logged: map[string]*Visit{}}
	},
	Events: []domain.EventType[Reception]{
		domain.Happens[Reception, YearOpened]("reception.year_opened"),
		domain.Happens[Reception, HoursSet]("reception.hours_set"),
		domain.Happens[Reception, ClosureSet]("reception.closure_set"),
		domain.Happens[Reception, Logged]("reception.logged"),
		domain.Happens[Reception, EnquiryLogged]("reception.enquiry_logged"),
		domain.Happens[Reception, Amended]("reception.amended"),
		domain.Happens[Reception, Voided]("reception.voided"),
	},
	Commands: []domain.CommandType[Reception]{
		domain.Begins[Reception, OpenYear]("reception.open_year", domain.Lead),
		domain.Can[Reception, SetHours]("reception.set_hours", domain.Lead),
		domain.Can[Reception, SetClosure]("reception.set_closure", domain.Lead),
		domain.Can[Reception, Log]("reception.log", domain.Counsellor, domain.Lead),
		domain.Can[Reception, LogEnquiry]("reception.log_enquiry", domain.Counsellor, domain.Lead),
		domain.Can[Reception, Amend]("reception.amend", domain.Counsellor, domain.Lead),
		domain.Can[Reception, Void]("reception.void", domain.Counsellor, domain.Lead),
	},
})

// YearOpened: the log of one corner for one fiscal year begins.
type YearOpened struct {
	Corner string   `fact:"corner,code"`
	FY     int      `fact:"fy,int"`
	Prefs  []string `fact:"prefs,codes=pref"`
}

func (e *YearOpened) Apply(r *Reception, _ domain.Envelope) {
	r.Corner, r.FY, r.Prefs = e.Corner, japan.FiscalYear(e.FY), e.Prefs
}

// Reception is the folded state of one stream.
type Reception struct {
	Corner   string
	FY       japan.FiscalYear
	Prefs    []string
	Hours    map[string][]HoursSet   // by desk, in the order they were set
	Closures map[string][]ClosureSet // by desk
	Logged   map[string]*Visit
}

// StreamID is the id of the stream of a corner and a fiscal year: TKC.2019.
func StreamID(corner string, fy japan.FiscalYear) string {
	return fmt.Sprintf("%s.%d", corner, int(fy))
}

type event = domain.Event[Reception]

// OpenYear begins the stream; the stream is named after its corner and year and
// belongs to the controllers jointly.
type OpenYear struct{ YearOpened }

func (c *OpenYear) Decide(r *Reception, in domain.Intent) ([]event, error) {
	switch {
	case r.FY != 0 && r.Corner == c.Corner && int(r.FY) == c.FY:
		return nil, nil
	case in.Stream != StreamID(c.Corner, japan.FiscalYear(c.FY)) || r.FY != 0:
		return nil, domain.RefuseField("reception.stream", "fy")
	case in.Controller != "joint":
		return nil, domain.RefuseField("controller.mismatch", "controller")
	}
	return []event{&c.YearOpened}, nil
}

// here refuses what belongs to another corner or to a day of another year.
func (r *Reception) here(corner string, on japan.Date) error {
	if corner != r.Corner {
		return domain.RefuseField("reception.other_corner", "corner")
	}
	return r.inYear(on)
}

func (r *Reception) inYear(on japan.Date) error {
	if !r.FY.Whole().Contains(on) {
		return domain.RefuseField("reception.other_year", "occurred_on")
	}
	return nil
}
