package projections

import (
	"context"
	"slices"
	"strings"

	"ayumi/domain/japan"
)

// Summary is how one human being stands at a position, from facts only: what the
// head of a journey page and the boxes beside it show.
type Summary struct {
	PersonRef
	Group    []string // all persons that are this human being, the survivor first
	Survivor string   // whose record goes on; the person itself if not merged
	State    string   // active, merged, restricted, erasing or erased

	Kind, AgeBand, ResidencePref, Language string
	OriginPref, TurnHint                   string
	Anonymous, Student, Grandchild         bool
	RegisteredOn                           japan.Date
	NoticeVersion                          string
	NoticeOn                               japan.Date
	ConfidentialUntil                      japan.Date // 0 if the flag is not set
	ErasedOn                               japan.Date
	Restrictions                           []Restriction
	Consents                               []Consent
	Contacts                               []ContactPoint
	Profile                                []uint64 // positions of the events whose sealed sections hold name and residence, ascending
	LastContact                            japan.Date

	Cases     []CaseSummary // in order of opening
	Tasks     []Item        // open, by due day
	Bookings  []Item        // without a result, by day and time
	Referrals []Item        // all, newest first
}

// Restriction is a limit of use that stands.
type Restriction struct {
	ID, Ground string
	Scope      []string
	Since      japan.Date
}

// Consent is one consent, withdrawn and expired ones included.
type Consent struct {
	ID                        string
	Scope, Recipients, Fields []string
	Given, Until, Ended       japan.Date
	State                     string // given, withdrawn or expired
	Position                  uint64
}

// ContactPoint is one way to reach the person; the value is sealed in the event
// at Position.
type ContactPoint struct {
	ID, Kind string
	Shared   bool
	Position uint64
}

// CaseSummary is one case of the person.
type CaseSummary struct {
	ID, Lead, Controller     string
	Members                  []string
	Owner, Desk              string
	State                    string // open, active, dormant or closed
	Stage                    string
	Stages                   []StageStep
	Aims                     []string
	Timing, Region, Housing  string
	LeadSource, TargetPref   string
	Outcome                  string
	NewEpisode               bool
	OpenedOn, ClosedOn       japan.Date
	Achieved                 []Outcome
	LastContact              japan.Date
	Version                  int // of the stream, for commands
	Position                 uint64
	UnacknowledgedHandOverTo string
}

// StageStep is a change of the support stage.
type StageStep struct {
	Stage    string
	On       japan.Date
	Position uint64
}

// Outcome is a placement or a move of a case as it stands.
type Outcome struct {
	Kind, ID  string // placement or relocation
	State     string // introduced … started, planned … classified, left, voided
	On        japan.Date
	PlannedOn japan.Date
	Place     string // to_lg of a move, industry of a placement
	Grade     string // best confirmation, "" if none
	Position  uint64
}

// Item is a task, a booking or a referral.
type Item struct {
	ID, Kind, State string
	Case            string
	What            string // kind of task, channel of a booking, purpose of a referral
	Owner, Desk     string
	Partner         string
	On              japan.Date // due day, day of the booking, or day of the last step
	Time            int        // HHMM, -1 if none
	Position        uint64     // of the event that began it
	Changed         uint64
}

// Summary answers how a person stands at a position, or ErrUnknown if nothing
// was known of the person by then.
func (j *Journeys) Summary(ctx context.Context, person string, upto uint64) (Summary, error) {
	var s Summary
	ref, err := j.Find(ctx, person)
	if err != nil {
		return s, err
	}
	if ref.Position > upto {
		return s, ErrUnknown
	}
	s.PersonRef = ref
	if s.Group, err = j.Group(ctx, person, upto); err != nil {
		return s, err
	}
	s.Survivor, s.State = s.Group[0], "active"
	if s.Survivor != person {
		s.State = "merged"
	}
	for _, id := range s.Group {
		entries, err := j.Stream(ctx, "person-"+id, upto)
		if err != nil {
			return s, err
		}
		for i := range entries {
			s.personEvent(&entries[i], id == s.Survivor)
		}
	}
	slices.Sort(s.Profile)
	cases, err := j.casesOf(ctx, person, upto)
	if err != nil {
		return s, err
	}
	for _, id := range cases {
		entries, err := j.Stream(ctx, "case-"+id, upto)
		if err != nil {
			return s, err
		}
		s.addCase(id, entries)
	}
	s.order()
	return s, nil
}

func (s *Summary) order() {
	slices.SortStableFunc(s.Cases, func(a, b CaseSummary) int { return int(int64(a.Position) - int64(b.Position)) })
	byDay := func(a, b Item) int {
		if a.On != b.On {
			return int(a.On - b.On)
		}
		return a.Time - b.Time
	}
	slices.SortStableFunc(s.Tasks, byDay)
	slices.SortStableFunc(s.Bookings, byDay)
	slices.SortStableFunc(s.Referrals, func(a, b Item) int { return int(int64(b.Changed) - int64(a.Changed)) })
	for _, c := range s.Cases {
		s.LastContact = max(s.LastContact, c.LastContact)
	}
}

// personEvent takes over what one event says of the person. Of the streams merged
// into the survivor only consents, contacts and restrictions go on.
func (s *Summary) personEvent(e *Entry, survivor bool) {
	f := facts{e}
	if survivor {
		s.identity(e, f)
	}
	switch strings.TrimPrefix(e.Type, "person.") {
	case "consent_given":
		s.Consents = append(s.Consents, Consent{ID: f.text("consent"), Scope: f.list("scope"), Recipients: f.list("recipients"),
			Fields: f.list("fields"), Given: e.From, Until: f.date("until"), State: "given", Position: e.Position})
	case "consent_withdrawn", "consent_expired":
		for i := range s.Consents {
			if c := &s.Consents[i]; c.ID == f.text("consent") {
				c.State, c.Ended = strings.TrimPrefix(e.Type, "person.consent_"), e.From
			}
		}
	case "contact_added":
		s.Contacts = append(s.Contacts, ContactPoint{f.text("contact_point"), f.text("kind"), f.flag("shared"), e.Position})
	case "contact_removed":
		s.Contacts = slices.DeleteFunc(s.Contacts, func(c ContactPoint) bool { return c.ID == f.text("contact_point") })
	case "use_restricted":
		s.Restrictions = append(s.Restrictions, Restriction{f.text("restriction"), f.text("ground"), f.list("scope"), e.From})
		s.State = "restricted"
	case "restriction_lifted":
		s.Restrictions = slices.DeleteFunc(s.Restrictions, func(r Restriction) bool { return r.ID == f.text("restriction") })
		if len(s.Restrictions) == 0 && s.State == "restricted" {
			s.State = "active"
		}
	case "erasure_ordered":
		s.State = "erasing"
	case "erased":
		s.State, s.ErasedOn = "erased", e.From
	case "confidentiality_set", "confidentiality_renewed":
		s.ConfidentialUntil = f.date("until")
	case "confidentiality_lifted":
		s.ConfidentialUntil = 0
	}
}

func (s *Summary) identity(e *Entry, f facts) {
	set := func(to *string, fact string) {
		if v := f.text(fact); v != "" {
			*to = v
		}
	}
	switch strings.TrimPrefix(e.Type, "person.") {
	case "registered":
		s.Kind, s.Anonymous, s.Student, s.Language = f.text("kind"), f.flag("anonymous"), f.flag("student"), f.text("language")
		s.RegisteredOn = e.From
		s.Profile = append(s.Profile, e.Position)
	case "identified":
		s.Anonymous = false
		s.Profile = append(s.Profile, e.Position)
	case "name_changed", "address_changed":
		s.Profile = append(s.Profile, e.Position)
	case "details_corrected":
		s.Profile = append(s.Profile, e.Position)
		if f.has("student") {
			s.Student = f.flag("student")
		}
	case "origin_declared":
		s.OriginPref, s.TurnHint, s.Grandchild = f.text("origin_pref"), f.text("turn_hint"), f.flag("grandchild")
		return
	case "notice_given":
		s.NoticeVersion, s.NoticeOn = f.text("notice_version"), e.From
		return
	}
	set(&s.AgeBand, "age_band")
	set(&s.ResidencePref, "residence_pref")
}

// facts reads the facts of an entry.
type facts struct{ *Entry }

func (f facts) text(name string) string { return f.Facts.Text(name) }

func (f facts) flag(name string) bool { n, _ := f.Facts.Int(name); return n == 1 }

func (f facts) has(name string) bool { _, ok := f.Facts.Int(name); return ok || f.text(name) != "" }

func (f facts) date(name string) japan.Date { d, _ := japan.ParseDate(f.text(name)); return d }

func (f facts) list(name string) []string {
	if v := f.text(name); v != "" {
		return strings.Split(v, ",")
	}
	return nil
}
