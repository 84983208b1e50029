package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain/japan"
	"ayumi/domain/jobbook"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// Books writes the books of the placement office as files.
type Books interface {
	// Book writes a book as pdf, xlsx, csv or sjis, in its language; ErrMissing for
	// another kind.
	Book(b jobbook.Book, kind string) (BookFile, error)
}

// BookFile is a book as a file. Type is its media type.
type BookFile struct {
	Name, Type string
	Body       []byte
}

// BookView is a book of the placement office.
type BookView struct {
	Page
	Paper  locale.BookPaper
	Years  []Option
	Tabs   []Tab
	Book   string
	Files  []Pair
	Behind *Warning
}

// bookKinds are the files of a book, in the order offered.
var bookKinds = []string{"xlsx", "csv", "sjis", "pdf"}

func (s *Site) bookRoutes() {
	s.staff("GET /employers/books", s.bookPage, employerReaders...)
	s.staff("GET /employers/books/{kind}", s.bookFile, "CO", "LD")
}

// bookAsked is which book an address names, and of which year.
func (s *Site) bookAsked(r *http.Request, v Visitor) (string, japan.FiscalYear, error) {
	year, err := s.yearAsked(r, v)
	return cmp.Or(r.URL.Query().Get("book"), jobbook.Vacancies), year, err
}

func (s *Site) bookPage(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	kind, year, err := s.bookAsked(r, v)
	if err != nil {
		return err
	}
	b, err := s.registerOf(r, v, kind, year, "list")
	if err != nil {
		return err
	}
	words := v.W.Books
	view := BookView{Page: s.page(r, v, "employers", words.Title, "css/records.css", "css/book.css"), Paper: v.W.BookPaper(b), Book: kind, Behind: s.behind(r, v)}
	query := url.Values{"book": {kind}, "fy": {strconv.Itoa(int(year))}}
	here := &url.URL{Path: "/employers/books", RawQuery: query.Encode()}
	view.Here = here.RequestURI()
	view.Crumbs = []Crumb{{v.W.Employer.Title, "/employers"}, {words.Title, ""}}
	for _, each := range []string{jobbook.Vacancies, jobbook.Seekers} {
		view.Tabs = append(view.Tabs, Tab{Text: words.Titles[each], Href: with(here, "book", each), Current: each == kind})
	}
	now := japan.FiscalYearOf(s.today())
	for y := max(now, year); y >= min(year, now-bookYears); y-- {
		view.Years = append(view.Years, Option{Value: strconv.Itoa(int(y)), Text: v.W.FiscalYearShort(y), Chosen: y == year})
	}
	if v.holds("CO", "LD") {
		for _, k := range bookKinds {
			view.Files = append(view.Files, Pair{Value: words.Kinds[k], Href: "/employers/books/" + k + "?" + query.Encode()})
		}
	}
	return s.show(w, r, http.StatusOK, "book", "", view)
}

// bookYears are how many past years are offered.
const bookYears = 8

func (s *Site) bookFile(w http.ResponseWriter, r *http.Request, v Visitor) error {
	form := r.PathValue("kind")
	if s.config.Books == nil || !slices.Contains(bookKinds, form) {
		return ErrMissing
	}
	kind, year, err := s.bookAsked(r, v)
	if err != nil {
		return err
	}
	b, err := s.registerOf(r, v, kind, year, "export")
	if err != nil {
		return err
	}
	file, err := s.config.Books.Book(b, form)
	if err == nil {
		err = s.seen(r)
	}
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", file.Type)
	h.Set("Content-Disposition", `attachment; filename="`+file.Name+`"`)
	_, err = w.Write(file.Body)
	return err
}

// registerOf reads a book of a year, opened by the door.
func (s *Site) registerOf(r *http.Request, v Visitor, kind string, year japan.FiscalYear, act string) (jobbook.Book, error) {
	b := jobbook.Book{Kind: kind, Controller: v.Actor.Controller, Year: year, Made: s.today(), Language: string(v.W.Language), Sample: s.config.Sample}
	told, err := s.introducedIn(r, v, year, act)
	if err != nil {
		return b, err
	}
	if kind == jobbook.Seekers {
		b.Seekers, err = s.seekers(r, v, year, act, told)
		return b, err
	}
	b.Vacancies, err = s.bookOfVacancies(r, v, year, act, told)
	return b, err
}

// introducedIn are the introductions that the entries of a year's book may have had by
// its end, opened but for who was introduced.
func (s *Site) introducedIn(r *http.Request, v Visitor, year japan.FiscalYear, act string) ([]introduced, error) {
	around := japan.Period{From: year.First() - registeredBefore, To: year.Last() + introducedBefore} // days may have been set right since
	positions, err := s.config.Journey.Listed(r.Context(), "case.job_introduced", v.Actor.Controller, around)
	if err != nil {
		return nil, missing(err)
	}
	all, err := s.config.Journey.Introductions(r.Context(), positions...)
	if err != nil {
		return nil, missing(err)
	}
	all = slices.DeleteFunc(all, func(x projections.Introduction) bool { return x.IntroducedOn > year.Last() })
	return s.readIntroductions(r, v, "book", act, all)
}

func introduction(x introduced, other string) jobbook.Introduction {
	out := jobbook.Introduction{On: x.IntroducedOn, Other: other, Title: x.title, State: x.State, Decided: x.DecidedOn, Started: x.StartedOn, Left: x.EndedOn, Contract: x.Contract, Number: x.Entry.Position}
	if jobbook.IsOver(x.State) {
		out.Over = x.IntroducedOn
		for _, e := range x.Changed {
			if e.Type != "case.placement_confirmed" && e.Type != "case.employment_checked" {
				out.Over = max(out.Over, e.From)
			}
		}
	}
	return out
}

// bookOfVacancies are the vacancies that stood in a year, by employer.
func (s *Site) bookOfVacancies(r *http.Request, v Visitor, year japan.FiscalYear, act string, told []introduced) ([]jobbook.Vacancy, error) {
	firms, err := s.config.Journey.Employers(r.Context(), v.Actor.Controller)
	if err != nil {
		return nil, missing(err)
	}
	if err := s.nameIntroduced(r, v, "book", act, told); err != nil {
		return nil, err
	}
	var sealed []projections.Entry
	for _, m := range firms {
		for _, e := range m.Entries {
			if e.Type == "employer.contact_set" || m.Name == "" && (e.Type == "employer.registered" || e.Type == "employer.renamed") {
				sealed = append(sealed, e)
			}
		}
	}
	seen, err := s.read(r, v, Glance{Reason: "book", Act: act, Classes: "P"}, sealed)
	if err != nil {
		return nil, err
	}
	var out []jobbook.Vacancy
	for _, m := range firms {
		name := m.Name
		if name == "" {
			name = proprietor(v, m, seen).text
		}
		for _, x := range m.Offers() {
			if !jobbook.Covers(year, x.OpenedOn, x.ClosedOn) {
				continue
			}
			row := jobbook.Vacancy{Number: x.Number(), Title: x.Title, Employer: name, Place: m.LGCode, Workplace: x.WorkplaceLG, Received: x.OpenedOn, Until: x.ValidUntil, Closed: x.ClosedOn, Posts: x.Posts,
				Occupation: x.Occupation, Contract: x.Contract, Contacts: contactsOf(v, m, seen)}
			for _, i := range told {
				if vacancyOf(m, name, i) == x {
					row.Introduced = append(row.Introduced, introduction(i, i.who.name+" "+i.who.number))
				}
			}
			out = append(out, row)
		}
	}
	return out, nil
}

// contactsOf are who to speak to at an employer, as far as the reader may know it.
func contactsOf(v Visitor, m projections.Employer, seen reading) []string {
	var out []string
	for _, e := range m.Entries {
		if e.Type == "employer.contact_set" && m.Contacts[e.Facts.Text("contact")] {
			if c := contactOf(v, seen.texts[e.Position]); !c.Hidden {
				out = append(out, strings.TrimSpace(c.Name+" "+cmp.Or(c.Phone, c.Mail)))
			}
		}
	}
	return out
}

// registeredBefore is by how many days a registration that still holds may be older
// than the year.
const registeredBefore = 3 * 366

// seekers are the registrations that held in a year, in the order of the days.
func (s *Site) seekers(r *http.Request, v Visitor, year japan.FiscalYear, act string, told []introduced) ([]jobbook.Seeker, error) {
	positions, err := s.config.Journey.Listed(r.Context(), "case.jobseeker_registered", v.Actor.Controller, japan.Period{From: year.First() - registeredBefore, To: year.Last()})
	if err != nil {
		return nil, missing(err)
	}
	entries, err := s.config.Journey.Entries(r.Context(), positions...)
	if err != nil {
		return nil, missing(err)
	}
	var out []jobbook.Seeker
	var open []projections.Entry
	var people []*dossier
	var at []uint64
	for _, e := range entries {
		file, err := s.config.Journey.CaseFile(r.Context(), e.Case)
		if err != nil {
			return nil, missing(err)
		}
		held := file.Registrations[e.Facts.Text("registration")]
		if held == nil {
			continue
		}
		end := cmp.Or(held.EndedOn, held.ValidUntil)
		if !jobbook.Covers(year, held.On, end) {
			continue
		}
		d, err := s.profile(r.Context(), file.Lead)
		if err != nil {
			return nil, err
		}
		for _, more := range file.Entries {
			if more.Type == "case.aims_revised" {
				d.entries = append(d.entries, more)
			}
		}
		row := jobbook.Seeker{Person: personNumber(d.sum.Number), Received: held.On, Until: held.ValidUntil, Ended: held.EndedOn}
		if held.EndedOn == 0 && held.ValidUntil < s.today() {
			row.Ended = held.ValidUntil
		}
		for _, i := range told {
			if i.Case == file.ID && held.On <= i.IntroducedOn && i.IntroducedOn <= end {
				row.Introduced = append(row.Introduced, introduction(i, i.employer))
			}
		}
		out, people, at = append(out, row), append(people, d), append(at, e.Position)
		open = append(append(open, e), d.entries...)
	}
	if len(open) == 0 {
		return nil, nil
	}
	seen, err := s.read(r, v, Glance{Reason: "book", Act: act, Classes: "P"}, open)
	if err != nil {
		return nil, err
	}
	for i, d := range people {
		d.seen = seen
		out[i].Name = s.nameOf(v, d).name
		out[i].Number = seen.texts[at[i]].first("number")
		said := d.told()
		out[i].Address = cmp.Or(said["address"], code(v.W, "pref", d.sum.ResidencePref))
		out[i].Wish, out[i].Born = said["occupation"], said["birth_year"]
		if on, err := japan.ParseDate(said["birth_date"]); err == nil {
			out[i].Born = v.W.PlainDate(on)
		}
	}
	return out, nil
}

// told are the sealed texts of a person's profile and wishes by field, newest last.
func (d *dossier) told() map[string]string {
	out := map[string]string{}
	for _, e := range d.entries {
		o := d.seen.texts[e.Position]
		for field := range o {
			if text := o.first(field); text != "" && field != "new" && field != "old" {
				out[field] = text
			}
		}
		if field := e.Facts.Text("field"); e.Type == "person.details_corrected" && field != "" {
			out[field] = o.first("new")
		}
	}
	return out
}
