package e2e_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/tests/postgres"
)

// instanceOf is, in the environment of a child, the options of the instance it is.
const instanceOf = "AYUMI_E2E_INSTANCE"

// options are those in which instances are alike or differ.
type options struct{ Data, Listen, Metrics, KurrentDB, NATS, ReadModels, Keys, Access, AccessOwner, Secrets string }

func (o options) config(log io.Writer) app.Config {
	c := app.Default()
	if o.Listen == "" {
		o.Listen = c.Listen
	}
	c.Data, c.Listen, c.Metrics, c.Engine, c.KurrentDB, c.NATS = o.Data, o.Listen, o.Metrics, app.KurrentDB, o.KurrentDB, o.NATS
	c.ReadModels, c.Keys, c.Access, c.AccessOwner, c.Secrets, c.SealEvery = o.ReadModels, o.Keys, o.Access, o.AccessOwner, o.Secrets, time.Second
	c.Log = slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	return c
}

func init() {
	if text := os.Getenv(instanceOf); text != "" {
		if err := serveInstance(text); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
}

// serveInstance is a whole instance until it is killed.
func serveInstance(text string) error {
	var o options
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		return err
	}
	ctx, c := context.Background(), o.config(os.Stderr)
	if err := c.Check(); err != nil {
		return err
	}
	a, err := app.Open(ctx, c)
	if err != nil {
		return err
	}
	l, err := a.Listen()
	if err != nil {
		return err
	}
	return a.Serve(ctx, l)
}

// town is what instances share, and those that run.
type town struct {
	*testing.T
	shared    options
	instances []*instance
	password  string
	next      atomic.Int64
}

type instance struct {
	options
	child *exec.Cmd
	log   *lines
	dead  atomic.Bool
}

// lines is the log of a child.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// newTown begins a scenario log on engines that all instances share.
func newTown(t *testing.T) *town {
	h := &town{T: t}
	for _, into := range []*string{&h.shared.ReadModels, &h.shared.Keys} {
		*into = postgres.Open(t).Owner
	}
	base := postgres.Open(t) // whose tables the instances do not make
	h.shared.Access, h.shared.AccessOwner = base.App, base.Owner
	bus, err := server.NewServer(&server.Options{JetStream: true, StoreDir: t.TempDir(), Host: "127.0.0.1", Port: server.RANDOM_PORT, NoSigs: true, NoLog: true})
	require.NoError(t, err)
	bus.Start()
	t.Cleanup(bus.Shutdown)
	require.True(t, bus.ReadyForConnections(10*time.Second))
	h.shared.KurrentDB, h.shared.NATS, h.shared.Secrets = kurrentDB(t), bus.ClientURL(), filepath.Join(t.TempDir(), "secrets")
	var log bytes.Buffer
	o := h.shared
	o.Data = filepath.Join(t.TempDir(), "first")
	c := o.config(&log)
	require.NoError(t, c.Check())
	require.NoError(t, app.RunScenario(context.Background(), c, small(t, "AU", "AD"), nil))
	_, err = app.Migrate(context.Background(), c, app.Embedded, app.KurrentDB, nil)
	require.NoError(t, err)
	s, err := app.ReadSample(c)
	require.NoError(t, err)
	h.password = s.Password
	return h
}

// start starts an instance with an empty disk.
func (h *town) start() *instance {
	h.Helper()
	x := &instance{options: h.shared, log: &lines{}}
	x.Data, x.Listen, x.Metrics = filepath.Join(h.TempDir(), "data"), free(h.T), free(h.T)
	text, err := json.Marshal(x.options)
	require.NoError(h, err)
	x.child = exec.Command(os.Args[0])
	x.child.Env = append(os.Environ(), instanceOf+"="+string(text))
	x.child.Stderr = x.log
	require.NoError(h, x.child.Start())
	h.Cleanup(func() {
		x.kill()
		if h.Failed() {
			h.Logf("instance at %s:\n%.6000s", x.Listen, x.log.String())
		}
	})
	h.instances = append(h.instances, x)
	return x
}

func (x *instance) kill() {
	if !x.dead.Swap(true) {
		_ = x.child.Process.Kill()
		_ = x.child.Wait()
	}
}

func (h *town) ready(x *instance) {
	h.Helper()
	require.Eventually(h, func() bool {
		res, err := http.Get("http://" + x.Listen + "/readyz")
		if err != nil {
			return false
		}
		defer res.Body.Close()
		return res.StatusCode == http.StatusOK
	}, time.Minute, 20*time.Millisecond)
}

// RoundTrip sends every request to the next instance, as a load balancer does that
// knows no sessions and takes out who does not answer.
func (h *town) RoundTrip(r *http.Request) (*http.Response, error) {
	for range h.instances {
		x := h.instances[int(h.next.Add(1))%len(h.instances)]
		if x.dead.Load() {
			continue
		}
		to := r.Clone(r.Context())
		to.URL.Host = x.Listen
		res, err := http.DefaultTransport.RoundTrip(to)
		if err != nil && r.GetBody != nil && strings.Contains(err.Error(), "refused") {
			if r.Body, err = r.GetBody(); err == nil {
				continue
			}
		}
		return res, err
	}
	return nil, errors.New("no instance is left")
}

// visitor is one browser.
type visitor struct {
	*town
	*http.Client
}

func (h *town) as(name string) *visitor {
	h.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(h, err)
	v := &visitor{h, &http.Client{Transport: h, Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	status, _ := v.post("/sign-in", url.Values{"sign_in_name": {name}, "password": {h.password}})
	require.Equal(h, http.StatusSeeOther, status)
	return v
}

func (v *visitor) send(r *http.Request) (int, string) {
	v.Helper()
	res, err := v.Do(r)
	require.NoError(v, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	require.NoError(v, err)
	return res.StatusCode, string(body)
}

const site = "http://ayumi.test"

func (v *visitor) get(path string) (int, string) {
	v.Helper()
	r, err := http.NewRequest(http.MethodGet, site+path, nil)
	require.NoError(v, err)
	return v.send(r)
}

func (v *visitor) post(path string, form url.Values) (int, string) {
	v.Helper()
	r, err := http.NewRequest(http.MethodPost, site+path, strings.NewReader(form.Encode()))
	require.NoError(v, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.send(r)
}

// verify begins to verify a file and answers where that is told.
func (v *visitor) verify(content string) string {
	v.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	file, err := form.CreateFormFile("bundle", "mine.zip")
	require.NoError(v, err)
	_, err = io.WriteString(file, content)
	require.NoError(v, errors.Join(err, form.Close()))
	r, err := http.NewRequest(http.MethodPost, site+"/verify", &body)
	require.NoError(v, err)
	r.Header.Set("Content-Type", form.FormDataContentType())
	res, err := v.Do(r)
	require.NoError(v, errors.Join(err, res.Body.Close()))
	require.Equal(v, http.StatusSeeOther, res.StatusCode)
	return res.Header.Get("Location")
}

// batch is an import as the API tells of it.
type batch struct {
	Batch, State, Why string
	Rows              struct{ Good int }
	Done, Voided      int
}

// ledger brings a ledger of so many persons.
func (v *visitor) ledger(rows int) (out batch) {
	v.Helper()
	text := "相談日,氏名,ふりがな,電話番号,相談方法,種別,住所,相談内容\n"
	for n := range rows {
		text += fmt.Sprintf("2019-06-%02d,見本 人%d,みほん,090-1111-%04d,来所,就職,東京都,台帳から\n", n%28+1, n, n)
	}
	v.api(http.MethodPost, "/imports?name=a.csv&notice=n1", text, &out)
	return out
}

// api asks for something in JSON.
func (v *visitor) api(method, path, body string, out any) {
	v.Helper()
	r, err := http.NewRequest(method, site+"/api/v1"+path, strings.NewReader(body))
	require.NoError(v, err)
	r.Header.Set("Content-Type", "application/octet-stream")
	r.Header.Set("Idempotency-Key", uuid.NewString())
	status, text := v.send(r)
	require.Equal(v, http.StatusOK, status, text)
	require.NoError(v, json.Unmarshal([]byte(text), out))
}

// command gives one and answers where its last event stands.
func (v *visitor) command(name string, data map[string]any) uint64 {
	v.Helper()
	body, err := json.Marshal(data)
	require.NoError(v, err)
	r, err := http.NewRequest(http.MethodPost, site+"/api/v1/commands/"+name, bytes.NewReader(body))
	require.NoError(v, err)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", uuid.NewString())
	status, text := v.send(r)
	require.Equal(v, http.StatusOK, status, text)
	var out struct {
		Receipts []struct{ Position uint64 } `json:"receipts"`
	}
	require.NoError(v, json.Unmarshal([]byte(text), &out))
	require.NotEmpty(v, out.Receipts, text)
	return out.Receipts[len(out.Receipts)-1].Position
}

// TestInstancesAreOneOffice: two whole instances behind a balancer that forgets at once
// who was where. Whoever works in them does not notice that they are two, nor that one
// is killed.
func TestInstancesAreOneOffice(t *testing.T) {
	h := newTown(t)
	one, two := h.start(), h.start()
	h.ready(one)
	h.ready(two)
	co := h.as("co1")
	_, page := co.get("/people")
	person := between(t, page, `href="/people/`, `"`)
	_, page = co.get("/people/" + person)
	require.Contains(t, page, plantedName)
	file := h.caseOf(person)
	note := func(text string) uint64 {
		t.Helper()
		return co.command("case.add_note", map[string]any{"case": file, "partition": "common", "text": text})
	}

	// What one wrote the other shows at once.
	for i := range 12 {
		text := fmt.Sprintf("memo %d of the day", i)
		at := note(text)
		status, page := co.get(fmt.Sprintf("/people/%s?at=%d", person, at))
		require.Equal(t, http.StatusOK, status)
		require.Contains(t, page, text)
	}

	// What one is at the other tells of.
	au := h.as("au1")
	check := au.verify("no bundle at all")
	for range 4 {
		require.Eventually(t, func() bool {
			status, page := au.get(check)
			require.Equal(t, http.StatusOK, status)
			return strings.Contains(page, "mine.zip")
		}, time.Minute, 20*time.Millisecond)
	}
	status, _ := co.get(check)
	require.NotEqual(t, http.StatusOK, status, "it is asked for by who began it")

	// A ledger is brought to one, imported by another, and told of and taken back by any.
	const rows = 40
	batch := co.ledger(rows)
	require.Equal(t, rows, batch.Rows.Good, "%+v", batch)
	co.api(http.MethodPost, "/imports/"+batch.Batch+"/run", "", &batch)
	for _, end := range []string{"done", "undone"} {
		for n := 0; n < 4; {
			co.api(http.MethodGet, "/imports/"+batch.Batch, "", &batch)
			require.Contains(t, []string{"running", "undoing", end}, batch.State, batch.Why)
			if batch.State == end {
				n++ // and every instance says so
			}
		}
		if end == "done" {
			require.Equal(t, rows, batch.Done)
			co.api(http.MethodPost, "/imports/"+batch.Batch+"/undo", "", &batch)
		}
	}
	require.Equal(t, rows, batch.Voided)

	// A page that listens goes on listening elsewhere.
	listening := func(x *instance, last string) *bufio.Scanner {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+x.Listen+"/people/"+person+"/stream?from=0", nil)
		require.NoError(t, err)
		for _, c := range co.Jar.Cookies(must(url.Parse(site))) {
			r.AddCookie(c)
		}
		if last != "" {
			r.Header.Set("Last-Event-ID", last)
		}
		res, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, res.StatusCode)
		t.Cleanup(func() { _ = res.Body.Close() })
		return bufio.NewScanner(res.Body)
	}
	news := listening(one, "")
	at := note("heard by who listens")
	last := heard(t, news, at)

	// The one that leads is killed while work goes on; what it does others do.
	leading, other := one, two
	if !h.leads(one) {
		leading, other = two, one
	}
	leading.kill()
	killed := time.Now()
	var back time.Duration
	for n := 0; back == 0; n++ {
		require.Less(t, time.Since(killed), 30*time.Second)
		at = note(fmt.Sprintf("after the kill %d", n))
		asked := time.Now()
		status, _ := co.get(fmt.Sprintf("/people/%s?at=%d", person, at))
		require.Equal(t, http.StatusOK, status)
		if h.leads(other) && time.Since(asked) < time.Second {
			back = time.Since(killed)
		}
	}
	t.Logf("the other leads and shows what is written within a second after %v", back)
	heard(t, listening(other, last), at)

	// A third begins with nothing on its disk; signing out is felt everywhere.
	third := h.start()
	h.ready(third)
	for range 4 {
		status, page := co.get(fmt.Sprintf("/people/%s?at=%d", person, at))
		require.Equal(t, http.StatusOK, status)
		require.Contains(t, page, "after the kill 0")
	}
	status, _ = co.post("/sign-out", nil)
	require.Equal(t, http.StatusSeeOther, status)
	for range 4 {
		status, _ := co.get("/people/" + person)
		require.Equal(t, http.StatusSeeOther, status)
	}

	// Everything holds, and nothing of a person lies in clear anywhere.
	var log bytes.Buffer
	o := h.shared
	o.Data = filepath.Join(t.TempDir(), "check")
	a := opened(t, o.config(&log))
	requireGood(t, a)
	require.NoError(t, a.Close())
	for _, x := range h.instances {
		x.kill()
		holdsNothingPlanted(t, x.Data, []byte(x.log.String()))
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func between(t *testing.T, page, begin, end string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, begin)
	require.True(t, ok, "%.2000s", page)
	out, _, _ := strings.Cut(rest, end)
	return out
}

// heard reads a stream until it has told of a position.
func heard(t *testing.T, news *bufio.Scanner, at uint64) (id string) {
	t.Helper()
	for news.Scan() {
		if name, value, ok := strings.Cut(news.Text(), ": "); ok && name == "id" {
			if id = value; id == fmt.Sprint(at) {
				return id
			}
		}
	}
	t.Fatal("the stream ended", news.Err())
	return ""
}

// leads tells whether an instance writes the read models.
func (h *town) leads(x *instance) bool {
	h.Helper()
	_, page := answer(h.T, "http://"+x.Metrics+"/metrics")
	return strings.Contains(page, "ayumi_read_models_written 1")
}

// caseOf is the case of a person in the scenario.
func (h *town) caseOf(person string) string {
	h.Helper()
	var log bytes.Buffer
	o := h.shared
	o.Data = filepath.Join(h.TempDir(), "look")
	a := opened(h.T, o.config(&log))
	defer func() { require.NoError(h, a.Close()) }()
	files, err := a.Journeys.CasesOf(context.Background(), person)
	require.NoError(h, err)
	require.NotEmpty(h, files)
	return files[0]
}
