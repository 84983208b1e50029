package export

import (
	"time"

	"ayumi/domain/indicator"
)

// columns are those of the data, one datum a row, everything that makes the number
// what it is beside it.
var columns = []Column{
	{Key: "indicator"}, {Key: "name"}, {Key: "dimension"}, {Key: "dimension_name"}, {Key: "category"}, {Key: "category_name"},
	{Key: "value", Number: true, Decimals: true}, {Key: "status"}, {Key: "unit"}, {Key: "basis"}, {Key: "scope"}, {Key: "scope_name"},
	{Key: "period"}, {Key: "from"}, {Key: "from_japanese"}, {Key: "to"}, {Key: "to_japanese"},
	{Key: "known_at"}, {Key: "known_at_japanese"}, {Key: "lens"}, {Key: "position", Number: true},
	{Key: "version"}, {Key: "digest"}, {Key: "standing"},
	{Key: "numerator", Number: true}, {Key: "denominator", Number: true}, {Key: "denominator_of"}, {Key: "rounding"}, {Key: "scale", Number: true},
	{Key: "edition"}, {Key: "kind"}, {Key: "made_on"}, {Key: "made_at"},
}

func (s *sheet) document() Document {
	d := Document{
		Name: s.name(), Title: s.e.FileTitles[s.What], About: s.about(), DataName: s.e.Data, ShownName: s.e.Shown,
		Made: s.made.Format(time.RFC3339), Language: string(s.w.Language), Shown: s.shown(),
	}
	for _, c := range columns {
		c.Name = s.e.Columns[c.Key]
		d.Data.Columns = append(d.Data.Columns, c)
	}
	for _, c := range s.cells {
		d.Data.Rows = append(d.Data.Rows, s.row(c))
	}
	return d
}

func (s *sheet) row(c datum) []Cell {
	q, d := c.of.Question, c.of.Definition
	standing := "official"
	if force, ok := s.books[q.Scope].InForce(d.Indicator, q.Period.From); !ok || force.Version != d.Version {
		standing = "trial"
	}
	return []Cell{
		text(d.Indicator), text(s.indicatorName(d)), text(c.dimension), text(s.e.Dimensions[c.dimension]), text(c.category), text(s.w.Part(c.dimension, c.category)),
		c.cell(), text(s.status(c)), text(s.w.Code("unit", c.unit)), text(s.w.Code("unit_basis", d.Basis)), text(q.Scope), text(s.w.Scope(q.Scope)),
		text(q.Period.String()), text(q.Period.From.String()), text(q.Period.From.JapaneseDay()), text(q.Period.To.String()), text(q.Period.To.JapaneseDay()),
		text(s.known.String()), text(s.known.JapaneseDay()), text(s.lens()), number(s.Position),
		text(d.Version), text(d.Digest()), text(s.e.Standings[standing]),
		c.above(), c.below(), text(s.denominator(c)), text(s.rounding(c)), number(c.scale),
		text(s.e.EditionNames[s.Edition]), text(s.kind()), text(s.made.Format("2006-01-02")), text(s.made.Format("15:04:05")),
	}
}

func (s *sheet) status(c datum) string {
	switch {
	case c.hidden:
		return s.e.Statuses["hidden"]
	case c.absent != "":
		return s.w.Value.NoneAs(s.w.Code("absent_value", c.absent))
	}
	return s.e.Statuses["shown"]
}

// denominator names what a share is set against.
func (s *sheet) denominator(c datum) string {
	if !c.ratio {
		return s.e.None
	}
	return c.of.Definition.Parameters["denominator"]
}

func (s *sheet) rounding(c datum) string {
	if name, ok := s.e.Roundings[c.of.Definition.Parameters["rounding"]]; ok && c.dimension == whole {
		return name
	}
	return s.e.None
}

func (s *sheet) indicatorName(d indicator.Definition) string {
	if name := d.Name[string(s.w.Language)]; name != "" {
		return name
	}
	return s.w.Code("indicator", d.Indicator)
}

func (s *sheet) lens() string {
	if s.KnownAt == 0 {
		return s.e.Lenses["now"]
	}
	return s.e.Lenses["then"]
}

func (s *sheet) kind() string {
	if s.sample {
		return s.e.Kinds["sample"]
	}
	return s.e.Kinds["record"]
}

// about is what the file says of itself, for people.
func (s *sheet) about() []Item {
	var out []Item
	say := func(key, value string) { out = append(out, Item{key, s.e.About[key], value}) }
	say("title", s.e.FileTitles[s.What])
	if s.sample {
		say("synthetic", s.w.Message.Synthetic)
	}
	say("period", s.w.PlainDate(s.Period.From)+" "+s.Period.From.String()+" – "+s.w.PlainDate(s.Period.To)+" "+s.Period.To.String())
	say("scope", s.w.Scope(s.Scope)+" "+s.Scope)
	say("known_at", s.w.EndOfDay(s.known)+" "+s.known.String())
	say("lens", s.lens())
	say("position", s.w.Number(int(s.Position)))
	say("edition", s.e.EditionNames[s.Edition])
	say("kind", s.kind())
	say("made", s.made.Format(time.RFC3339))
	if s.Edition == Public {
		say("small_cells", s.e.SmallCells)
	}
	say("counted_first", s.e.CountedFirst)
	say("head", s.e.HeadNote)
	say("not_published", s.e.NotPublished)
	return out
}
