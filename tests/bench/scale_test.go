//go:build linux

package bench

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/infra/auth"
)

// BenchmarkScale fills a data directory with -events events and measures the
// product as it stands there: one stream read, a start with current read models,
// the journey page, and how soon a record shows in an open page.
//
//	go test ./tests/bench -run xxx -bench Scale -benchtime 1x -events 1000000 -timeout 30m
func BenchmarkScale(b *testing.B) {
	c := app.Default()
	c.Data = filepath.Join(b.TempDir(), "data")
	c.Log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	counsellor, password := fill(b, c)

	a, err := app.Open(context.Background(), c)
	require.NoError(b, err)
	require.NoError(b, a.Ready(context.Background(), 20*time.Minute))
	streams(b, a)
	require.NoError(b, a.Close())

	begun := time.Now()
	a, err = app.Open(context.Background(), c)
	require.NoError(b, err)
	require.NoError(b, a.Ready(context.Background(), time.Minute))
	b.ReportMetric(time.Since(begun).Seconds()*1000, "start-ms")
	defer func() { require.NoError(b, a.Close()) }()

	handler, err := a.Handler()
	require.NoError(b, err)
	server := httptest.NewServer(handler)
	defer server.Close()
	client := signedIn(b, server.URL, "co1", password)
	people, err := a.Journeys.People(context.Background(), 0, 1<<30)
	require.NoError(b, err)
	b.ReportMetric(float64(len(people)), "people")
	warm(b, a, counsellor)
	pages(b, client, server.URL, func() string { return people[rand.IntN(len(people))].ID })
	freshness(b, a, client, server.URL, counsellor)
	b.ReportMetric(0, "ns/op")
}

// fill writes the log by real commands, sealed under real keys: one counsellor who
// can sign in, and ten events a person.
func fill(b *testing.B, c app.Config) (account, password string) {
	l, err := app.OpenLedger(context.Background(), c, nil)
	require.NoError(b, err)
	o := office.New(l.Decider, nil)
	account, password = uuid.NewString(), auth.NewPassword()
	do(b, o, "system", "account.open", account, `"account":%q,"kind":"staff","desk":"D-TKY","code":"co1","name":"x","kana":"x"`)
	do(b, o, "system", "account.grant_role", account, `"account":%q,"role":"CO"`)
	store, err := auth.Open(filepath.Join(c.Data, "auth.db"), time.Now)
	require.NoError(b, err)
	require.NoError(b, store.SetPassword(context.Background(), "co1", account, password))
	require.NoError(b, store.Close())
	const writers = 32
	var all sync.WaitGroup
	begun := time.Now()
	for w := range writers {
		all.Go(func() {
			for n := w; n < *replayEvents/10; n += writers {
				consultee(b, o, account, n)
			}
		})
	}
	all.Wait()
	b.ReportMetric(float64(*replayEvents)/time.Since(begun).Seconds(), "fill-events/s")
	require.NoError(b, l.Close())
	return account, password
}

// consultee is one person with a case, four consultations and three notes.
func consultee(b *testing.B, o *office.Office, account string, n int) {
	session := fmt.Sprintf(`"desk":"D-TKY","channel":"phone","categories":["job"],"counsellor":%q,"attendee_count":1,"initiated_by":"person","advice":true,"notice_version":"n1","outcome":"continuing","note":"note %d of somebody who asked about work"`, account, n)
	r := do(b, o, account, "person.first_contact", "", `"register":{"kind":"consultee","anonymous":false,"age_band":"20s","residence_pref":"13","language":"ja","student":false,"family":"family`+fmt.Sprint(n)+`","given":"given","search":"s"},
		"notice":{"notice_version":"n1","language":"ja","method":"paper"},
		"open":{"desk":"D-TKY","aims":["job"],"lead_source":"web","target_pref":"31","new_episode":false},"consultation":{`+session+`}`)
	_, who := domain.SplitStream(r[0].Stream)
	_, file := domain.SplitStream(r[len(r)-1].Stream)
	for day := range 3 {
		do(b, o, account, "case.hold_consultation", file, fmt.Sprintf(`"lead_person":%q,"occurred_on":"2019-05-%02d",`, who, day+1)+session+`,"case":%q`)
		do(b, o, account, "case.add_note", file, `"case":%q,"partition":"common","text":"a short note between colleagues"`)
	}
}

func do(b *testing.B, o *office.Office, by, command, id, format string) []domain.Receipt {
	text := format
	if id != "" {
		text = fmt.Sprintf(format, id)
	}
	data, err := domain.ParseData([]byte("{" + text + "}"))
	require.NoError(b, err)
	r, err := o.Do(context.Background(), office.Request{Command: command, ID: uuid.New(), By: by, At: time.Now(), Data: data})
	require.NoError(b, err)
	return r
}

func report(b *testing.B, name string, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, name+"-p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, name+"-p99-ms")
}

// streams loads streams of about ten events at random places of the log.
func streams(b *testing.B, a *app.App) {
	people, err := a.Journeys.Recent(context.Background(), 1<<20, nil)
	require.NoError(b, err)
	var took []time.Duration
	for tries := 0; len(took) < 2000 && tries < 40_000; tries++ {
		files, err := a.Journeys.CasesOf(context.Background(), people[rand.IntN(len(people))].ID)
		require.NoError(b, err)
		if len(files) == 0 {
			continue
		}
		n, begun := 0, time.Now()
		for _, err := range a.Store.Stream(context.Background(), domain.StreamName("case", files[0]), 0) {
			require.NoError(b, err)
			n++
		}
		if d := time.Since(begun); n >= 8 && n <= 12 {
			took = append(took, d)
		}
	}
	require.NotEmpty(b, took)
	report(b, "stream-of-10", took)
}

// warm waits until everything that a start leaves to the background is done: what
// is measured afterwards is an office at work.
func warm(b *testing.B, a *app.App, counsellor string) {
	begun := time.Now()
	do(b, a.Office, counsellor, "person.register", uuid.NewString(),
		`"person":%q,"kind":"consultee","anonymous":true,"age_band":"20s","residence_pref":"13","language":"ja","student":false,"search":"s"`)
	require.NoError(b, a.Ready(context.Background(), 10*time.Minute))
	head, err := a.Store.Head(context.Background())
	require.NoError(b, err)
	require.NoError(b, a.People.Wait(context.Background(), head.Position))
	reacted(b, a, head.Position)
	b.ReportMetric(time.Since(begun).Seconds(), "background-s")
}

// reacted waits until what follows from the log by itself was carried out.
func reacted(b *testing.B, a *app.App, position uint64) {
	for limit := time.Now().Add(10 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
		reached, err := a.Reacted(context.Background())
		require.NoError(b, err)
		if reached+1000 >= position { // a mark is written seldom where nothing follows
			return
		}
		require.True(b, time.Now().Before(limit))
	}
}

func signedIn(b *testing.B, base, name, password string) *http.Client {
	jar, err := cookiejar.New(nil)
	require.NoError(b, err)
	client := &http.Client{Jar: jar}
	res, err := client.PostForm(base+"/sign-in", url.Values{"sign_in_name": {name}, "password": {password}})
	require.NoError(b, err)
	require.NoError(b, res.Body.Close())
	require.Equal(b, http.StatusOK, res.StatusCode)
	return client
}

func pages(b *testing.B, client *http.Client, base string, anybody func() string) {
	var took []time.Duration
	for range 600 {
		begun := time.Now()
		res, err := client.Get(base + "/people/" + anybody())
		require.NoError(b, err)
		_, err = io.Copy(io.Discard, res.Body)
		require.NoError(b, err)
		require.NoError(b, res.Body.Close())
		require.Equal(b, http.StatusOK, res.StatusCode)
		took = append(took, time.Since(begun))
	}
	report(b, "journey-page", took[100:])
}

// freshness records a note 100 times a second and times, in an open journey page,
// when the stream tells of it.
func freshness(b *testing.B, a *app.App, client *http.Client, base, counsellor string) {
	r := do(b, a.Office, counsellor, "person.register", uuid.NewString(),
		`"person":%q,"kind":"consultee","anonymous":true,"age_band":"20s","residence_pref":"13","language":"ja","student":false,"search":"s"`)
	_, who := domain.SplitStream(r[0].Stream)
	r = do(b, a.Office, counsellor, "case.open", who, `"person":%q,"desk":"D-TKY","aims":["job"],"lead_source":"web","target_pref":"31","new_episode":false`)
	_, file := domain.SplitStream(r[0].Stream)
	require.NoError(b, a.Ready(context.Background(), time.Minute))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("%s/people/%s/stream?from=%d", base, who, r[0].Position), nil)
	require.NoError(b, err)
	res, err := client.Do(req)
	require.NoError(b, err)
	defer res.Body.Close()
	require.Equal(b, http.StatusOK, res.StatusCode)
	seen := make(chan time.Time, 10_000)
	go follow(res.Body, seen)
	var took []time.Duration
	for range 500 {
		next := time.Now().Add(10 * time.Millisecond)
		begun := time.Now()
		do(b, a.Office, counsellor, "case.add_note", file, `"case":%q,"partition":"common","text":"x"`)
		select {
		case at := <-seen:
			took = append(took, at.Sub(begun))
		case <-time.After(5 * time.Second):
			b.Fatal("the page was not told")
		}
		time.Sleep(time.Until(next))
	}
	report(b, "append-to-page", took)
}

// follow notes when each id arrives: one per state the page is told.
func follow(body io.Reader, seen chan<- time.Time) {
	in := bufio.NewScanner(body)
	for in.Scan() {
		if strings.HasPrefix(in.Text(), "id:") {
			seen <- time.Now()
		}
	}
}
