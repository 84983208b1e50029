package importing

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"ayumi/domain"
)

// Terms are what one batch says of all its rows.
type Terms struct {
	Batch         uuid.UUID
	Desk          string
	Counsellor    string // account
	TargetPref    string
	NoticeVersion string // of the purpose notice that the people were shown
	NoticeMethod  string
	OutsideHours  string // reason of sessions outside the hours of the desk, "" for none
}

// Step is one command of an import: for one row of the ledger.
type Step struct {
	Row     int // number of the row
	Command string
	ID      uuid.UUID
	Data    map[string]any
}

// id derives the id of a command, so that an import that was cut off goes on where
// it stopped.
func (t Terms) id(what string, row int) uuid.UUID {
	return uuid.NewSHA1(t.Batch, []byte(what+" "+strconv.Itoa(row)))
}

// Known is a person of the office with the case that a row goes into.
type Known struct{ Person, Case string }

// Begun is whom the row of a number begins.
func (t Terms) Begun(row int) Known {
	id := t.id("person", row)
	return Known{domain.DeriveID(id, "person"), domain.DeriveID(id, "case")}
}

// Begin is the command by which a row begins a new person, a case and its first
// consultation, in one append.
func (p *Plan) Begin(t Terms, row *Row) (Step, Known) {
	who := &p.People[row.Person]
	id := t.id("person", row.No)
	register := map[string]any{"kind": "consultee", "anonymous": who.Anonymous, "age_band": who.AgeBand, "residence_pref": who.Pref,
		"language": "ja", "student": who.Student, "search": t.Batch.String(), "raw_row": row.Raw}
	for name, text := range map[string]string{"family": who.Family, "given": who.Given, "family_kana": who.FamilyKana, "given_kana": who.GivenKana,
		"birth_date": who.BirthDate, "birth_year": who.BirthYear, "sex": who.Sex, "address": who.Address, "postal": who.Postal, "school": who.School} {
		if text != "" {
			register[name] = text
		}
	}
	data := map[string]any{
		"register": register,
		"open": map[string]any{"desk": t.Desk, "aims": p.aims(who), "lead_source": who.LeadSource, "target_pref": t.TargetPref, "new_episode": false,
			"occurred_on": row.HeldOn.String(), "precision": row.Precision},
		"consultation": t.held(row, who.Anonymous),
	}
	if !who.Anonymous {
		data["notice"] = map[string]any{"notice_version": t.NoticeVersion, "language": "ja", "method": t.NoticeMethod}
	}
	if first := who.contacts(); len(first) > 0 {
		data["contact"] = first[0]
	}
	t.envelope(data, row)
	return Step{row.No, "person.first_contact", id, data}, t.Begun(row.No)
}

// Steps are the commands of a row in their order, with whom it is about once they are
// carried out. known is who that was before: nobody for a person who is new.
func (p *Plan) Steps(t Terms, row *Row, known Known) ([]Step, Known) {
	if known.Person == "" {
		begin, known := p.Begin(t, row)
		return append([]Step{begin}, p.Contacts(t, row, known)...), known
	}
	var out []Step
	if known.Case == "" {
		var open Step
		open, known = p.Open(t, row, known)
		out = append(out, open)
	}
	return append(out, p.Hold(t, row, known)), known
}

// Open is the command by which a row opens a case for a person the office knows, who
// has none that is open.
func (p *Plan) Open(t Terms, row *Row, known Known) (Step, Known) {
	who := &p.People[row.Person]
	id := t.id("case", row.No)
	data := map[string]any{"person": known.Person, "desk": t.Desk, "aims": p.aims(who), "lead_source": who.LeadSource, "target_pref": t.TargetPref, "new_episode": false}
	t.envelope(data, row)
	known.Case = domain.DeriveID(id, "case")
	return Step{row.No, "case.open", id, data}, known
}

// Contacts are the commands for the ways to reach a person beside the first.
func (p *Plan) Contacts(t Terms, row *Row, known Known) []Step {
	var out []Step
	for i, c := range p.People[row.Person].contacts() {
		if i == 0 {
			continue
		}
		c["person"] = known.Person
		t.envelope(c, row)
		out = append(out, Step{row.No, "person.add_contact", t.id("contact "+strconv.Itoa(i), row.No), c})
	}
	return out
}

// Hold is the command by which a row is a consultation in a case that is there.
func (p *Plan) Hold(t Terms, row *Row, known Known) Step {
	data := t.held(row, p.People[row.Person].Anonymous)
	data["case"], data["lead_person"] = known.Case, known.Person
	t.envelope(data, row)
	return Step{row.No, "case.hold_consultation", t.id("row", row.No), data}
}

func (t Terms) envelope(data map[string]any, row *Row) {
	data["occurred_on"], data["source"], data["batch"] = row.HeldOn.String(), "import", t.Batch.String()
}

func (t Terms) held(row *Row, anonymous bool) map[string]any {
	counsellor := cmp.Or(row.Counsellor, t.Counsellor)
	out := map[string]any{"attendee_count": row.Attendees, "desk": t.Desk, "channel": row.Channel, "categories": row.Categories, "counsellor": counsellor,
		"initiated_by": "person", "advice": true, "notice_version": t.NoticeVersion, "outcome": row.Outcome, "precision": row.Precision, "items_confirmed": true}
	if anonymous {
		out["notice_version"] = "none_anonymous"
	}
	if row.Started != nil {
		out["started_at"], out["occurred_time"] = *row.Started, *row.Started
		if t.OutsideHours != "" {
			out["outside_hours_reason"] = t.OutsideHours
		}
	}
	if row.Ended != nil {
		out["ended_at"] = *row.Ended
	}
	for name, text := range map[string]string{"note": row.Note, "answer": row.Answer, "homework": row.Homework, "raw_row": row.Raw} {
		if text != "" {
			out[name] = text
		}
	}
	return out
}

// contacts are the ways to reach a person, as the data of their commands.
func (p *Person) contacts() []map[string]any {
	var out []map[string]any
	add := func(kind, value string) {
		out = append(out, map[string]any{"kind": kind, "shared": false, "value": value})
	}
	for _, number := range p.Phones {
		add(phoneKind(number), number)
	}
	for _, address := range p.Mails {
		add("mail", address)
	}
	if p.Line != "" {
		add("line", p.Line)
	}
	return out
}

func phoneKind(number string) string {
	if len(number) == 11 && slices.Contains([]string{"070", "080", "090"}, number[:3]) {
		return "mobile"
	}
	return "phone"
}

// aims follow from what a person's rows are about.
func (p *Plan) aims(who *Person) []string {
	job, moves := false, false
	for _, i := range who.Rows {
		for _, c := range p.Rows[i].Categories {
			if c == "job" || c == "student" || c == "side_job" {
				job = true
			} else {
				moves = true
			}
		}
	}
	switch {
	case job && moves:
		return []string{"job", "relocation"}
	case job:
		return []string{"job"}
	}
	return []string{"relocation"}
}
