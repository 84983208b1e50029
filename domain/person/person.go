package person

import (
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

var personEvents = []eventType{
	domain.Happens[Person, Registered]("person.registered"),
	domain.Happens[Person, Identified]("person.identified"),
	domain.Happens[Person, NameChanged]("person.name_changed"),
	domain.Happens[Person, AddressChanged]("person.address_changed"),
	domain.Happens[Person, AgeBandUpdated]("person.age_band_updated"),
	domain.Happens[Person, ContactAdded]("person.contact_added"),
	domain.Happens[Person, ContactRemoved]("person.contact_removed"),
	domain.Happens[Person, DetailsCorrected]("person.details_corrected"),
	domain.Happens[Person, OriginDeclared]("person.origin_declared"),
	domain.Happens[Person, DeathRecorded]("person.death_recorded"),
}

var personCommands = []commandType{
	domain.Begins[Person, Register]("person.register", domain.Counsellor, domain.Lead, domain.System),
	domain.Can[Person, Identify]("person.identify", domain.Counsellor, domain.Lead),
	domain.Can[Person, ChangeName]("person.change_name", domain.Counsellor, domain.Lead),
	domain.Can[Person, ChangeAddress]("person.change_address", domain.Counsellor, domain.Lead),
	domain.Can[Person, UpdateAgeBand]("person.update_age_band", domain.Counsellor, domain.Lead, domain.System),
	domain.Can[Person, AddContact]("person.add_contact", domain.Counsellor, domain.Lead),
	domain.Can[Person, RemoveContact]("person.remove_contact", domain.Counsellor, domain.Lead),
	domain.Can[Person, CorrectDetails]("person.correct_details", domain.Counsellor, domain.Lead, domain.Privacy),
	domain.Can[Person, DeclareOrigin]("person.declare_origin", domain.Counsellor, domain.Lead),
	domain.Can[Person, RecordDeath]("person.record_death", domain.Counsellor, domain.Lead),
}

// Name is how a person is called, as told.
type Name struct {
	Family     string `sealed:"family?,P"`
	Given      string `sealed:"given?,P"`
	FamilyKana string `sealed:"family_kana?,P"`
	GivenKana  string `sealed:"given_kana?,P"`
}

func (n Name) stated() bool { return n != Name{} }

// Particulars are what a person tells of itself at the first record or when it
// gives its name. An anonymous person tells none of it.
type Particulars struct {
	Name
	NameKind     string `sealed:"name_kind?,P"`  // legal, alias or former
	BirthDate    string `sealed:"birth_date?,P"` // YYYY-MM-DD
	BirthYear    string `sealed:"birth_year?,P"` // YYYY, where the day is not told
	Sex          string `sealed:"sex?,P"`
	ResidenceLG  string `sealed:"residence_lg?,P"` // six digits
	Address      string `sealed:"address?,P"`
	Postal       string `sealed:"postal?,P"`
	School       string `sealed:"school?,P,job"`
	GraduationYM string `sealed:"graduation_ym?,P,job"` // YYYY-MM
	RawRow       string `sealed:"raw_row?,P"`           // the imported row as it came
}

// Registered: the first record of a person.
type Registered struct {
	Kind          string `fact:"kind,code=consultee|companion"`
	Anonymous     bool   `fact:"anonymous,flag"`
	AgeBand       string `fact:"age_band,code"`
	ResidencePref string `fact:"residence_pref,code=pref"`
	Language      string `fact:"language,token"`
	Student       bool   `fact:"student,flag"`
	KeyCommitment string `fact:"key_commitment,digest,made"`
	Particulars
}

func (e *Registered) Apply(p *Person, env domain.Envelope) {
	_, p.ID = domain.SplitStream(env.Stream)
	p.Controller = env.Controller
	p.Kind, p.Anonymous, p.Student = e.Kind, e.Anonymous, e.Student
	p.Named = e.Kind == "consultee" && !e.Anonymous
	p.AgeBand, p.ResidencePref = e.AgeBand, e.ResidencePref
	p.AddressOn = japan.DateOf(env.RecordedAt)
	p.KeyCommitment = e.KeyCommitment
}

// Commit states which key seals everything about the person from now on.
func (e *Registered) Commit(commitment string) { e.KeyCommitment = commitment }

// Identified: an anonymous person gave its name.
type Identified struct {
	AgeBand       string `fact:"age_band,code"`
	ResidencePref string `fact:"residence_pref,code=pref"`
	Particulars
}

func (e *Identified) Apply(p *Person, env domain.Envelope) {
	p.Anonymous, p.Named = false, true
	p.AgeBand, p.ResidencePref = e.AgeBand, e.ResidencePref
	p.AddressOn = japan.DateOf(env.RecordedAt)
}

// NameChanged: a new name, or another one beside it.
type NameChanged struct {
	NameKind string `fact:"name_kind,code=legal|alias|former"`
	Name
}

func (e *NameChanged) Apply(p *Person, _ domain.Envelope) { p.Named = true }

// AddressChanged: the person lives elsewhere.
type AddressChanged struct {
	ResidencePref string `fact:"residence_pref,code=pref"`
	ResidenceLG   string `sealed:"residence_lg?,P"`
	Address       string `sealed:"address?,P"`
	Postal        string `sealed:"postal?,P"`
}

func (e *AddressChanged) Apply(p *Person, env domain.Envelope) {
	p.ResidencePref, p.AddressOn = e.ResidencePref, japan.DateOf(env.RecordedAt)
}

// AgeBandUpdated: the person is in another band.
type AgeBandUpdated struct {
	AgeBand string `fact:"age_band,code"`
}

func (e *AgeBandUpdated) Apply(p *Person, _ domain.Envelope) { p.AgeBand = e.AgeBand }

// ContactAdded: one way to reach the person.
type ContactAdded struct {
	ContactPoint string `fact:"contact_point,id,new"`
	Kind         string `fact:"kind,code=phone|mobile|mail|line|post|other"`
	Shared       bool   `fact:"shared,flag"` // others answer there too
	Value        string `sealed:"value,P"`
	Display      string `sealed:"display?,P"` // as the person writes it
	Purpose      string `sealed:"purpose?,P"`
	Hours        string `sealed:"hours?,P"`
}

func (e *ContactAdded) Apply(p *Person, _ domain.Envelope) {
	p.Contacts[e.ContactPoint] = ContactPoint{Kind: e.Kind, Shared: e.Shared}
}

// ContactRemoved: no longer a way to reach the person.
type ContactRemoved struct {
	ContactPoint string `fact:"contact_point,id"`
	Reason       string `fact:"reason,code=left|wrong|refused|bounced"`
}

func (e *ContactRemoved) Apply(p *Person, _ domain.Envelope) {
	c := p.Contacts[e.ContactPoint]
	c.Removed = true
	p.Contacts[e.ContactPoint] = c
}

// DetailsCorrected: a particular was wrong. A coarse fact that follows from the
// particular is corrected with it.
type DetailsCorrected struct {
	Field         string `fact:"field,token"`
	Ground        string `fact:"ground,code=request|staff_error|partner_report"`
	Rights        string `fact:"rights?,id"`
	AgeBand       string `fact:"age_band?,code"`
	ResidencePref string `fact:"residence_pref?,code=pref"`
	Student       *bool  `fact:"student?,flag"`
	Old           string `sealed:"old?,P"` // absent: nothing was recorded
	New           string `sealed:"new?,P"` // absent: deleted
}

func (e *DetailsCorrected) Apply(p *Person, env domain.Envelope) {
	if e.AgeBand != "" {
		p.AgeBand = e.AgeBand
	}
	if e.ResidencePref != "" {
		p.ResidencePref = e.ResidencePref
	}
	if e.Student != nil {
		p.Student = *e.Student
	}
	if correctable[e.Field] == "residence_pref" {
		p.AddressOn = japan.DateOf(env.RecordedAt)
	}
}

// OriginDeclared: where the person says it comes from. Relocation partition.
type OriginDeclared struct {
	OriginPref      string `fact:"origin_pref,code=pref"`
	LivedHereBefore bool   `fact:"lived_here_before,flag"`
	TurnHint        string `fact:"turn_hint,code=turn"`
	Grandchild      bool   `fact:"grandchild,flag"`
	Remark          string `sealed:"remark?,P,reloc"`
}

func (e *OriginDeclared) Apply(p *Person, _ domain.Envelope) { p.Origin = e.origin() }

func (e *OriginDeclared) origin() Origin {
	return Origin{e.OriginPref, e.LivedHereBefore, e.TurnHint, e.Grandchild}
}

// DeathRecorded: the office learned, on the day it occurred, that the person died.
type DeathRecorded struct {
	LearnedFrom string `fact:"learned_from,code=family|municipality|other"`
	DiedOn      string `sealed:"died_on,P"`
}

func (e *DeathRecorded) Apply(p *Person, _ domain.Envelope) { p.Dead = true }

// ContactPoint is one way to reach the person; its value is sealed.
type ContactPoint struct {
	Kind            string
	Shared, Removed bool
}

// Origin is where the person says it comes from; the zero Origin is not stated.
type Origin struct {
	Pref            string
	LivedHereBefore bool
	TurnHint        string
	Grandchild      bool
}

// Register begins the stream. A record made at the counter names the search
// that came before it.
type Register struct {
	Registered
	Search string `arg:"search?,id"` // of the search, or of the dry run of an import
}

func (c *Register) Decide(p *Person, in domain.Intent) ([]event, error) {
	switch {
	case p.ID != "":
		return nil, nil
	case c.Search == "" && (in.Source == "" || in.Source == "counter"):
		return nil, domain.RefuseField("person.search_first", "search")
	case c.Kind == "consultee" && !c.Anonymous && !c.Name.stated():
		return nil, domain.RefuseField("person.no_name", "family")
	}
	if err := c.Particulars.check(in); err != nil {
		return nil, err
	}
	return []event{&c.Registered}, nil
}

// check refuses sealed texts that have a fixed form and break it.
func (c *Particulars) check(in domain.Intent) error {
	var bad domain.Refusals
	for _, f := range []struct{ field, key, text string }{
		{"name_kind", "field.code", c.NameKind}, {"birth_date", "field.date", c.BirthDate},
		{"birth_year", "field.date", c.BirthYear}, {"residence_lg", "field.code", c.ResidenceLG},
		{"graduation_ym", "field.date", c.GraduationYM},
	} {
		if f.text != "" && !formed(f.field, f.text, in.Today()) {
			bad = append(bad, domain.RefuseField(f.key, f.field))
		}
	}
	if len(bad) > 0 {
		return bad
	}
	return nil
}

// formed tells whether a text has the form of its field; birth lies in the past.
func formed(field, text string, today japan.Date) bool {
	var on japan.Date
	var err error
	switch field {
	case "name_kind":
		return slices.Contains([]string{"legal", "alias", "former"}, text)
	case "residence_lg":
		return japan.LGShaped(text)
	case "birth_date":
		on, err = japan.ParseDate(text)
	case "birth_year":
		on, err = japan.ParseDate(text + "-01-01")
	case "graduation_ym":
		_, err = japan.ParseDate(text + "-01")
		return err == nil
	default:
		return true
	}
	return err == nil && on <= today
}

// Identify gives an anonymous person its name.
type Identify struct{ Identified }

func (c *Identify) Decide(p *Person, in domain.Intent) ([]event, error) {
	switch err := p.takes(true); {
	case err != nil:
		return nil, err
	case !p.Anonymous:
		return nil, domain.Refuse("person.not_anonymous")
	case !c.Name.stated():
		return nil, domain.RefuseField("person.no_name", "family")
	}
	if err := c.Particulars.check(in); err != nil {
		return nil, err
	}
	return []event{&c.Identified}, nil
}

// ChangeName records another name. An anonymous person is identified instead.
type ChangeName struct{ NameChanged }

func (c *ChangeName) Decide(p *Person, _ domain.Intent) ([]event, error) {
	switch err := p.takes(true); {
	case err != nil:
		return nil, err
	case p.Anonymous:
		return nil, domain.Refuse("person.state")
	case !c.Name.stated():
		return nil, domain.RefuseField("person.no_name", "family")
	}
	return []event{&c.NameChanged}, nil
}

// ChangeAddress records where the person lives now.
type ChangeAddress struct{ AddressChanged }

func (c *ChangeAddress) Decide(p *Person, in domain.Intent) ([]event, error) {
	told := c.ResidenceLG != "" || c.Address != "" || c.Postal != ""
	if err := p.takes(told); err != nil {
		return nil, err
	}
	if !told && p.ResidencePref == c.ResidencePref {
		return nil, nil
	}
	if c.ResidenceLG != "" && !formed("residence_lg", c.ResidenceLG, in.Today()) {
		return nil, domain.RefuseField("field.code", "residence_lg")
	}
	return []event{&c.AddressChanged}, nil
}

// UpdateAgeBand records the band the person is in now.
type UpdateAgeBand struct{ AgeBandUpdated }

func (c *UpdateAgeBand) Decide(p *Person, _ domain.Intent) ([]event, error) {
	if err := p.current(); err != nil || p.AgeBand == c.AgeBand {
		return nil, err
	}
	return []event{&c.AgeBandUpdated}, nil
}

// AddContact records a way to reach the person.
type AddContact struct{ ContactAdded }

func (c *AddContact) Decide(p *Person, _ domain.Intent) ([]event, error) {
	if err := p.takes(true); err != nil {
		return nil, err
	}
	if _, have := p.Contacts[c.ContactPoint]; have {
		return nil, nil
	}
	return []event{&c.ContactAdded}, nil
}

// RemoveContact takes one away.
type RemoveContact struct{ ContactRemoved }

func (c *RemoveContact) Decide(p *Person, _ domain.Intent) ([]event, error) {
	if err := p.alive(); err != nil {
		return nil, err
	}
	switch known, have := p.Contacts[c.ContactPoint]; {
	case !have:
		return nil, domain.RefuseField("entity.unknown", "contact_point")
	case known.Removed:
		return nil, nil
	}
	return []event{&c.ContactRemoved}, nil
}

// correctable names the particulars that may be corrected, with the coarse fact
// that follows from each.
var correctable = map[string]string{
	"family": "", "given": "", "family_kana": "", "given_kana": "", "name_kind": "", "sex": "",
	"birth_date": "age_band", "birth_year": "age_band", "age_band": "age_band",
	"residence_lg": "residence_pref", "address": "residence_pref", "postal": "residence_pref",
	"residence_pref": "residence_pref",
	"school":         "student", "graduation_ym": "student", "student": "student",
}

// CorrectDetails puts a particular right. Beside a sealed particular the coarse
// fact that follows from it may be put right; a coarse fact on its own must be.
type CorrectDetails struct{ DetailsCorrected }

func (c *CorrectDetails) Decide(p *Person, in domain.Intent) ([]event, error) {
	if err := p.ends(true); err != nil {
		return nil, err
	}
	coarse, known := correctable[c.Field]
	switch {
	case !known || !c.statesOnly(coarse):
		return nil, domain.RefuseField("amend.field", "field")
	case c.Old == "" && c.New == "":
		return nil, domain.RefuseField("field.required", "new")
	case c.Rights == "" && in.Is(domain.Privacy) && !in.Is(domain.Counsellor, domain.Lead):
		return nil, domain.RefuseField("field.required", "rights")
	case c.Field == coarse:
		if err := c.checkCoarse(p); err != nil {
			return nil, err
		}
	case c.New != "" && !formed(c.Field, c.New, in.Today()):
		return nil, domain.RefuseField("amend.field", "new")
	}
	if err := in.Previewed(); err != nil {
		return nil, err
	}
	return []event{&c.DetailsCorrected}, nil
}

// statesOnly tells whether no coarse fact but the named one is stated.
func (c *CorrectDetails) statesOnly(coarse string) bool {
	return (c.AgeBand == "" || coarse == "age_band") &&
		(c.ResidencePref == "" || coarse == "residence_pref") &&
		(c.Student == nil || coarse == "student")
}

// checkCoarse compares a correction of a fact with what the fact is now.
func (c *CorrectDetails) checkCoarse(p *Person) error {
	now, _ := domain.FactText(&DetailsCorrected{AgeBand: p.AgeBand, ResidencePref: p.ResidencePref, Student: &p.Student}, c.Field)
	want, _ := domain.FactText(&c.DetailsCorrected, c.Field)
	switch {
	case want == "":
		return domain.RefuseField("field.required", c.Field)
	case c.Old != now:
		return domain.RefuseField("amend.stale", "old")
	case c.New != want:
		return domain.RefuseField("amend.field", "new")
	}
	return nil
}

// DeclareOrigin records where the person says it comes from.
type DeclareOrigin struct{ OriginDeclared }

func (c *DeclareOrigin) Decide(p *Person, _ domain.Intent) ([]event, error) {
	if err := p.takes(c.Remark != ""); err != nil {
		return nil, err
	}
	if c.Remark == "" && p.Origin == c.origin() {
		return nil, nil
	}
	return []event{&c.OriginDeclared}, nil
}

// RecordDeath records that the person died.
type RecordDeath struct{ DeathRecorded }

func (c *RecordDeath) Decide(p *Person, _ domain.Intent) ([]event, error) {
	if err := p.takes(true); err != nil || p.Dead {
		return nil, err
	}
	return []event{&c.DeathRecorded}, nil
}
