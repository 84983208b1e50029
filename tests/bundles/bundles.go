// Package bundles makes bundles for tests: a log of any length, seals over it, and
// the keys that signed them, all the same for the same seed.
package bundles

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"strconv"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/ledger"
	"ayumi/domain/proof"
	"ayumi/tests/history"
)

// Event is what a bundle shows of one event.
type Event struct {
	Facts domain.Facts
	Priv  [32]byte
}

// World is a log with its keys.
type World struct {
	Origin  string
	Events  []Event
	Log     note.Signer
	Officer note.Signer
	LogKey, OfficerKey,
	Previous string // SHA-256 of the last seal
	hashes hashes
	state  *indicator.State
	book   *history.Book
}

type hashes []tlog.Hash

// ReadHashes answers hashes by tlog.StoredHashIndex.
func (h *hashes) ReadHashes(at []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(at))
	for i, n := range at {
		out[i] = (*h)[n]
	}
	return out, nil
}

// must: a test's own fixtures do not fail.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// New begins a log.
func New(seed uint64, lively bool) *World {
	w := &World{Origin: "ayumi-test", Previous: "-", state: indicator.NewState(), book: history.New(seed, lively)}
	random := rand.NewChaCha8([32]byte{byte(seed)})
	w.Log, w.LogKey = pair(random, w.Origin)
	w.Officer, w.OfficerKey = pair(random, ledger.SealKeyName(w.Origin))
	return w
}

func pair(random *rand.ChaCha8, name string) (note.Signer, string) {
	secret, public, err := note.GenerateKey(random, name)
	if err != nil {
		panic(err)
	}
	return must(note.NewSigner(secret)), public
}

// Trust are the keys as one who verifies holds them.
func (w *World) Trust() proof.Trust {
	return must(proof.ParseTrust("log " + w.LogKey + "\nfigures " + w.OfficerKey + "\n"))
}

// Grow adds n events.
func (w *World) Grow(n int) {
	for range n {
		rec := w.book.Next()
		facts := must(domain.FactsOf(rec.Body))
		w.add(facts, must(domain.ParseBody(rec.Body)))
	}
}

// Add adds an event of any facts; what no fold takes is not counted.
func (w *World) Add(facts string) {
	defer func() { _ = recover() }()
	w.add(domain.Facts(facts), domain.Body{Salt: make([]byte, domain.SaltSize)})
}

// Change rewrites an event, and with it everything that was hashed over it.
func (w *World) Change(n int) {
	w.Events[n].Priv[0] ^= 1
	w.hashes = nil
	for i, e := range w.Events {
		w.hashes = append(w.hashes, must(tlog.StoredHashesForRecordHash(int64(i), tlog.Hash(ledger.LeafHash(e.Facts, e.Priv)), &w.hashes))...)
	}
}

func (w *World) add(facts domain.Facts, body domain.Body) {
	e := Event{bytes.Clone(facts), ledger.Priv(body.Salt, body.Sealed)}
	more := must(tlog.StoredHashesForRecordHash(int64(len(w.Events)), tlog.Hash(ledger.LeafHash(e.Facts, e.Priv)), &w.hashes))
	w.hashes, w.Events = append(w.hashes, more...), append(w.Events, e)
	g := facts.Glance()
	must(w.state.Fold(uint64(len(w.Events)), g.Text("type"), g.Text("stream"), g))
}

// Tree is the tree over the first n events.
func (w *World) Tree(n int) tlog.Tree {
	return tlog.Tree{N: int64(n), Hash: must(tlog.TreeHash(int64(n), &w.hashes))}
}

// Checkpoint is signed over the first n events.
func (w *World) Checkpoint(n int, by ...note.Signer) []byte {
	head := ledger.TreeHead{Origin: w.Origin, Tree: w.Tree(n)}
	return must(note.Sign(&note.Note{Text: head.Text()}, append([]note.Signer{w.Log}, by...)...))
}

// Sealed is one seal with its definitions.
type Sealed struct {
	Note, Definitions []byte
	Seal              ledger.Seal
}

// Seal counts a figure over the log as it stands and seals it. Change, if given,
// falsifies the seal before it is signed.
func (w *World) Seal(code string, year int, change func(s *ledger.Seal)) Sealed {
	id, scope, _ := bytes.Cut([]byte(code), []byte{'@'})
	book := must(indicator.Shipped())
	period := japan.FiscalYear(year).Whole()
	d, ok := book.InForce(string(id), period.From)
	if !ok {
		panic(code)
	}
	q := indicator.Question{Definition: d, Scope: string(scope), Period: period}
	definitions := must(proof.FormatDefinitions(proof.DefinitionsFor(q)))
	f := indicator.Tell(w.state, q)
	s := ledger.Seal{
		Origin: w.Origin, Indicator: code, Version: d.Version, Definition: ledger.SumOf(definitions),
		From: period.From.String(), To: period.To.String(), Position: uint64(len(w.Events)), KnownAt: "2020-05-31",
		Value: f.Value, Over: "-", Members: f.Members, MembersSum: f.Digest, Tree: w.Tree(len(w.Events)),
		Previous: w.Previous, Replaces: "-", Status: "final", Date: "2020-06-01",
	}
	if d.Ratio() {
		s.Over = strconv.Itoa(f.Numerator) + "/" + strconv.Itoa(f.Denominator)
	}
	if change != nil {
		change(&s)
	}
	signed := must(note.Sign(&note.Note{Text: s.Text()}, w.Officer))
	w.Previous = ledger.SumOf(signed)
	return Sealed{signed, definitions, s}
}

// Enter appends the events that hold seals and answers where they lie in the log.
func (w *World) Enter(seals ...Sealed) (at []int) {
	for i, s := range seals {
		facts := must(domain.FormatFacts([]domain.Fact{
			{Key: "edition", Int: 1, IsInt: true}, {Key: "seal", Text: string(s.Note)}, {Key: "stream", Text: fmt.Sprintf("figure-%d", i)}, {Key: "type", Text: "figure.sealed"},
		}))
		salt := sha256.Sum256(s.Note)
		at = append(at, len(w.Events))
		w.add(facts, domain.Body{Salt: salt[:]})
	}
	return at
}

// Contents makes what a bundle of the events after from is made of: the seals at
// the size of the last one, and their events in the log as it stands.
func (w *World) Contents(from int, before []byte, seals []Sealed, at []int) proof.Contents {
	size := int(seals[len(seals)-1].Seal.Tree.N)
	c := proof.Contents{
		Edition: proof.Audit, LogKeys: []string{w.LogKey}, FigureKeys: []string{w.OfficerKey},
		Before: &ledger.Frontier{}, BeforeSeal: before, Checkpoint: w.Checkpoint(size), Rows: w.Rows(from, size),
		Logged: &proof.Logged{Checkpoint: w.Checkpoint(len(w.Events))},
	}
	for _, e := range w.Events[:from] {
		c.Before.Append(ledger.LeafHash(e.Facts, e.Priv))
	}
	if size < len(w.Events) {
		c.Logged.Consistency = must(tlog.ProveTree(int64(len(w.Events)), int64(size), &w.hashes))
	}
	for i, s := range seals {
		c.Seals, c.Definitions = append(c.Seals, s.Note), append(c.Definitions, s.Definitions)
		e := w.Events[at[i]]
		c.Logged.Seals = append(c.Logged.Seals, proof.LoggedSeal{
			Leaf: int64(at[i]), Facts: e.Facts, Priv: e.Priv,
			Proof: must(tlog.ProveRecord(int64(len(w.Events)), int64(at[i]), &w.hashes)),
		})
	}
	return c
}

// Rows reads the events of a range.
func (w *World) Rows(from, to int) func(func(domain.Facts, [32]byte) bool) error {
	return func(yield func(domain.Facts, [32]byte) bool) error {
		for _, e := range w.Events[from:to] {
			if !yield(e.Facts, e.Priv) {
				break
			}
		}
		return nil
	}
}

// Write is a bundle in bytes.
func Write(c proof.Contents) []byte {
	var b bytes.Buffer
	if err := proof.Write(&b, c); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// Whole makes a log of n events with some sealed figures of FY2018, and its bundle. The
// log is whole: nothing more is added.
func Whole(n int, codes ...string) (*World, []byte) {
	w := New(1, false)
	w.Grow(n)
	var seals []Sealed
	for _, code := range codes {
		seals = append(seals, w.Seal(code, 2018, nil))
	}
	at := w.Enter(seals...)
	w.state, w.book = nil, nil
	return w, Write(w.Contents(0, nil, seals, at))
}

// Hashes are those of the tree, for proofs.
func (w *World) Hashes() tlog.HashReader { return &w.hashes }
