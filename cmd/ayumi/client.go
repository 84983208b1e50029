package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/urfave/cli/v3"

	"ayumi/domain"
	"ayumi/infra/api"
)

// get asks a running server and reads its answer.
func (s *shell) get(ctx context.Context, cmd *cli.Command, path string, into any) error {
	_, raw, err := s.fetch(ctx, cmd, path)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, into)
}

// send sends bytes to a running server and reads its answer.
func (s *shell) send(ctx context.Context, cmd *cli.Command, path string, body io.Reader, into any) error {
	_, raw, err := s.call(ctx, cmd, http.MethodPost, path, body)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, into)
}

// fetch asks a running server and answers the headers and bytes of its answer.
func (s *shell) fetch(ctx context.Context, cmd *cli.Command, path string) (http.Header, []byte, error) {
	return s.call(ctx, cmd, http.MethodGet, path, nil)
}

// command gives a command to a running server and answers its receipts.
func (s *shell) command(ctx context.Context, cmd *cli.Command, name string, data any) ([]domain.Receipt, error) {
	body, err := json.Marshal(data)
	if err != nil {
		return nil, err
	}
	_, raw, err := s.call(ctx, cmd, http.MethodPost, "/commands/"+name, bytes.NewReader(body), "Content-Type", "application/json", "Idempotency-Key", uuid.NewString())
	if err != nil {
		return nil, err
	}
	var done struct{ Receipts []domain.Receipt }
	return done.Receipts, json.Unmarshal(raw, &done)
}

// call sends one request; headers are name, value, name, value, … An account that
// needs a second step is signed in first, and its session is kept.
func (s *shell) call(ctx context.Context, cmd *cli.Command, method, path string, body io.Reader, headers ...string) (http.Header, []byte, error) {
	var sent []byte
	if body != nil {
		var err error
		if sent, err = io.ReadAll(body); err != nil {
			return nil, nil, err
		}
		headers = append([]string{"Content-Type", "application/octet-stream"}, headers...)
	}
	d, err := s.door(cmd)
	if err != nil {
		return nil, nil, err
	}
	ask := func(admit func(*http.Request)) (*answer, error) {
		return s.insist(ctx, cmd, func() (*answer, error) { return s.ask(ctx, d, method, path, sent, headers, admit) })
	}
	if cookie := d.kept(); cookie != nil {
		got, err := ask(func(r *http.Request) { r.AddCookie(cookie) })
		if err != nil || got.code != "api.signed_out" {
			return got.outcome(s, err)
		}
		if err := d.forget(); err != nil {
			return nil, nil, err
		}
	}
	password := os.Getenv("AYUMI_PASSWORD")
	if password == "" && !strings.HasPrefix(path, "/receipts/") { // which anybody may ask for
		return nil, nil, errors.New(s.w.Command.NeedPassword)
	}
	got, err := ask(func(r *http.Request) {
		if password != "" {
			r.SetBasicAuth(d.user, password)
		}
	})
	if err != nil || got.code != "signin.second_step" {
		return got.outcome(s, err)
	}
	cookie, err := s.secondStep(ctx, cmd, d, password)
	if err != nil {
		return nil, nil, err
	}
	got, err = ask(func(r *http.Request) { r.AddCookie(cookie) })
	return got.outcome(s, err)
}

// insistence bounds how long a server that asks to wait is waited for.
const insistence = 2 * time.Minute

// insist asks again as often as the server says that it will be able to answer soon
// (503 with Retry-After in seconds, RFC 9110): it has then done nothing of what was asked.
func (s *shell) insist(ctx context.Context, cmd *cli.Command, ask func() (*answer, error)) (*answer, error) {
	until, told := time.Now().Add(insistence), false
	for {
		got, err := ask()
		if err != nil || got.status != http.StatusServiceUnavailable {
			return got, err
		}
		seconds, err := strconv.Atoi(got.header.Get("Retry-After"))
		wait := time.Duration(seconds) * time.Second
		if err != nil || seconds < 0 || time.Now().Add(wait).After(until) {
			return got, nil
		}
		if !told {
			say(cmd.Root().ErrWriter, s.w.Command.ServerSaid(got.status, got.detail))
			told = true
		}
		select {
		case <-time.After(max(wait, time.Second/10)):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// answer is what a server said. code is the key of a refusal.
type answer struct {
	status       int
	header       http.Header
	raw          []byte
	code, detail string
}

func (s *shell) ask(ctx context.Context, d *door, method, path string, body []byte, headers []string, admit func(*http.Request)) (*answer, error) {
	req, err := http.NewRequestWithContext(ctx, method, d.base.JoinPath(api.Prefix).String()+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	req.Header.Set("Accept-Language", string(s.w.Language))
	admit(req)
	res, err := (&http.Client{Timeout: time.Minute}).Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	out := &answer{status: res.StatusCode, header: res.Header}
	if out.raw, err = io.ReadAll(io.LimitReader(res.Body, 64<<20)); err != nil || out.status == http.StatusOK {
		return out, err
	}
	var problem struct{ Detail, Code string }
	if json.Unmarshal(out.raw, &problem) != nil || problem.Detail == "" {
		problem.Detail = res.Status
	}
	out.code, out.detail = problem.Code, problem.Detail
	return out, nil
}

// outcome is what the command goes on with.
func (a *answer) outcome(s *shell, err error) (http.Header, []byte, error) {
	switch {
	case err != nil:
		return nil, nil, err
	case a.status != http.StatusOK:
		return nil, nil, errors.New(s.w.Command.ServerSaid(a.status, a.detail))
	}
	return a.header, a.raw, nil
}
