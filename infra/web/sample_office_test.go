package web

import (
	"strings"
	"time"

	"ayumi/infra/web/locale"
)

func sampleStatus(w *locale.Words) StatusView {
	return StatusView{Page: samplePage(w, "status", w.Status.Heading), Full: true, Line: Chip{"yellow", "warn", w.Status.Lines["bus.behind"]}, LineText: w.Status.LineTexts["bus.behind"],
		LineFacts: []Pair{{w.Status.Store, "2391", ""}}, Access: Chip{"green", "check", w.Viewing.Working}, AccessAt: []Pair{{w.Viewing.Root, strings.Repeat("0123456789abcdef", 4), ""}}, Rows: []StatusRow{{w.Status.Models["journeys"], Chip{"green", "check", w.Status.States["current"]}, "#2391", "0", "0", "disk full", w.Operation.Lag("3.2")}}, Reasons: true,
		Operation: sampleOperation(w),
		AccessOf:  &TreeView{State: Chip{"green", "check", w.Tree.States["ok"]}, Text: w.Standing.AccessStates["ok"], Facts: []TreeFact{{w.Viewing.Kept, "1,234", false}, {w.Tree.Key, "ayumi-0123456789abcdef-access+01234567+AbcdEfghIjklMnop", true}}, Save: "/access-log/checkpoint"},
		Witnesses: &WitnessCard{State: Chip{"red", "warn", w.Standing.Met["few"]}, Text: w.Standing.Needed(1, 2), Full: true, Tables: []WitnessTable{{w.Standing.Trees["events"], Chip{"green", "check", w.Standing.Met["met"]}, []WitnessRow{
			{"okayama.example/witness", "2,391", "0", w.Standing.Age(3 * time.Minute), Chip{"green", "check", w.Standing.Words["ok"]}, ""}, {"univ.example/w", "2,000", "391", w.Standing.Age(50 * time.Hour), Chip{"yellow", "warn", w.Standing.Words["unreached"]}, "dial tcp: connection refused"}}}}},
		Keys: &KeyCard{W: w, Wrong: true, State: Chip{"red", "warn", w.Standing.KeysBeside}, Text: w.Standing.KeysBesideText, Steps: []string{"ayumi keys move /var/lib/ayumi-kek --data d"}, Facts: []Pair{{w.Standing.KeyFolder, "d/keys/kek", ""}}}}
}

func sampleAudit(w *locale.Words) AuditView {
	return AuditView{Page: samplePage(w, "audit", w.Audit.Heading), Filters: []Tab{{w.Journey.All, "/audit", true}, {w.Audit.Changes, "/audit?changes=1", false}}, Older: "/audit?before=1", Viewings: true,
		Rows: []AuditRow{{Number: "#1355", Href: "/records/1355", What: w.Event("case.consultation_amended"), Occurred: "R1.9.20", Recorded: "R1.9.24", By: "森下", Change: &Chip{"yellow", "fix", w.Journey.Corrected}, Target: &Pair{Value: "#1341", Href: "/records/1341"}}}}
}
