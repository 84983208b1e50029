package pages_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/tests/flow"
)

// prefecture records a random life under one controller. What a decision refuses is
// left out: the next thing happens all the same.
type prefecture struct {
	*flow.Desk
	t          *testing.T
	r          *rand.Rand
	controller string
	desk       string
	lg         string            // a municipality of it
	by         map[string]string // role → sign-in name
	at         time.Time

	partner       string // a body with an account of its own
	people, files []string
}

// rolesOfStaff are those an office has; rolesOfAll those that sign in to it.
var (
	rolesOfStaff = []string{"CO", "LD", "AN", "MG", "AU", "RO", "PO", "AD"}
	rolesOfAll   = append(slices.Clone(rolesOfStaff), "PT")
)

// tottori is the office that the house has already; okayama the other one, with a
// member of staff for every role.
func tottori(t *testing.T, d *flow.Desk, seed uint64, from string) *prefecture {
	by := map[string]string{}
	for _, role := range rolesOfStaff {
		by[role] = map[string]string{"CO": "co1", "LD": "ld1", "AN": "an1", "MG": "mg1", "AU": "au1", "RO": "ro1", "PO": "po1", "AD": "ad1"}[role]
	}
	by["PT"] = "pt31"
	return &prefecture{Desk: d, t: t, r: rand.New(rand.NewPCG(seed, 31)), controller: "31", desk: "D-TKY", lg: "312011", by: by, at: flow.At(from, 9)}
}

func okayama(t *testing.T, d *flow.Desk, seed uint64, from string) *prefecture {
	by := map[string]string{}
	for _, role := range rolesOfStaff {
		by[role] = map[string]string{"CO": "co9", "LD": "ld9", "AN": "an9", "MG": "mg9", "AU": "au9", "RO": "ro9", "PO": "po9", "AD": "ad9"}[role]
	}
	by["PT"] = "pt33"
	return &prefecture{Desk: d, t: t, r: rand.New(rand.NewPCG(seed, 33)), controller: "33", desk: "D-OKY", lg: "331007", by: by, at: flow.At(from, 9)}
}

// hire opens the accounts of the staff that the house lacks.
func (p *prefecture) hire() {
	for _, role := range rolesOfStaff {
		code := p.by[role]
		id := uuid.NewSHA1(uuid.NameSpaceOID, []byte(code)).String()
		if code != "co9" {
			p.Do(flow.At("2019-04-01", 9), "system", "account.open", map[string]any{"account": id, "kind": "staff", "desk": p.desk, "code": code, "name": "見本 " + code, "kana": "みほん", "controller": p.controller})
			p.Do(flow.At("2019-04-01", 9), "system", "account.grant_role", map[string]any{"account": id, "role": role})
		}
	}
}

// do gives a command; false if it was refused.
func (p *prefecture) do(role, command string, fields map[string]any) (string, bool) {
	p.at = p.at.Add(time.Minute)
	receipts, err := p.Try(p.at, p.by[role], command, fields)
	if err != nil {
		return "", false
	}
	_, id := domain.SplitStream(receipts[0].Stream)
	return id, true
}

func (p *prefecture) id() string {
	return uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, p.controller, p.r.Uint64())).String()
}

func one[T any](p *prefecture, list ...T) T { return list[p.r.IntN(len(list))] }

// day is one of the last weeks.
func (p *prefecture) day() string { return japan.DateOf(p.at).Add(-p.r.IntN(40)).String() }

func (p *prefecture) account(role string) string { return p.Runner.Codes()[p.by[role]] }

// live lets n things happen, at least one of each kind.
func (p *prefecture) live(n int) {
	p.befriend()
	kinds := []func(){p.meet, p.meet, p.consult, p.consult, p.consult, p.refer, p.place, p.move, p.protect, p.ask, p.shelve, p.gather, p.publish, p.employ, p.suspect,
		p.sentTo, p.book, p.attach, p.teach, p.resemble, p.inspect}
	for i := range max(n, len(kinds)) {
		if i%7 == 0 {
			p.at = p.at.Add(time.Duration(p.r.IntN(30)) * time.Hour)
		}
		k := i
		if i >= len(kinds) {
			k = p.r.IntN(len(kinds))
		}
		kinds[k]()
	}
	p.meet() // somebody of whom nothing is closed
}

// family names that both prefectures draw from, so that a search can find either's.
var familyNames = [][2]string{{"髙橋", "たかはし"}, {"渡邉", "わたなべ"}, {"山﨑", "やまさき"}, {"見本", "みほん"}}

func (p *prefecture) meet() {
	name := one(p, familyNames...)
	id, ok := p.do("CO", "person.register", map[string]any{"kind": "consultee", "anonymous": false, "age_band": "20s", "residence_pref": "13", "language": "ja",
		"student": false, "search": "s", "family": name[0], "given": "例子", "family_kana": name[1], "given_kana": "れいこ"})
	if !ok {
		return
	}
	p.people = append(p.people, id)
	p.do("CO", "person.add_contact", map[string]any{"person": id, "kind": "mobile", "shared": false, "value": "0900000" + fmt.Sprintf("%04d", p.r.IntN(20))})
	p.do("CO", "person.give_notice", map[string]any{"person": id, "notice_version": "n1", "language": "ja", "method": "paper"})
	file, ok := p.do("CO", "case.open", map[string]any{"person": id, "desk": p.desk, "aims": []string{"job", "relocation"}, "lead_source": "walk_in", "target_pref": p.controller, "new_episode": false})
	if ok {
		p.files = append(p.files, file)
		p.do("LD", "case.assign", map[string]any{"case": file, "owner": p.account("CO"), "desk": p.desk})
	}
}

// file is a case with its lead.
func (p *prefecture) file() (file, lead string) {
	i := p.r.IntN(len(p.files))
	return p.files[i], p.people[i]
}

func (p *prefecture) consult() {
	file, lead := p.file()
	p.do("CO", "case.hold_consultation", map[string]any{"case": file, "lead_person": lead, "desk": p.desk, "channel": one(p, "phone", "in_person"), "categories": one(p, []string{"job"}, []string{"job", "relocation"}),
		"counsellor": p.account("CO"), "attendee_count": 1, "initiated_by": "person", "advice": true, "notice_version": "n1", "outcome": "continuing", "note": "空き家を案内した", "occurred_on": p.day()})
	p.do("CO", "case.plan_task", map[string]any{"case": file, "task": p.id(), "kind": "call_back", "due_on": japan.DateOf(p.at).Add(7).String(), "owner": p.account("CO")})
}

func (p *prefecture) refer() {
	file, lead := p.file()
	partner, consent, referral := p.partner, p.id(), p.id()
	if p.r.IntN(3) == 0 {
		partner = p.id()
		p.do("LD", "partner.register", map[string]any{"partner": partner, "kind": "municipality", "relation": "public_body", "default_basis": "within_purpose", "name": "見本町"})
	}
	p.do("CO", "person.give_consent", map[string]any{"person": lead, "consent": consent, "scope": []string{"partner_sharing"}, "recipients": []string{partner}, "fields": []string{"name", "phone"}, "evidence_ref": "同意書"})
	p.do("CO", "case.propose_referral", map[string]any{"case": file, "referral": referral, "partner": partner, "purpose": "housing"})
	p.do("CO", "case.agree_referral", map[string]any{"case": file, "referral": referral, "basis": "consent_or_to_self", "consent": consent})
	p.do("CO", "case.send_referral", map[string]any{"case": file, "referral": referral, "share": p.id(), "due_on": japan.DateOf(p.at).Add(20).String(), "fields": []string{"name", "phone"}, "notice_version": "n1", "text": "髙橋 例子"})
}

// befriend registers a body and opens its account.
func (p *prefecture) befriend() {
	p.partner = p.id()
	p.do("LD", "partner.register", map[string]any{"partner": p.partner, "kind": "municipality", "relation": "public_body", "default_basis": "within_purpose", "name": "見本市"})
	account := uuid.NewSHA1(uuid.NameSpaceOID, []byte(p.by["PT"])).String()
	p.Do(p.at, "system", "account.open", map[string]any{"account": account, "kind": "partner", "partner": p.partner, "code": p.by["PT"], "name": "窓 口男", "kana": "まど", "controller": p.controller})
	p.Do(p.at, "system", "account.grant_role", map[string]any{"account": account, "role": "PT"})
}

// sentTo is somebody that the body sends to the office.
func (p *prefecture) sentTo() {
	name := one(p, familyNames...)
	p.do("CO", "partner.make_inward", map[string]any{"partner": p.partner, "purpose": "job", "basis": "consent_or_to_self", "due_on": japan.DateOf(p.at).Add(20).String(), "name": name[0] + " 花子", "kana": name[1] + " はなこ", "phone": "0900000" + fmt.Sprintf("%04d", p.r.IntN(20)), "text": "面談を希望"})
}

func (p *prefecture) book() {
	file, _ := p.file()
	p.do("CO", "case.make_booking", map[string]any{"case": file, "booking": p.id(), "slot_on": japan.DateOf(p.at).Add(p.r.IntN(200)).String(), "slot_time": 1030, "channel": "online", "desk": p.desk, "categories": []string{"job"}})
}

func (p *prefecture) attach() {
	file, _ := p.file()
	p.do("CO", "case.attach_document", map[string]any{"case": file, "document": p.id(), "kind": "resume", "cipher": strings.Repeat("b", 64), "bytes": 10, "file_name": "履歴書.pdf"})
}

func (p *prefecture) teach() {
	id, ok := p.do("CO", "university.register", map[string]any{"pref": "13", "kind": "private", "name": "見本大学"})
	if ok {
		p.do("LD", "university.conclude_agreement", map[string]any{"university": id, "agreement": p.id(), "kind": "employment_support"})
	}
}

func (p *prefecture) resemble() {
	p.do("CO", "person.suspect_duplicate", map[string]any{"person": p.people[len(p.people)-1], "other": p.people[0], "score": 75, "signals": []string{"phone", "kana"}})
}

func (p *prefecture) inspect() {
	p.do("MG", "period.open_audit", map[string]any{"stream": p.controller + ".2019", "audit": p.id(), "kind": "regular", "scope": "指標の数"})
}

func (p *prefecture) place() {
	file, lead := p.file()
	x := p.id()
	if _, ok := p.do("CO", "case.decide_placement", map[string]any{"case": file, "placement": x, "person": lead, "route": "self", "contract": "indefinite", "workplace_pref": p.controller, "industry": "A", "employer": "見本商会", "occurred_on": p.day()}); ok {
		p.do("CO", "case.start_employment", map[string]any{"case": file, "placement": x, "occurred_on": japan.DateOf(p.at).String()})
		if p.r.IntN(2) == 0 {
			p.do("LD", "case.confirm_placement", map[string]any{"case": file, "placement": x, "confirmation": p.id(), "grade": "b", "evidence_kind": "employer_answer", "confirms": "start"})
		}
	}
}

func (p *prefecture) move() {
	file, lead := p.file()
	x := p.id()
	p.do("CO", "case.move_in", map[string]any{"case": file, "relocation": x, "movers": []string{lead}, "head": lead, "household": p.id(), "from_pref": "13", "to_lg": p.lg, "register": true, "reason": "employment", "planned_stay": "permanent", "occurred_on": p.day()})
	p.do("CO", "case.classify_relocation", map[string]any{"case": file, "relocation": x, "rule_version": "tot-cls-1", "reason": "employment", "has_predecessor": "no", "planned_stay": "permanent", "decision": false, "counts": true, "turn": "i", "grandchild": false, "head_age_band": "20s", "household_size": 1})
	if p.r.IntN(2) == 0 {
		p.do("LD", "case.confirm_relocation", map[string]any{"case": file, "relocation": x, "confirmation": p.id(), "grade": "b", "evidence_kind": "municipality_answer"})
	}
}

func (p *prefecture) protect() {
	_, lead := p.file()
	if p.r.IntN(2) == 0 {
		p.do("CO", "person.set_confidentiality", map[string]any{"person": lead, "until": japan.DateOf(p.at).Add(300).String(), "covers_household": false, "kind": "dv_support", "confirmed_by": "x"})
		return
	}
	p.do("PO", "person.restrict_use", map[string]any{"person": lead, "restriction": p.id(), "ground": one(p, "confidentiality", "legal_hold"), "scope": []string{"view"}})
}

func (p *prefecture) ask() {
	_, lead := p.file()
	p.do("CO", "rights.request", map[string]any{"kind": "disclosure", "person": lead, "channel": "letter", "requester": "渡邉 見本", "words": "すべて見たい"})
}

func (p *prefecture) suspect() {
	p.do("CO", "rights.suspect_breach", map[string]any{"persons_estimate": 3, "kinds": []string{"special_care"}, "account_of_it": "誤送付"})
}

func (p *prefecture) shelve() {
	p.do("RO", "volume.open", map[string]any{"stream": p.id(), "fy": 2019, "series": "consultation", "retention_years": 5, "end_action": "dispose", "title": "見本"})
}

func (p *prefecture) gather() {
	id, ok := p.do("LD", "outreach.schedule", map[string]any{"kind": "fair", "place_pref": "13", "starts_on": japan.DateOf(p.at).String(), "ends_on": japan.DateOf(p.at).String(), "evening": false, "title": "移住フェア"})
	if ok {
		p.do("CO", "outreach.hold", map[string]any{"outreach": id})
		p.do("CO", "outreach.count_attendance", map[string]any{"outreach": id, "heads": 12})
	}
}

func (p *prefecture) employ() {
	p.do("CO", "employer.register", map[string]any{"name": "見本商事", "kind": "corporation", "pref": p.controller, "lg_code": p.lg, "industry": "A", "size_band": "u10"})
}

// publish begins the register, a sheet and the closing of a year.
func (p *prefecture) publish() {
	stream := p.id()
	p.do("AN", "period.open", map[string]any{"stream": p.controller + ".2019", "fy": 2019})
	p.do("AN", "figure.import", map[string]any{"stream": stream, "indicator": one(p, "C1@", "K1@") + p.desk, "from": "2019-04-01", "to": "2020-03-31", "value": p.r.IntN(300), "comparison_basis": "none", "document": strings.Repeat("a", 64), "overlap": "none", "unit_stated": false})
	p.do("AN", "workplan.draft", map[string]any{"stream": "S" + p.controller + ".2019.1", "fy": 2019, "bureau": "見本局", "format": "F2016", "policy": "見本", "unit": "見本"})
}
