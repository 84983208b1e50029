package keyring

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"ayumi/domain"
)

// database is the key table in PostgreSQL, in a schema of its own. What is deleted
// there lies on in pages and WAL for a time; as in every backup it ends with the KEK
// of its epoch.
type database struct {
	pool  *pgxpool.Pool
	owner *pgx.ConnConfig // nil: the application's role
	one   chan struct{}   // held by the one of this process that works alone
	write chan struct{}   // held by each that writes: who waits for a rewriting leaves connections to who reads
	ended atomic.Bool
	log   string // whose keys they are; "": of any
}

const databaseVersion = "keys 1"

// databaseSchema lets old versions of rows be swept at once: by default PostgreSQL
// waits for a fifth of the table.
const databaseSchema = `
CREATE SCHEMA ayumi_keys;
CREATE TABLE ayumi_keys.epochs (
	epoch BIGINT PRIMARY KEY,
	probe BYTEA NOT NULL -- a known text sealed under the epoch's kek
);
CREATE TABLE ayumi_keys.keys (
	owner     TEXT COLLATE "C" PRIMARY KEY,
	epoch     BIGINT NOT NULL,
	wrapped   BYTEA, -- nonce, key, tag
	destroyed BIGINT UNIQUE, -- 1, 2, 3, … in the order of their destruction
	CHECK ((wrapped IS NULL) = (destroyed IS NOT NULL))
) WITH (fillfactor = 45, autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
CREATE TABLE ayumi_keys.mark (
	one      BIGINT PRIMARY KEY CHECK (one = 1),
	position BIGINT NOT NULL,
	event    TEXT NOT NULL
);`

// The application's role cannot bring a row away.
const databaseGrants = `
GRANT USAGE ON SCHEMA ayumi_keys TO %[1]s;
GRANT SELECT, INSERT ON ayumi_keys.epochs TO %[1]s;
GRANT SELECT, INSERT, UPDATE ON ayumi_keys.keys, ayumi_keys.mark TO %[1]s;`

// Connections that each instance has at most, and how many of them write.
const (
	connections = 8
	writers     = 3
)

// reaching is how long a server may take to let somebody in.
const reaching = 15 * time.Second

// openDatabase opens it, and shows others that it is open if held.
func openDatabase(ctx context.Context, o Options, held bool) (_ *database, err error) {
	c, err := pgxpool.ParseConfig(o.Database)
	if err != nil {
		return nil, fmt.Errorf("option keys: %w", err)
	}
	prepareConn(c.ConnConfig)
	c.MinConns, c.MaxConns = 1, connections
	if held {
		c.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
			_, err := conn.Exec(ctx, "SELECT pg_advisory_lock_shared($1)", lockOpen) // for as long as the connection lives
			return err
		}
	}
	d := &database{log: o.Log, one: make(chan struct{}, 1), write: make(chan struct{}, writers)}
	if o.Owner != "" {
		if d.owner, err = pgx.ParseConfig(o.Owner); err != nil {
			return nil, fmt.Errorf("option keys-owner: %w", err)
		}
		prepareConn(d.owner)
	}
	if d.pool, err = pgxpool.NewWithConfig(ctx, c); err != nil {
		return nil, fmt.Errorf("option keys: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, reaching)
	defer cancel()
	if err := d.setUp(ctx); err != nil {
		d.pool.Close()
		return nil, fmt.Errorf("option keys: %w", err)
	}
	return d, nil
}

// prepareConn wants the server that is written to: a standby lags.
func prepareConn(c *pgx.ConnConfig) {
	c.ValidateConnect = pgconn.ValidateConnectTargetSessionAttrsPrimary
	// A host that vanishes without a word leaves its locks after about ten seconds.
	for name, value := range map[string]string{"application_name": "ayumi keys", "tcp_keepalives_idle": "4", "tcp_keepalives_interval": "2", "tcp_keepalives_count": "3"} {
		c.RuntimeParams[name] = value
	}
	if c.ConnectTimeout == 0 {
		c.ConnectTimeout = silence
	}
}

// setUp makes the tables where there are none.
func (d *database) setUp(ctx context.Context) error {
	word, err := d.word(ctx, d.pool)
	if err != nil {
		return d.away(ctx, err)
	}
	if word == "" {
		if err := d.make(ctx); err != nil {
			return fmt.Errorf("make the key table: %w", err)
		}
		if word, err = d.word(ctx, d.pool); err != nil {
			return d.away(ctx, err)
		}
	}
	version, log, _ := strings.Cut(word, " of ")
	if version != databaseVersion {
		return fmt.Errorf("version %s of the key table is not known to this program (knows %s)", strings.TrimPrefix(version, "keys "), strings.TrimPrefix(databaseVersion, "keys "))
	}
	if d.log != "" && log != d.log {
		return fmt.Errorf("the key table belongs to log %s, not to %s", log, d.log)
	}
	return nil
}

type querier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// word is what the schema says of itself: its version and its log; "" without one.
func (d *database) word(ctx context.Context, q querier) (word string, err error) {
	err = q.QueryRow(ctx, "SELECT coalesce((SELECT coalesce(obj_description(oid, 'pg_namespace'), 'keys ?') FROM pg_namespace WHERE nspname = 'ayumi_keys'), '')").Scan(&word)
	return word, err
}

// make makes the tables once, if several instances begin together.
func (d *database) make(ctx context.Context) error {
	return d.asOwner(ctx, func(conn *pgx.Conn) error {
		return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", lockAlone); err != nil {
				return err
			}
			if word, err := d.word(ctx, tx); err != nil || word != "" {
				return err
			}
			word := strings.ReplaceAll(databaseVersion+" of "+d.log, "'", "''")
			if _, err := tx.Exec(ctx, databaseSchema+"COMMENT ON SCHEMA ayumi_keys IS '"+word+"'"); err != nil {
				return err
			}
			app := d.pool.Config().ConnConfig.User
			if app == conn.Config().User {
				return nil
			}
			_, err := tx.Exec(ctx, fmt.Sprintf(databaseGrants, pgx.Identifier{app}.Sanitize()))
			return err
		})
	})
}

func (d *database) asOwner(ctx context.Context, work func(*pgx.Conn) error) error {
	if d.owner == nil {
		return d.pool.AcquireFunc(ctx, func(c *pgxpool.Conn) error { return work(c.Conn()) })
	}
	conn, err := pgx.ConnectConfig(ctx, d.owner)
	if err != nil {
		return err
	}
	return errors.Join(work(conn), conn.Close(context.WithoutCancel(ctx)))
}

func (d *database) close() error {
	d.ended.Store(true)
	d.pool.Close()
	return nil
}

// Numbers of advisory locks, of this database alone.
var (
	lockOpen  = lockNumber("open")  // shared by every connection of an instance
	lockAlone = lockNumber("alone") // by the one that works alone
	lockTurn  = lockNumber("turn")  // shared by who writes a row, alone by who rewrites all
)

func lockNumber(what string) int64 {
	h := fnv.New64a()
	h.Write([]byte("ayumi keys\x00" + what))
	return int64(h.Sum64())
}

// away says what a fault of the server means to the caller, whose own end is no fault.
func (d *database) away(ctx context.Context, err error) error {
	var told *pgconn.PgError
	switch {
	case err == nil || ctx.Err() != nil || errors.Is(err, errEpoch):
		return err
	case d.ended.Load():
		return errClosed
	case errors.As(err, &told) && !slices.Contains(passing, told.Code[:2]):
		return fmt.Errorf("key table: %w", err)
	}
	return fmt.Errorf("key table: %w: %w", domain.ErrStoreAway, err)
}

// passing are the classes of faults that end by themselves: the connection, what the
// server lacks, an operator who stops it.
var passing = []string{"08", "53", "57"}

const leaving = 2 * time.Second

// ErrOpen: another process has the key table open.
var ErrOpen = errors.New("another process has the key table open")

// unused runs work while no instance has the database open, and lets none open it.
func unused(ctx context.Context, url string, work func() error) error {
	c, err := pgx.ParseConfig(url)
	if err != nil {
		return fmt.Errorf("option keys: %w", err)
	}
	prepareConn(c)
	conn, err := pgx.ConnectConfig(ctx, c)
	if err != nil {
		return fmt.Errorf("option keys: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	// A process that has just ended has its lock until the server hears of it.
	for had, end := false, time.Now().Add(leaving); !had; time.Sleep(leaving / 50) {
		if err := conn.QueryRow(ctx, "SELECT pg_try_advisory_lock($1)", lockOpen).Scan(&had); err != nil {
			return fmt.Errorf("option keys: %w", err)
		}
		if !had && time.Now().After(end) {
			return ErrOpen
		}
	}
	return work()
}
