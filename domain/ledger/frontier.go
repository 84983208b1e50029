package ledger

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"math/bits"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"
)

// Frontier is the right edge of a tree (RFC 6962): the roots of its full subtrees,
// the largest first. It is all that is needed to go on from a tree without its
// leaves (proof.md 4). The zero value is the empty tree.
type Frontier struct {
	Size  int64
	Edges []tlog.Hash // one for each bit set in Size, the highest first

	full tlog.Hash // of the last whole block
}

// BlockSize is how many leaves stand under one hash of a bundle's tiles.
const (
	BlockSize  = 1 << blockLevel
	blockLevel = 8
)

var errFrontier = errors.New("frontier is malformed")

// Append adds the hash of the next leaf.
func (f *Frontier) Append(leaf [32]byte) {
	h := tlog.Hash(leaf)
	for n, level := f.Size, 1; n&1 == 1; n, level = n>>1, level+1 {
		last := len(f.Edges) - 1
		h, f.Edges = tlog.NodeHash(f.Edges[last], h), f.Edges[:last]
		if level == blockLevel {
			f.full = h
		}
	}
	f.Edges = append(f.Edges, h)
	f.Size++
}

// Root is the hash of the whole tree; of an empty one the hash of nothing.
func (f *Frontier) Root() tlog.Hash {
	if f.Size == 0 {
		h, _ := tlog.TreeHash(0, nil)
		return h
	}
	return Join(f.Edges)
}

// Join is the hash over neighbours, the largest first.
func Join(edges []tlog.Hash) tlog.Hash {
	h := edges[len(edges)-1]
	for i := len(edges) - 2; i >= 0; i-- {
		h = tlog.NodeHash(edges[i], h)
	}
	return h
}

// Block is the hash over the block of the last leaf: of one that is not full yet,
// over the leaves it has.
func (f *Frontier) Block() tlog.Hash {
	if rest := f.Size % BlockSize; rest != 0 {
		return Join(f.Edges[len(f.Edges)-bits.OnesCount64(uint64(rest)):])
	}
	return f.full
}

// Clone is the same frontier with edges of its own.
func (f *Frontier) Clone() *Frontier {
	return &Frontier{Size: f.Size, Edges: append([]tlog.Hash(nil), f.Edges...)}
}

const frontierHead = "ayumi frontier v1\n"

// Format writes a frontier in its one spelling: its name, the size, then one edge a
// line in standard base64.
func (f *Frontier) Format() []byte {
	out := append([]byte(frontierHead), strconv.FormatInt(f.Size, 10)...)
	out = append(out, '\n')
	for _, h := range f.Edges {
		out = append(base64.StdEncoding.AppendEncode(out, h[:]), '\n')
	}
	return out
}

// ParseFrontier reads a frontier and refuses every other spelling.
func ParseFrontier(text []byte) (*Frontier, error) {
	rest, ok := bytes.CutPrefix(text, []byte(frontierHead))
	if !ok || len(text) > 4096 {
		return nil, errFrontier
	}
	lines := bytes.Split(rest, []byte{'\n'})
	size, err := strconv.ParseInt(string(lines[0]), 10, 64)
	if err != nil || size < 0 {
		return nil, fmt.Errorf("%w: size", errFrontier)
	}
	f := &Frontier{Size: size}
	for _, line := range lines[1 : len(lines)-1] {
		raw, err := base64.StdEncoding.Strict().DecodeString(string(line))
		if err != nil || len(raw) != tlog.HashSize {
			return nil, fmt.Errorf("%w: edge", errFrontier)
		}
		f.Edges = append(f.Edges, tlog.Hash(raw))
	}
	if len(f.Edges) != bits.OnesCount64(uint64(size)) || !bytes.Equal(f.Format(), text) {
		return nil, errFrontier
	}
	return f, nil
}
