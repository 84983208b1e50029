package app

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"ayumi/infra/access"
	"ayumi/infra/auth"
	"ayumi/infra/drafts"
	"ayumi/infra/ledgerfile"
	"ayumi/infra/line"
	"ayumi/infra/sqldb"
)

// desk are the files of a data directory that several instances share in the database
// of option access, with the schemas they go into.
var desk = []struct {
	file   string
	schema sqldb.Schema
}{
	{"auth.db", sqldb.Schema{Name: "signin", Tables: auth.Tables}},
	{"access.db", sqldb.Schema{Name: "access", Tables: access.Tables, Grant: access.Grant}},
	{"drafts.db", sqldb.Schema{Name: "drafts", Tables: drafts.Tables}},
	{"line.db", sqldb.Schema{Name: "line", Tables: line.Tables}},
}

// sharedMark is a file of a data directory whose desk was carried to a database.
const sharedMark = "shared"

// The faults of a desk that lies elsewhere than the options say.
var (
	// ErrNotShared: option access is given, and the directory has files of its own that
	// were not carried. Going on would begin sign-in and the access log anew.
	ErrNotShared = errors.New("sign-in and access log lie in the data directory")
	// ErrShared: they were carried, and option access is not given.
	ErrShared = errors.New("sign-in and access log lie in the database of option access")
	// ErrNoAccess: there is no option access to carry to.
	ErrNoAccess = errors.New("option access is needed")
)

// checkShared refuses to work beside a desk that lies elsewhere.
func (c Config) checkShared() error {
	switch carried := c.there(sharedMark); {
	case c.Access == "" && carried:
		return ErrShared
	case c.Access != "" && !carried && c.hasDesk():
		return ErrNotShared
	}
	return nil
}

func (c Config) there(name string) bool {
	_, err := os.Stat(c.in(name))
	return err == nil
}

// hasDesk tells whether people signed in, or looked at anything, by files of the
// directory.
func (c Config) hasDesk() bool { return c.there("auth.db") || c.there("access.db") }

func (c Config) markShared() error {
	return os.WriteFile(c.in(sharedMark), []byte("access\n"), 0o600)
}

// Share carries sign-in, access log, drafts and threads of LINE from the files of a data
// directory into the database of option access: all of it, read back and compared, or
// nothing. From then on the directory needs that option; the files stay as they are. The
// keys that sign are copied into the folder of option secrets, if there are none. No
// server may run.
func Share(ctx context.Context, c Config) (carried []sqldb.Carried, err error) {
	c = c.filled()
	if c.Access == "" {
		return nil, ErrNoAccess
	}
	held, err := Holds(c)
	if err == nil && !held {
		err = ErrNoLog
	}
	if err != nil {
		return nil, err
	}
	release, err := hold(c)
	if err != nil {
		return nil, err
	}
	defer release()
	if err := c.shareSecrets(); err != nil {
		return nil, err
	}
	key := c.secret("keys", "access.key")
	if _, err := os.Stat(key); err != nil {
		return nil, access.SecretFault{Path: key, Missing: true}
	}
	store, err := openLog(ctx, c)
	if err != nil {
		return nil, err
	}
	begun, _, err := genesis(ctx, store)
	if err = errors.Join(err, store.Close()); err != nil {
		return nil, err
	}
	for _, d := range desk {
		if !c.there(d.file) {
			continue // there never was one
		}
		d.schema.Of = begun.Origin
		db, err := sqldb.OpenSchema(ctx, c.Access, c.AccessOwner, d.schema)
		if err == nil {
			err = db.Close()
		}
		if err != nil {
			return nil, err
		}
		carried = append(carried, sqldb.Carried{File: c.in(d.file), Schema: d.schema.Name})
	}
	if err := sqldb.Carry(ctx, c.Access, carried); err != nil {
		return nil, err
	}
	return carried, c.markShared()
}

// shareSecrets copies the keys that sign into the folder of option secrets, where those
// are not that are there.
func (c Config) shareSecrets() error {
	if c.Secrets == "" {
		return nil
	}
	if err := os.MkdirAll(c.Secrets, 0o700); err != nil {
		return err
	}
	for _, f := range append(ledgerfile.KeyFiles(), "access.key") {
		content, err := os.ReadFile(c.in("ledger", f))
		if errors.Is(err, fs.ErrNotExist) {
			content, err = os.ReadFile(c.in("keys", f))
		}
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		to, err := os.OpenFile(c.secret("", f), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err == nil {
			_, err = to.Write(content)
			err = errors.Join(err, to.Sync(), to.Close())
		}
		if err != nil {
			return err
		}
	}
	return nil
}
