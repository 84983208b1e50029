package outreach

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTurnoutLeavesOutWhatWasVoided(t *testing.T) {
	o := &Outreach{Persons: map[string]PersonAttended{"p": {}}, Attendees: map[string]*Attendee{
		"a": {Came: "yes", Person: "p"}, "b": {Came: "yes"}, "c": {Came: "yes"}, "d": {Came: "no"}, "e": {}, "f": {Came: "yes", Person: "q", Voided: true},
	}}
	got := o.Turnout()
	require.Equal(t, Turnout{Listed: 5, Came: 3, Absent: 1, Open: 1, Converted: 1, Candidates: 1}, got)
	rate, ok := got.Rate()
	require.True(t, ok)
	require.Equal(t, 33, rate)
	_, ok = Turnout{Listed: 2, Open: 2}.Rate()
	require.False(t, ok, "nobody came: no rate")
}
