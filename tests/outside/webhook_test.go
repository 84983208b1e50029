package outside_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/outside"
	"ayumi/infra/memory"
	"ayumi/infra/sqldb"
	"ayumi/infra/webhook"
	"ayumi/tests/postgres"
)

var key = [32]byte{1, 2, 3}

// onEach tries a test on every engine that may keep subscriptions.
func onEach(t *testing.T, test func(t *testing.T, open func(now func() time.Time) *webhook.Store)) {
	t.Run("sqlite", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "web hooks?#.db")
		test(t, func(now func() time.Time) *webhook.Store {
			s, err := webhook.Open(path, key, "test", now)
			require.NoError(t, err)
			t.Cleanup(func() { s.Close() })
			return s
		})
	})
	t.Run("postgres", func(t *testing.T) {
		base := postgres.Open(t)
		test(t, func(now func() time.Time) *webhook.Store {
			db, err := sqldb.OpenSchema(t.Context(), base.App, base.Owner, sqldb.Schema{Name: "webhooks", Tables: webhook.Tables, Of: "log"})
			require.NoError(t, err)
			s, err := webhook.OpenTables(db, key, "test", now)
			require.NoError(t, err)
			t.Cleanup(func() { s.Close() })
			return s
		})
	})
}

// receiver is a server of somebody else. answer says what it makes of a request; it is
// told how many it has had. Requests whose signature is wrong are not taken.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	secret string
	got    []string // ids of requests answered with 2xx, in order
	bodies []string
	bad    []string
	n      int
	answer func(n int, w http.ResponseWriter, r *http.Request)
}

func receive(t *testing.T, answer func(n int, w http.ResponseWriter, r *http.Request)) *receiver {
	t.Helper()
	r := &receiver{answer: answer}
	r.Server = httptest.NewServer(r)
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	body, _ := io.ReadAll(q.Body)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.n++
	if fault := r.wrong(q, body); fault != "" {
		r.bad = append(r.bad, fault)
	}
	if r.answer != nil {
		r.mu.Unlock()
		r.answer(r.n, w, q)
		r.mu.Lock()
		if w.Header().Get("Taken") == "" {
			return
		}
	} else {
		w.WriteHeader(http.StatusNoContent)
	}
	r.got, r.bodies = append(r.got, q.Header.Get("Webhook-Id")), append(r.bodies, string(body))
}

// wrong checks a request as the specification of Standard Webhooks says.
func (r *receiver) wrong(q *http.Request, body []byte) string {
	raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(r.secret, "whsec_"))
	if err != nil || !strings.HasPrefix(r.secret, "whsec_") {
		return "secret"
	}
	mac := hmac.New(sha256.New, raw)
	fmt.Fprintf(mac, "%s.%s.%s", q.Header.Get("webhook-id"), q.Header.Get("webhook-timestamp"), body)
	if q.Header.Get("webhook-signature") != "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)) {
		return "signature"
	}
	var e struct {
		Specversion, ID, Source, Type, Subject, Time, Sequence, Datacontenttype string
		Data                                                                    map[string]any
	}
	if json.Unmarshal(body, &e) != nil || e.Specversion != "1.0" || e.ID != q.Header.Get("webhook-id") || e.Source != "ayumi/test" || e.Type == "" || e.Data == nil {
		return "body " + string(body)
	}
	if q.Header.Get("Content-Type") != "application/cloudevents+json" || q.Method != http.MethodPost {
		return "headers"
	}
	return ""
}

func taken(w http.ResponseWriter) { w.Header().Set("Taken", "1"); w.WriteHeader(http.StatusOK) }

func (r *receiver) all() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.got)
}

func (r *receiver) fine(t *testing.T) {
	r.mu.Lock()
	defer r.mu.Unlock()
	require.Empty(t, r.bad)
}

// wanted are the ids of the events that leave, of one prefecture.
func wanted(t *testing.T, log domain.EventStore, controller string, types ...string) (out []string) {
	for e, err := range log.All(context.Background(), 0) {
		require.NoError(t, err)
		o, leaves, err := outside.Of(e)
		require.NoError(t, err)
		if leaves && o.Controller == controller && (len(types) == 0 || slices.Contains(types, o.Type)) {
			out = append(out, o.ID)
		}
	}
	return out
}

// subscribe makes a subscription from the beginning of the log.
func subscribe(t *testing.T, s *webhook.Store, r *receiver, types ...string) string {
	t.Helper()
	id, secret, err := s.Add(t.Context(), webhook.Subscription{URL: r.URL + "/in?to=x", Types: types, Controller: "31", Maker: "ad1"}, true)
	require.NoError(t, err)
	r.mu.Lock()
	r.secret = secret
	r.mu.Unlock()
	return id
}

// deliver runs deliveries until the test ends, or end is called.
func deliver(t *testing.T, s *webhook.Store, log domain.EventStore, waits ...time.Duration) (d *webhook.Deliverer, end func()) {
	t.Helper()
	if waits == nil {
		waits = []time.Duration{time.Millisecond, 2 * time.Millisecond, 5 * time.Millisecond, 5 * time.Millisecond, 5 * time.Millisecond}
	}
	d = webhook.New(webhook.Config{Store: s, Log: log, Source: "ayumi/test", Private: true, Waits: waits, Report: func(string, error) {}})
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); _ = d.Run(ctx) }()
	end = func() { stop(); <-done }
	t.Cleanup(end)
	return d, end
}

func reaches(t *testing.T, s *webhook.Store, id string, what func(webhook.Subscription) bool) webhook.Subscription {
	t.Helper()
	var now webhook.Subscription
	require.Eventually(t, func() bool {
		var err error
		now, err = s.Find(t.Context(), id)
		return err == nil && what(now)
	}, time.Minute, 10*time.Millisecond)
	return now
}

func head(t *testing.T, log domain.EventStore) uint64 {
	r, err := log.Head(context.Background())
	require.NoError(t, err)
	return r.Position
}

func TestWebhookTellsWhatLeavesOfOnePrefecture(t *testing.T) {
	onEach(t, func(t *testing.T, open func(func() time.Time) *webhook.Store) {
		log, s, r := memory.New(), open(time.Now), receive(t, nil)
		life(t, log, 20)
		id := subscribe(t, s, r, "case.opened")
		d, _ := deliver(t, s, log)
		reaches(t, s, id, func(now webhook.Subscription) bool { return now.Reached == head(t, log) })
		life(t, log, 20) // live
		reaches(t, s, id, func(now webhook.Subscription) bool { return now.Reached == head(t, log) })
		want := wanted(t, log, "31", "case.opened")
		require.Equal(t, want, r.all())
		done, err := d.Test(t.Context(), id)
		require.NoError(t, err)
		require.Equal(t, "ok", done.Outcome)
		done, err = d.Again(t.Context(), id, 1)
		require.NoError(t, err)
		require.Equal(t, []any{"ok", 204, uint64(1)}, []any{done.Outcome, done.Status, done.Position})
		require.Equal(t, want[0], r.all()[len(want)+1], "the id it had")
		_, err = d.Again(t.Context(), id, 2)
		require.ErrorIs(t, err, webhook.ErrUnknown, "a note stays in")
		for _, body := range r.bodies {
			for _, kept := range []string{"somebody", "salt", "sealed", `"33"`} {
				require.NotContains(t, body, kept)
			}
		}
		list, err := s.Deliveries(t.Context(), id, 1000)
		require.NoError(t, err)
		require.Len(t, list, len(want)+2)
		require.Equal(t, len(list), list[0].No, "the newest first")
		r.fine(t)
	})
}

// The receiver fails in every way it can; each event comes until it is taken, in order.
func TestWebhookTriesAgainInOrder(t *testing.T) {
	onEach(t, func(t *testing.T, open func(func() time.Time) *webhook.Store) {
		log, s := memory.New(), open(time.Now)
		life(t, log, 40)
		r := receive(t, func(n int, w http.ResponseWriter, q *http.Request) {
			switch n % 6 {
			case 0:
				w.WriteHeader(http.StatusInternalServerError)
			case 1:
				http.Redirect(w, q, "http://127.0.0.1:1/elsewhere", http.StatusTemporaryRedirect)
			case 2: // cut off
				c, _, err := w.(http.Hijacker).Hijack()
				if err == nil {
					c.Close()
				}
			case 3: // says yes, and is cut off in the middle of it
				w.Header().Set("Content-Length", "100")
				w.WriteHeader(http.StatusOK)
				w.Write([]byte("half"))
			case 4:
				w.Header().Set("Retry-After", "0")
				w.WriteHeader(http.StatusTooManyRequests)
			default:
				taken(w)
			}
		})
		id := subscribe(t, s, r)
		deliver(t, s, log)
		now := reaches(t, s, id, func(now webhook.Subscription) bool { return now.Reached == head(t, log) })
		require.Equal(t, webhook.Active, now.State)
		require.Equal(t, wanted(t, log, "31"), r.all())
		require.Equal(t, 6*len(r.all())-1, now.Sent)
		list, err := s.Deliveries(t.Context(), id, 6)
		require.NoError(t, err)
		var outcomes []string
		for _, one := range list {
			outcomes = append(outcomes, one.Outcome)
		}
		require.ElementsMatch(t, []string{"ok", "status", "redirect", "away", "away", "busy"}, outcomes)
		r.fine(t)
	})
}

func TestWebhookGivesUpInTheEndAndGoesOnWhenAsked(t *testing.T) {
	onEach(t, func(t *testing.T, open func(func() time.Time) *webhook.Store) {
		log, s := memory.New(), open(time.Now)
		life(t, log, 4)
		var fails sync.Map
		r := receive(t, func(n int, w http.ResponseWriter, q *http.Request) {
			if code, ok := fails.Load("code"); ok {
				w.WriteHeader(code.(int))
				return
			}
			taken(w)
		})
		fails.Store("code", 500)
		id := subscribe(t, s, r)
		d, _ := deliver(t, s, log)
		now := reaches(t, s, id, func(now webhook.Subscription) bool { return now.State == webhook.Failed })
		require.Equal(t, []any{uint64(0), 6, "status"}, []any{now.Reached, now.Sent, now.Cause})
		fails.Store("code", http.StatusGone)
		require.NoError(t, s.Resume(t.Context(), id))
		d.Look()
		now = reaches(t, s, id, func(now webhook.Subscription) bool { return now.State == webhook.Gone })
		require.Equal(t, []any{uint64(0), 7}, []any{now.Reached, now.Sent})
		fails.Delete("code")
		require.NoError(t, s.Resume(t.Context(), id))
		d.Look()
		reaches(t, s, id, func(now webhook.Subscription) bool { return now.Reached == head(t, log) })
		require.Equal(t, wanted(t, log, "31"), r.all())
		require.NoError(t, s.Pause(t.Context(), id))
		life(t, log, 4)
		time.Sleep(50 * time.Millisecond)
		require.Len(t, r.all(), len(wanted(t, log, "31"))/2)
		require.NoError(t, s.Resume(t.Context(), id))
		d.Look()
		reaches(t, s, id, func(now webhook.Subscription) bool { return now.Reached == head(t, log) })
		require.Equal(t, wanted(t, log, "31"), r.all())
		require.NoError(t, s.Remove(t.Context(), id))
		_, err := s.Find(t.Context(), id)
		require.ErrorIs(t, err, webhook.ErrUnknown)
		require.ErrorIs(t, s.Pause(t.Context(), id), webhook.ErrUnknown)
	})
}

// paused is a log in which somebody pauses a subscription while it is read.
type paused struct {
	domain.EventStore
	pause func()
}

func (p paused) All(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		p.pause()
		p.EventStore.All(ctx, after)(yield)
	}
}

func TestWebhookPausedWhileItReadsTellsNothing(t *testing.T) {
	onEach(t, func(t *testing.T, open func(func() time.Time) *webhook.Store) {
		log, s, r := memory.New(), open(time.Now), receive(t, nil)
		life(t, log, 4)
		id := subscribe(t, s, r)
		read := make(chan error, 1)
		_, end := deliver(t, s, paused{log, func() { read <- s.Pause(t.Context(), id) }})
		require.NoError(t, <-read)
		time.Sleep(20 * time.Millisecond) // what would be sent is sent by now
		end()
		require.Empty(t, r.all())
		now, err := s.Find(t.Context(), id)
		require.NoError(t, err)
		require.Equal(t, []any{webhook.Paused, uint64(0), 0}, []any{now.State, now.Reached, now.Sent})
	})
}

// A receiver that asks to be left alone is, by the clock of the house.
func TestWebhookWaitsAsAskedAndAsPlanned(t *testing.T) {
	log := memory.New()
	life(t, log, 2)
	var clock sync.Map
	clock.Store("now", time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC))
	now := func() time.Time { at, _ := clock.Load("now"); return at.(time.Time) }
	s, err := webhook.Open(filepath.Join(t.TempDir(), "w.db"), key, "test", now)
	require.NoError(t, err)
	defer s.Close()
	r := receive(t, func(n int, w http.ResponseWriter, q *http.Request) {
		if n == 1 {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusBadGateway)
	})
	id := subscribe(t, s, r)
	deliver(t, s, log, time.Minute, 2*time.Hour)
	seen := reaches(t, s, id, func(now webhook.Subscription) bool { return now.Tries == 1 })
	require.Equal(t, now().Add(time.Hour), seen.Due.UTC())
	clock.Store("now", seen.Due.UTC())
	seen = reaches(t, s, id, func(now webhook.Subscription) bool { return now.Tries == 2 })
	planned := seen.Due.Sub(now())
	require.True(t, planned >= 2*time.Hour && planned <= 2*time.Hour+25*time.Minute, planned)
	require.Equal(t, "status", seen.Cause)
}

// Nothing inside is reached, whatever a name or a redirect leads to, and what cannot be
// an address is refused at once.
func TestWebhookReachesNothingInside(t *testing.T) {
	s, err := webhook.Open(filepath.Join(t.TempDir(), "w.db"), key, "test", time.Now)
	require.NoError(t, err)
	defer s.Close()
	for _, bad := range []string{
		"", "x", "http://receiver.example/in", "ftp://receiver.example", "https://", "https://user:word@receiver.example/", "https://receiver.example/#x",
		"https://127.0.0.1/", "https://[::1]/", "https://10.0.0.5/", "https://192.168.1.1/", "https://169.254.169.254/latest", "https://[fe80::1]/", "https://[fd00::1]/",
		"https://0.0.0.0/", "https://100.64.0.1/", "https://[::ffff:10.0.0.1]/", "https://[64:ff9b::a00:1]/", "https://224.0.0.1/", "https://255.255.255.255/", "javascript:alert(1)",
	} {
		_, _, err := s.Add(t.Context(), webhook.Subscription{URL: bad, Controller: "31"}, false)
		require.ErrorIs(t, err, webhook.ErrAddress, bad)
	}
	_, _, err = s.Add(t.Context(), webhook.Subscription{URL: "https://receiver.example/", Types: []string{"account.opened"}, Controller: "31"}, false)
	require.ErrorIs(t, err, webhook.ErrTypes)

	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	go func() {
		if c, err := l.Accept(); err == nil {
			c.Close()
			t.Error("it was dialled")
		}
	}()
	_, port, err := net.SplitHostPort(l.Addr().String())
	require.NoError(t, err)
	d := webhook.New(webhook.Config{Store: s, Log: memory.New(), Source: "ayumi/test", Report: func(string, error) {}})
	id, _, err := s.Add(t.Context(), webhook.Subscription{URL: "https://localhost:" + port + "/", Controller: "31"}, false)
	require.NoError(t, err, "what a name leads to is known when it is dialled")
	done, err := d.Test(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, "inside", done.Outcome)
	private := webhook.New(webhook.Config{Store: s, Log: memory.New(), Source: "ayumi/test", Private: true, Report: func(string, error) {}})
	selfSigned := httptest.NewTLSServer(http.NotFoundHandler())
	defer selfSigned.Close()
	id, _, err = s.Add(t.Context(), webhook.Subscription{URL: selfSigned.URL, Controller: "31"}, true)
	require.NoError(t, err)
	done, err = private.Test(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, "tls", done.Outcome)
}

// A log that was put back is shorter than what was told of it: what is recorded in the
// place of the lost events is told.
func TestWebhookFollowsALogThatWasPutBack(t *testing.T) {
	s, err := webhook.Open(filepath.Join(t.TempDir(), "w.db"), key, "test", time.Now)
	require.NoError(t, err)
	defer s.Close()
	log, r := memory.New(), receive(t, nil)
	life(t, log, 20)
	id := subscribe(t, s, r)
	_, end := deliver(t, s, log)
	reaches(t, s, id, func(now webhook.Subscription) bool { return now.Reached == head(t, log) })
	end()
	before, back := len(r.all()), memory.New()
	life(t, back, 10)
	deliver(t, s, back)
	reaches(t, s, id, func(now webhook.Subscription) bool { return now.Reached == head(t, back) })
	life(t, back, 20)
	reaches(t, s, id, func(now webhook.Subscription) bool { return now.Reached == head(t, back) })
	require.Equal(t, wanted(t, back, "31")[10:], r.all()[before:])
}

// Two instances share the tables: one delivers, and when it ends the other goes on;
// nothing is told twice.
func TestWebhookOneInstanceDeliversAtATime(t *testing.T) {
	onEach(t, func(t *testing.T, open func(func() time.Time) *webhook.Store) {
		log, r := memory.New(), receive(t, nil)
		life(t, log, 10)
		one, other := open(time.Now), open(time.Now)
		id := subscribe(t, one, r)
		_, end := deliver(t, one, log)
		deliver(t, other, log)
		for range 3 {
			reaches(t, other, id, func(now webhook.Subscription) bool { return now.Reached == head(t, log) })
			life(t, log, 10)
		}
		reaches(t, other, id, func(now webhook.Subscription) bool { return now.Reached == head(t, log) })
		end()
		life(t, log, 10)
		reaches(t, other, id, func(now webhook.Subscription) bool { return now.Reached == head(t, log) })
		require.Equal(t, wanted(t, log, "31"), r.all())
	})
}

// TestWebhookFileHoldsNoSecret: neither the secret nor the address lies in clear.
func TestWebhookFileHoldsNoSecret(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.db")
	s, err := webhook.Open(path, key, "test", time.Now)
	require.NoError(t, err)
	id, secret, err := s.Add(t.Context(), webhook.Subscription{URL: "https://receiver.example/in?token=abc", Controller: "31"}, false)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	for _, text := range []string{secret, strings.TrimPrefix(secret, "whsec_"), "receiver.example"} {
		require.NotContains(t, string(raw), text)
	}
	s, err = webhook.Open(path, [32]byte{9}, "test", time.Now)
	require.NoError(t, err)
	defer s.Close()
	_, err = s.Find(t.Context(), id)
	require.Error(t, err, "another installation's key")
}
