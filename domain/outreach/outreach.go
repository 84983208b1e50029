// Package outreach keeps one stream per fair, seminar, tour, mailing or public
// channel: when it was held, who signed up and how many came (events.md 4.9, 5.9).
package outreach

import (
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Aggregate is the table of the stream outreach.
var Aggregate = domain.Define(domain.Aggregate[Outreach]{
	Category: "outreach",
	New: func() *Outreach {
		return &Outreach{Attendees: map[string]*Attendee{}, Persons: map[string]PersonAttended{}}
	},
	Events: []domain.EventType[Outreach]{
		domain.Happens[Outreach, Scheduled]("outreach.scheduled"),
		domain.Happens[Outreach, Changed]("outreach.changed"),
		domain.Happens[Outreach, Held]("outreach.held"),
		domain.Happens[Outreach, Cancelled]("outreach.cancelled"),
		domain.Happens[Outreach, AttendanceCounted]("outreach.attendance_counted"),
		domain.Happens[Outreach, AttendeeListed]("outreach.attendee_listed"),
		domain.Happens[Outreach, AttendeeCame]("outreach.attendee_came"),
		domain.Happens[Outreach, AttendeeConverted]("outreach.attendee_converted"),
		domain.Happens[Outreach, PersonAttended]("outreach.person_attended"),
		domain.Happens[Outreach, AttendanceVoided]("outreach.attendance_voided"),
		domain.Happens[Outreach, MailingSent]("outreach.mailing_sent"),
		domain.Happens[Outreach, ChannelOpened]("outreach.channel_opened"),
		domain.Happens[Outreach, FollowersCounted]("outreach.followers_counted"),
	},
	Commands: []domain.CommandType[Outreach]{
		domain.Begins[Outreach, Schedule]("outreach.schedule", domain.Lead, domain.Counsellor),
		domain.Can[Outreach, Change]("outreach.change", domain.Lead, domain.Counsellor),
		domain.Can[Outreach, Hold]("outreach.hold", domain.Counsellor, domain.Lead),
		domain.Can[Outreach, Cancel]("outreach.cancel", domain.Lead),
		domain.Can[Outreach, CountAttendance]("outreach.count_attendance", domain.Counsellor, domain.Lead),
		domain.Can[Outreach, ListAttendee]("outreach.list_attendee", domain.Counsellor, domain.Lead),
		domain.Can[Outreach, NoteAttendeeCame]("outreach.note_attendee_came", domain.Counsellor, domain.Lead),
		domain.Can[Outreach, ConvertAttendee]("outreach.convert_attendee", domain.Counsellor, domain.Lead),
		domain.Can[Outreach, AttendPerson]("outreach.attend_person", domain.Counsellor, domain.Lead),
		domain.Can[Outreach, VoidAttendance]("outreach.void_attendance", domain.Counsellor, domain.Lead),
		domain.Begins[Outreach, SendMailing]("outreach.send_mailing", domain.Counsellor, domain.Lead),
		domain.Begins[Outreach, OpenChannel]("outreach.open_channel", domain.Lead),
		domain.Can[Outreach, CountFollowers]("outreach.count_followers", domain.Counsellor, domain.Lead),
	},
})

// The states of an outreach; a mailing and a channel start as held.
const (
	StateScheduled = "scheduled"
	StateHeld      = "held"
	StateCancelled = "cancelled"
)

// Outreach is the folded state of one stream.
type Outreach struct {
	ID         string
	Controller string
	State      string
	Plan       Scheduled // as it stands after changes
	Channel    string    // of a public channel
	Heads      *AttendanceCounted
	Followers  *Followers
	Attendees  map[string]*Attendee
	Persons    map[string]PersonAttended
}

type event = domain.Event[Outreach]

// Now is what other streams may know.
func (o *Outreach) Now() domain.OutreachNow {
	return domain.OutreachNow{
		ID: o.ID, Controller: o.Controller, Kind: o.Plan.Kind, State: o.State, From: o.Plan.StartsOn, To: o.Plan.EndsOn, Evening: o.Plan.Evening,
	}
}

func (o *Outreach) begin(env domain.Envelope, kind, state string) {
	_, o.ID = domain.SplitStream(env.Stream)
	o.Controller = env.Controller
	o.Plan.Kind, o.State = kind, state
}

// running refuses what a cancelled outreach cannot take.
func (o *Outreach) running() error {
	if o.State == StateCancelled {
		return domain.Refuse("outreach.state")
	}
	return nil
}

// Scheduled: a fair, seminar, tour or other meeting is planned for the days from
// StartsOn to EndsOn. SeriesYearNo is 1 in the first year of a series.
type Scheduled struct {
	Kind         string     `fact:"kind,code=outreach_kind"`
	Series       string     `fact:"series?,token"`
	SeriesYearNo *int       `fact:"series_year_no?,int"`
	PlacePref    string     `fact:"place_pref,code=pref"`
	StartsOn     japan.Date `fact:"starts_on,date"`
	EndsOn       japan.Date `fact:"ends_on,date"`
	Evening      bool       `fact:"evening,flag"`
	Organisers   []string   `fact:"organisers?,ids"`
	Title        string     `fact:"title,word"`
	Place        string     `fact:"place?,word"`
}

func (e *Scheduled) Apply(o *Outreach, env domain.Envelope) {
	o.begin(env, e.Kind, StateScheduled)
	o.Plan = *e
}

// Changed: one field of the plan; values are canonical texts.
type Changed struct {
	Field string `fact:"field,token"`
	Old   string `fact:"old?,word"`
	New   string `fact:"new?,word"`
}

func (e *Changed) Apply(o *Outreach, _ domain.Envelope) {
	if plan, err := o.changed(e); err == nil {
		o.Plan = plan
	}
}

// Held: it took place on the day it occurred, under this title if it was another.
type Held struct {
	Title string `fact:"title?,word"`
}

func (e *Held) Apply(o *Outreach, _ domain.Envelope) {
	o.State = StateHeld
	if e.Title != "" {
		o.Plan.Title = e.Title
	}
}

// Cancelled: it does not take place.
type Cancelled struct {
	Reason string `fact:"reason,token"`
}

func (e *Cancelled) Apply(o *Outreach, _ domain.Envelope) { o.State = StateCancelled }

// Schedule begins the stream of a meeting. Mailings and channels have no plan.
type Schedule struct{ Scheduled }

func (c *Schedule) Decide(o *Outreach, _ domain.Intent) ([]event, error) {
	if o.State != "" {
		return nil, nil
	}
	if err := c.sound(); err != nil {
		return nil, err
	}
	return []event{&c.Scheduled}, nil
}

func (e *Scheduled) sound() error {
	switch {
	case !slices.Contains(Kinds(), e.Kind):
		return domain.RefuseField("outreach.kind", "kind")
	case e.EndsOn < e.StartsOn:
		return domain.RefuseField("date.order", "ends_on")
	case e.SeriesYearNo != nil && (*e.SeriesYearNo < 1 || e.Series == ""):
		return domain.RefuseField("field.range", "series_year_no")
	}
	return nil
}

var changeable = []string{
	"kind", "series", "series_year_no", "place_pref", "starts_on", "ends_on", "evening", "organisers", "title", "place",
}

// Stated is the canonical text of a field of the plan as it stands.
func (o *Outreach) Stated(field string) string { return domain.Stated(&o.Plan, field) }

func (o *Outreach) changed(e *Changed) (Scheduled, error) {
	plan := o.Plan
	err := domain.Amend(&plan, changeable, e.Field, e.Old, e.New)
	return plan, err
}

// Change changes one field of the plan, also after the meeting.
type Change struct{ Changed }

func (c *Change) Decide(o *Outreach, _ domain.Intent) ([]event, error) {
	if o.State == StateCancelled || o.Plan.StartsOn == 0 {
		return nil, domain.Refuse("outreach.state")
	}
	plan, err := o.changed(&c.Changed)
	if err != nil {
		return nil, err
	}
	if c.Old == c.New {
		return nil, nil
	}
	if err := plan.sound(); err != nil {
		return nil, err
	}
	return []event{&c.Changed}, nil
}

// Hold records that it took place.
type Hold struct{ Held }

func (c *Hold) Decide(o *Outreach, _ domain.Intent) ([]event, error) {
	switch o.State {
	case StateHeld:
		return nil, nil
	case StateScheduled:
		return []event{&c.Held}, nil
	}
	return nil, domain.Refuse("outreach.state")
}

// Cancel records that it does not take place.
type Cancel struct{ Cancelled }

func (c *Cancel) Decide(o *Outreach, _ domain.Intent) ([]event, error) {
	switch o.State {
	case StateCancelled:
		return nil, nil
	case StateScheduled:
		return []event{&c.Cancelled}, nil
	}
	return nil, domain.Refuse("outreach.state")
}

// Kinds are the kinds that are planned for a day; a mailing and a channel are not.
func Kinds() []string {
	return slices.DeleteFunc(slices.Clone(domain.Codes["outreach_kind"]), func(kind string) bool { return kind == "mailing" || kind == "channel" })
}
