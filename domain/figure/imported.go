package figure

import (
	"ayumi/domain"
	"ayumi/domain/japan"
)

// Imported: a value that a document states and that no event here stands behind:
// 原典あり・再計算不可. It is never counted and never verified.
type Imported struct {
	Value      int        `fact:"value,int"`
	Indicator  string     `fact:"indicator,token"`
	From       japan.Date `fact:"from,date"`
	To         japan.Date `fact:"to,date"`
	UnitStated bool       `fact:"unit_stated,flag"`
	Unit       string     `fact:"unit?,code"`
	Basis      string     `fact:"comparison_basis,code"`
	Overlap    string     `fact:"overlap,code"`
	Document   string     `fact:"document,digest"`
	Note       string     `fact:"note?,word"`
}

func (e *Imported) Apply(f *Figure, env domain.Envelope) {
	f.Indicator, f.Period = e.Indicator, japan.Period{From: e.From, To: e.To}
	f.Imports = append(f.Imports[:len(f.Imports):len(f.Imports)], &Statement{Imported: *e, On: env.Occurred, By: env.RecordedBy})
}

// Statement is one taken-in value with its day.
type Statement struct {
	Imported
	On japan.Date
	By string
}

// Import takes in a value from a document. A later one in the same stream replaces
// it: a slip of the pen is mended so.
type Import struct{ Imported }

func (c *Import) Decide(f *Figure, _ domain.Intent) ([]event, error) {
	period := japan.Period{From: c.From, To: c.To}
	switch {
	case c.Value < 0:
		return nil, domain.RefuseField("field.range", "value")
	case !period.Valid():
		return nil, domain.RefuseField("field.range", "to")
	case len(f.Editions) > 0:
		return nil, domain.Refuse("figure.state")
	case len(f.Imports) == 0:
		return []event{&c.Imported}, nil
	case f.Imports[len(f.Imports)-1].Imported == c.Imported:
		return nil, nil
	case f.Indicator != c.Indicator || f.Period != period:
		return nil, domain.RefuseField("figure.quantity", "indicator")
	}
	return []event{&c.Imported}, nil
}
