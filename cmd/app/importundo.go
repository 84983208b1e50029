package app

import (
	"context"
	"errors"
	"slices"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/importing"
)

// batchFile is a case with what a batch left in it.
type batchFile struct {
	stream   string
	sessions []session // of the batch, not voided
	opened   bool      // by the batch
	others   bool      // it holds records of others
	version  uint64
	closed   bool
}

type session struct {
	id       string
	position uint64
}

// Undo takes a batch back: its consultations are voided as a reverted import, and
// the cases that hold nothing else are closed as withdrawn. The persons stay,
// without a record that counts. It can be asked again where it was stopped.
func (m *Imports) Undo(ctx context.Context, who domain.Actor, id string) error {
	_, err := m.undo(ctx, who, id)
	return err
}

func (m *Imports) undo(ctx context.Context, who domain.Actor, id string) (*importRun, error) {
	d, err := m.Draft(ctx, who, id)
	if err != nil {
		return nil, err
	}
	if done, _ := d.Imported(); done == 0 || (d.State != importing.Done && d.State != importing.Paused) {
		return nil, domain.Refuse("import.state")
	}
	return m.begin(who, d, importing.Undoing, func(ctx context.Context, r *importRun) error { return r.takeBack(ctx) })
}

// takeBack reads what the batch left from the log itself.
func (r *importRun) takeBack(ctx context.Context) error {
	files, people, err := r.m.app.batch(ctx, r.draft.ID, r.draft.First())
	if err != nil {
		return err
	}
	r.mu.Lock()
	r.draft.Undo.People = people
	r.mu.Unlock()
	for _, f := range files {
		if err := r.takeFile(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

func (r *importRun) takeFile(ctx context.Context, f *batchFile) error {
	batch := uuid.MustParse(r.draft.ID)
	_, id := domain.SplitStream(f.stream)
	give := func(command, what string, data map[string]any) (bool, error) {
		data["case"], data["shown_at"], data["source"], data["batch"] = id, f.version, "import", r.draft.ID
		receipts, err := r.m.do(ctx, r.who, importing.Step{Command: command, ID: uuid.NewSHA1(batch, []byte(what)), Data: data})
		var refused *domain.Refusal
		if errors.As(err, &refused) {
			return false, nil
		}
		for _, receipt := range receipts {
			if receipt.Stream == f.stream {
				f.version = receipt.Version
			}
		}
		return err == nil, err
	}
	left := 0
	for _, s := range f.sessions {
		done, err := give("case.void_consultation", "void "+s.id, map[string]any{"consultation": s.id, "reason": "import_reverted"})
		if err != nil {
			return err
		}
		r.mu.Lock()
		if done {
			r.draft.Undo.Voided++
		} else if left++; !slices.Contains(r.draft.Undo.Refused, s.position) {
			r.draft.Undo.Refused = append(r.draft.Undo.Refused, s.position)
		}
		r.save(ctx)
		r.mu.Unlock()
	}
	if !f.opened || f.others || f.closed || left > 0 {
		return nil
	}
	done, err := give("case.close", "close "+id, map[string]any{"outcome": "withdrawn", "reason": "import_reverted"})
	if done {
		r.mu.Lock()
		r.draft.Undo.Closed++
		r.mu.Unlock()
	}
	return err
}

// batch reads from the log, from a position on, which cases a batch wrote into and
// how many persons it registered.
func (a *App) batch(ctx context.Context, id string, first uint64) ([]*batchFile, int, error) {
	files, people := map[string]*batchFile{}, 0
	var order []*batchFile
	for rec, err := range a.Store.All(ctx, max(first, atOnce)-atOnce) {
		if err != nil {
			return nil, 0, err
		}
		category, _ := domain.SplitStream(rec.Stream)
		if category != "case" && rec.Type != "person.registered" {
			continue
		}
		facts, err := domain.FactsOf(rec.Body)
		if err != nil {
			return nil, 0, err
		}
		own := facts.Text("batch") == id
		if category == "person" {
			if own {
				people++
			}
			continue
		}
		f := files[rec.Stream]
		if f == nil {
			if !own {
				continue
			}
			f = &batchFile{stream: rec.Stream}
			files[rec.Stream], order = f, append(order, f)
		}
		f.version = rec.Version
		f.note(rec, facts, own)
	}
	return order, people, nil
}

// atOnce is above the number of records that can lie before the first one kept: those
// of the commands that were under way with it.
const atOnce = 1000

// note folds one event of a case. A task that the office planned by itself is
// nothing that somebody else wrote.
func (f *batchFile) note(rec domain.Recorded, facts domain.Facts, own bool) {
	switch rec.Type {
	case "case.opened":
		f.opened = own
	case "case.consultation_held":
		if own {
			f.sessions = append(f.sessions, session{facts.Text("consultation"), rec.Position})
			return
		}
	case "case.consultation_voided", "case.consultation_released":
		gone := facts.Text("consultation")
		f.sessions = slices.DeleteFunc(f.sessions, func(s session) bool { return s.id == gone })
	case "case.closed":
		f.closed = true
	case "case.reopened":
		f.closed = false
	}
	if !own && facts.Text("source") != "system" {
		f.others = true
	}
}
