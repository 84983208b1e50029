package reception_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/reception"
	"ayumi/tests/given"
)

var (
	year   = &reception.YearOpened{Corner: "TKC", FY: 2019, Prefs: []string{"31", "33"}}
	logged = &reception.Logged{
		Reception: "r1", Corner: "TKC", Channel: "in_person", Categories: []string{"job"}, AskedPref: "33", PartySize: 2,
	}
)

func corner(t *testing.T) *given.Scene[reception.Reception] {
	return given.Stream(t, reception.Aggregate, "TKC.2019").
		With(func(in *domain.Intent) { in.Controller = "joint" })
}

func TestYearIsOpenedJointlyUnderItsName(t *testing.T) {
	open := &reception.OpenYear{YearOpened: *year}
	corner(t).When(open).Then(year)
	corner(t).Given(year).When(open).Nothing()
	corner(t).With(func(in *domain.Intent) { in.Controller = "31" }).When(open).Refused("controller.mismatch")
	given.Stream(t, reception.Aggregate, "TKC.2018").When(open).Refused("reception.stream")
}

func TestReceptionIsLogged(t *testing.T) {
	corner(t).Given(year).When(&reception.Log{Logged: *logged}).Then(logged)
	corner(t).Given(year, logged).When(&reception.Log{Logged: *logged}).Nothing()
}

func TestLogRefuses(t *testing.T) {
	for key, change := range map[string]func(*reception.Logged){
		"field.range":            func(l *reception.Logged) { l.PartySize = 0 },
		"reception.nameless":     func(l *reception.Logged) { l.Reception = "tanaka-hanako" },
		"reception.other_corner": func(l *reception.Logged) { l.Corner = "OSK" },
	} {
		l := *logged
		change(&l)
		corner(t).Given(year).When(&reception.Log{Logged: l}).Refused(key)
	}
	corner(t).At(japan.On(2020, 4, 1)).Given(year).When(&reception.Log{Logged: *logged}).Refused("reception.other_year")
}

func TestEnquiryIsLoggedEachTime(t *testing.T) {
	in := domain.Intent{Occurred: japan.On(2019, 6, 1)}
	r := reception.Aggregate.New()
	year.Apply(r, domain.Envelope{})
	ask := &reception.LogEnquiry{EnquiryLogged: reception.EnquiryLogged{Corner: "TKC", Channel: "phone", Kind: "hours"}}
	events, err := ask.Decide(r, in)
	require.NoError(t, err)
	require.Equal(t, []domain.Event[reception.Reception]{&ask.EnquiryLogged}, events)
	corner(t).At(japan.On(2019, 3, 31)).Given(year).When(ask).Refused("reception.other_year")
}

func TestReceptionIsAmended(t *testing.T) {
	for _, c := range []struct {
		field    string
		old, new []string
	}{
		{"channel", []string{"in_person"}, []string{"phone"}},
		{"categories", []string{"job"}, []string{"housing", "job"}},
		{"asked_pref", []string{"33"}, []string{"both"}},
		{"party_size", []string{"2"}, []string{"3"}},
		{"occurred_on", []string{"2019-06-01"}, []string{"2019-05-31"}},
		{"occurred_time", nil, []string{"1030"}},
	} {
		e := &reception.Amended{Reception: "r1", Field: c.field, Old: c.old, New: c.new, Reason: "typo"}
		corner(t).Given(year, logged).Previewed().When(&reception.Amend{Amended: *e}).
			ThenState(func(r *reception.Reception) {
				v := r.Logged["r1"]
				now, ok := domain.FactText(&v.Received, c.field)
				require.True(t, ok)
				require.Contains(t, []string{c.new[0], "housing,job"}, now)
			}).Then(e)
	}
}

func TestAmendRefuses(t *testing.T) {
	void := &reception.Voided{Reception: "r1", Reason: "test"}
	ok := reception.Amended{Reception: "r1", Field: "party_size", Old: []string{"2"}, New: []string{"3"}, Reason: "typo"}
	corner(t).Given(year, logged).When(&reception.Amend{Amended: ok}).Refused("preview.missing")
	corner(t).Given(year, logged, void).Previewed().When(&reception.Amend{Amended: ok}).Refused("reception.state")
	for _, c := range []struct {
		key    string
		change func(*reception.Amended)
	}{
		{"entity.unknown", func(a *reception.Amended) { a.Reception = "r2" }},
		{"amend.field", func(a *reception.Amended) { a.Field = "corner" }},
		{"amend.stale", func(a *reception.Amended) { a.Old = []string{"5"} }},
		{"field.range", func(a *reception.Amended) { a.New = []string{"0"} }},
		{"reception.nameless", func(a *reception.Amended) { a.New = []string{"Tanaka.Hanako"} }},
		{"reception.nameless", func(a *reception.Amended) { a.New = []string{"0858261234"} }},
		{"reception.nameless", func(a *reception.Amended) { a.Reason = "tanaka@example.com" }},
		{"reception.other_year", func(a *reception.Amended) {
			a.Field, a.Old, a.New = "occurred_on", []string{"2019-06-01"}, []string{"2018-06-01"}
		}},
		{"date.in_future", func(a *reception.Amended) {
			a.Field, a.Old, a.New = "occurred_on", []string{"2019-06-01"}, []string{"2019-06-02"}
		}},
	} {
		a := ok
		c.change(&a)
		corner(t).Given(year, logged).Previewed().When(&reception.Amend{Amended: a}).Refused(c.key)
	}
	same := ok
	same.New = same.Old
	corner(t).Given(year, logged).Previewed().When(&reception.Amend{Amended: same}).Nothing()
}

func TestReceptionIsVoidedOnce(t *testing.T) {
	e := &reception.Voided{Reception: "r1", Reason: "test"}
	void := &reception.Void{Voided: *e}
	corner(t).Given(year, logged).Previewed().When(void).
		ThenState(func(r *reception.Reception) { require.True(t, r.Logged["r1"].Voided) }).Then(e)
	corner(t).Given(year, logged, e).When(void).Nothing()
	corner(t).Given(year, logged).When(void).Refused("preview.missing")
	corner(t).Given(year).Previewed().When(void).Refused("entity.unknown")
}

func TestStreamHoldsNobody(t *testing.T) {
	for _, shape := range reception.Aggregate.EventShapes() {
		for _, f := range shape.Fields {
			require.Equal(t, domain.InFacts, f.Place, shape.Name+" "+f.Name)
			require.NotEqual(t, domain.KindWord, f.Kind, shape.Name+" "+f.Name)
		}
	}
}
