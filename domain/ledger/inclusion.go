package ledger

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Inclusion proves that one event lies in a log at its place (C2SP tlog-proof). It
// holds hashes only.
type Inclusion struct {
	Extra      []byte // what comes with it; nobody has signed it
	Index      int64  // of the leaf: the position less one
	Proof      tlog.RecordProof
	Checkpoint []byte // signed
}

const (
	inclusionHead = "c2sp.org/tlog-proof@v1\n"
	extraWord     = "extra "
	maxProof      = 63 // hashes
)

var errInclusion = errors.New("proof is malformed")

// Format writes the proof in the form that other programs read.
func (p Inclusion) Format() []byte {
	out := []byte(inclusionHead)
	if len(p.Extra) > 0 {
		out = append(base64.StdEncoding.AppendEncode(append(out, extraWord...), p.Extra), '\n')
	}
	out = append(out, "index "...)
	out = append(strconv.AppendInt(out, p.Index, 10), '\n')
	for _, h := range p.Proof {
		out = append(base64.StdEncoding.AppendEncode(out, h[:]), '\n')
	}
	return append(append(out, '\n'), p.Checkpoint...)
}

// IsInclusion tells whether a text begins as a proof does.
func IsInclusion(text []byte) bool { return bytes.HasPrefix(text, []byte(inclusionHead)) }

// ParseInclusion reads a proof and refuses every other spelling.
func ParseInclusion(text []byte) (Inclusion, error) {
	var p Inclusion
	rest, ok := bytes.CutPrefix(text, []byte(inclusionHead))
	if extra, is := bytes.CutPrefix(rest, []byte(extraWord)); is {
		var line []byte
		line, rest, _ = bytes.Cut(extra, []byte("\n"))
		var err error
		if p.Extra, err = base64.StdEncoding.DecodeString(string(line)); err != nil || len(p.Extra) == 0 {
			return p, errInclusion
		}
	}
	rest, indexed := bytes.CutPrefix(rest, []byte("index "))
	head, checkpoint, whole := bytes.Cut(rest, []byte("\n\n"))
	if !ok || !indexed || !whole || len(text) > MaxNote {
		return p, errInclusion
	}
	lines := bytes.Split(head, []byte("\n"))
	if len(lines) > maxProof+1 {
		return p, errInclusion
	}
	var err error
	if p.Index, err = strconv.ParseInt(string(lines[0]), 10, 64); err != nil || p.Index < 0 {
		return p, errInclusion
	}
	for _, line := range lines[1:] {
		h, err := tlog.ParseHash(string(line))
		if err != nil {
			return p, errInclusion
		}
		p.Proof = append(p.Proof, h)
	}
	if p.Checkpoint = checkpoint; !bytes.Equal(p.Format(), text) {
		return p, errInclusion
	}
	return p, nil
}

// Check demands that the leaf lies in the tree of the checkpoint, that one of the
// keys signed. It answers the tree and how many of the witnesses signed too.
func (p Inclusion) Check(leaf [32]byte, keys, witnesses []note.Verifier) (TreeHead, int, error) {
	head, seen, err := OpenTreeHead(p.Checkpoint, keys, witnesses)
	if err != nil {
		return TreeHead{}, 0, err
	}
	return head, seen, p.Lies(leaf, head.Tree)
}

// Lies demands that the leaf lies in a tree, whoever signed it.
func (p Inclusion) Lies(leaf [32]byte, tree tlog.Tree) error {
	if p.Index >= tree.N {
		return fmt.Errorf("%w: leaf %d of a tree of %d", errInclusion, p.Index, tree.N)
	}
	return tlog.CheckRecord(p.Proof, tree.N, tree.Hash, p.Index, leaf)
}
