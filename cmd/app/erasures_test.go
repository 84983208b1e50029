package app

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/effect"
	"ayumi/domain/japan"
	"ayumi/domain/ledger"
	"ayumi/domain/office"
	"ayumi/infra/access"
	"ayumi/infra/drafts"
	"ayumi/infra/keyring"
)

var ctx = context.Background()

// timer is the clock of a test: it stands until it is moved.
type timer struct {
	mu sync.Mutex
	at time.Time
}

func (c *timer) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *timer) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// Planted values: nothing of them may lie anywhere after the erasure.
const (
	plantedName  = "髙𠮷植込"
	plantedKana  = "ウエコミ"
	plantedPhone = "09087654321"
	plantedNote  = "植え込んだ覚え書きQX7"
)

var plantedFile = []byte("%PDF-1.7 植え込んだ書類 " + plantedName)

// household is a data directory with one person of whom much is known.
type household struct {
	t        *testing.T
	dir      string // data; the KEKs lie beside it
	clock    *timer
	log      *bytes.Buffer
	co, po   string
	person   string
	file     string
	rights   string
	document string
	access   string // database of what instances share; "": the house
	key      []byte // of the person, as only a test may know it
	wrapped  []byte
	share    func(*Config) // with other instances
}

func (h *household) config() Config {
	c := Default()
	c.Data, c.KEKDir, c.Now = filepath.Join(h.dir, "data"), filepath.Join(h.dir, "kek"), h.clock.now
	c.Keys, c.Access = keysOf(h.t, h.dir), h.access
	if h.share != nil {
		h.share(&c)
	}
	c.Log = slog.New(slog.NewJSONHandler(h.log, nil))
	if testing.Verbose() {
		c.Log = slog.New(slog.NewJSONHandler(io.MultiWriter(h.log, os.Stderr), nil))
	}
	return c
}

func (h *household) open() *App { return h.openIn("data") }

// openIn opens an instance with another data directory.
func (h *household) openIn(name string) *App {
	h.t.Helper()
	c := h.config()
	c.Data = filepath.Join(h.dir, name)
	a, err := Open(ctx, c)
	require.NoError(h.t, err)
	h.t.Cleanup(func() { _ = a.Close() })
	require.NoError(h.t, a.Ready(ctx, 30*time.Second))
	head, err := a.Store.Head(ctx)
	require.NoError(h.t, err)
	require.NoError(h.t, a.People.Wait(ctx, head.Position))
	return a
}

func (h *household) do(a *App, by, command string, fields map[string]any) []domain.Receipt {
	h.t.Helper()
	r, err := h.try(a, by, command, fields)
	require.NoError(h.t, err, command)
	return r
}

func (h *household) try(a *App, by, command string, fields map[string]any) ([]domain.Receipt, error) {
	h.t.Helper()
	raw, err := json.Marshal(fields)
	require.NoError(h.t, err)
	data, err := domain.ParseData(raw)
	require.NoError(h.t, err)
	return a.Office.Do(ctx, office.Request{Command: command, ID: uuid.New(), By: by, At: h.clock.now(), Data: data})
}

// build makes an official log: an officer, a counsellor, a person with two
// sessions, a phone, a paper, and a decision to erase.
func build(t *testing.T, share ...func(*Config)) *household {
	t.Helper()
	h := &household{t: t, dir: t.TempDir(), log: &bytes.Buffer{}, clock: &timer{at: time.Date(2026, 4, 1, 2, 0, 0, 0, time.UTC)}}
	for _, s := range share {
		h.share = s
	}
	h.fill()
	return h
}

func (h *household) fill() {
	h.t.Helper()
	t, a := h.t, h.open()
	for code, role := range map[string]string{"co1": "CO", "po1": "PO", "au1": "AU"} {
		id := uuid.NewString()
		h.do(a, "system", "account.open", map[string]any{"account": id, "kind": "staff", "desk": "D-TKY", "code": code, "name": "見本 " + code, "kana": "みほん"})
		h.do(a, "system", "account.grant_role", map[string]any{"account": id, "role": role})
		switch role {
		case "CO":
			h.co = id
		case "PO":
			h.po = id
		}
	}
	session := map[string]any{"desk": "D-TKY", "channel": "in_person", "categories": []string{"job", "relocation"}, "counsellor": h.co, "attendee_count": 1,
		"initiated_by": "person", "advice": true, "notice_version": "n1", "outcome": "continuing", "note": plantedNote}
	r := h.do(a, h.co, "person.first_contact", map[string]any{
		"register": map[string]any{"kind": "consultee", "anonymous": false, "age_band": "20s", "residence_pref": "13", "language": "ja",
			"student": false, "family": plantedName, "given": "例子", "family_kana": plantedKana, "given_kana": "れいこ", "search": uuid.NewString()},
		"notice": map[string]any{"notice_version": "n1", "language": "ja", "method": "paper"}, "consultation": session,
		"open": map[string]any{"desk": "D-TKY", "aims": []string{"job"}, "lead_source": "walk_in", "target_pref": "31", "new_episode": false},
	})
	_, h.person = domain.SplitStream(r[0].Stream)
	_, h.file = domain.SplitStream(r[1].Stream)
	h.do(a, h.co, "person.add_contact", map[string]any{"person": h.person, "kind": "mobile", "shared": false, "value": plantedPhone, "display": "090-8765-4321"})
	h.document = uuid.NewString()
	digest, err := a.Attachments.Put(ctx, h.person, h.document, plantedFile)
	require.NoError(t, err)
	h.do(a, h.co, "case.attach_document", map[string]any{"case": h.file, "document": h.document, "kind": "resume", "cipher": digest, "bytes": len(plantedFile), "file_name": plantedName + ".pdf"})
	h.rights = h.decide(a, "erase")
	if h.share == nil {
		h.learnKey()
	}
	require.NoError(t, a.Ready(ctx, 30*time.Second))
	require.NoError(t, a.Close())
}

// decide writes a rights matter as its own aggregate does, event by event.
func (h *household) decide(a *App, measure string) string {
	h.t.Helper()
	id := uuid.NewString()
	var events []domain.Recorded
	for i, one := range []struct{ typ, facts string }{
		{"rights.requested", `"kind":"suspension","person":"` + h.person + `"`},
		{"rights.decided", `"measure":"` + measure + `","result":"full"`},
	} {
		event := uuid.New()
		whole := map[string]any{}
		require.NoError(h.t, json.Unmarshal([]byte("{"+one.facts+"}"), &whole))
		for k, v := range map[string]any{"event_id": event.String(), "stream": "rights-" + id, "version": i + 1, "type": one.typ, "type_version": 1,
			"occurred_on": japan.DateOf(h.clock.now()).String(), "precision": "day", "recorded_at": h.clock.now().UTC().Format("2006-01-02T15:04:05.000Z"),
			"recorded_by": h.po, "controller": "31", "source": "counter", "command_id": uuid.NewString()} {
			whole[k] = v
		}
		facts, err := json.Marshal(whole)
		require.NoError(h.t, err)
		salt := keyring.Random{}.Salt(event)
		events = append(events, domain.Recorded{ID: event, Stream: "rights-" + id, Version: uint64(i + 1), Type: one.typ,
			Body: domain.FormatBody(domain.Body{Facts: facts, Salt: salt[:]})})
	}
	_, err := a.Store.Append(ctx, domain.Commit{Stream: "rights-" + id, Events: events})
	require.NoError(h.t, err)
	return id
}

// shown is what the officer saw before the order.
func (h *household) shown(a *App) (string, int) {
	h.t.Helper()
	require.NoError(h.t, a.Ready(ctx, 30*time.Second))
	list, err := a.Office.FiguresCounting(ctx, h.person, h.clock.now())
	require.NoError(h.t, err)
	for _, c := range list {
		require.True(h.t, c.Same, "%+v", c)
	}
	return effect.DigestOf(list), len(list)
}

func (h *household) order(a *App) {
	h.t.Helper()
	digest, n := h.shown(a)
	require.Positive(h.t, n, "the person is counted")
	h.do(a, h.po, "person.order_erasure", map[string]any{"person": h.person, "ground": "suspension_decision", "rights": h.rights, "preview": digest, "figures_checked": n})
}

func (h *household) erased(a *App) {
	h.t.Helper()
	require.Eventually(h.t, func() bool {
		e, _, err := a.Office.ErasureOf(ctx, h.person)
		require.NoError(h.t, err)
		return e.ErasedOn != 0
	}, time.Minute, 20*time.Millisecond)
	require.NoError(h.t, a.Ready(ctx, 30*time.Second))
}

// counts are figures as they were known at positions, and the leaves of the log.
type counts1 struct {
	figures map[string]domain.Counted
	leaves  [][32]byte
}

func (h *household) count(a *App, upto uint64) counts1 {
	h.t.Helper()
	out := counts1{figures: map[string]domain.Counted{}}
	year := japan.FiscalYear(2026).Whole()
	for _, what := range []string{"C0@D-TKY", "C1@D-TKY", "C2@31", "C12@TKC", "P0@D-TKY", "P1@31", "K1@D-TKY"} {
		for _, at := range []uint64{upto, 8, 0} {
			q := domain.Asked{Indicator: what, Period: year, KnownAt: japan.DateOf(h.clock.now()), Position: at}
			live, err := counts{a}.Count(ctx, q)
			require.NoError(h.t, err)
			again, err := counts{a}.Recount(ctx, q)
			require.NoError(h.t, err)
			require.True(h.t, live.Same(again), what)
			live.Position, live.Erased = 0, 0
			out.figures[what+" at "+strconv.FormatUint(at, 10)] = live
		}
	}
	for rec, err := range a.Store.All(ctx, 0) {
		require.NoError(h.t, err)
		body, err := domain.ParseBody(rec.Body)
		require.NoError(h.t, err)
		if rec.Position <= upto {
			out.leaves = append(out.leaves, ledger.LeafHash(body.Facts, ledger.Priv(body.Salt, body.Sealed)))
		}
	}
	return out
}

func TestAnErasureChangesNoFigureAndNoLeaf(t *testing.T) {
	h := build(t)
	a := h.open()
	head, err := a.Store.Head(ctx)
	require.NoError(t, err)
	before := h.count(a, head.Position)
	require.Equal(t, 1, before.figures["C0@D-TKY at 0"].Value)
	found, err := a.People.Search(h.actor(a, h.co), plantedName, 5)
	require.NoError(t, err)
	require.Len(t, found.Hits, 1)
	draft := drafts.Place{Account: h.co, Person: h.person, Form: "entry", ID: uuid.NewString()}
	require.NoError(t, a.Drafts.Keep(ctx, draft, "", []byte(plantedName)))
	h.order(a)
	h.erased(a)
	_, kept, err := a.Drafts.Newest(ctx, draft)
	require.NoError(t, err, "the draft is taken away, not only its key")
	require.False(t, kept)
	require.ErrorIs(t, a.Drafts.Keep(ctx, draft, "", []byte(plantedName)), domain.ErrErased)

	after := h.count(a, head.Position)
	require.Equal(t, before, after)
	list, err := counts{a}.Count(ctx, domain.Asked{Indicator: "C0@D-TKY", Period: japan.FiscalYear(2026).Whole(), KnownAt: japan.DateOf(h.clock.now())})
	require.NoError(t, err)
	require.Equal(t, 1, list.Erased, "うち消去済 1")
	for _, f := range a.Check(ctx) {
		require.Empty(t, f.Fault, f.What)
	}

	e, _, err := a.Office.ErasureOf(ctx, h.person)
	require.NoError(t, err)
	require.Equal(t, 1, e.Done.Epoch)
	require.Equal(t, 4, e.Done.Sections, "name, session, phone, paper")
	require.LessOrEqual(t, int(e.Done.BackupsClearOn-e.ErasedOn), 35)
	require.Len(t, e.Done.KeyCommitment, 64)
	for _, text := range h.opened(a) {
		require.True(t, text.Erased)
		require.Equal(t, domain.ErasedBy{Decision: e.Decision, On: e.ErasedOn}, text.By)
		require.Empty(t, text.Value)
	}
	for _, what := range []string{plantedName, plantedKana, plantedPhone} {
		found, err := a.People.Search(h.actor(a, h.co), what, 5)
		require.NoError(t, err)
		require.Empty(t, found.Hits)
	}
	_, err = h.try(a, h.co, "person.add_contact", map[string]any{"person": h.person, "kind": "mobile", "shared": false, "value": "0"})
	var refused *domain.Refusal
	require.ErrorAs(t, err, &refused)
	require.Equal(t, "person.is_erased", refused.Key)
}

func (h *household) actor(a *App, id string) domain.Actor {
	h.t.Helper()
	who, err := a.Office.Who(ctx, id)
	require.NoError(h.t, err)
	return who
}

// opened are all texts that the door answers about the person.
func (h *household) opened(a *App) (out []access.Text) {
	h.t.Helper()
	var events []domain.Recorded
	for rec, err := range a.Store.All(ctx, 0) {
		require.NoError(h.t, err)
		_, id := domain.SplitStream(rec.Stream)
		if id == h.person || id == h.file {
			events = append(events, rec)
		}
	}
	shown, err := a.Door.Open(ctx, access.Glance{Who: h.actor(a, h.co), Subject: h.person, Reason: "test", Classes: "PX"}, events...)
	require.NoError(h.t, err)
	for _, s := range shown {
		for _, owners := range s {
			for owner, text := range owners {
				if owner == h.person {
					out = append(out, text)
				}
			}
		}
	}
	require.NotEmpty(h.t, out)
	return out
}

func TestAnErasureIsRefusedWithoutItsDecisionOrItsPreview(t *testing.T) {
	h := build(t)
	a := h.open()
	digest, n := h.shown(a)
	fields := func(change map[string]any) map[string]any {
		out := map[string]any{"person": h.person, "ground": "suspension_decision", "rights": h.rights, "preview": digest, "figures_checked": n}
		for k, v := range change {
			out[k] = v
		}
		return out
	}
	stop := h.decide(a, "stop_use")
	for key, change := range map[string]map[string]any{
		"erasure.no_ground": {"rights": stop}, "erasure.figures": {"figures_checked": n + 1}, "erasure.hold": {"ground": "voluntary_after_check"},
	} {
		_, err := h.try(a, h.po, "person.order_erasure", fields(change))
		var refused *domain.Refusal
		require.ErrorAs(t, err, &refused, key)
		require.Equal(t, key, refused.Key)
	}
	_, err := h.try(a, h.co, "person.order_erasure", fields(nil))
	var refused *domain.Refusal
	require.ErrorAs(t, err, &refused)
	require.Equal(t, "account.not_allowed", refused.Key)
	_, ordered, err := a.Office.ErasureOf(ctx, h.person)
	require.NoError(t, err)
	require.False(t, ordered)
	kc, err := a.Keys.Commitment(ctx, h.person)
	require.NoError(t, err)
	require.NotEmpty(t, kc, "nothing of the person is gone")
}

const (
	killAt  = "AYUMI_TEST_KILL_AT"
	killDir = "AYUMI_TEST_KILL_DIR"
)

// TestErasingChild is the process that is killed; it does nothing by itself.
func TestErasingChild(t *testing.T) {
	step, dir := os.Getenv(killAt), os.Getenv(killDir)
	if step == "" {
		t.Skip("a child of other tests")
	}
	raw, err := os.ReadFile(filepath.Join(dir, "told.json"))
	require.NoError(t, err)
	var told struct {
		Person, Rights, Officer string
		Now                     time.Time
	}
	require.NoError(t, json.Unmarshal(raw, &told))
	h := &household{t: t, dir: dir, log: &bytes.Buffer{}, clock: &timer{at: told.Now}, person: told.Person, rights: told.Rights, po: told.Officer}
	c := h.config()
	c.reached = func(s string) {
		if s == step {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	}
	a, err := Open(ctx, c)
	require.NoError(t, err)
	require.NoError(t, a.Ready(ctx, 30*time.Second))
	h.order(a)
	time.Sleep(20 * time.Second)
	stacks := make([]byte, 1<<20)
	t.Fatalf("not killed:\n%s", stacks[:runtime.Stack(stacks, true)])
}

func TestAnErasureKilledAtAnyStepIsCarriedOutAfterwards(t *testing.T) {
	h := build(t)
	told, err := json.Marshal(map[string]any{"Person": h.person, "Rights": h.rights, "Officer": h.po, "Now": h.clock.now()})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(h.dir, "told.json"), told, 0o600))
	for _, step := range []string{office.StepOrdered, office.StepKey, office.StepDropped, office.StepScrubbed, office.StepErased} {
		t.Run(step, func(t *testing.T) {
			dir := t.TempDir()
			copyHouse(t, h.dir, dir)
			killed(t, "TestErasingChild$", killAt+"="+step, killDir+"="+dir)

			next := *h
			next.t, next.dir, next.log = t, dir, &bytes.Buffer{}
			a := next.open()
			next.erased(a)
			seen := map[string]int{}
			for rec, err := range a.Store.All(ctx, 0) {
				require.NoError(t, err)
				seen[rec.Type]++
			}
			require.Equal(t, 1, seen["person.erasure_ordered"])
			require.Equal(t, 1, seen["person.erased"])
			for _, text := range next.opened(a) {
				require.True(t, text.Erased)
			}
			for _, f := range a.Check(ctx) {
				require.Empty(t, f.Fault, f.What)
			}
			require.NoError(t, a.Close())
			next.searched(dir, next.key, next.wrapped)
			require.Empty(t, papers(t, dir))
		})
	}
}

// tight takes rights away from others, which copying does not keep.
func tight(t *testing.T, dir string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			err = os.Chmod(path, 0o600)
		}
		return err
	}))
}

func papers(t *testing.T, dir string) (out []string) {
	t.Helper()
	out, err := filepath.Glob(filepath.Join(dir, "data", "attachments", "*", "*"))
	require.NoError(t, err)
	return out
}
