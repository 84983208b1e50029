package app

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"ayumi/domain"
	"ayumi/domain/importing"
	"ayumi/domain/office"
	"ayumi/projections"
)

// importRun is a draft whose rows become records, or are taken back.
type importRun struct {
	m     *Imports
	who   domain.Actor
	stop  context.CancelFunc
	mu    sync.Mutex
	draft *importing.Draft
	saved time.Time
	done  chan struct{}
}

const (
	importersAtOnce = 48              // persons whose rows are written at the same time
	savedEach       = 2 * time.Second // how often progress is kept
)

// snapshot is the draft as it stands at this moment.
func (r *importRun) snapshot() *importing.Draft {
	r.mu.Lock()
	defer r.mu.Unlock()
	d := *r.draft
	d.Results = maps.Clone(d.Results)
	d.Undo.Refused = slices.Clone(d.Undo.Refused)
	return &d
}

// importErrand is the kind of errand of an import and of what takes one back.
const importErrand = "import"

// claim makes this instance the one in which something runs for a draft, unless it
// ran in another one since the draft was read.
func (m *Imports) claim(d *importing.Draft) error {
	e := m.app.errands
	if e == nil {
		return nil
	}
	mine, err := e.begin(m.life, importErrand, d.ID, d.Account)
	if err == nil && !mine {
		err = domain.Refuse("import.state")
	}
	if err != nil {
		return err
	}
	now, err := m.kept.Load(m.life, d.Account, d.ID)
	if err == nil && (now.Revision != d.Revision || len(now.Results) != len(d.Results) || now.Undo.Voided != d.Undo.Voided) {
		err = domain.Refuse("import.state")
	}
	if err != nil {
		return errors.Join(err, m.disclaim(d))
	}
	return nil
}

func (m *Imports) disclaim(d *importing.Draft) error {
	if m.app.errands == nil {
		return nil
	}
	_, err := m.app.errands.tell(m.life, importErrand, d.ID, nil, true)
	return err
}

// begin lets something run for a draft, one thing a draft at a time.
func (m *Imports) begin(who domain.Actor, d *importing.Draft, state importing.State, work func(ctx context.Context, r *importRun) error) (*importRun, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.runs[d.ID] != nil {
		return nil, domain.Refuse("import.state")
	}
	if err := m.claim(d); err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(m.life)
	r := &importRun{m: m, who: who, stop: stop, draft: d, done: make(chan struct{})}
	d.State, d.Why = state, ""
	if err := m.kept.Save(m.life, d); err != nil { // the other instances read it there
		stop()
		return nil, errors.Join(err, m.disclaim(d))
	}
	m.runs[d.ID] = r
	m.app.work(func() error { // what it is at is kept with the draft
		m.app.errands.follow(m.life, importErrand, d.ID, r.done, stop, func() any { return nil }, m.app.report)
		return nil
	})
	m.app.work(func() error {
		defer close(r.done)
		defer stop()
		err := work(ctx, r)
		r.end(state, err)
		m.mu.Lock()
		delete(m.runs, d.ID)
		m.mu.Unlock()
		return nil
	})
	return r, nil
}

// end keeps how a run ended. A fault is for operators; its rows can be tried again.
func (r *importRun) end(state importing.State, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	d := r.draft
	switch {
	case err != nil && !errors.Is(err, context.Canceled):
		r.m.app.report("import stopped", err)
		d.State, d.Why = importing.Paused, "import.fault"
	case err != nil:
		d.State, d.Why = importing.Paused, "import.stopped"
	case d.State == importing.Paused: // by a bound
	case state == importing.Running:
		d.State = importing.Done
	default:
		d.State = importing.Undone
	}
	if err := r.m.kept.Save(context.WithoutCancel(r.m.life), d); err != nil {
		r.m.app.report("import not kept", err)
	}
}

// Start begins to import the good rows of a draft, or goes on with it. refused:
// import.state, what importing.Bounds.Stops refuses, and field.required of what the
// draft must say of all rows.
func (m *Imports) Start(ctx context.Context, who domain.Actor, id string) error {
	_, err := m.start(ctx, who, id)
	return err
}

func (m *Imports) start(ctx context.Context, who domain.Actor, id string) (*importRun, error) {
	d, err := m.Draft(ctx, who, id)
	if err != nil {
		return nil, err
	}
	if d.State != importing.Open && d.State != importing.Paused && d.State != importing.Done || d.Undo.Voided > 0 {
		return nil, domain.Refuse("import.state")
	}
	if d.Said.NoticeVersion == "" {
		return nil, domain.RefuseField("field.required", "notice_version")
	}
	_, table, plan, err := m.look(ctx, who, d)
	if err != nil {
		return nil, err
	}
	if err := importing.UsualBounds.Stops(plan, d.Accepted); err != nil {
		return nil, err
	}
	if err := m.Remember(ctx, d, table); err != nil {
		return nil, err
	}
	if d.Results == nil {
		d.Results = map[int]importing.Result{}
	}
	return m.begin(who, d, importing.Running, func(ctx context.Context, r *importRun) error { return r.write(ctx, plan) })
}

// write imports the persons of a plan, several at the same time, the rows of each in
// their order.
func (r *importRun) write(ctx context.Context, plan *importing.Plan) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	people := make(chan int)
	var works sync.WaitGroup
	for range importersAtOnce {
		works.Go(func() {
			for i := range people {
				if err := r.person(ctx, plan, i); err != nil {
					stop(err)
					return
				}
			}
		})
	}
	for i := range plan.People {
		if r.paused() {
			break
		}
		select {
		case people <- i:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(people)
	works.Wait()
	return context.Cause(ctx)
}

func (r *importRun) paused() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.draft.State == importing.Paused
}

// person imports the rows of one person. The first that is taken begins a person who
// is new; an import that goes on finds who it was by the same ids.
func (r *importRun) person(ctx context.Context, plan *importing.Plan, i int) error {
	terms, who := r.draft.Terms(), &plan.People[i]
	var known importing.Known
	if known.Person = who.Choice.Person; known.Person != "" {
		var err error
		if known.Case, err = r.openCase(ctx, known.Person); err != nil {
			return err
		}
	}
	for _, n := range who.Rows {
		if was, _ := r.result(plan.Rows[n].No); was.Began {
			known = terms.Begun(plan.Rows[n].No)
		}
	}
	for _, n := range who.Rows {
		row := &plan.Rows[n]
		if was, tried := r.result(row.No); !row.Good() || (tried && was.Refused == nil) {
			continue
		}
		steps, then := plan.Steps(terms, row, known)
		out, err := r.carry(ctx, steps)
		if err != nil {
			return err
		}
		if out.Refused == nil {
			out.Began = known.Person == ""
			known = then
		}
		r.keep(ctx, row.No, out)
	}
	return nil
}

// openCase is the case of a person that a consultation goes into, "" if none is open.
func (r *importRun) openCase(ctx context.Context, person string) (string, error) {
	sum, err := r.m.app.Journeys.Summary(ctx, person, projections.Newest)
	if err != nil {
		return "", err
	}
	for _, c := range slices.Backward(sum.Cases) {
		if c.Controller == r.who.Controller && c.State != "closed" && c.State != "disposed" {
			return c.ID, nil
		}
	}
	return "", nil
}

// carry gives the commands of a row until one is refused. A way to be reached that is
// refused holds nothing up: the row as it came is kept with the person.
func (r *importRun) carry(ctx context.Context, steps []importing.Step) (importing.Result, error) {
	var out importing.Result
	for _, step := range steps {
		receipts, err := r.m.do(ctx, r.who, step)
		var one *domain.Refusal
		switch {
		case errors.As(err, &one):
			if step.Command != "person.add_contact" {
				out.Refused = one
				return out, nil
			}
		case err != nil:
			return out, err
		}
		for _, receipt := range receipts {
			out.Position = max(out.Position, receipt.Position)
		}
	}
	return out, nil
}

// do carries out one command of an import.
func (m *Imports) do(ctx context.Context, who domain.Actor, step importing.Step) ([]domain.Receipt, error) {
	data := domain.Data{}
	for name, value := range step.Data {
		raw, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		data[name] = raw
	}
	return m.app.Office.Do(ctx, office.Request{Command: step.Command, ID: step.ID, By: who.Account, At: m.app.Config.Now(), Data: data})
}

func (r *importRun) result(row int) (importing.Result, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	out, ok := r.draft.Results[row]
	return out, ok
}

// keep notes what became of a row, and stops where too many are refused.
func (r *importRun) keep(ctx context.Context, row int, out importing.Result) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.draft.Results[row] = out
	done, refused := r.draft.Imported()
	if out.Refused != nil && !r.draft.Accepted && importing.UsualBounds.Pauses(done+refused, refused) {
		r.draft.State, r.draft.Why = importing.Paused, "import.too_many_refused"
	}
	r.save(ctx)
}

// save keeps the progress from time to time: what a stop loses is given again under
// the same ids.
func (r *importRun) save(ctx context.Context) {
	if now := time.Now(); now.Sub(r.saved) > savedEach {
		r.saved = now
		if err := r.m.kept.Save(ctx, r.draft); err != nil && ctx.Err() == nil {
			r.m.app.report("import not kept", err)
		}
	}
}

// Stop stops what runs for a draft; it can go on later.
func (m *Imports) Stop(ctx context.Context, who domain.Actor, id string) error {
	m.mu.Lock()
	run := m.runs[id]
	m.mu.Unlock()
	if run == nil {
		return m.stopElsewhere(ctx, who, id)
	}
	if run.draft.Account != who.Account {
		return domain.Refuse("import.state")
	}
	run.stop()
	select {
	case <-run.done:
	case <-ctx.Done():
	}
	return nil
}

// stopElsewhere stops what runs for a draft in another instance.
func (m *Imports) stopElsewhere(ctx context.Context, who domain.Actor, id string) error {
	x, ok, err := m.app.errands.look(ctx, importErrand, id)
	if err != nil {
		return err
	}
	if !ok || x.account != who.Account || x.done || !x.alive {
		return domain.Refuse("import.state")
	}
	if err := m.app.errands.ask(ctx, importErrand, id); err != nil {
		return err
	}
	_, _, err = m.app.errands.await(ctx, importErrand, id, errandSilent)
	return err
}

// Wait returns when nothing runs for a draft, or with ctx's error.
func (m *Imports) Wait(ctx context.Context, id string) error {
	m.mu.Lock()
	run := m.runs[id]
	m.mu.Unlock()
	for run == nil { // unless in another instance
		if running, err := m.app.errands.running(ctx, importErrand, id); err != nil || !running {
			return err
		}
		if _, _, err := m.app.errands.await(ctx, importErrand, id, errandSilent); err != nil {
			return err
		}
	}
	select {
	case <-run.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
