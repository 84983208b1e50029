package backup_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"ayumi/domain"
	"ayumi/infra/backup"
)

func identity(t testing.TB) *age.X25519Identity {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	require.NoError(t, err)
	return id
}

// written is a file of a backup with members of many sizes.
func written(t testing.TB, id *age.X25519Identity) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := backup.NewWriter(&out, []age.Recipient{id.Recipient()}, backup.Head{Kind: backup.Archive, Backup: "b", Origin: "o"})
	require.NoError(t, err)
	for i, size := range []int{0, 1, 511, 512, 513, 70_000, 200_000} {
		require.NoError(t, w.AddBytes(fmt.Sprintf("member/%d", i), bytes.Repeat([]byte{byte(i)}, size)))
	}
	require.NoError(t, w.Close(&backup.Manifest{Position: 7}))
	return out.Bytes()
}

// readAll reads a file to its end and answers the names of its members.
func readAll(file []byte, kind backup.Kind, ids ...age.Identity) (names []string, m backup.Manifest, err error) {
	r, err := backup.Open(bytes.NewReader(file), kind, ids)
	if err != nil {
		return nil, m, err
	}
	for {
		name, size, content, err := r.Next()
		if errors.Is(err, io.EOF) {
			return names, r.Manifest(), nil
		}
		if err != nil {
			return names, m, err
		}
		names = append(names, name)
		n, err := io.Copy(io.Discard, content)
		if err != nil {
			return names, m, err
		}
		if n != size {
			return names, m, io.ErrUnexpectedEOF
		}
	}
}

func TestWhatWasWrittenIsRead(t *testing.T) {
	id := identity(t)
	names, m, err := readAll(written(t, id), backup.Archive, identity(t), id)
	require.NoError(t, err)
	require.Len(t, names, 7)
	require.Equal(t, uint64(7), m.Position)
	require.Len(t, m.Members, 7)
	require.Equal(t, int64(70_000), m.Members[5].Size)
}

// A flipped byte is found wherever it lies, and never named before the place or far
// behind it.
func TestAFlippedByteIsNamed(t *testing.T) {
	id := identity(t)
	file := written(t, id)
	chance := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		at := chance.IntN(len(file))
		bad := bytes.Clone(file)
		bad[at] ^= 1 << chance.IntN(8)
		_, _, err := readAll(bad, backup.Archive, id)
		var fault *backup.Fault
		require.ErrorAs(t, err, &fault, "byte %d", at)
		require.Contains(t, []string{backup.Damaged, backup.NoIdentity, backup.Cut}, fault.Why)
		if fault.Why == backup.Damaged {
			if len(file)-at > 70_000 { // the end can be read
				require.Contains(t, fault.Among, holder(t, id, file, at), "byte %d", at)
			}
			require.Less(t, fault.At, int64(at+1), "byte %d", at)
			require.Greater(t, fault.At+2*(64<<10), int64(at), "byte %d", at)
		} else {
			require.Less(t, at, 1000, "only the first bytes say who opens a file")
		}
	}
}

// holder is the member that holds a byte of a file, found by the sizes alone.
func holder(t *testing.T, id *age.X25519Identity, file []byte, at int) string {
	t.Helper()
	_, size, err := age.DecryptReaderAt(bytes.NewReader(file), int64(len(file)), id)
	require.NoError(t, err)
	chunks := (size + 65535) / 65536
	header := int64(len(file)) - size - 16*chunks
	plain := int64(at) - header
	plain -= plain / (65536 + 16) * 16
	_, m, err := readAll(file, backup.Archive, id)
	require.NoError(t, err)
	name := "backup.json"
	for _, one := range m.Members {
		if one.At <= plain {
			name = one.Name
		}
	}
	return name
}

func TestACutFileIsNamed(t *testing.T) {
	id := identity(t)
	file := written(t, id)
	for cut := 0; cut < len(file); cut += 1 + len(file)/400 {
		_, _, err := readAll(file[:cut], backup.Archive, id)
		var fault *backup.Fault
		require.ErrorAs(t, err, &fault, "%d bytes", cut)
	}
	_, _, err := readAll(append(bytes.Clone(file), 0), backup.Archive, id)
	require.Error(t, err, "and one with more behind it")
}

func TestWhoMayNotOpenAFileIsTold(t *testing.T) {
	id := identity(t)
	file := written(t, id)
	var fault *backup.Fault
	_, _, err := readAll(file, backup.Archive, identity(t))
	require.ErrorAs(t, err, &fault)
	require.Equal(t, backup.NoIdentity, fault.Why)
	_, _, err = readAll(file, backup.Keys, id)
	require.ErrorAs(t, err, &fault)
	require.Equal(t, backup.OtherKind, fault.Why)
}

func TestNothingIsWrittenOutside(t *testing.T) {
	id := identity(t)
	for _, name := range []string{"", ".", "..", "../x", "/x", "a/../../x", "a//b", `a\b`, "c:x", strings.Repeat("x", 300)} {
		w, err := backup.NewWriter(io.Discard, []age.Recipient{id.Recipient()}, backup.Head{Kind: backup.Archive})
		require.NoError(t, err)
		require.Error(t, w.AddBytes(name, nil), name)
	}
}

func TestASeriesTearsNoRecord(t *testing.T) {
	id := identity(t)
	var out bytes.Buffer
	w, err := backup.NewWriter(&out, []age.Recipient{id.Recipient()}, backup.Head{Kind: backup.Archive})
	require.NoError(t, err)
	want := written1000()
	s := w.Series("log")
	for _, e := range want {
		_, err := s.Write(backup.AppendEvent(nil, e))
		require.NoError(t, err)
	}
	require.NoError(t, s.Close())
	require.NoError(t, w.Close(&backup.Manifest{}))
	r, err := backup.Open(&out, backup.Archive, []age.Identity{id})
	require.NoError(t, err)
	members, n := 0, 0
	for {
		_, _, content, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		members++
		for e, err := range backup.Events(content) {
			require.NoError(t, err)
			leaf, err := domain.Leaf(want[n].Body)
			require.NoError(t, err)
			want[n].Leaf = leaf
			require.Equal(t, want[n], e)
			n++
		}
	}
	require.Equal(t, len(want), n)
	require.Greater(t, members, 1)
}

func written1000() (out []domain.Recorded) {
	for i := range 1000 {
		body := domain.FormatBody(domain.Body{Facts: fmt.Appendf(nil, `{"n":%d}`, i), Salt: bytes.Repeat([]byte{byte(i)}, domain.SaltSize), Sealed: [][]byte{bytes.Repeat([]byte{7}, 6000)}})
		out = append(out, domain.Recorded{Position: uint64(i + 1), ID: uuid.New(), Stream: fmt.Sprintf("case-%d", i), Version: 1, Type: "case.opened", Body: body})
	}
	return out
}

func FuzzEvents(f *testing.F) {
	for _, e := range written1000()[:3] {
		f.Add(backup.AppendEvent(nil, e))
	}
	f.Add([]byte{1})
	f.Fuzz(func(t *testing.T, raw []byte) {
		var again []byte
		for e, err := range backup.Events(bytes.NewReader(raw)) {
			if err != nil {
				return
			}
			again = backup.AppendEvent(again, e)
		}
		for e, err := range backup.Events(bytes.NewReader(again)) { // what was read is written so that it reads the same
			require.NoError(t, err)
			require.NotNil(t, e)
		}
	})
}

func TestNobodyIsARecipientOfBoth(t *testing.T) {
	one, two := identity(t).Recipient().String(), identity(t).Recipient().String()
	require.NoError(t, backup.Apart([]string{one}, []string{two}))
	var same *backup.SamePerson
	require.ErrorAs(t, backup.Apart([]string{one, two}, []string{" " + two}), &same)
	require.Equal(t, two, same.Recipient)
	_, _, err := backup.Recipients(nil, nil)
	require.ErrorIs(t, err, backup.ErrRecipients)
	_, _, err = backup.Recipients([]string{"age1nobody"}, nil)
	var none *backup.NoRecipient
	require.ErrorAs(t, err, &none)
}

// A file is copied as it stood at one moment, though somebody writes to it.
func TestASnapshotIsOfOneMoment(t *testing.T) {
	dir := t.TempDir()
	c, err := sqlite.OpenConn(filepath.Join(dir, "a.db"), sqlite.OpenReadWrite|sqlite.OpenCreate|sqlite.OpenWAL)
	require.NoError(t, err)
	defer c.Close()
	require.NoError(t, sqlitex.ExecScript(c, "CREATE TABLE t (n INTEGER PRIMARY KEY, pad TEXT); PRAGMA user_version=7;"))
	stop, wrote := make(chan struct{}), make(chan error, 1)
	go func() {
		for {
			select {
			case <-stop:
				wrote <- nil
				return
			default:
			}
			if err := sqlitex.ExecScript(c, "INSERT INTO t (pad) VALUES (hex(randomblob(2000))); INSERT INTO t (pad) VALUES ('second');"); err != nil {
				wrote <- err
				return
			}
		}
	}()
	for i := range 10 {
		to := filepath.Join(dir, fmt.Sprint(i))
		require.NoError(t, backup.Snapshot(t.Context(), filepath.Join(dir, "a.db"), to))
		copied, err := sqlite.OpenConn(to, sqlite.OpenReadOnly)
		require.NoError(t, err)
		n, err := sqlitex.ResultInt64(copied.Prep("SELECT count(*) FROM t"))
		require.NoError(t, err)
		require.Zero(t, n%2, "a transaction is there whole or not at all")
		version, err := sqlitex.ResultInt64(copied.Prep("PRAGMA user_version"))
		require.NoError(t, err)
		require.Equal(t, int64(7), version)
		require.NoError(t, copied.Close())
	}
	close(stop)
	require.NoError(t, <-wrote)
}

func TestADamagedFileIsNamedWhenItIsCopied(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.db")
	c, err := sqlite.OpenConn(path, sqlite.OpenReadWrite|sqlite.OpenCreate)
	require.NoError(t, err)
	require.NoError(t, sqlitex.ExecScript(c, "CREATE TABLE t (n INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON t (a); INSERT INTO t (a) VALUES (hex(randomblob(9000)));"))
	require.NoError(t, c.Close())
	damage(t, path)
	require.Error(t, backup.Snapshot(t.Context(), path, filepath.Join(dir, "b.db")))
}

// damage writes noise over the pages behind the first.
func damage(t *testing.T, path string) {
	t.Helper()
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	for i := 4096; i < len(raw); i += 7 {
		raw[i] ^= 0x5a
	}
	require.NoError(t, os.WriteFile(path, raw, 0o600))
}

// The fuzzer is slow beside an engine this large, so records are hurt at random as well.
func TestHurtRecordsAreRefusedOrReadTheSame(t *testing.T) {
	chance := rand.New(rand.NewPCG(5, 6))
	var whole []byte
	for _, e := range written1000()[:3] {
		whole = backup.AppendEvent(whole, e)
	}
	refused := 0
	for range 20_000 {
		bad := bytes.Clone(whole[:1+chance.IntN(len(whole))])
		for range chance.IntN(4) {
			bad[chance.IntN(len(bad))] = byte(chance.IntN(256))
		}
		var again []byte
		var fault error
		for e, err := range backup.Events(bytes.NewReader(bad)) {
			if fault = err; err == nil {
				again = backup.AppendEvent(again, e)
			}
		}
		if fault != nil {
			refused++
			continue
		}
		for _, err := range backup.Events(bytes.NewReader(again)) {
			require.NoError(t, err)
		}
	}
	require.Greater(t, refused, 10_000)
}
