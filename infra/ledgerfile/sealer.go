package ledgerfile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/ledger"
)

// Config is what a Sealer needs.
type Config struct {
	// Store is the log that is sealed; with Leaves it is theirs.
	Store  domain.EventStore
	Leaves Leaves
	Dir    string // of the ledger's files; made if there is none
	Origin string // of the log
	// Shared is a database with SharedTables in which several instances keep together
	// what they committed to and signed; nil: files of Dir.
	Shared *sql.DB
	// KeyDir is the folder of the keys; "": Dir.
	KeyDir string
	// Keys is the folder of another ledger whose keys sign this one too, under its
	// own origin; "": keys of its own, in KeyDir.
	Keys string
	// Every is how often a tree that grew is signed; default 60 seconds.
	Every time.Duration
	Now   func() time.Time
	// Report receives what an operator should know.
	Report func(what string, err error)
}

// Sealer is the only one of its process who writes the tree. It follows the log by
// position, reads back what it wrote, commits to a tree and then signs it. A fault of
// its disk stops the sealing and is shown; the office goes on.
type Sealer struct {
	c       Config
	hashes  *hashes
	shelf   shelf
	signer  note.Signer
	lattice *latticeSigner
	public  string // verifier key
	asked   chan chan answer

	dead error // the files cannot be opened: see Broken

	work     sync.Mutex // held while files are written
	edge     *ledger.Frontier
	compared int64 // leaves of the newest committed tree that edge agrees with

	mu     sync.Mutex
	status Status
}

// Status says where the sealing stands.
type Status struct {
	Tree   tlog.Tree // of the newest checkpoint
	Signed []byte    // that checkpoint, with the Ed25519 signature only
	// Published is the checkpoint as it leaves the house: with an ML-DSA-44
	// signature too, which holds against quantum computers.
	Published []byte
	At        time.Time // when this process saw or signed it
	Reading   bool      // the log is being compared with what was signed
	Fork      *Fork     // nothing is signed any more
	Fault     error     // of the disk; it is tried again
	Key       string    // verifier key
	// LatticeKey is the verifier key of the ML-DSA-44 signatures.
	LatticeKey string
}

type answer struct {
	signed []byte
	err    error
}

// Open opens the files of a ledger. Nothing is signed before Run, or Checkpoint on a
// Sealer that does not run, has compared the log with them.
func Open(c Config) (*Sealer, error) {
	if c.Every <= 0 {
		c.Every = time.Minute
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Report == nil {
		c.Report = func(string, error) {}
	}
	if c.Leaves == nil {
		c.Leaves = events{c.Store}
	}
	if c.KeyDir == "" {
		c.KeyDir = c.Dir
	}
	s := &Sealer{c: c, asked: make(chan chan answer)}
	if err := s.open(); err != nil {
		return nil, fmt.Errorf("ledger: %w", errors.Join(err, s.Close()))
	}
	return s, nil
}

// opening is how long the database of several instances may take to answer.
const opening = 20 * time.Second

func (s *Sealer) open() (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), opening)
	defer cancel()
	for _, dir := range []string{s.c.Dir, s.c.KeyDir} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
	}
	if s.hashes, err = openHashes(filepath.Join(s.c.Dir, hashFile)); err != nil {
		return err
	}
	if s.c.Shared != nil {
		to := &shared{db: s.c.Shared, origin: s.c.Origin}
		s.shelf = to
		if err := to.carry(ctx, s.c.Dir); err != nil {
			return err
		}
	} else if s.shelf, err = openFolder(s.c.Dir); err != nil {
		return err
	}
	trees, err := s.shelf.trees(ctx)
	if err != nil {
		return err
	}
	signed, err := s.shelf.paper(ctx, checkpointFile)
	if err != nil {
		return err
	}
	if err := s.keys(ctx, len(trees) > 0 || signed != nil); err != nil {
		return err
	}
	s.status = Status{Reading: true, Key: s.public, LatticeKey: s.lattice.text()}
	if signed == nil {
		return nil
	}
	if s.status.Tree, s.status.Signed, err = s.own(signed); err != nil {
		return fmt.Errorf("%s: %w", checkpointFile, err)
	}
	s.status.Published, s.status.At = signed, s.c.Now()
	return nil
}

// keys opens those that sign; begun: the ledger committed to something with them.
func (s *Sealer) keys(ctx context.Context, begun bool) (err error) {
	seconds := func() int64 { return s.c.Now().Unix() }
	if s.c.Keys != "" {
		s.signer, s.public, s.lattice, err = keysOf(s.c.Keys, s.c.Origin, seconds)
		return err
	}
	if s.signer, s.public, err = key(s.c.KeyDir, s.c.Origin, begun); err != nil {
		return err
	}
	if s.lattice, err = latticeKey(s.c.KeyDir, s.c.Origin, seconds); err != nil || s.c.Shared == nil {
		return err
	}
	for name, public := range map[string]string{publicFile: s.public, latticePublicFile: s.lattice.text()} {
		if err := s.shelf.(*shared).own(ctx, name, public); err != nil {
			var other *OtherKey
			if errors.As(err, &other) {
				other.Folder = s.c.KeyDir
			}
			return err
		}
	}
	return nil
}

// Broken is the Sealer of a ledger whose files cannot be opened: the office goes on,
// and everybody sees why nothing is signed.
func Broken(cause error) *Sealer {
	return &Sealer{dead: cause, status: Status{Fault: cause}, asked: make(chan chan answer)}
}

// own opens a checkpoint that this log signed, and answers it with the Ed25519
// signature only.
func (s *Sealer) own(published []byte) (tree tlog.Tree, signed []byte, err error) {
	v, err := ledger.NewVerifier(s.public)
	if err != nil {
		return tree, nil, err
	}
	head, _, err := ledger.OpenTreeHead(published, []note.Verifier{v}, []note.Verifier{s.lattice})
	if err != nil {
		return tree, nil, err
	}
	n, err := note.Open(published, note.VerifierList(v))
	if err != nil {
		return tree, nil, err
	}
	signed, err = note.Sign(&note.Note{Text: n.Text, Sigs: n.Sigs})
	return head.Tree, signed, err
}

// Status answers where the sealing stands.
func (s *Sealer) Status() Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.status
}

func (s *Sealer) say(change func(*Status)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.status)
}

// Run compares the log with what was signed, then signs it as it grows, until ctx
// ends. Every night the whole is compared again.
func (s *Sealer) Run(ctx context.Context) error {
	if s.dead != nil {
		<-ctx.Done()
		return nil
	}
	tick := time.NewTicker(s.c.Every)
	defer tick.Stop()
	night := nextNight(s.c.Now())
	_, _ = s.seal(ctx) // what it met is in the status
	for {
		select {
		case <-ctx.Done():
			return nil
		case reply := <-s.asked:
			signed, err := s.seal(ctx)
			reply <- answer{signed, err}
		case <-tick.C:
			if now := s.c.Now(); !now.Before(night) {
				night = nextNight(now)
				s.say(func(st *Status) { st.Reading = true })
				s.work.Lock()
				s.edge = nil
				s.work.Unlock()
			}
			_, _ = s.seal(ctx)
		}
	}
}

// nextNight is three o'clock in Japan, next.
func nextNight(now time.Time) time.Time {
	at := now.In(japan.Zone)
	night := time.Date(at.Year(), at.Month(), at.Day(), 3, 0, 0, 0, japan.Zone)
	if !night.After(now) {
		night = night.AddDate(0, 0, 1)
	}
	return night
}

// Checkpoint signs everything that was recorded before the call, and answers the
// signed text.
func (s *Sealer) Checkpoint(ctx context.Context) ([]byte, error) {
	if s.dead != nil {
		return nil, s.dead
	}
	reply := make(chan answer, 1)
	select {
	case s.asked <- reply:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	select {
	case a := <-reply:
		return a.signed, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Once is Checkpoint of a Sealer that does not run.
func (s *Sealer) Once(ctx context.Context) ([]byte, error) {
	if s.dead != nil {
		return nil, s.dead
	}
	return s.seal(ctx)
}

// seal brings the tree to the head of the log and signs it, if it grew.
func (s *Sealer) seal(ctx context.Context) ([]byte, error) {
	s.work.Lock()
	defer s.work.Unlock()
	if fork := s.Status().Fork; fork != nil {
		return nil, fork
	}
	signed, err := s.trySeal(ctx)
	if err != nil && !errors.As(err, new(away)) {
		s.edge = nil // what is in memory may be ahead of the files
	}
	var fork *Fork
	switch {
	case ctx.Err() != nil:
	case errors.Is(err, ErrEmpty):
		s.say(func(st *Status) { st.Reading, st.Fault = false, nil })
	case errors.As(err, &fork):
		s.c.Report("the ledger refuses to sign", err)
		s.say(func(st *Status) { st.Reading, st.Fork, st.Fault = false, fork, nil })
	case err != nil:
		s.c.Report("the ledger cannot be written", err)
		s.say(func(st *Status) { st.Fault = err })
	default:
		s.say(func(st *Status) { st.Reading, st.Fault = false, nil })
	}
	return signed, err
}

func (s *Sealer) trySeal(ctx context.Context) ([]byte, error) {
	for {
		signed, err := s.sealOnce(ctx)
		if !errors.Is(err, errOvertaken) { // by another instance: it is compared with that
			return signed, err
		}
	}
}

func (s *Sealer) sealOnce(ctx context.Context) ([]byte, error) {
	newer, err := s.newer(ctx)
	if err != nil {
		return nil, err
	}
	committed, err := s.shelf.trees(ctx) // after that checkpoint and before the size: neither is ahead of them
	if err != nil {
		return nil, away{err}
	}
	size, err := s.c.Leaves.Size(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.compare(ctx, committed, size); err != nil {
		return nil, err
	}
	if newer != nil {
		s.say(func(st *Status) {
			st.Tree, st.Signed, st.Published, st.At = newer.Tree, newer.Signed, newer.Published, newer.At
		})
	}
	if st := s.Status(); size == st.Tree.N && st.Signed != nil {
		return st.Signed, nil
	}
	if err := s.extend(ctx, s.edge, size); err != nil {
		return nil, err
	}
	if s.edge.Size == 0 {
		return nil, ErrEmpty
	}
	if err := s.hashes.flush(); err != nil {
		return nil, err
	}
	tree := tlog.Tree{N: s.edge.Size}
	if tree.Hash, err = tlog.TreeHash(tree.N, s.hashes); err != nil {
		return nil, err
	}
	if tree.Hash != s.edge.Root() {
		return nil, fmt.Errorf("the disk gave back other hashes than were written, up to event %d", tree.N)
	}
	if err := s.c.Leaves.Agrees(ctx, tree); err != nil {
		return nil, err
	}
	if s.compared < tree.N {
		if err := s.shelf.commit(ctx, tree); err != nil {
			return nil, away{err}
		}
		s.compared = tree.N
	}
	return s.sign(ctx, tree)
}

// ErrEmpty: there is nothing to sign yet.
var ErrEmpty = errors.New("the log is empty")

func (s *Sealer) sign(ctx context.Context, tree tlog.Tree) ([]byte, error) {
	text := ledger.TreeHead{Origin: s.c.Origin, Tree: tree}.Text()
	signed, err := note.Sign(&note.Note{Text: text}, s.signer)
	if err != nil {
		return nil, err
	}
	published, err := note.Sign(&note.Note{Text: text}, s.signer, s.lattice)
	if err != nil {
		return nil, err
	}
	if err := s.shelf.keep(ctx, checkpointFile, tree.N, published); err != nil {
		return nil, away{err}
	}
	now := s.c.Now()
	s.say(func(st *Status) { st.Tree, st.Signed, st.Published, st.At = tree, signed, published, now })
	return signed, nil
}

// Prove proves that the event at a position lies under the newest checkpoint, as its
// Ed25519 line alone signs it: who verifies without dependencies checks every byte.
func (s *Sealer) Prove(position uint64) (ledger.Inclusion, error) {
	st := s.Status()
	switch {
	case s.dead != nil:
		return ledger.Inclusion{}, s.dead
	case st.Fork != nil:
		return ledger.Inclusion{}, st.Fork
	case position == 0 || int64(position) > st.Tree.N:
		return ledger.Inclusion{}, ErrNotUnder
	}
	p := ledger.Inclusion{Index: int64(position) - 1, Checkpoint: st.Signed}
	var err error
	if p.Proof, err = tlog.ProveRecord(st.Tree.N, p.Index, s.hashes); err != nil {
		return p, err
	}
	leaf, err := s.hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, p.Index)})
	if err != nil {
		return p, err
	}
	return p, tlog.CheckRecord(p.Proof, st.Tree.N, st.Tree.Hash, p.Index, leaf[0])
}

// ErrNotUnder: the event lies under no checkpoint yet.
var ErrNotUnder = errors.New("not under a checkpoint yet")

// Follows tells whether the log still continues a tree that somebody kept: a *Fork
// if it does not.
func (s *Sealer) Follows(kept tlog.Tree) error {
	st := s.Status()
	switch {
	case s.dead != nil:
		return s.dead
	case st.Fork != nil:
		return st.Fork
	}
	if kept.N > st.Tree.N {
		return &Fork{Signed: kept.N, Found: st.Tree.N}
	}
	root, err := tlog.TreeHash(kept.N, s.hashes)
	if err != nil {
		return err
	}
	if root != kept.Hash {
		return &Fork{First: 1, Last: kept.N, Signed: kept.N, Found: st.Tree.N}
	}
	return nil
}

// KeepCosigned keeps a checkpoint with the signatures of witnesses, in the place of
// one of no more events.
func (s *Sealer) KeepCosigned(ctx context.Context, signed []byte) error {
	if s.dead != nil {
		return s.dead
	}
	head, err := ledger.HeadOf(signed)
	if err != nil {
		return err
	}
	return s.shelf.keep(ctx, cosignedFile, head.N, signed)
}

// Cosigned answers the newest that was kept; nil if none was.
func (s *Sealer) Cosigned(ctx context.Context) ([]byte, error) {
	if s.dead != nil {
		return nil, s.dead
	}
	return s.shelf.paper(ctx, cosignedFile)
}

// Close lets the files go.
func (s *Sealer) Close() error {
	var err error
	if s.hashes != nil {
		err = s.hashes.file.Close()
	}
	if s.shelf != nil {
		err = errors.Join(err, s.shelf.Close())
	}
	return err
}
