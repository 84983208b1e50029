package importing

import (
	"slices"
	"strconv"
	"strings"

	"ayumi/domain/japan"
)

// person reads who a row is about.
func (r *reader) person(row *Row) Person {
	p := Person{own: plain(r.text(row, "no"))}
	r.name(row, &p)
	r.kana(row, &p)
	r.reached(row, &p)
	r.birth(row, &p)
	p.Sex = r.code(row, "sex", false)
	p.Student = r.code(row, "student", false) == "1"
	p.School = r.text(row, "school")
	if p.LeadSource = r.code(row, "lead_source", false); p.LeadSource == "" {
		p.LeadSource = "unknown"
	}
	r.lives(row, &p)
	if !p.Anonymous && p.Family+p.Given+p.FamilyKana+p.GivenKana == "" && !row.faulty("name") && !row.faulty("kana") {
		row.fault("name", "person.no_name", "")
	}
	return p
}

func (r *reader) name(row *Row, p *Person) {
	text := r.text(row, "name")
	if slices.Contains(nobody, plain(text)) {
		p.Anonymous = true
		return
	}
	people := named(text)
	if len(people) > 1 {
		f := row.fault("name", "import.two_people", text, "count", strconv.Itoa(len(people)))
		f.Propose = people[0]
	}
	if len(people) > 0 {
		p.Family, p.Given = parted(people[0])
	}
	if was := named(r.cell(row, "name")); len(was) > 1 {
		row.Attendees = len(was) // somebody said who of them it is about
	}
	for field, at := range map[string]*string{"family": &p.Family, "given": &p.Given} {
		if text := r.text(row, field); text != "" {
			*at = text
		}
	}
}

// cell is what the ledger has, whatever somebody put in its place.
func (r *reader) cell(row *Row, field string) string {
	column, mapped := r.m.Columns[field]
	if !mapped {
		return ""
	}
	return strings.TrimSpace(r.t.Cell(row.No-1, column))
}

func (r *reader) kana(row *Row, p *Person) {
	for _, field := range []string{"kana", "family_kana", "given_kana"} {
		text := r.text(row, field)
		if text == "" {
			continue
		}
		if people := named(text); len(people) > 1 && field == "kana" {
			text = people[0]
		}
		kana, ok := reading(text)
		if !ok {
			row.fault(field, "import.kana", text)
			continue
		}
		switch field {
		case "kana":
			p.FamilyKana, p.GivenKana = parted(kana)
		case "family_kana":
			p.FamilyKana = kana
		default:
			p.GivenKana = kana
		}
	}
}

// reached reads telephone, mail and LINE.
func (r *reader) reached(row *Row, p *Person) {
	p.Phones = r.each(row, "phone", "import.phone", phone)
	p.Mails = r.each(row, "mail", "import.mail", mailed)
	p.Line = r.text(row, "line")
}

// each reads the values of a cell that may hold several.
func (r *reader) each(row *Row, field, wrong string, read func(string) (string, bool)) []string {
	text := r.text(row, field)
	var out []string
	for _, part := range several(text) {
		value, ok := read(part)
		if !ok {
			row.fault(field, wrong, text)
			return out
		}
		out = append(out, value)
	}
	return out
}

// birth reads a day or a year of birth, or an age.
func (r *reader) birth(row *Row, p *Person) {
	if text := r.text(row, "birth"); text != "" {
		s := plain(text)
		if m := yearOnly.FindStringSubmatch(s); m != nil && m[1] <= r.today.String()[:4] {
			p.BirthYear = m[1]
		} else if t, bad := r.day(text); bad != nil || t.Precision != japan.PrecisionDay || withoutYear.MatchString(s) {
			row.fault("birth", "import.birth", text)
		} else {
			p.BirthDate = t.Date.String()
		}
	}
	if text := r.text(row, "age"); text != "" {
		b, ok := aged(text)
		if !ok {
			row.fault("age", "import.age", text)
		}
		p.AgeBand = b
	}
}

// aged gives a person the band that follows from the day of birth, if no band was
// told.
func (p *Person) aged(on japan.Date) {
	if p.AgeBand != "" {
		return
	}
	p.AgeBand = "unknown"
	if on == 0 {
		return
	}
	born, err := japan.ParseDate(p.BirthDate)
	if err == nil && born <= on {
		if b := agedOn(born, on); b != "" {
			p.AgeBand = b
		}
	}
}

// lives reads where the person lives: the prefecture by its column, or from the
// beginning of the address.
func (r *reader) lives(row *Row, p *Person) {
	p.Address = r.text(row, "address")
	if postal := strings.Map(onlyDigit, plain(r.text(row, "postal"))); postal != "" {
		for len(postal) < 7 && len(postal) >= 5 {
			postal = "0" + postal // lost in a spreadsheet
		}
		if len(postal) == 7 {
			p.Postal = postal[:3] + "-" + postal[3:]
		} else {
			row.fault("postal", "import.postal", r.text(row, "postal"))
		}
	}
	text := r.text(row, "residence_pref")
	if text != "" {
		if p.Pref = r.coded("residence_pref", text); p.Pref == "" {
			row.fault("residence_pref", "import.word", text, "word", text)
		}
		return
	}
	if p.Pref = prefecture(p.Address); p.Pref == "" {
		if p.Pref = r.m.Defaults["residence_pref"]; p.Pref == "" && !row.faulty("residence_pref") {
			row.fault("residence_pref", "import.residence", p.Address)
		}
	}
}

func onlyDigit(r rune) rune {
	if r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// grouping finds the rows that are about one person.
type grouping struct {
	byName map[string][]int
}

// place answers the person of the plan that a row is about, adding it if it is new.
// One number of the ledger's own is one person; without one, the same name is one
// person unless something told of both speaks against it.
func (g *grouping) place(plan *Plan, p Person, row int) int {
	if g.byName == nil {
		g.byName = map[string][]int{}
	}
	p.Rows = []int{row}
	add := func() int {
		plan.People = append(plan.People, p)
		return len(plan.People) - 1
	}
	if p.Anonymous {
		return add()
	}
	key := japan.SearchKey(p.Family + p.Given)
	if key == "" {
		key = japan.LongVowels(japan.SearchKey(p.FamilyKana + p.GivenKana))
	}
	if key == "" {
		return add()
	}
	for _, at := range g.byName[key] {
		if plan.People[at].agrees(&p) {
			plan.People[at].join(&p)
			return at
		}
	}
	at := add()
	g.byName[key] = append(g.byName[key], at)
	return at
}

// agrees tells whether nothing told of both speaks against one person.
func (p *Person) agrees(q *Person) bool {
	if strings.HasPrefix(p.own, "P-") && strings.HasPrefix(q.own, "P-") { // the office's own numbers
		return p.own == q.own
	}
	if p.own != "" && p.own == q.own {
		return true
	}
	if differ(p.BirthDate, q.BirthDate) || differ(p.BirthYear, q.BirthYear) ||
		differ(japan.LongVowels(japan.SearchKey(p.FamilyKana+p.GivenKana)), japan.LongVowels(japan.SearchKey(q.FamilyKana+q.GivenKana))) {
		return false
	}
	if p.BirthDate != "" && p.BirthDate == q.BirthDate {
		return true
	}
	return apart(p.Phones, q.Phones) != yes && apart(p.Mails, q.Mails) != yes || apart(p.Phones, q.Phones) == no || apart(p.Mails, q.Mails) == no
}

func differ(a, b string) bool { return a != "" && b != "" && a != b }

const (
	yes   = 1
	no    = 2
	maybe = 0
)

// apart tells whether two lists of contacts, both told, have nothing in common.
func apart(a, b []string) int {
	if len(a) == 0 || len(b) == 0 {
		return maybe
	}
	if slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) }) {
		return no
	}
	return yes
}

// join adds what another row tells of the same person.
func (p *Person) join(q *Person) {
	p.Rows = append(p.Rows, q.Rows...)
	for _, f := range []struct {
		at   *string
		text string
	}{
		{&p.FamilyKana, q.FamilyKana}, {&p.GivenKana, q.GivenKana}, {&p.BirthDate, q.BirthDate}, {&p.BirthYear, q.BirthYear}, {&p.Sex, q.Sex},
		{&p.Address, q.Address}, {&p.Postal, q.Postal}, {&p.School, q.School}, {&p.Line, q.Line}, {&p.Pref, q.Pref}, {&p.own, q.own},
	} {
		if *f.at == "" {
			*f.at = f.text
		}
	}
	if p.AgeBand == "unknown" {
		p.AgeBand = q.AgeBand
	}
	if p.LeadSource == "unknown" {
		p.LeadSource = q.LeadSource
	}
	p.Student = p.Student || q.Student
	for _, s := range q.Phones {
		if !slices.Contains(p.Phones, s) {
			p.Phones = append(p.Phones, s)
		}
	}
	for _, s := range q.Mails {
		if !slices.Contains(p.Mails, s) {
			p.Mails = append(p.Mails, s)
		}
	}
}
