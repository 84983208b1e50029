package ledgerfile

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/mldsa"
	"golang.org/x/mod/sumdb/note"

	"ayumi/domain/ledger"
)

// subtree is the kind of an ML-DSA-44 key, whose signatures are over the tree and
// not over the text (C2SP tlog-cosignature).
const subtree = 6

var errLattice = errors.New("ML-DSA key is malformed")

// lattice checks ML-DSA-44 signatures: those that a quantum computer cannot forge.
type lattice struct {
	name string
	hash uint32
	key  *mldsa.PublicKey
}

// NewVerifier reads a public key as it is written, name+hash+key: an ML-DSA-44 key,
// or what ledger.NewVerifier reads.
func NewVerifier(key string) (note.Verifier, error) {
	name, rest, _ := strings.Cut(key, "+")
	sum, text, _ := strings.Cut(rest, "+")
	raw, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil || len(raw) == 0 || raw[0] != subtree {
		return ledger.NewVerifier(key)
	}
	public, err := mldsa.NewPublicKey(mldsa.MLDSA44(), raw[1:])
	if err != nil {
		return nil, errLattice
	}
	v := newLattice(name, public)
	if name == "" || strings.ContainsAny(name, " \n+") || sum != fmt.Sprintf("%08x", v.hash) {
		return nil, errLattice
	}
	return v, nil
}

func newLattice(name string, public *mldsa.PublicKey) *lattice {
	v := &lattice{name: name, key: public}
	sum := sha256.Sum256(append([]byte(name+"\n"), v.bytes()...))
	v.hash = binary.BigEndian.Uint32(sum[:4])
	return v
}

func (v *lattice) bytes() []byte { return append([]byte{subtree}, v.key.Bytes()...) }

// text is the key as others keep it.
func (v *lattice) text() string {
	return fmt.Sprintf("%s+%08x+%s", v.name, v.hash, base64.StdEncoding.EncodeToString(v.bytes()))
}

func (v *lattice) Name() string    { return v.name }
func (v *lattice) KeyHash() uint32 { return v.hash }

// Verify checks eight bytes of time and the signature over it and the tree.
func (v *lattice) Verify(text, sig []byte) bool {
	head, err := ledger.ParseTreeHead(string(text))
	if err != nil || len(sig) != 8+mldsa.MLDSA44SignatureSize {
		return false
	}
	signed := v.signed(head, binary.BigEndian.Uint64(sig))
	return mldsa.Verify(v.key, signed, sig[8:], nil) == nil
}

// signed is the structure that is signed: who says it, when, of which log, and the
// tree from its first leaf on. Names of logs and keys are at most 64 bytes long.
func (v *lattice) signed(head ledger.TreeHead, seconds uint64) []byte {
	out := append([]byte("subtree/v1\n\x00"), byte(len(v.name)))
	out = binary.BigEndian.AppendUint64(append(out, v.name...), seconds)
	out = append(append(out, byte(len(head.Origin))), head.Origin...)
	out = binary.BigEndian.AppendUint64(out, 0)
	out = binary.BigEndian.AppendUint64(out, uint64(head.N))
	return append(out, head.Hash[:]...)
}

// latticeSigner signs trees as of a time.
type latticeSigner struct {
	*lattice
	key     *mldsa.PrivateKey
	seconds func() int64 // since 1970
}

// Sign is note.Signer: the text is that of a checkpoint.
func (s *latticeSigner) Sign(text []byte) ([]byte, error) {
	head, err := ledger.ParseTreeHead(string(text))
	if err != nil {
		return nil, err
	}
	now := uint64(s.seconds())
	sig, err := s.key.Sign(nil, s.signed(head, now), nil)
	return append(binary.BigEndian.AppendUint64(nil, now), sig...), err
}

const (
	latticeFile       = "log.mldsa.key"
	latticePublicFile = "log.mldsa.vkey"
)

// latticeKey is the log's ML-DSA-44 signer. A ledger that never had one gets one; a
// key that is gone is not replaced in silence.
func latticeKey(dir, origin string, seconds func() int64) (*latticeSigner, error) {
	path, public := filepath.Join(dir, latticeFile), filepath.Join(dir, latticePublicFile)
	known, err := os.ReadFile(public)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		key, err := newSeed(path)
		if err != nil {
			return nil, err
		}
		s := &latticeSigner{newLattice(origin, key.PublicKey()), key, seconds}
		return s, create(public, []byte(s.text()+"\n"))
	case err != nil:
		return nil, err
	}
	key, err := readSeed(path)
	if err != nil {
		return nil, err
	}
	s := &latticeSigner{newLattice(origin, key.PublicKey()), key, seconds}
	if s.text() != strings.TrimSpace(string(known)) {
		return nil, fmt.Errorf("%s is not the key of %s", latticeFile, latticePublicFile)
	}
	return s, nil
}

// newSeed makes a key; one that a cut left behind is taken.
func newSeed(path string) (*mldsa.PrivateKey, error) {
	key, err := readSeed(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	if key, err = mldsa.GenerateKey(mldsa.MLDSA44()); err != nil {
		return nil, err
	}
	if err := create(path, []byte(hex.EncodeToString(key.Bytes())+"\n")); err != nil {
		return nil, err
	}
	return readSeed(path)
}

func readSeed(path string) (*mldsa.PrivateKey, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	seed, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, errLattice)
	}
	key, err := mldsa.NewPrivateKey(mldsa.MLDSA44(), seed)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, errLattice)
	}
	return key, nil
}
