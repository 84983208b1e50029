package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/period"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// AfterCloseView lists what was recorded after a fiscal year was closed.
type AfterCloseView struct {
	Page
	Heading string
	Years   []Option
	Closed  *Pair // when, with the record of it; nil while the year was never closed
	Kinds   []Tab
	Rows    []AfterCloseRow
	Older   string
}

// AfterCloseRow is one event with what makes it stand in the list.
type AfterCloseRow struct {
	AuditRow
	Kind Chip
}

// movement is one kind of what may happen after a closing.
type movement struct {
	name, colour, icon string
	filter             projections.AuditFilter
	// year: only what happened in the year, or corrects what did.
	year bool
	// own: only the closing's own stream.
	own bool
}

// movements are those kinds, in the order of their filters.
var movements = []movement{
	{name: "late", colour: "yellow", icon: "clock", year: true},
	{name: "changed", colour: "orange", icon: "fix", filter: projections.AuditFilter{Changes: true}, year: true},
	{name: "merged", colour: "purple", icon: "merge", filter: projections.AuditFilter{Types: []string{"person.merged", "person.unmerged"}}},
	{name: "erased", colour: "red", icon: "warn", filter: projections.AuditFilter{Types: []string{"person.erased"}}},
	{name: "definition", colour: "cyan", icon: "book", filter: projections.AuditFilter{Types: []string{"indicator.version_approved", "indicator.version_retired"}}},
	{name: "roles", colour: "gray", icon: "user", filter: projections.AuditFilter{Types: []string{"account.role_granted", "account.role_revoked", "account.engagement_granted"}}},
	{name: "closing", colour: "blue", icon: "lock", filter: projections.AuditFilter{Types: []string{"period.closed", "period.reopened"}}, own: true},
}

// figured are the streams whose records are counted or made of what is counted.
var figured = []string{"case", "reception", "outreach"}

// afterClose is the page of what moved after a year was closed.
func (s *Site) afterClose(w http.ResponseWriter, r *http.Request, v Visitor) error {
	year, err := s.yearAsked(r, v)
	if err != nil {
		return err
	}
	f, err := s.closingFile(r.Context(), v.Actor.Controller, year)
	if err != nil {
		return err
	}
	name := v.W.FiscalYearShort(year)
	view := AfterCloseView{Page: s.page(r, v, "closing", v.W.AfterClose.Heading(name)), Heading: v.W.AfterClose.Heading(name)}
	view.Crumbs = []Crumb{{v.W.Closing.Heading(name), closingHref(year, "")}, {v.W.AfterClose.Title, ""}}
	if view.Years, err = s.closingYears(r, v, year); err != nil {
		return err
	}
	first := slices.IndexFunc(f.Closings, func(c period.Closing) bool { return c.Kind == period.YearClose })
	if first < 0 {
		return s.show(w, r, http.StatusOK, "afterclose", "", view)
	}
	closed := f.Closings[first]
	view.Closed = &Pair{v.W.Date(closed.On), recordNumber(closed.Position), recordHref(closed.Position)}
	kind := r.FormValue("kind")
	view.Kinds = []Tab{{Text: v.W.Journey.All, Href: with(r.URL, "kind", ""), Current: kind == ""}}
	for _, m := range movements {
		view.Kinds = append(view.Kinds, Tab{Text: v.W.AfterClose.Kinds[m.name], Href: with(r.URL, "kind", m.name), Current: kind == m.name})
	}
	return s.moved(w, r, v, f, closed.Position, kind, view)
}

// moved fills the list and shows it.
func (s *Site) moved(w http.ResponseWriter, r *http.Request, v Visitor, f closingFile, after uint64, kind string, view AfterCloseView) error {
	before, _ := strconv.ParseUint(r.FormValue("before"), 10, 64)
	found := map[uint64]movement{}
	var list []projections.AuditEntry
	for _, m := range movements {
		if kind != "" && kind != m.name {
			continue
		}
		more, err := s.movement(r.Context(), v, f, m, after, before)
		if err != nil {
			return err
		}
		for _, e := range more {
			if _, twice := found[e.Position]; !twice {
				found[e.Position], list = m, append(list, e)
			}
		}
	}
	slices.SortFunc(list, func(a, b projections.AuditEntry) int { return cmp.Compare(b.Position, a.Position) })
	if len(list) > auditShown {
		list = list[:auditShown]
		view.Older = with(r.URL, "before", strconv.FormatUint(list[auditShown-1].Position, 10))
	}
	var staff []string
	for _, e := range list {
		staff = append(staff, e.By)
	}
	seen, err := s.read(r, v, Glance{Reason: "after_close", Act: "list", Classes: "P"}, nil, staff...)
	if err != nil {
		return err
	}
	for _, e := range list {
		m := found[e.Position]
		view.Rows = append(view.Rows, AfterCloseRow{auditRow(v, seen, e), Chip{m.colour, m.icon, v.W.AfterClose.Kinds[m.name]}})
	}
	return s.show(w, r, http.StatusOK, "afterclose", "", view)
}

// movement answers the newest events of one kind, up to one more than are shown.
func (s *Site) movement(ctx context.Context, v Visitor, f closingFile, m movement, after, before uint64) ([]projections.AuditEntry, error) {
	filter := m.filter
	filter.After, filter.Before, filter.Limit = after, before, auditShown+1
	if m.year && !filter.Changes {
		filter.Occurred = f.Year.Whole()
	}
	var out []projections.AuditEntry
	for len(out) <= auditShown {
		list, err := s.config.Audit.Trail(ctx, filter)
		if err != nil {
			return nil, missing(err)
		}
		full := len(list) == filter.Limit
		if full {
			filter.Before = list[len(list)-1].Position
		}
		if list, err = s.ofYear(ctx, v, f, m, list); err != nil {
			return nil, err
		}
		if out = append(out, list...); !full {
			break
		}
	}
	return out, nil
}

// ofYear leaves out what is no matter of the year or not for the reader.
func (s *Site) ofYear(ctx context.Context, v Visitor, f closingFile, m movement, list []projections.AuditEntry) ([]projections.AuditEntry, error) {
	targets := map[uint64]japan.Date{}
	if m.filter.Changes {
		positions := []uint64{}
		for _, e := range list {
			if e.Target != 0 {
				positions = append(positions, e.Target)
			}
		}
		told, err := s.config.Audit.Trail(ctx, projections.AuditFilter{Positions: positions, Limit: len(positions) + 1})
		if err != nil {
			return nil, missing(err)
		}
		for _, e := range told {
			targets[e.Position] = e.OccurredOn
		}
	}
	return slices.DeleteFunc(list, func(e projections.AuditEntry) bool {
		category, id := domain.SplitStream(e.Stream)
		switch {
		case !s.mayFacts(v, e.Controller):
			return true
		case m.own:
			return id != period.Stream(v.Actor.Controller, f.Year)
		case m.filter.Changes:
			return !f.Year.Whole().Contains(targets[e.Target]) || strings.HasPrefix(e.Type, "person.unmerged")
		case m.year:
			return !slices.Contains(figured, category) || e.Change != "recorded"
		}
		return false
	}), nil
}

// afterTheirClose tells which entries were recorded after the fiscal year of what
// they tell had been closed (events.md 9).
func (s *Site) afterTheirClose(ctx context.Context, entries ...projections.Entry) (map[uint64]bool, error) {
	closings := map[string]closingFile{}
	out := map[uint64]bool{}
	for _, e := range entries {
		category, _ := domain.SplitStream(e.Stream)
		if !slices.Contains(figured, category) {
			continue
		}
		year := japan.FiscalYearOf(e.To)
		stream := period.Stream(e.Controller, year)
		f, ok := closings[stream]
		if !ok {
			var err error
			if f, err = s.closingFile(ctx, e.Controller, year); err != nil {
				return nil, err
			}
			closings[stream] = f
		}
		if f.AfterClose(e.Position) {
			out[e.Position] = true
		}
	}
	return out, nil
}

func afterCloseChip(w *locale.Words) Chip { return Chip{"yellow", "lock", w.AfterClose.Mark} }

// yearAsked is the fiscal year of an address, else the newest with a consultation.
func (s *Site) yearAsked(r *http.Request, v Visitor) (japan.FiscalYear, error) {
	q := &question{past: past{upto: projections.Newest}, scope: s.scopeOf(v)}
	err := s.years(r, v, q)
	return q.year, err
}
