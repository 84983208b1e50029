package sqlitestore

import (
	"context"
	"fmt"
	"os"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"ayumi/domain"
)

// Stats says how large a log is.
type Stats struct {
	Events   uint64 `json:"events"`
	Bytes    int64  `json:"bytes"`     // of the file
	WALBytes int64  `json:"wal_bytes"` // of the write-ahead log beside it
	Waiting  int    `json:"waiting"`   // appends that wait for the committer
}

// Stats answers the size of the log now.
func (s *Store) Stats() Stats {
	return Stats{
		Events: s.head.Load().Position, Waiting: len(s.queue),
		Bytes: sizeOf(s.path), WALBytes: sizeOf(s.path + "-wal"),
	}
}

func sizeOf(path string) int64 {
	i, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return i.Size()
}

// IntegrityCheck reads everything: the file's structure, that positions and the
// versions of each stream have no gap, and that every leaf hash is that of its
// body. The error names the first damage.
func (s *Store) IntegrityCheck(ctx context.Context) error {
	r, err := s.reader(ctx)
	if err != nil {
		return err
	}
	err = r.structure()
	s.readers <- r
	if err != nil {
		return fmt.Errorf("check %s: %w", s.path, err)
	}
	for e, err := range s.All(ctx, 0) {
		if err != nil {
			return err
		}
		leaf, err := domain.Leaf(e.Body)
		if err != nil {
			return fmt.Errorf("check position %d: %w", e.Position, err)
		}
		if leaf != e.Leaf {
			return fmt.Errorf("check position %d: body does not give the stored leaf hash", e.Position)
		}
	}
	return ctx.Err()
}

func (r *reader) structure() error {
	first := ""
	err := sqlitex.Execute(r.conn, "PRAGMA integrity_check(1)", &sqlitex.ExecOptions{
		ResultFunc: func(row *sqlite.Stmt) error { first = row.ColumnText(0); return nil },
	})
	if err != nil {
		return err
	}
	if first != "ok" {
		return fmt.Errorf("file is damaged: %s", first)
	}
	gap := ""
	err = sqlitex.Execute(r.conn, "SELECT stream FROM events GROUP BY stream HAVING max(version) <> count(*) OR min(version) <> 1 LIMIT 1", &sqlitex.ExecOptions{
		ResultFunc: func(row *sqlite.Stmt) error { gap = row.ColumnText(0); return nil },
	})
	if err == nil && gap != "" {
		err = fmt.Errorf("versions of stream %s have a gap", gap)
	}
	return err
}
