package domain

import "reflect"

// Seals tells whether an event or command states any sealed field.
func Seals(v any) bool {
	at := reflect.Indirect(reflect.ValueOf(v))
	for _, f := range Fields(at.Type()) {
		if f.Place == InSealed && at.FieldByIndex(f.index).Len() > 0 {
			return true
		}
	}
	return false
}
