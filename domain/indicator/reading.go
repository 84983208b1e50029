package indicator

import (
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// reading gives quick access to the facts of one event; it keeps slices of the
// stored text and is used again for the next event.
type reading struct {
	keys, values [][]byte
	position     uint64
	stream       string // id, without the category
}

func (r *reading) read(facts domain.Facts) {
	r.keys, r.values = r.keys[:0], r.values[:0]
	facts.Scan(func(k, v []byte) bool {
		r.keys = append(r.keys, k)
		r.values = append(r.values, v)
		return true
	})
}

func (r *reading) raw(name string) []byte {
	for i, k := range r.keys {
		if string(k) == name {
			return r.values[i]
		}
	}
	return nil
}

// text is the value of a coded fact; codes and ids never hold an escape.
func (r *reading) text(name string) string { return string(r.code(name)) }

func (r *reading) code(name string) []byte {
	v := r.raw(name)
	if len(v) < 2 || v[0] != '"' {
		return nil
	}
	return v[1 : len(v)-1]
}

func (r *reading) list(name string) []string {
	v := r.text(name)
	if v == "" {
		return nil
	}
	return strings.Split(v, ",")
}

func (r *reading) number(name string) int64 {
	n, _ := strconv.ParseInt(string(r.raw(name)), 10, 64)
	return n
}

func (r *reading) flag(name string) bool { return r.number(name) == 1 }

func (r *reading) date(name string) japan.Date {
	d, _ := japan.ParseDate(r.text(name))
	return d
}

// occurred is the day of the event, as an interval.
func (r *reading) occurred() day { return imprecise(r.date("occurred_on"), r.text("precision")) }

var categoryCodes = domain.Codes["category"]

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
