package indicator

import (
	"slices"
	"strconv"
	"strings"
)

// Result is a value without what stands behind it. Where Absent says why there
// is none, Value is 0 and means nothing.
type Result struct {
	Value                  int // in units of the definition's last decimal
	Numerator, Denominator int // of a ratio
	Absent                 string
}

// Why a figure may have no value. It is never 0 then (counting.md 11).
const (
	ZeroDenominator = "zero_denominator"
	NoMembers       = "no_members"
)

// Sides are the questions that make up a figure: numerator and denominator of a
// ratio, over the same scope and period, else the question itself.
func (q Question) Sides() []Question {
	d := q.Definition
	if d.sides == nil {
		return []Question{q}
	}
	return []Question{{d.sides[0], q.Scope, q.Period}, {d.sides[1], q.Scope, q.Period}}
}

// Ratio tells whether the definition sets one count against another.
func (d Definition) Ratio() bool { return d.sides != nil }

// Sums tells whether values of parts that have nothing in common add up to the
// value of the whole: not so for shares and medians.
func (d Definition) Sums() bool { return d.sides == nil && rules[d.Rule].tell != middle }

// Scale is how many decimals a value has; a Value of 148 at scale 1 is 14.8.
func (d Definition) Scale() int {
	n, _ := strconv.Atoi(d.Parameters["scale"])
	return n
}

// Decimal writes a value with its decimals.
func (d Definition) Decimal(value int) string {
	scale := d.Scale()
	if scale == 0 {
		return strconv.Itoa(value)
	}
	sign := ""
	if value < 0 {
		sign, value = "-", -value
	}
	text := strconv.Itoa(value)
	text = strings.Repeat("0", max(0, scale+1-len(text))) + text
	return sign + text[:len(text)-scale] + "." + text[len(text)-scale:]
}

// quotient is n/d in units of the last decimal, in whole numbers only
// (counting.md 11). d is greater than 0, n not less.
func (d Definition) quotient(n, by int) int {
	for range d.Scale() {
		n *= 10
	}
	if d.Parameters["rounding"] == "half_up" {
		return (2*n + by) / (2 * by)
	}
	return n / by
}

// share sets a numerator against a denominator.
func (d Definition) share(above, below int) Result {
	r := Result{Numerator: above, Denominator: below}
	if below == 0 {
		r.Absent = ZeroDenominator
		return r
	}
	r.Value = d.quotient(100*above, below)
	return r
}

// gross tells whether each row is a member of its own.
func (d Definition) gross() bool { return d.Basis == "gross" && rules[d.Rule].tell != middle }

// told is the value of some members by the definition's rule: how many there are,
// the sum of all amounts, or the middle of one amount of each member. Of an even
// number of members the middle is half way between the two.
func (d Definition) told(members, sum int, amounts func() []int) Result {
	switch rules[d.Rule].tell {
	case summed:
		return Result{Value: sum}
	case middle:
		if members == 0 {
			return Result{Absent: NoMembers}
		}
		all := slices.Sorted(slices.Values(amounts()))
		return Result{Value: d.quotient(all[(len(all)-1)/2]+all[len(all)/2], 2)}
	}
	return Result{Value: members}
}

// Share makes the figure of a ratio from the figures of its sides. Its members
// and near misses are those of the numerator.
func Share(q Question, above, below Figure) Figure {
	f := above
	r := q.Definition.share(above.Value, below.Value)
	f.Value, f.Numerator, f.Denominator, f.Absent = r.Value, r.Numerator, r.Denominator, r.Absent
	f.Over = below.Members
	return f
}

// Told is the result of a question from the counts of its sides.
func Told(q Question, sides ...*Count) Result {
	if len(sides) == 2 {
		return q.Definition.share(sides[0].Value(), sides[1].Value())
	}
	return sides[0].result()
}
