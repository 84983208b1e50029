package casefile

import (
	"slices"
	"strings"

	"ayumi/domain"
)

// Amendment names one field that was recorded wrong. Old and New are canonical
// texts, lists item by item; both are absent where the field is sealed.
type Amendment struct {
	Field  string   `fact:"field,token"`
	Old    []string `fact:"old?,tokens"`
	New    []string `fact:"new?,tokens"`
	Reason string   `fact:"reason,token"`
}

func canonical(items []string) string {
	return strings.Join(slices.Compact(slices.Sorted(slices.Values(items))), ",")
}

// change sets the field in the struct that facts points to, or refuses:
// amend.field, amend.stale, or what is wrong with the new value.
func (a *Amendment) change(facts any, allowed []string) error {
	return domain.Amend(facts, allowed, a.Field, canonical(a.Old), canonical(a.New))
}

// done tells whether the field already holds the new value.
func (a *Amendment) done(facts any) bool {
	now, ok := domain.FactText(facts, a.Field)
	return ok && now == canonical(a.New)
}
