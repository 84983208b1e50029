package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
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

// call sends one request; headers are name, value, name, value, …
func (s *shell) call(ctx context.Context, cmd *cli.Command, method, path string, body io.Reader, headers ...string) (http.Header, []byte, error) {
	base, err := url.Parse(cmd.String("server"))
	if err != nil {
		return nil, nil, err
	}
	req, err := http.NewRequestWithContext(ctx, method, base.JoinPath(api.Prefix).String()+path, body)
	if err != nil {
		return nil, nil, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/octet-stream")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	password := os.Getenv("AYUMI_PASSWORD")
	switch {
	case password != "":
		req.SetBasicAuth(cmd.String("user"), password)
	case !strings.HasPrefix(path, "/receipts/"): // which anybody may ask for
		return nil, nil, errors.New(s.w.Command.NeedPassword)
	}
	req.Header.Set("Accept-Language", string(s.w.Language))
	client := http.Client{Timeout: time.Minute}
	res, err := client.Do(req)
	if err != nil {
		return nil, nil, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(res.Body, 64<<20))
	if err != nil {
		return nil, nil, err
	}
	if res.StatusCode != http.StatusOK {
		var problem struct{ Detail, Title string }
		if json.Unmarshal(raw, &problem) != nil || problem.Detail == "" {
			problem.Detail = res.Status
		}
		return nil, nil, errors.New(s.w.Command.ServerSaid(res.StatusCode, problem.Detail))
	}
	return res.Header, raw, nil
}
