package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain/figure"
	"ayumi/domain/japan"
	"ayumi/domain/register"
	"ayumi/infra/web/locale"
)

// waiting puts in the editions that are proposed or approved.
func (s *Site) waiting(r *http.Request, v Visitor, all *register.Register, view *LedgerView) error {
	list := all.Waiting()
	var staff []string
	for _, l := range list {
		staff = append(staff, l.Edition.ProposedBy)
	}
	if len(list) == 0 {
		return nil
	}
	seen, err := s.read(r, v, Glance{Reason: "ledger", Act: "list", Classes: "P"}, nil, staff...)
	if err != nil {
		return err
	}
	for _, l := range list {
		var row LedgerRow
		s.say(r.Context(), v.W, l, &row)
		state := Chip{"yellow", "clock", v.W.Code("edition_state", l.Edition.State)}
		if l.Edition.State == figure.StateApproved {
			state = Chip{"blue", "check", v.W.Code("edition_state", l.Edition.State)}
		}
		view.Waiting = append(view.Waiting, WaitingRow{Name: row.What, Period: row.Period, Value: row.Value + row.unit(v.W), Href: quantityHref(l),
			By: v.W.Ledger.ProposedBy(seen.name(v, l.Edition.ProposedBy), v.W.Date(l.Edition.ProposedOn)), State: state})
	}
	return nil
}

// unit is the unit as it follows a value.
func (r LedgerRow) unit(w *locale.Words) string {
	if r.Unit != "" && w.Language == locale.English {
		return " " + r.Unit
	}
	return r.Unit
}

func quantityHref(l *register.Line) string {
	return "/ledger/" + l.Stream
}

// chains are the quantities whose published value was replaced, newest first.
func (s *Site) chains(ctx context.Context, w *locale.Words, all *register.Register) (out []Chain) {
	done := map[string]bool{}
	for _, l := range slices.Backward(all.Lines) {
		if l.Kind != register.KindCounted || l.Edition.Replaces == 0 || done[l.Stream] {
			continue
		}
		done[l.Stream] = true
		c := Chain{Name: quantityName(w, l.Figure.Indicator), Period: w.Difference.Range(w.PlainDate(l.Figure.Period.From), w.PlainDate(l.Figure.Period.To))}
		before, last := 0, (*register.Line)(nil)
		for _, each := range all.Lines {
			if each.Stream != l.Stream {
				continue
			}
			link := ChainLink{Number: figureNumber(each.No), Href: figureHref(each.No), Value: w.Decimal(each.Edition.Value, s.scaleOf(ctx, each)), On: w.Date(each.On),
				State: statusChip(w, each.Status()), Current: !each.Replaced(), Why: each.Edition.Reason}
			if last != nil {
				link.Delta = w.SignedDecimal(each.Edition.Value-before, s.scaleOf(ctx, each))
			}
			before, last = each.Edition.Value, each
			c.Links = append(c.Links, link)
		}
		c.Differences = todayHref(last)
		out = append(out, c)
	}
	return out
}

// documents are the documents that numbers stand in, newest first.
func documents(w *locale.Words, all *register.Register) (out []DocumentRow) {
	at := map[string]int{}
	for _, l := range slices.Backward(all.Lines) {
		d := l.Document()
		if d == "" {
			continue
		}
		if i, have := at[d]; have {
			out[i].Count++
			continue
		}
		at[d] = len(out)
		out = append(out, DocumentRow{Name: w.Code("outlet", outletOf(l)) + " " + w.PlainDate(l.On), Digest: d[:8] + "…" + d[60:], Count: 1})
	}
	return out
}

// care are the numbers that need somebody's attention.
func care(w *locale.Words, all *register.Register) (out []CareRow) {
	add := func(l *register.Line, warn bool, text string) {
		out = append(out, CareRow{Number: figureNumber(l.No), Href: figureHref(l.No), Text: text, Warn: warn})
	}
	for _, l := range slices.Backward(all.Lines) {
		if l.Replaced() {
			continue
		}
		switch l.Kind {
		case register.KindCounted:
			if weak := l.Edition.Grades()["c"] + l.Edition.Grades()["d"]; weak > 0 {
				add(l, true, w.Ledger.OnlyStatement(weak))
			}
		case register.KindImported:
			if l.Imported.Overlap == "unknown" && l.Imported.Basis == "unknown" {
				add(l, false, w.Ledger.BasisUnknown)
			}
		case register.KindBlank:
			add(l, false, w.Ledger.BlankPublished)
		}
	}
	return out
}

// todayHref leads to how a published value became the one of today, by its own rule.
func todayHref(l *register.Line) string { return "/differences?" + sinceQuery(l).Encode() }

// sinceQuery asks how a published value became another by its own rule.
func sinceQuery(l *register.Line) url.Values {
	id, scope, _ := strings.Cut(l.Figure.Indicator, "@")
	q := url.Values{"of": {id}, "scope": {scope}, "fy": {strconv.Itoa(int(japan.FiscalYearOf(l.Figure.Period.From)))}, "known": {l.Edition.KnownAt.String()},
		"def": {l.Edition.Version}, "to_def": {l.Edition.Version}}
	if figure.KindOf(l.Figure.Period) != "fiscal_year" {
		q.Set("until", l.Figure.Period.To.String())
	}
	return q
}
