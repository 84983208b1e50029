package proof

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain"
	"ayumi/domain/ledger"
)

// Logged shows that the seals stand in the log themselves: a checkpoint signed
// after the last of them, that it continues the tree of the bundle, and where each
// seal lies in it (logged.txt).
type Logged struct {
	Consistency tlog.TreeProof // from the bundle's tree to the later one; none if they are the same
	Seals       []LoggedSeal   // one for each seal of the bundle, in order
	Checkpoint  []byte         // signed
}

// LoggedSeal is the event that holds one seal.
type LoggedSeal struct {
	Leaf  int64 // index; the position less one
	Facts domain.Facts
	Priv  [32]byte
	Proof tlog.RecordProof // of the leaf in the later tree
}

const loggedHead = "ayumi logged v1\n"

var errLogged = errors.New("logged.txt is malformed")

// Format writes logged.txt in its one spelling.
func (l *Logged) Format() []byte {
	out := fmt.Appendf([]byte(loggedHead), "consistency %d\n", len(l.Consistency))
	out = appendHashes(out, l.Consistency)
	for _, s := range l.Seals {
		out = fmt.Appendf(out, "seal %d %d\n%s\n%s\n", s.Leaf, len(s.Proof), s.Facts, base.EncodeToString(s.Priv[:]))
		out = appendHashes(out, s.Proof)
	}
	return append(append(out, '\n'), l.Checkpoint...)
}

func appendHashes(out []byte, list []tlog.Hash) []byte {
	for _, h := range list {
		out = append(base64.StdEncoding.AppendEncode(out, h[:]), '\n')
	}
	return out
}

// ParseLogged reads logged.txt and refuses every other spelling.
func ParseLogged(text []byte) (*Logged, error) {
	head, checkpoint, ok := bytes.Cut(text, []byte("\n\n"))
	if !ok || !bytes.HasPrefix(head, []byte(loggedHead)) {
		return nil, errLogged
	}
	lines := strings.Split(string(head[len(loggedHead):]), "\n")
	take := func() string {
		if len(lines) == 0 {
			return ""
		}
		line := lines[0]
		lines = lines[1:]
		return line
	}
	hashes := func(n int) (out []tlog.Hash, err error) {
		if n < 0 || n > 64 {
			return nil, errLogged
		}
		for range n {
			h, err := tlog.ParseHash(take())
			if err != nil {
				return nil, errLogged
			}
			out = append(out, h)
		}
		return out, nil
	}
	l := &Logged{Checkpoint: checkpoint}
	n, err := strconv.Atoi(strings.TrimPrefix(take(), "consistency "))
	if err != nil {
		return nil, errLogged
	}
	if l.Consistency, err = hashes(n); err != nil {
		return nil, err
	}
	for len(lines) > 0 {
		words := strings.Split(take(), " ")
		if len(words) != 3 {
			return nil, errLogged
		}
		leaf, err := strconv.ParseInt(words[1], 10, 64)
		n, bad := strconv.Atoi(words[2])
		if err != nil || bad != nil {
			return nil, errLogged
		}
		s := LoggedSeal{Leaf: leaf, Facts: domain.Facts(take())}
		priv := take()
		if len(priv) != privLength {
			return nil, errLogged
		}
		if _, err := base.Decode(s.Priv[:], []byte(priv)); err != nil {
			return nil, errLogged
		}
		if s.Proof, err = hashes(n); err != nil {
			return nil, err
		}
		l.Seals = append(l.Seals, s)
	}
	if !bytes.Equal(l.Format(), text) {
		return nil, errLogged
	}
	return l, nil
}

// holds tells whether an event of the later tree holds a signed seal.
func (s *LoggedSeal) holds(signed []byte, in tlog.Tree) bool {
	facts, err := domain.ParseFacts(s.Facts)
	if err != nil || s.Leaf < 0 || s.Leaf >= in.N {
		return false
	}
	stated := map[string]string{}
	for _, f := range facts {
		stated[f.Key] = f.Text
	}
	return stated["type"] == "figure.sealed" && stated["seal"] == string(signed) &&
		tlog.CheckRecord(s.Proof, in.N, in.Hash, s.Leaf, tlog.Hash(ledger.LeafHash(s.Facts, s.Priv))) == nil
}

// follows tells whether the later tree begins with the earlier one.
func (l *Logged) follows(later, earlier tlog.Tree) bool {
	if later.N == earlier.N {
		return len(l.Consistency) == 0 && later.Hash == earlier.Hash
	}
	return earlier.N > 0 && later.N > earlier.N && tlog.CheckTree(l.Consistency, later.N, later.Hash, earlier.N, earlier.Hash) == nil
}
