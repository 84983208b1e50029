package attachments_test

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/attachments"
	"ayumi/infra/keyring"
	"ayumi/infra/sqldb"
	"ayumi/tests/given"
	"ayumi/tests/postgres"
)

var (
	ctx          = context.Background()
	owner, other = given.ID("person"), given.ID("other")
	document     = given.ID("document")
	resume       = []byte("履歴書　髙橋 例子　090-0000-0001")
)

// place is where files lie in a test.
type place struct {
	t    *testing.T
	dir  string
	db   *sql.DB // nil: the folder
	keys *keyring.Keyring
}

// onEach tries a test with files in a folder and in PostgreSQL.
func onEach(t *testing.T, test func(*testing.T, place)) {
	for _, engine := range []string{"folder", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			p := place{t: t, dir: filepath.Join(t.TempDir(), "attachments")}
			var err error
			if engine == "postgres" {
				base := postgres.Open(t)
				p.db, err = sqldb.OpenSchema(ctx, base.App, base.Owner, sqldb.Schema{Name: "files", Tables: attachments.Tables, Of: "log"})
				require.NoError(t, err)
				t.Cleanup(func() { require.NoError(t, p.db.Close()) })
			}
			p.keys, err = keyring.Open(t.TempDir(), keyring.Options{})
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, p.keys.Close()) })
			test(t, p)
		})
	}
}

func (p place) open() *attachments.Store {
	p.t.Helper()
	if p.db != nil {
		return attachments.OpenTables(p.db, p.keys, "log")
	}
	s, err := attachments.Open(p.dir, p.keys, "log")
	require.NoError(p.t, err)
	return s
}

// lying are the bytes that are kept, by where they lie.
func (p place) lying() map[string][]byte {
	p.t.Helper()
	out := map[string][]byte{}
	if p.db != nil {
		rows, err := p.db.Query("SELECT digest, box FROM attached")
		require.NoError(p.t, err)
		defer rows.Close()
		for rows.Next() {
			var digest string
			var box []byte
			require.NoError(p.t, rows.Scan(&digest, &box))
			out[digest] = box
		}
		require.NoError(p.t, rows.Err())
		return out
	}
	require.NoError(p.t, filepath.WalkDir(p.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		require.NoError(p.t, err)
		require.Zero(p.t, info.Mode().Perm()&0o077)
		out[path], err = os.ReadFile(path)
		return err
	}))
	return out
}

func (p place) change(where string, box []byte) {
	p.t.Helper()
	if p.db == nil {
		require.NoError(p.t, os.WriteFile(where, box, 0o600))
		return
	}
	_, err := p.db.Exec("UPDATE attached SET box = $2 WHERE digest = $1", where, box)
	require.NoError(p.t, err)
}

func TestAFileComesBackAndLiesEncrypted(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		s := p.open()
		digest, err := s.Put(ctx, owner, document, resume)
		require.NoError(t, err)
		got, err := p.open().Get(ctx, owner, document, digest)
		require.NoError(t, err)
		require.Equal(t, resume, got)
		again, err := s.Put(ctx, owner, document, resume)
		require.NoError(t, err)
		require.NotEqual(t, digest, again, "the same file twice is two ciphertexts")
		list := p.lying()
		require.Len(t, list, 2)
		for _, box := range list {
			require.NotContains(t, string(box), "髙橋")
		}
	})
}

func TestTheLargestFile(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		s := p.open()
		large := bytes.Repeat([]byte("0123456789abcdef"), attachments.Most/16)
		digest, err := s.Put(ctx, owner, document, large)
		require.NoError(t, err)
		got, err := s.Get(ctx, owner, document, digest)
		require.NoError(t, err)
		require.True(t, bytes.Equal(large, got))
		_, err = s.Put(ctx, owner, document, append(large, 'x'))
		require.ErrorIs(t, err, attachments.ErrTooLarge)
	})
}

func TestAFileOpensAsNothingElse(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		s := p.open()
		digest, err := s.Put(ctx, owner, document, resume)
		require.NoError(t, err)
		_, err = s.Put(ctx, other, document, resume)
		require.NoError(t, err)
		for what, try := range map[string]func() error{
			"another person":   func() error { _, err := s.Get(ctx, other, document, digest); return err },
			"another document": func() error { _, err := s.Get(ctx, owner, given.ID("x"), digest); return err },
		} {
			require.ErrorIs(t, try(), attachments.ErrDamaged, what)
		}
		for _, none := range []string{"", "../../keys", string(bytes.Repeat([]byte("0"), 64)), string(bytes.Repeat([]byte("/"), 64))} {
			_, err := s.Get(ctx, owner, document, none)
			require.ErrorIs(t, err, attachments.ErrMissing, none)
			require.NoError(t, s.Remove(ctx, none))
		}
		for where, box := range p.lying() {
			box[len(box)/2] ^= 1
			p.change(where, box)
		}
		_, err = s.Get(ctx, owner, document, digest)
		require.ErrorIs(t, err, attachments.ErrDamaged)
	})
}

func TestAFileIsTakenAway(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		s := p.open()
		digest, err := s.Put(ctx, owner, document, resume)
		require.NoError(t, err)
		kept, err := s.Put(ctx, other, document, resume)
		require.NoError(t, err)
		require.NoError(t, s.Remove(ctx, digest))
		require.NoError(t, s.Remove(ctx, digest), "twice is once")
		_, err = s.Get(ctx, owner, document, digest)
		require.ErrorIs(t, err, attachments.ErrMissing)
		_, err = s.Get(ctx, other, document, kept)
		require.NoError(t, err)
		require.Len(t, p.lying(), 1)
	})
}

func TestWithTheKeyTheFileIsGone(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		s := p.open()
		digest, err := s.Put(ctx, owner, document, resume)
		require.NoError(t, err)
		require.NoError(t, p.keys.Destroy(ctx, owner))
		_, err = s.Get(ctx, owner, document, digest)
		require.ErrorIs(t, err, domain.ErrErased)
		_, err = s.Put(ctx, owner, document, resume)
		require.ErrorIs(t, err, domain.ErrErased)
	})
}

// What is kept by one instance is there for all, and a server that stops loses
// nothing that was answered.
func TestFilesOfSeveralInstances(t *testing.T) {
	base := postgres.Open(t)
	keys, err := keyring.Open(t.TempDir(), keyring.Options{})
	require.NoError(t, err)
	defer keys.Close()
	var stores []*attachments.Store
	for range 2 {
		db, err := sqldb.OpenSchema(ctx, base.App, base.Owner, sqldb.Schema{Name: "files", Tables: attachments.Tables, Of: "log"})
		require.NoError(t, err)
		defer db.Close()
		stores = append(stores, attachments.OpenTables(db, keys, "log"))
	}
	for i := range 20 {
		digest, err := stores[i%2].Put(ctx, owner, document, resume)
		if i%5 == 4 {
			base.Cut(t)
		}
		if err != nil {
			require.ErrorIs(t, err, domain.ErrStoreAway)
			continue
		}
		require.Eventually(t, func() bool {
			got, err := stores[(i+1)%2].Get(ctx, owner, document, digest)
			if err != nil {
				require.ErrorIs(t, err, domain.ErrStoreAway)
			}
			return err == nil && bytes.Equal(got, resume)
		}, time.Minute, 10*time.Millisecond)
	}
}

// Files of a folder go into the tables when these are opened over it, and leave it.
func TestFilesOfAFolderAreTakenOver(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		if p.db == nil {
			t.Skip("it is the folder")
		}
		old, err := attachments.Open(p.dir, p.keys, "log")
		require.NoError(t, err)
		digests := map[string]bool{}
		for range 5 {
			digest, err := old.Put(ctx, owner, document, resume)
			require.NoError(t, err)
			digests[digest] = true
		}
		damaged, err := old.Put(ctx, owner, document, resume)
		require.NoError(t, err)
		path := filepath.Join(p.dir, damaged[:2], damaged)
		require.NoError(t, os.WriteFile(path, []byte("x"), 0o600))
		s := p.open()
		n, err := s.TakeOver(ctx, p.dir)
		require.NoError(t, err)
		require.Equal(t, 5, n)
		for digest := range digests {
			got, err := s.Get(ctx, owner, document, digest)
			require.NoError(t, err)
			require.Equal(t, resume, got)
			require.NoFileExists(t, filepath.Join(p.dir, digest[:2], digest))
		}
		require.FileExists(t, path)
		n, err = s.TakeOver(ctx, p.dir)
		require.NoError(t, err)
		require.Zero(t, n)
		n, err = s.TakeOver(ctx, filepath.Join(p.dir, "none"))
		require.NoError(t, err)
		require.Zero(t, n)
	})
}
