package sqlitestore

import (
	"fmt"

	"github.com/google/uuid"
	"zombiezen.com/go/sqlite"

	"ayumi/domain"
)

// writer is the committer: the only goroutine that writes. Nothing in it is
// shared.
type writer struct {
	s     *Store
	conn  *sqlite.Conn
	heads map[string]domain.Token // newest of streams in use; emptied when full or unsure
	last  uint64                  // last position written, committed or not

	events, commits, bytes int // since the last checkpoint; a commit is one transaction
}

const maxHeads = 100_000

func (w *writer) run() {
	defer close(w.s.done)
	group := make([]*request, 0, maxGroup)
	for {
		select {
		case r := <-w.s.queue:
			group = w.gather(append(group[:0], r))
			w.commit(group)
		case <-w.s.closing:
			return
		}
	}
}

// gather adds everything that waits, within bounds.
func (w *writer) gather(group []*request) []*request {
	n := group[0].bytes
	for len(group) < maxGroup && n < maxGroupBytes {
		select {
		case r := <-w.s.queue:
			group = append(group, r)
			n += r.bytes
		default:
			return group
		}
	}
	return group
}

// commit carries one group through. A request that cannot be written because
// its event ids lie elsewhere spoils the transaction: it is refused and the
// others begin again.
func (w *writer) commit(group []*request) {
	for len(group) > 0 {
		spoilt, err := w.try(group)
		if err != nil {
			for _, r := range group {
				r.refuse(err)
			}
			return
		}
		if spoilt < 0 {
			return
		}
		group[spoilt].refuse(domain.ErrConflict)
		rest := group[:0]
		for i, r := range group {
			if i != spoilt && !r.answered() {
				rest = append(rest, r)
			}
		}
		group = rest
	}
}

func (r *request) refuse(err error) {
	if !r.answered() {
		r.tokens, r.err = nil, err
		close(r.answer)
	}
}

func (r *request) answered() bool {
	select {
	case <-r.answer:
		return true
	default:
		return false
	}
}

// try writes a group in one transaction. It answers the index of a request that
// spoilt it, or -1; an error is fatal.
func (w *writer) try(group []*request) (int, error) {
	if err := w.s.Fault(); err != nil {
		return -1, err
	}
	if err := w.exec("BEGIN IMMEDIATE"); err != nil {
		return -1, w.s.fail("begin", err)
	}
	before := w.last
	for i, r := range group {
		err := w.judge(r)
		if err == nil {
			continue
		}
		w.last = before
		clear(w.heads)
		if back := w.exec("ROLLBACK"); back != nil {
			return -1, w.s.fail("roll back", back)
		}
		if sqlite.ErrCode(err) == sqlite.ResultConstraintUnique {
			return i, nil
		}
		return -1, w.s.fail("append", err)
	}
	return -1, w.finish(group, before)
}

func (w *writer) finish(group []*request, before uint64) error {
	end := "COMMIT"
	if w.last == before {
		end = "ROLLBACK" // nothing written: nothing to sync
	}
	if err := w.exec(end); err != nil {
		return w.s.fail("commit", err)
	}
	if w.last > before {
		w.announce(group)
	}
	for _, r := range group {
		if !r.answered() {
			close(r.answer)
		}
	}
	if w.last == before {
		return nil
	}
	w.commits++
	return w.checkpoint()
}

// announce makes the new head known.
func (w *writer) announce(group []*request) {
	head := &domain.Recorded{Position: w.last}
	for _, r := range group {
		for i, c := range r.commits {
			if r.err == nil && r.tokens != nil && r.tokens[i].Position == w.last && len(c.Events) > 0 {
				head.ID = c.Events[len(c.Events)-1].ID
			}
		}
	}
	w.s.head.Store(head)
	w.s.growth.Reach(w.last)
}

// judge decides on one request against the streams as this transaction sees
// them and writes it if it fits. A conflict with what is already durable is
// answered at once, one with this very transaction after it is durable: the
// caller is to find what it lost against.
func (w *writer) judge(r *request) error {
	r.tokens, r.err = nil, nil
	if err := r.ctx.Err(); err != nil {
		r.refuse(fmt.Errorf("append: %w", err))
		return nil
	}
	fits, newest, err := w.fits(r)
	if err != nil {
		return err
	}
	if fits {
		return w.write(r)
	}
	tokens, err := w.repeated(r)
	if err != nil {
		return err
	}
	if tokens != nil {
		r.tokens = tokens
		return nil
	}
	if r.err = domain.ErrConflict; newest <= w.s.head.Load().Position {
		r.refuse(domain.ErrConflict)
	}
	return nil
}

// fits tells whether every stream stands where its commit says; newest is the
// highest position among their heads.
func (w *writer) fits(r *request) (ok bool, newest uint64, err error) {
	ok = true
	for i, c := range r.commits {
		now, err := w.headOf(c.Stream)
		if err != nil {
			return false, 0, err
		}
		newest = max(newest, now.Position)
		if now.Version != c.At.Version || (c.At.Position != 0 && c.At.Position != now.Position) {
			ok = false
		}
		for _, other := range r.commits[:i] {
			ok = ok && other.Stream != c.Stream
		}
	}
	return ok, newest, nil
}

func (w *writer) headOf(stream string) (domain.Token, error) {
	if t, ok := w.heads[stream]; ok {
		return t, nil
	}
	var t domain.Token
	st, err := w.conn.Prepare("SELECT version, position FROM events WHERE stream = ?||'' ORDER BY version DESC")
	if err != nil {
		return t, err
	}
	st.BindText(1, stream)
	found, err := st.Step()
	if err != nil {
		return t, err
	}
	if found {
		t = domain.Token{Version: uint64(st.ColumnInt64(0)), Position: uint64(st.ColumnInt64(1))}
	}
	w.keep(stream, t)
	return t, st.Reset()
}

func (w *writer) keep(stream string, t domain.Token) {
	if len(w.heads) >= maxHeads {
		clear(w.heads)
	}
	w.heads[stream] = t
}

// repeated answers the tokens of a request whose every event lies in its place
// already, or nil.
func (w *writer) repeated(r *request) ([]domain.Token, error) {
	tokens, events := make([]domain.Token, len(r.commits)), 0
	for i, c := range r.commits {
		tokens[i] = c.At
		for _, e := range c.Events {
			id, position, err := w.at(c.Stream, e.Version)
			if err != nil || id != e.ID {
				return nil, err
			}
			tokens[i] = domain.Token{Version: e.Version, Position: position}
			events++
		}
	}
	if events == 0 {
		return nil, nil
	}
	return tokens, nil
}

func (w *writer) at(stream string, version uint64) (id uuid.UUID, position uint64, err error) {
	st, err := w.conn.Prepare("SELECT id, position FROM events WHERE stream = ?||'' AND version = ?+0")
	if err != nil {
		return id, 0, err
	}
	st.BindText(1, stream)
	st.BindInt64(2, int64(version))
	found, err := st.Step()
	if err != nil || !found {
		return id, 0, err
	}
	st.ColumnBytes(0, id[:])
	position = uint64(st.ColumnInt64(1))
	return id, position, st.Reset()
}

const insert = "INSERT INTO events (position, id, stream, version, type, body, leaf) VALUES (?, ?, ?, ?, ?, ?, ?)"

func (w *writer) write(r *request) error {
	st, err := w.conn.Prepare(insert)
	if err != nil {
		return err
	}
	tokens := make([]domain.Token, len(r.commits))
	for i, c := range r.commits {
		tokens[i] = w.heads[c.Stream]
		for j, e := range c.Events {
			w.last++
			st.BindInt64(1, int64(w.last))
			st.BindBytes(2, e.ID[:])
			st.BindText(3, e.Stream)
			st.BindInt64(4, int64(e.Version))
			st.BindText(5, e.Type)
			st.BindBytes(6, e.Body)
			st.BindBytes(7, r.leaves[i][j][:])
			if _, err := st.Step(); err != nil {
				return err
			}
			if err := st.Reset(); err != nil {
				return err
			}
			tokens[i] = domain.Token{Version: e.Version, Position: w.last}
		}
		w.events += len(c.Events)
		w.keep(c.Stream, tokens[i])
	}
	w.bytes += r.bytes
	r.tokens = tokens
	return nil
}

func (w *writer) exec(query string) error {
	st, err := w.conn.Prepare(query)
	if err == nil {
		_, err = st.Step()
	}
	return err
}

// A checkpoint is due after so much; the WAL then holds some tens of megabytes.
const (
	dueEvents, dueCommits, dueBytes = 10_000, 2000, 16 << 20
	maxWALPages                     = 64 << 10
)

// checkpoint copies the WAL into the file when it is due. SQLite would do it by
// itself and ignore a refused fsync, after which the WAL could be given up with
// pages lost: here that is fatal.
func (w *writer) checkpoint() error {
	if w.events < dueEvents && w.commits < dueCommits && w.bytes < dueBytes {
		return nil
	}
	w.events, w.commits, w.bytes = 0, 0, 0
	pages, err := w.copyWAL("PRAGMA wal_checkpoint(PASSIVE)")
	if err == nil && pages > maxWALPages {
		_, err = w.copyWAL("PRAGMA wal_checkpoint(TRUNCATE)")
	}
	if err != nil {
		return w.s.fail("checkpoint", err)
	}
	return nil
}

// copyWAL answers the number of pages in the WAL.
func (w *writer) copyWAL(pragma string) (pages int64, err error) {
	st, err := w.conn.Prepare(pragma)
	if err != nil {
		return 0, err
	}
	if _, err := st.Step(); err != nil {
		return 0, err
	}
	pages = st.ColumnInt64(1)
	return pages, st.Reset()
}
