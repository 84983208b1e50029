package main

import (
	"github.com/google/uuid"

	"ayumi/domain/japan"
	"ayumi/domain/moverule"
)

// move tells the plan, the housing, the move itself, its classification and its
// confirmation by somebody else.
func (c *cast) move(p *person, o outcome, movers []string) {
	rel := id("relocation", p.key)
	town, ok := japan.MunicipalityOf(o.lg)
	if !ok {
		panic("no municipality " + o.lg)
	}
	if planned := o.moveOn.Add(-38); planned > p.first() {
		c.say(at(planned, 1120), p.owner, "case.plan_relocation", facts{"case": p.file(), "relocation": rel, "planned_on": o.moveOn.String(),
			"to_region": town.Region, "municipality": town.Ja})
		c.say(at(o.moveOn.Add(-14), 1510), p.owner, "case.secure_housing", facts{"case": p.file(), "relocation": rel, "kind": housingOf[o.reason], "address": "鳥取県" + town.Ja + "みほん町"})
		p.reach(at(planned, 1121), "decide")
	}
	from, to := map[string]string{}, map[string]string{}
	for _, m := range movers {
		from[m], to[m] = placeOf(p).words, "鳥取県"+town.Ja+"みほん町"
	}
	arrived := at(o.moveOn.Add(2), 1115)
	data := facts{"case": p.file(), "relocation": rel, "movers": movers, "head": p.id(), "household": id("household", p.key),
		"from_pref": p.pref, "to_lg": o.lg, "register": true, "reason": o.reason, "planned_stay": o.planned(), "old_address": from, "new_address": to}
	if o.predecessor != "" {
		data["has_predecessor"] = o.predecessor
	}
	cmd := c.say(arrived, p.owner, "case.move_in", data.happened(o.moveOn, -1, arrived))
	p.reach(arrived, "achieve")
	c.say(at(o.moveOn.Add(2), 1120), p.owner, "person.change_address", facts{"person": p.id(), "residence_pref": "31", "residence_lg": o.lg,
		"address": "鳥取県" + town.Ja + "みほん町"}.happened(o.moveOn, -1, arrived))
	c.classify(p, o, rel, len(movers))
	if o.moveGrade != "" {
		c.proveMove(p, o, rel)
		c.say(at(o.moveOn.Add(11), 1020), p.owner, "case.do_task", facts{"case": p.file(), "task": task(cmd, "confirm_movein", o.moveOn, rel), "result": "done"})
	}
	if o.stay == "" {
		c.stays(p, o, cmd, movers)
	}
}

// stays asks after six and twelve months, and then closes the case.
func (c *cast) stays(p *person, o outcome, moved uuid.UUID, movers []string) {
	rel := id("relocation", p.key)
	for _, months := range []int{6, 12} {
		check := o.moveOn.AddMonths(months)
		if check > lastDay {
			return
		}
		c.say(at(check, 1340), p.owner, "case.check_stay", facts{"case": p.file(), "relocation": rel, "months": months, "persons": movers, "still": "yes",
			"evidence_kind": "person_statement", "remark": "雪にも慣れ、地域の行事に出ているとのこと。"})
		c.say(at(check, 1345), p.owner, "case.do_task", facts{"case": p.file(), "task": task(moved, "stay_check", check, rel), "result": "done"})
	}
	if o.jobOn == 0 {
		c.close(p, o.moveOn.AddMonths(12).Add(5), "relocated")
	}
}

func (o outcome) planned() string {
	if o.stay != "" {
		return o.stay
	}
	return "permanent"
}

func (o outcome) predecessorAsked() string {
	if o.predecessor != "" {
		return o.predecessor
	}
	return "unknown"
}

// classify judges the move under the rule of the prefecture.
func (c *cast) classify(p *person, o outcome, rel string, size int) {
	verdict := moverule.Evaluate(moverule.Tottori, moverule.Facts{Reason: o.reason, HasPredecessor: o.predecessorAsked(), PlannedStay: o.planned()})
	c.say(at(o.moveOn.Add(3), 1030), p.owner, "case.classify_relocation", facts{"case": p.file(), "relocation": rel, "rule_version": moverule.Tottori,
		"reason": o.reason, "has_predecessor": o.predecessorAsked(), "planned_stay": o.planned(), "decision": false, "counts": verdict.Counts,
		"turn": o.turn, "grandchild": false, "head_age_band": o.age, "household_size": size, "why": "本人の申告と書面による。"})
}

func (c *cast) proveMove(p *person, o outcome, rel string) {
	by, evidence := proof(o.moveGrade, p.owner, true)
	if c.byPartner[p.key] {
		by = "pt1"
	}
	c.say(at(o.moveOn.Add(9), 1410), by, "case.confirm_relocation", facts{"case": p.file(), "relocation": rel,
		"confirmation": id("confirmation", rel), "grade": o.moveGrade, "evidence_kind": evidence, "evidence_ref": evidenceWords[evidence]})
}

var housingOf = map[string]string{
	"retirement_return": "family", "family_care": "family", "employment": "rent", "job_change": "rent", "childcare": "rent", "telework": "rent",
	"country_life": "vacant_house", "startup_farming": "vacant_house", "transfer": "company", "schooling": "rent",
}
