package kurrentdb

import (
	"maps"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/google/uuid"
	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"ayumi/domain"
)

// fold makes the index from the log of all, in its order. What it decides hangs on
// nothing but the events before, so that every instance and every rebuild counts the
// same events at the same positions.
type fold struct {
	log   string
	index *index
	open  group

	heads   map[string]domain.Token // newest of streams in use; emptied when full or unsure
	head    domain.Recorded         // position and id of the last event counted
	reached position                // everything up to here is decided
	seen    position                // the last event taken, of an append that is not whole yet perhaps
	moved   map[string]uint64       // of the batch: streams of the server and their last revision
	skipped int                     // appends that lost a race
}

const maxHeads = 100_000

func newFold(log string, x *index) (*fold, error) {
	f := &fold{log: log, index: x, heads: map[string]domain.Token{}, moved: map[string]uint64{}}
	var err error
	if f.reached, err = x.reached(); err != nil {
		return nil, err
	}
	last, err := x.places(x.conn, log, selectLast, 1, nil)
	if err == nil && len(last) == 1 {
		f.head = domain.Recorded{Position: last[0].position, ID: last[0].id}
	}
	return f, err
}

// input is one event of the log of all, or only how far the server has looked.
type input struct {
	event *esdb.RecordedEvent
	at    position
}

// take adds a run of the log in one transaction.
func (f *fold) take(batch []input) (err error) {
	before := *f
	clear(f.moved)
	end, err := sqlitex.ImmediateTransaction(f.index.conn)
	if err != nil {
		return err
	}
	defer func() {
		end(&err)
		if err != nil {
			heads, moved := f.heads, f.moved
			*f = before
			f.heads, f.moved = heads, moved
			clear(f.heads)
			clear(f.moved)
		}
	}()
	for _, in := range batch {
		if in.event != nil && f.seen.before(in.at) {
			f.seen = in.at
			if err := f.one(in.event); err != nil {
				return err
			}
		}
		if len(f.open.events) == 0 && f.reached.before(in.at) {
			f.reached = in.at
		}
	}
	return f.write()
}

// restart goes back to the last decision: what comes now begins behind it.
func (f *fold) restart() {
	f.open.clear()
	f.seen = f.reached
}

func (f *fold) one(e *esdb.RecordedEvent) error {
	f.moved[e.StreamID] = e.EventNumber
	m, own := ownMark(f.log, e)
	if !own {
		f.open.clear()
		return nil
	}
	if !f.open.add(m, e) {
		return nil
	}
	whole := f.open
	f.open.clear()
	holds, leaves, err := f.judge(whole)
	if err != nil {
		return err
	}
	if !holds {
		f.skipped++
		return nil
	}
	for i, part := range whole.events {
		if err := f.insert(whole.marks[i], part, leaves[i]); err != nil {
			return err
		}
	}
	return nil
}

// judge tells whether an append holds: every stream stands where it says, every id
// is new, every body is one.
func (f *fold) judge(g group) (bool, [][32]byte, error) {
	demands := g.demands()
	if demands == nil {
		return false, nil, nil
	}
	for _, d := range demands {
		now, err := f.headOf(d.Stream)
		if err != nil {
			return false, nil, err
		}
		if now.Version != d.After {
			return false, nil, nil
		}
	}
	leaves := make([][32]byte, len(g.events))
	ids := map[uuid.UUID]bool{}
	for i, e := range g.events {
		known, err := f.index.known(f.index.conn, e.EventID)
		if err != nil {
			return false, nil, err
		}
		leaf, malformed := domain.Leaf(e.Data)
		if known || ids[e.EventID] || malformed != nil {
			return false, nil, nil
		}
		ids[e.EventID], leaves[i] = true, leaf
	}
	return true, leaves, nil
}

func (f *fold) headOf(stream string) (domain.Token, error) {
	if t, ok := f.heads[stream]; ok {
		return t, nil
	}
	t, err := f.index.token(f.index.conn, f.log, stream)
	if err == nil {
		f.keep(stream, t)
	}
	return t, err
}

func (f *fold) keep(stream string, t domain.Token) {
	if len(f.heads) >= maxHeads {
		clear(f.heads)
	}
	f.heads[stream] = t
}

const insertPlace = `INSERT INTO events (position, id, stream, version, native, revision, at_commit, at_prepare, leaf)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`

func (f *fold) insert(m mark, e *esdb.RecordedEvent, leaf [32]byte) error {
	st, err := f.index.conn.Prepare(insertPlace)
	if err != nil {
		return err
	}
	at := f.head.Position + 1
	st.BindInt64(1, int64(at))
	st.BindBytes(2, e.EventID[:])
	st.BindText(3, m.Stream)
	st.BindInt64(4, int64(m.Version))
	if e.StreamID == native(f.log, m.Stream) {
		st.BindNull(5)
	} else {
		st.BindText(5, e.StreamID)
	}
	st.BindInt64(6, int64(e.EventNumber))
	st.BindInt64(7, int64(e.Position.Commit))
	st.BindInt64(8, int64(e.Position.Prepare))
	st.BindBytes(9, leaf[:])
	if err := run(st); err != nil {
		return err
	}
	f.head = domain.Recorded{Position: at, ID: e.EventID}
	f.keep(m.Stream, domain.Token{Version: m.Version, Position: at})
	return nil
}

// write puts down how far streams of the server reach, and how far the fold has come.
func (f *fold) write() error {
	for name := range maps.Keys(f.moved) {
		st, err := f.index.conn.Prepare("INSERT INTO natives (name, revision) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET revision = excluded.revision")
		if err != nil {
			return err
		}
		st.BindText(1, name)
		st.BindInt64(2, int64(f.moved[name]))
		if err := run(st); err != nil {
			return err
		}
	}
	st, err := f.index.conn.Prepare("UPDATE reached SET at_commit = ?, at_prepare = ?")
	if err != nil {
		return err
	}
	st.BindInt64(1, int64(f.reached.commit))
	st.BindInt64(2, int64(f.reached.prepare))
	return run(st)
}

func run(st *sqlite.Stmt) error {
	if _, err := st.Step(); err != nil {
		return err
	}
	return st.Reset()
}
