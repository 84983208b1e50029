package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"ayumi/domain/register"
	"ayumi/domain/workplan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// EditionsView is the editions of a sheet, and what differs between two of them.
type EditionsView struct {
	Page
	Heading, Sheet string // Sheet: address of the sheet as it stands
	Action, No     string
	Rows           []SheetEditionRow
	Left, Right    []Option
	Between        string
	Sides          [2]string
	Count          string
	Places         []EditionPlace
}

// SheetEditionRow is one edition with the ways to it.
type SheetEditionRow struct {
	Name, Href     string
	What           Chip
	On, By, Why    string
	Digest, Record string
}

// EditionPlace is one line of the paper with the fields that differ there.
type EditionPlace struct {
	Name    string
	Changes []EditionChange
}

// EditionChange is one field on both sides; what both begin and end with stands
// beside what only one has.
type EditionChange struct {
	Field       string
	Left, Right EditionText
}

// EditionText is a text in three: what only this side has is in the middle.
type EditionText struct {
	Before, Own, After string
	Blank              bool
}

// editions lists the editions of a sheet and sets two of them side by side: left
// and right in the address, a number or draft.
func (s *Site) editions(w http.ResponseWriter, r *http.Request, v Visitor) error {
	a, err := s.askedSheet(r, v)
	if err != nil {
		return err
	}
	c, err := s.config.Press.Compare(a.events, r.FormValue("left"), r.FormValue("right"))
	if errors.Is(err, projections.ErrUnknown) {
		return ErrMissing
	}
	if err != nil {
		return missing(err)
	}
	seen, err := s.read(r, v, Glance{Subject: a.id, Reason: "sheet", Classes: "P"}, a.events)
	if err != nil {
		return err
	}
	all, err := s.config.Journey.Register(r.Context(), v.Actor.Controller)
	if err != nil {
		return missing(err)
	}
	view := s.editionsView(r, v, a, c, seen)
	view.Places = editionPlaces(v.W, c.Changes, numbersOf(v.W, all))
	return s.show(w, r, http.StatusOK, "editions", "", view)
}

func (s *Site) editionsView(r *http.Request, v Visitor, a askedSheet, c workplan.Comparison, seen reading) EditionsView {
	w, year := v.W, v.W.FiscalYearShort(a.sheet.FiscalYear())
	view := EditionsView{Page: s.page(r, v, "sheets", w.Editions.Title(year, a.sheet.Head.Unit), "css/edit.css")}
	view.Heading, view.No = view.Title, r.FormValue("no")
	here := "/sheets/" + url.PathEscape(r.PathValue("fy")) + "/" + url.PathEscape(r.PathValue("unit"))
	view.Action = here + "/editions"
	address := func(edition string) string {
		q := url.Values{}
		if view.No != "" {
			q.Set("no", view.No)
		}
		if edition != "" {
			q.Set("edition", edition)
		}
		return (&url.URL{Path: here, RawQuery: q.Encode()}).String()
	}
	view.Sheet = address("")
	view.Crumbs = []Crumb{{w.Sheet.Breadcrumb, "/sheets"}, {year, view.Sheet}, {w.Editions.Heading, ""}}
	position := map[int]uint64{}
	for _, e := range a.events {
		if n, ok := e.Facts.Int("edition"); ok && e.Type != "workplan.actual_set" {
			position[int(n)] = e.Position
		}
	}
	for _, e := range c.Editions {
		view.Rows = append(view.Rows, SheetEditionRow{Name: w.EditionName(e.No), Href: address(workplan.SideName(e.No)), What: Chip{"green", "lock", w.Editions.Kinds[e.Kind]},
			On: w.PlainDate(e.On), By: seen.name(v, e.By), Why: e.Why, Digest: e.Document, Record: recordHref(position[e.No])})
	}
	if c.Touched {
		last := a.events[len(a.events)-1]
		view.Rows = append(view.Rows, SheetEditionRow{Name: w.EditionName(workplan.Unpublished), Href: view.Sheet, What: Chip{"yellow", "warn", w.Sheet.Draft},
			On: w.DateTime(last.RecordedAt), By: seen.name(v, last.RecordedBy), Record: recordHref(last.Position)})
	}
	view.Left, view.Right = sides(w, c, c.Left), sides(w, c, c.Right)
	view.Sides = [2]string{w.EditionName(c.Left), w.EditionName(c.Right)}
	view.Between, view.Count = w.Editions.Between(view.Sides[0], view.Sides[1]), w.Editions.Count(len(c.Changes))
	return view
}

// sides are the editions that can be chosen for one side.
func sides(w *locale.Words, c workplan.Comparison, chosen int) (out []Option) {
	for _, e := range c.Editions {
		out = append(out, Option{Value: workplan.SideName(e.No), Text: w.EditionName(e.No) + "　" + w.PlainDate(e.On)})
	}
	if c.Touched || chosen == workplan.Unpublished {
		out = append(out, Option{Value: workplan.AsDraft, Text: w.EditionName(workplan.Unpublished)})
	}
	return choose(out, workplan.SideName(chosen))
}

// numbersOf puts the number and the name of every figure for its stream.
func numbersOf(w *locale.Words, all *register.Register) *strings.Replacer {
	var pairs []string
	for _, o := range quantities(w, all) {
		pairs = append(pairs, o.Value, o.Text)
	}
	return strings.NewReplacer(pairs...)
}

// editionPlaces gathers the changes of one line of the paper; figures are told by
// their numbers.
func editionPlaces(w *locale.Words, changes []workplan.Change, numbers *strings.Replacer) (out []EditionPlace) {
	for i, c := range changes {
		if i == 0 || !c.Same(changes[i-1]) {
			out = append(out, EditionPlace{Name: w.ChangePlace(c)})
		}
		x := EditionChange{Field: w.Field(c.Field)}
		before, left, right, after := c.Cut()
		if c.Left == "" || c.Right == "" || locale.Worded(c.Field) {
			before, left, right, after = "", w.ChangeText(c.Field, c.Left), w.ChangeText(c.Field, c.Right), ""
		}
		if c.Field == "figures" {
			left, right = numbers.Replace(left), numbers.Replace(right)
		}
		x.Left = EditionText{before, left, after, c.Left == ""}
		x.Right = EditionText{before, right, after, c.Right == ""}
		at := &out[len(out)-1]
		at.Changes = append(at.Changes, x)
	}
	return out
}
