package sqldb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// openPool opens connections whose texts are such as PostgreSQL can hold. What somebody
// types or puts into an address may have a NUL or broken UTF-8 in it: SQLite finds
// nothing then, PostgreSQL would answer an error.
func openPool(of *pgx.ConnConfig) *sql.DB {
	return sql.OpenDB(texts{stdlib.GetConnector(*of)})
}

type texts struct{ driver.Connector }

func (t texts) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := t.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return textConn{c.(*stdlib.Conn)}, nil
}

type textConn struct{ *stdlib.Conn }

// CheckNamedValue puts the replacement character for what cannot be held.
func (c textConn) CheckNamedValue(v *driver.NamedValue) error {
	if s, ok := v.Value.(string); ok {
		v.Value = holdable(s)
	}
	return c.Conn.CheckNamedValue(v)
}

func holdable(s string) string {
	if strings.IndexByte(s, 0) < 0 && utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", "\uFFFD"), "\uFFFD")
}
