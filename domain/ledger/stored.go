package ledger

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Missing names a leaf, from 0, whose text is gone though nothing says why.
type Missing struct{ Leaf int64 }

func (m Missing) Error() string { return fmt.Sprintf("leaf %d is missing", m.Leaf) }

// Stored adds a leaf, as Append does, and appends to a list every hash it brings:
// its own, then of each subtree it fills, in the order of tlog.StoredHashIndex.
func (f *Frontier) Stored(leaf [32]byte, to []tlog.Hash) []tlog.Hash {
	to = append(to, leaf)
	for n, edge := f.Size, len(f.Edges)-1; n&1 == 1; n, edge = n>>1, edge-1 {
		to = append(to, tlog.NodeHash(f.Edges[edge], to[len(to)-1]))
	}
	f.Append(leaf)
	return to
}
