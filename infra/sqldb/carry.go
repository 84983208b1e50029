package sqldb

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Carried is a file of SQLite whose rows go into a schema.
type Carried struct {
	File   string `json:"file"`
	Schema string `json:"schema"`
	Rows   int64  `json:"rows"`
}

// ErrOccupied: the tables to carry to hold something already.
var ErrOccupied = errors.New("there is something in the tables already")

// Carry copies files into the schemas of a database, whose tables are there and empty:
// all rows of all of them, each read back and compared, or none. Nobody may write the
// files meanwhile; they stay as they are.
func Carry(ctx context.Context, url string, files []Carried) error {
	c, err := Schema{Name: "pg_temp"}.config(url)
	if err != nil {
		return err
	}
	delete(c.RuntimeParams, "idle_in_transaction_session_timeout") // a long file is read between two rows
	conn, err := pgx.ConnectConfig(ctx, c)
	if err != nil {
		return err
	}
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		for i := range files {
			if err := carry(ctx, tx, &files[i]); err != nil {
				return fmt.Errorf("%s: %w", files[i].File, err)
			}
		}
		return nil
	})
	return errors.Join(err, conn.Close(context.WithoutCancel(ctx)))
}

func carry(ctx context.Context, tx pgx.Tx, f *Carried) error {
	db, err := sql.Open("sqlite", source(f.File, 32))
	if err != nil {
		return err
	}
	defer db.Close()
	from, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer from.Rollback() //nolint:errcheck // it only read
	tables, err := names(ctx, from)
	for _, table := range tables {
		if err == nil {
			err = carryTable(ctx, from, tx, table, f)
		}
	}
	return err
}

func names(ctx context.Context, from *sql.Tx) (out []string, err error) {
	rows, err := from.QueryContext(ctx, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		out = append(out, name)
	}
	return out, rows.Err()
}

func carryTable(ctx context.Context, from *sql.Tx, tx pgx.Tx, table string, f *Carried) error {
	to := pgx.Identifier{f.Schema, table}
	var occupied bool
	if err := tx.QueryRow(ctx, "SELECT EXISTS (SELECT FROM "+to.Sanitize()+")").Scan(&occupied); err != nil {
		return err
	}
	if occupied {
		return fmt.Errorf("table %s: %w", table, ErrOccupied)
	}
	src, err := rowsOf(ctx, from, "SELECT * FROM "+pgx.Identifier{table}.Sanitize())
	if err != nil {
		return err
	}
	defer src.Close()
	n, err := tx.CopyFrom(ctx, to, src.columns, src)
	if err != nil {
		return fmt.Errorf("table %s: %w", table, err)
	}
	f.Rows += n
	return sameRows(ctx, from, tx, table, to, src.columns)
}

// sameRows reads both tables in one order and demands that they are equal.
func sameRows(ctx context.Context, from *sql.Tx, tx pgx.Tx, table string, to pgx.Identifier, columns []string) error {
	var list, order strings.Builder
	for i, c := range columns {
		if i > 0 {
			list.WriteString(", ")
			order.WriteString(", ")
		}
		list.WriteString(pgx.Identifier{c}.Sanitize())
		order.WriteString(pgx.Identifier{c}.Sanitize() + " NULLS FIRST")
	}
	query := "SELECT " + list.String() + " FROM %s ORDER BY " + order.String()
	here, err := rowsOf(ctx, from, fmt.Sprintf(query, pgx.Identifier{table}.Sanitize()))
	if err != nil {
		return err
	}
	defer here.Close()
	there, err := tx.Query(ctx, fmt.Sprintf(query, to.Sanitize()))
	if err != nil {
		return err
	}
	defer there.Close()
	for n := 1; ; n++ {
		more := here.Next()
		if more != there.Next() {
			return errors.Join(here.Err(), there.Err(), fmt.Errorf("table %s: row %d is not in both", table, n))
		}
		if !more {
			return errors.Join(here.Err(), there.Err())
		}
		one, err := here.Values()
		if err != nil {
			return err
		}
		other, err := there.Values()
		if err != nil {
			return err
		}
		for i := range one {
			if !sameValue(one[i], other[i]) {
				return fmt.Errorf("table %s: row %d came out otherwise in column %s", table, n, columns[i])
			}
		}
	}
}

func sameValue(a, b any) bool {
	raw, isRaw := a.([]byte)
	other, isOther := b.([]byte)
	if isRaw || isOther {
		return isRaw == isOther && bytes.Equal(raw, other)
	}
	return a == b
}

// sourceRows hands rows of SQLite to COPY.
type sourceRows struct {
	*sql.Rows
	columns []string
	values  []any
	into    []any
}

func rowsOf(ctx context.Context, from *sql.Tx, query string) (*sourceRows, error) {
	rows, err := from.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	s := &sourceRows{Rows: rows}
	if s.columns, err = rows.Columns(); err != nil {
		return nil, errors.Join(err, rows.Close())
	}
	s.values, s.into = make([]any, len(s.columns)), make([]any, len(s.columns))
	for i := range s.into {
		s.into[i] = &s.values[i]
	}
	return s, nil
}

// Values keeps the contract of pgx.CopyFromSource.
func (s *sourceRows) Values() ([]any, error) { return s.values, s.Scan(s.into...) }
