package casefile_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/domain/japan"
)

var (
	bookedSlot = casefile.BookingMade{
		Booking: "b1", SlotOn: japan.On(2019, 6, 1), SlotTime: ptr(1400), Channel: "in_person", Desk: "D-TKY", Categories: []string{"job"},
	}
	shifted   = casefile.BookingChanged{Booking: "b1", SlotOn: japan.On(2019, 6, 8), SlotTime: ptr(1500), Channel: "online"}
	calledOff = casefile.BookingCancelled{Booking: "b1", By: "person"}
	noShow    = casefile.BookingMissed{Booking: "b1"}
)

func forBooking(s *casefile.Session) { s.Booking = "b1" }

// Every command on a booking in every state (events.md 5.3).
func TestBookingStates(t *testing.T) {
	pasts := map[string]evs{
		"none": nil, "booked": {&bookedSlot}, "cancelled": {&bookedSlot, &calledOff},
		"missed": {&bookedSlot, &noShow}, "held": {&bookedSlot, held("s1", forBooking)},
	}
	commands := map[string]cmd{
		"make": &casefile.MakeBooking{BookingMade: bookedSlot}, "change": &casefile.ChangeBooking{BookingChanged: shifted},
		"cancel": &casefile.CancelBooking{BookingCancelled: calledOff}, "miss": &casefile.MissBooking{BookingMissed: noShow},
		"hold": &casefile.HoldConsultation{ConsultationHeld: *held("s2", forBooking)},
	}
	want := map[string]map[string]string{
		"none":      {"make": "", "change": "entity.unknown", "cancel": "entity.unknown", "miss": "entity.unknown", "hold": "entity.unknown"},
		"booked":    {"make": nothing, "change": "", "cancel": "", "miss": "", "hold": ""},
		"cancelled": {"make": nothing, "change": "booking.state", "cancel": nothing, "miss": "booking.state", "hold": "booking.state"},
		"missed":    {"make": nothing, "change": "booking.state", "cancel": "booking.state", "miss": nothing, "hold": "booking.state"},
		"held":      {"make": nothing, "change": "booking.state", "cancel": "booking.state", "miss": "booking.state", "hold": "booking.state"},
	}
	after := map[string]string{"make": "booked", "change": "booked", "cancel": "cancelled", "miss": "missed", "hold": "held"}
	for state, past := range pasts {
		for name, c := range commands {
			t.Run(state+" "+name, func(t *testing.T) {
				s := caseScene(t, past...)
				require.Equal(t, want[state][name], outcomeOf(s, c))
				if want[state][name] == "" {
					s.ThenState(func(c *file) { require.Equal(t, after[name], c.Bookings["b1"].State) })
				}
			})
		}
	}
}

func TestBookingChangesOnlyToAnotherSlot(t *testing.T) {
	change := &casefile.ChangeBooking{BookingChanged: shifted}
	caseScene(t, &bookedSlot, &shifted).When(change).Nothing()
	caseScene(t, &bookedSlot).When(change).
		ThenState(func(c *file) {
			require.Equal(t, casefile.Slot{On: japan.On(2019, 6, 8), Time: 1500, Channel: "online"}, c.Bookings["b1"].Slot)
		}).
		Then(&shifted)
}

func TestNoShowIsNotForetold(t *testing.T) {
	miss := &casefile.MissBooking{BookingMissed: noShow}
	caseScene(t, &bookedSlot, &shifted).When(miss).Refused("booking.state")
	caseScene(t, &bookedSlot, &shifted).At(japan.On(2019, 6, 8)).When(miss).Then(&noShow)
}

func TestNoBookingWithAPersonWhoWishesNoContact(t *testing.T) {
	make1 := &casefile.MakeBooking{BookingMade: bookedSlot}
	caseScene(t).In(withPerson("p1", unspoken)).When(make1).Refused("person.is_restricted")
	caseScene(t).In(withPerson("p1", func(p *domain.PersonNow) { p.Restricted = []string{"share"} })).When(make1).Then(&bookedSlot)
}
