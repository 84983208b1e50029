package indicator

import (
	"bytes"
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// reading is one event as the fold sees it.
type reading struct {
	*domain.Glance
	position uint64
	stream   string    // id, without the category
	on       day       // see occurred
	file     *casefile // of the stream, if somebody has found it; then stream may be ""
	once     bool      // no other event names its consultation
	aside    bool      // its consultation hangs on nobody: see Narrow
}

func (r *reading) flag(name string) bool { return r.Number(name) == 1 }

func (r *reading) date(name string) japan.Date {
	d, _ := japan.ParseDate(r.Text(name))
	return d
}

// occurred is the day of the event, as an interval.
func (r *reading) occurred() day {
	if r.on.from == 0 {
		r.on = imprecise(r.date("occurred_on"), r.Text("precision"))
	}
	return r.on
}

var categoryCodes = domain.Codes["category"]

// mask are the category codes of a fact as bits.
func (r *reading) mask(name string) (m uint16) {
	for rest, more := r.Code(name), true; more; {
		var code []byte
		code, rest, more = bytes.Cut(rest, []byte{','})
		for i, c := range categoryCodes {
			if string(code) == c {
				m |= 1 << i
			}
		}
	}
	return m
}

// mask turns category codes into bits.
func mask(codes []string) uint16 {
	var m uint16
	for _, c := range codes {
		if i := slices.Index(categoryCodes, c); i >= 0 {
			m |= 1 << i
		}
	}
	return m
}

// Categories names the bits of a row's mask.
func Categories(m uint16) []string {
	var out []string
	for i, c := range categoryCodes {
		if m&(1<<i) != 0 {
			out = append(out, c)
		}
	}
	return out
}
