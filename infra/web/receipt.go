package web

import (
	"context"

	"ayumi/domain/receipt"
	"ayumi/infra/web/locale"
)

// Receipts makes and answers consultation receipts (受付票).
type Receipts interface {
	// Slip is the receipt of the consultation recorded at a position; the refusal
	// receipt.none where there is none.
	Slip(ctx context.Context, position uint64) (receipt.Slip, error)
	// Ask answers a code as it was typed; from is the address it came from. The
	// refusals are those of the field code.
	Ask(ctx context.Context, typed, from string) (receipt.Answer, error)
	// Paper prints a receipt as PDF.
	Paper(p receipt.Printing) ([]byte, error)
}

// SlipView is the page of a receipt for the counsellor who prints it.
type SlipView struct {
	Page
	Paper     locale.ReceiptPaper
	Language  locale.Language // of the paper
	Languages []Option
	Name      bool // the person's name is on it
	Erased    bool // it was asked for and is gone
	Person    *Pair
	PDF       string
}

// ReceiptView is the public page that answers codes.
type ReceiptView struct {
	Page
	Typed  string
	Errors *Errors
	Answer *ReceiptAnswer
}

// ReceiptAnswer is what the holder of a code is told.
type ReceiptAnswer struct {
	Code                        string
	State                       Chip
	Heading, Text, Why, Partial string
	Facts                       []Pair
	Notes                       []string
	Figures                     []ReceiptFigure
	Fingerprint                 string
	Under                       string // which checkpoint; "" where there is no proof
	Root                        string
	NoProof                     string // why there is none
}

// ReceiptFigure is a line of the figures that hold the consultation.
type ReceiptFigure struct {
	Name, Year string
	Now        *Chip // where the count of today does not hold it
	Published  []ReceiptPublication
}

// ReceiptPublication is one published number of it; LeftOut says why it does not hold
// the consultation.
type ReceiptPublication struct{ Text, LeftOut string }
