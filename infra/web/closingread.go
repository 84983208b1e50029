package web

import (
	"context"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/gate"
	"ayumi/domain/japan"
	"ayumi/domain/monitor"
	"ayumi/domain/period"
	"ayumi/projections"
)

// Gates answers how the closing of a year stands, what holds it open, and what
// stands out in who did what.
type Gates interface {
	Period(ctx context.Context, controller string, year japan.FiscalYear) (*period.Period, []projections.Entry, error)
	Before(ctx context.Context, controller string, p *period.Period, kind string, today japan.Date) (projections.Judged, error)
	Watch(ctx context.Context, controller string, in japan.Period, known uint64) (monitor.Report, error)
	Suspected(ctx context.Context, controller string) ([]gate.Waiting, error)
	Awaiting(ctx context.Context, controller string, on japan.Date, position uint64) ([]gate.Item, error)
	Pairs(ctx context.Context, controller string, position uint64) ([]gate.Waiting, error)
}

// closingFile is the closing of one fiscal year as it stands, with its events.
type closingFile struct {
	*period.Period
	entries []projections.Entry
}

func (s *Site) closingFile(ctx context.Context, controller string, year japan.FiscalYear) (f closingFile, err error) {
	f.Period, f.entries, err = s.config.Gates.Period(ctx, controller, year)
	return f, missing(err)
}

// judged is what holds a year open, with the events of what is listed.
type judged struct {
	projections.Judged
	told map[uint64]projections.AuditEntry
}

func (s *Site) judge(ctx context.Context, v Visitor, f closingFile, kind string) (j judged, err error) {
	if j.Judged, err = s.config.Gates.Before(ctx, v.Actor.Controller, f.Period, kind, s.today()); err != nil {
		return j, missing(err)
	}
	return j, s.toldOf(ctx, &j)
}

// toldOf looks up the events of what is listed.
func (s *Site) toldOf(ctx context.Context, j *judged) error {
	var positions []uint64
	for _, g := range domain.Codes["gate"] {
		for i, x := range j.Of(g) {
			if x.Position != 0 && i < listed {
				positions = append(positions, x.Position)
			}
		}
	}
	var err error
	j.told, err = s.events(ctx, positions)
	return err
}

// events looks events up by their positions.
func (s *Site) events(ctx context.Context, positions []uint64) (map[uint64]projections.AuditEntry, error) {
	out := map[uint64]projections.AuditEntry{}
	if len(positions) == 0 {
		return out, nil
	}
	list, err := s.config.Audit.Trail(ctx, projections.AuditFilter{Positions: positions, Limit: len(positions)})
	for _, e := range list {
		out[e.Position] = e
	}
	return out, missing(err)
}

// gateRow is one gate as it is shown. Every thing opens: the record, or the sheet
// that says nothing.
func gateRow(v Visitor, j judged, name string) GateRow {
	w, n := v.W, j.Counts()
	row := GateRow{Name: w.Code("gate", name), Rule: w.Closing.Rules[name], Found: w.Number(n.Count(name)), Limit: w.Closing.Limits[name],
		Verdict: Chip{"green", "check", w.Closing.Passes}}
	if name == gate.Late {
		row.Found, row.Limit = w.Closing.LateFound(n.Late, n.Entries), w.Closing.Percent(domain.LatePercent)
	}
	if slices.Contains(n.Failing(), name) {
		row.Verdict = Chip{"red", "warn", w.Closing.Fails}
	}
	items := j.Of(name)
	if len(items) > 0 {
		row.Opens = w.Closing.Open(len(items))
	}
	for _, i := range items[:min(len(items), listed)] {
		row.Items = append(row.Items, gateItem(v, j, i))
	}
	if len(items) > listed {
		row.Rest = w.Closing.Rest(len(items) - listed)
	}
	return row
}

func gateItem(v Visitor, j judged, i gate.Item) GateItem {
	w := v.W
	out := GateItem{ISO: i.On.String(), When: w.ShortDate(i.On)}
	if i.Gate == gate.BlankActuals {
		out.Text, out.Number, out.Href = w.Closing.BlankOf(i.Kind), i.ID, sheetAddress(i.ID)
		return out
	}
	out.Number, out.Href = recordNumber(i.Position), recordHref(i.Position)
	told := j.told[i.Position]
	out.Text = w.Event(told.Type)
	if i.Gate == gate.Late {
		out.Note = w.Closing.RecordedOn(w.ShortDate(japan.DateOf(told.RecordedAt)))
	}
	return out
}

// sheetAddress is where the sheet of a stream is: <unit>.<fy>.<no>.
func sheetAddress(id string) string {
	parts := strings.Split(id, ".")
	if len(parts) != 3 {
		return "/sheets"
	}
	href := "/sheets/" + parts[1] + "/" + parts[0]
	if parts[2] != "1" {
		href += "?no=" + parts[2]
	}
	return href
}
