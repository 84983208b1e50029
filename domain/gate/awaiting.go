package gate

import (
	"ayumi/domain"
	"ayumi/domain/japan"
)

// Awaiting answers the outcomes of a controller in the period that nobody has
// confirmed on a day, those of the last ConfirmWithin days too; oldest first.
func Awaiting(controller string, in japan.Period, on japan.Date, k Known) []Item {
	k.Day = func(uint64) japan.Date { return 0 }
	return Judge(Question{Controller: controller, Period: in, Known: on.Add(ConfirmWithin + 1)}, k).Of(Unconfirmed)
}

// Between answers the two records of a Pair.
func (w Waiting) Between() (one, other string) {
	_, one = domain.SplitStream(w.Stream)
	return one, w.ID
}
