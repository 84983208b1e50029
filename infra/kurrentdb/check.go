package kurrentdb

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"ayumi/domain"
)

// IntegrityCheck reads the whole log of KurrentDB anew, as an instance without an
// index would, and demands the same events at the same positions with the same leaf
// hashes; then it reads every event as everybody does and hashes its body. The error
// names the first difference.
func (s *Store) IntegrityCheck(ctx context.Context) error {
	head, err := s.Head(ctx)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp(filepath.Dir(s.o.Index), "check-*")
	if err != nil {
		return fmt.Errorf("check: %w", err)
	}
	defer os.RemoveAll(dir)
	again, err := Open(ctx, Options{URL: s.o.URL, Log: s.o.Log, Index: filepath.Join(dir, "index.db"), Patience: s.o.Patience, Logger: s.o.Logger})
	if err != nil {
		return fmt.Errorf("check: %w", err)
	}
	return errors.Join(s.agree(ctx, again, head.Position), again.Close())
}

func (s *Store) agree(ctx context.Context, again *Store, head uint64) error {
	for after := uint64(0); after < head; {
		here, err := s.index.readPlaces(ctx, s.o.Log, selectAll, pageEvents, nil, after, head)
		if err != nil {
			return fmt.Errorf("check: %w", err)
		}
		there, err := again.index.readPlaces(ctx, s.o.Log, selectAll, pageEvents, nil, after, head)
		if err != nil {
			return fmt.Errorf("check: %w", err)
		}
		if len(here) == 0 || len(here) != len(there) {
			return fmt.Errorf("check: positions after %d: %d events in the index, %d counted anew", after, len(here), len(there))
		}
		for i := range here {
			if here[i] != there[i] {
				return fmt.Errorf("check position %d: the index holds %s, counted anew it is %s", here[i].position, here[i].id, there[i].id)
			}
		}
		after += uint64(len(here))
	}
	for e, err := range s.All(ctx, 0) {
		if err != nil {
			return err
		}
		leaf, err := domain.Leaf(e.Body)
		if err != nil || leaf != e.Leaf {
			return fmt.Errorf("check position %d: body does not give the stored leaf hash: %w", e.Position, err)
		}
	}
	return ctx.Err()
}
