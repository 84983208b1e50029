package casefile

import "ayumi/domain"

var noteEvents = []eventType{
	domain.Happens[Case, NoteAdded]("case.note_added"),
	domain.Happens[Case, NoteRead]("case.note_read"),
}

var noteCommands = []commandType{
	domain.Can[Case, AddNote]("case.add_note", domain.Counsellor, domain.Lead),
	domain.Can[Case, ReadNote]("case.read_note", domain.Counsellor, domain.Lead),
}

// NoteAdded: words about the case, of one partition, for who works on it next. Notes
// are never changed; the event's own id names them.
type NoteAdded struct {
	Partition string `fact:"partition,code=common|job|reloc"`
	Text      string `sealed:"text,X"`
}

func (e *NoteAdded) Apply(c *Case, env domain.Envelope) { c.Notes[env.EventID] = false }

// NoteRead: who keeps the case has read a note. Note is the id of its event.
type NoteRead struct {
	Note string `fact:"note,id"`
}

func (e *NoteRead) Apply(c *Case, _ domain.Envelope) { c.Notes[e.Note] = true }

// AddNote writes a note. Confirmed says that the warning about prohibited items
// was read.
type AddNote struct {
	NoteAdded
	Confirmed bool `arg:"items_confirmed?,flag"`
}

func (a *AddNote) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, a); err != nil {
		return nil, err
	}
	if a.Partition == "job" {
		if err := mayCollect(a.Confirmed, "text", a.Text); err != nil {
			return nil, err
		}
	}
	return []event{&a.NoteAdded}, nil
}

// ReadNote says that the owner of the case, and nobody else, has read a note.
type ReadNote struct{ NoteRead }

func (r *ReadNote) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, r); err != nil {
		return nil, err
	}
	read, known := c.Notes[r.Note]
	switch {
	case !known:
		return nil, unknown("note")
	case in.Actor.Account != c.Owner:
		return nil, domain.RefuseField("account.not_allowed", "note")
	case read:
		return nil, nil
	}
	return []event{&r.NoteRead}, nil
}
