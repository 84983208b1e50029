package locale

import (
	"strconv"

	"ayumi/domain/japan"
)

// ReadBack says how a typed date was understood, with the time and the way to meet
// that stood behind it: 令和2年2月15日（土） 15:00・オンライン (ui.md 4).
func (w *Words) ReadBack(t japan.Typed) string {
	out := w.interval(t)
	if t.Clock != nil {
		out += " " + w.Clock(*t.Clock)
	}
	if t.Channel != "" {
		out += w.Calendar.Comma + w.Code("channel", t.Channel)
	}
	if t.EraRead {
		out = w.Message.EraRead(out)
	}
	if t.Precision != japan.PrecisionDay {
		out += w.Calendar.Comma + w.Message.DayUnknown
	}
	return out
}

// interval writes as much of a date as is known.
func (w *Words) interval(t japan.Typed) string {
	switch t.Precision {
	case japan.PrecisionMonth:
		return w.Month(t.Date)
	case japan.PrecisionYear:
		if w.Language == English {
			y, _, _ := t.Date.Civil()
			return strconv.Itoa(y)
		}
		return eraYearName(t.Date)
	case japan.PrecisionFiscalYear:
		return w.FiscalYear(japan.FiscalYearOf(t.Date))
	}
	return w.Date(t.Date)
}
