package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/projections"
)

// AuditView lists who recorded, corrected and voided what, newest first.
type AuditView struct {
	Page
	Filters  []Tab
	Head     string // the newest checkpoint
	Rows     []AuditRow
	Older    string
	Monitors bool // the page of what stands out opens for the reader
	Viewings bool // so does the access log
}

// AuditRow is one event of the list.
type AuditRow struct {
	Number, Href       string
	What               string
	Occurred, Recorded string
	By                 string
	Change             *Chip
	Target             *Pair
	Under              bool // a checkpoint
}

// auditShown is how many events a page of the list holds.
const auditShown = 100

// audit is the list of all events of the reader's controller.
func (s *Site) audit(w http.ResponseWriter, r *http.Request, v Visitor) error {
	before, _ := strconv.ParseUint(r.FormValue("before"), 10, 64)
	changes := r.FormValue("changes") != ""
	list, err := s.config.Audit.Trail(r.Context(), projections.AuditFilter{Controller: v.Actor.Controller, Changes: changes, Before: before, Limit: auditShown})
	if err != nil {
		return missing(err)
	}
	view := AuditView{Page: s.page(r, v, "audit", v.W.Audit.Heading), Filters: []Tab{{v.W.Journey.All, "/audit", !changes}, {v.W.Audit.Changes, "/audit?changes=1", changes}}}
	view.Monitors, view.Viewings = v.holds("LD", "AU"), v.holds("LD", "PO", "AU")
	if len(list) == auditShown {
		view.Older = with(r.URL, "before", strconv.FormatUint(list[len(list)-1].Position, 10))
	}
	list = slices.DeleteFunc(list, func(e projections.AuditEntry) bool { return !s.mayFacts(v, e.Controller) })
	var staff []string
	for _, e := range list {
		staff = append(staff, e.By)
	}
	seen, err := s.read(r, v, Glance{Reason: "audit", Act: "list", Classes: "P"}, nil, staff...)
	if err != nil {
		return err
	}
	var under uint64
	under, view.Head = s.treeHead(v)
	for _, e := range list {
		row := auditRow(v, seen, e)
		row.Under = e.Position <= under
		view.Rows = append(view.Rows, row)
	}
	return s.show(w, r, http.StatusOK, "audit", "", view)
}

func auditRow(v Visitor, seen reading, e projections.AuditEntry) AuditRow {
	row := AuditRow{Number: recordNumber(e.Position), What: v.W.Event(e.Type), Occurred: v.W.ShortDate(e.OccurredOn), Recorded: v.W.DateTime(e.RecordedAt), By: seen.name(v, e.By)}
	if !strings.HasPrefix(e.Stream, "account-") {
		row.Href = recordHref(e.Position)
	}
	switch e.Change {
	case "corrected":
		row.Change = &Chip{"yellow", "fix", v.W.Journey.Corrected}
	case "voided":
		row.Change = &Chip{"red", "warn", v.W.Journey.Voided}
	}
	if e.Target != 0 {
		row.Target = &Pair{Value: recordNumber(e.Target), Href: recordHref(e.Target)}
	}
	return row
}
