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
	"os"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain"
	"ayumi/domain/ledger"
	"ayumi/infra/backup"
	"ayumi/infra/keyring"
	"ayumi/infra/ledgerfile"
	"ayumi/infra/sqlitestore"
)

// mostSecret is above what a small member takes.
const mostSecret = 16 << 20

// readKeys reads the whole file of keys: secrets first, then the key table.
func (r *restoring) readKeys() error {
	in, err := backup.Open(r.from.Keys, backup.Keys, r.from.Identities)
	if err != nil {
		return err
	}
	for {
		name, size, content, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if strings.HasPrefix(name, tableSeries+"/") {
			err = r.row(in, name, content)
		} else {
			err = r.secret(in, name, size, content)
		}
		if err != nil {
			return err
		}
	}
	r.keysOf = in.Manifest()
	if r.table == nil {
		return in.Fault(backup.Incomplete, tableSeries, errors.New("there is no key table"))
	}
	if err := r.table.Close(); err != nil {
		return in.Fault(backup.NoKey, tableSeries, err)
	}
	return nil
}

func (r *restoring) secret(in *backup.Reader, name string, size int64, content io.Reader) error {
	if f, known := fateOf(name); !known || f != withKeys || size > mostSecret {
		return in.Fault(backup.Unknown, name, errors.New("no place for it"))
	}
	raw, err := io.ReadAll(content)
	r.secrets[name] = raw
	return err
}

const kekPlace = "keys/kek/"

func (r *restoring) row(in *backup.Reader, name string, content io.Reader) error {
	if r.table == nil {
		files := map[string][]byte{}
		for name, raw := range r.secrets {
			if short, is := strings.CutPrefix(name, kekPlace); is {
				files[short] = raw
			}
		}
		dir := ""
		if !r.from.Check {
			dir = KeysIn(r.dir)
		}
		since, err := r.destroyedSince()
		if err != nil {
			return err
		}
		if r.table, err = keyring.Return(dir, KeyOptions(r.c), files, since...); err != nil {
			return in.Fault(backup.NoKey, name, err)
		}
	}
	err := r.table.Read(content)
	var known *backup.Fault
	if err != nil && !errors.As(err, &known) {
		err = in.Fault(backup.NoKey, name, err)
	}
	return err
}

// readArchive reads the whole archive and compares the log with what was signed.
func (r *restoring) readArchive(ctx context.Context) error {
	in, err := backup.Open(r.from.Archive, backup.Archive, r.from.Identities)
	if err != nil {
		return err
	}
	if in.Head().Origin != r.keysOf.Origin {
		return &backup.Fault{Kind: backup.Keys, Why: backup.OtherLog, Cause: fmt.Errorf("they are of %s, the archive is of %s", r.keysOf.Origin, in.Head().Origin)}
	}
	if !r.from.Check {
		if r.log, err = sqlitestore.Open(r.dir.in("log.db"), sqlitestore.Options{}); err != nil {
			return err
		}
	}
	begun := false
	for {
		name, size, content, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if strings.HasPrefix(name, logSeries+"/") {
			if !begun {
				if err := r.openSigned(in); err != nil {
					return err
				}
			}
			begun = true
			err = r.events(ctx, in, name, content)
		} else {
			err = r.file(in, name, size, content)
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if r.from.Progress != nil {
			r.from.Progress(in.Offset())
		}
	}
	r.archive = in.Manifest()
	root := r.tree.Root()
	switch {
	case !begun:
		return in.Fault(backup.Incomplete, logSeries, errors.New("there is no log"))
	case uint64(r.tree.Size) != r.archive.Position || hex.EncodeToString(root[:]) != r.archive.Root:
		return in.Fault(backup.Ledger, logSeries, fmt.Errorf("the tree of %d records is %x", r.tree.Size, root[:]))
	case len(r.committed) > 0 && r.committed[len(r.committed)-1].tree.N > r.tree.Size:
		return in.Fault(backup.Ledger, logSeries, fmt.Errorf("a tree of %d records was signed, here are %d", r.committed[len(r.committed)-1].tree.N, r.tree.Size))
	}
	return nil
}

// signed are the small files that say what was signed, and which keys open it.
var signedFiles = []string{"ledger/journal", "ledger/checkpoint", "ledger/log.vkey"}

// file takes a member that is written as it is.
func (r *restoring) file(in *backup.Reader, name string, size int64, content io.Reader) error {
	f, known := fateOf(name)
	if !known || (f != inArchive && f != snapshot && f != wholeLines) {
		return in.Fault(backup.Unknown, name, errors.New("no place for it"))
	}
	sum, held := sha256.New(), &bytes.Buffer{}
	to := io.Writer(sum)
	for _, signed := range signedFiles {
		if name == signed && size <= 1<<30 {
			to = io.MultiWriter(sum, held)
		}
	}
	var err error
	if r.from.Check {
		_, err = io.Copy(to, content)
	} else {
		err = write(r.dir.in(filepath.FromSlash(name)), io.TeeReader(content, to))
	}
	if err != nil {
		return err
	}
	if strings.HasPrefix(name, "attachments/") && hex.EncodeToString(sum.Sum(nil)) != path.Base(name) {
		return in.Fault(backup.Untrue, name, errors.New("it is not the file of its name"))
	}
	if held.Len() > 0 {
		r.journals[name] = held.Bytes()
	}
	return nil
}

// write writes a new file, readable by its owner only. It is made durable at the end.
func write(to string, content io.Reader) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, content)
	return errors.Join(err, f.Close())
}

// committedTree is a tree that was signed, or was about to be.
type committedTree struct {
	tree   tlog.Tree
	signed string // the member that says so
}

// keptHead is a checkpoint that somebody kept.
type keptHead struct{ head ledger.TreeHead }

// openSigned reads what the log has to come to, before it is read.
func (r *restoring) openSigned(in *backup.Reader) error {
	trees, err := ledgerfile.Committed(r.journals["ledger/journal"])
	if err != nil {
		return in.Fault(backup.Ledger, "ledger/journal", err)
	}
	for _, t := range trees {
		r.committed = append(r.committed, committedTree{t, "ledger/journal"})
	}
	var last int64
	if n := len(trees); n > 0 {
		last = trees[n-1].N
	}
	key, err := ledger.NewVerifier(strings.TrimSpace(string(r.journals["ledger/log.vkey"])))
	if err != nil {
		return in.Fault(backup.Ledger, "ledger/log.vkey", err)
	}
	if key.Name() != in.Head().Origin {
		return in.Fault(backup.Ledger, "ledger/log.vkey", fmt.Errorf("it is the key of %s", key.Name()))
	}
	if signed := r.journals["ledger/checkpoint"]; signed != nil {
		head, _, err := ledger.OpenTreeHead(signed, []note.Verifier{key}, nil)
		if err != nil {
			return in.Fault(backup.Ledger, "ledger/checkpoint", err)
		}
		if head.N > last {
			r.committed = append(r.committed, committedTree{head.Tree, "ledger/checkpoint"})
		}
	}
	if r.from.Kept != nil {
		head, _, err := ledger.OpenTreeHead(r.from.Kept, []note.Verifier{key}, nil)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrForeign, err)
		}
		r.kept = &keptHead{head}
	}
	return nil
}

// events takes one piece of the log: into the new log, into the tree, and past every
// tree that was signed.
func (r *restoring) events(ctx context.Context, in *backup.Reader, name string, content io.Reader) error {
	passed := func(yield func(domain.Recorded, error) bool) {
		for e, err := range backup.Events(content) {
			if err == nil {
				err = r.pass(e)
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
	err := r.carry(ctx, passed)
	var known *backup.Fault
	if err != nil && ctx.Err() == nil && !errors.As(err, &known) && !errors.Is(err, ErrForeign) {
		why := backup.Ledger
		if errors.Is(err, errNoOwner) {
			why = backup.NoKey
			if r.keysOf.Begun.Before(in.Head().Begun) {
				return &backup.Fault{Kind: backup.Keys, Why: backup.Older, Cause: err}
			}
		}
		err = in.Fault(why, name, err)
	}
	return err
}

func (r *restoring) carry(ctx context.Context, events iter.Seq2[domain.Recorded, error]) error {
	if r.log != nil {
		return carryByAppend(ctx, r.log, events)
	}
	for _, err := range events {
		if err != nil {
			return err
		}
	}
	return nil
}

// pass takes an event into the tree.
func (r *restoring) pass(e domain.Recorded) error {
	if e.Position != uint64(r.tree.Size)+1 {
		return fmt.Errorf("record %d follows record %d", e.Position, r.tree.Size)
	}
	if e.Position == 1 {
		begun, err := begunBy(e)
		if err == nil && begun.Origin != r.keysOf.Origin {
			err = fmt.Errorf("it is the log of %s", begun.Origin)
		}
		if err != nil {
			return err
		}
	}
	if err := r.note(e); err != nil {
		return err
	}
	r.tree.Append(e.Leaf)
	for _, c := range r.committed {
		if c.tree.N == r.tree.Size && c.tree.Hash != r.tree.Root() {
			return fmt.Errorf("the tree of %d records is not the one that was signed (%s)", c.tree.N, c.signed)
		}
	}
	if k := r.kept; k != nil && k.head.N == r.tree.Size && k.head.Hash != r.tree.Root() {
		return fmt.Errorf("%w: its tree of %d records is another", ErrForeign, k.head.N)
	}
	return nil
}
