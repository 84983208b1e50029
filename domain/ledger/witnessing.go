package ledger

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Addition asks a witness to sign a checkpoint: how many events it signed last,
// the proof that nothing before them was changed, and the checkpoint (C2SP
// tlog-witness, add-checkpoint).
type Addition struct {
	Old        int64
	Proof      tlog.TreeProof
	Checkpoint []byte // signed by the log
}

var errAddition = errors.New("request is malformed")

// Format writes the request.
func (a Addition) Format() []byte {
	out := append(strconv.AppendInt([]byte("old "), a.Old, 10), '\n')
	for _, h := range a.Proof {
		out = append(base64.StdEncoding.AppendEncode(out, h[:]), '\n')
	}
	return append(append(out, '\n'), a.Checkpoint...)
}

// ParseAddition reads a request and refuses every other spelling.
func ParseAddition(body []byte) (Addition, error) {
	var a Addition
	head, checkpoint, whole := bytes.Cut(body, []byte("\n\n"))
	if !whole || len(body) > MaxNote {
		return a, errAddition
	}
	lines := strings.Split(string(head), "\n")
	if len(lines) > maxProof+1 {
		return a, errAddition
	}
	size, ok := strings.CutPrefix(lines[0], "old ")
	var err error
	if a.Old, err = strconv.ParseInt(size, 10, 64); !ok || err != nil || a.Old < 0 {
		return a, errAddition
	}
	for _, line := range lines[1:] {
		h, err := tlog.ParseHash(line)
		if err != nil {
			return a, errAddition
		}
		a.Proof = append(a.Proof, h)
	}
	if a.Checkpoint = checkpoint; !bytes.Equal(a.Format(), body) {
		return a, errAddition
	}
	return a, nil
}

// ErrForked: the two trees are no longer one history.
var ErrForked = errors.New("the log was forked: what was signed before is not its beginning")

// Extends demands that a tree goes on from the one that was signed before; an
// error is ErrForked.
func (a Addition) Extends(before, now tlog.Tree) error {
	switch {
	case before.N == now.N:
		if before.Hash != now.Hash || len(a.Proof) > 0 {
			return ErrForked
		}
		return nil
	case before.N == 0:
		if len(a.Proof) > 0 {
			return ErrForked
		}
		return nil
	case now.N < before.N:
		return ErrForked
	}
	if err := tlog.CheckTree(a.Proof, now.N, now.Hash, before.N, before.Hash); err != nil {
		return ErrForked
	}
	return nil
}

// Cosigner signs checkpoints of others (cosignature/v1).
type Cosigner struct {
	name string
	hash uint32
	key  ed25519.PrivateKey
}

// NewCosigner makes a signer of a name and a seed of 32 bytes.
func NewCosigner(name string, seed []byte) (*Cosigner, error) {
	if len(seed) != ed25519.SeedSize || name == "" || strings.ContainsAny(name, " \n+") {
		return nil, errors.New("key is malformed")
	}
	c := &Cosigner{name: name, key: ed25519.NewKeyFromSeed(seed)}
	sum := sha256.Sum256(append([]byte(name+"\n"), c.public()...))
	c.hash = binary.BigEndian.Uint32(sum[:4])
	return c, nil
}

func (c *Cosigner) public() []byte {
	return append([]byte{cosignature}, c.key.Public().(ed25519.PublicKey)...)
}

// Key is the public key as others write it into their policy.
func (c *Cosigner) Key() string {
	return fmt.Sprintf("%s+%08x+%s", c.name, c.hash, base64.StdEncoding.EncodeToString(c.public()))
}

// Cosign is the signature line over the text of a checkpoint at a time, in seconds
// since 1970.
func (c *Cosigner) Cosign(text string, seconds uint64) []byte {
	signed := fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", seconds, text)
	sig := binary.BigEndian.AppendUint32(nil, c.hash)
	sig = append(binary.BigEndian.AppendUint64(sig, seconds), ed25519.Sign(c.key, signed)...)
	return fmt.Appendf(nil, "— %s %s\n", c.name, base64.StdEncoding.EncodeToString(sig))
}

// Policy says whose checkpoints an installation signs, and who must have signed
// its own: `log KEY`, `witness KEY ADDRESS` and `quorum N`, one a line; # begins
// a remark.
type Policy struct {
	Logs      []note.Verifier
	Witnesses []Witnessing
	Quorum    int // witnesses that must have signed
}

// Witnessing is a witness with where it is asked.
type Witnessing struct {
	note.Verifier
	Address string
}

// PolicyFault names a line that cannot be read.
type PolicyFault struct{ Line int }

func (f PolicyFault) Error() string { return fmt.Sprintf("line %d of the policy is malformed", f.Line) }

// ParsePolicy reads a policy. The error is a PolicyFault.
func ParsePolicy(text string) (Policy, error) {
	var p Policy
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		ok := false
		switch words[0] {
		case "log":
			if len(words) == 2 {
				if v, err := NewVerifier(words[1]); err == nil {
					p.Logs, ok = append(p.Logs, v), true
				}
			}
		case "witness":
			if len(words) == 3 {
				if v, err := NewVerifier(words[1]); err == nil {
					p.Witnesses, ok = append(p.Witnesses, Witnessing{v, strings.TrimSuffix(words[2], "/")}), true
				}
			}
		case "quorum":
			if len(words) == 2 {
				n, err := strconv.Atoi(words[1])
				p.Quorum, ok = n, err == nil && n >= 0
			}
		}
		if !ok {
			return Policy{}, PolicyFault{i + 1}
		}
	}
	if p.Quorum > len(p.Witnesses) {
		return Policy{}, PolicyFault{len(lines)}
	}
	return p, nil
}

// Verifiers are the keys of the witnesses.
func (p Policy) Verifiers() []note.Verifier {
	out := make([]note.Verifier, len(p.Witnesses))
	for i, w := range p.Witnesses {
		out[i] = w.Verifier
	}
	return out
}
