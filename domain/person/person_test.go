package person_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/person"
	"ayumi/tests/given"
)

type (
	event   = domain.Event[person.Person]
	command = domain.Command[person.Person]
)

func told() person.Particulars {
	return person.Particulars{Name: person.Name{Family: "田中", FamilyKana: "タナカ"}, BirthDate: "1985-04-01"}
}

func registered() *person.Registered {
	return &person.Registered{Kind: "consultee", AgeBand: "30s", ResidencePref: "13", Language: "ja", Particulars: told()}
}

func anonymous() *person.Registered {
	return &person.Registered{Kind: "consultee", Anonymous: true, AgeBand: "unknown", ResidencePref: "13", Language: "ja"}
}

func about(t testing.TB, events ...event) *given.Scene[person.Person] {
	t.Helper()
	return given.Stream(t, person.Aggregate, given.ID("p")).
		Given(registered()).Given(events...).By(given.Desk("ld1", domain.Counsellor, domain.Lead))
}

func TestPersonIsRegisteredAfterASearch(t *testing.T) {
	given.Stream(t, person.Aggregate, given.ID("p")).
		When(&person.Register{Registered: *registered(), Search: "s1"}).
		ThenState(func(p *person.Person) {
			now := p.Now()
			require.Equal(t, given.ID("p"), now.ID)
			require.Equal(t, "31", now.Controller)
			require.Equal(t, "active", now.State)
			require.True(t, now.Named)
			require.False(t, now.Anonymous)
			require.Equal(t, japan.On(2019, 6, 1), now.AddressOn)
		}).
		Then(registered())
	given.Stream(t, person.Aggregate, "p").When(&person.Register{Registered: *registered()}).Refused("person.search_first")
	given.Stream(t, person.Aggregate, "p").
		With(func(in *domain.Intent) { in.Source = "import" }).
		When(&person.Register{Registered: *registered()}).Then(registered())
}

func TestOnlyConsulteesByNameNeedOne(t *testing.T) {
	nameless := registered()
	nameless.Particulars = person.Particulars{}
	ask := func(r *person.Registered) *given.Scene[person.Person] {
		return given.Stream(t, person.Aggregate, "p").When(&person.Register{Registered: *r, Search: "s1"})
	}
	ask(nameless).Refused("person.no_name")
	companion := *nameless
	companion.Kind = "companion"
	ask(&companion).Then(&companion)
	ask(anonymous()).Then(anonymous())
}

func TestSealedTextsWithAFormAreChecked(t *testing.T) {
	for field, bad := range map[string]person.Particulars{
		"name_kind":     {NameKind: "nick"},
		"birth_date":    {BirthDate: "1985-02-30"},
		"birth_year":    {BirthYear: "2190"},
		"residence_lg":  {ResidenceLG: "312011x"},
		"graduation_ym": {GraduationYM: "2020-13"},
	} {
		r := registered()
		bad.Name = r.Name
		r.Particulars = bad
		_, err := (&person.Register{Registered: *r, Search: "s1"}).Decide(person.Aggregate.New(), domain.Intent{})
		var refused *domain.Refusal
		require.ErrorAs(t, err, &refused, field)
		require.Equal(t, field, refused.Field)
	}
}

func TestAnonymousPersonIsIdentifiedOnce(t *testing.T) {
	id := person.Identified{AgeBand: "40s", ResidencePref: "27", Particulars: told()}
	scene := func() *given.Scene[person.Person] {
		return given.Stream(t, person.Aggregate, "p").Given(anonymous())
	}
	scene().When(&person.Identify{Identified: id}).
		ThenState(func(p *person.Person) {
			require.False(t, p.Anonymous)
			require.True(t, p.Now().Named)
			require.Equal(t, "27", p.ResidencePref)
		}).Then(&id)
	about(t).When(&person.Identify{Identified: id}).Refused("person.not_anonymous")
	scene().When(&person.Identify{}).Refused("person.no_name")
	scene().When(&person.ChangeName{NameChanged: person.NameChanged{NameKind: "legal", Name: told().Name}}).Refused("person.state")
}

func TestDetailsChange(t *testing.T) {
	name := person.NameChanged{NameKind: "legal", Name: person.Name{Family: "山本"}}
	about(t).WhenTold(&person.ChangeName{NameChanged: name}).Then(&name)
	about(t).When(&person.ChangeName{}).Refused("person.no_name")

	moved := person.AddressChanged{ResidencePref: "31", ResidenceLG: "312011", Address: "東町一丁目"}
	about(t).At(japan.On(2019, 7, 2)).WhenTold(&person.ChangeAddress{AddressChanged: moved}).
		ThenState(func(p *person.Person) {
			require.Equal(t, "31", p.ResidencePref)
			require.Equal(t, japan.On(2019, 7, 2), p.AddressOn)
		}).Then(&moved)
	about(t).When(&person.ChangeAddress{AddressChanged: person.AddressChanged{ResidencePref: "13"}}).Nothing()
	about(t).When(&person.ChangeAddress{AddressChanged: person.AddressChanged{ResidencePref: "31", ResidenceLG: "1"}}).Refused("field.code")

	about(t).When(&person.UpdateAgeBand{AgeBandUpdated: person.AgeBandUpdated{AgeBand: "40s"}}).
		Then(&person.AgeBandUpdated{AgeBand: "40s"})
	about(t).When(&person.UpdateAgeBand{AgeBandUpdated: person.AgeBandUpdated{AgeBand: "30s"}}).Nothing()

	origin := person.OriginDeclared{OriginPref: "31", TurnHint: "u"}
	about(t).When(&person.DeclareOrigin{OriginDeclared: origin}).Then(&origin)

	died := person.DeathRecorded{LearnedFrom: "family", DiedOn: "2019-05-01"}
	about(t).When(&person.RecordDeath{DeathRecorded: died}).Then(&died)
}

func TestContactPointsComeAndGo(t *testing.T) {
	add := person.ContactAdded{ContactPoint: "c1", Kind: "mobile", Value: "09000000000"}
	gone := person.ContactRemoved{ContactPoint: "c1", Reason: "wrong"}
	about(t).When(&person.AddContact{ContactAdded: add}).Then(&add)
	about(t, &add).When(&person.RemoveContact{ContactRemoved: gone}).Then(&gone)
	about(t).When(&person.RemoveContact{ContactRemoved: gone}).Refused("entity.unknown")
}

func TestCoarseFactIsCorrectedFromWhatItIsNow(t *testing.T) {
	fix := person.DetailsCorrected{Field: "age_band", Ground: "staff_error", AgeBand: "40s", Old: "30s", New: "40s"}
	ask := func(c person.DetailsCorrected) *given.Scene[person.Person] {
		return about(t).Previewed().When(&person.CorrectDetails{DetailsCorrected: c})
	}
	ask(fix).ThenState(func(p *person.Person) { require.Equal(t, "40s", p.AgeBand) }).Then(&fix)
	about(t).When(&person.CorrectDetails{DetailsCorrected: fix}).Refused("preview.missing")

	stale := fix
	stale.Old = "20s"
	ask(stale).Refused("amend.stale")
	differs := fix
	differs.New = "50s"
	ask(differs).Refused("amend.field")
	unknown := fix
	unknown.Field = "shoe_size"
	ask(unknown).Refused("amend.field")
	crossed := fix
	crossed.ResidencePref = "31"
	ask(crossed).Refused("amend.field")
	unstated := fix
	unstated.AgeBand = ""
	ask(unstated).Refused("field.required")
	ask(person.DetailsCorrected{Field: "family", Ground: "request"}).Refused("field.required")

	yes := true
	student := person.DetailsCorrected{Field: "student", Ground: "request", Student: &yes, Old: "0", New: "1"}
	ask(student).ThenState(func(p *person.Person) { require.True(t, p.Student) }).Then(&student)
}

func TestSealedParticularIsCorrectedWithItsCoarseFact(t *testing.T) {
	fix := person.DetailsCorrected{Field: "birth_date", Ground: "request", AgeBand: "40s", Old: "1985-04-01", New: "1975-04-01"}
	about(t).Previewed().WhenTold(&person.CorrectDetails{DetailsCorrected: fix}).Then(&fix)
	impossible := fix
	impossible.New = "1975-02-30"
	about(t).Previewed().When(&person.CorrectDetails{DetailsCorrected: impossible}).Refused("amend.field")
	privacy := given.Desk("po1", domain.Privacy)
	about(t).Previewed().By(privacy).When(&person.CorrectDetails{DetailsCorrected: fix}).Refused("field.required")
	decided := fix
	decided.Rights = "r1"
	about(t).Previewed().By(privacy).WhenTold(&person.CorrectDetails{DetailsCorrected: decided}).Then(&decided)
}

func TestHouseholdIsOneAtATime(t *testing.T) {
	joined := person.HouseholdJoined{Household: "h1", Relation: "配偶者"}
	left := person.HouseholdLeft{Household: "h1", Reason: "adult"}
	about(t).When(&person.JoinHousehold{HouseholdJoined: joined}).Then(&joined)
	about(t, &joined).When(&person.LeaveHousehold{HouseholdLeft: left}).Then(&left)
	about(t, &joined).When(&person.JoinHousehold{HouseholdJoined: person.HouseholdJoined{Household: "h2", Relation: "子"}}).Refused("household.already")
	about(t, &joined).When(&person.LeaveHousehold{HouseholdLeft: person.HouseholdLeft{Household: "h2", Reason: "adult"}}).Refused("entity.unknown")
	about(t).When(&person.LeaveHousehold{HouseholdLeft: left}).Nothing()
}

func TestKeyCommitmentIsAFactOfTheFirstEvent(t *testing.T) {
	r := registered()
	r.Commit("ab")
	require.Equal(t, "ab", r.KeyCommitment)
}
