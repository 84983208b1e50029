package web

import (
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/office"
	"ayumi/infra/web/locale"
)

// vocabulary is the fields of every event type, by name.
var vocabulary = func() map[string][]domain.Field {
	out := map[string][]domain.Field{}
	for _, a := range office.Aggregates() {
		for _, s := range a.EventShapes() {
			out[s.Name] = s.Fields
		}
	}
	return out
}()

// fieldOf is a field of an event type.
func fieldOf(typ, name string) (domain.Field, bool) {
	i := slices.IndexFunc(vocabulary[typ], func(f domain.Field) bool { return f.Name == name })
	if i < 0 {
		return domain.Field{}, false
	}
	return vocabulary[typ][i], true
}

// listOf is the name under which the words of a code stand.
func listOf(f domain.Field) string {
	if f.ListName != "" {
		return f.ListName
	}
	return f.Name
}

// say writes a canonical text of a field in words: codes by their names, days,
// times and flags as this language writes them.
func say(w *locale.Words, f domain.Field, text string) string {
	if text == "" {
		return ""
	}
	switch n, err := strconv.Atoi(text); {
	case err != nil:
	case f.Name == "fy" || f.Name == "completed_fy":
		return w.FiscalYearShort(japan.FiscalYear(n))
	case f.Name == "log_position":
		return recordNumber(uint64(n))
	}
	switch f.Kind {
	case domain.KindCode, domain.KindToken:
		return code(w, listOf(f), text)
	case domain.KindCodes, domain.KindTokens:
		names := strings.Split(text, ",")
		for i, c := range names {
			names[i] = code(w, listOf(f), c)
		}
		return strings.Join(names, w.Calendar.Comma)
	case domain.KindDate:
		if d, err := japan.ParseDate(text); err == nil {
			return w.Date(d)
		}
	case domain.KindTime:
		if n, err := strconv.Atoi(text); err == nil {
			return w.Clock(n)
		}
	case domain.KindFlag:
		return w.Code("yes_no", map[string]string{"1": "yes", "0": "no"}[text])
	case domain.KindIDs, domain.KindID, domain.KindDigest:
		return text[:min(8, len(text))]
	}
	return text
}

// code names a code; prefectures come from the atlas.
func code(w *locale.Words, list, c string) string {
	if p, ok := japan.PrefectureOf(c); ok && (list == "pref" || strings.HasSuffix(list, "_pref")) {
		if w.Language == locale.English {
			return p.En
		}
		return p.Ja
	}
	return w.Code(list, c)
}

// factText is the canonical text of a fact of stored facts.
func factText(facts domain.Facts, f domain.Field) string {
	if n, ok := facts.Int(f.Name); ok {
		return strconv.FormatInt(n, 10)
	}
	return facts.Text(f.Name)
}
