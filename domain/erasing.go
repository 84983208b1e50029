package domain

import "ayumi/domain/japan"

// Erasing is what a decision to erase a person may ask of the whole log: what it
// answers is never typed in.
type Erasing interface {
	// Grounded tells whether what an order names as its ground stands: a rights
	// matter of the person decided with measure erase, or a volume disposed of that
	// held a file of the person.
	Grounded(ground, person, rights, volume string) (bool, error)
	// Kept tells whether a legal hold or a retention that is not over forbids to
	// destroy a file of the person (events.md 6).
	Kept(person string) (held, retained bool, err error)
	// FiguresOf answers which figures count the person, and whether one would change.
	FiguresOf(person string) (FiguresNow, error)
}

// ErasedBy names the decision by which somebody's texts were erased, and its day:
// 消去済（決定番号, 日付）. The zero value is nobody's decision: the key is gone and the
// log does not say why.
type ErasedBy struct {
	Decision uint64 // number of the order: its position in the log
	On       japan.Date
}

// FiguresNow is what an erasure would do to figures.
type FiguresNow struct {
	Digest  string // of the whole answer
	Figures int    // that count the person
	Changed int    // of them; anything but 0 forbids the erasure
}
