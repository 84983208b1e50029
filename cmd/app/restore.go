package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"filippo.io/age"

	"ayumi/domain"
	"ayumi/domain/ledger"
	"ayumi/infra/backup"
	"ayumi/infra/keyring"
)

// RestoreFrom says what is put back.
type RestoreFrom struct {
	Archive, Keys io.Reader
	Identities    []age.Identity
	// Check compares everything and writes nothing.
	Check bool
	// Continue goes on under the same keys: the office where the backup was made was
	// stopped before, and will never be started again.
	Continue bool
	// Kept is a checkpoint that somebody kept, the newest there is; nil: none.
	Kept []byte
	// Progress is told how many bytes of the archive are read; it may be nil.
	Progress func(done int64)
}

// Restored is what came back.
type Restored struct {
	Backup   string    `json:"backup"`
	Origin   string    `json:"origin"`
	Begun    time.Time `json:"begun"` // when the backup was
	Position uint64    `json:"position"`
	Root     string    `json:"root"`
	Engine   string    `json:"engine"` // where the log lay
	// Committed are the signed tree heads that the log was compared with.
	Committed int `json:"committed"`
	Keys      int `json:"keys"`
	Destroyed int `json:"destroyed"`
	// Untold are persons whose key is destroyed though this log does not say that they
	// were erased: the backup of the log is older.
	Untold []string `json:"untold,omitempty"`
	// Lost is how many records of the checkpoint that was kept are not in this log.
	Lost uint64 `json:"lost,omitempty"`
	// LogKey is the key that signs from now on, Before the folder of what was signed
	// with the one before; "": the same key goes on.
	LogKey string `json:"log_key,omitempty"`
	Before string `json:"before,omitempty"`
	// Overdue is when the keys should have been destroyed, if that is past.
	Overdue *time.Time `json:"overdue,omitempty"`
}

// The refusals of a restore that are no fault of a file.
var (
	ErrRunning = errors.New("a server worked on the office when it was backed up: it may have signed more since")
	ErrBeyond  = errors.New("the checkpoint that was kept holds more records than this log")
	ErrForeign = errors.New("the checkpoint that was kept is not of this log")
)

// Restore puts a backup into a new data directory. Everything is written beside it and
// gets its name when it is whole: every member is the one of the manifest, the log gives
// the tree that was signed, and every key that the log needs opens. A *backup.Fault says
// what is wrong and where.
func Restore(ctx context.Context, c Config, from RestoreFrom) (out Restored, err error) {
	if c.Keys != "" || c.Access != "" || c.Secrets != "" {
		return out, ErrInServers
	}
	c = c.filled()
	r := &restoring{c: c, from: from, tree: &ledger.Frontier{}, secrets: map[string][]byte{}, journals: map[string][]byte{}, persons: map[string]bool{}}
	defer func() {
		for _, secret := range r.secrets {
			clear(secret)
		}
	}()
	if !from.Check {
		finish, beginErr := r.begin()
		if beginErr != nil {
			return out, beginErr
		}
		defer func() { err = errors.Join(err, finish()) }()
	}
	if err := r.readKeys(); err != nil {
		return out, err
	}
	if err := r.readArchive(ctx); err != nil {
		return out, err
	}
	if err := r.fits(); err != nil {
		return out, err
	}
	if out, err = r.outcome(); err != nil {
		return out, err
	}
	if from.Check {
		return out, nil
	}
	return out, r.settle(ctx, &out)
}

type restoring struct {
	c    Config // of the directory that is made
	from RestoreFrom
	dir  Config // of the one beside it that is written

	keysOf, archive backup.Manifest
	secrets         map[string][]byte // small members of the file of keys
	table           *keyring.Returning
	journals        map[string][]byte // small members of the archive that say what was signed
	log             EventLog
	tree            *ledger.Frontier
	committed       []committedTree
	kept            *keptHead
	erased          []string        // persons that the log says are erased
	persons         map[string]bool // of the log
}

// begin makes the directory beside. finish takes away what is left of it.
func (r *restoring) begin() (finish func() error, err error) {
	list, err := os.ReadDir(r.c.Data)
	if err == nil && len(list) > 0 {
		return nil, ErrNotEmpty
	}
	if err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	above := filepath.Dir(filepath.Clean(r.c.Data))
	if err := os.MkdirAll(above, 0o700); err != nil {
		return nil, err
	}
	beside, err := os.MkdirTemp(above, filepath.Base(r.c.Data)+".restoring-")
	if err != nil {
		return nil, err
	}
	r.dir = r.c
	r.dir.Data = beside
	r.dir.Engine = Embedded
	if way, err := filepath.Rel(r.c.Data, r.c.KEKDir); err == nil && !r.kekApart() {
		r.dir.KEKDir = r.dir.in(way)
	}
	return func() error { return errors.Join(r.close(), os.RemoveAll(beside)) }, os.MkdirAll(r.dir.in("keys"), 0o700)
}

func (r *restoring) close() (err error) {
	if r.table != nil {
		_ = r.table.Close() // what was wrong with it was told
	}
	if r.log != nil {
		err = r.log.Close()
		r.log = nil
	}
	return err
}

// outcome is what is known when everything was read and compared.
func (r *restoring) outcome() (Restored, error) {
	out := Restored{
		Backup: r.archive.Backup, Origin: r.archive.Origin, Begun: r.archive.Begun, Position: r.archive.Position, Root: r.archive.Root,
		Engine: r.archive.Engine, Committed: len(r.committed),
	}
	out.Keys, out.Destroyed = r.table.Count()
	for _, owner := range r.table.Destroyed() {
		if r.persons[owner] && !slices.Contains(r.erased, owner) {
			out.Untold = append(out.Untold, owner)
		}
	}
	slices.Sort(out.Untold)
	if by := r.keysOf.DestroyBy; by != nil && r.c.Now().After(*by) {
		out.Overdue = by
	}
	if r.from.Continue && r.archive.Serving {
		return out, ErrRunning
	}
	if r.kept != nil && r.kept.head.N > int64(out.Position) {
		out.Lost = uint64(r.kept.head.N) - out.Position
		if r.from.Continue {
			return out, ErrBeyond
		}
	}
	return out, nil
}

// fits demands that the keys are not older than the log.
func (r *restoring) fits() error {
	if r.keysOf.Position >= r.archive.Position {
		return nil
	}
	return &backup.Fault{Kind: backup.Keys, Why: backup.Older, Cause: fmt.Errorf("they are good up to record %d, the archive ends at %d", r.keysOf.Position, r.archive.Position)}
}

// settle makes the directory whole and gives it its name.
func (r *restoring) settle(ctx context.Context, out *Restored) error {
	if err := r.close(); err != nil {
		return err
	}
	if err := setEngine(r.dir, Embedded); err != nil {
		return err
	}
	if err := r.endSessions(ctx); err != nil {
		return err
	}
	if !r.from.Continue {
		if err := r.renew(out); err != nil {
			return err
		}
	}
	if err := r.mark(out); err != nil {
		return err
	}
	if err := r.proveTrees(ctx); err != nil {
		return err
	}
	if err := r.putKEKs(); err != nil {
		return err
	}
	if err := syncAll(r.dir.Data); err != nil {
		return err
	}
	if err := os.Remove(r.c.Data); err != nil && !os.IsNotExist(err) { // an empty one, or a stranger's since
		return fmt.Errorf("%w: %w", ErrNotEmpty, err)
	}
	if err := os.Rename(r.dir.Data, r.c.Data); err != nil {
		return err
	}
	return syncDir(filepath.Dir(filepath.Clean(r.c.Data)))
}

// syncAll makes every file and folder durable.
func syncAll(dir string) error {
	return filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.IsDir() && !d.Type().IsRegular() {
			return err
		}
		return syncDir(path)
	})
}

func syncDir(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// note keeps of an event what has to be compared with the keys.
func (r *restoring) note(rec domain.Recorded) error {
	category, id := domain.SplitStream(rec.Stream)
	if category == "person" {
		r.persons[id] = true
	}
	if rec.Type == "person.erased" {
		r.erased = append(r.erased, id)
	}
	body, err := domain.ParseBody(rec.Body)
	if err != nil {
		return err
	}
	for _, raw := range body.Sealed {
		s, err := domain.ParseSection(raw)
		if err != nil {
			return err
		}
		if key, destroyed := r.table.Has(s.Owner); !key && !destroyed {
			return fmt.Errorf("record %d: %w of %s", rec.Position, errNoOwner, s.Owner)
		}
	}
	return nil
}

var errNoOwner = errors.New("there is no key")
