package domain

import "ayumi/domain/japan"

// Gates is what a decision about closing a period may ask of the whole log: what
// it answers is never typed in. Its refusal: period.behind.
type Gates interface {
	// Gates counts what holds a period of a controller open, as it was known by
	// 24:00 of a day in Japan; on a day that is not over, as it is known now.
	Gates(controller string, p japan.Period, known japan.Date) (GatesNow, error)
	// PositionAt is the position of the last event recorded by 24:00 of a day.
	PositionAt(day japan.Date) (uint64, error)
}

// GatesNow is how many things each gate of a closing found.
type GatesNow struct {
	Unconfirmed   int // outcomes without confirmation after their time (counting.md 6)
	Duplicates    int // suspected pairs that nobody answered
	OpenReferrals int // referrals without an end
	Late          int // entries recorded late (events.md 9)
	Entries       int // all entries, of which Late are some
	BlankActuals  int // indicators of the year's sheet without actual and without reason
}

// LatePercent is the highest share of late entries that passes, in percent of
// all entries (setting).
const LatePercent = 5

// Failing are the gates that do not pass, in the order of Codes["gate"]: none of
// anything may be left, but for late entries, whose share is bounded.
func (g GatesNow) Failing() []string {
	open := map[string]bool{
		"unconfirmed": g.Unconfirmed > 0, "duplicates": g.Duplicates > 0, "open_referrals": g.OpenReferrals > 0,
		"late": 100*g.Late > LatePercent*g.Entries, "blank_actuals": g.BlankActuals > 0,
	}
	var out []string
	for _, gate := range Codes["gate"] {
		if open[gate] {
			out = append(out, gate)
		}
	}
	return out
}

// Count is what one gate found.
func (g GatesNow) Count(gate string) int {
	return map[string]int{
		"unconfirmed": g.Unconfirmed, "duplicates": g.Duplicates, "open_referrals": g.OpenReferrals,
		"late": g.Late, "blank_actuals": g.BlankActuals,
	}[gate]
}
