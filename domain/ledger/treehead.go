package ledger

import (
	"encoding/base64"
	"errors"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// TreeHead is what a checkpoint signs: how many events a log holds and the hash
// over them (C2SP tlog-checkpoint).
type TreeHead struct {
	Origin string
	tlog.Tree
}

var errTreeHead = errors.New("checkpoint is malformed")

// Text is the signed text of a checkpoint, without extension lines.
func (h TreeHead) Text() string {
	return h.Origin + "\n" + strconv.FormatInt(h.N, 10) + "\n" + base64.StdEncoding.EncodeToString(h.Hash[:]) + "\n"
}

// ParseTreeHead reads the text of a checkpoint and refuses every other spelling,
// and extension lines.
func ParseTreeHead(text string) (TreeHead, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || !origins.MatchString(lines[0]) {
		return TreeHead{}, errTreeHead
	}
	n, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || n < 0 {
		return TreeHead{}, errTreeHead
	}
	hash, err := tlog.ParseHash(lines[2])
	h := TreeHead{lines[0], tlog.Tree{N: n, Hash: hash}}
	if err != nil || h.Text() != text {
		return TreeHead{}, errTreeHead
	}
	return h, nil
}

// HeadOf reads what a checkpoint says, without looking at who signed it.
func HeadOf(signed []byte) (TreeHead, error) {
	text, _, ok := strings.Cut(string(signed), "\n\n")
	if !ok {
		return TreeHead{}, errTreeHead
	}
	return ParseTreeHead(text + "\n")
}

// OpenTreeHead reads a signed checkpoint. It must bear the signature of one of the
// log's keys; it answers how many of the witnesses signed too. Signatures by
// others are ignored.
func OpenTreeHead(signed []byte, keys, witnesses []note.Verifier) (TreeHead, int, error) {
	text, by, err := openNote(signed, append(append([]note.Verifier{}, keys...), witnesses...))
	if err != nil {
		return TreeHead{}, 0, err
	}
	h, err := ParseTreeHead(text)
	if err != nil {
		return TreeHead{}, 0, err
	}
	signedBy := func(v note.Verifier) bool {
		for _, s := range by {
			if s.Name == v.Name() && s.Hash == v.KeyHash() {
				return true
			}
		}
		return false
	}
	own, seen := false, 0
	for _, k := range keys {
		own = own || (signedBy(k) && k.Name() == h.Origin)
	}
	if !own {
		return TreeHead{}, 0, errors.New("not signed by the log")
	}
	for _, w := range witnesses {
		if signedBy(w) {
			seen++
		}
	}
	return h, seen, nil
}
