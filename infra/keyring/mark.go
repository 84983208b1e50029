package keyring

import (
	"context"

	"zombiezen.com/go/sqlite"
)

// Mark is how far the log was compared with this key table. It lies in the table:
// an old table that is put back brings its old mark with it, and what was recorded
// since is compared again.
type Mark struct {
	Position uint64
	Event    string
}

const markSchema = `CREATE TABLE IF NOT EXISTS mark (one INTEGER PRIMARY KEY CHECK (one = 1), position INTEGER NOT NULL, event TEXT NOT NULL) STRICT`

// Mark answers the mark; zero in a table that was never compared.
func (k *Keyring) Mark(ctx context.Context) (Mark, error) { return k.table.mark(ctx) }

// KeepMark writes it down.
func (k *Keyring) KeepMark(ctx context.Context, m Mark) error { return k.table.keepMark(ctx, m) }

func (t *file) mark(ctx context.Context) (m Mark, err error) {
	err = t.reading(ctx, "SELECT position, event FROM mark", nil, func(st *sqlite.Stmt) {
		m = Mark{uint64(st.ColumnInt64(0)), st.ColumnText(1)}
	})
	return m, err
}

func (t *file) keepMark(ctx context.Context, m Mark) error {
	return t.submit(ctx, &change{
		query: "INSERT INTO mark (one, position, event) VALUES (1, ?, ?) ON CONFLICT DO UPDATE SET position = excluded.position, event = excluded.event",
		args:  []any{int64(m.Position), m.Event},
	})
}
