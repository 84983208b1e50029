package proof

import (
	"encoding/hex"
	"errors"
	"io"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain/ledger"
	"ayumi/domain/receipt"
)

// Record is what a proof of one record showed (C2SP tlog-proof).
type Record struct {
	Position int64  `json:"position"`
	Leaf     string `json:"leaf"` // its fingerprint, hex
	Size     int64  `json:"size"` // records of the tree
	Root     string `json:"root"`
}

// inclusionIn reads the file if it is the proof of one record.
func inclusionIn(r io.ReaderAt, size int64) ([]byte, bool) {
	if size > ledger.MaxNote {
		return nil, false
	}
	text := make([]byte, size)
	if n, err := r.ReadAt(text, 0); int64(n) != size || err != nil && !errors.Is(err, io.EOF) {
		return nil, false
	}
	return text, ledger.IsInclusion(text)
}

// inclusion checks that the record whose fingerprint stands in the proof lies in the
// signed tree. Without a key of the log nothing is known of the signature, without a
// fingerprint of one's own (Verifier.Leaf) one has to compare it by eye.
func (x *run) inclusion(text []byte) {
	p, err := ledger.ParseInclusion(text)
	switch {
	case err != nil:
		x.add("E001", "member", "tlog-proof")
		return
	case len(p.Extra) != tlog.HashSize:
		x.add("E003", "member", "extra")
		return
	}
	leaf := [32]byte(p.Extra)
	head, ok := x.inclusionHead(p)
	if !ok {
		return
	}
	x.Record = &Record{Position: p.Index + 1, Leaf: hex.EncodeToString(leaf[:]), Size: head.N, Root: head.Hash.String()}
	if err := p.Lies(leaf, head.Tree); err != nil {
		x.add("E401", "position", p.Index+1, "size", head.N)
		return
	}
	x.add("ok.record", "position", p.Index+1, "size", head.N)
	switch {
	case x.Leaf == nil:
		x.add("note.leaf", "leaf", receipt.Fingerprint(leaf))
	case *x.Leaf != leaf:
		x.add("E402", "leaf", receipt.Fingerprint(leaf))
	default:
		x.add("ok.leaf")
	}
}

func (x *run) inclusionHead(p ledger.Inclusion) (ledger.TreeHead, bool) {
	if len(x.Trust.Log) == 0 {
		unsigned, _, _ := strings.Cut(string(p.Checkpoint), "\n\n")
		head, err := ledger.ParseTreeHead(unsigned + "\n")
		if err != nil {
			x.add("E001", "member", "tlog-proof")
			return head, false
		}
		x.add("part.signature", "origin", head.Origin)
		return head, true
	}
	head, seen, err := ledger.OpenTreeHead(p.Checkpoint, x.Trust.Log, x.Trust.Witnesses)
	if err != nil {
		x.add("E111", "member", "tlog-proof")
		return head, false
	}
	x.add("ok.checkpoint", "size", head.N, "root", head.Hash)
	switch {
	case seen < x.Trust.Quorum:
		x.add("E112", "seen", seen, "quorum", x.Trust.Quorum)
	case x.Trust.Quorum > 0:
		x.add("ok.witnesses", "seen", seen, "quorum", x.Trust.Quorum)
	}
	return head, true
}
