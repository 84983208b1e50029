package app

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/importing"
	"ayumi/domain/viewing"
	"ayumi/infra/access"
	"ayumi/infra/export"
	"ayumi/infra/people"
	"ayumi/infra/web"
	"ayumi/infra/web/locale"
)

// pageImports are the ledgers as the pages see them.
type pageImports struct{ *Imports }

func (p pageImports) Look(ctx context.Context, who domain.Actor, id string) (*importing.Draft, importing.Table, *importing.Plan, error) {
	d, t, plan, err := p.Imports.Look(ctx, who, id)
	if errors.Is(err, people.ErrBuilding) {
		err = errors.Join(web.ErrBusy, err)
	}
	return d, t, plan, unknownImport(err)
}

func (p pageImports) Change(ctx context.Context, who domain.Actor, id string, change func(*importing.Draft, importing.Table) error) (*importing.Draft, error) {
	d, err := p.Imports.Change(ctx, who, id, change)
	return d, unknownImport(err)
}

func (p pageImports) Sheet(ctx context.Context, who domain.Actor, id string, sheet int) error {
	return unknownImport(p.Imports.Sheet(ctx, who, id, sheet))
}

func (p pageImports) Decide(ctx context.Context, who domain.Actor, id string, choices map[int]importing.Choice) error {
	return unknownImport(p.Imports.Decide(ctx, who, id, choices))
}

func (p pageImports) Start(ctx context.Context, who domain.Actor, id string) error {
	return unknownImport(p.Imports.Start(ctx, who, id))
}

func (p pageImports) Undo(ctx context.Context, who domain.Actor, id string) error {
	return unknownImport(p.Imports.Undo(ctx, who, id))
}

func (p pageImports) Discard(ctx context.Context, who domain.Actor, id string) error {
	return unknownImport(p.Imports.Discard(ctx, who, id))
}

func unknownImport(err error) error {
	if IsMissing(err) {
		return errors.Join(web.ErrMissing, err)
	}
	return err
}

// Seen writes that persons of the office were shown beside those of a ledger.
func (p pageImports) Seen(ctx context.Context, who domain.Actor, people []string) error {
	e := access.Entry{At: p.app.Config.Now(), Act: viewing.Search, Reason: "import", Classes: "P", Rows: len(people), People: people}.By(who)
	if err := p.app.Door.Look(ctx, e); err != nil {
		return errors.Join(web.ErrUnseen, err)
	}
	return nil
}

// Wrong writes the rows that are not records, as they came, with why.
func (p pageImports) Wrong(ctx context.Context, who domain.Actor, id, kind, language string) (web.ImportFile, error) {
	if gridTypes[kind] == "" {
		return web.ImportFile{}, web.ErrMissing
	}
	d, table, plan, err := p.Look(ctx, who, id)
	if err != nil {
		return web.ImportFile{}, err
	}
	w := locale.In(locale.Language(language))
	g := export.Grid{Name: w.Imports.FileName, Head: []string{w.Imports.Row, w.Imports.Wrong}}
	wide := 0
	for i := range plan.Rows {
		row := &plan.Rows[i]
		why := web.ImportFaults(w, row)
		if r := d.Results[row.No].Refused; r != nil {
			why = append(why, w.Refusal(r.Key, r.Field, r.Args))
		}
		if len(why) == 0 || d.Recorded(row.No) || row.Left {
			continue
		}
		cells := append([]string{strconv.Itoa(row.No), strings.Join(why, "\n")}, table.Rows[row.No-1]...)
		wide = max(wide, len(cells))
		g.Rows = append(g.Rows, cells)
	}
	for i := range wide - 2 {
		g.Head = append(g.Head, table.Cell(d.Mapping.Head, i))
	}
	body, _, err := g.Write(kind)
	ending := strings.Replace(kind, "sjis", "csv", 1)
	return web.ImportFile{Name: w.Imports.FileName + "." + ending, Type: gridTypes[kind], Body: body}, err
}

var _ web.Imports = pageImports{}
