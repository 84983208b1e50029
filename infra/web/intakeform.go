package web

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/person"
	"ayumi/infra/web/locale"
)

// intakeInput is the form of a new person as it was typed.
type intakeInput struct {
	search, commandID, query, act        string
	draft                                string
	method                               string
	consents                             []string
	name, reading, born                  string
	phone, mail, line                    string
	residence, age, lead, language       string
	student                              bool
	aims, categories, concerns           []string
	channel, memo                        string
	apart                                map[string]string // person → reason
	bornRead, birthDate                  string            // YYYY-MM-DD or YYYY
	family, given, familyKana, givenKana string
	faults                               []FieldError
}

func readIntake(r *http.Request) *intakeInput {
	text := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	in := &intakeInput{
		search: text("search"), draft: text("draft"), commandID: commandID(r).String(), query: text("q"), act: text("act"), method: text("method"), consents: r.PostForm["consents"],
		name: text("name"), reading: text("reading"), born: text("born"), phone: text("phone"), mail: text("mail"), line: text("line"),
		residence: text("residence_pref"), age: text("age_band"), lead: text("lead_source"), language: text("language"), student: text("student") != "",
		aims: r.PostForm["aims"], categories: r.PostForm["categories"], concerns: r.PostForm["concerns"], channel: text("channel"),
		memo: strings.ReplaceAll(text("memo"), "\r\n", "\n"), apart: map[string]string{},
	}
	for name, values := range r.PostForm {
		if id, ok := strings.CutPrefix(name, "apart-"); ok {
			in.apart[id] = values[0]
		}
	}
	return in
}

// nameless tells that nothing of who it is shall be kept.
func (in *intakeInput) nameless() bool { return in.act == "nameless" }

// take fills the form from the words of the search.
func (in *intakeInput) take(words []Pair) {
	add := func(to *string, text string) { *to = strings.TrimSpace(*to + " " + text) }
	kanji := slices.ContainsFunc(words, func(w Pair) bool { return w.Label == "kanji" })
	for _, word := range words {
		switch word.Label {
		case "kanji":
			add(&in.name, word.Value)
		case "kana":
			if kanji && in.name != "" && !strings.Contains(in.name, " ") && strings.Contains(in.query, in.name+word.Value) {
				add(&in.name, word.Value) // 高崎みさき
			} else {
				add(&in.reading, word.Value)
			}
		case "phone":
			in.phone = word.Value
		case "mail":
			in.mail = word.Value
		}
	}
}

var yearAlone = regexp.MustCompile(`^(19|20)\d\d$`)

// readBirth reads a day of birth, or a year where no more is told.
func readBirth(w *locale.Words, typed string, today japan.Date) (canonical, read string, band string, err error) {
	narrow := strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, typed)
	if yearAlone.MatchString(narrow) {
		n, _ := strconv.Atoi(narrow[:4])
		if first := japan.On(n, 1, 1); first <= today {
			return narrow[:4], w.YearOf(first), "", nil
		}
		return "", "", "", &japan.Misread{Key: japan.Future}
	}
	t, err := japan.ReadPast(typed, today)
	if err != nil {
		return "", "", "", err
	}
	if t.Precision == japan.PrecisionYear {
		year, _, _ := t.Date.Civil()
		return strconv.Itoa(year), w.YearOf(t.Date), "", nil
	}
	if t.Precision != japan.PrecisionDay {
		return "", "", "", &japan.Misread{Key: japan.Unreadable}
	}
	return t.Date.String(), w.PlainDate(t.Date), person.AgeBandOf(t.Date, today), nil
}

// halves parts a name at its first space.
func halves(name string) (string, string) {
	words := strings.Fields(name)
	if len(words) < 2 {
		return name, ""
	}
	return words[0], strings.Join(words[1:], " ")
}

// check reads what was typed and notes what is missing.
func (in *intakeInput) check(w *locale.Words, today japan.Date) {
	wrong := func(field, text string) { in.faults = append(in.faults, FieldError{field, text}) }
	if !in.nameless() {
		if !slices.Contains(methodsOf(), in.method) {
			wrong("method", w.Message.RequiredChoose(w.Intake.How))
		}
		in.checkWho(w, today)
	} else if in.residence == "" {
		wrong("residence_pref", w.Message.RequiredChoose(w.Intake.Residence))
	}
	if in.channel == "" {
		wrong("channel", w.Message.RequiredChoose(w.Field("channel")))
	}
	if len(in.categories) == 0 {
		wrong("categories", w.Message.RequiredChoose(w.Field("categories")))
	}
	if len(in.aims) == 0 {
		in.aims = aimsOf(in.categories)
	}
	if len(in.aims) == 0 && len(in.categories) > 0 {
		wrong("aims", w.Message.RequiredChoose(w.Field("aims")))
	}
	if in.act != "only" && in.memo == "" {
		wrong("memo", w.Message.Required(w.Intake.Memo))
	}
}

// checkWho reads who the person is.
func (in *intakeInput) checkWho(w *locale.Words, today japan.Date) {
	wrong := func(field, text string) { in.faults = append(in.faults, FieldError{field, text}) }
	if in.name == "" && in.reading == "" {
		wrong("name", w.Message.Required(w.Intake.Name))
	}
	in.family, in.given = halves(in.name)
	in.familyKana, in.givenKana = halves(in.reading)
	if in.residence == "" {
		wrong("residence_pref", w.Message.RequiredChoose(w.Intake.Residence))
	}
	if in.born == "" {
		return
	}
	var err error
	var band string
	if in.birthDate, in.bornRead, band, err = readBirth(w, in.born, today); err != nil {
		wrong("born", dateFault(w, err, "birth_date"))
	} else if band != "" {
		in.age = band
	}
}

// aimsOf are the aims that the content of a consultation already tells.
func aimsOf(categories []string) (out []string) {
	tell := map[string]string{"job": "job", "student": "job", "startup": "job", "side_job": "job", "relocation": "relocation", "housing": "relocation", "settlement": "relocation"}
	for _, aim := range domain.Codes["aims"] {
		if slices.ContainsFunc(categories, func(c string) bool { return tell[c] == aim }) {
			out = append(out, aim)
		}
	}
	return out
}

func methodsOf() []string {
	f, _ := fieldOf("person.notice_given", "method")
	return f.List
}

// apartReasons are why somebody is not a person on record, with the reason of
// person.dismiss_duplicate; an empty one leaves the pair open.
var apartReasons = []struct{ code, dismissed string }{
	{"confirmed", "different_person"}, {"birth", "different_person"}, {"family", "family"}, {"unclear", ""},
}

// askApart asks for a reason for everybody who is likely the same.
func (in *intakeInput) askApart(w *locale.Words, likely []IntakeHit) {
	for _, h := range likely {
		if !slices.ContainsFunc(apartReasons, func(a struct{ code, dismissed string }) bool { return a.code == in.apart[h.ID] }) {
			in.faults = append(in.faults, FieldError{"apart-" + h.ID, w.Intake.MissingApart(h.Number + " " + h.Name)})
		}
	}
}

// told is what the form tells of the person.
func (in *intakeInput) told() Described {
	d := Described{Family: in.family, Given: in.given, FamilyKana: in.familyKana, GivenKana: in.givenKana, BirthDate: in.birthDate}
	for _, c := range in.contacts() {
		d.Contacts = append(d.Contacts, Option{Name: c.kind, Value: c.value})
	}
	return d
}

type contactTyped struct{ kind, value string }

func (in *intakeInput) contacts() (out []contactTyped) {
	kind := "phone"
	if digits := japan.SearchKey(in.phone); strings.HasPrefix(digits, "070") || strings.HasPrefix(digits, "080") || strings.HasPrefix(digits, "090") {
		kind = "mobile"
	}
	for _, c := range []contactTyped{{kind, in.phone}, {"mail", in.mail}, {"line", in.line}} {
		if c.value != "" {
			out = append(out, c)
		}
	}
	return out
}

// intakeForm shows the form with what was typed, and asks about everybody near who
// is likely the same.
func (s *Site) intakeForm(v Visitor, in *intakeInput, hits []IntakeHit) *IntakeForm {
	w := v.W
	f := &IntakeForm{W: w, Action: "/intake", CommandID: in.commandID, Search: in.search, Query: in.query, DraftID: in.draft, Notice: purposeShown(w, s.today()),
		Name: in.name, Reading: in.reading, Born: in.born, BornRead: in.bornRead, Phone: in.phone, Mail: in.mail, Line: in.line, Student: in.student, Memo: in.memo,
		Residence: choices(v, "pref", in.residence), Age: choices(v, "age_band", in.age), Lead: choices(v, "lead_source", in.lead), Language: choices(v, "language", in.language)}
	for _, method := range methodsOf() {
		f.Methods = append(f.Methods, Option{Name: "method", Value: method, Text: w.Code("notice_method", method), Chosen: in.method == method})
	}
	for _, scope := range domain.Codes["consent_scope"] {
		f.Consents = append(f.Consents, Option{Name: "consents", Value: scope, Text: w.Code("consent_scope", scope), Chosen: slices.Contains(in.consents, scope)})
	}
	for _, aim := range domain.Codes["aims"] {
		f.Aims = append(f.Aims, Option{Name: "aims", Value: aim, Text: w.Code("aims", aim), Chosen: slices.Contains(in.aims, aim)})
	}
	for i, k := range keyedChannels {
		f.Channels = append(f.Channels, Option{Name: "channel", Value: k.code, Text: w.Entry.Channels[k.word], Icon: k.icon, Key: strconv.Itoa(i + 1), Chosen: in.channel == k.code})
	}
	for _, k := range keyedContents {
		list := in.categories
		if k.name == "concerns" {
			list = in.concerns
		}
		f.Contents = append(f.Contents, Option{Name: k.name, Value: k.code, Text: w.Entry.Categories[k.word], Key: k.key, Chosen: slices.Contains(list, k.code)})
	}
	for _, h := range hits {
		if !h.Likely {
			continue
		}
		choice := ApartChoice{Field: "apart-" + h.ID, Heading: w.Intake.ApartHeading(h.Number + " " + h.Name)}
		for _, a := range apartReasons {
			choice.Options = append(choice.Options, Option{Name: choice.Field, Value: a.code, Text: w.Intake.Aparts[a.code], Chosen: in.apart[h.ID] == a.code})
		}
		f.Apart = append(f.Apart, choice)
	}
	if len(in.faults) > 0 {
		f.Errors = newErrors(w, in.faults...)
	}
	return f
}

// purposeShown is the notice in force, with the same in the other language.
func purposeShown(w *locale.Words, day japan.Date) PurposeShown {
	p, other := w.PurposeOn(day), w.Other().PurposeOn(day)
	return PurposeShown{Version: p.Version, Edition: p.Edition, Text: p.Text, Plain: p.Plain, Other: other.Text, OtherLanguage: string(w.Other().Language)}
}

// choices are the codes of a list in its order; where none was chosen yet the form
// says so.
func choices(v Visitor, list, chosen string) []Option {
	var out []Option
	if chosen == "" {
		out = append(out, Option{Text: v.W.Intake.Choose, Chosen: true})
	}
	for _, c := range domain.Codes[list] {
		out = append(out, Option{Value: c, Text: code(v.W, list, c), Chosen: c == chosen})
	}
	return out
}
