// Package outside decides what leaves the house: which events, and which of their
// facts, a consumer outside may read. What is not listed stays in, so a new event or
// fact leaves only when somebody wrote it down here.
//
// Nothing sealed leaves, no salt, no commitment of a key, no account of staff and no
// id of a contact. Ids of persons and cases do, as they are in the log: random words
// that say nothing by themselves, and without which nobody could count heads.
package outside

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"ayumi/domain"
	"ayumi/domain/office"
)

// Event is what leaves of one recorded event.
type Event struct {
	Type, Stream string
	ID           string // of the event
	Controller   string // whose event it is; a consumer is let in by it
	Recorded     string // UTC, as on the wire
	Position     uint64 // in the log; not each of them leaves
	Facts        domain.Facts
}

// types are the event types that leave, by category. Ones about staff, keys, rights,
// files, notes and shares, about contact, consent, restriction and confidentiality stay
// in; so does what is not decided yet: figures before they are published, rules before
// they are approved, sheets before they are out.
var types = map[string]string{
	"reception": `year_opened hours_set closure_set logged enquiry_logged amended voided`,
	"person":    `registered identified age_band_updated origin_declared details_corrected merged absorbed unmerged absorption_undone erased`,
	"case": `opened member_added member_removed aims_revised stage_changed made_dormant resumed closed reopened
		booking_made booking_changed booking_cancelled booking_missed
		consultation_held consultation_amended consultation_voided consultation_released consultation_received
		message_day_logged message_day_voided visit_recorded visit_voided
		referral_proposed referral_agreed referral_sent referral_resent referral_received referral_accepted referral_declined
		referral_progressed referral_returned referral_completed referral_cancelled referral_lapsed
		jobseeker_registered jobseeker_registration_ended job_introduced application_made interview_held
		offer_received offer_declined offer_withdrawn
		placement_decided placement_amended placement_confirmed placement_confirmation_withdrawn placement_fell_through placement_voided
		employment_started employment_checked employment_ended side_job_matched side_job_ended
		housing_secured relocation_planned moved_in moved_within moved_out stay_checked two_base_recorded
		relocation_classified relocation_reclassified relocation_amended relocation_confirmed
		relocation_confirmation_withdrawn relocation_voided
		grant_applied grant_checked grant_decided grant_return_ordered travel_subsidy_claimed travel_subsidy_recognised`,
	"outreach":   `scheduled changed held cancelled attendance_counted mailing_sent channel_opened followers_counted`,
	"partner":    `registered renamed relation_changed ended`,
	"employer":   `registered renamed vacancy_opened vacancy_changed vacancy_closed ended`,
	"university": `registered renamed universe_listed agreement_concluded agreement_upgraded agreement_ended`,
	"indicator":  `registered version_approved version_retired series_break_declared`,
	"figure":     `published imported`,
	"workplan":   `plan_published published`,
	"period":     `opened cutoff_set closed reopened`,
}

// ids are the facts that name something and may leave: entities of the domain, never
// an account, a contact or a file.
var ids = words(`event_id stream person lead_person movers persons head household other into from
	consultation booking thread reception outreach visit referral partner registration placement vacancy employer
	relocation two_base side_job grant subsidy check confirmation prior_case from_case to_case agreement`)

// closed are the facts that stay in though their kind would let them leave: what was
// before and after an amendment can be the account of a colleague, and how many
// sections a person had says how much was written about them.
var closed = words(`old new sections epoch backups_clear_on evidence seed`)

// kinds say by themselves that a fact is a code, a number, a day, or wording that
// events.md 2.2 lets into streams of public bodies only.
var kinds = []domain.Kind{
	domain.KindCode, domain.KindCodes, domain.KindToken, domain.KindTokens, domain.KindInt, domain.KindFlag,
	domain.KindDate, domain.KindTime, domain.KindWord, domain.KindType, domain.KindInstant,
}

func words(text string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(text) {
		out[w] = true
	}
	return out
}

func leaves(f domain.Field) bool {
	return f.Place == domain.InFacts && !closed[f.Name] && (ids[f.Name] || slices.Contains(kinds, f.Kind))
}

// Shapes are the event types that leave, in their current form and with nothing but
// the fields that leave, the envelope's among them; ascending by name.
func Shapes() []domain.Shape { return table().shapes }

type tables struct {
	shapes []domain.Shape
	keys   map[string]map[string]bool // of a type, every fact that leaves
}

var table = sync.OnceValue(func() tables {
	t := tables{keys: map[string]map[string]bool{}}
	listed := map[string]bool{}
	for category, list := range types {
		for name := range words(list) {
			listed[category+"."+name] = true
		}
	}
	for _, a := range office.Aggregates() {
		for _, shape := range a.EventShapes() {
			if !listed[shape.Name] {
				continue
			}
			keys, fields := map[string]bool{}, []domain.Field{}
			for _, f := range append(slices.Clone(shape.Fields), domain.FieldsOf(&domain.Envelope{})...) {
				if leaves(f) && !keys[f.Name] {
					keys[f.Name] = true
					fields = append(fields, f)
				}
			}
			shape.Fields = fields
			t.shapes, t.keys[shape.Name] = append(t.shapes, shape), keys
		}
	}
	slices.SortFunc(t.shapes, func(a, b domain.Shape) int { return strings.Compare(a.Name, b.Name) })
	return t
})

// Leaves tells whether events of a type leave.
func Leaves(eventType string) bool { return table().keys[eventType] != nil }

// Of takes what leaves of a recorded event, or answers false: it stays in. A fact of
// an older form that the type does not know today stays in.
func Of(r domain.Recorded) (Event, bool, error) {
	keys := table().keys[r.Type]
	if keys == nil {
		return Event{}, false, nil
	}
	all, err := domain.FactsOf(r.Body)
	if err != nil {
		return Event{}, false, err
	}
	out := append(make([]byte, 0, len(all)), '{')
	all.Scan(func(key, raw []byte) bool {
		if keys[string(key)] {
			if len(out) > 1 {
				out = append(out, ',')
			}
			out = append(append(append(out, '"'), key...), '"', ':')
			out = append(out, raw...)
		}
		return true
	})
	return Event{
		Type: r.Type, Stream: r.Stream, ID: r.ID.String(), Position: r.Position,
		Controller: all.Text("controller"), Recorded: all.Text("recorded_at"), Facts: append(out, '}'),
	}, true, nil
}

// Sequence is the position as a word whose order is the order of the events
// (CloudEvents' extension sequence): 16 digits hold every whole number below 2^53.
func (e Event) Sequence() string { return fmt.Sprintf("%016d", e.Position) }

// Structured is the event as one CloudEvents 1.0 JSON document: what is signed has to
// hold the attributes too. Nothing in it depends on when it is written.
func (e Event) Structured(source string) []byte {
	b := append(make([]byte, 0, len(e.Facts)+384), `{"specversion":"1.0"`...)
	for _, a := range [...][2]string{
		{"id", e.ID}, {"source", source}, {"type", e.Type}, {"subject", e.Stream}, {"time", e.Recorded},
		{"sequence", e.Sequence()}, {"datacontenttype", "application/json"},
	} {
		b = append(append(append(b, ',', '"'), a[0]...), '"', ':')
		b = strconv.AppendQuote(b, a[1]) // ASCII words: ids, names of types, times
	}
	return append(append(append(b, `,"data":`...), e.Facts...), '}')
}
