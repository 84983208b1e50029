package casefile_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/domain/japan"
	"ayumi/tests/given"
)

func TestTaskStates(t *testing.T) {
	plan := &casefile.TaskPlanned{Task: "t1", Kind: "call_back", DueOn: japan.On(2019, 6, 8), Owner: "co1", Wording: "折り返し"}
	done := &casefile.TaskDone{Task: "t1", Result: "no_answer"}
	dropped := &casefile.TaskDropped{Task: "t1", Reason: "moved"}
	later := casefile.TaskRescheduled{Task: "t1", DueOn: japan.On(2019, 6, 15), Reason: "absent"}
	caseScene(t).When(&casefile.PlanTask{TaskPlanned: *plan}).Then(plan)
	caseScene(t, plan).When(&casefile.RescheduleTask{TaskRescheduled: later}).
		ThenState(func(c *file) { require.Equal(t, later.DueOn, c.Tasks["t1"].DueOn) })
	do, drop := &casefile.DoTask{TaskDone: *done}, &casefile.DropTask{TaskDropped: *dropped}
	shift := &casefile.RescheduleTask{TaskRescheduled: later}
	walk(t, []step{
		{"plan planned", evs{plan}, &casefile.PlanTask{TaskPlanned: *plan}, nothing},
		{"reschedule planned", evs{plan}, shift, ""},
		{"reschedule to the same day", evs{plan, &later}, shift, nothing},
		{"reschedule done", evs{plan, done}, shift, "task.state"},
		{"reschedule dropped", evs{plan, dropped}, shift, "task.state"},
		{"reschedule unknown", nil, shift, "entity.unknown"},
		{"do planned", evs{plan}, do, ""},
		{"do done", evs{plan, done}, do, nothing},
		{"do dropped", evs{plan, dropped}, do, "task.state"},
		{"do unknown", nil, do, "entity.unknown"},
		{"drop planned", evs{plan}, drop, ""},
		{"drop done", evs{plan, done}, drop, "task.state"},
		{"drop dropped", evs{plan, dropped}, drop, nothing},
		{"drop unknown", nil, drop, "entity.unknown"},
	})
}

func TestNotesOfTheJobPartitionAreWarnedAbout(t *testing.T) {
	note := casefile.NoteAdded{Partition: "job", Text: "宗教について話した"}
	caseScene(t).WhenTold(&casefile.AddNote{NoteAdded: note}).Refused("job.prohibited_item")
	caseScene(t).WhenTold(&casefile.AddNote{NoteAdded: note, Confirmed: true}).Then(&note)
	note.Partition = "common"
	caseScene(t).WhenTold(&casefile.AddNote{NoteAdded: note}).Then(&note)
}

func TestANoteIsReadByWhoKeepsTheCase(t *testing.T) {
	note := &casefile.NoteAdded{Partition: "common", Text: "土曜の昼を希望"}
	scene := caseScene(t).GivenBy("co2", japan.On(2019, 6, 1), note)
	var id string
	scene.WhenTold(&casefile.AddNote{NoteAdded: *note}).ThenState(func(c *file) {
		for known := range c.Notes {
			id = max(id, known)
		}
	})
	read := &casefile.NoteRead{Note: id}
	tell := &casefile.ReadNote{NoteRead: *read}
	noted := func(more ...domain.Event[file]) *given.Scene[file] {
		return caseScene(t).GivenBy("co2", japan.On(2019, 6, 1), note, note).GivenBy("co1", japan.On(2019, 6, 1), more...)
	}
	noted().When(tell).Then(read)
	noted(read).When(tell).Nothing()
	noted().When(&casefile.ReadNote{NoteRead: casefile.NoteRead{Note: "another"}}).Refused("entity.unknown")
	noted().By(given.Desk("co2")).When(tell).Refused("account.not_allowed")
	noted(&handed).When(tell).Refused("account.not_allowed")
	noted(&handed).By(given.Desk("co2")).When(tell).Then(read)
	noted(&casefile.Closed{Outcome: "gave_up"}).When(tell).Refused("case.is_closed")
}

func TestDocumentStates(t *testing.T) {
	paper := &casefile.DocumentAttached{Document: "d1", Kind: "resume", Cipher: strings.Repeat("ab", 32), Bytes: 9, FileName: "履歴書.pdf"}
	gone := &casefile.DocumentRemoved{Document: "d1", Reason: "wrong_file"}
	empty := *paper
	empty.Bytes = 0
	attach, remove := &casefile.AttachDocument{DocumentAttached: *paper}, &casefile.RemoveDocument{DocumentRemoved: *gone}
	caseScene(t).When(attach).Then(paper)
	caseScene(t, paper).When(remove).ThenState(func(c *file) { require.True(t, c.Documents["d1"].Removed) }).Then(gone)
	walk(t, []step{
		{"attach again", evs{paper}, attach, nothing},
		{"attach removed", evs{paper, gone}, attach, nothing},
		{"attach nothing", nil, &casefile.AttachDocument{DocumentAttached: empty}, "field.range"},
		{"remove removed", evs{paper, gone}, remove, nothing},
		{"remove unknown", nil, remove, "entity.unknown"},
	})
}

func TestLinkStates(t *testing.T) {
	tied := &casefile.Linked{OtherCase: "c3", Relation: "couple"}
	cut := &casefile.Unlinked{OtherCase: "c3", Reason: "error"}
	link, unlink := &casefile.LinkCase{Linked: *tied}, &casefile.Unlink{Unlinked: *cut}
	to := func(id, relation string) *casefile.LinkCase {
		return &casefile.LinkCase{Linked: casefile.Linked{OtherCase: id, Relation: relation}}
	}
	caseScene(t).When(link).Then(tied)
	walk(t, []step{
		{"link linked", evs{tied}, link, nothing},
		{"link otherwise", evs{tied}, to("c3", "same_household"), ""},
		{"link cut", evs{tied, cut}, link, ""},
		{"link itself", nil, to("c1", "couple"), "entity.unknown"},
		{"link unknown", nil, to("c8", "couple"), "entity.unknown"},
		{"link across without saying so", nil, to("c33", "couple"), "controller.mismatch"},
		{"unlink", evs{tied}, unlink, ""},
		{"unlink cut", evs{tied, cut}, unlink, nothing},
		{"unlink unknown", nil, unlink, "entity.unknown"},
	})
}

func TestLinkAcrossControllersNeedsConsent(t *testing.T) {
	given := domain.ConsentNow{ID: "ok1", Scope: []string{"cross_controller_link"}, Active: true}
	for _, c := range []struct {
		name   string
		change func(*domain.ConsentNow)
		named  string
		want   string
	}{
		{"active", func(*domain.ConsentNow) {}, "ok1", ""},
		{"not named", func(*domain.ConsentNow) {}, "", ""},
		{"another named", func(*domain.ConsentNow) {}, "ok2", "consent.missing"},
		{"withdrawn", func(n *domain.ConsentNow) { n.Active, n.Withdrawn = false, true }, "ok1", "consent.missing"},
		{"over", func(n *domain.ConsentNow) { n.Until = japan.On(2019, 5, 31) }, "ok1", "consent.missing"},
		{"last day", func(n *domain.ConsentNow) { n.Until = japan.On(2019, 6, 1) }, "ok1", ""},
		{"of another scope", func(n *domain.ConsentNow) { n.Scope = []string{"photo"} }, "ok1", "consent.missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			consent := given
			c.change(&consent)
			w := withPerson("p1", func(p *domain.PersonNow) { p.Consents = []domain.ConsentNow{consent} })
			link := &casefile.LinkCase{Linked: casefile.Linked{OtherCase: "c33", Relation: "cross_controller", Consent: c.named}}
			require.Equal(t, c.want, outcomeOf(caseScene(t).In(w), link))
			link.OtherCase = "c3"
			if c.want == "" {
				require.Equal(t, "controller.mismatch", outcomeOf(caseScene(t).In(w), link))
			}
		})
	}
}

func TestVisitStates(t *testing.T) {
	seen := &casefile.VisitRecorded{Visit: "v1", Kind: "trial_stay", Region: "west", From: japan.On(2019, 5, 3), To: japan.On(2019, 5, 5), Lodging: "民泊"}
	taken := &casefile.VisitVoided{Visit: "v1", Reason: "test"}
	with := func(f func(*casefile.VisitRecorded)) *casefile.RecordVisit {
		v := *seen
		f(&v)
		return &casefile.RecordVisit{VisitRecorded: v}
	}
	record, void := with(func(*casefile.VisitRecorded) {}), &casefile.VoidVisit{VisitVoided: *taken}
	caseScene(t).When(record).Then(seen)
	walk(t, []step{
		{"record recorded", evs{seen}, record, nothing},
		{"record voided", evs{seen, taken}, record, nothing},
		{"record backwards", nil, with(func(v *casefile.VisitRecorded) { v.To = v.From - 1 }), "date.order"},
		{"record with a tour", nil, with(func(v *casefile.VisitRecorded) { v.Outreach = "fair" }), ""},
		{"record with an unknown tour", nil, with(func(v *casefile.VisitRecorded) { v.Outreach = "none" }), "entity.unknown"},
		{"void recorded", evs{seen}, void, ""},
		{"void voided", evs{seen, taken}, void, nothing},
		{"void unknown", nil, void, "entity.unknown"},
	})
	caseScene(t, seen).When(void).Refused("preview.missing")
}
