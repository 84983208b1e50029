package web

import (
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// canonicalItems reads what a person typed for a field as the canonical texts of
// the log, or says in words what is wrong with it.
func canonicalItems(v Visitor, f domain.Field, typed string, today japan.Date) (items []string, fault string) {
	if typed == "" {
		return nil, v.W.Message.Required(v.W.Record.NewValue)
	}
	switch f.Kind {
	case domain.KindDate:
		t, err := japan.ReadPast(typed, today)
		if err != nil {
			return nil, dateFault(v.W, err, "new")
		}
		return []string{t.Date.String()}, ""
	case domain.KindTime:
		at := readClock(typed)
		if at == nil {
			return nil, v.W.Refusal("field.time", f.Name, nil)
		}
		return []string{strconv.Itoa(*at)}, ""
	case domain.KindCode, domain.KindCodes:
		for _, word := range words(typed, f.Kind == domain.KindCodes) {
			c := codeNamed(v, f, word)
			if c == "" {
				return nil, v.W.Refusal("field.code", f.Name, nil)
			}
			items = append(items, c)
		}
		return items, ""
	case domain.KindFlag:
		for code, canonical := range map[string]string{"yes": "1", "no": "0"} {
			if typed == code || typed == canonical || typed == v.W.Code("yes_no", code) {
				return []string{canonical}, ""
			}
		}
		return nil, v.W.Refusal("field.code", f.Name, nil)
	}
	return []string{typed}, ""
}

// words are the names in a list as people part them.
func words(typed string, several bool) []string {
	if !several {
		return []string{typed}
	}
	return strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune(",、，・ 　", r) })
}

// codeNamed finds the code of a list by its name in the reader's language, or by
// itself; "" if there is none.
func codeNamed(v Visitor, f domain.Field, word string) string {
	if slices.Contains(f.List, word) {
		return word
	}
	for _, c := range f.List {
		if strings.EqualFold(code(v.W, listOf(f), c), word) {
			return c
		}
	}
	return ""
}
