package ledgerfile

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain/ledger"
)

// Fork: the log is not the one that was signed. It names the events among which it
// differs, 0 if the log is too short. Nothing is signed any more (proof.md 3).
type Fork struct {
	First, Last int64 // positions
	Signed      int64 // events of the tree that was committed to
	Found       int64 // events there are
}

func (f *Fork) Error() string {
	if f.Found < f.Signed {
		return fmt.Sprintf("FORK: the log has %d events, a tree of %d was signed: refusing to sign", f.Found, f.Signed)
	}
	return fmt.Sprintf("FORK: events %d to %d are not those that were signed: refusing to sign", f.First, f.Last)
}

// derive reads the whole log up to the newest tree that was committed to, compares
// it with every such tree, and answers the edge to go on from. Where the file of
// hashes says something else, and no tree does, the file is damaged and is written
// again. One that is empty is written on the way.
func (s *Sealer) derive(ctx context.Context, upto []tlog.Tree) (*ledger.Frontier, error) {
	var last int64
	if len(upto) > 0 {
		last = upto[len(upto)-1].N
	}
	f := &ledger.Frontier{}
	file := bufio.NewReaderSize(io.NewSectionReader(s.hashes.file, 0, tlog.StoredHashCount(last)*hashSize), 1<<20)
	var list []tlog.Hash
	damaged := int64(-1) // first event whose hashes are not in the file
	fresh, err := s.hashes.empty()
	if err != nil {
		return nil, err
	}
	s.hashes.begin(0)
	before := int64(0) // the tree before the next one to compare
	err = s.read(ctx, 0, last, func(leaf [32]byte) error {
		list = f.Stored(leaf, list[:0])
		if fresh {
			if err := s.hashes.add(list); err != nil {
				return err
			}
		} else if damaged < 0 && !same(file, list) {
			damaged = f.Size
		}
		if upto[0].N != f.Size {
			return nil
		}
		if upto[0].Hash != f.Root() {
			fork := &Fork{First: before + 1, Last: f.Size, Signed: f.Size, Found: f.Size}
			if damaged > before { // the file still knows which event it was
				fork.First, fork.Last = damaged, damaged
			}
			return fork
		}
		before, upto = f.Size, upto[1:]
		return nil
	})
	var missing ledger.Missing
	switch {
	case errors.As(err, &missing):
		return nil, &Fork{First: missing.Leaf + 1, Last: missing.Leaf + 1, Signed: last, Found: last}
	case err != nil:
		return nil, err
	case f.Size < last:
		return nil, &Fork{Signed: last, Found: f.Size}
	case damaged >= 0:
		s.c.Report("the file of hashes is damaged and is written again", fmt.Errorf("from event %d", damaged))
		return f, s.rewrite(ctx, last)
	case fresh:
		return f, s.hashes.flush()
	}
	s.hashes.begin(last)
	return f, nil
}

// compare holds the log to every tree that was committed to, this process's own and
// those of others. A checkpoint may be newer than an old copy of the journal.
func (s *Sealer) compare(ctx context.Context, committed []tlog.Tree, size int64) (err error) {
	if s.edge == nil {
		if signed := s.Status().Tree; len(committed) == 0 && signed.N > 0 || len(committed) > 0 && signed.N > committed[len(committed)-1].N {
			committed = append(committed[:len(committed):len(committed)], signed)
		}
		s.compared = 0
		if s.edge, err = s.derive(ctx, committed); err == nil && len(committed) > 0 {
			s.compared = committed[len(committed)-1].N
		}
		return err
	}
	fresh, _ := slices.BinarySearchFunc(committed, s.compared+1, func(t tlog.Tree, n int64) int { return cmp.Compare(t.N, n) })
	for _, t := range committed[fresh:] {
		if t.N > size {
			return &Fork{Signed: t.N, Found: size}
		}
		if err := s.extend(ctx, s.edge, t.N); err != nil {
			return err
		}
		if err := s.hashes.flush(); err != nil {
			return err
		}
		if root, err := tlog.TreeHash(t.N, s.hashes); err != nil {
			return err
		} else if root != t.Hash {
			return &Fork{First: s.compared + 1, Last: t.N, Signed: t.N, Found: size}
		}
		s.compared = t.N
	}
	return nil
}

// same compares the next hashes of the file.
func same(file io.Reader, list []tlog.Hash) bool {
	var h tlog.Hash
	for i := range list {
		if _, err := io.ReadFull(file, h[:]); err != nil || !bytes.Equal(h[:], list[i][:]) {
			return false
		}
	}
	return true
}

// rewrite makes the file of hashes again.
func (s *Sealer) rewrite(ctx context.Context, last int64) error {
	f := &ledger.Frontier{}
	s.hashes.begin(0)
	if err := s.extend(ctx, f, last); err != nil {
		return err
	}
	return s.hashes.flush()
}

// extend puts the leaves after a tree into the file, up to a number of them.
func (s *Sealer) extend(ctx context.Context, f *ledger.Frontier, upto int64) error {
	var list []tlog.Hash
	return s.read(ctx, f.Size, upto, func(leaf [32]byte) error {
		list = f.Stored(leaf, list[:0])
		return s.hashes.add(list)
	})
}

// read yields the leaves after so many and up to so many.
func (s *Sealer) read(ctx context.Context, after, upto int64, each func([32]byte) error) error {
	if after >= upto {
		return nil
	}
	for leaf, err := range s.c.Leaves.All(ctx, after) {
		if err == nil {
			err = each(leaf)
		}
		if err != nil {
			return err
		}
		if after++; after == upto {
			return nil
		}
	}
	return nil
}
