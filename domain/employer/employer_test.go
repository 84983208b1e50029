package employer_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/employer"
	"ayumi/domain/japan"
	"ayumi/tests/given"
)

type (
	fold  = employer.Employer
	event = domain.Event[fold]
)

var (
	firm = &employer.Registered{
		Kind: "corporation", Industry: "E", Pref: "31", LGCode: "312011", SizeBand: "u100", Name: "架空製作所",
	}
	alone = &employer.Registered{
		Kind: "sole_proprietor", Industry: "A", Pref: "31", LGCode: "312011", SizeBand: "u10",
		Contact: "c9", Proprietor: "架空 花子",
	}
	renamed = &employer.Renamed{Name: "架空工業"}
	contact = &employer.ContactSet{Contact: "c1", Name: "架空 太郎"}
	removed = &employer.ContactRemoved{Contact: "c1"}
	offer   = &employer.VacancyOpened{
		Vacancy: "v1", From: "hellowork", Occupation: "machinist", Contract: "indefinite", WorkplaceLG: "312011",
		Posts: 2, ValidUntil: japan.On(2019, 8, 31), Title: "機械加工",
	}
	changed = &employer.VacancyChanged{Vacancy: "v1", Field: "posts", Old: "2", New: "3"}
	closed  = &employer.VacancyClosed{Vacancy: "v1", Reason: "filled", FilledByUs: 1}
	ended   = &employer.Ended{Reason: "closed_down"}
)

func scene(t *testing.T, past ...event) *given.Scene[fold] {
	return given.Stream(t, employer.Aggregate, "e1").Given(past...)
}

func TestHappyPaths(t *testing.T) {
	for _, c := range []struct {
		past  []event
		cmd   domain.Command[fold]
		event event
	}{
		{nil, &employer.Register{Registered: *firm}, firm},
		{nil, &employer.Register{Registered: *alone}, alone},
		{[]event{firm}, &employer.Rename{Renamed: *renamed}, renamed},
		{[]event{firm, contact}, &employer.RemoveContact{ContactRemoved: *removed}, removed},
		{[]event{firm}, &employer.OpenVacancy{VacancyOpened: *offer}, offer},
		{[]event{firm}, &employer.End{Ended: *ended}, ended},
	} {
		scene(t, c.past...).When(c.cmd).Then(c.event)
		scene(t, append(c.past, c.event)...).When(c.cmd).Nothing()
	}
}

func TestVacancyRunsOpenClosed(t *testing.T) {
	scene(t, firm, offer).When(&employer.ChangeVacancy{VacancyChanged: *changed}).
		ThenState(func(m *fold) { require.Equal(t, 3, m.Vacancies["v1"].Posts) }).Then(changed)
	scene(t, firm, offer).When(&employer.CloseVacancy{VacancyClosed: *closed}).
		ThenState(func(m *fold) {
			require.True(t, m.Vacancies["v1"].Closed)
			require.Equal(t, 1, m.Vacancies["v1"].FilledByUs)
		}).Then(closed)
	scene(t, firm, offer, closed).When(&employer.CloseVacancy{VacancyClosed: *closed}).Refused("vacancy.state")
	scene(t, firm, offer, closed).When(&employer.ChangeVacancy{VacancyChanged: *changed}).Refused("vacancy.state")
	scene(t, firm, offer, closed).When(&employer.OpenVacancy{VacancyOpened: *offer}).Nothing()
}

func TestRefusals(t *testing.T) {
	register := func(e employer.Registered, change func(*employer.Registered)) domain.Command[fold] {
		change(&e)
		return &employer.Register{Registered: e}
	}
	open := func(change func(*employer.VacancyOpened)) domain.Command[fold] {
		e := *offer
		change(&e)
		return &employer.OpenVacancy{VacancyOpened: e}
	}
	change := func(field, old, text string) domain.Command[fold] {
		return &employer.ChangeVacancy{VacancyChanged: employer.VacancyChanged{Vacancy: "v1", Field: field, Old: old, New: text}}
	}
	for _, c := range []struct {
		key  string
		past []event
		cmd  domain.Command[fold]
	}{
		{"employer.name_sealed", nil, register(*alone, func(e *employer.Registered) { e.Name = "架空商店" })},
		{"employer.name_sealed", nil, register(*firm, func(e *employer.Registered) { e.Proprietor = "架空 花子" })},
		{"field.required", nil, register(*alone, func(e *employer.Registered) { e.Proprietor = "" })},
		{"field.required", nil, register(*firm, func(e *employer.Registered) { e.Name = "" })},
		{"lg.invalid", nil, register(*firm, func(e *employer.Registered) { e.Pref = "33" })},
		{"lg.invalid", nil, register(*firm, func(e *employer.Registered) { e.LGCode = "31" })},
		{"employer.name_sealed", []event{alone}, &employer.Rename{Renamed: *renamed}},
		{"employer.state", []event{firm, ended}, &employer.Rename{Renamed: *renamed}},
		{"employer.state", []event{firm, ended}, &employer.SetContact{ContactSet: *contact}},
		{"employer.state", []event{firm, ended}, &employer.OpenVacancy{VacancyOpened: *offer}},
		{"field.range", []event{firm}, open(func(v *employer.VacancyOpened) { v.Posts = 0 })},
		{"lg.invalid", []event{firm}, open(func(v *employer.VacancyOpened) { v.WorkplaceLG = "999999" })},
		{"entity.unknown", []event{firm}, &employer.CloseVacancy{VacancyClosed: *closed}},
		{"entity.unknown", []event{firm}, &employer.ChangeVacancy{VacancyChanged: *changed}},
		{"field.range", []event{firm, offer}, &employer.CloseVacancy{VacancyClosed: employer.VacancyClosed{Vacancy: "v1", Reason: "filled", FilledByUs: -1}}},
		{"amend.field", []event{firm, offer}, change("vacancy", "v1", "v2")},
		{"amend.stale", []event{firm, offer}, change("posts", "1", "3")},
		{"field.range", []event{firm, offer}, change("posts", "2", "0")},
		{"field.code", []event{firm, offer}, change("contract", "indefinite", "forever")},
	} {
		scene(t, c.past...).When(c.cmd).Refused(c.key)
	}
}

func TestSoleProprietorIsSealedUnderOneKey(t *testing.T) {
	e := *alone
	e.Contact = ""
	made := e
	made.Contact = domain.DeriveID(uuid.NewSHA1(uuid.NameSpaceOID, []byte(t.Name())), "contact")
	scene(t).When(&employer.Register{Registered: e}).Then(&made)

	m := employer.Aggregate.New()
	alone.Apply(m, domain.Envelope{})
	events, err := (&employer.Rename{Renamed: employer.Renamed{Proprietor: "架空 春子"}}).Decide(m, domain.Intent{})
	require.NoError(t, err)
	require.Equal(t, []event{&employer.Renamed{Contact: "c9", Proprietor: "架空 春子"}}, events)
}

func TestContactIsReplaced(t *testing.T) {
	made := *contact
	made.Contact = domain.DeriveID(uuid.NewSHA1(uuid.NameSpaceOID, []byte(t.Name())), "contact")
	scene(t, firm).When(&employer.SetContact{ContactSet: made}).Then(&made)
}

// Whatever is asked in whatever order, decisions and folds do not panic, and a
// closed vacancy stays closed.
func TestAnyOrder(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 11))
	cmds := []domain.Command[fold]{
		&employer.Register{Registered: *firm}, &employer.Register{Registered: *alone},
		&employer.Rename{Renamed: *renamed}, &employer.SetContact{ContactSet: *contact},
		&employer.RemoveContact{ContactRemoved: *removed}, &employer.OpenVacancy{VacancyOpened: *offer},
		&employer.ChangeVacancy{VacancyChanged: *changed}, &employer.CloseVacancy{VacancyClosed: *closed},
		&employer.End{Ended: *ended},
	}
	for range 300 {
		m := employer.Aggregate.New()
		shut := false
		for range 20 {
			events, err := cmds[rnd.IntN(len(cmds))].Decide(m, domain.Intent{})
			require.False(t, err != nil && len(events) > 0)
			for _, e := range events {
				e.Apply(m, domain.Envelope{})
			}
			v := m.Vacancies["v1"]
			require.True(t, !shut || v.Closed)
			shut = v != nil && v.Closed
		}
	}
}
