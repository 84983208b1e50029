package projections

import "slices"

// mark notes on each entry what later entries of its stream say about it.
// Entries are ascending by position.
func mark(entries []Entry) {
	for i := range entries {
		x := &entries[i]
		c, ok := changes[x.Type]
		if !ok {
			continue
		}
		note := Correction{
			Position: x.Position, Type: x.Type, Field: x.Facts.Text("field"), Old: x.Facts.Text("old"), New: x.Facts.Text("new"),
			Reason: reasonOf(x), RecordedAt: x.RecordedAt, RecordedBy: x.RecordedBy,
		}
		for _, t := range targets(entries[:i], x, c) {
			if c.voids {
				t.Voided = &note
			} else {
				t.Corrected = append(t.Corrected, note)
			}
		}
	}
}

func reasonOf(x *Entry) string {
	for _, fact := range []string{"reason", "why", "ground"} {
		if v := x.Facts.Text(fact); v != "" {
			return v
		}
	}
	return ""
}

// targets are the entries an event changes: all it voids, or the newest it
// corrects.
func targets(before []Entry, x *Entry, c change) []*Entry {
	id := ""
	if c.key != "" {
		id = x.Facts.Text(c.key)
	}
	types := c.targets
	if t, ok := c.fields[x.Facts.Text("field")]; ok {
		types = []string{t}
	}
	var out []*Entry
	for i := len(before) - 1; i >= 0; i-- {
		t := &before[i]
		if t.Stream != x.Stream || !(types == nil || slices.Contains(types, t.Type)) {
			continue
		}
		if _, changes := changes[t.Type]; changes && types == nil {
			continue
		}
		if c.key != "" && t.Facts.Text(c.key) != id {
			continue
		}
		if x.Type == "case.message_day_voided" && t.From.String() != x.Facts.Text("day") {
			continue
		}
		out = append(out, t)
		if !c.voids {
			break
		}
	}
	return out
}
