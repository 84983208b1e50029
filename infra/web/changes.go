package web

import (
	"slices"
	"strings"
	"time"

	"ayumi/domain/japan"
	"ayumi/projections"
)

// ChangeList is what was recorded about a person since the last consultation.
type ChangeList struct {
	Since string // words: since which consultation
	Rows  []Change
	More  string // words: how many older ones are left out, "" if none
}

// Change is one of them; At is the entry it corrects, "" for what corrects none.
type Change struct{ When, Title, By, Number, Href, At string }

// consultations are the events that end the wait for the next one.
var consultations = []string{"case.consultation_held", "case.message_day_logged"}

// sameHand is how long after a consultation what its counsellor records belongs to
// it: the promise and the list of things to do that came out of it.
const sameHand = time.Minute

// changesShown is how many changes stand beside the timeline.
const changesShown = 8

// changes are the records made after the newest consultation, newest first, without
// what came out of it and the list of things to do, which stands beside them; nil where
// there was none yet.
func changes(v Visitor, d *dossier) *ChangeList {
	last := lastConsultation(d.entries)
	if last == nil {
		return nil
	}
	out := &ChangeList{Since: v.W.Since.Last(v.W.Date(last.From))}
	at := corrected(d.entries)
	for _, e := range slices.Backward(d.entries) {
		if e.Position <= last.Position || strings.HasPrefix(e.Type, "case.task_") || e.RecordedBy == last.RecordedBy && e.RecordedAt.Sub(last.RecordedAt) < sameHand {
			continue
		}
		row := Change{When: v.W.ShortDate(japan.DateOf(e.RecordedAt)), Title: v.W.Event(e.Type), By: d.seen.name(v, e.RecordedBy), Number: recordNumber(e.Position), Href: recordHref(e.Position)}
		if target := at[e.Position]; target != 0 {
			row.At = recordNumber(target)
		}
		out.Rows = append(out.Rows, row)
	}
	if n := len(out.Rows) - changesShown; n > 0 {
		out.Rows, out.More = out.Rows[:changesShown], v.W.Since.More(n)
	}
	return out
}

// lastConsultation is the one recorded last that stands; nil if there is none.
func lastConsultation(entries []projections.Entry) *projections.Entry {
	var last *projections.Entry
	for i, e := range entries {
		if slices.Contains(consultations, e.Type) && e.Voided == nil && (last == nil || e.Position > last.Position) {
			last = &entries[i]
		}
	}
	return last
}

// corrected tells, for each record that corrects or voids another, which.
func corrected(entries []projections.Entry) map[uint64]uint64 {
	out := map[uint64]uint64{}
	for _, e := range entries {
		for _, c := range e.Corrected {
			out[c.Position] = e.Position
		}
		if e.Voided != nil {
			out[e.Voided.Position] = e.Position
		}
	}
	return out
}
