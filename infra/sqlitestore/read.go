package sqlitestore

import (
	"context"
	"fmt"
	"iter"

	"zombiezen.com/go/sqlite"

	"ayumi/domain"
)

// A read takes at most so many events and bytes in one transaction, so that a
// slow reader never holds back the writer or the WAL.
const (
	batchEvents = 512
	batchBytes  = 1 << 20
	slabBytes   = 64 << 10
)

// reader is one read-only connection.
type reader struct {
	conn  *sqlite.Conn
	types map[string]string // one string per event type
	text  []byte
}

func (s *Store) reader(ctx context.Context) (*reader, error) {
	if err := s.Fault(); err != nil {
		return nil, err
	}
	select {
	case <-s.closing:
		return nil, ErrClosed
	default:
	}
	select {
	case <-s.closing:
		return nil, ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	case r := <-s.readers:
		if r != nil {
			return r, nil
		}
	}
	c, err := sqlite.OpenConn(s.path, sqlite.OpenReadOnly)
	if err != nil {
		s.readers <- nil
		return nil, fmt.Errorf("open a reader: %w", err)
	}
	return &reader{conn: c, types: map[string]string{}}, nil
}

// SQLite would plan a query anew for each value bound to a bare "column = ?" or
// to a LIMIT, which costs more than the query. Hence the expressions around the
// question marks, here and in the writer; both queries walk an index, so the
// reader just stops.
const (
	columns   = "SELECT position, id, stream, version, type, body, leaf FROM events "
	selectOne = columns + "WHERE stream = ?||'' AND version > ?+0 ORDER BY version"
	selectAll = columns + "WHERE position > ? AND position <= ? ORDER BY position"
)

// Stream keeps the contract of domain.EventStore.
func (s *Store) Stream(ctx context.Context, stream string, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		after := after
		s.inBatches(ctx, yield, func(r *reader) ([]domain.Recorded, bool, error) {
			st, err := r.conn.Prepare(selectOne)
			if err != nil {
				return nil, false, err
			}
			st.BindText(1, stream)
			st.BindInt64(2, int64(after))
			batch, more, err := r.take(st, stream)
			for _, e := range batch {
				if after++; e.Version != after {
					return nil, false, fmt.Errorf("version %d is missing", after)
				}
			}
			return batch, more, err
		})
	}
}

// All keeps the contract of domain.EventStore.
func (s *Store) All(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error] {
	head := s.head.Load().Position
	return func(yield func(domain.Recorded, error) bool) {
		after := after
		s.inBatches(ctx, yield, func(r *reader) ([]domain.Recorded, bool, error) {
			if after >= head {
				return nil, false, nil
			}
			st, err := r.conn.Prepare(selectAll)
			if err != nil {
				return nil, false, err
			}
			st.BindInt64(1, int64(after))
			st.BindInt64(2, int64(head))
			batch, _, err := r.take(st, "")
			if err == nil && len(batch) == 0 {
				err = fmt.Errorf("position %d is missing", after+1)
			}
			for _, e := range batch {
				if after++; e.Position != after {
					return nil, false, fmt.Errorf("position %d is missing", after)
				}
			}
			return batch, after < head, err
		})
	}
}

// inBatches yields what next reads until there is no more. No connection is held
// while the caller works.
func (s *Store) inBatches(ctx context.Context, yield func(domain.Recorded, error) bool, next func(*reader) ([]domain.Recorded, bool, error)) {
	for more := true; more; {
		var batch []domain.Recorded
		r, err := s.reader(ctx)
		if err == nil {
			batch, more, err = next(r)
			s.readers <- r
		}
		if err != nil {
			yield(domain.Recorded{}, fmt.Errorf("read event log: %w", err))
			return
		}
		for _, e := range batch {
			if err := ctx.Err(); err != nil {
				yield(domain.Recorded{}, fmt.Errorf("read event log: %w", err))
				return
			}
			if !yield(e, nil) {
				return
			}
		}
	}
}

// take reads rows up to the bounds of a batch; more tells that there may be
// others. With a known stream its name is not read again.
func (r *reader) take(st *sqlite.Stmt, stream string) (batch []domain.Recorded, more bool, err error) {
	var slab slab
	for len(batch) < batchEvents && slab.used < batchBytes {
		found, err := st.Step()
		if err != nil {
			return nil, false, err
		}
		if !found {
			return batch, false, nil
		}
		e := domain.Recorded{Position: uint64(st.ColumnInt64(0)), Stream: stream, Version: uint64(st.ColumnInt64(3))}
		st.ColumnBytes(1, e.ID[:])
		if stream == "" {
			e.Stream = st.ColumnText(2)
		}
		e.Type = r.typeOf(st)
		e.Body = slab.column(st, 5)
		st.ColumnBytes(6, e.Leaf[:])
		batch = append(batch, e)
	}
	return batch, true, st.Reset()
}

func (r *reader) typeOf(st *sqlite.Stmt) string {
	n := st.ColumnLen(4)
	if cap(r.text) < n {
		r.text = make([]byte, n)
	}
	r.text = r.text[:n]
	st.ColumnBytes(4, r.text)
	t, ok := r.types[string(r.text)]
	if !ok {
		t = string(r.text)
		r.types[t] = t
	}
	return t
}

// slab hands out many bodies from one piece of memory. Pieces double, so that a
// short stream does not pin a long one.
type slab struct {
	free []byte
	used int
}

func (s *slab) column(st *sqlite.Stmt, col int) []byte {
	n := st.ColumnLen(col)
	if len(s.free) < n {
		s.free = make([]byte, max(n, min(slabBytes, s.used)))
	}
	out := s.free[:n:n]
	s.free, s.used = s.free[n:], s.used+n
	st.ColumnBytes(col, out)
	return out
}
