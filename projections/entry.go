package projections

import (
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

// Entry is one event as a timeline shows it.
type Entry struct {
	Position   uint64
	EventID    string
	Type       string
	Group      string // consultation, referral_job, relocation, event, system
	Stream     string
	Case       string // id, "" outside cases
	Person     string // of the stream: the person, or the lead person of the case; "" if none
	From, To   japan.Date
	Time       int // HHMM, -1 if not stated
	Precision  string
	RecordedAt time.Time // UTC
	RecordedBy string
	OnBehalfOf string
	Controller string
	Desk       string
	Channel    string
	Source     string
	Batch      string
	Categories []string
	Late       bool // after the 5th working day of the following month (events.md 9)
	Delayed    int  // days from what happened to its record, if more than 7
	Corrected  []Correction
	Voided     *Correction
	Facts      domain.Facts
	Body       []byte // as stored: facts and ciphertext
}

// Recorded is the event of an entry as the log keeps it.
func (e *Entry) Recorded() (domain.Recorded, error) {
	id, err := uuid.Parse(e.EventID)
	if err != nil {
		return domain.Recorded{}, fmt.Errorf("position %d: %w", e.Position, err)
	}
	version, _ := e.Facts.Int("version")
	return domain.Recorded{ID: id, Stream: e.Stream, Version: uint64(version), Position: e.Position, Type: e.Type, Body: e.Body}, nil
}

// Correction is a later event that changes an entry.
type Correction struct {
	Position   uint64
	Type       string
	Field      string // fact changed, "" if the event changes the whole
	Old, New   string
	Reason     string
	RecordedAt time.Time
	RecordedBy string
}

const delayedAfter = 7 // days

// entry lays out one stored event.
func entry(position uint64, body []byte) (Entry, error) {
	var e Event
	if e.read(domain.Recorded{Position: position, Body: body}); e.bad != nil {
		return Entry{}, e.bad
	}
	out := Entry{
		Position: position, EventID: e.Text("event_id"), Type: e.Text("type"), Stream: e.Text("stream"),
		Precision: e.Text("precision"), RecordedAt: instant(e.RecordedAt), RecordedBy: e.Text("recorded_by"),
		OnBehalfOf: e.Text("on_behalf_of"), Controller: e.Text("controller"), Desk: e.Text("desk"),
		Channel: e.Text("channel"), Source: e.Text("source"), Batch: e.Text("batch"),
		Categories: e.List("categories"), Time: -1, Facts: e.Facts, Body: body,
	}
	if e.Raw("occurred_time") != nil {
		out.Time = int(e.Number("occurred_time"))
	}
	category, id := domain.SplitStream(out.Stream)
	if category == "case" {
		out.Case = id
	}
	out.Group = GroupOf(out.Type)
	out.From, out.To = indicator.Interval(e.Date("occurred_on"), out.Precision)
	day := dayOf(e.RecordedAt)
	out.Late = day > japan.LateLimit(out.To)
	if n := int(day - out.To); n > delayedAfter {
		out.Delayed = n
	}
	return out, nil
}

// Groups of entries, for the filter of a timeline.
const (
	GroupConsultation = "consultation"
	GroupReferralJob  = "referral_job"
	GroupRelocation   = "relocation"
	GroupEvent        = "event"
	GroupSystem       = "system"
)

// GroupOf answers the group of an event type.
func GroupOf(typ string) string {
	category, stem, _ := strings.Cut(typ, ".")
	switch category {
	case "outreach":
		return GroupEvent
	case "reception":
		return GroupConsultation
	case "case":
		for _, g := range caseGroups {
			if strings.HasPrefix(stem, g.prefix) {
				return g.group
			}
		}
	}
	return GroupSystem
}

var caseGroups = []struct{ prefix, group string }{
	{"consultation_", GroupConsultation}, {"message_day_", GroupConsultation}, {"booking_", GroupConsultation},
	{"outbound_", GroupConsultation}, {"certificate_", GroupConsultation}, {"note_", GroupConsultation},
	{"opened", GroupConsultation}, {"closed", GroupConsultation}, {"reopened", GroupConsultation},
	{"referral_", GroupReferralJob}, {"information_", GroupReferralJob}, {"sharing_", GroupReferralJob},
	{"jobseeker_", GroupReferralJob}, {"job_", GroupReferralJob}, {"application_", GroupReferralJob},
	{"interview_", GroupReferralJob}, {"offer_", GroupReferralJob}, {"placement_", GroupReferralJob},
	{"employment_", GroupReferralJob}, {"side_job_", GroupReferralJob},
	{"relocation_", GroupRelocation}, {"housing_", GroupRelocation}, {"moved_", GroupRelocation},
	{"stay_", GroupRelocation}, {"two_base_", GroupRelocation}, {"visit_", GroupRelocation},
	{"grant_", GroupRelocation}, {"travel_subsidy_", GroupRelocation},
}

// change says which earlier entries an event type corrects or voids: those of
// the same stream that carry the same id under key. Targets narrows them down to
// some types; fields says which type a corrected field belongs to.
type change struct {
	key     string
	voids   bool
	targets []string
	fields  map[string]string
}

var changes = map[string]change{
	"case.consultation_amended":  {key: "consultation", targets: sessionTypes},
	"case.consultation_voided":   {key: "consultation", voids: true, targets: sessionTypes},
	"case.consultation_released": {key: "consultation", voids: true, targets: sessionTypes},
	"case.message_day_voided":    {key: "thread", voids: true, targets: []string{"case.message_day_logged"}},
	"case.certificate_revoked":   {key: "certificate", voids: true},
	"case.visit_voided":          {key: "visit", voids: true},
	"case.document_removed":      {key: "document", voids: true, targets: []string{"case.document_attached"}},
	"case.placement_amended": {key: "placement", targets: []string{"case.placement_decided", "case.job_introduced"}, fields: map[string]string{
		"decided_on": "case.placement_decided", "started_on": "case.employment_started", "ended_on": "case.employment_ended"}},
	"case.placement_voided":                  {key: "placement", voids: true},
	"case.placement_confirmation_withdrawn":  {key: "confirmation", voids: true, targets: []string{"case.placement_confirmed"}},
	"case.relocation_amended":                {key: "relocation", targets: []string{"case.moved_in"}},
	"case.relocation_voided":                 {key: "relocation", voids: true, targets: relocationTypes},
	"case.relocation_confirmation_withdrawn": {key: "confirmation", voids: true, targets: []string{"case.relocation_confirmed"}},
	"case.relocation_reclassified":           {key: "relocation", targets: []string{"case.relocation_classified"}},
	"case.member_removed":                    {key: "person", voids: true, targets: []string{"case.member_added"}},
	"case.unlinked":                          {key: "other_case", voids: true, targets: []string{"case.linked"}},
	"reception.amended":                      {key: "reception", targets: []string{"reception.logged"}},
	"reception.voided":                       {key: "reception", voids: true, targets: []string{"reception.logged"}},
	"person.details_corrected":               {targets: []string{"person.registered", "person.identified"}},
	"person.unmerged":                        {voids: true, targets: []string{"person.merged"}},
	"person.absorption_undone":               {key: "other", voids: true, targets: []string{"person.absorbed"}},
	"person.contact_removed":                 {key: "contact_point", voids: true, targets: []string{"person.contact_added"}},
	"person.duplicate_dismissed":             {key: "other", voids: true, targets: []string{"person.duplicate_suspected"}},
	"outreach.attendance_voided":             {key: "attendee", voids: true},
	"outreach.changed":                       {targets: []string{"outreach.scheduled"}},
	"employer.vacancy_changed":               {key: "vacancy", targets: []string{"employer.vacancy_opened"}},
}

var (
	sessionTypes    = []string{"case.consultation_held", "case.consultation_received"}
	relocationTypes = []string{
		"case.relocation_planned", "case.housing_secured", "case.moved_in", "case.relocation_confirmed", "case.relocation_classified",
		"case.relocation_reclassified", "case.moved_within", "case.moved_out", "case.stay_checked",
	}
)

// Alters tells what an event type does to what was recorded before: recorded
// (nothing), corrected or voided.
func Alters(typ string) string {
	c, ok := changes[typ]
	switch {
	case !ok:
		return "recorded"
	case c.voids:
		return "voided"
	}
	return "corrected"
}
