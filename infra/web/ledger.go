package web

import (
	"fmt"
	"html/template"
	"strings"

	"ayumi/infra/web/locale"
)

// LedgerView is the register of published figures.
type LedgerView struct {
	Page
	Banner     Banner
	Years      []Option
	Indicators []Option
	Outlets    []Option
	States     []Option
	Rows       []LedgerRow
	Count      string
	Grades     []LegendKey
	Waiting    []WaitingRow
	Chains     []Chain
	Documents  []DocumentRow
	Care       []CareRow
	Proposes   bool // the visitor may propose
	Reconciles bool // the visitor may set a document beside the register
	Verify     *VerifyForm
	Sealed     []SealedYear
	Verifies   bool // the visitor may verify bundles
	Behind     *Warning
}

// Banner is the verdict above the register; Kind is ok, warn or ng.
type Banner struct{ Kind, Icon, Heading, Text, Side string }

// VerifyForm asks for a replay of the log.
type VerifyForm struct{ CommandID string }

// LegendKey explains a grade of evidence.
type LegendKey struct{ Class, Text string }

// LedgerRow is one published number.
type LedgerRow struct {
	Number, Href     string
	On, Where, Place string
	What, Period     string
	Value, Unit, Now string
	State            Chip
	Mix              template.HTML
	MixText          string
	Links            []LedgerLink
	Check            Chip
	CheckNote        string
	Old, Blank       bool
}

// LedgerLink leads to the number before or after.
type LedgerLink struct {
	Word  string
	After bool
	Pair
}

// WaitingRow is an edition on its way.
type WaitingRow struct {
	Name, Period, Value, Href, By string
	State                         Chip
}

// Chain is a quantity whose published value was replaced.
type Chain struct {
	Name, Period, Differences string
	Links                     []ChainLink
}

// ChainLink is one value of a chain; Delta leads to it from the one before.
type ChainLink struct {
	Number, Href, Value, Unit, On, Delta, Why string
	State                                     Chip
	Current                                   bool
}

// DocumentRow is a document with how many of its numbers are in the register.
type DocumentRow struct {
	Name, Digest string
	Count        int
}

// CareRow is a number that needs somebody's attention, and why.
type CareRow struct {
	Number, Href, Text string
	Warn               bool
}

// gradeOrder is the order in which evidence is printed.
var gradeOrder = []string{"a", "b", "c", "d"}

// mix draws how a figure's evidence is composed: the bar is 100 per cent wide.
func mix(grades map[string]int) (template.HTML, string) {
	sum := 0
	for _, n := range grades {
		sum += n
	}
	if sum == 0 {
		return "", ""
	}
	var b strings.Builder
	var words []string
	b.WriteString(`<svg class="mix" aria-hidden="true">`)
	x := 0.0
	for _, g := range gradeOrder {
		n := grades[g]
		if n == 0 {
			continue
		}
		width := 100 * float64(n) / float64(sum)
		fmt.Fprintf(&b, `<rect class="e%s" x="%s" width="%s" height="12"/>`, g, percent(x), percent(width))
		x += width
		words = append(words, fmt.Sprintf("%s %d", strings.ToUpper(g), n))
	}
	return template.HTML(b.String() + "</svg>"), strings.Join(words, "・")
}

// figureNumber is a line's number as it is printed everywhere.
func figureNumber(no int) string { return fmt.Sprintf("F-%04d", no) }

func figureHref(no int) string { return "/figures/" + figureNumber(no) }

// statusChip marks a published number.
func statusChip(w *locale.Words, status string) Chip {
	kind := map[string]string{"preliminary": "blue", "final": "green", "corrected": "yellow"}[status]
	if kind == "" {
		return Chip{"gray", "", w.Code("register_kind", status)}
	}
	icon := ""
	if status == "final" {
		icon = "check"
	}
	return Chip{kind, icon, w.Code("figure_status", status)}
}
