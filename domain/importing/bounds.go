package importing

import (
	"strconv"

	"ayumi/domain"
)

// Bounds are the shares, in percent, above which an import stops and asks: a ledger
// of which much is wrong was probably read wrongly.
type Bounds struct {
	Wrong   int // wrong rows of a dry run
	Refused int // rows that the office refuses while the import runs
}

// UsualBounds are those of an office that has set none.
var UsualBounds = Bounds{Wrong: 10, Refused: 5}

// fewest is how many rows must have been tried before a share of them says anything.
const fewest = 20

// Stops refuses to begin an import of which too much is wrong, or nothing is right.
// accepted says that somebody has seen the share and goes on.
func (b Bounds) Stops(p *Plan, accepted bool) error {
	good, bad, _, _ := p.Count()
	switch {
	case len(p.Missing) > 0:
		return domain.RefuseField("import.mapping", p.Missing[0])
	case good == 0:
		return domain.Refuse("import.nothing")
	case !accepted && bad*100 > (good+bad)*b.Wrong:
		return domain.RefuseField("import.too_many_wrong", "accepted", "percent", percent(bad, good+bad), "most", percent(b.Wrong, 100))
	}
	return nil
}

// Pauses tells whether an import that runs must stop and ask.
func (b Bounds) Pauses(tried, refused int) bool {
	return tried >= fewest && refused*100 > tried*b.Refused
}

func percent(part, whole int) string { return strconv.Itoa((part*100 + whole - 1) / max(whole, 1)) }
