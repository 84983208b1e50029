package app

import (
	"context"
	"errors"
	"strconv"
	"time"

	"ayumi/domain"
	"ayumi/domain/receipt"
	"ayumi/infra/auth"
	"ayumi/infra/ledgerfile"
	"ayumi/projections"
)

// Receipts answers the codes of consultation receipts, for pages, API and command
// line.
type Receipts struct {
	app     *App
	reads   *projections.Receipts
	guesses *auth.Guesses
}

func newReceipts(a *App) *Receipts {
	return &Receipts{a, &projections.Receipts{Journeys: a.Journeys, Indicators: a.Indicators, Audit: a.Audit, Rules: a.Definitions}, a.SignIn.Guesses("receipt")}
}

// key is derived from a key of the keyring that belongs to nobody.
func (r *Receipts) key(ctx context.Context) (receipt.Key, error) {
	return r.app.Keys.Derive(ctx, "receipts", "ayumi receipt codes v1")
}

// Slip answers the receipt of the consultation recorded at a position. Refusal:
// receipt.none where what is recorded there is none.
func (r *Receipts) Slip(ctx context.Context, position uint64) (receipt.Slip, error) {
	head, err := r.app.Store.Head(ctx)
	if err != nil {
		return receipt.Slip{}, err
	}
	if position > head.Position {
		return receipt.Slip{}, domain.Refuse("receipt.none")
	}
	waiting, cancel := context.WithTimeout(ctx, catchUp)
	defer cancel()
	if err := r.app.Runner.Wait(waiting, position, "journeys", "audit"); err != nil { // the fingerprint is printed
		return receipt.Slip{}, err
	}
	standing, err := r.reads.Standing(ctx, position)
	if errors.Is(err, projections.ErrUnknown) {
		return receipt.Slip{}, domain.Refuse("receipt.none")
	}
	if err != nil {
		return receipt.Slip{}, err
	}
	key, err := r.key(ctx)
	if err != nil {
		return receipt.Slip{}, err
	}
	code, err := key.Code(position)
	return receipt.Slip{Code: code, Standing: standing}, err
}

// Ask answers a code as it was typed at an address. Refusals: those of receipt.Parse,
// which cost nothing; receipt.unknown; and after too many unknown codes
// receipt.too_often (arg seconds), when nothing was looked at.
func (r *Receipts) Ask(ctx context.Context, typed, from string) (receipt.Answer, error) {
	code, err := receipt.Parse(typed)
	if err != nil {
		return receipt.Answer{}, err
	}
	wait, err := r.guesses.Wait(ctx, from)
	if err != nil {
		return receipt.Answer{}, err
	}
	if wait > 0 {
		return receipt.Answer{}, domain.RefuseField("receipt.too_often", "code", "seconds", strconv.Itoa(int(wait/time.Second)+1))
	}
	key, err := r.key(ctx)
	if err != nil {
		return receipt.Answer{}, err
	}
	position, ok := key.Position(code)
	if !ok {
		if err := r.guesses.Wrong(ctx, from); err != nil {
			return receipt.Answer{}, err
		}
		return receipt.Answer{}, domain.RefuseField("receipt.unknown", "code")
	}
	return r.answer(ctx, code, position)
}

func (r *Receipts) answer(ctx context.Context, code receipt.Code, position uint64) (receipt.Answer, error) {
	out := receipt.Answer{Code: code, Standing: receipt.Standing{Position: position, State: receipt.StateLost}}
	head, err := r.app.Store.Head(ctx)
	if err != nil || position > head.Position {
		return out, err
	}
	standing, err := r.reads.Standing(ctx, position)
	switch {
	case errors.Is(err, projections.ErrUnknown):
		if r.reached() < position {
			out.State = receipt.StateWaiting
		}
		return out, nil
	case err != nil:
		return out, err
	}
	out.Standing = standing
	proof, err := r.app.Sealer.Prove(position)
	var fork *ledgerfile.Fork
	switch {
	case errors.As(err, &fork):
		out.Fork = true
		return out, nil
	case errors.Is(err, ledgerfile.ErrNotUnder) || standing.State == receipt.StateWaiting:
		return out, nil
	case err != nil:
		return out, err
	}
	proof.Extra = standing.Leaf[:]
	out.Proof, out.Under = proof.Format(), uint64(r.app.Sealer.Status().Tree.N)
	return out, nil
}

// reached is up to where the journeys have come.
func (r *Receipts) reached() uint64 {
	for _, s := range r.app.Runner.Status() {
		if s.Name == "journeys" {
			return s.Position
		}
	}
	return 0
}

// Paper prints a receipt as PDF.
func (r *Receipts) Paper(p receipt.Printing) ([]byte, error) { return r.app.Press.Receipt(p) }

// Receipts makes and answers consultation receipts.
func (a *App) Receipts() *Receipts { return a.receipts }
