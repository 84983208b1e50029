package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/keys"
	"ayumi/domain/office"
	"ayumi/infra/keyring"
)

// settleErasures compares the log with the key table before anything is opened:
// nobody who is erased may have a key (proof.md 5, the restore rule). Of orders it
// answers those that were not carried out to the end.
func (l *Ledger) settleErasures(ctx context.Context) (returned []string, err error) {
	mark, err := l.erasureMark(ctx)
	if err != nil {
		return nil, err
	}
	returned = slices.Clone(l.Keys.Returned())
	for rec, err := range l.Store.All(ctx, mark.Position) {
		if err != nil {
			return nil, err
		}
		_, person := domain.SplitStream(rec.Stream)
		switch rec.Type {
		case "person.erasure_ordered":
			l.pending = append(l.pending, pending{person, rec.Position})
		case "person.erased":
			l.pending = slices.DeleteFunc(l.pending, func(p pending) bool { return p.person == person })
			kc, err := l.Keys.Commitment(ctx, person)
			if err != nil {
				return nil, fmt.Errorf("key of an erased person: %w", err)
			}
			if kc == "" {
				break
			}
			if err := l.Keys.Destroy(ctx, person); err != nil {
				return nil, fmt.Errorf("key of an erased person: %w", err)
			}
			returned = append(returned, person)
		}
		mark = keyring.Mark{Position: rec.Position, Event: rec.ID.String()}
	}
	l.settled = mark
	if len(returned) == 0 {
		return nil, nil
	}
	outsiders, err := office.Outsiders(l.Store.All(ctx, 0), func(person string) bool { return slices.Contains(returned, person) })
	if err != nil {
		return nil, err
	}
	for _, owner := range outsiders {
		if err := l.Keys.Destroy(ctx, owner); err != nil {
			return nil, fmt.Errorf("key of an outsider who was erased: %w", err)
		}
	}
	return returned, nil
}

// pending is an order to erase that was not carried out to the end.
type pending struct {
	person string
	at     uint64
}

// erasureMark reads how far the key table was compared with this log. A mark of
// another log, or of one that was put back, is void.
func (l *Ledger) erasureMark(ctx context.Context) (keyring.Mark, error) {
	m, err := l.Keys.Mark(ctx)
	if err != nil || m.Position == 0 {
		return keyring.Mark{}, err
	}
	for rec, err := range l.Store.All(ctx, m.Position-1) {
		if err != nil {
			return keyring.Mark{}, err
		}
		if rec.ID.String() == m.Event {
			return m, nil
		}
		break
	}
	return keyring.Mark{}, nil
}

// tellReturned records that keys came back with an old table and were destroyed
// again: for the operator, and in the log.
func (l *Ledger) tellReturned(ctx context.Context, o *office.Office, returned []string) error {
	for _, person := range returned {
		l.Config.Log.Warn("a destroyed key was in the key table again and is destroyed: an old copy was put back", "person", person)
		if err := l.tellKeys(ctx, o, "keys.refuse_return", uuid.New(), map[string][]byte{"person": quoted(person)}); err != nil {
			return err
		}
	}
	return nil
}

// tellKeys records something about keys in the log.
func (l *Ledger) tellKeys(ctx context.Context, o *office.Office, command string, id uuid.UUID, fields map[string][]byte) error {
	data := domain.Data{"stream": quoted(l.Origin), "source": quoted("system")}
	for name, v := range fields {
		data[name] = v
	}
	_, err := o.Do(ctx, office.Request{Command: command, ID: id, By: "system", At: l.Config.Now(), Data: data})
	return err
}

func quoted(text string) json.RawMessage {
	b, _ := json.Marshal(text) // text can always be written
	return b
}

// Turn rewrites the key table when its week is over, destroys the KEKs whose time
// is over, and records each that is gone. It may be asked at any time.
func (l *Ledger) Turn(ctx context.Context, o *office.Office) error {
	if l.Keys.Due() {
		epoch, err := l.Keys.Rotate(ctx)
		if err != nil {
			return fmt.Errorf("rewrite key table: %w", err)
		}
		l.Config.Log.Info("key table rewritten", "epoch", epoch)
	}
	if _, err := l.Keys.Retire(ctx); err != nil {
		return err
	}
	return l.tellRetired(ctx, o)
}

// Rotate is Turn before the week is over, without a running App.
func (l *Ledger) Rotate(ctx context.Context) error {
	if _, err := l.Keys.Rotate(ctx); err != nil {
		return fmt.Errorf("rewrite key table: %w", err)
	}
	return l.Turn(ctx, office.New(l.Decider, nil))
}

// tellRetired records the epochs that are over and stand in the log not yet: a
// crash between the two is made good here.
func (l *Ledger) tellRetired(ctx context.Context, o *office.Office) error {
	gone, err := l.Keys.Gone()
	if err != nil {
		return err
	}
	known, err := l.retired(ctx)
	if err != nil {
		return err
	}
	for _, epoch := range gone {
		if slices.Contains(known, int(epoch)) {
			continue
		}
		id := uuid.NewSHA1(uuid.NameSpaceOID, fmt.Appendf(nil, "epoch %s %d", l.Origin, epoch))
		if err := l.tellKeys(ctx, o, "keys.retire_epoch", id, map[string][]byte{"epoch": fmt.Append(nil, epoch)}); err != nil {
			return err
		}
	}
	return nil
}

// retired are the epochs that the log says are over.
func (l *Ledger) retired(ctx context.Context) ([]int, error) {
	var out []int
	for rec, err := range l.Store.Stream(ctx, domain.StreamName("keys", l.Origin), 0) {
		if err != nil {
			return nil, err
		}
		if _, ev, err := keys.Aggregate.Decode(rec); err != nil {
			return nil, err
		} else if e, ok := ev.(*keys.EpochRetired); ok {
			out = append(out, e.Epoch)
		}
	}
	return out, nil
}

// hands carry out erasures in a running App.
type hands struct{ app *App }

// DestroyKey keeps the contract of office.Hands. The copy of the key that lives
// longest is wrapped under the present KEK, so its end is the end of all.
func (h hands) DestroyKey(ctx context.Context, person string) (int, japan.Date, error) {
	if err := h.app.Turn(ctx, h.app.Office); err != nil {
		return 0, 0, err
	}
	err := h.app.Keys.Destroy(ctx, person)
	now := h.app.Keys.Current() // after it: another instance may have begun one before
	return int(now.Epoch), japan.DateOf(now.Ends), err
}

// erasureNotice is the name of the notice that a person is to be dropped.
const erasureNotice = "erasure"

func (h hands) Drop(ctx context.Context, person string) error {
	h.app.drop(person)
	return h.app.Bus.Notify(ctx, erasureNotice, person)
}

// drop forgets what this process holds of a person.
func (a *App) drop(person string) {
	if !domain.IDForm(person) {
		return
	}
	a.Keys.Drop(person)
	a.People.Forget(person)
}

// Scrub overwrites attached files and takes drafts and LINE messages away. Read models hold facts and ciphertext only, and
// exports are never kept: nothing of theirs opens without the key.
func (h hands) Scrub(ctx context.Context, person string, files []string) error {
	for _, digest := range files {
		if err := h.app.Attachments.Remove(ctx, digest); err != nil {
			return err
		}
	}
	if err := h.app.Line.Forget(ctx, person); err != nil {
		return err
	}
	return h.app.Drafts.Forget(ctx, person)
}

// erasing is what the App knows of erasures under way.
type erasing struct {
	mu    sync.Mutex
	steps map[string]string // person → the newest step
}

func (e *erasing) reached(person, step string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.steps == nil {
		e.steps = map[string]string{}
	}
	e.steps[person] = step
}

// ErasureStep is the newest step of an erasure that this process carries out.
func (a *App) ErasureStep(person string) string {
	a.erasing.mu.Lock()
	defer a.erasing.mu.Unlock()
	return a.erasing.steps[person]
}

// erase carries out what is ordered, and turns the epochs of keys, until ctx ends.
func (a *App) erase(ctx context.Context) error {
	x := &office.Erasures{Office: a.Office, Hands: hands{a}, Now: a.Config.Now, Reached: func(person, step string) {
		a.erasing.reached(person, step)
		if a.Config.reached != nil {
			a.Config.reached(step)
		}
	}}
	for ctx.Err() == nil {
		err := a.Turn(ctx, a.Office)
		if err == nil {
			err = a.eraseOnce(ctx, x)
		}
		patience := reactionPatience
		if errors.Is(err, office.ErrOrderUnseen) {
			patience = reactionPatience / 50
		} else if err != nil && ctx.Err() == nil {
			a.report("erasure begins again", err)
		}
		wait, cancel := context.WithTimeout(ctx, time.Minute)
		grown := a.Store.Grown(a.settled.Position)
		if err != nil || len(a.pending) > 0 {
			grown = nil
			cancel()
			wait, cancel = context.WithTimeout(ctx, patience)
		}
		select {
		case <-grown:
		case <-wait.Done():
		}
		cancel()
	}
	return nil
}

// eraseOnce reads what the log holds beyond what was read, and carries out every
// order in it. The mark passes an order when the person is erased.
func (a *App) eraseOnce(ctx context.Context, x *office.Erasures) error {
	for rec, err := range a.Store.All(ctx, a.settled.Position) {
		if err != nil {
			return err
		}
		_, person := domain.SplitStream(rec.Stream)
		switch rec.Type {
		case "person.erasure_ordered":
			a.pending = append(a.pending, pending{person, rec.Position})
		case "person.erased": // by another instance, before this one led
			a.pending = slices.DeleteFunc(a.pending, func(p pending) bool { return p.person == person })
		}
		a.settled = keyring.Mark{Position: rec.Position, Event: rec.ID.String()}
	}
	for len(a.pending) > 0 {
		if err := x.Erase(ctx, a.pending[0].person); err != nil {
			return err
		}
		a.pending = a.pending[1:]
	}
	if a.settled.Position >= a.kept+seldom {
		a.kept = a.settled.Position
		return a.Keys.KeepMark(ctx, a.settled)
	}
	return nil
}

// seldom is how many events pass before the mark is written down: it only spares
// reading them again.
const seldom = 1000

// FinalOn is the day from which no backup opens what is erased now.
func (a *App) FinalOn() japan.Date { return japan.DateOf(a.Keys.Current().Ends) }

// EpochRetired answers the day a key epoch was destroyed and the number of its
// record; false while its key is there.
func (l *Ledger) EpochRetired(ctx context.Context, epoch int) (on japan.Date, record uint64, ok bool, err error) {
	for rec, err := range l.Store.Stream(ctx, domain.StreamName("keys", l.Origin), 0) {
		if err != nil {
			return 0, 0, false, err
		}
		env, ev, err := keys.Aggregate.Decode(rec)
		if err != nil {
			return 0, 0, false, err
		}
		if e, is := ev.(*keys.EpochRetired); is && e.Epoch == epoch {
			return env.Occurred, rec.Position, true, nil
		}
	}
	return 0, 0, false, nil
}

// pageErasing is what the pages ask of erasures.
type pageErasing struct{ *App }
