package office

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/domain/person"
)

// joint is a command that touches two streams in one append. The list is
// complete (events.md 1): merge and unmerge, moving a consultation, first contact, an
// introduction with the consent to it.
type joint func(o *Office, w *domain.Work, data domain.Data, in domain.Intent) error

func joints() map[string]joint {
	return map[string]joint{
		"person.merge":           pair[person.Merge],
		"person.unmerge":         pair[person.Unmerge],
		"case.move_consultation": moveConsultation,
		"person.first_contact":   firstContact,

		"case.introduce_candidate": introduceCandidate,
	}
}

// JointShapes are the commands that stand in no aggregate's table.
func JointShapes() []domain.Shape {
	both := []domain.Role{domain.Counsellor, domain.Lead}
	return []domain.Shape{
		{Name: "case.move_consultation", Fields: domain.FieldsOf(&casefile.MoveConsultation{}), Roles: both, Emits: "case.consultation_released"},
		{Name: "case.introduce_candidate", Fields: domain.FieldsOf(&casefile.IntroduceCandidate{}), Roles: both, Emits: "case.job_introduced"},
		{Name: "person.first_contact", Fields: domain.FieldsOf(&FirstContact{}), Roles: both, Creates: true},
	}
}

// paired are commands on two person streams.
type paired[C any] interface {
	*C
	Other() string
	DecideBoth(a, b *person.Person, in domain.Intent) (onA, onB []domain.Event[person.Person], err error)
}

func pair[C any, P paired[C]](_ *Office, w *domain.Work, data domain.Data, in domain.Intent) error {
	cmd := P(new(C))
	if err := fill(data, cmd, in.Command); err != nil {
		return err
	}
	a, versionA, _, err := domain.Load(w, person.Aggregate, in.Stream)
	if err != nil {
		return err
	}
	b, versionB, controller, err := domain.Load(w, person.Aggregate, cmd.Other())
	if err != nil {
		return err
	}
	if versionA == 0 || versionB == 0 {
		return domain.RefuseField("stream.unknown", "person")
	}
	if domain.Done(w, person.Aggregate, in) {
		return nil
	}
	in.Version = versionA
	onA, onB, err := cmd.DecideBoth(a, b, in)
	if err != nil {
		return err
	}
	if err := domain.Record(w, person.Aggregate, in, onA...); err != nil {
		return err
	}
	in.Stream, in.Controller = cmd.Other(), controller
	return domain.Record(w, person.Aggregate, in, onB...)
}

// moveConsultation seals the words of the session anew under the right person's
// key; words that the caller states are not asked for and not taken.
func moveConsultation(o *Office, w *domain.Work, data domain.Data, in domain.Intent) error {
	cmd := &casefile.MoveConsultation{}
	if err := fill(data, cmd, in.Command); err != nil {
		return err
	}
	from, version, _, err := domain.Load(w, casefile.Aggregate, in.Stream)
	if err != nil {
		return err
	}
	to, versionTo, controller, err := domain.Load(w, casefile.Aggregate, cmd.ToCase)
	if err != nil {
		return err
	}
	if version == 0 || versionTo == 0 {
		return domain.RefuseField("stream.unknown", "case")
	}
	if domain.Done(w, casefile.Aggregate, in) {
		return nil
	}
	if cmd.Words, err = o.words(w.Context(), in.Stream, cmd.Consultation); err != nil {
		return err
	}
	in.Version = version
	onFrom, onTo, err := cmd.DecideBoth(from, to, in)
	if err != nil {
		return err
	}
	if err := domain.Record(w, casefile.Aggregate, in, onFrom...); err != nil {
		return err
	}
	in.Stream, in.Controller = cmd.ToCase, controller
	return domain.Record(w, casefile.Aggregate, in, onTo...)
}

func fill(data domain.Data, cmd any, command uuid.UUID) error {
	if err := data.Fill(cmd, command); err != nil {
		return err
	}
	return domain.Check(cmd)
}

// FirstContact registers a person, opens its case and records the first
// consultation, or the first day of messages, in one append. Each part is the data
// of its command, as JSON text; contacts and consents are several of them, under
// names of the caller's own. Apart says, by the id of a person on record, why the
// new one is somebody else: the score and signals that speak for one human being,
// and the reason of person.dismiss_duplicate, without which the pair stays
// suspected. Ids of the new person and case are filled in.
type FirstContact struct {
	Person       string `arg:"register,json"`
	Notice       string `arg:"notice?,json"`
	Contact      string `arg:"contact?,json"`
	Contacts     string `arg:"contacts?,json"`
	Consent      string `arg:"consent?,json"`
	Consents     string `arg:"consents?,json"`
	Apart        string `arg:"apart?,json"`
	Case         string `arg:"open,json"`
	Consultation string `arg:"consultation?,json"`
	Message      string `arg:"message?,json"`
	Task         string `arg:"task?,json"`
}

// contactStep is a part with its command; many tells that the part holds several.
type contactStep struct {
	part, command string
	many          bool
}

var contactSteps = []contactStep{
	{"register", "person.register", false}, {"notice", "person.give_notice", false},
	{"contact", "person.add_contact", false}, {"contacts", "person.add_contact", true},
	{"consent", "person.give_consent", false}, {"consents", "person.give_consent", true},
	{"apart", "", true}, {"open", "case.open", false}, {"consultation", "case.hold_consultation", false},
	{"message", "case.log_message_day", false}, {"task", "case.plan_task", false},
}

func firstContact(o *Office, w *domain.Work, data domain.Data, in domain.Intent) error {
	if err := fill(data, &FirstContact{}, in.Command); err != nil {
		return err
	}
	who := domain.DeriveID(in.Command, "person")
	for _, step := range contactSteps {
		raw, ok := data[step.part]
		if !ok {
			continue
		}
		part, err := domain.ParseData(raw)
		if err != nil {
			return err
		}
		if !step.many {
			if err := o.contactPart(w, in, who, step.part, step.command, part); err != nil {
				return err
			}
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(part)) {
			one, err := domain.ParseData(part[name])
			if err != nil {
				return err
			}
			if step.part == "apart" {
				err = o.setApart(w, in, who, name, one)
			} else {
				err = o.contactPart(w, in, who, step.part+" "+name, step.command, one)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// setApart names the pair of the new person and another, and says why they are
// two. Of a pair always the same stream is told, as a Matcher does.
func (o *Office) setApart(w *domain.Work, in domain.Intent, who, other string, part domain.Data) error {
	if !domain.IDForm(other) {
		return domain.RefuseField("field.id", "apart")
	}
	pair := pairOf(who, other)
	reason, dismissed := part["reason"]
	delete(part, "reason")
	part["other"] = text(pair[1])
	if err := o.contactPart(w, in, pair[0], "suspect "+other, "person.suspect_duplicate", part); err != nil || !dismissed {
		return err
	}
	return o.contactPart(w, in, pair[0], "dismiss "+other, "person.dismiss_duplicate", domain.Data{"other": text(pair[1]), "reason": reason})
}

// contactPart carries out one part of a first contact, on the person or the new case.
func (o *Office) contactPart(w *domain.Work, in domain.Intent, who, name, command string, part domain.Data) error {
	fields := o.shapes[command].Fields
	has := func(name string) bool {
		return slices.ContainsFunc(fields, func(f domain.Field) bool { return f.Name == name })
	}
	part["stream"] = text(who)
	if strings.HasPrefix(command, "case.") {
		part["stream"] = text(domain.DeriveID(in.Command, "case"))
	}
	if command == "case.open" {
		part["person"] = text(who)
	}
	if has("lead_person") {
		part["lead_person"] = text(who)
	}
	inherit(part, in)
	return o.within(w, Request{Command: command, ID: uuid.NewSHA1(in.Command, []byte(name)), By: in.Actor.Account, At: in.Now, Data: part})
}

// inherit gives a part the envelope of the whole, where it states none itself.
func inherit(part domain.Data, in domain.Intent) {
	put := func(name string, v any) {
		if _, ok := part[name]; !ok {
			raw, err := json.Marshal(v)
			if err == nil && string(raw) != `""` && string(raw) != "null" {
				part[name] = raw
			}
		}
	}
	put("occurred_on", in.Occurred.String())
	put("occurred_time", in.OccurredTime)
	put("source", in.Source)
	put("batch", in.Batch)
}
