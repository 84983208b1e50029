package web

import (
	"errors"

	"ayumi/domain"
	"ayumi/infra/web/locale"
)

// refusals are the single refusals in an error; none if it is something else.
func refusals(err error) []*domain.Refusal {
	var many domain.Refusals
	if errors.As(err, &many) {
		return many
	}
	var one *domain.Refusal
	if errors.As(err, &one) {
		return []*domain.Refusal{one}
	}
	return nil
}

// moved tells whether somebody else was first.
func moved(err error) bool {
	if errors.Is(err, domain.ErrConflict) {
		return true
	}
	for _, r := range refusals(err) {
		if r.Key == "stream.moved" {
			return true
		}
	}
	return false
}

// refused turns a refusal that no form can show into the page it stands for.
func refused(err error) error {
	for _, r := range refusals(err) {
		switch r.Key {
		case "controller.mismatch", "stream.unknown", "entity.unknown":
			return ErrMissing
		default:
			return ErrRefused
		}
	}
	if errors.Is(err, domain.ErrConflict) {
		return ErrBusy
	}
	return err
}

// faultsOf says in words what is wrong with a form. inputs names the input in
// which a fact was typed. It answers false where the error is no matter of the
// form.
func faultsOf(w *locale.Words, err error, inputs map[string]string) ([]FieldError, bool) {
	var out []FieldError
	for _, r := range refusals(err) {
		if r.Key == "account.not_allowed" || r.Key == "controller.mismatch" {
			return nil, false
		}
		out = append(out, FieldError{Field: inputs[r.Field], Text: w.Refusal(r.Key, r.Field, r.Args)})
	}
	return out, len(out) > 0
}
