package sqldb

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Schema is a schema of a PostgreSQL database whose tables stay: what several
// instances share beside the log and its read models.
type Schema struct {
	Name string
	// Tables makes them where they are not, in the words of SQLite or of PostgreSQL. It
	// may run again over tables that are there.
	Tables string
	// Grant is what the application's role may do with rows; "" is all but DDL.
	Grant string
	// Of is the log that the rows belong to; "" asks for tables that are there, whosever.
	Of string
	// Connections is how many are open at most; default 4: a server of tables has few, and
	// every instance has several such schemas.
	Connections int
}

// OtherLog: the tables belong to another log. Going on would mix two offices.
type OtherLog struct{ Schema, Lies, Asked string }

func (e OtherLog) Error() string {
	return fmt.Sprintf("schema %s belongs to log %s, not to %s", e.Schema, e.Lies, e.Asked)
}

// ErrNeedsOwner: the tables are missing or of another version, and the role may not make
// them.
var ErrNeedsOwner = errors.New("the role may not make tables")

// reaching is how long a server may take to let somebody in.
const reaching = 5 * time.Second

// ErrNoTables: there are no tables yet; a running server makes them.
var ErrNoTables = errors.New("there are no tables yet")

// OpenSchema opens a schema with the application's role at url, and makes its tables
// with the role at owner ("": the same) where they are missing or were made by another
// version. Every commit is durable before it is answered.
func OpenSchema(ctx context.Context, url, owner string, s Schema) (*sql.DB, error) {
	db, err := openSchema(ctx, url, owner, s)
	if err != nil {
		return nil, fmt.Errorf("tables of %s: %w", s.Name, err)
	}
	return db, nil
}

func openSchema(ctx context.Context, url, owner string, s Schema) (*sql.DB, error) {
	app, err := s.config(url)
	if err != nil {
		return nil, err
	}
	db := openPool(app)
	db.SetMaxOpenConns(cmp.Or(s.Connections, 4))
	db.SetMaxIdleConns(cmp.Or(s.Connections, 4))
	db.SetConnMaxIdleTime(5 * time.Minute)
	made, err := s.made(ctx, db)
	if err == nil && !made {
		if s.Of == "" {
			err = ErrNoTables
		} else {
			err = s.make(ctx, app, url, owner)
		}
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func (s Schema) quoted() string { return pgx.Identifier{s.Name}.Sanitize() }

// config is how a role reaches the schema. An instance that vanishes without a word
// holds its locks for some seconds, no longer.
func (s Schema) config(url string) (*pgx.ConnConfig, error) {
	c, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	if c.ValidateConnect == nil { // a standby lags, and cannot be written
		c.ValidateConnect = pgconn.ValidateConnectTargetSessionAttrsPrimary
	}
	if c.ConnectTimeout == 0 {
		c.ConnectTimeout = reaching
	}
	for k, v := range keepAlive {
		c.RuntimeParams[k] = v
	}
	c.RuntimeParams["search_path"] = s.quoted() + ", pg_temp"
	c.RuntimeParams["application_name"] = "ayumi " + s.Name
	c.RuntimeParams["synchronous_commit"] = "on"
	c.RuntimeParams["idle_in_transaction_session_timeout"] = "5s"
	return c, nil
}

// version stands for the tables as this program makes them.
func (s Schema) version() string {
	sum := sha256.Sum256([]byte(s.Tables + "\x00" + s.Grant))
	return hex.EncodeToString(sum[:8])
}

// made tells whether the tables are there, as this program makes them and for this
// role to use.
func (s Schema) made(ctx context.Context, db *sql.DB) (bool, error) {
	var word string
	var may bool
	err := db.QueryRowContext(ctx, `SELECT coalesce(obj_description(oid, 'pg_namespace'), ''), has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = $1`, s.Name).Scan(&word, &may)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	version, of, known := strings.Cut(word, " of ")
	if known && s.Of != "" && of != s.Of {
		return false, OtherLog{s.Name, of, s.Of}
	}
	return known && may && (version == s.version() || s.Of == ""), nil
}

// make makes the tables. Several instances may begin at once.
func (s Schema) make(ctx context.Context, app *pgx.ConnConfig, url, owner string) error {
	if owner == "" {
		owner = url
	}
	c, err := s.config(owner)
	if err != nil {
		return fmt.Errorf("owner: %w", err)
	}
	conn, err := pgx.ConnectConfig(ctx, c)
	if err != nil {
		return fmt.Errorf("owner: %w", err)
	}
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		for _, statement := range s.statements(app.User, c.User) {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return fmt.Errorf("%.80s: %w", statement, err)
			}
		}
		return nil
	})
	var told *pgconn.PgError
	if errors.As(err, &told) && told.Code == "42501" {
		err = fmt.Errorf("%w: %w", ErrNeedsOwner, err)
	}
	return errors.Join(err, conn.Close(context.WithoutCancel(ctx)))
}

func (s Schema) statements(app, owner string) []string {
	name, comment := s.quoted(), s.version()+" of "+s.Of
	out := []string{
		"SELECT pg_advisory_xact_lock(hashtextextended('ayumi tables', 0))",
		"CREATE SCHEMA IF NOT EXISTS " + name,
		strings.NewReplacer(" INTEGER", " BIGINT", " TEXT", ` TEXT COLLATE "C"`, " BLOB", " BYTEA", ", WITHOUT ROWID", "", " STRICT", "").Replace(s.Tables),
		"COMMENT ON SCHEMA " + name + " IS '" + strings.ReplaceAll(comment, "'", "''") + "'",
		"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA " + name + " FROM PUBLIC",
	}
	if app == owner {
		return out
	}
	to := " TO " + pgx.Identifier{app}.Sanitize()
	grant := s.Grant
	if grant == "" {
		grant = "SELECT, INSERT, UPDATE, DELETE"
	}
	return append(out,
		"GRANT USAGE ON SCHEMA "+name+to,
		"GRANT "+grant+" ON ALL TABLES IN SCHEMA "+name+to,
		"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA "+name+to)
}
