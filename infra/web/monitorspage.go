package web

import (
	"net/http"

	"ayumi/domain/gate"
	"ayumi/domain/monitor"
	"ayumi/projections"
)

// MonitorsView points at what an auditor and a desk lead should look at.
type MonitorsView struct {
	Page
	Heading, Counted string
	Years            []Option
	Overdue, OneHand []GateItem
	Pairs            []PairRow
	Bursts           []BurstRow
	GradeC           []Pair
}

// PairRow is one who records outcomes and one who confirms them.
type PairRow struct{ Recorder, Confirmer, Times, Expected string }

// BurstRow is a month whose outcomes crowd in its last days.
type BurstRow struct {
	Month, Last, All string
	Items            []GateItem
}

// monitors is the page of what stands out in a fiscal year, as known now.
func (s *Site) monitors(w http.ResponseWriter, r *http.Request, v Visitor) error {
	year, err := s.yearAsked(r, v)
	if err != nil {
		return err
	}
	f, err := s.closingFile(r.Context(), v.Actor.Controller, year)
	if err != nil {
		return err
	}
	words, name := v.W.Monitors, v.W.FiscalYearShort(year)
	view := MonitorsView{Page: s.page(r, v, "audit", words.Heading(name), "css/indicator.css", "css/closing.css"), Heading: words.Heading(name)}
	view.Crumbs = []Crumb{{v.W.Audit.Heading, "/audit"}, {words.Title, ""}}
	if view.Years, err = s.closingYears(r, v, year); err != nil {
		return err
	}
	late, err := s.config.Gates.Before(r.Context(), v.Actor.Controller, f.Period, "", s.today())
	if err != nil {
		return missing(err)
	}
	found, err := s.config.Gates.Watch(r.Context(), v.Actor.Controller, year.Whole(), projections.Newest)
	if err != nil {
		return missing(err)
	}
	view.Counted = words.Counted(found.Outcomes, found.Confirmations)
	if err := s.monitored(r, v, late.Of(gate.Unconfirmed), found, &view); err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "monitors", "", view)
}

// monitored fills the page: dates, events and records, and of staff what the
// reader may see of them.
func (s *Site) monitored(r *http.Request, v Visitor, overdue []gate.Item, found monitor.Report, view *MonitorsView) error {
	var staff []string
	var positions []uint64
	for _, i := range overdue {
		positions = append(positions, i.Position)
	}
	for _, d := range found.OneHand {
		staff, positions = append(staff, d.Account), append(positions, d.Position)
	}
	for _, p := range found.Pairs {
		staff = append(staff, p.Recorder, p.Confirmer)
	}
	for _, b := range found.Bursts {
		for _, d := range b.Deeds {
			positions = append(positions, d.Position)
		}
	}
	for _, o := range found.GradeC {
		staff = append(staff, o.Account)
	}
	told, err := s.events(r.Context(), positions)
	if err != nil {
		return err
	}
	seen, err := s.read(r, v, Glance{Reason: "monitors", Act: "list", Classes: "P"}, nil, staff...)
	if err != nil {
		return err
	}
	deed := func(d monitor.Deed) GateItem {
		return GateItem{ISO: d.On.String(), When: v.W.ShortDate(d.On), Text: v.W.Event(told[d.Position].Type), Number: recordNumber(d.Position), Href: recordHref(d.Position)}
	}
	for _, i := range overdue {
		item := deed(monitor.Deed{On: i.On, Position: i.Position})
		item.Confirm = confirmLink(v, told[i.Position].Type, i.Position)
		view.Overdue = append(view.Overdue, item)
	}
	for _, d := range found.OneHand {
		item := deed(d)
		item.Note = seen.name(v, d.Account)
		view.OneHand = append(view.OneHand, item)
	}
	for _, p := range found.Pairs {
		view.Pairs = append(view.Pairs, PairRow{seen.name(v, p.Recorder), seen.name(v, p.Confirmer), v.W.Number(p.Times), v.W.Monitors.Hundredths(p.Expected)})
	}
	for _, b := range found.Bursts {
		row := BurstRow{Month: v.W.Month(b.Month), Last: v.W.Number(b.Last), All: v.W.Number(b.All)}
		for _, d := range b.Deeds {
			row.Items = append(row.Items, deed(d))
		}
		view.Bursts = append(view.Bursts, row)
	}
	for _, o := range found.GradeC {
		view.GradeC = append(view.GradeC, Pair{Label: seen.name(v, o.Account), Value: v.W.Monitors.Confirmed(o.Times)})
	}
	return nil
}
