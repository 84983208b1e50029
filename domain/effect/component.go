package effect

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Log answers the two look-ups by which a component is walked.
type Log struct {
	// CasesOf answers the cases in whose party a person ever stood, by id.
	CasesOf func(person string) ([]string, error)
	// Stream yields the events of a stream in order.
	Stream func(name string) iter.Seq2[domain.Recorded, error]
}

// Component answers, in order of position, the events of everybody who hangs
// together with the proposed events: persons by merges, persons and cases by
// parties and by moved consultations. Events of other streams (receptions,
// outreach, universities) hang together with their own stream only. With a session
// come the outreach it names and the hours of its desk, in force on its day.
func Component(l Log, proposed []domain.Recorded) ([]domain.Recorded, error) {
	w := walk{log: l, seen: map[string]bool{}, opened: map[string]bool{}}
	for _, rec := range proposed {
		if err := w.meet(rec); err != nil {
			return nil, err
		}
	}
	for len(w.open) > 0 {
		stream := w.open[0]
		w.open = w.open[1:]
		if err := w.read(stream); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(w.events, func(a, b domain.Recorded) int { return cmp.Compare(a.Position, b.Position) })
	return slices.CompactFunc(w.events, func(a, b domain.Recorded) bool { return a.Position == b.Position }), nil
}

type walk struct {
	log    Log
	seen   map[string]bool
	opened map[string]bool // reception streams read for their hours
	open   []string
	events []domain.Recorded
}

func (w *walk) add(stream string) {
	if !w.seen[stream] {
		w.seen[stream] = true
		w.open = append(w.open, stream)
	}
}

func (w *walk) read(stream string) error {
	for rec, err := range w.log.Stream(stream) {
		if err != nil {
			return err
		}
		w.events = append(w.events, rec)
		if err := w.meet(rec); err != nil {
			return err
		}
	}
	category, id := domain.SplitStream(stream)
	if category != "person" {
		return nil
	}
	cases, err := w.log.CasesOf(id)
	for _, file := range cases {
		w.add(domain.StreamName("case", file))
	}
	return err
}

// ties are the facts by which a stream leads to others: fact → category.
var ties = map[string]map[string]string{
	"case": {
		"person": "person", "lead_person": "person", "head": "person", "movers": "person", "persons": "person",
		"to_case": "case", "from_case": "case", "outreach": "outreach",
	},
	"person": {"into": "person", "from": "person"},
}

// meet opens the streams that an event leads to. A suspicion that two persons
// are one ties nobody; that they were is told by both streams.
func (w *walk) meet(rec domain.Recorded) error {
	facts, err := domain.FactsOf(rec.Body)
	if err != nil {
		return fmt.Errorf("position %d: %w", rec.Position, err)
	}
	w.add(rec.Stream)
	category, _ := domain.SplitStream(rec.Stream)
	tied := ties[category]
	if strings.HasPrefix(rec.Type, "person.absor") {
		tied = map[string]string{"other": "person"}
	}
	for fact, to := range tied {
		for id := range strings.SplitSeq(facts.Text(fact), ",") {
			if id != "" {
				w.add(domain.StreamName(to, id))
			}
		}
	}
	if rec.Type == "case.consultation_amended" && facts.Text("field") == "outreach" && facts.Text("new") != "" {
		w.add(domain.StreamName("outreach", facts.Text("new")))
	}
	return w.hours(rec.Type, facts)
}

// sessionDay names the fact that says on which day a session was.
var sessionDay = map[string]string{
	"case.consultation_held": "occurred_on", "case.consultation_received": "held_on", "case.consultation_amended": "new",
}

// hours reads when desks were open on the day of a session: in the log of the
// corner for that fiscal year, else in the newest one before it that says so.
func (w *walk) hours(typ string, facts domain.Facts) error {
	on, err := japan.ParseDate(facts.Text(sessionDay[typ]))
	if err != nil {
		return nil // no session, or another field of one was amended
	}
	for year := japan.FiscalYearOf(on); year >= oldest; year-- {
		found, err := w.hoursOf(year)
		if err != nil || found {
			return err
		}
	}
	return nil
}

// hoursOf takes in the hours that corners set in a fiscal year.
func (w *walk) hoursOf(year japan.FiscalYear) (bool, error) {
	found := false
	for _, corner := range domain.Codes["corner"] {
		stream := domain.StreamName("reception", fmt.Sprintf("%s.%d", corner, int(year)))
		if had, read := w.opened[stream]; read {
			found = found || had
			continue
		}
		w.opened[stream] = false
		for rec, err := range w.log.Stream(stream) {
			if err != nil {
				return false, err
			}
			if rec.Type != "reception.hours_set" && rec.Type != "reception.closure_set" {
				continue
			}
			w.opened[stream] = w.opened[stream] || rec.Type == "reception.hours_set"
			w.events = append(w.events, rec)
		}
		found = found || w.opened[stream]
	}
	return found, nil
}
