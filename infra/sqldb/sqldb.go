// Package sqldb keeps the read models in SQLite, one file for each generation of
// each of them and one that says which of these answers, or in PostgreSQL, where the
// same lies in schemas. Everything in it can be made again from the log.
package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver

	"ayumi/projections"
)

// DB is the folder of the read models in SQLite.
type DB struct {
	dir      string
	o        Options
	registry *sql.DB

	held
}

// Options of a database. The zero value is right for production.
type Options struct {
	// Readers is the number of reading connections of each read model; default 4.
	Readers int
	// CacheMB is the page cache of each writing connection in megabytes; default
	// 32, and twice that under construction.
	CacheMB int
}

// Open opens the folder at dir and makes it if there is none.
func Open(ctx context.Context, dir string, o Options) (*DB, error) {
	if o.Readers <= 0 {
		o.Readers = 4
	}
	if o.CacheMB <= 0 {
		o.CacheMB = 32
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("read models: %w", err)
	}
	d := &DB{dir: dir, o: o}
	var err error
	d.registry, err = d.writer(ctx, d.file("registry"))
	return d, err
}

func (d *DB) file(name string) string { return filepath.Join(d.dir, name+".db") }

const pageSize = "PRAGMA page_size = 8192"

// writer opens the one connection that writes a file. A power cut may take its
// newest transactions with it, rows and checkpoints together; the file stays sound.
func (d *DB) writer(ctx context.Context, path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", source(path, d.o.CacheMB, "page_size(8192)", "journal_mode(WAL)", "synchronous(NORMAL)",
		"wal_autocheckpoint(2000)")+"&_txlock=immediate")
	if err != nil {
		return nil, fmt.Errorf("read models %s: %w", path, err)
	}
	db.SetMaxOpenConns(1)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("read models %s: %w", path, err), db.Close())
	}
	return db, nil
}

func source(path string, cacheMB int, pragmas ...string) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}
	u.RawQuery = fmt.Sprintf("_pragma=busy_timeout(10000)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-%d)", cacheMB<<10)
	for _, p := range pragmas {
		u.RawQuery += "&_pragma=" + p
	}
	return u.String()
}

// Database is the view that projections have.
func (d *DB) Database() projections.Database {
	return projections.Database{
		Registry: d.registry, Setup: d.setup, Open: d.place, Build: d.build, Drop: d.drop,
	}
}

func (d *DB) setup(ctx context.Context, statements ...string) error {
	for _, s := range statements {
		if _, err := d.registry.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("%.80s: %w", s, err)
		}
	}
	return nil
}

func (d *DB) place(ctx context.Context, name string) (*projections.Place, error) {
	p := &projections.Place{Name: name, Mark: mark}
	var err error
	if p.Write, err = d.writer(ctx, d.file(name)); err == nil {
		p.Read, err = d.readers(d.file(name))
	}
	if err != nil {
		return nil, errors.Join(err, closed(p))
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

// mark has no number: the driver would look for the name of each.
func mark(int) string { return "?" }

func (d *DB) readers(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", source(path, 16, "query_only(ON)"))
	if err != nil {
		return nil, fmt.Errorf("read models %s: %w", path, err)
	}
	db.SetMaxOpenConns(d.o.Readers)
	db.SetMaxIdleConns(d.o.Readers)
	return db, nil
}

func closed(p *projections.Place) error {
	var err error
	for _, db := range []*sql.DB{p.Read, p.Write} {
		if db != nil {
			err = errors.Join(err, db.Close())
		}
	}
	return err
}

// synced makes a file and its name durable.
func synced(paths ...string) error {
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return fmt.Errorf("read models: %w", err)
		}
		if err := errors.Join(f.Sync(), f.Close()); err != nil {
			return fmt.Errorf("read models: %w", err)
		}
	}
	return nil
}

func (d *DB) drop(_ context.Context, name string) error {
	for _, end := range []string{"", "-wal", "-shm", "-journal"} {
		if err := os.Remove(d.file(name) + end); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("read models: %w", err)
		}
	}
	return nil
}

// Close ends all connections. What is under construction is lost.
func (d *DB) Close() error {
	return errors.Join(d.leave(), d.registry.Close())
}
