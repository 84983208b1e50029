package web

import (
	"ayumi/domain/indicator"
	"ayumi/infra/web/locale"
)

// noNumber stands where there is no value and no room to say so.
const noNumber = "—"

// resultText writes a value with its decimals, or that there is none.
func resultText(w *locale.Words, def indicator.Definition, r indicator.Result) string {
	if r.Absent != "" {
		return w.Value.None
	}
	return w.Decimal(r.Value, def.Scale())
}

// sizedText is resultText with the unit, where there is a value.
func sizedText(w *locale.Words, def indicator.Definition, r indicator.Result) string {
	if r.Absent != "" {
		return w.Value.NoneAs(w.Code("absent_value", r.Absent))
	}
	return w.Measured(r.Value, def.Scale(), def.Unit)
}

// overText writes numerator and denominator of a ratio: they are always printed.
func overText(w *locale.Words, def indicator.Definition, r indicator.Result) string {
	if !def.Ratio() {
		return ""
	}
	return w.Value.Over(w.Number(r.Numerator), w.Number(r.Denominator))
}

// signed writes a difference of two values.
func signed(w *locale.Words, def indicator.Definition, n int) string {
	return w.SignedDecimal(n, def.Scale())
}
