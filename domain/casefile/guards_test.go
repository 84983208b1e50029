package casefile_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/domain/japan"
	"ayumi/tests/given"
)

// sealing are commands that seal something, one of each kind of entity.
func sealing() map[string]cmd {
	note := casefile.Words{Note: "海"}
	told := messages(1, 0)
	told.Summary = "海"
	sent := *letter()
	sent.Text = "案内"
	s := *held("s9")
	s.Words = note
	return map[string]cmd{
		"aims":         &casefile.ReviseAims{AimsRevised: casefile.AimsRevised{Aims: []string{"job"}, Money: "百万円"}},
		"handover":     &casefile.HandOver{HandedOver: handed},
		"close":        &casefile.Close{Closed: casefile.Closed{Outcome: "gave_up", Remark: "仕事"}},
		"task":         &casefile.PlanTask{TaskPlanned: casefile.TaskPlanned{Task: "t9", Wording: "電話"}},
		"note":         &casefile.AddNote{NoteAdded: casefile.NoteAdded{Partition: "common", Text: "海"}},
		"document":     &casefile.AttachDocument{DocumentAttached: casefile.DocumentAttached{Document: "d9", Cipher: strings.Repeat("0", 64), Bytes: 1, FileName: "a"}},
		"consultation": &casefile.HoldConsultation{ConsultationHeld: s},
		"message":      &casefile.LogMessageDay{MessageDayLogged: *told},
		"outbound":     &casefile.SendOutbound{OutboundSent: sent},
		"certificate":  &casefile.IssueCertificate{CertificateIssued: *certified("s1")},
		"visit":        &casefile.RecordVisit{VisitRecorded: casefile.VisitRecorded{Visit: "v9", From: 1, To: 1, Lodging: "宿"}},
	}
}

func TestNothingIsSealedOfAPersonClosedToView(t *testing.T) {
	for name, c := range sealing() {
		t.Run(name, func(t *testing.T) {
			caseScene(t, held("s1")).In(withPerson("p1", unviewed)).WhenTold(c).Refused("person.is_restricted")
			all := func(p *domain.PersonNow) { p.Restricted = []string{"all"} }
			caseScene(t, held("s1")).In(withPerson("p1", all)).WhenTold(c).Refused("person.is_restricted")
		})
	}
	caseScene(t).In(withPerson("p1", unviewed)).When(holding()).Then(held("s1"))
}

// Work and records of a case go to colleagues, bodies and events of its own prefecture;
// those of the other are as unknown as such that there are not.
func TestACaseNamesNothingOfTheOtherPrefecture(t *testing.T) {
	w := outcomeWorld()
	okayama := given.Desk("co33")
	okayama.Controller = "33"
	w.Accounts = append(w.Accounts, domain.AccountNow{Actor: okayama})
	w.Partners = append(w.Partners, domain.PartnerNow{ID: "their-city", Controller: "33", Kind: "municipality", Relation: "public_body"})
	away := handed
	away.ToOwner = "co33"
	at := *held("s9")
	at.Counsellor = "co33"
	fair := *held("s9")
	fair.Outreach = "their-fair"
	for name, c := range map[string]cmd{
		"owner":      &casefile.Assign{Assigned: casefile.Assigned{Owner: "co33", Desk: "D-OKY"}},
		"handover":   &casefile.HandOver{HandedOver: away},
		"task":       &casefile.PlanTask{TaskPlanned: casefile.TaskPlanned{Task: "t9", Kind: "call_back", Owner: "co33"}},
		"counsellor": &casefile.HoldConsultation{ConsultationHeld: at},
		"fair":       &casefile.HoldConsultation{ConsultationHeld: fair},
		"visit":      &casefile.RecordVisit{VisitRecorded: casefile.VisitRecorded{Visit: "v9", From: 1, To: 1, Outreach: "their-fair"}},
		"referral":   &casefile.ProposeReferral{ReferralProposed: casefile.ReferralProposed{Referral: "r9", Partner: "their-city", Purpose: "housing"}},
	} {
		t.Run(name, func(t *testing.T) { caseScene(t).In(w).WhenTold(c).Refused("entity.unknown") })
	}
}

// allCommands are the commands of an opened case.
func allCommands() map[string]cmd {
	out := map[string]cmd{}
	for _, t := range casefile.Aggregate.Commands {
		if !t.Creates {
			out[t.Name] = t.New()
		}
	}
	return out
}

// The exceptions of events.md 6, among them the subsidies of travel.
func TestAClosedCaseTakesNothingButItsExceptions(t *testing.T) {
	open := strings.Fields(`
		case.reopen case.issue_certificate case.revoke_certificate case.stop_sharing case.answer_sharing
		case.confirm_placement case.withdraw_placement_confirmation case.check_employment
		case.confirm_relocation case.withdraw_relocation_confirmation case.reclassify_relocation
		case.check_stay case.move_out case.check_grant case.apply_grant case.decide_grant case.order_grant_return
		case.recognise_travel_subsidy case.claim_travel_subsidy`)
	for name, c := range allCommands() {
		t.Run(name, func(t *testing.T) {
			got := outcomeOf(caseScene(t, caseClosed()), c)
			require.Equal(t, slices.Contains(open, name), got != "case.is_closed", got)
		})
	}
}

func TestADisposedCaseTakesNothing(t *testing.T) {
	w := world()
	w.Cases = append(w.Cases, domain.CaseNow{ID: "c1", Controller: "31", Lead: "p1", State: "disposed"})
	for name, c := range allCommands() {
		t.Run(name, func(t *testing.T) {
			caseScene(t, caseClosed()).In(w).When(c).Refused("case.is_disposed")
		})
	}
}

func TestNothingIsRecordedOfAnErasedPerson(t *testing.T) {
	for _, state := range []string{"erased", "erasing"} {
		for name, c := range allCommands() {
			t.Run(state+" "+name, func(t *testing.T) {
				w := withPerson("p1", func(p *domain.PersonNow) { p.State = state })
				caseScene(t).In(w).When(c).Refused("person.is_erased")
			})
		}
	}
	w := withPerson("p1", func(p *domain.PersonNow) { p.State, p.Into = "merged", "p2" })
	erased(&w.Persons[1])
	caseScene(t).In(w).When(holding()).Refused("person.is_erased")
}

func TestABrokenMergeChainDoesNotHang(t *testing.T) {
	w := withPerson("p1", func(p *domain.PersonNow) { p.State, p.Into = "merged", "p1" })
	caseScene(t).In(w).When(holding()).Then(held("s1"))
}

func TestNowTellsTheParty(t *testing.T) {
	c := fold("c1", "p1", "31", &casefile.MemberAdded{Person: "p3", Part: "child"}, &casefile.MemberAdded{Person: "p2", Part: "adult"},
		&casefile.MemberRemoved{Person: "p3", Reason: "error"}, held("s1"))
	require.Equal(t, domain.CaseNow{
		ID: "c1", Controller: "31", Lead: "p1", Owner: "co1", Desk: "D-TKY", State: "active",
		OpenedOn: japan.On(2019, 6, 1), Members: []string{"p2"},
	}, c.Now())
}
