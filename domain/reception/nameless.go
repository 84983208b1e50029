package reception

import (
	"regexp"

	"ayumi/domain"
)

var (
	plainCode   = regexp.MustCompile(`^[a-z][a-z0-9_]{0,31}$`)
	manyDigit   = regexp.MustCompile(`([0-9][-_.]*){7}`)
	phoneOnly   = regexp.MustCompile(`^[0-9][0-9._-]{8,14}$`)
	shortNumber = regexp.MustCompile(`^[0-9]{1,6}$`)
	anyDigit    = regexp.MustCompile(`[0-9]`)
)

// nameless refuses a code that looks like a name, a phone or a mail address: a
// code of this stream is lower case with underscores and few digits.
func nameless(field, value string) error {
	if plainCode.MatchString(value) && !manyDigit.MatchString(value) {
		return nil
	}
	return domain.RefuseField("reception.nameless", field)
}

// namelessID refuses an id that is no random one: without a digit it may be a
// name, with little else a phone.
func namelessID(field, id string) error {
	if domain.IDForm(id) && anyDigit.MatchString(id) && !phoneOnly.MatchString(id) {
		return nil
	}
	return domain.RefuseField("reception.nameless", field)
}
