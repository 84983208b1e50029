package outreach_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/outreach"
	"ayumi/tests/given"
)

type (
	fold  = outreach.Outreach
	event = domain.Event[fold]
)

func count(n int) *int { return &n }

var (
	plan = &outreach.Scheduled{
		Kind: "tour", Series: "plane_tour", SeriesYearNo: count(2), PlacePref: "31",
		StartsOn: japan.On(2019, 5, 11), EndsOn: japan.On(2019, 5, 12), Title: "ワクワク飛行機ツアー",
	}
	done   = &outreach.Held{}
	off    = &outreach.Cancelled{Reason: "typhoon"}
	listed = &outreach.AttendeeListed{Attendee: "a1", Student: true, Name: "架空 花子"}
	came   = &outreach.AttendeeCame{Attendee: "a1", Came: "yes"}
	turned = &outreach.AttendeeConverted{Attendee: "a1", Person: "p1"}
	person = &outreach.PersonAttended{Person: "p1", LineRegistered: true}
	voided = &outreach.AttendanceVoided{Attendee: "a1", Reason: "duplicate"}
	heads  = &outreach.AttendanceCounted{Heads: 14, Students: count(14)}
	line   = &outreach.ChannelOpened{Channel: "line", Title: "鳥取県東京本部LINE"}
	mail   = &outreach.MailingSent{Channel: "email", Recipients: 12, Topic: "fair_notice"}
	fans   = &outreach.FollowersCounted{Channel: "line", Count: 42}
)

func scene(t *testing.T, past ...event) *given.Scene[fold] {
	return given.Stream(t, outreach.Aggregate, "o1").Given(past...).In(&given.World{Persons: []domain.PersonNow{
		{ID: "p1", Controller: "31", State: "active"},
		{ID: "p2", Controller: "33", State: "active"},
		{ID: "p3", Controller: "31", State: "erased"},
	}})
}

// TestMachine is the table of events.md 5.9: what each command answers in each state.
func TestMachine(t *testing.T) {
	states := map[string][]event{"scheduled": {plan}, "held": {plan, done}, "cancelled": {plan, off}, "channel": {line}, "mailing": {mail}}
	for name, c := range map[string]struct {
		cmd     domain.Command[fold]
		answers event
		in      []string // states that accept; the others refuse
		already string   // state in which the wish is true
	}{
		"hold":   {&outreach.Hold{Held: *done}, done, []string{"scheduled"}, "held"},
		"cancel": {&outreach.Cancel{Cancelled: *off}, off, []string{"scheduled"}, "cancelled"},
		"count":  {&outreach.CountAttendance{AttendanceCounted: *heads}, heads, []string{"scheduled", "held", "channel", "mailing"}, ""},
		"list":   {&outreach.ListAttendee{AttendeeListed: *listed}, listed, []string{"scheduled", "held", "channel", "mailing"}, ""},
		"attend": {&outreach.AttendPerson{PersonAttended: *person}, person, []string{"scheduled", "held", "channel", "mailing"}, ""},
		"follow": {&outreach.CountFollowers{FollowersCounted: *fans}, fans, []string{"channel"}, ""},
	} {
		for state, past := range states {
			t.Run(name+" "+state, func(t *testing.T) {
				s := scene(t, past...).When(c.cmd)
				switch {
				case slices.Contains(c.in, state):
					s.Then(c.answers)
				case state == c.already || (name == "hold" && (state == "channel" || state == "mailing")):
					s.Nothing()
				default:
					s.Refused("outreach.state")
				}
			})
		}
	}
}

func TestStreamBeginsOnce(t *testing.T) {
	for _, c := range []struct {
		cmd   domain.Command[fold]
		event event
		now   domain.OutreachNow
	}{
		{&outreach.Schedule{Scheduled: *plan}, plan, domain.OutreachNow{
			ID: "o1", Controller: "31", Kind: "tour", State: "scheduled", From: japan.On(2019, 5, 11), To: japan.On(2019, 5, 12),
		}},
		{&outreach.SendMailing{MailingSent: *mail}, mail, domain.OutreachNow{ID: "o1", Controller: "31", Kind: "mailing", State: "held"}},
		{&outreach.OpenChannel{ChannelOpened: *line}, line, domain.OutreachNow{ID: "o1", Controller: "31", Kind: "channel", State: "held"}},
	} {
		scene(t).When(c.cmd).ThenState(func(o *fold) { require.Equal(t, c.now, o.Now()) }).Then(c.event)
		scene(t, c.event).When(c.cmd).Nothing()
	}
}

func TestPlanIsChangedFieldByField(t *testing.T) {
	for _, c := range []outreach.Changed{
		{Field: "place", New: "新橋館"},
		{Field: "title", Old: "ワクワク飛行機ツアー", New: "飛行機ツアー"},
		{Field: "evening", Old: "0", New: "1"},
		{Field: "ends_on", Old: "2019-05-12", New: "2019-05-13"},
	} {
		scene(t, plan, done).When(&outreach.Change{Changed: c}).
			ThenState(func(o *fold) {
				now, _ := domain.FactText(&o.Plan, c.Field)
				require.Equal(t, c.New, now)
			}).Then(&c)
	}
	scene(t, plan, &outreach.Held{Title: "別の名"}).When(&outreach.Hold{}).
		ThenState(func(o *fold) { require.Equal(t, "別の名", o.Plan.Title) }).Nothing()
}

func TestRefusals(t *testing.T) {
	schedule := func(change func(*outreach.Scheduled)) domain.Command[fold] {
		p := *plan
		change(&p)
		return &outreach.Schedule{Scheduled: p}
	}
	change := func(field, old, text string) domain.Command[fold] {
		return &outreach.Change{Changed: outreach.Changed{Field: field, Old: old, New: text}}
	}
	for _, c := range []struct {
		key  string
		past []event
		cmd  domain.Command[fold]
	}{
		{"outreach.kind", nil, schedule(func(p *outreach.Scheduled) { p.Kind = "mailing" })},
		{"date.order", nil, schedule(func(p *outreach.Scheduled) { p.EndsOn = p.StartsOn - 1 })},
		{"field.range", nil, schedule(func(p *outreach.Scheduled) { p.SeriesYearNo = count(0) })},
		{"field.range", nil, &outreach.SendMailing{MailingSent: outreach.MailingSent{Channel: "email"}}},
		{"outreach.state", []event{plan, off}, change("place", "", "x")},
		{"outreach.state", []event{line}, change("place", "", "x")},
		{"amend.field", []event{plan}, change("colour", "", "x")},
		{"amend.stale", []event{plan}, change("place", "y", "x")},
		{"date.order", []event{plan}, change("starts_on", "2019-05-11", "2019-06-11")},
		{"field.range", []event{plan}, &outreach.CountAttendance{AttendanceCounted: outreach.AttendanceCounted{Heads: -1}}},
		{"field.range", []event{plan}, &outreach.CountAttendance{AttendanceCounted: outreach.AttendanceCounted{Heads: 1, Students: count(2)}}},
		{"field.range", []event{line}, &outreach.CountFollowers{FollowersCounted: outreach.FollowersCounted{Channel: "line", Count: -1}}},
		{"entity.unknown", []event{line}, &outreach.CountFollowers{FollowersCounted: outreach.FollowersCounted{Channel: "web"}}},
		{"entity.unknown", []event{plan}, &outreach.NoteAttendeeCame{AttendeeCame: *came}},
		{"attendee.state", []event{plan, listed, voided}, &outreach.NoteAttendeeCame{AttendeeCame: *came}},
		{"outreach.state", []event{plan, listed, off}, &outreach.NoteAttendeeCame{AttendeeCame: *came}},
		{"attendee.state", []event{plan, listed, turned}, &outreach.ConvertAttendee{AttendeeConverted: outreach.AttendeeConverted{Attendee: "a1", Person: "p4"}}},
		{"entity.unknown", []event{plan}, &outreach.AttendPerson{PersonAttended: outreach.PersonAttended{Person: "p9"}}},
		{"controller.mismatch", []event{plan}, &outreach.AttendPerson{PersonAttended: outreach.PersonAttended{Person: "p2"}}},
		{"person.is_erased", []event{plan}, &outreach.AttendPerson{PersonAttended: outreach.PersonAttended{Person: "p3"}}},
		{"field.required", []event{plan}, &outreach.VoidAttendance{AttendanceVoided: outreach.AttendanceVoided{Reason: "test"}}},
		{"entity.unknown", []event{plan}, &outreach.VoidAttendance{AttendanceVoided: *voided}},
		{"preview.missing", []event{plan, listed}, &outreach.VoidAttendance{AttendanceVoided: *voided}},
	} {
		scene(t, c.past...).When(c.cmd).Refused(c.key)
	}
}

func TestAttendee(t *testing.T) {
	scene(t, plan, done, listed).When(&outreach.NoteAttendeeCame{AttendeeCame: *came}).Then(came)
	scene(t, plan, done, listed).When(&outreach.ConvertAttendee{AttendeeConverted: *turned}).
		ThenState(func(o *fold) { require.Equal(t, "p1", o.Attendees["a1"].Person) }).Then(turned)
	scene(t, plan, done, listed).Previewed().When(&outreach.VoidAttendance{AttendanceVoided: *voided}).Then(voided)
	scene(t, plan, done, listed, voided).When(&outreach.VoidAttendance{AttendanceVoided: *voided}).Nothing()
	wrong := &outreach.AttendanceVoided{Person: "p1", Reason: "wrong_person"}
	scene(t, plan, done, person).Previewed().When(&outreach.VoidAttendance{AttendanceVoided: *wrong}).Then(wrong)
	for _, f := range domain.FieldsOf(listed) {
		if f.Place == domain.InSealed {
			require.Equal(t, "attendee", f.Owner, f.Name)
		}
	}
}

func TestLaterCountReplaces(t *testing.T) {
	again := &outreach.AttendanceCounted{Heads: 15}
	scene(t, plan, done, heads).When(&outreach.CountAttendance{AttendanceCounted: *again}).
		ThenState(func(o *fold) { require.Equal(t, 15, o.Heads.Heads) }).Then(again)
	scene(t, line, fans).When(&outreach.CountFollowers{FollowersCounted: *fans}).Nothing()
	scene(t, line, fans).At(japan.On(2019, 6, 2)).When(&outreach.CountFollowers{FollowersCounted: *fans}).Then(fans)
}

// Whatever is asked in whatever order, decisions and folds do not panic and an
// outreach is in one of its states.
func TestAnyOrder(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 9))
	cmds := []domain.Command[fold]{
		&outreach.Schedule{Scheduled: *plan}, &outreach.Hold{}, &outreach.Cancel{Cancelled: *off},
		&outreach.Change{Changed: outreach.Changed{Field: "evening", Old: "0", New: "1"}},
		&outreach.CountAttendance{AttendanceCounted: *heads}, &outreach.ListAttendee{AttendeeListed: *listed},
		&outreach.NoteAttendeeCame{AttendeeCame: *came}, &outreach.ConvertAttendee{AttendeeConverted: *turned},
		&outreach.AttendPerson{PersonAttended: *person}, &outreach.VoidAttendance{AttendanceVoided: *voided},
		&outreach.SendMailing{MailingSent: *mail}, &outreach.OpenChannel{ChannelOpened: *line},
		&outreach.CountFollowers{FollowersCounted: *fans},
	}
	world := &given.World{Persons: []domain.PersonNow{{ID: "p1", Controller: "31", State: "active"}}}
	for range 300 {
		o := outreach.Aggregate.New()
		for range 25 {
			v := uint64(0)
			events, err := cmds[rnd.IntN(len(cmds))].Decide(o, domain.Intent{
				Command: uuid.Max, Now: time.Unix(1560000000, 0), Controller: "31", Look: world, Preview: &v,
			})
			require.False(t, err != nil && len(events) > 0)
			for _, e := range events {
				e.Apply(o, domain.Envelope{Stream: "outreach-o1"})
			}
			require.Contains(t, []string{"", "scheduled", "held", "cancelled"}, o.State)
		}
	}
}
