package workplan

import (
	"slices"
	"strings"

	"ayumi/domain"
)

// cutoffKind is the cut-off of a period that a sheet is written from.
const cutoffKind = "sheet"

// Waiver names the gates that a publication goes out without, and why. It is part
// of the command; what was waived stays in the log as GatesWaived.
type Waiver struct {
	GatesWaived []string `arg:"gates_waived?,codes=gate"`
	Waiver      string   `arg:"waiver?,word"`
}

// GatesWaived: the publication that follows went out though these gates of its
// period did not pass.
type GatesWaived struct {
	Edition int      `fact:"edition,int"`
	Gates   []string `fact:"gates_waived,codes=gate"`
	Reason  string   `fact:"waiver,word"`
}

func (e *GatesWaived) Apply(s *Sheet, _ domain.Envelope) {
	s.Waivers = append(s.Waivers[:len(s.Waivers):len(s.Waivers)], *e)
}

// gated answers a publication of what was counted: it goes out once every gate of
// the period passes, as for a closing (events.md 6, period.closed). They are judged
// up to the cut-off of the sheet, as known on its day, and without one up to the
// end of the year as known now. What the closing of that cut-off waived is waived;
// any other gate that does not pass has to be named with a reason, and no gate
// that passes. The plan is no such publication: it is written before its year.
func (s *Sheet) gated(in domain.Intent, edition int, w Waiver, publication event) ([]event, error) {
	year := s.FiscalYear()
	to, known := year.Last(), in.Today()
	var settled []string
	if c, ok := in.Look.Cutoff(in.Controller, year, cutoffKind); ok {
		to, known, settled = c.To, min(c.Known, in.Today()), c.Waived
	}
	found, err := in.Gates.Gates(in.Controller, year.Until(to), known)
	if err != nil {
		return nil, err
	}
	open := Unsettled(found, settled)
	for _, gate := range w.GatesWaived {
		if !slices.Contains(open, gate) {
			return nil, domain.RefuseField("period.gate_passed", "gates_waived")
		}
	}
	left := slices.DeleteFunc(slices.Clone(open), func(g string) bool { return slices.Contains(w.GatesWaived, g) })
	switch {
	case len(left) > 0:
		return nil, domain.RefuseField("workplan.gates", "gates_waived", "gates", strings.Join(left, ","))
	case len(open) == 0:
		return []event{publication}, nil
	case strings.TrimSpace(w.Waiver) == "":
		return nil, domain.RefuseField("workplan.waiver", "waiver")
	}
	return []event{&GatesWaived{Edition: edition, Gates: open, Reason: w.Waiver}, publication}, nil
}

// Unsettled are the gates that do not pass and that the closing of the sheet's
// cut-off did not waive.
func Unsettled(found domain.GatesNow, waived []string) []string {
	return slices.DeleteFunc(found.Failing(), func(g string) bool { return slices.Contains(waived, g) })
}
