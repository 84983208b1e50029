package web

import (
	"context"
	"net/http"

	"ayumi/domain"
	"ayumi/domain/importing"
)

// Imports takes ledgers into the log. A draft is its account's own: for anybody else
// it is ErrMissing.
type Imports interface {
	Begin(ctx context.Context, who domain.Actor, name string, raw []byte) (*importing.Draft, error)
	List(ctx context.Context, who domain.Actor) ([]*importing.Draft, error)
	Look(ctx context.Context, who domain.Actor, id string) (*importing.Draft, importing.Table, *importing.Plan, error)
	// Seen writes into the access log that these persons were shown beside a ledger.
	Seen(ctx context.Context, who domain.Actor, people []string) error
	Sheet(ctx context.Context, who domain.Actor, id string, sheet int) error
	Change(ctx context.Context, who domain.Actor, id string, change func(*importing.Draft, importing.Table) error) (*importing.Draft, error)
	// Carers are the accounts whose names a column of counsellors may hold.
	Carers(ctx context.Context, who domain.Actor) ([]Account, error)
	Decide(ctx context.Context, who domain.Actor, id string, choices map[int]importing.Choice) error
	Start(ctx context.Context, who domain.Actor, id string) error
	Stop(ctx context.Context, who domain.Actor, id string) error
	Undo(ctx context.Context, who domain.Actor, id string) error
	Discard(ctx context.Context, who domain.Actor, id string) error
	// Wrong writes the rows to mend, with why, as a file of a kind: xlsx, csv or sjis.
	Wrong(ctx context.Context, who domain.Actor, id, kind, language string) (ImportFile, error)
}

// ImportFile is a file to take away.
type ImportFile struct {
	Name, Type string
	Body       []byte
}

var importers = []string{"CO", "LD"}

// importRoutes are the pages of ledgers from spreadsheets.
func (s *Site) importRoutes() {
	s.staff("GET /imports", s.imports, importers...)
	s.staff("POST /imports", s.beginImport, importers...)
	s.staff("GET /imports/{batch}", s.importPage, importers...)
	s.staff("POST /imports/{batch}/{act}", s.importAct, importers...)
	s.staff("GET /imports/{batch}/{kind}", s.importFile, importers...)
}

// ImportsView asks for a ledger and lists those that the reader has brought.
type ImportsView struct {
	Page
	Own    []ImportRow
	Errors *Errors
}

// ImportRow is one ledger of the list.
type ImportRow struct {
	File, Href, When string
	State            Chip
	Rows             string
}

func (s *Site) imports(w http.ResponseWriter, r *http.Request, v Visitor) error {
	view, err := s.importsView(r, v)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "imports", "", view)
}

func (s *Site) importsView(r *http.Request, v Visitor) (ImportsView, error) {
	view := ImportsView{Page: s.page(r, v, "people", v.W.Imports.Title, "css/import.css")}
	view.Here = "/imports"
	view.Crumbs = []Crumb{{v.W.Journey.Breadcrumb, "/people"}, {v.W.Imports.Title, ""}}
	own, err := s.config.Imports.List(r.Context(), v.Actor)
	for _, d := range own {
		row := ImportRow{File: d.File, Href: "/imports/" + d.ID, When: v.W.DateTime(d.Begun), State: importState(v, d.State)}
		if done, _ := d.Imported(); done > 0 {
			row.Rows = v.W.Imports.Rows(done)
		}
		view.Own = append(view.Own, row)
	}
	return view, missing(err)
}

func importState(v Visitor, state importing.State) Chip {
	kind := map[importing.State][2]string{importing.Open: {"blue", ""}, importing.Running: {"yellow", "clock"}, importing.Paused: {"red", "warn"},
		importing.Done: {"green", "check"}, importing.Undoing: {"yellow", "clock"}, importing.Undone: {"gray", ""}}[state]
	return Chip{kind[0], kind[1], v.W.Imports.States[string(state)]}
}

// beginImport reads the ledger that was sent.
func (s *Site) beginImport(w http.ResponseWriter, r *http.Request, v Visitor) error {
	slow(w)
	doc, err := readDocument(w, r)
	if err == nil && doc.name == "" {
		err = domain.RefuseField("import.none", "document")
	}
	var d *importing.Draft
	if err == nil {
		d, err = s.config.Imports.Begin(r.Context(), v.Actor, doc.name, doc.raw)
	}
	if faults, ok := faultsOf(v.W, noLedger(err), map[string]string{"document": "file"}); ok {
		view, err := s.importsView(r, v)
		if err != nil {
			return err
		}
		view.Errors = newErrors(v.W, faults...)
		return s.show(w, r, http.StatusUnprocessableEntity, "imports", "", view)
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, "/imports/"+d.ID, http.StatusSeeOther)
	return nil
}

// noLedger says of a missing document what is missing here.
func noLedger(err error) error {
	if domain.Refused(err, "document.none") {
		return domain.RefuseField("import.none", "document")
	}
	return err
}
