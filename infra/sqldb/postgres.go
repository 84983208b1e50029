package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"ayumi/projections"
)

// Postgres keeps the read models in a PostgreSQL database: one schema for each
// generation of each of them, and one that says which of these answers.
type Postgres struct {
	app, owner *pgx.ConnConfig
	o          PostgresOptions
	registry   *sql.DB

	held
}

// PostgresOptions of a database. The zero value is right for production.
type PostgresOptions struct {
	// Owner is the URL of the role that makes and drops schemas; "" lets the role of
	// the application do it. It never reads or writes a row but while it makes them.
	Owner string
	// Prefix begins the name of every schema, so that several logs can lie in one
	// database; default "ayumi".
	Prefix string
	// Readers is the number of reading connections of each read model; default 4.
	Readers int
}

// OpenPostgres opens the database at url with the application's role.
func OpenPostgres(ctx context.Context, url string, o PostgresOptions) (*Postgres, error) {
	if o.Prefix == "" {
		o.Prefix = "ayumi"
	}
	if o.Readers <= 0 {
		o.Readers = 4
	}
	d := &Postgres{o: o}
	var err error
	if d.app, err = pgx.ParseConfig(url); err != nil {
		return nil, fmt.Errorf("read models: %w", err)
	}
	d.owner = d.app
	if o.Owner != "" {
		if d.owner, err = pgx.ParseConfig(o.Owner); err != nil {
			return nil, fmt.Errorf("read models, owner: %w", err)
		}
	}
	if d.registry, err = d.pool(ctx, "registry", 1, nil); err != nil {
		return nil, fmt.Errorf("read models: %w", err)
	}
	return d, nil
}

// schema is the name of a place in the database, quoted.
func (d *Postgres) schema(name string) string {
	return pgx.Identifier{d.o.Prefix + "_" + name}.Sanitize()
}

// config is how a role reaches one schema.
func (d *Postgres) config(of *pgx.ConnConfig, name string, more map[string]string) *pgx.ConnConfig {
	c := of.Copy()
	if c.RuntimeParams == nil {
		c.RuntimeParams = map[string]string{}
	}
	c.RuntimeParams["search_path"] = d.schema(name)
	c.RuntimeParams["application_name"] = "ayumi " + name
	for k, v := range more {
		c.RuntimeParams[k] = v
	}
	return c
}

func (d *Postgres) pool(ctx context.Context, name string, size int, more map[string]string) (*sql.DB, error) {
	db := openPool(d.config(d.app, name, more))
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// Database is the view that projections have.
func (d *Postgres) Database() projections.Database {
	return projections.Database{
		Registry: d.registry, Setup: d.setup, Open: d.place, Build: d.build, Drop: d.drop, Lead: d.lead,
	}
}

// setup makes the tables of the registry. Several instances may begin at once.
func (d *Postgres) setup(ctx context.Context, statements ...string) error {
	return d.own(ctx, "registry", func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", d.key("setup")); err != nil {
			return err
		}
		if err := d.enter(ctx, tx, "registry"); err != nil {
			return err
		}
		for _, s := range statements {
			if _, err := tx.Exec(ctx, columnTypes(s)); err != nil {
				return fmt.Errorf("%.80s: %w", s, err)
			}
		}
		return d.grant(ctx, tx, "registry")
	})
}

// own works in a schema with the role that may make tables.
func (d *Postgres) own(ctx context.Context, name string, work func(pgx.Tx) error) error {
	conn, err := pgx.ConnectConfig(ctx, d.config(d.owner, name, nil))
	if err == nil {
		err = errors.Join(pgx.BeginFunc(ctx, conn, work), conn.Close(context.WithoutCancel(ctx)))
	}
	if err != nil {
		return fmt.Errorf("read models %s: %w", name, err)
	}
	return nil
}

// enter makes a schema, if there is none.
func (d *Postgres) enter(ctx context.Context, tx pgx.Tx, name string) error {
	_, err := tx.Exec(ctx, "CREATE SCHEMA IF NOT EXISTS "+d.schema(name))
	return err
}

// grant lets the application's role read and write the rows of a schema, no more.
func (d *Postgres) grant(ctx context.Context, tx pgx.Tx, name string) error {
	if d.app.User == d.owner.User {
		return nil
	}
	to := " TO " + pgx.Identifier{d.app.User}.Sanitize()
	for _, s := range []string{"GRANT USAGE ON SCHEMA " + d.schema(name), "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA " + d.schema(name)} {
		if _, err := tx.Exec(ctx, s+to); err != nil {
			return err
		}
	}
	return nil
}

// columnTypes spells a statement of projections as PostgreSQL wants it: whole
// numbers have 64 bits in SQLite, where only INTEGER names the row, and texts are
// compared byte by byte.
func columnTypes(statement string) string {
	if !strings.HasPrefix(statement, "CREATE TABLE") {
		return statement
	}
	return strings.NewReplacer(" INTEGER", " BIGINT", " TEXT", ` TEXT COLLATE "C"`).Replace(statement)
}

// place opens a place. A power cut may take its newest transactions with it, rows
// and checkpoints together.
func (d *Postgres) place(ctx context.Context, name string) (*projections.Place, error) {
	p := &projections.Place{Name: name, Mark: func(n int) string { return "$" + strconv.Itoa(n) }}
	var err error
	if p.Write, err = d.pool(ctx, name, 1, map[string]string{"synchronous_commit": "off"}); err == nil {
		p.Read, err = d.pool(ctx, name, d.o.Readers, map[string]string{"default_transaction_read_only": "on"})
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read models %s: %w", name, err), closed(p))
	}
	p.Close = func() error {
		if !d.release(p) {
			return nil
		}
		return closed(p)
	}
	d.hold(p, p.Close)
	return p, nil
}

func (d *Postgres) drop(ctx context.Context, name string) error {
	return d.own(ctx, name, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SET LOCAL lock_timeout = '10s'"); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "DROP SCHEMA IF EXISTS "+d.schema(name)+" CASCADE")
		return err
	})
}

// Close ends all connections. What is under construction is lost.
func (d *Postgres) Close() error {
	return errors.Join(d.leave(), d.registry.Close())
}

// key is the number of an advisory lock of these read models.
func (d *Postgres) key(what string) int64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "ayumi\x00%s\x00%s", d.o.Prefix, what)
	return int64(h.Sum64())
}

// How often an instance asks whether it may lead, and whether it still does. A host
// that vanishes without a word is noticed by the server after about four seconds.
const (
	askLead  = 100 * time.Millisecond
	keepLead = 500 * time.Millisecond
)

var keepAlive = map[string]string{"tcp_keepalives_idle": "2", "tcp_keepalives_interval": "1", "tcp_keepalives_count": "2"}

// lead waits until no other instance writes these read models. The lock lives as
// long as its connection: it ends with the process, however that ends.
func (d *Postgres) lead(ctx context.Context) (*projections.Lead, error) {
	conn, err := pgx.ConnectConfig(ctx, d.config(d.app, "registry", keepAlive))
	if err != nil {
		return nil, fmt.Errorf("read models, lead: %w", err)
	}
	for got := false; !got; {
		if err = conn.QueryRow(ctx, "SELECT pg_try_advisory_lock($1)", d.key("lead")).Scan(&got); err == nil && !got {
			err = sleep(ctx, askLead)
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("read models, lead: %w", err), conn.Close(context.WithoutCancel(ctx)))
		}
	}
	lost, done := make(chan struct{}), make(chan struct{})
	keeping, stop := context.WithCancel(context.WithoutCancel(ctx))
	go func() {
		defer close(done)
		defer close(lost)
		for sleep(keeping, keepLead) == nil {
			asked, cancel := context.WithTimeout(keeping, 4*keepLead)
			err := conn.Ping(asked)
			cancel()
			if err != nil {
				return
			}
		}
	}()
	return &projections.Lead{Lost: lost, Leave: func() error {
		stop()
		<-done
		closing, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		return conn.Close(closing)
	}}, nil
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
