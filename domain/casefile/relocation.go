package casefile

import (
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

var relocationEvents = []eventType{
	domain.Happens[Case, RelocationPlanned]("case.relocation_planned"),
	domain.Happens[Case, HousingSecured]("case.housing_secured"),
	domain.Happens[Case, MovedIn]("case.moved_in"),
	domain.Happens[Case, RelocationConfirmed]("case.relocation_confirmed"),
	domain.Happens[Case, RelocationConfirmationWithdrawn]("case.relocation_confirmation_withdrawn"),
	domain.Happens[Case, RelocationClassified]("case.relocation_classified"),
	domain.Happens[Case, RelocationReclassified]("case.relocation_reclassified"),
	domain.Happens[Case, MovedWithin]("case.moved_within"),
	domain.Happens[Case, MovedOut]("case.moved_out"),
	domain.Happens[Case, StayChecked]("case.stay_checked"),
	domain.Happens[Case, RelocationAmended]("case.relocation_amended"),
	domain.Happens[Case, RelocationVoided]("case.relocation_voided"),
}

// RelocationPlanned: the party means to move.
type RelocationPlanned struct {
	Relocation   string     `fact:"relocation,id,new"`
	PlannedOn    japan.Date `fact:"planned_on,date"`
	ToRegion     string     `fact:"to_region,code=region"`
	Municipality string     `sealed:"municipality?,P,reloc"`
}

func (e *RelocationPlanned) Apply(c *Case, _ domain.Envelope) {
	r := newRelocation("planned")
	r.PlannedOn, r.ToRegion = e.PlannedOn, e.ToRegion
	c.Relocations[e.Relocation] = r
}

// HousingSecured: there is somewhere to live.
type HousingSecured struct {
	Relocation string `fact:"relocation,id"`
	Kind       string `fact:"kind,code=housing"`
	Address    string `sealed:"address?,P,reloc"`
}

func (e *HousingSecured) Apply(c *Case, _ domain.Envelope) {
	c.Relocations[e.Relocation].State = "housed"
}

// MovedIn: a reported move into the prefecture. Head is the head of the
// household even if not among the movers. Each mover's addresses are sealed
// under the mover's own key.
type MovedIn struct {
	Relocation     string            `fact:"relocation,id,new"`
	Movers         []string          `fact:"movers,ids"`
	Head           string            `fact:"head,id"`
	Household      string            `fact:"household,id"`
	FromPref       string            `fact:"from_pref,code=pref"`
	ToLG           string            `fact:"to_lg,token"`
	Register       bool              `fact:"register,flag"`
	Reason         string            `fact:"reason,code=move_reason"`
	HasPredecessor string            `fact:"has_predecessor?,code=yes_no"` // asked of transfers
	PlannedStay    string            `fact:"planned_stay,code"`
	OldAddress     map[string]string `sealed:"old_address?,P,each,reloc"`
	NewAddress     map[string]string `sealed:"new_address?,P,each,reloc"`
}

func (e *MovedIn) Apply(c *Case, env domain.Envelope) {
	r := c.Relocations[e.Relocation]
	if r == nil {
		r = newRelocation("")
		c.Relocations[e.Relocation] = r
	}
	r.State, r.Movers, r.Head, r.Household = "moved_in", e.Movers, e.Head, e.Household
	r.MovedInBy, r.RelocationFacts = env.RecordedBy, e.facts(env.Occurred, r.RelocationFacts)
	c.contact(env.Occurred)
}

func (e *MovedIn) facts(on japan.Date, f RelocationFacts) RelocationFacts {
	f.MovedInOn, f.FromPref, f.ToLG, f.Register = on, e.FromPref, e.ToLG, e.Register
	f.Reason, f.HasPredecessor, f.PlannedStay = e.Reason, e.HasPredecessor, e.PlannedStay
	return f
}

// RelocationConfirmed: somebody else than who recorded it or kept the case has
// seen proof of the move.
type RelocationConfirmed struct {
	Relocation   string `fact:"relocation,id"`
	Confirmation string `fact:"confirmation,id,new"`
	Grade        string `fact:"grade,code"`
	EvidenceKind string `fact:"evidence_kind,code"`
	Document     string `fact:"document?,id"`
	EvidenceRef  string `sealed:"evidence_ref?,P"`
}

func (e *RelocationConfirmed) Apply(c *Case, env domain.Envelope) {
	c.Relocations[e.Relocation].Confirmations[e.Confirmation] = &Confirmation{
		Grade: e.Grade, Evidence: e.EvidenceKind, By: env.RecordedBy, On: env.Occurred,
	}
}

// RelocationConfirmationWithdrawn: the proof does not hold.
type RelocationConfirmationWithdrawn struct {
	Relocation   string `fact:"relocation,id"`
	Confirmation string `fact:"confirmation,id"`
	Reason       string `fact:"reason,token"`
}

func (e *RelocationConfirmationWithdrawn) Apply(c *Case, _ domain.Envelope) {
	c.Relocations[e.Relocation].Confirmations[e.Confirmation].Withdrawn = true
}

// MovedWithin: movers live elsewhere in the prefecture now. It is never a new
// relocation.
type MovedWithin struct {
	Relocation string   `fact:"relocation,id"`
	Persons    []string `fact:"persons,ids"`
	ToLG       string   `fact:"to_lg,token"`
	Address    string   `sealed:"address?,P,reloc"`
}

func (e *MovedWithin) Apply(c *Case, env domain.Envelope) {
	r := c.Relocations[e.Relocation]
	for _, p := range e.Persons {
		r.Within[p] = append(r.Within[p], Within{On: env.Occurred, ToLG: e.ToLG})
	}
	c.contact(env.Occurred)
}

// MovedOut: movers left the prefecture.
type MovedOut struct {
	Relocation string   `fact:"relocation,id"`
	Persons    []string `fact:"persons,ids"`
	ToPref     string   `fact:"to_pref,code=site_or_undeclared"`
	Reason     string   `fact:"reason,code=work|family|health|dissatisfied|other|unknown"`
	Words      string   `sealed:"words?,X"`
}

func (e *MovedOut) Apply(c *Case, env domain.Envelope) {
	r := c.Relocations[e.Relocation]
	for _, p := range e.Persons {
		r.Out[p] = env.Occurred
	}
	if !slices.ContainsFunc(r.Movers, r.here) {
		r.State = "left"
	}
}

// StayChecked: whether movers still live there, months after the move.
type StayChecked struct {
	Relocation   string   `fact:"relocation,id"`
	Months       int      `fact:"months,int"`
	Persons      []string `fact:"persons,ids"`
	Still        string   `fact:"still,code=yes_no"`
	EvidenceKind string   `fact:"evidence_kind,code"`
	Remark       string   `sealed:"remark?,X"`
}

func (e *StayChecked) Apply(c *Case, _ domain.Envelope) {
	r := c.Relocations[e.Relocation]
	for _, p := range e.Persons {
		r.Checks[StayCheck{p, e.Months}] = e.Still
	}
}

// RelocationAmended: one field was recorded wrong. The address is sealed: its
// old and new texts travel sealed.
type RelocationAmended struct {
	Relocation string `fact:"relocation,id"`
	Amendment
	OldText string `sealed:"old_text?,P,reloc"`
	NewText string `sealed:"new_text?,P,reloc"`
}

func (e *RelocationAmended) Apply(c *Case, _ domain.Envelope) {
	r := c.Relocations[e.Relocation]
	// The decision has judged it; a sealed field changes nothing here.
	_ = e.change(&r.RelocationFacts, r.amendable())
}

// RelocationVoided: it was never so.
type RelocationVoided struct {
	Relocation string `fact:"relocation,id"`
	Reason     string `fact:"reason,code=void_reason"`
}

func (e *RelocationVoided) Apply(c *Case, _ domain.Envelope) {
	c.Relocations[e.Relocation].State = "voided"
}

// Relocation is one move of a party into the prefecture, from the plan to
// leaving (events.md 5.7). Confirmation and class are properties beside the
// state: who has left may still be classified.
type Relocation struct {
	State           string
	Movers          []string
	Head, Household string
	RelocationFacts
	MovedInBy     string
	Confirmations map[string]*Confirmation
	Class         *Classification // the latest
	Within        map[string][]Within
	Out           map[string]japan.Date
	Checks        map[StayCheck]string // yes, no, unknown
}

// RelocationFacts are what may be amended, by their names on the wire.
type RelocationFacts struct {
	PlannedOn      japan.Date `fact:"planned_on?,date"`
	ToRegion       string     `fact:"to_region?,code=region"`
	MovedInOn      japan.Date `fact:"moved_in_on?,date"`
	FromPref       string     `fact:"from_pref?,code=pref"`
	ToLG           string     `fact:"to_lg?,token"`
	Register       bool       `fact:"register,flag"`
	Reason         string     `fact:"reason?,code=move_reason"`
	HasPredecessor string     `fact:"has_predecessor?,code=yes_no"`
	PlannedStay    string     `fact:"planned_stay?,code"`
}

// Within is a move inside the prefecture.
type Within struct {
	On   japan.Date
	ToLG string
}

// StayCheck names one check: who, and how many months after the move.
type StayCheck struct {
	Person string
	Months int
}

func newRelocation(state string) *Relocation {
	return &Relocation{
		State: state, Confirmations: map[string]*Confirmation{}, Within: map[string][]Within{},
		Out: map[string]japan.Date{}, Checks: map[StayCheck]string{},
	}
}

// arrived tells whether the move-in happened and stands.
func (r *Relocation) arrived() bool { return slices.Contains(arrivedStates, r.State) }

var arrivedStates = []string{"moved_in", "classified", "left"}

// here tells whether a mover has not left.
func (r *Relocation) here(person string) bool {
	return slices.Contains(r.Movers, person) && r.Out[person] == 0
}

// amendable lists the facts that have a value to amend at this step.
func (r *Relocation) amendable() []string {
	var out []string
	if r.PlannedOn != 0 {
		out = append(out, "planned_on", "to_region")
	}
	if r.MovedInOn != 0 {
		out = append(out, "moved_in_on", "from_pref", "to_lg", "register", "reason", "has_predecessor", "planned_stay")
	}
	return out
}
