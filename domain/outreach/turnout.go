package outreach

import "ayumi/domain/japan"

// Turnout is what came of the attendance list of a meeting, voided entries left out.
type Turnout struct {
	Listed, Came, Absent, Open int // Open: nobody noted whether they came
	Converted                  int // became a candidate
	Candidates                 int // known candidates who attended
}

// Turnout counts the list.
func (o *Outreach) Turnout() Turnout {
	t := Turnout{Candidates: len(o.Persons)}
	for _, a := range o.Attendees {
		if a.Voided {
			continue
		}
		t.Listed++
		switch a.Came {
		case "yes":
			t.Came++
		case "no":
			t.Absent++
		default:
			t.Open++
		}
		if a.Person != "" {
			t.Converted++
		}
	}
	return t
}

// Rate is the share of those on the list who came and became a candidate, in percent,
// rounded to the nearest; false if none came.
func (t Turnout) Rate() (int, bool) {
	if t.Came == 0 {
		return 0, false
	}
	return (200*t.Converted + t.Came) / (2 * t.Came), true
}

// First is the first day of a plan; 0 for a mailing and a channel, which have none.
func (o *Outreach) First() japan.Date { return o.Plan.StartsOn }
