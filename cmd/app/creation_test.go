package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/office"
)

// The steps of making somebody known: key row durable → sealed → appended.
const (
	stepAsked    = "asked"    // no key yet
	stepKey      = "key"      // its row is durable
	stepSealed   = "sealed"   // nothing of it in the log
	stepAppended = "appended" // in the log, not acknowledged
)

var creationSteps = []string{stepAsked, stepKey, stepSealed, stepAppended}

// keysToKill is a keyring that tells when it came to a step.
type keysToKill struct {
	domain.Keyring
	reached func(step, owner string)
}

func (k keysToKill) Ensure(ctx context.Context, owner string) (string, error) {
	k.reached(stepAsked, owner)
	kc, err := k.Keyring.Ensure(ctx, owner)
	k.reached(stepKey, owner)
	return kc, err
}

func (k keysToKill) Seal(ctx context.Context, owner string, nonce [12]byte, plain, aad []byte) ([]byte, error) {
	box, err := k.Keyring.Seal(ctx, owner, nonce, plain, aad)
	k.reached(stepSealed, owner)
	return box, err
}

type storeToKill struct {
	domain.EventStore
	reached func(step, owner string)
}

func (s storeToKill) Append(ctx context.Context, commits ...domain.Commit) ([]domain.Token, error) {
	out, err := s.EventStore.Append(ctx, commits...)
	s.reached(stepAppended, "")
	return out, err
}

// newcomers are the two commands that the child gives: a person under an own key,
// and a matter about that person with a representative under another.
type newcomers struct {
	Now                  time.Time
	Counsellor, Officer  string
	Person, Contact      string
	Register, Ask, Rites string // ids of the commands, and of the matter
}

func (n newcomers) person() office.Request {
	return n.request(n.Counsellor, "person.register", n.Register, map[string]any{"stream": n.Person, "kind": "consultee", "anonymous": false, "age_band": "20s", "residence_pref": "13",
		"language": "ja", "student": false, "family": plantedName, "search": uuid.NewSHA1(uuid.Nil, []byte(n.Person)).String()})
}

func (n newcomers) matter() office.Request {
	return n.request(n.Officer, "rights.request", n.Ask, map[string]any{"stream": n.Rites, "kind": "disclosure", "person": n.Person, "channel": "in_person", "requester": plantedName,
		"words": plantedNote, "representative": plantedKana, "contact": n.Contact})
}

func (n newcomers) request(by, command, id string, fields map[string]any) office.Request {
	raw, err := json.Marshal(fields)
	if err != nil {
		panic(err)
	}
	data, err := domain.ParseData(raw)
	if err != nil {
		panic(err)
	}
	return office.Request{Command: command, ID: uuid.MustParse(id), By: by, At: n.Now, Data: data}
}

const killOwner = "AYUMI_TEST_KILL_OWNER"

// TestCreatingChild is the process that is killed; it does nothing by itself.
func TestCreatingChild(t *testing.T) {
	step, dir, owner := os.Getenv(killAt), os.Getenv(killDir), os.Getenv(killOwner)
	if step == "" || owner == "" {
		t.Skip("a child of other tests")
	}
	raw, err := os.ReadFile(filepath.Join(dir, "told.json"))
	require.NoError(t, err)
	var n newcomers
	require.NoError(t, json.Unmarshal(raw, &n))
	h := &household{t: t, dir: dir, log: &bytes.Buffer{}, clock: &timer{at: n.Now}}
	l, err := OpenLedger(ctx, h.config(), nil)
	require.NoError(t, err)
	sealing := false // what is appended next is sealed for the owner
	reached := func(s, of string) {
		sealing = sealing || of == owner
		if s == step && (of == owner || s == stepAppended && sealing) {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	}
	l.Decider.Keys, l.Decider.Store = keysToKill{l.Keys, reached}, storeToKill{l.Store, reached}
	o := office.New(l.Decider, nil)
	for _, r := range []office.Request{n.person(), n.matter()} {
		_, err = o.Do(ctx, r)
		require.NoError(t, err)
	}
	t.Fatal("not killed")
}

// A process killed while somebody becomes known leaves an orphan key at most, never
// an event that does not open; and the same command, given again, is carried out
// once.
func TestACreationKilledAtAnyStepLeavesNothingUnreadable(t *testing.T) {
	h := &household{t: t, dir: t.TempDir(), log: &bytes.Buffer{}, clock: &timer{at: time.Date(2026, 4, 1, 2, 0, 0, 0, time.UTC)}}
	a := h.open()
	n := newcomers{Now: h.clock.now(), Person: uuid.NewString(), Contact: uuid.NewString(), Register: uuid.NewString(), Ask: uuid.NewString(), Rites: uuid.NewString()}
	for code, role := range map[string]string{"co1": "CO", "po1": "PO"} {
		id := uuid.NewString()
		h.do(a, "system", "account.open", map[string]any{"account": id, "kind": "staff", "desk": "D-TKY", "code": code, "name": "見本 " + code, "kana": "みほん"})
		h.do(a, "system", "account.grant_role", map[string]any{"account": id, "role": role})
		if role == "CO" {
			n.Counsellor = id
		} else {
			n.Officer = id
		}
	}
	head, err := a.Store.Head(ctx)
	require.NoError(t, err)
	require.NoError(t, a.Close())
	before := keyRows(t, h.dir)
	told, err := json.Marshal(n)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(h.dir, "told.json"), told, 0o600))

	for first, owner := range []string{n.Person, n.Contact} {
		for at, step := range creationSteps {
			t.Run(step+" "+[]string{"person", "contact"}[first], func(t *testing.T) {
				next := *h
				next.t, next.dir, next.log = t, t.TempDir(), &bytes.Buffer{}
				copyHouse(t, h.dir, next.dir)
				killed(t, "TestCreatingChild$", killAt+"="+step, killDir+"="+next.dir, killOwner+"="+owner)

				keys := before + first + map[bool]int{true: 1}[at > 0]
				require.Equal(t, keys, keyRows(t, next.dir), "the key row is durable before anything is sealed")
				a := next.open()
				events := int(head.Position) + first + map[bool]int{true: 1}[step == stepAppended]
				now, err := a.Store.Head(ctx)
				require.NoError(t, err)
				require.Equal(t, events, int(now.Position), "in the log after it was sealed only")
				require.NoError(t, a.checkKeys(ctx))

				for _, r := range []office.Request{n.person(), n.matter()} {
					_, err := a.Office.Do(ctx, r)
					require.NoError(t, err)
				}
				now, err = a.Store.Head(ctx)
				require.NoError(t, err)
				require.Equal(t, head.Position+2, now.Position, "each is in the log once")
				require.NoError(t, a.Ready(ctx, 30*time.Second))
				for _, f := range a.Check(ctx) {
					require.Empty(t, f.Fault, f.What)
				}
				require.Equal(t, before+2, keyRows(t, next.dir), "an orphan key is taken up again")
			})
		}
	}
}

// killed runs a test of this binary that must end by SIGKILL.
func killed(t *testing.T, test string, env ...string) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run="+test, "-test.v")
	child.Env = append(os.Environ(), env...)
	text, err := child.CombinedOutput()
	var exit *exec.ExitError
	require.True(t, errors.As(err, &exit), string(text))
	require.Equal(t, syscall.SIGKILL, exit.Sys().(syscall.WaitStatus).Signal(), string(text))
}
