// Package sqldb opens the database of the read models and says to them how it
// likes to be written. Everything in it can be made again from the log.
package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"

	_ "modernc.org/sqlite" // the driver

	"ayumi/projections"
)

// DB is the database of the read models: one writing connection, and a pool that
// reads beside it without waiting.
type DB struct {
	write, read *sql.DB
}

// Options of a database. The zero value is right for production.
type Options struct {
	// Readers is the number of reading connections; default 4.
	Readers int
	// CacheMB is the page cache of the writing connection in megabytes; default 64.
	CacheMB int
}

// How many pages the write-ahead log may hold before they are copied into the
// file: few while following the log, many while a read model is being built.
const (
	walPages     = 2_000
	walPagesBulk = 32_000
)

// Open opens the SQLite file at path and makes it if there is none. A power cut
// may take the newest transactions with it, rows and checkpoints together; the
// file stays sound (WAL, synchronous NORMAL).
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	if o.Readers <= 0 {
		o.Readers = 4
	}
	if o.CacheMB <= 0 {
		o.CacheMB = 64
	}
	write, err := sql.Open("sqlite", source(path, o.CacheMB, "_txlock=immediate",
		"_pragma=page_size(8192)", "_pragma=journal_mode(WAL)", fmt.Sprintf("_pragma=wal_autocheckpoint(%d)", walPages)))
	if err != nil {
		return nil, fmt.Errorf("read models %s: %w", path, err)
	}
	write.SetMaxOpenConns(1)
	if err := write.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("read models %s: %w", path, err), write.Close())
	}
	read, err := sql.Open("sqlite", source(path, 16, "_pragma=query_only(ON)"))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read models %s: %w", path, err), write.Close())
	}
	read.SetMaxOpenConns(o.Readers)
	read.SetMaxIdleConns(o.Readers)
	return &DB{write: write, read: read}, nil
}

func source(path string, cacheMB int, more ...string) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}
	u.RawQuery = fmt.Sprintf("_pragma=busy_timeout(10000)&_pragma=synchronous(NORMAL)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-%d)", cacheMB<<10)
	for _, m := range more {
		u.RawQuery += "&" + m
	}
	return u.String()
}

// Database is the view that projections have.
func (d *DB) Database() projections.Database {
	return projections.Database{
		Write: d.write, Read: d.read,
		Mark: func(int) string { return "?" }, // this driver looks numbered ones up by name
		Rows: 32,
		Bulk: d.bulk,
	}
}

func (d *DB) bulk(ctx context.Context, on bool) error {
	pages := walPages
	if on {
		pages = walPagesBulk
	}
	if _, err := d.write.ExecContext(ctx, fmt.Sprintf("PRAGMA wal_autocheckpoint(%d)", pages)); err != nil {
		return fmt.Errorf("read models: %w", err)
	}
	return nil
}

// Close ends all connections.
func (d *DB) Close() error { return errors.Join(d.read.Close(), d.write.Close()) }
