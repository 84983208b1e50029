package casefile

import (
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

var caseEvents = []eventType{
	domain.Happens[Case, Opened]("case.opened"),
	domain.Happens[Case, MemberAdded]("case.member_added"),
	domain.Happens[Case, MemberRemoved]("case.member_removed"),
	domain.Happens[Case, AimsRevised]("case.aims_revised"),
	domain.Happens[Case, Assigned]("case.assigned"),
	domain.Happens[Case, HandedOver]("case.handed_over"),
	domain.Happens[Case, HandoverAcknowledged]("case.handover_acknowledged"),
	domain.Happens[Case, StageChanged]("case.stage_changed"),
	domain.Happens[Case, MadeDormant]("case.made_dormant"),
	domain.Happens[Case, Resumed]("case.resumed"),
	domain.Happens[Case, Closed]("case.closed"),
	domain.Happens[Case, Reopened]("case.reopened"),
}

var caseCommands = []commandType{
	domain.Begins[Case, Open]("case.open", domain.Counsellor, domain.Lead),
	domain.Can[Case, AddMember]("case.add_member", domain.Counsellor, domain.Lead),
	domain.Can[Case, RemoveMember]("case.remove_member", domain.Counsellor, domain.Lead),
	domain.Can[Case, ReviseAims]("case.revise_aims", domain.Counsellor, domain.Lead),
	domain.Can[Case, Assign]("case.assign", domain.Lead),
	domain.Can[Case, HandOver]("case.hand_over", domain.Counsellor, domain.Lead),
	domain.Can[Case, AcknowledgeHandover]("case.acknowledge_handover", domain.Counsellor, domain.Lead),
	domain.Can[Case, ChangeStage]("case.change_stage", domain.Counsellor, domain.Lead),
	domain.Can[Case, MakeDormant]("case.make_dormant", domain.Counsellor, domain.Lead),
	domain.Can[Case, Resume]("case.resume", domain.Counsellor, domain.Lead),
	domain.Can[Case, Close]("case.close", domain.Counsellor, domain.Lead),
	domain.Can[Case, Reopen]("case.reopen", domain.Counsellor, domain.Lead),
}

// Opened: an episode begins. Its owner is who recorded it, or on whose behalf.
type Opened struct {
	Person     string   `fact:"person,id"`
	Desk       string   `fact:"desk,code"`
	Aims       []string `fact:"aims,codes"`
	LeadSource string   `fact:"lead_source,code"`
	TargetPref string   `fact:"target_pref,code,wrong=case.target"`
	NewEpisode bool     `fact:"new_episode,flag"`
	PriorCase  string   `fact:"prior_case?,id"`
}

func (e *Opened) Apply(c *Case, env domain.Envelope) {
	_, c.ID = domain.SplitStream(env.Stream)
	c.Controller, c.OpenedOn, c.State, c.Stage = env.Controller, env.Occurred, StateOpen, "interest"
	c.Lead, c.Prior, c.NewEpisode = e.Person, e.PriorCase, e.NewEpisode
	c.Aims, c.TargetPref = e.Aims, e.TargetPref
	owner := env.RecordedBy
	if env.OnBehalfOf != "" {
		owner = env.OnBehalfOf
	}
	c.keep(env.Occurred, owner, e.Desk)
}

// AimsRevised: what the person wants, as told now; it replaces what was told.
type AimsRevised struct {
	Aims           []string `fact:"aims,codes"`
	WishedTiming   string   `fact:"wished_timing,code=timing"`
	WishedRegion   string   `fact:"wished_region,code=region"`
	HousingKind    string   `fact:"housing_kind?,code=housing"`
	Occupation     string   `sealed:"occupation?,P,job"`
	EmploymentForm string   `sealed:"employment_form?,P,job"`
	Qualifications string   `sealed:"qualifications?,P,job"`
	Workplace      string   `sealed:"workplace?,P,job"`
	Wage           string   `sealed:"wage?,X,job"`
	WishedLG       string   `sealed:"wished_lg?,P,reloc"`
	HousingDetail  string   `sealed:"housing_detail?,P,reloc"`
	ChildcareNeeds string   `sealed:"childcare_needs?,P,reloc"`
	Licence        string   `sealed:"licence?,P,reloc"`
	Money          string   `sealed:"money?,X,reloc"`
}

func (e *AimsRevised) Apply(c *Case, _ domain.Envelope) {
	c.Aims, c.Wishes = e.Aims, Wishes{e.WishedTiming, e.WishedRegion, e.HousingKind}
}

// StageChanged: the case went on a stage, or back.
type StageChanged struct {
	From string `fact:"from,code=stage"`
	To   string `fact:"to,code=stage"`
}

func (e *StageChanged) Apply(c *Case, _ domain.Envelope) { c.Stage = e.To }

// MadeDormant: nothing was heard for SilentDays; nobody chases it now.
type MadeDormant struct {
	SilentDays int `fact:"silent_days,int"`
}

func (e *MadeDormant) Apply(c *Case, _ domain.Envelope) { c.State = StateDormant }

// Resumed: a dormant case is worked on again.
type Resumed struct{}

func (e *Resumed) Apply(c *Case, _ domain.Envelope) { c.State = StateActive }

// Closed: the episode ended, with what came of it.
type Closed struct {
	Outcome string `fact:"outcome,code=case_outcome"`
	Reason  string `fact:"reason?,token"`
	Remark  string `sealed:"remark?,X"`
}

func (e *Closed) Apply(c *Case, env domain.Envelope) {
	c.State, c.Outcome, c.ClosedOn = StateClosed, e.Outcome, env.Occurred
}

// Reopened: the same episode goes on.
type Reopened struct {
	Reason string `fact:"reason,token"`
}

func (e *Reopened) Apply(c *Case, _ domain.Envelope) {
	c.State, c.Outcome, c.ClosedOn = StateActive, "", 0
}

// Wishes are the coded part of what the person wants.
type Wishes struct{ Timing, Region, Housing string }

// Open begins an episode.
type Open struct{ Opened }

func (o *Open) Decide(c *Case, in domain.Intent) ([]event, error) {
	if c.State != StateUnopened {
		return nil, nil
	}
	if err := mayRecord(in, o.Person, &o.Opened); err != nil {
		return nil, err
	}
	p, ok := lookPerson(in, o.Person)
	switch {
	case !ok:
		return nil, unknown("person")
	case p.Controller != in.Controller:
		return nil, domain.RefuseField("controller.mismatch", "person")
	case !slices.Contains(domain.Codes["target_pref"], o.TargetPref):
		return nil, domain.RefuseField("case.target", "target_pref")
	}
	if o.PriorCase != "" {
		if _, ok := in.Look.Case(o.PriorCase); !ok {
			return nil, unknown("prior_case")
		}
	}
	if err := o.mayBegin(p, in); err != nil {
		return nil, err
	}
	return []event{&o.Opened}, nil
}

// mayBegin holds the person to one open case an episode, and a new episode to an
// outcome that lies behind a year outside the prefecture.
func (o *Open) mayBegin(p domain.PersonNow, in domain.Intent) error {
	episode := lastEpisode(p, in)
	if !o.NewEpisode {
		if slices.ContainsFunc(episode, func(n domain.CaseNow) bool { return n.State != "closed" && n.State != "disposed" }) {
			return domain.Refuse("case.already_open")
		}
		return nil
	}
	var achieved bool
	var on japan.Date
	for _, n := range episode {
		if n.Achieved {
			achieved, on = true, max(on, n.AchievedOn)
		}
	}
	if !achieved || !outsideAgain(p, on, in) {
		return domain.RefuseField("case.same_episode", "new_episode")
	}
	return nil
}

// lastEpisode lists the cases the person leads at this controller, from the
// latest that began an episode (counting.md 2).
func lastEpisode(p domain.PersonNow, in domain.Intent) []domain.CaseNow {
	cases := slices.DeleteFunc(slices.Clone(in.Look.CasesOf(p.ID)), func(n domain.CaseNow) bool {
		return n.ID == in.Stream || n.Controller != in.Controller || survivor(in, n.Lead) != p.ID
	})
	slices.SortStableFunc(cases, func(a, b domain.CaseNow) int { return int(a.OpenedOn) - int(b.OpenedOn) })
	begin := 0
	for i, n := range cases {
		if n.NewEpisode {
			begin = i
		}
	}
	return cases[begin:]
}

// outsideMonths: so long a person must have lived outside again (events.md 6).
const outsideMonths = 12

// outsideAgain tells whether the person has lived outside the prefecture for a
// year since an outcome: the recorded residence is outside, and neither the
// outcome nor the newest address is younger.
func outsideAgain(p domain.PersonNow, outcome japan.Date, in domain.Intent) bool {
	if p.ResidencePref == "" || p.ResidencePref == "unknown" || p.ResidencePref == in.Controller {
		return false
	}
	return max(outcome, p.AddressOn).AddMonths(outsideMonths) <= occurred(in)
}

// ReviseAims records what the person wants now. Confirmed says that the warning
// about prohibited items was read.
type ReviseAims struct {
	AimsRevised
	Confirmed bool `arg:"items_confirmed?,flag"`
}

func (r *ReviseAims) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, r); err != nil {
		return nil, err
	}
	if err := mayCollect(r.Confirmed, "occupation", r.Occupation, r.EmploymentForm, r.Qualifications, r.Workplace, r.Wage); err != nil {
		return nil, err
	}
	same := canonical(c.Aims) == canonical(r.Aims) && c.Wishes == Wishes{r.WishedTiming, r.WishedRegion, r.HousingKind}
	if same && !domain.Seals(r) {
		return nil, nil
	}
	return []event{&r.AimsRevised}, nil
}

// ChangeStage moves the case to another stage, from the one it stands at.
type ChangeStage struct{ StageChanged }

func (s *ChangeStage) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, s); err != nil {
		return nil, err
	}
	switch {
	case c.Stage == s.To:
		return nil, nil
	case c.Stage != s.From:
		return nil, domain.RefuseField("stage.state", "from")
	case s.To == "achieve" && !c.hasPlacementDecided() && !c.hasMovedIn():
		return nil, domain.RefuseField("case.no_outcome", "to")
	}
	return []event{&s.StageChanged}, nil
}

// MakeDormant lays an active case to rest.
type MakeDormant struct{ MadeDormant }

func (m *MakeDormant) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, m); err != nil {
		return nil, err
	}
	switch {
	case c.State == StateDormant:
		return nil, nil
	case c.State != StateActive:
		return nil, domain.Refuse("case.state")
	case m.SilentDays < 0:
		return nil, domain.RefuseField("field.range", "silent_days")
	}
	return []event{&m.MadeDormant}, nil
}

// Resume wakes a dormant case.
type Resume struct{ Resumed }

func (r *Resume) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, r); err != nil {
		return nil, err
	}
	switch c.State {
	case StateActive:
		return nil, nil
	case StateDormant:
		return []event{&r.Resumed}, nil
	}
	return nil, domain.Refuse("case.state")
}

// Close ends the episode.
type Close struct{ Closed }

func (e *Close) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, e); err != nil {
		return nil, err
	}
	placed, moved := c.hasPlacementDecided(), c.hasMovedIn()
	missing := map[string]bool{
		"placed":               !placed,
		"relocated":            !moved,
		"placed_and_relocated": !placed || !moved,
	}
	switch {
	case c.openReferral():
		return nil, domain.Refuse("case.referral_open")
	case missing[e.Outcome]:
		return nil, domain.RefuseField("case.no_outcome", "outcome")
	}
	return []event{&e.Closed}, nil
}

// Reopen goes on with a closed episode.
type Reopen struct{ Reopened }

func (r *Reopen) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admitClosed(in, r); err != nil {
		return nil, err
	}
	switch c.State {
	case StateClosed:
		return []event{&r.Reopened}, nil
	case StateActive:
		return nil, nil
	}
	return nil, domain.Refuse("case.state")
}
