package projections

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
)

// bulk hands many rows straight to the driver: database/sql looks at every value
// again, which takes a tenth of a rebuild. Its statements belong to one
// connection of the driver.
type bulk struct {
	conn       any
	statements map[string]driver.StmtExecContext
	args       []driver.NamedValue // reused
}

var errDriver = errors.New("driver lacks contexts")

// insert runs a statement for each run of values, in the transaction that is
// open on conn. Values are int64, string or []byte.
func (b *bulk) insert(ctx context.Context, conn *sql.Conn, text string, run int, values []any) error {
	return conn.Raw(func(c any) error {
		s, err := b.statement(ctx, c, text)
		if err != nil {
			return err
		}
		for len(b.args) < run {
			b.args = append(b.args, driver.NamedValue{Ordinal: len(b.args) + 1})
		}
		for ; len(values) > 0; values = values[run:] {
			for i, v := range values[:run] {
				b.args[i].Value = v
			}
			if _, err := s.ExecContext(ctx, b.args[:run]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (b *bulk) statement(ctx context.Context, conn any, text string) (driver.StmtExecContext, error) {
	if b.conn != conn {
		b.conn, b.statements = conn, map[string]driver.StmtExecContext{}
	}
	if s, ok := b.statements[text]; ok {
		return s, nil
	}
	c, ok := conn.(driver.ConnPrepareContext)
	if !ok {
		return nil, fmt.Errorf("%w: %T", errDriver, conn)
	}
	prepared, err := c.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	s, ok := prepared.(driver.StmtExecContext)
	if !ok {
		return nil, errors.Join(fmt.Errorf("%w: %T", errDriver, prepared), prepared.Close())
	}
	b.statements[text] = s
	return s, nil
}

// close ends the statements if their connection is still the one in use.
func (b *bulk) close(ctx context.Context, db *sql.DB) error {
	if len(b.statements) == 0 {
		return nil
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(c any) error {
		if c != b.conn {
			return nil // they ended with it
		}
		for text, s := range b.statements {
			err = errors.Join(err, s.(driver.Stmt).Close())
			delete(b.statements, text)
		}
		return err
	})
}
