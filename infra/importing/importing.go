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
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/importing"
)

// ErrMissing: there is no such draft of this account.
var ErrMissing = errors.New("no such import")

// Store is a shelf of sealed files.
type Store struct {
	shelf  shelf
	keys   domain.Keyring
	origin string
}

// shelf keeps what is sealed by account and name, durably: a folder of one process, or
// a table of several.
type shelf interface {
	put(ctx context.Context, account, name string, box []byte) error
	get(ctx context.Context, account, name string) ([]byte, error) // ErrMissing
	names(ctx context.Context, account string) ([]string, error)
	remove(ctx context.Context, account, name string) error
}

// Open makes the folder if there is none.
func Open(dir string, keys domain.Keyring, origin string) (*Store, error) {
	return &Store{folder(dir), keys, origin}, os.MkdirAll(dir, 0o700)
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
	names, err := s.shelf.names(ctx, account)
	var out []*importing.Draft
	for _, name := range names {
		id, is := strings.CutSuffix(name, draftEnd)
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
func (s *Store) Remove(ctx context.Context, account, id string) error {
	if !domain.IDForm(account) || !domain.IDForm(id) {
		return ErrMissing
	}
	return errors.Join(s.shelf.remove(ctx, account, id+draftEnd), s.shelf.remove(ctx, account, id+tableEnd))
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

func (s *Store) put(ctx context.Context, account, name string, v any) error {
	if !domain.IDForm(account) || !domain.IDForm(name) {
		return ErrMissing
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
	return s.shelf.put(ctx, account, name, box)
}

func (s *Store) get(ctx context.Context, account, name string, v any) error {
	if !domain.IDForm(account) || !domain.IDForm(name) {
		return ErrMissing
	}
	box, err := s.shelf.get(ctx, account, name)
	if err != nil {
		return err
	}
	plain, err := s.keys.Open(ctx, account, box, s.aad(account, name))
	if err != nil {
		return fmt.Errorf("import %s: %w", name, err)
	}
	return json.Unmarshal(plain, v)
}
