package history

import (
	"slices"

	"ayumi/domain"
)

// Waiting writes a log in which there is more to hold a year open: suspected
// pairs, referrals with an end, sessions that change their case, an annual sheet.
type Waiting struct {
	*Book
	pairs     [][2]string
	referrals [][2]string // case, referral
	sheet     int         // steps of the sheet
}

// Next answers the next event.
func (w *Waiting) Next() domain.Recorded {
	steps := []func() bool{w.suspect, w.dismiss, w.refer, w.complete, w.receive, w.plan}
	if len(w.due) == 0 && len(w.cases) > 1 && w.r.IntN(3) == 0 && pick(w.r, steps)() {
		return *w.out
	}
	return w.Book.Next()
}

func (w *Waiting) suspect() bool {
	a, b := pick(w.r, w.people), pick(w.r, w.people)
	if a == b {
		return false
	}
	w.pairs = append(w.pairs, [2]string{a.id, b.id})
	w.add("person.duplicate_suspected", a.id, 0, facts{"other": b.id, "score": 80, "signals": "kana,phone"})
	return true
}

func (w *Waiting) dismiss() bool {
	if len(w.pairs) == 0 {
		return false
	}
	p := pick(w.r, w.pairs)
	w.add("person.duplicate_dismissed", p[0], 0, facts{"other": p[1], "reason": "family"})
	return true
}

func (w *Waiting) refer() bool {
	c, id := pick(w.r, w.cases), w.id("referral")
	w.referrals = append(w.referrals, [2]string{c.id, id})
	w.add("case.referral_proposed", c.id, w.late(), facts{"referral": id, "partner": staff[2], "purpose": "housing"})
	return true
}

func (w *Waiting) complete() bool {
	if len(w.referrals) == 0 {
		return false
	}
	i := w.r.IntN(len(w.referrals))
	r := w.referrals[i]
	w.referrals = slices.Delete(w.referrals, i, i+1)
	w.add("case.referral_completed", r[0], 0, facts{"referral": r[1], "result": "done"})
	return true
}

// receive lets a session of one case belong to another one, a while later.
func (w *Waiting) receive() bool {
	from, to := pick(w.r, w.cases), pick(w.r, w.cases)
	if from == to || len(from.sessions) == 0 {
		return false
	}
	id := from.sessions[0]
	from.sessions = from.sessions[1:]
	to.sessions = append(to.sessions, id)
	on := w.now.AddDate(0, 0, -w.r.IntN(90)).Format("2006-01-02")
	w.add("case.consultation_released", from.id, 0, facts{"consultation": id, "to_case": to.id, "reason": "wrong_person"})
	w.due = append(w.due, func() {
		w.add("case.consultation_received", to.id, 0, facts{"consultation": id, "from_case": from.id, "held_on": on, "lead_person": to.lead.id,
			"held_precision": "day", "attendee_count": 1, "desk": "D-TKY", "channel": "phone", "categories": "job", "counsellor": staff[0],
			"initiated_by": "person", "advice": 1, "notice_version": "n-2019-1", "outcome": "continuing"})
	})
	return true
}

// plan goes on with the sheet of 2018: drafted, an indicator placed, and much
// later its actual left blank with a reason.
func (w *Waiting) plan() bool {
	w.sheet++
	switch id := "TKO.2018.1"; w.sheet {
	case 1:
		w.add("workplan.drafted", id, 0, facts{"format": "F2016", "fy": 2018, "bureau": "本部", "unit": "東京本部", "policy": "移住"})
	case 2, 4:
		w.add("workplan.indicator_placed", id, 0, facts{"no": w.sheet / 2, "name": "移住者数"})
	case 8:
		w.add("workplan.actual_set", id, 0, facts{"no": 1, "absent_reason": "not_stated"})
	default:
		return false
	}
	return true
}
