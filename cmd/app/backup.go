package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"

	"filippo.io/age"
	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/ledger"
	"ayumi/infra/backup"
	"ayumi/infra/keyring"
	"ayumi/infra/kurrentdb"
	"ayumi/infra/sqlitestore"
)

// BackupTo says where the two files of a backup go and who can open them. Without a
// writer that file is not made.
type BackupTo struct {
	Archive, Keys       io.Writer
	ArchiveFor, KeysFor []age.Recipient
	// Progress is told how many events of how many are written; it may be nil.
	Progress func(done, all int)
}

// BackedUp is what a backup came to.
type BackedUp struct {
	Archive *backup.Manifest `json:"archive,omitempty"`
	Keys    *backup.Manifest `json:"keys,omitempty"`
	Left    []string         `json:"left,omitempty"` // files that are none of the product's, or damaged
}

// ErrInServers: keys or the access log lie in databases, which their own means back up.
var ErrInServers = errors.New("keys and access log lie in databases")

// Backup writes a backup of a data directory, while a server may work on it: an archive
// of everything that cannot be made again, and then the keys, which so are never older.
func Backup(ctx context.Context, c Config, to BackupTo) (out BackedUp, err error) {
	if c.Keys != "" || c.Access != "" || c.Secrets != "" || c.there(sharedMark) {
		return out, ErrInServers
	}
	c = c.filled()
	held, err := Holds(c)
	if err == nil && !held {
		err = ErrNoLog
	}
	if err != nil {
		return out, err
	}
	alone, finish, err := lockOf(c, "backup.LOCK")
	if err == nil && !alone {
		err = ErrBackingUp
	}
	if err != nil {
		return out, err
	}
	defer finish()
	rest, release, err := lockOf(c, "LOCK")
	if err != nil {
		return out, err
	}
	defer release()
	cut, _ := filepath.Glob(c.in("backup-*.part")) // of a backup that did not end; the pattern is sound
	for _, path := range cut {
		err = errors.Join(err, os.RemoveAll(path))
	}
	spool, madeErr := os.MkdirTemp(c.Data, "backup-*.part")
	if err = errors.Join(err, madeErr); err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(spool)) }()
	b := &backingUp{c: c, spool: spool, progress: to.Progress}
	if b.head, err = b.headOf(ctx); err != nil {
		return out, err
	}
	b.head.Serving = !rest || c.Engine != Embedded // who else works on a log elsewhere is not seen from here
	if to.Archive != nil {
		if out.Archive, err = b.archive(ctx, to.Archive, to.ArchiveFor); err != nil {
			return out, fmt.Errorf("archive: %w", err)
		}
	}
	if to.Keys != nil {
		if out.Keys, err = b.keys(ctx, to.Keys, to.KeysFor); err != nil {
			return out, fmt.Errorf("keys: %w", err)
		}
	}
	out.Left = b.left
	return out, nil
}

// ErrBackingUp: a backup of the same directory is under way.
var ErrBackingUp = errors.New("another backup is under way")

// lockOf takes a lock of a data directory, if nobody has it, until release.
func lockOf(c Config, name string) (held bool, release func(), err error) {
	f, err := os.OpenFile(c.in(name), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return false, nil, fmt.Errorf("data directory: %w", err)
	}
	locked := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	return locked == nil, func() { f.Close() }, nil
}

type backingUp struct {
	c        Config
	spool    string
	head     backup.Head
	left     []string
	progress func(done, all int)
}

// reading is a log that others may write.
type reading interface {
	Head(ctx context.Context) (domain.Recorded, error)
	All(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error]
	Close() error
}

// log opens the log as it stands now.
func (b *backingUp) log(ctx context.Context) (reading, error) {
	lies, err := engineOf(b.c)
	if err != nil {
		return nil, err
	}
	if lies != b.c.Engine {
		return nil, OtherEngine{lies, b.c.Engine}
	}
	if lies == KurrentDB {
		return kurrentdb.Open(ctx, kurrentdb.Options{
			URL: b.c.KurrentDB, Log: b.c.KurrentLog, Index: filepath.Join(b.spool, "kurrentdb.db"), Patience: b.c.KurrentWait, Logger: b.c.Log,
		})
	}
	return sqlitestore.OpenBeside(b.c.in("log.db"))
}

// Version is the version of the program, as far as it was built with one.
func Version() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Version
	}
	return "unknown"
}

func (b *backingUp) headOf(ctx context.Context) (h backup.Head, err error) {
	l, err := b.log(ctx)
	if err != nil {
		return h, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	for rec, err := range l.All(ctx, 0) {
		if err != nil {
			return h, err
		}
		begun, err := begunBy(rec)
		if err != nil {
			return h, err
		}
		return backup.Head{Backup: uuid.NewString(), Origin: begun.Origin, Scenario: begun.Scenario, Begun: b.c.Now().UTC(), Program: Version(), Engine: b.c.Engine}, nil
	}
	return h, ErrNoLog
}

// archive writes everything but keys, in the order of places.
func (b *backingUp) archive(ctx context.Context, to io.Writer, recipients []age.Recipient) (*backup.Manifest, error) {
	b.head.Kind = backup.Archive
	w, err := backup.NewWriter(to, recipients, b.head)
	if err != nil {
		return nil, err
	}
	m := &backup.Manifest{}
	for _, p := range places {
		if p.fate == theLog {
			if err := b.events(ctx, w, m); err != nil {
				return nil, err
			}
			continue
		}
		if p.fate != inArchive && p.fate != snapshot && p.fate != wholeLines {
			continue
		}
		names, err := b.c.files() // as they are now: some are made on the way
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if !fits(p.name, name) {
				continue
			}
			if err := b.put(ctx, w, name, p.fate); err != nil {
				return nil, err
			}
		}
	}
	if err := b.strangers(); err != nil {
		return nil, err
	}
	if engine, err := engineOf(b.c); err != nil || engine != b.head.Engine {
		return nil, errors.Join(OtherEngine{engine, b.head.Engine}, err)
	}
	m.Ended = b.c.Now().UTC()
	return m, w.Close(m)
}

// put writes one file; one that is gone meanwhile is no part of the copy.
func (b *backingUp) put(ctx context.Context, w *backup.Writer, name string, f fate) error {
	from := b.c.in(filepath.FromSlash(name))
	if f == snapshot {
		to := filepath.Join(b.spool, path.Base(name))
		if err := backup.Snapshot(ctx, from, to); err != nil {
			return err
		}
		defer os.Remove(to)
		return addFile(w, name, to)
	}
	if strings.HasPrefix(name, "attachments/") {
		raw, err := os.ReadFile(from)
		if os.IsNotExist(err) {
			return nil
		}
		if err != nil {
			return err
		}
		if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != path.Base(name) {
			if _, err := os.Stat(from); err == nil { // and not being overwritten by an erasure
				b.left = append(b.left, name)
			}
			return nil
		}
		return w.AddBytes(name, raw)
	}
	if f == wholeLines {
		raw, err := os.ReadFile(from)
		if err != nil {
			return err
		}
		return w.AddBytes(name, raw[:bytes.LastIndexByte(raw, '\n')+1])
	}
	err := addFile(w, name, from)
	if os.IsNotExist(err) {
		return nil
	}
	return err
}

func addFile(w *backup.Writer, name, from string) error {
	f, err := os.Open(from)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return w.Add(name, info.Size(), f)
}

// logSeries is the name of the members that hold the log, tableSeries of those with the
// key table.
const (
	logSeries   = "log"
	tableSeries = "keys/table"
)

// events writes the log as it stands now.
func (b *backingUp) events(ctx context.Context, w *backup.Writer, m *backup.Manifest) (err error) {
	l, err := b.log(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	head, err := l.Head(ctx)
	if err != nil {
		return err
	}
	members, tree, record := w.Series(logSeries), &ledger.Frontier{}, []byte(nil)
	for e, err := range watched(l.All(ctx, 0), head.Position, b.progress) {
		if err != nil {
			return err
		}
		leaf, err := domain.Leaf(e.Body)
		if err == nil && e.Leaf != leaf {
			err = errors.New("body does not give the stored leaf hash")
		}
		if err != nil {
			return fmt.Errorf("position %d: %w", e.Position, err)
		}
		tree.Append(leaf)
		record = backup.AppendEvent(record[:0], e)
		if _, err := members.Write(record); err != nil {
			return err
		}
		m.Position, m.Event = e.Position, e.ID.String()
	}
	root := tree.Root()
	m.Root = hex.EncodeToString(root[:])
	return members.Close()
}

// strangers notes the files that no backup knows.
func (b *backingUp) strangers() error {
	names, err := b.c.files()
	for _, name := range names {
		if _, known := fateOf(name); !known && !strings.HasPrefix(path.Base(name), "new-") {
			b.left = append(b.left, name)
		}
	}
	return err
}

// keys writes the key table and every secret of the directory. What is read first is
// how far the log stands: every key that was used up to there is in the copy.
func (b *backingUp) keys(ctx context.Context, to io.Writer, recipients []age.Recipient) (*backup.Manifest, error) {
	b.head.Kind = backup.Keys
	m := &backup.Manifest{}
	if err := b.stands(ctx, m); err != nil {
		return nil, err
	}
	spool, err := os.CreateTemp(b.spool, "table")
	if err != nil {
		return nil, err
	}
	defer spool.Close()
	table, err := keyring.Copy(ctx, KeysIn(b.c), KeyOptions(b.c), spool)
	if err != nil {
		return nil, err
	}
	w, err := backup.NewWriter(to, recipients, b.head)
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(table.Files)) {
		if err := w.AddBytes(kekPlace+name, table.Files[name]); err != nil {
			return nil, err
		}
	}
	for _, p := range places {
		if p.fate != withKeys || p.name == "keys/keys.db" || strings.HasPrefix(p.name, kekPlace) {
			continue
		}
		raw, err := os.ReadFile(b.c.in(filepath.FromSlash(p.name)))
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if err := w.AddBytes(p.name, raw); err != nil {
			return nil, err
		}
	}
	rows := w.Series(tableSeries)
	if err := errors.Join(table.Records(rows), rows.Close()); err != nil {
		return nil, err
	}
	m.Epoch, m.DestroyBy, m.Ended = table.Epoch.Epoch, &table.Epoch.Ends, b.c.Now().UTC()
	return m, w.Close(m)
}

func (b *backingUp) stands(ctx context.Context, m *backup.Manifest) error {
	l, err := b.log(ctx)
	if err != nil {
		return err
	}
	head, err := l.Head(ctx)
	m.Position, m.Event = head.Position, head.ID.String()
	return errors.Join(err, l.Close())
}
