package keyring

import (
	"context"
	"errors"
	"math"
)

var (
	errNoKey  = errors.New("no key was ever made")
	errClosed = errors.New("keyring is closed")
	// errEpoch: the row is of an epoch whose KEK is not held, or not the newest: the
	// table was rewritten meanwhile, or the row never was.
	errEpoch = errors.New("wrapped under a kek that is not held")
)

// table keeps key records, the epochs and the mark: a file of one process, or a
// database of several. What it answers is durable.
type table interface {
	// look answers where the table stands, and who was destroyed after since.
	look(ctx context.Context, since int64) (standing, error)
	// read answers the row of an owner as it lies there: errNoKey if there is none.
	read(ctx context.Context, owner string) (row, error)
	// insert writes a row unless another was first, and answers the one that stands;
	// errEpoch if there is none because a newer epoch has begun.
	insert(ctx context.Context, owner string, r row) (row, error)
	// destroy takes a key away, or forbids one that was never made.
	destroy(ctx context.Context, owner string, epoch int64) error
	// rewrite wraps every key anew and begins an epoch, in one transaction: errEpoch if
	// the newest is not from. A table without epochs is begun from 0.
	rewrite(ctx context.Context, from, epoch int64, probe []byte, wrap wrapper) error
	// alone works while no other process does so on the same table.
	alone(ctx context.Context, work func() error) error
	mark(ctx context.Context) (Mark, error)
	keepMark(ctx context.Context, m Mark) error
	close() error
}

// standing is where a table stands: its newest epoch with its probe, 0 in a new one,
// and how many keys were destroyed in it.
type standing struct {
	epoch     int64
	probe     []byte
	count     int64
	destroyed []string
}

// nobody is looked for: only where the table stands.
const nobody = math.MaxInt64

// wrapper wraps a key anew.
type wrapper func(owner string, r row) ([]byte, error)
