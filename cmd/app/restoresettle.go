package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/infra/auth"
	"ayumi/infra/backup"
	"ayumi/infra/keyring"
	"ayumi/infra/ledgerfile"
)

// endSessions signs everybody out.
func (r *restoring) endSessions(ctx context.Context) error {
	path := r.dir.in("auth.db")
	if _, err := os.Stat(path); err != nil {
		return nil // nobody ever signed in
	}
	store, err := auth.Open(path, r.c.Now)
	if err != nil {
		return err
	}
	return errors.Join(store.EndAll(ctx), store.Close())
}

// renew sets aside what was signed with the old keys and makes new ones. The key as a
// witness is not put back: a witness that forgot what it signed must be another one.
func (r *restoring) renew(out *Restored) (err error) {
	for _, name := range []string{"ledger/log.key", "ledger/log.mldsa.key", "witness/witness.key"} {
		clear(r.secrets[name])
		delete(r.secrets, name)
	}
	aside, key, err := ledgerfile.Renew(r.dir.in("ledger"), r.archive.Origin, r.dir.in("ledger", "access"))
	out.LogKey, out.Before = key, "ledger/"+filepath.Base(aside)
	return err
}

// restoredMark is a line of ledger/restored: that this log was put back, and from when
// on it may differ from one that was signed.
type restoredMark struct {
	ID       string    `json:"id"`
	At       time.Time `json:"at"`
	Backup   string    `json:"backup"`
	Begun    time.Time `json:"begun"`
	Position uint64    `json:"position"`
	Root     string    `json:"root"`
	Lost     uint64    `json:"lost,omitempty"`
	LogKey   string    `json:"log_key,omitempty"`
	Before   string    `json:"before,omitempty"`
}

func (r *restoring) mark(out *Restored) error {
	line, err := json.Marshal(restoredMark{
		ID: uuid.NewString(), At: r.c.Now().UTC(), Backup: out.Backup, Begun: out.Begun, Position: out.Position, Root: out.Root, Lost: out.Lost, LogKey: out.LogKey, Before: out.Before,
	})
	if err != nil {
		return err
	}
	f, err := os.OpenFile(r.dir.in("ledger", "restored"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(append(line, '\n'))
	return errors.Join(err, f.Close())
}

// PutBack tells when the log of a data directory was put back from a backup last, and
// up to which record; false: never.
func (c Config) PutBack() (at time.Time, position uint64, ok bool) {
	marks, err := c.restorations()
	if err != nil || len(marks) == 0 {
		return at, 0, false
	}
	m := marks[len(marks)-1]
	return m.At, m.Position, true
}

func (c Config) restorations() (out []restoredMark, err error) {
	raw, err := os.ReadFile(c.in("ledger", "restored"))
	if os.IsNotExist(err) {
		return nil, nil
	}
	for line := range strings.Lines(string(raw)) {
		var m restoredMark
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			return nil, fmt.Errorf("ledger/restored: %w", err)
		}
		out = append(out, m)
	}
	return out, err
}

// tellRestored records in the log that it was put back, once for each time.
func (l *Ledger) tellRestored(ctx context.Context, o *office.Office) error {
	marks, err := l.Config.restorations()
	for _, m := range marks {
		id, idErr := uuid.Parse(m.ID)
		if err = errors.Join(err, idErr); err != nil {
			return err
		}
		data := domain.Data{"stream": quoted(l.Origin), "source": quoted("system"), "restoration": quoted(m.ID), "backup": quoted(m.Backup),
			"up_to": fmt.Append(nil, m.Position), "lost": fmt.Append(nil, m.Lost), "renewed": fmt.Append(nil, m.LogKey != "")}
		if _, err := o.Do(ctx, office.Request{Command: "log.restore", ID: uuid.NewSHA1(id, []byte("log.restore")), By: "system", At: l.Config.Now(), Data: data}); err != nil {
			return fmt.Errorf("record the restoration: %w", err)
		}
	}
	return err
}

// proveTrees puts the secrets in their place and has both ledgers compare what they
// hold with what was signed, as a server does when it starts.
func (r *restoring) proveTrees(ctx context.Context) (err error) {
	for name, raw := range r.secrets {
		if strings.HasPrefix(name, kekPlace) {
			continue
		}
		if err := write(r.dir.in(filepath.FromSlash(name)), bytes.NewReader(raw)); err != nil {
			return err
		}
	}
	if r.log, err = openEngine(ctx, r.dir, Embedded); err != nil {
		return err
	}
	l := &Ledger{Config: r.dir, Store: r.log, Origin: r.archive.Origin}
	defer func() { err = errors.Join(err, l.Close(), r.close()) }()
	for _, file := range []string{"access.db", "auth.db", "drafts.db", "line.db", "webhooks.db"} {
		if _, err := os.Stat(r.dir.in(file)); err != nil {
			continue
		}
		if err := backup.Sound(ctx, r.dir.in(file)); err != nil {
			return err
		}
	}
	quiet := func(string, error) {} // that the files of hashes are made anew is meant
	events, err := ledgerfile.Open(ledgerfile.Config{Store: r.log, Dir: r.dir.in("ledger"), Origin: l.Origin, Now: r.c.Now, Report: quiet})
	if err != nil {
		return err
	}
	defer events.Close()
	if _, err := events.Once(ctx); err != nil {
		return &backup.Fault{Kind: backup.Archive, Why: backup.Ledger, Member: logSeries, Cause: err}
	}
	log, err := openAccess(ctx, r.dir, l.Origin)
	if err != nil {
		return err
	}
	l.later(log.Close)
	looks, err := ledgerfile.Open(ledgerfile.Config{Leaves: log, Dir: r.dir.in("ledger", "access"), Origin: AccessOrigin(l.Origin), Keys: r.dir.in("ledger"), Now: r.c.Now, Report: quiet})
	if err != nil {
		return err
	}
	defer looks.Close()
	_, sealed := looks.Once(ctx)
	if errors.Is(sealed, ledgerfile.ErrEmpty) {
		sealed = nil
	}
	if err := errors.Join(log.Check(ctx), sealed); err != nil {
		return &backup.Fault{Kind: backup.Archive, Why: backup.Ledger, Member: "access.db", Cause: err}
	}
	return nil
}

// kekApart tells whether the KEKs lie outside the data directory, where they may have
// outlived it.
func (r *restoring) kekApart() bool { return !within(r.c.KEKDir, r.c.Data) }

// destroyedSince are the owners in the list of a folder of KEKs that outlived the data:
// it is newer than any copy.
func (r *restoring) destroyedSince() ([]string, error) {
	if !r.kekApart() {
		return nil, nil
	}
	raw, err := os.ReadFile(filepath.Join(r.c.KEKDir, "erased.txt"))
	if os.IsNotExist(err) {
		return nil, nil
	}
	return strings.Fields(string(raw)), err
}

// putKEKs writes the files of the folder of KEKs. What lies there already stays if it is
// the same; the list of who is destroyed only grows.
func (r *restoring) putKEKs() error {
	for name, raw := range r.secrets {
		short, is := strings.CutPrefix(name, kekPlace)
		if !is {
			continue
		}
		to := filepath.Join(r.dir.KEKDir, filepath.FromSlash(short))
		there, err := os.ReadFile(to)
		switch {
		case os.IsNotExist(err):
			err = write(to, bytes.NewReader(raw))
		case err == nil && short == "erased.txt":
			err = union(to, strings.Fields(string(there)), strings.Fields(string(raw)))
		case err == nil && !bytes.Equal(there, raw):
			err = fmt.Errorf("%s: %w", to, keyring.ErrOccupied)
		}
		clear(there)
		if err != nil {
			return err
		}
	}
	if _, err := os.Stat(r.dir.KEKDir); err != nil {
		return err
	}
	return syncAll(r.dir.KEKDir)
}

// union writes the owners of a list that are missing in a file behind those in it.
func union(path string, there, more []string) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	for _, owner := range more {
		if err == nil && !slices.Contains(there, owner) {
			_, err = f.WriteString(owner + "\n")
		}
	}
	return errors.Join(err, f.Sync(), f.Close())
}
