package office

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// The steps of an erasure, in their order (proof.md 5). Each may be done twice.
const (
	StepOrdered  = "ordered"  // the order is in the log
	StepKey      = "key"      // the key is deleted and overwritten, and those of outsiders who are the person
	StepDropped  = "dropped"  // every process dropped what it held
	StepScrubbed = "scrubbed" // attached files are overwritten, nothing opens any more
	StepErased   = "erased"   // person.erased is in the log
	StepFinal    = "final"    // keys.epoch_retired: no backup opens either
)

// ErasureSteps are all steps.
func ErasureSteps() []string {
	return []string{StepOrdered, StepKey, StepDropped, StepScrubbed, StepErased, StepFinal}
}

// Hands carry out what an erasure needs beside the log. All may be asked again.
type Hands interface {
	// DestroyKey deletes and overwrites the key. It answers the epoch in which it
	// was destroyed and the day from which no backup of that time opens.
	DestroyKey(ctx context.Context, person string) (epoch int, clear japan.Date, err error)
	// Drop returns when every process dropped what it holds of the person.
	Drop(ctx context.Context, person string) error
	// Scrub overwrites what lies in files, by the digests of the ciphertexts.
	Scrub(ctx context.Context, person string, files []string) error
}

// Erasures carry out what was ordered, from the key to the record that it is gone.
type Erasures struct {
	Office *Office
	Hands  Hands
	Now    func() time.Time
	// Reached is told of each step when it is done; nil: nobody watches.
	Reached func(person, step string)
}

// Erase carries out the erasure of a person that was ordered. A crash at any point
// leaves it to be asked again.
func (x *Erasures) Erase(ctx context.Context, id string) error {
	e, ordered, err := x.Office.ErasureOf(ctx, id)
	if err != nil {
		return err
	}
	if !ordered {
		return ErrOrderUnseen
	}
	x.reached(id, StepOrdered)
	found, err := x.Office.SealedFor(ctx, id)
	if err != nil {
		return err
	}
	var epoch int
	var clear japan.Date
	owners := append(found.Outsiders, id)
	for _, owner := range owners { // the person's own last: its day is the latest
		if epoch, clear, err = x.Hands.DestroyKey(ctx, owner); err != nil {
			return fmt.Errorf("destroy key: %w", err)
		}
	}
	x.reached(id, StepKey)
	for _, owner := range owners {
		if err := x.Hands.Drop(ctx, owner); err != nil {
			return fmt.Errorf("tell every process: %w", err)
		}
	}
	x.reached(id, StepDropped)
	if err := x.Hands.Scrub(ctx, id, found.Files); err != nil {
		return fmt.Errorf("scrub: %w", err)
	}
	x.reached(id, StepScrubbed)
	if e.ErasedOn == 0 {
		err = x.record(ctx, id, e.Decision, found.Sections, epoch, clear)
	}
	if err == nil {
		x.reached(id, StepErased)
	}
	return err
}

// ErrOrderUnseen: who follows the log may see an order before the office that wrote
// it has it among the streams it keeps in memory. Ask again soon.
var ErrOrderUnseen = errors.New("the order to erase is not seen yet")

func (x *Erasures) record(ctx context.Context, id string, decision uint64, sections, epoch int, clear japan.Date) error {
	commitment, err := x.Office.commitmentOf(ctx, id)
	if err != nil {
		return err
	}
	_, err = x.Office.Do(ctx, Request{
		Command: "person.erase", ID: uuid.NewSHA1(uuid.NameSpaceOID, fmt.Appendf(nil, "erasure %s %d", id, decision)), By: "system", At: x.Now(),
		Data: domain.Data{
			"person": text(id), "key_commitment": text(commitment), "sections": number(sections),
			"epoch": number(epoch), "backups_clear_on": text(clear.String()), "source": text("system"),
		},
	})
	return err
}

func (x *Erasures) reached(person, step string) {
	if x.Reached != nil {
		x.Reached(person, step)
	}
}

func number(n int) []byte { return strconv.AppendInt(nil, int64(n), 10) }
