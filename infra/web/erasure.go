package web

import (
	"context"
	"net/http"

	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
)

// Erasing is what the pages ask of erasures beside the log.
type Erasing interface {
	// FinalOn is the day from which no backup opens what is erased now.
	FinalOn() japan.Date
	// ErasureStep is the newest step of an erasure under way here; "" if none is.
	ErasureStep(person string) string
	// EpochRetired answers the day a key epoch was destroyed, and the number of the
	// record; false while it is not.
	EpochRetired(ctx context.Context, epoch int) (on japan.Date, record uint64, ok bool, err error)
}

// ErasuresView lists who was erased, newest first.
type ErasuresView struct {
	Page
	Orders bool // the reader may order one
	Error  string
	Number string // as typed
	Rows   []ErasureRow
}

// ErasureRow is one person of the list.
type ErasureRow struct {
	Number, Href   string
	Decision, On   string
	Ground, Erased string
	ClearOn        string
	State          Chip
}

// ErasureView is one person: what an erasure would do, or what it did.
type ErasureView struct {
	Page
	Number  string
	Person  string // address of the person's page; "" where the reader may not
	Preview *ErasurePreview
	Done    *ErasureDone
	Errors  *Errors
}

// ErasurePreview is what is shown before the order.
type ErasurePreview struct {
	Figures []ErasureFigure
	Checked string
	Final   string
	Form    *ErasureForm // nil: the reader may not order
}

// ErasureFigure is one figure that counts the person.
type ErasureFigure struct {
	Name, Scope, Period, Kind  string
	Value, After, Hers, Stands string
	Same                       bool
}

// ErasureForm orders the erasure.
type ErasureForm struct {
	Action, CommandID, Expected, Digest, Figures string
	Grounds                                      []Option
	Rights, Volume                               string
}

// ErasureDone is the course of an erasure with its certificate.
type ErasureDone struct {
	Steps   []ErasureStep
	Facts   []Pair
	Digests []Pair
	Whole   bool // erased: the certificate may be printed
}

// ErasureStep is one step of it. State is done, doing or waiting.
type ErasureStep struct {
	Name, Note, State, Mark, When string
}

// erasureRoutes are the pages about erasures.
func (s *Site) erasureRoutes() {
	s.staff("GET /erasures", s.erasures, "PO", "AU", "MG")
	s.staff("GET /erasures/{person}", s.erasure, "PO", "AU", "MG", "CO", "LD")
	s.staff("POST /erasures/{person}", s.orderErasure, "PO")
}

// grounds are the choices of the form.
func erasureGrounds(w *locale.Words, chosen string) []Option {
	var out []Option
	for _, g := range []string{"suspension_decision", "retention_end", "voluntary_after_check"} {
		out = append(out, Option{Value: g, Text: w.Code("ground", g)})
	}
	return choose(out, chosen)
}

// readsPeople tells whether the person's own page opens for the reader.
func readsPeople(v Visitor) bool { return v.holds(mayOpenPeople...) }

func (s *Site) personOf(r *http.Request) string { return r.PathValue("person") }
