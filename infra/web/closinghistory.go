package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/register"
)

// closingHistory lists the events of the year, newest first. What an id names is
// shown as people know it, with its page.
func (s *Site) closingHistory(r *http.Request, v Visitor, seen reading, f closingFile) ([]HistoryRow, error) {
	var out []HistoryRow
	n := namer{site: s, r: r, v: v, seen: seen, began: began(f)}
	for _, e := range slices.Backward(f.entries) {
		row := HistoryRow{Number: recordNumber(e.Position), Href: recordHref(e.Position), What: v.W.Event(e.Type), Who: seen.name(v, e.RecordedBy), When: v.W.DateTime(e.RecordedAt)}
		var said []string
		fields := slices.Clone(vocabulary[e.Type])
		slices.SortStableFunc(fields, func(a, b domain.Field) int { return detailRank(a.Name) - detailRank(b.Name) })
		for _, field := range fields {
			text := factText(e.Facts, field)
			if text == "" || slices.Contains(envelope, field.Name) || field.Place != domain.InFacts {
				continue
			}
			if field.Kind == domain.KindID || field.Name == "log_position" {
				named, err := n.named(field, text)
				if err != nil {
					return nil, err
				}
				row.Named = append(row.Named, named...)
			} else if text = say(v.W, field, text); text != "" {
				said = append(said, v.W.Field(field.Name)+" "+text)
			}
		}
		row.Detail = strings.Join(said, v.W.Calendar.Comma)
		out = append(out, row)
	}
	return out, nil
}

// began are the records that began what an id names.
func began(f closingFile) map[string]uint64 {
	out := map[string]uint64{}
	for _, e := range f.entries {
		for _, field := range vocabulary[e.Type] {
			if id := e.Facts.Text(field.Name); field.New && id != "" && out[id] == 0 {
				out[id] = e.Position
			}
		}
	}
	return out
}

// namer says what ids of a year's events name.
type namer struct {
	site  *Site
	r     *http.Request
	v     Visitor
	seen  reading
	began map[string]uint64
	all   *register.Register // read when a figure is named
}

// named is what a fact names; an id that only holds things together says nothing
// to a reader and is left out.
func (n *namer) named(field domain.Field, text string) ([]Pair, error) {
	p := Pair{Label: n.v.W.Field(field.Name)}
	if _, known := n.seen.posts[text]; known {
		p.Value = n.seen.name(n.v, text)
		return []Pair{p}, nil
	}
	switch {
	case field.New:
		return nil, nil // the record itself
	case field.Name == "log_position":
		position, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			return nil, err
		}
		p.Value, p.Href = recordNumber(position), recordHref(position)
	case n.began[text] != 0:
		p.Value, p.Href = recordNumber(n.began[text]), recordHref(n.began[text])
	case field.Name == "figure":
		if n.all == nil {
			var err error
			if n.all, err = n.site.config.Journey.Register(n.r.Context(), n.v.Actor.Controller); err != nil {
				return nil, missing(err)
			}
		}
		l := newestOf(n.all, text)
		if l == nil {
			return nil, nil
		}
		p.Value, p.Href = figureNumber(l.No), quantityHref(l)
	default:
		return nil, nil
	}
	return []Pair{p}, nil
}
