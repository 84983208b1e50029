package web

import (
	"net/http"

	"ayumi/domain/gate"
)

// confirmations lists the outcomes of a fiscal year that nobody confirmed within
// gate.ConfirmWithin days, longest waiting first.
func (s *Site) confirmations(w http.ResponseWriter, r *http.Request, v Visitor) error {
	year, err := s.yearAsked(r, v)
	if err != nil {
		return err
	}
	f, err := s.closingFile(r.Context(), v.Actor.Controller, year)
	if err != nil {
		return err
	}
	words := v.W.Confirmation
	view := ConfirmationsView{Page: s.page(r, v, "people", words.ListTitle), Heading: words.ListHeading(v.W.FiscalYearShort(year)),
		Lead: words.ListLead(gate.ConfirmWithin), Mine: v.holds("CO", "LD")}
	view.Here = "/confirmations?fy=" + r.FormValue("fy")
	view.Crumbs = []Crumb{{v.W.Journey.Breadcrumb, "/people"}, {words.ListTitle, ""}}
	if !view.Mine {
		view.Crumbs[0] = Crumb{v.W.Monitors.Title, "/monitors"}
	}
	if view.Years, err = s.closingYears(r, v, year); err != nil {
		return err
	}
	late, err := s.config.Gates.Before(r.Context(), v.Actor.Controller, f.Period, "", s.today())
	if err != nil {
		return missing(err)
	}
	if view.Rows, err = s.overdue(r, v, late.Of(gate.Unconfirmed)); err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "confirmations", "", view)
}

// overdue are outcomes that wait for their confirmation, as lists show them.
func (s *Site) overdue(r *http.Request, v Visitor, items []gate.Item) ([]OverdueRow, error) {
	positions := make([]uint64, len(items))
	for i, item := range items {
		positions[i] = item.Position
	}
	told, err := s.events(r.Context(), positions)
	if err != nil {
		return nil, err
	}
	var out []OverdueRow
	for _, i := range items {
		row := OverdueRow{ISO: i.On.String(), When: v.W.ShortDate(i.On), Text: v.W.Event(told[i.Position].Type), Days: v.W.Confirmation.Days(int(s.today() - i.On)),
			Number: recordNumber(i.Position), Href: recordHref(i.Position)}
		if link := confirmLink(v, told[i.Position].Type, i.Position); link != nil {
			row.Confirm = link.Href
		}
		out = append(out, row)
	}
	return out, nil
}
