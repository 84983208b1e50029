package app

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"ayumi/domain"
	"ayumi/domain/ledger"
	"ayumi/infra/backup"
)

// holders hold one identity each.
type holders struct{ archive, keys *age.X25519Identity }

func twoHolders(t *testing.T) (o holders) {
	t.Helper()
	if keysShared() {
		t.Skip("a database of keys is copied by its own server")
	}
	var err error
	o.archive, err = age.GenerateX25519Identity()
	require.NoError(t, err)
	o.keys, err = age.GenerateX25519Identity()
	require.NoError(t, err)
	return o
}

// both makes a backup: its archive and its keys.
func (o holders) both(t *testing.T, c Config) (archive, keys []byte, done BackedUp) {
	t.Helper()
	var a, k bytes.Buffer
	done, err := Backup(ctx, c, BackupTo{Archive: &a, Keys: &k, ArchiveFor: []age.Recipient{o.archive.Recipient()}, KeysFor: []age.Recipient{o.keys.Recipient()}})
	require.NoError(t, err)
	require.Empty(t, done.Left)
	left, err := filepath.Glob(filepath.Join(c.Data, "backup-*.part"))
	require.NoError(t, err)
	require.Empty(t, left)
	return a.Bytes(), k.Bytes(), done
}

func (o holders) from(archive, keys []byte) RestoreFrom {
	return RestoreFrom{Archive: bytes.NewReader(archive), Keys: bytes.NewReader(keys), Identities: []age.Identity{o.archive, o.keys}}
}

// elsewhere is the household on another machine.
func (h *household) elsewhere(t *testing.T) *household {
	t.Helper()
	next := *h
	next.t, next.dir, next.log = t, t.TempDir(), &bytes.Buffer{}
	return &next
}

func (h *household) good(a *App) {
	h.t.Helper()
	for _, f := range a.Check(ctx) {
		require.Empty(h.t, f.Fault, f.What)
	}
}

const backupLoad = "AYUMI_TEST_BACKUP_LOAD"

// TestBackupLoadChild is the office at work: 200 commands a second until it is killed. It
// prints the position of each after it was answered.
func TestBackupLoadChild(t *testing.T) {
	raw := os.Getenv(backupLoad)
	if raw == "" {
		t.Skip("a child of other tests")
	}
	h := &household{t: t, log: &bytes.Buffer{}}
	var told struct {
		Dir, Counsellor string
		Now             time.Time
	}
	require.NoError(t, json.Unmarshal([]byte(raw), &told))
	h.dir, h.co, h.clock = told.Dir, told.Counsellor, &timer{at: told.Now}
	c := h.config()
	c.SealEvery = 50 * time.Millisecond
	a, err := Open(ctx, c)
	require.NoError(t, err)
	require.NoError(t, a.Ready(ctx, 30*time.Second))
	var say sync.Mutex
	for w := range 8 {
		go func() {
			tick := time.NewTicker(8 * time.Second / 200)
			for n := 0; ; n++ {
				<-tick.C
				r, err := h.meet(a, fmt.Sprintf("%d-%d", w, n))
				if err != nil {
					fmt.Fprintln(os.Stderr, err)
					os.Exit(2)
				}
				say.Lock()
				fmt.Println("at", r[len(r)-1].Position)
				say.Unlock()
			}
		}()
	}
	select {}
}

// meet is a first consultation of somebody new.
func (h *household) meet(a *App, name string) ([]domain.Receipt, error) {
	return h.try(a, h.co, "person.first_contact", map[string]any{
		"register": map[string]any{"kind": "consultee", "anonymous": false, "age_band": "20s", "residence_pref": "13", "language": "ja",
			"student": false, "family": "見本" + name, "given": "例", "search": uuid.NewString()},
		"notice": map[string]any{"notice_version": "n1", "language": "ja", "method": "paper"},
		"consultation": map[string]any{"desk": "D-TKY", "channel": "in_person", "categories": []string{"job"}, "counsellor": h.co, "attendee_count": 1,
			"initiated_by": "person", "advice": true, "notice_version": "n1", "outcome": "continuing", "note": plantedNote},
		"open": map[string]any{"desk": "D-TKY", "aims": []string{"job"}, "lead_source": "walk_in", "target_pref": "31", "new_episode": false},
	})
}

// TestBackupUnderLoad: a backup is taken while another process works on the office, and
// put back elsewhere. Everything that was answered before is in it, every figure is the
// same, a person can be read through the door, and who was erased cannot.
func TestBackupUnderLoad(t *testing.T) {
	h := build(t)
	a := h.open()
	h.order(a)
	h.erased(a)
	require.NoError(t, a.Close())
	told, err := json.Marshal(map[string]any{"Dir": h.dir, "Counsellor": h.co, "Now": h.clock.now()})
	require.NoError(t, err)
	child := exec.Command(os.Args[0], "-test.run=^TestBackupLoadChild$")
	child.Env, child.Stderr = append(os.Environ(), backupLoad+"="+string(told)), os.Stderr
	pipe, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	var mu sync.Mutex
	var acknowledged []uint64
	heard := make(chan struct{})
	go func() {
		defer close(heard)
		lines := bufio.NewScanner(pipe)
		for lines.Scan() {
			if at, is := strings.CutPrefix(lines.Text(), "at "); is {
				n, _ := strconv.ParseUint(at, 10, 64)
				mu.Lock()
				acknowledged = append(acknowledged, n)
				mu.Unlock()
			}
		}
	}()
	answered := func() int {
		mu.Lock()
		defer mu.Unlock()
		return len(acknowledged)
	}
	require.Eventually(t, func() bool { return answered() > 100 }, time.Minute, 10*time.Millisecond)
	o := twoHolders(t)
	before, began := answered(), time.Now()
	archive, keys, done := o.both(t, h.config())
	took, after := time.Since(began), answered()
	more, _, _ := o.both(t, h.config()) // and again: the first one did it no harm
	require.NotEmpty(t, more)
	require.Eventually(t, func() bool { return answered() > after+50 }, time.Minute, 10*time.Millisecond, "the office goes on")
	require.NoError(t, child.Process.Kill())
	<-heard
	_ = child.Wait()
	require.True(t, done.Archive.Serving)
	require.GreaterOrEqual(t, done.Keys.Position, done.Archive.Position)
	in := 0
	for i, at := range acknowledged {
		if at <= done.Archive.Position {
			in++
		} else {
			require.GreaterOrEqual(t, i, before-8, "what was answered before the backup is in it")
		}
	}
	t.Logf("%d commands answered before the backup, %d while it was made (%s); %d are in it, up to record %d", before, after-before, took, in, done.Archive.Position)
	require.GreaterOrEqual(t, in, before)

	next := h.elsewhere(t)
	back, err := Restore(ctx, next.config(), o.from(archive, keys))
	require.NoError(t, err)
	require.Equal(t, done.Archive.Position, back.Position)
	require.Empty(t, back.Untold)
	require.Positive(t, back.Committed)
	b := next.open()
	next.good(b)
	for _, text := range next.opened(b) {
		require.True(t, text.Erased, "who was erased stays erased")
	}
	found, err := b.People.Search(next.actor(b, h.co), "見本", 1000)
	require.NoError(t, err)
	require.Len(t, found.Hits, 50, "names are read again, as many as a search answers")
	// Everything goes on from here.
	_, err = next.meet(b, "後")
	require.NoError(t, err)
	restored := next.count(b, back.Position)
	require.NoError(t, b.Close())

	source := h.open()
	require.Equal(t, h.count(source, back.Position).at(back.Position), restored.at(back.Position))
}

// at keeps the figures of one position, and the leaves.
func (c counts1) at(position uint64) counts1 {
	out := counts1{figures: map[string]domain.Counted{}, leaves: c.leaves}
	for name, f := range c.figures {
		if strings.HasSuffix(name, fmt.Sprintf(" at %d", position)) {
			out.figures[name] = f
		}
	}
	return out
}

// Who is erased after the log was copied stays erased when it is put back: the newest
// keys decide, or the list that outlived the data beside its KEKs.
func TestWhoIsErasedAfterABackupStaysErased(t *testing.T) {
	h := build(t)
	o := twoHolders(t)
	archive, oldKeys, _ := o.both(t, h.config())
	a := h.open()
	for _, text := range h.opened(a) {
		require.False(t, text.Erased)
	}
	h.order(a)
	h.erased(a)
	require.NoError(t, a.Close())
	newer, newKeys, _ := o.both(t, h.config())

	t.Run("by newer keys", func(t *testing.T) {
		next := h.elsewhere(t)
		back, err := Restore(ctx, next.config(), o.from(archive, newKeys))
		require.NoError(t, err)
		require.Equal(t, []string{h.person}, back.Untold)
		b := next.open()
		for _, text := range next.opened(b) {
			require.True(t, text.Erased)
			require.Empty(t, text.Value)
		}
		next.good(b)
	})
	t.Run("by the list beside the KEKs", func(t *testing.T) {
		next := h.elsewhere(t)
		require.NoError(t, os.CopyFS(next.config().KEKDir, os.DirFS(h.config().KEKDir)))
		tight(t, next.config().KEKDir)
		back, err := Restore(ctx, next.config(), o.from(archive, oldKeys))
		require.NoError(t, err)
		require.Equal(t, []string{h.person}, back.Untold)
		b := next.open()
		for _, text := range next.opened(b) {
			require.True(t, text.Erased)
		}
	})
	t.Run("keys older than the log are refused", func(t *testing.T) {
		next := h.elsewhere(t)
		_, err := Restore(ctx, next.config(), o.from(newer, oldKeys))
		requireFault(t, err, backup.Keys, backup.Older)
		nothingLeft(t, next)
	})
}

func requireFault(t *testing.T, err error, kind backup.Kind, why ...string) *backup.Fault {
	t.Helper()
	var fault *backup.Fault
	require.ErrorAs(t, err, &fault)
	require.Equal(t, kind, fault.Kind, fault)
	require.Contains(t, why, fault.Why, fault)
	return fault
}

// nothingLeft demands that a restore that was refused left nothing behind.
func nothingLeft(t *testing.T, h *household) {
	t.Helper()
	list, err := os.ReadDir(h.dir)
	require.NoError(t, err)
	require.Empty(t, list)
}

// A byte that is not what was written is named, wherever it lies, and nothing that looks
// whole is left behind.
func TestADamagedBackupIsNotPutBack(t *testing.T) {
	h := build(t)
	o := twoHolders(t)
	archive, keys, done := o.both(t, h.config())
	_, err := Restore(ctx, h.elsewhere(t).config(), func() RestoreFrom { f := o.from(archive, keys); f.Check = true; return f }())
	require.NoError(t, err)
	names := map[string]bool{"": true, "backup.json": true, "manifest.json": true}
	for _, m := range append(done.Archive.Members, done.Keys.Members...) {
		names[m.Name] = true
	}
	chance := rand.New(rand.NewPCG(3, 4))
	for i := range 120 {
		file, kind := archive, backup.Archive
		if i%3 == 0 {
			file, kind = keys, backup.Keys
		}
		bad := bytes.Clone(file)
		switch at := chance.IntN(len(bad)); {
		case i%4 == 0:
			bad = bad[:at]
		default:
			bad[at] ^= 1 << chance.IntN(8)
		}
		next := h.elsewhere(t)
		from := o.from(bad, keys)
		if kind == backup.Keys {
			from = o.from(archive, bad)
		}
		from.Check = i%2 == 0
		_, err := Restore(ctx, next.config(), from)
		fault := requireFault(t, err, kind, backup.Damaged, backup.Cut, backup.NoIdentity)
		require.True(t, names[fault.Member], fault.Member)
		nothingLeft(t, next)
	}
	for _, wrong := range []struct {
		archive, keys []byte
		kind          backup.Kind
		why           string
	}{
		{keys, keys, backup.Archive, backup.OtherKind},
		{archive, archive, backup.Keys, backup.OtherKind},
	} {
		next := h.elsewhere(t)
		_, err := Restore(ctx, next.config(), o.from(wrong.archive, wrong.keys))
		requireFault(t, err, wrong.kind, wrong.why)
		nothingLeft(t, next)
	}
}

func TestKeysOfAnotherOfficeAreRefused(t *testing.T) {
	h, other := build(t), build(t)
	o := twoHolders(t)
	archive, _, _ := o.both(t, h.config())
	_, keys, _ := o.both(t, other.config())
	next := h.elsewhere(t)
	_, err := Restore(ctx, next.config(), o.from(archive, keys))
	requireFault(t, err, backup.Keys, backup.OtherLog)
	nothingLeft(t, next)
	require.NoError(t, os.MkdirAll(filepath.Join(next.dir, "data", "of others"), 0o700))
	_, err = Restore(ctx, next.config(), o.from(archive, keys))
	require.ErrorIs(t, err, ErrNotEmpty)
}

// A log that was put back may grow otherwise than the one that was signed: it never signs
// in the same name. One that was at rest goes on with its key, unless somebody kept a
// later checkpoint.
func TestALogThatWasPutBackSignsNoOtherTreeInItsOldName(t *testing.T) {
	h := build(t)
	o := twoHolders(t)
	archive, keys, _ := o.both(t, h.config())
	a := h.open()
	_, err := h.meet(a, "失われる人")
	require.NoError(t, err)
	kept, err := a.Sealer.Checkpoint(ctx)
	require.NoError(t, err)
	old, err := ledger.NewVerifier(a.Sealer.Status().Key)
	require.NoError(t, err)
	source := a.Sealer.Status().Tree
	require.NoError(t, a.Close())

	from := o.from(archive, keys)
	from.Kept, from.Continue = kept, true
	next := h.elsewhere(t)
	_, err = Restore(ctx, next.config(), from)
	require.ErrorIs(t, err, ErrBeyond)
	nothingLeft(t, next)
	from = o.from(archive, keys)
	from.Kept = kept
	back, err := Restore(ctx, next.config(), from)
	require.NoError(t, err)
	require.Positive(t, back.Lost)
	b := next.open()
	for source.N > b.Sealer.Status().Tree.N {
		_, err = next.meet(b, "別の人")
		require.NoError(t, err)
		_, err = b.Sealer.Checkpoint(ctx)
		require.NoError(t, err)
	}
	signed := b.Sealer.Status()
	_, _, err = ledger.OpenTreeHead(signed.Published, []note.Verifier{old}, nil)
	require.Error(t, err, "the old key signed another history")
	require.Equal(t, back.LogKey, signed.Key)
	require.NoError(t, b.Close())
	before, err := os.ReadFile(filepath.Join(next.config().Data, filepath.FromSlash(back.Before), "log.vkey"))
	require.NoError(t, err)
	require.Equal(t, old.Name(), h.origin(string(before)))

	// It is backed up and put back once more: what was set aside stays.
	again, againKeys, _ := o.both(t, next.config())
	third := h.elsewhere(t)
	from = o.from(again, againKeys)
	from.Continue = true
	back, err = Restore(ctx, third.config(), from)
	require.NoError(t, err)
	require.Empty(t, back.LogKey)
	c := third.open()
	require.Equal(t, signed.Key, c.Sealer.Status().Key, "nobody worked on it, so the same key goes on")
	third.good(c)
	require.FileExists(t, filepath.Join(third.config().Data, "ledger", "before-1", "log.vkey"))
	lines, err := os.ReadFile(filepath.Join(third.config().Data, "ledger", "restored"))
	require.NoError(t, err)
	require.Equal(t, 2, bytes.Count(lines, []byte("\n")))
	require.Equal(t, 2, third.restorations(c), "both are on record")
	require.NoError(t, c.Close())
	require.Equal(t, 2, third.restorations(third.open()), "once each")

	foreign := build(t)
	f := foreign.open()
	theirs, err := f.Sealer.Checkpoint(ctx)
	require.NoError(t, err)
	from = o.from(archive, keys)
	from.Kept = theirs
	_, err = Restore(ctx, h.elsewhere(t).config(), from)
	require.ErrorIs(t, err, ErrForeign)
}

// restorations are the records that the log was put back.
func (h *household) restorations(a *App) (n int) {
	h.t.Helper()
	for rec, err := range a.Store.All(ctx, 0) {
		require.NoError(h.t, err)
		if rec.Type == "log.restored" {
			n++
		}
	}
	return n
}

func (h *household) origin(public string) string {
	name, _, _ := strings.Cut(public, "+")
	return name
}

// Everybody is signed out when a backup is put back, and passwords stay.
func TestSessionsEndWhenABackupIsPutBack(t *testing.T) {
	h := build(t)
	a := h.open()
	require.NoError(t, a.SignIn.SetPassword(ctx, "co1", h.co, "correct horse battery"))
	require.NoError(t, a.SignIn.CommitCtx(ctx, "token", []byte("x"), h.clock.now().Add(time.Hour)))
	require.NoError(t, a.Close())
	o := twoHolders(t)
	archive, keys, _ := o.both(t, h.config())
	next := h.elsewhere(t)
	_, err := Restore(ctx, next.config(), o.from(archive, keys))
	require.NoError(t, err)
	b := next.open()
	_, found, err := b.SignIn.FindCtx(ctx, "token")
	require.NoError(t, err)
	require.False(t, found)
	account, _, err := b.SignIn.SignIn(ctx, "co1", "correct horse battery", "")
	require.NoError(t, err)
	require.Equal(t, h.co, account)
}

// A second backup of the same directory at the same time is refused, and what one that
// was cut left behind is taken away.
func TestOneBackupAtATime(t *testing.T) {
	twoHolders(t)
	h := build(t)
	c := h.config()
	held, release, err := lockOf(c, "backup.LOCK")
	require.NoError(t, err)
	require.True(t, held)
	_, err = Backup(ctx, c, BackupTo{})
	require.ErrorIs(t, err, ErrBackingUp)
	release()
	require.NoError(t, os.MkdirAll(c.in("backup-1.part"), 0o700))
	twoHolders(t).both(t, c)
	_, err = Backup(ctx, Config{Data: filepath.Join(t.TempDir(), "none")}, BackupTo{})
	require.True(t, errors.Is(err, ErrNoLog), err)
}
