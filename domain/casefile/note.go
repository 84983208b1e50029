package casefile

import "ayumi/domain"

var noteEvents = []eventType{domain.Happens[Case, NoteAdded]("case.note_added")}

var noteCommands = []commandType{domain.Can[Case, AddNote]("case.add_note", domain.Counsellor, domain.Lead)}

// NoteAdded: words about the case, of one partition. Notes have no id: they are
// never changed.
type NoteAdded struct {
	Partition string `fact:"partition,code=common|job|reloc"`
	Text      string `sealed:"text,X"`
}

func (e *NoteAdded) Apply(*Case, domain.Envelope) {}

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
