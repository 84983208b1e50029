package locale

import "fmt"

// PersonNumber spells a person's number: P-00001 is the first in the log.
func PersonNumber(n int) string { return fmt.Sprintf("P-%05d", n) }

// RecordNumber spells the number of a record.
func RecordNumber(position uint64) string { return fmt.Sprintf("#%04d", position) }
