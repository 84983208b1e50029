package casefile

import (
	"ayumi/domain"
	"ayumi/domain/japan"
)

var bookingEvents = []eventType{
	domain.Happens[Case, BookingMade]("case.booking_made"),
	domain.Happens[Case, BookingChanged]("case.booking_changed"),
	domain.Happens[Case, BookingCancelled]("case.booking_cancelled"),
	domain.Happens[Case, BookingMissed]("case.booking_missed"),
}

var bookingCommands = []commandType{
	domain.Can[Case, MakeBooking]("case.make_booking", domain.Counsellor, domain.Lead),
	domain.Can[Case, ChangeBooking]("case.change_booking", domain.Counsellor, domain.Lead),
	domain.Can[Case, CancelBooking]("case.cancel_booking", domain.Counsellor, domain.Lead),
	domain.Can[Case, MissBooking]("case.miss_booking", domain.Counsellor, domain.Lead),
}

// BookingMade: a time is kept for a consultation.
type BookingMade struct {
	Booking    string     `fact:"booking,id,new"`
	SlotOn     japan.Date `fact:"slot_on,date"`
	SlotTime   *int       `fact:"slot_time,time"`
	Channel    string     `fact:"channel,code"`
	Desk       string     `fact:"desk,code"`
	Categories []string   `fact:"categories,codes=category"`
}

func (e *BookingMade) Apply(c *Case, env domain.Envelope) {
	c.Bookings[e.Booking] = &Booking{State: "booked", Slot: slotOf(e.SlotOn, e.SlotTime, e.Channel)}
	c.contact(env.Occurred)
}

// BookingChanged: another time or channel.
type BookingChanged struct {
	Booking  string     `fact:"booking,id"`
	SlotOn   japan.Date `fact:"slot_on,date"`
	SlotTime *int       `fact:"slot_time,time"`
	Channel  string     `fact:"channel,code"`
}

func (e *BookingChanged) Apply(c *Case, env domain.Envelope) {
	c.Bookings[e.Booking].Slot = slotOf(e.SlotOn, e.SlotTime, e.Channel)
	c.contact(env.Occurred)
}

// BookingCancelled: called off before the time.
type BookingCancelled struct {
	Booking string `fact:"booking,id"`
	By      string `fact:"by,code=person_or_desk"`
	Reason  string `fact:"reason?,token"`
}

func (e *BookingCancelled) Apply(c *Case, _ domain.Envelope) {
	c.Bookings[e.Booking].State = "cancelled"
}

// BookingMissed: nobody came.
type BookingMissed struct {
	Booking string `fact:"booking,id"`
}

func (e *BookingMissed) Apply(c *Case, _ domain.Envelope) { c.Bookings[e.Booking].State = "missed" }

// Booking runs booked → held, cancelled or missed (events.md 5.3).
type Booking struct {
	State string
	Slot
}

// Slot is the time kept and how one meets. Time is HHMM, -1 if unknown.
type Slot struct {
	On      japan.Date
	Time    int
	Channel string
}

func slotOf(on japan.Date, at *int, channel string) Slot {
	s := Slot{On: on, Time: -1, Channel: channel}
	if at != nil {
		s.Time = *at
	}
	return s
}

// booked answers a booking that is neither held nor cancelled nor missed.
func (c *Case) booked(id string) (*Booking, error) {
	b := c.Bookings[id]
	if b == nil {
		return nil, unknown("booking")
	}
	if b.State != "booked" {
		return nil, domain.RefuseField("booking.state", "booking")
	}
	return b, nil
}

// ends answers whether a booking already ended so, or why it cannot.
func (c *Case) ends(id, state string) (already bool, err error) {
	if b := c.Bookings[id]; b != nil && b.State == state {
		return true, nil
	}
	_, err = c.booked(id)
	return false, err
}

// MakeBooking keeps a time.
type MakeBooking struct{ BookingMade }

func (m *MakeBooking) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, m); err != nil {
		return nil, err
	}
	if c.Bookings[m.Booking] != nil {
		return nil, nil
	}
	if err := c.mayContact(in); err != nil {
		return nil, err
	}
	return []event{&m.BookingMade}, nil
}

// ChangeBooking moves it.
type ChangeBooking struct{ BookingChanged }

func (h *ChangeBooking) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, h); err != nil {
		return nil, err
	}
	b, err := c.booked(h.Booking)
	if err != nil || b.Slot == slotOf(h.SlotOn, h.SlotTime, h.Channel) {
		return nil, err
	}
	return []event{&h.BookingChanged}, nil
}

// CancelBooking calls it off.
type CancelBooking struct{ BookingCancelled }

func (h *CancelBooking) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, h); err != nil {
		return nil, err
	}
	if already, err := c.ends(h.Booking, "cancelled"); err != nil || already {
		return nil, err
	}
	return []event{&h.BookingCancelled}, nil
}

// MissBooking records a no-show, on the day of the slot or later.
type MissBooking struct{ BookingMissed }

func (m *MissBooking) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, m); err != nil {
		return nil, err
	}
	if already, err := c.ends(m.Booking, "missed"); err != nil || already {
		return nil, err
	}
	if occurred(in) < c.Bookings[m.Booking].On {
		return nil, domain.RefuseField("booking.state", "occurred_on")
	}
	return []event{&m.BookingMissed}, nil
}
