package witness_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"ayumi/domain/ledger"
	"ayumi/infra/ledgerfile"
	"ayumi/infra/witness"
	"ayumi/tests/flow"
)

// log is a log of its own with its tree on disk.
type log struct {
	*flow.Desk
	*ledgerfile.Sealer
	dir string
	key note.Verifier
}

func openLog(t *testing.T, dir string) *log {
	t.Helper()
	l := &log{Desk: flow.Open(t), dir: dir}
	var err error
	l.Sealer, err = ledgerfile.Open(ledgerfile.Config{Store: l.Store, Dir: dir, Origin: l.Head.Origin})
	require.NoError(t, err)
	t.Cleanup(func() { l.Sealer.Close() })
	l.key, err = ledger.NewVerifier(l.Status().Key)
	require.NoError(t, err)
	return l
}

func (l *log) grow(t *testing.T, names ...string) {
	t.Helper()
	for _, n := range names {
		l.Staff(n, "CO")
	}
	_, err := l.Once(context.Background())
	require.NoError(t, err)
}

func served(t *testing.T, dir string, logs ...note.Verifier) (*witness.Server, ledger.Witnessing) {
	t.Helper()
	w, err := witness.Open(dir, "witness.example/w", logs, func() time.Time { return flow.At("2020-03-01", 9) })
	require.NoError(t, err)
	server := httptest.NewServer(w)
	t.Cleanup(server.Close)
	v, err := ledger.NewVerifier(w.Key())
	require.NoError(t, err)
	return w, ledger.Witnessing{Verifier: v, Address: server.URL}
}

var client = witness.Client{HTTP: &http.Client{Timeout: 5 * time.Second}}

func TestAWitnessSignsWhatGoesOn(t *testing.T) {
	l := openLog(t, t.TempDir())
	l.grow(t, "co1")
	dir := t.TempDir()
	_, w := served(t, dir, l.key)
	p := ledger.Policy{Witnesses: []ledger.Witnessing{w}, Quorum: 1}
	for i := range 4 {
		signed, n, err := client.AskAll(t.Context(), l, l.key, p)
		require.NoError(t, err)
		require.Equal(t, 1, n)
		head, seen, err := ledger.OpenTreeHead(signed, []note.Verifier{l.key}, p.Verifiers())
		require.NoError(t, err)
		require.Equal(t, 1, seen)
		require.Equal(t, l.Status().Tree, head.Tree)
		l.grow(t, fmt.Sprintf("cox%d", i))
		if i == 1 { // the witness starts again and knows what it signed
			_, again := served(t, dir, l.key)
			require.Equal(t, w.Name(), again.Name())
			w, p.Witnesses[0] = again, again
		}
	}
}

func TestAForkIsRefused(t *testing.T) {
	l := openLog(t, t.TempDir())
	l.grow(t, "co1", "co2")
	_, w := served(t, t.TempDir(), l.key)
	_, _, err := client.Ask(t.Context(), l, l.key, w, 0)
	require.NoError(t, err)

	// An operator with the key of the log writes another history.
	dir := t.TempDir()
	for _, name := range []string{"log.key", "log.vkey"} {
		raw, err := os.ReadFile(filepath.Join(l.dir, name))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), raw, 0o600))
	}
	other := openLog(t, dir)
	other.grow(t, "ld1", "co2")
	require.Equal(t, l.Status().Tree.N, other.Status().Tree.N)
	var refused *witness.Refusal
	_, _, err = client.Ask(t.Context(), other, l.key, w, l.Status().Tree.N)
	require.ErrorAs(t, err, &refused, "as long, and another root")
	require.Equal(t, http.StatusConflict, refused.Status)
	other.grow(t, "co3", "co4")
	_, _, err = client.Ask(t.Context(), other, l.key, w, l.Status().Tree.N)
	require.ErrorAs(t, err, &refused)
	require.Equal(t, http.StatusUnprocessableEntity, refused.Status)
	require.ErrorContains(t, err, "FORK")
	_, n, err := client.AskAll(t.Context(), other, l.key, ledger.Policy{Witnesses: []ledger.Witnessing{w}, Quorum: 1})
	require.ErrorIs(t, err, witness.ErrTooFew)
	require.Zero(t, n)

	l.grow(t, "co5")
	_, _, err = client.Ask(t.Context(), l, l.key, w, 0)
	require.NoError(t, err, "the true history goes on")
}

func TestTheAnswersOfTheProtocol(t *testing.T) {
	l := openLog(t, t.TempDir())
	l.grow(t, "co1")
	_, first, err := l.Continues(0)
	require.NoError(t, err)
	size := l.Status().Tree.N
	server, w := served(t, t.TempDir(), l.key)
	post := func(body []byte) (int, string, string) {
		res, err := http.Post(w.Address+witness.Path, "application/octet-stream", bytes.NewReader(body))
		require.NoError(t, err)
		defer res.Body.Close()
		var answer bytes.Buffer
		_, err = answer.ReadFrom(res.Body)
		require.NoError(t, err)
		return res.StatusCode, res.Header.Get("Content-Type"), answer.String()
	}
	request := func(old int64, checkpoint []byte) []byte {
		return ledger.Addition{Old: old, Checkpoint: checkpoint}.Format()
	}
	status, _, line := post(request(0, first))
	require.Equal(t, 200, status)
	require.Regexp(t, `^— witness\.example/w [A-Za-z0-9+/=]+\n$`, line)
	status, kind, body := post(request(0, first))
	require.Equal(t, []any{409, "text/x.tlog.size", fmt.Sprintf("%d\n", size)}, []any{status, kind, body}, "another size was signed last")
	status, _, _ = post(request(size, first))
	require.Equal(t, 200, status, "the same again")
	status, _, _ = post(request(size+1, first))
	require.Equal(t, 400, status, "older than what is said to be signed")
	status, _, _ = post([]byte("old x\n\n"))
	require.Equal(t, 400, status)
	status, _, _ = post(request(size, []byte(strings.Replace(string(first), l.Head.Origin, "elsewhere.example", 1))))
	require.Equal(t, 404, status, "a log it does not know")
	broken := bytes.Clone(first)
	text := bytes.Index(broken, []byte("\n\n")) + 2
	broken[text+bytes.IndexByte(broken[text:], '\n')-6] ^= 1 // in the line that the witness can check
	status, _, _ = post(request(size, broken))
	require.Equal(t, 403, status, "not signed by the log")
	status, _, _ = post(bytes.Repeat([]byte("x"), 1<<20))
	require.Equal(t, 413, status)
	l.grow(t, "co2")
	proof, second, err := l.Continues(size)
	require.NoError(t, err)
	proof[0][3] ^= 1
	status, _, _ = post(ledger.Addition{Old: size, Proof: proof, Checkpoint: second}.Format())
	require.Equal(t, 422, status, "the proof does not verify")
	trees, err := server.Trees()
	require.NoError(t, err)
	require.Equal(t, size, trees[l.Head.Origin].N)
	kept, err := server.Kept(l.Head.Origin)
	require.NoError(t, err)
	require.Equal(t, first, kept, "with every signature of the log, as evidence")
}

// What a witness keeps holds the signature that no quantum computer forges.
func TestAWitnessKeepsTheLogsMLDSASignature(t *testing.T) {
	l := openLog(t, t.TempDir())
	l.grow(t, "co1")
	dir := t.TempDir()
	server, w := served(t, dir, l.key)
	lattice, err := ledgerfile.NewVerifier(l.Status().LatticeKey)
	require.NoError(t, err)
	signed, _, err := client.AskAll(t.Context(), l, l.key, ledger.Policy{Witnesses: []ledger.Witnessing{w}, Quorum: 1})
	require.NoError(t, err)
	kept, err := server.Kept(l.Head.Origin)
	require.NoError(t, err)
	for _, each := range [][]byte{signed, kept} {
		_, seen, err := ledger.OpenTreeHead(each, []note.Verifier{l.key}, []note.Verifier{lattice})
		require.NoError(t, err)
		require.Equal(t, 1, seen)
	}
	// The form before: the signed text alone.
	head, err := ledger.ParseTreeHead(strings.SplitAfter(string(kept), "\n\n")[0][:strings.Index(string(kept), "\n\n")+1])
	require.NoError(t, err)
	path, err := filepath.Glob(filepath.Join(dir, "*.tree"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path[0], []byte(head.Text()), 0o600))
	l.grow(t, "co2")
	_, n, err := client.AskAll(t.Context(), l, l.key, ledger.Policy{Witnesses: []ledger.Witnessing{w}, Quorum: 1})
	require.NoError(t, err)
	require.Equal(t, 1, n)
}
