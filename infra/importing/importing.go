// Package importing keeps ledgers that are on their way into the log, each sealed
// under the key of the account that brought it: nobody else opens it, and with the
// account's key it is gone.
package importing

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/importing"
)

// ErrMissing: there is no such draft of this account.
var ErrMissing = errors.New("no such import")

// Store is a folder of sealed files, one folder an account.
type Store struct {
	dir    string
	keys   domain.Keyring
	origin string
}

// Open makes the folder if there is none.
func Open(dir string, keys domain.Keyring, origin string) (*Store, error) {
	return &Store{dir, keys, origin}, os.MkdirAll(dir, 0o700)
}

const (
	draftEnd = ".draft"
	tableEnd = ".tables"
	mappings = "mappings"
)

// Begin keeps a new draft with the tables it was read from.
func (s *Store) Begin(ctx context.Context, d *importing.Draft, tables []importing.Table) error {
	if err := s.put(ctx, d.Account, d.ID+tableEnd, tables); err != nil {
		return err
	}
	return s.Save(ctx, d)
}

// Save keeps a draft as it is now.
func (s *Store) Save(ctx context.Context, d *importing.Draft) error {
	return s.put(ctx, d.Account, d.ID+draftEnd, d)
}

// Load answers a draft of an account, or ErrMissing.
func (s *Store) Load(ctx context.Context, account, id string) (*importing.Draft, error) {
	d := &importing.Draft{}
	return d, s.get(ctx, account, id+draftEnd, d)
}

// Tables answers the tables of a draft, or ErrMissing.
func (s *Store) Tables(ctx context.Context, account, id string) (out []importing.Table, err error) {
	return out, s.get(ctx, account, id+tableEnd, &out)
}

// List answers the drafts of an account, the newest first.
func (s *Store) List(ctx context.Context, account string) ([]*importing.Draft, error) {
	if !domain.IDForm(account) {
		return nil, ErrMissing
	}
	files, err := os.ReadDir(filepath.Join(s.dir, account))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	var out []*importing.Draft
	for _, f := range files {
		id, is := strings.CutSuffix(f.Name(), draftEnd)
		if !is {
			continue
		}
		d, err := s.Load(ctx, account, id)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b *importing.Draft) int { return cmp.Or(b.Begun.Compare(a.Begun), strings.Compare(a.ID, b.ID)) })
	return out, err
}

// Remove takes a draft away with its tables.
func (s *Store) Remove(account, id string) error {
	return errors.Join(s.remove(account, id+draftEnd), s.remove(account, id+tableEnd))
}

// Memory is how an account reads ledgers of the same headings.
type Memory struct {
	Mapping importing.Mapping `json:"mapping"`
	Said    importing.Said    `json:"said"`
}

// mostRemembered is how many kinds of ledgers an account's memory holds.
const mostRemembered = 50

type memory struct {
	Signature string `json:"signature"`
	Memory
}

// Remember keeps how a ledger with these headings is read.
func (s *Store) Remember(ctx context.Context, account, signature string, m Memory) error {
	var all []memory
	if err := s.get(ctx, account, mappings, &all); err != nil && !errors.Is(err, ErrMissing) {
		return err
	}
	all = slices.DeleteFunc(all, func(x memory) bool { return x.Signature == signature })
	all = append([]memory{{signature, m}}, all...)
	return s.put(ctx, account, mappings, all[:min(len(all), mostRemembered)])
}

// Recall answers how a ledger with these headings was last read.
func (s *Store) Recall(ctx context.Context, account, signature string) (Memory, bool, error) {
	var all []memory
	err := s.get(ctx, account, mappings, &all)
	if errors.Is(err, ErrMissing) {
		return Memory{}, false, nil
	}
	i := slices.IndexFunc(all, func(x memory) bool { return x.Signature == signature })
	if err != nil || i < 0 {
		return Memory{}, false, err
	}
	return all[i].Memory, true, nil
}

// aad binds a file to the log, its account and its name: it opens as nothing else.
func (s *Store) aad(account, name string) []byte {
	return []byte("ayumi import v1\n" + s.origin + "\n" + account + "\n" + name)
}

func (s *Store) path(account, name string) (string, error) {
	if !domain.IDForm(account) || !domain.IDForm(name) {
		return "", ErrMissing
	}
	return filepath.Join(s.dir, account, name), nil
}

func (s *Store) put(ctx context.Context, account, name string, v any) error {
	path, err := s.path(account, name)
	if err != nil {
		return err
	}
	plain, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if _, err := s.keys.Ensure(ctx, account); err != nil {
		return err
	}
	var nonce [12]byte
	if _, err := rand.Read(nonce[:]); err != nil {
		return err
	}
	box, err := s.keys.Seal(ctx, account, nonce, plain, s.aad(account, name))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return write(path, box)
}

func (s *Store) get(ctx context.Context, account, name string, v any) error {
	path, err := s.path(account, name)
	if err != nil {
		return err
	}
	box, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return ErrMissing
	}
	if err != nil {
		return err
	}
	plain, err := s.keys.Open(ctx, account, box, s.aad(account, name))
	if err != nil {
		return fmt.Errorf("import %s: %w", name, err)
	}
	return json.Unmarshal(plain, v)
}

func (s *Store) remove(account, name string) error {
	path, err := s.path(account, name)
	if err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// write keeps a file through a power cut: contents, then name, then folder.
func write(path string, box []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if _, err := f.Write(box); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
