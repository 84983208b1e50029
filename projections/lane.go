package projections

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"ayumi/domain"
)

// lane is one run through the feed that drives some members. Reading, folding
// and writing go on beside each other; at most two batches are open.
type lane struct {
	r       *Runner
	members []*member
	until   uint64 // stops there; 0 goes on for ever
	writer  *writer
	event   Event
	next    uint64
	open    []*Batch // by member
	count   int
	bytes   int
	since   time.Time // of the first event of the open batches
	fresh   bool      // open batches hold something
}

func (r *Runner) lane(members []*member, until uint64) *lane {
	return &lane{r: r, members: members, until: until}
}

// How much is written in one transaction: little and at once while following
// the log, much while catching up with it.
const (
	liveEvents = 1000
	liveTime   = 20 * time.Millisecond
	bulkEvents = 16_000
	bulkBytes  = 24 << 20
	farBehind  = 5_000
	bulkPause  = 100 * time.Millisecond
	queueSize  = 4096
)

// run feeds the members until the lane's end or the end of ctx, and leaves
// everything it folded committed, unless it answers an error.
func (l *lane) run(ctx context.Context) error {
	if len(l.members) == 0 {
		<-l.idle(ctx)
		return nil
	}
	l.next = l.members[0].seen
	for _, m := range l.members {
		l.next = min(l.next, m.seen)
	}
	if l.next++; l.until > 0 && l.next > l.until {
		return nil
	}
	w, err := newWriter(ctx, l.r, l.members)
	if err != nil {
		return err
	}
	defer w.close()
	l.writer = w
	l.reopen()
	readCtx, stop := context.WithCancel(ctx)
	defer stop()
	queue := make(chan read, queueSize)
	go l.read(readCtx, queue)
	err = l.fold(ctx, queue)
	stop()
	for range queue { //nolint:revive // lets the reader see the end of its context
	}
	if err == nil {
		err = l.hand()
	}
	return errors.Join(err, w.finish())
}

func (l *lane) idle(ctx context.Context) <-chan struct{} {
	if l.until > 0 {
		done := make(chan struct{})
		close(done)
		return done
	}
	return ctx.Done()
}

type read struct {
	domain.Recorded
	err error
}

var errGap = errors.New("feed has a gap")

// read fetches events ahead of the fold.
func (l *lane) read(ctx context.Context, queue chan<- read) {
	defer close(queue)
	wanted := slices.ContainsFunc(l.members, func(m *member) bool { return m.p.Leaves })
	var hash leaves
	next := l.next
	for e, err := range l.r.cfg.Feed.Events(ctx, next-1) {
		if err == nil && e.Position != next {
			err = fmt.Errorf("%w: position %d follows %d", errGap, e.Position, next-1)
		}
		if wanted && err == nil && e.Leaf == ([32]byte{}) {
			e.Leaf = hash.of(e.Body) // an unreadable body is the fold's to refuse
		}
		select {
		case queue <- read{e, err}:
		case <-ctx.Done():
			return
		}
		if next++; err != nil {
			return
		}
	}
}

// fold takes events in and hands batches to the writer.
func (l *lane) fold(ctx context.Context, queue <-chan read) error {
	for {
		e, ok, err := l.take(ctx, queue)
		if err != nil || !ok {
			return err
		}
		if e.err != nil {
			return e.err
		}
		if err := l.apply(e.Recorded); err != nil {
			return err
		}
		if l.until > 0 && l.next > l.until {
			return nil
		}
	}
}

// take waits for the next event and, while there is none or enough, hands on
// what is open.
func (l *lane) take(ctx context.Context, queue <-chan read) (read, bool, error) {
	if l.full() {
		if err := l.hand(); err != nil {
			return read{}, false, err
		}
	}
	select {
	case e, ok := <-queue:
		return e, ok, nil
	default:
	}
	var pause <-chan time.Time
	if l.fresh {
		wait := bulkPause
		if !l.far() {
			wait = 0
		}
		pause = time.After(wait)
	}
	for {
		select {
		case e, ok := <-queue:
			return e, ok, nil
		case <-pause:
			if err := l.hand(); err != nil {
				return read{}, false, err
			}
			pause = nil
		case <-l.writer.failed:
			return read{}, false, nil // finish tells the fault
		case <-ctx.Done():
			return read{}, false, nil
		}
	}
}

// far tells whether the lane is so far behind that large batches are right.
func (l *lane) far() bool {
	return l.next+farBehind < l.r.headNow()
}

func (l *lane) full() bool {
	switch {
	case l.count == 0:
		return false
	case l.count >= bulkEvents || l.bytes >= bulkBytes:
		return true
	case l.count%16 != 0 || l.far():
		return false
	}
	return l.count >= liveEvents || l.r.cfg.Now().Sub(l.since) >= liveTime
}

func (l *lane) reopen() {
	l.open = l.writer.batches()
	l.count, l.bytes, l.fresh = 0, 0, false
}

// hand gives the open batches to the writer and waits if it is still busy with
// the last but one.
func (l *lane) hand() error {
	if !l.fresh {
		return nil
	}
	if head, err := l.r.cfg.Head(l.writer.ctx); err == nil { // how large the next batch may be
		l.r.sawHead(head.Position)
	}
	f := flush{batches: l.open, points: make([]checkpoint, len(l.members)), parked: make([]int, len(l.members))}
	for i, m := range l.members {
		if m.fold != nil {
			m.fold.Finish(l.open[i])
		}
		if m.last != uuid.Nil {
			m.cp.event = m.last.String()
		}
		f.points[i], f.parked[i] = m.cp, m.set
	}
	l.reopen()
	return l.writer.write(f)
}

// apply folds one event into every member that has not seen it.
func (l *lane) apply(r domain.Recorded) error {
	if l.count == 0 {
		l.since = l.r.cfg.Now()
	}
	l.next, l.fresh = r.Position+1, true
	l.count++
	l.bytes += len(r.Body)
	bad := l.event.read(r)
	if bad != nil {
		l.event.Recorded = r
	}
	for i, m := range l.members {
		if m.fold == nil || r.Position <= m.seen {
			continue
		}
		if err := m.take(&l.event, bad, l.open[i]); err != nil {
			l.r.cfg.Report("projection "+m.p.Name+" stopped", err)
			m.cp.state, m.cp.reason = Stopped, err.Error()
			if m.slot == slotBuild {
				m.p.spoiled.Store(&m.cp.reason)
			}
			m.fold.Finish(l.open[i]) // what came before the event stands
			m.fold = nil
		}
	}
	return nil
}

// take lets the fold see one event. It answers an error only if the projection
// has to stop before it.
func (m *member) take(e *Event, bad error, b *Batch) (err error) {
	defer func() {
		if err == nil {
			m.seen = e.Position
		}
	}()
	if e.Position <= m.cp.position {
		if bad != nil || m.parked[e.Stream] {
			return nil
		}
		return m.fold.Warm(e)
	}
	err = bad
	if err == nil && m.parked[e.Stream] {
		err = errParked
	}
	if err == nil {
		err = m.safely(e, b)
	}
	if err != nil && !m.p.Parks {
		return err
	}
	if err != nil {
		m.parked[e.Stream] = true
		m.set++
		b.Add(len(m.p.Tables)-1, int64(e.Position), e.Stream, e.Type, err.Error(), e.Body)
	}
	if e.Position == 1 {
		if m.cp.origin, err = identity(e.Recorded); err != nil {
			return err
		}
	}
	m.cp.position, m.last = e.Position, e.Recorded.ID
	return nil
}

var errParked = errors.New("an earlier event of the stream was set aside")

// safely turns a panic of a fold into an error of the event.
func (m *member) safely(e *Event, b *Batch) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("position %d: %v", e.Position, cause)
		}
	}()
	return m.fold.Apply(e, b)
}
