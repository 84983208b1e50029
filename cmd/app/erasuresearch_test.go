package app

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/japanese"

	"ayumi/domain"
	"ayumi/domain/keys"
	"ayumi/infra/keyring"
)

// learnKey takes the person's key out of the table, as only a holder of the KEK can.
func (h *household) learnKey() {
	h.t.Helper()
	h.wrapped = wrappedKey(h.t, h.dir, h.person)
	text, err := os.ReadFile(filepath.Join(h.dir, "kek", "kek-1.key"))
	require.NoError(h.t, err)
	h.key = unwrapped(h.t, text, h.wrapped, 1, h.person)
	require.Len(h.t, h.key, 32)
}

// unwrapped opens a record with a KEK file; nil if it is not its own.
func unwrapped(t *testing.T, file, wrapped []byte, epoch int, owner string) []byte {
	t.Helper()
	first, _, _ := strings.Cut(string(file), "\n")
	kek, err := hex.DecodeString(first)
	require.NoError(t, err)
	block, err := aes.NewCipher(kek)
	require.NoError(t, err)
	gcm, err := cipher.NewGCM(block)
	require.NoError(t, err)
	plain, _ := gcm.Open(nil, wrapped[:12], wrapped[12:], fmt.Appendf(nil, "person key\n%d\n%s", epoch, owner))
	return plain
}

// spellings are a text in every encoding that the product or its parts use.
func spellings(text string) map[string][]byte {
	out := map[string][]byte{"utf-8": []byte(text), "url": []byte(url.QueryEscape(text))}
	quoted, _ := json.Marshal(text)
	out["json"] = bytes.Trim(quoted, `"`)
	out["ascii json"] = []byte(strings.Trim(strconv.QuoteToASCII(text), `"`))
	var little, big []byte
	for _, u := range utf16.Encode([]rune(text)) {
		little, big = append(little, byte(u), byte(u>>8)), append(big, byte(u>>8), byte(u))
	}
	out["utf-16le"], out["utf-16be"] = little, big
	if sjis, err := japanese.ShiftJIS.NewEncoder().String(text); err == nil {
		out["shift_jis"] = []byte(sjis)
	}
	return out
}

// encoded are bytes raw, in hex, and in base64 wherever they begin in it.
func encoded(raw []byte) [][]byte {
	out := [][]byte{raw, []byte(hex.EncodeToString(raw)), []byte(strings.ToUpper(hex.EncodeToString(raw)))}
	for shift := range 3 {
		for _, enc := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding} {
			text := enc.EncodeToString(append(make([]byte, shift), raw...))
			if middle := text[(shift*8+5)/6 : (shift+len(raw))*8/6]; len(middle) >= 8 {
				out = append(out, []byte(middle))
			}
		}
	}
	return out
}

// searched looks for every planted value in every file below a folder.
func (h *household) searched(dir string, more ...[]byte) {
	h.t.Helper()
	var needles [][]byte
	for _, text := range []string{plantedName, plantedKana, plantedPhone, "090-8765-4321", plantedNote, string(plantedFile)} {
		for _, raw := range spellings(text) {
			needles = append(needles, encoded(raw)...)
		}
	}
	for _, raw := range more {
		needles = append(needles, encoded(raw)...)
	}
	files := 0
	require.NoError(h.t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		require.NoError(h.t, err)
		for _, needle := range needles {
			require.False(h.t, bytes.Contains(raw, needle), "%s holds %q", path, needle)
		}
		files++
		return nil
	}))
	require.Greater(h.t, files, 8, dir)
}

// The search itself finds what is there: a test that cannot fail proves nothing.
func TestTheSearchFindsWhatIsPlanted(t *testing.T) {
	for _, text := range []string{plantedName, plantedKana, plantedNote} {
		for name, raw := range spellings(text) {
			for shift := range 3 {
				lying := []byte(base64.StdEncoding.EncodeToString(append(bytes.Repeat([]byte{7}, shift), append(raw, "rest of it"...)...)))
				found := false
				for _, needle := range encoded(raw) {
					found = found || bytes.Contains(lying, needle)
				}
				require.True(t, found, "%s in %s, shifted %d", text, name, shift)
			}
		}
	}
}

// backup copies what an operator copies: the data directory, without the KEKs.
func (h *household) backup() string {
	h.t.Helper()
	to := h.t.TempDir()
	copyHouse(h.t, h.dir, to, "data")
	return to
}

func TestAfterTheEpochNothingIsLeftAnywhere(t *testing.T) {
	h := build(t)
	backup := h.backup()
	a := h.open()
	h.order(a)
	h.erased(a)
	e, _, err := a.Office.ErasureOf(ctx, h.person)
	require.NoError(t, err)
	require.NoError(t, a.Close())
	h.searched(filepath.Join(h.dir, "data"), h.key, h.wrapped)
	require.Empty(t, papers(t, h.dir))
	// The backup still opens today: with the KEK, which lies elsewhere.
	text, err := os.ReadFile(filepath.Join(h.dir, "kek", "kek-1.key"))
	require.NoError(t, err)
	require.Equal(t, h.key, unwrapped(t, text, wrappedKey(t, backup, h.person), 1, h.person))

	var log []domain.Recorded
	for range 5 {
		h.clock.pass(keyring.EpochLength)
		a = h.open()
		require.Eventually(t, func() bool {
			return !a.Keys.Due() && len(h.retired(a)) == max(0, int(a.Keys.Current().Epoch)-keyring.EpochsKept)
		}, time.Minute, 20*time.Millisecond)
		log = h.retired(a)
		require.NoError(t, a.Close())
	}
	require.GreaterOrEqual(t, int(e.Done.BackupsClearOn), 0)
	require.Len(t, log, 1)
	_, ev, err := keys.Aggregate.Decode(log[0])
	require.NoError(t, err)
	require.Equal(t, &keys.EpochRetired{Epoch: e.Done.Epoch}, ev)
	h.searched(h.dir, h.key, h.wrapped)
	h.searched(backup, h.key)
	// What the backup holds opens with no KEK that there is, and the product says so.
	left, err := filepath.Glob(filepath.Join(h.dir, "kek", "kek-*.key"))
	require.NoError(t, err)
	require.Len(t, left, keyring.EpochsKept)
	for _, path := range left {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		for epoch := range 8 {
			require.Nil(t, unwrapped(t, text, h.wrapped, epoch, h.person))
		}
	}
	require.ErrorContains(t, openBackup(t, backup, keyring.Options{KEKDir: filepath.Join(h.dir, "kek"), Now: h.clock.now}), "kek-1.key")
}

func (h *household) retired(a *App) (out []domain.Recorded) {
	h.t.Helper()
	for rec, err := range a.Store.Stream(ctx, domain.StreamName("keys", a.Origin), 0) {
		require.NoError(h.t, err)
		out = append(out, rec)
	}
	return out
}

func TestABackupFromBeforeAnErasureBringsNobodyBack(t *testing.T) {
	h := build(t)
	backup := h.backup()
	a := h.open()
	h.order(a)
	h.erased(a)
	head, err := a.Store.Head(ctx)
	require.NoError(t, err)
	want := h.count(a, head.Position)
	_, err = a.Sealer.Checkpoint(ctx)
	require.NoError(t, err)
	require.NoError(t, a.Close())

	t.Run("the key table alone", func(t *testing.T) {
		next := h.restored(t, func(data string) {
			putBackKeys(t, backup, filepath.Dir(data))
		})
		a := next.open()
		for _, text := range next.opened(a) {
			require.True(t, text.Erased)
			require.NotZero(t, text.By.Decision)
		}
		require.Equal(t, want, next.count(a, head.Position))
		require.Contains(t, next.log.String(), "an old copy was put back")
		require.NotContains(t, next.log.String(), plantedName)
		told := next.retired(a)
		require.Len(t, told, 1)
		_, ev, err := keys.Aggregate.Decode(told[0])
		require.NoError(t, err)
		require.Equal(t, &keys.ReturnRefused{Person: h.person}, ev)
		require.NoError(t, a.Close())
		require.Nil(t, wrappedKey(t, next.dir, h.person))
	})
	t.Run("without the list beside the KEKs", func(t *testing.T) {
		next := h.restored(t, func(data string) {
			putBackKeys(t, backup, filepath.Dir(data))
			require.NoError(t, os.Remove(filepath.Join(data, "..", "kek", "erased.txt")))
		})
		a := next.open()
		for _, text := range next.opened(a) {
			require.True(t, text.Erased, "the log alone says so")
		}
		require.Len(t, next.retired(a), 1)
	})
	t.Run("everything, the log too", func(t *testing.T) {
		next := h.restored(t, func(data string) {
			require.NoError(t, os.RemoveAll(data))
			require.NoError(t, os.CopyFS(data, os.DirFS(filepath.Join(backup, "data"))))
			putBackKeys(t, backup, filepath.Dir(data))
		})
		a := next.open()
		for _, text := range next.opened(a) {
			require.True(t, text.Erased, "the list beside the KEKs says so")
			require.Zero(t, text.By.Decision)
		}
		found, err := a.People.Search(next.actor(a, h.co), plantedName, 5)
		require.NoError(t, err)
		require.Empty(t, found.Hits)
		next.refusesErased(a)
	})
	t.Run("the log alone, shorter than what was signed", func(t *testing.T) {
		next := h.restored(t, func(data string) {
			for _, name := range []string{"log.db", "log.db-wal", "log.db-shm"} {
				require.NoError(t, os.RemoveAll(filepath.Join(data, name)))
			}
			old, err := filepath.Glob(filepath.Join(backup, "data", "log.db*"))
			require.NoError(t, err)
			require.NotEmpty(t, old)
			for _, path := range old {
				raw, err := os.ReadFile(path)
				require.NoError(t, err)
				require.NoError(t, os.WriteFile(filepath.Join(data, filepath.Base(path)), raw, 0o600))
			}
		})
		a := next.open()
		for _, text := range next.opened(a) {
			require.True(t, text.Erased, "the keys know better than the log")
		}
		short, err := a.Store.Head(ctx)
		require.NoError(t, err)
		require.Less(t, short.Position, head.Position)
		_, err = a.Sealer.Checkpoint(ctx)
		require.ErrorContains(t, err, "FORK")
		tree := a.Tree()
		require.Equal(t, "fork", tree.State)
		_, err = a.AskSeals(ctx, 2026)
		require.ErrorContains(t, err, "FORK", "nothing can be sealed")
		require.ErrorContains(t, a.Bundle(ctx, 2026, "audit", &bytes.Buffer{}), "FORK", "nor bundled")
		require.Contains(t, next.log.String(), "FORK")
		// The read models were ahead of this log: they are made anew, while the program
		// itself may still append. In the end the ledger is the one fault.
		require.EventuallyWithT(t, func(c *assert.CollectT) {
			var faults []string
			for _, f := range a.Check(ctx) {
				if f.Fault != "" {
					faults = append(faults, f.What)
				}
			}
			require.Equal(c, []string{"ledger"}, faults)
		}, time.Minute, 20*time.Millisecond)
		next.refusesErased(a)
		// The office goes on, and the log grown past the signed size is no other.
		r := next.do(a, h.co, "person.register", map[string]any{"kind": "consultee", "anonymous": false, "age_band": "20s", "residence_pref": "13",
			"language": "ja", "student": false, "family": "後日", "search": uuid.NewString()})
		for range head.Position - short.Position {
			r = next.do(a, h.co, "person.add_contact", map[string]any{"person": strings.TrimPrefix(r[0].Stream, "person-"), "kind": "mobile", "shared": false, "value": "0900000" + strconv.Itoa(int(r[0].Version))})
		}
		_, err = a.Sealer.Checkpoint(ctx)
		require.ErrorContains(t, err, "FORK")
		require.NoError(t, a.Close())
	})
}

// refusesErased demands that a command about somebody whose key is gone is refused in
// words, though this log does not know of the erasure.
func (h *household) refusesErased(a *App) {
	h.t.Helper()
	_, err := h.try(a, h.co, "person.add_contact", map[string]any{"person": h.person, "kind": "mobile", "shared": false, "value": "0"})
	var refused *domain.Refusal
	require.ErrorAs(h.t, err, &refused)
	require.Equal(h.t, "person.is_erased", refused.Key)
}

// restored is a copy of the house in which something old was put back.
func (h *household) restored(t *testing.T, put func(data string)) *household {
	t.Helper()
	next := *h
	next.t, next.dir, next.log = t, t.TempDir(), &bytes.Buffer{}
	copyHouse(t, h.dir, next.dir)
	put(filepath.Join(next.dir, "data"))
	tight(t, next.dir)
	return &next
}
