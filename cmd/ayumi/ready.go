package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
)

// ready asks a running server whether it can serve, for images that hold nothing to
// ask with.
func (s *shell) ready() *cli.Command {
	return &cli.Command{
		Name: "ready", Usage: s.w.Engines.Ready, Flags: []cli.Flag{
			&cli.StringFlag{Name: "server", Usage: s.w.Engines.FlagReadyServer, Value: "http://" + app.Default().Listen, Sources: cli.EnvVars("AYUMI_READY")},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
			defer cancel()
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(cmd.String("server"), "/")+"/readyz", nil)
			if err != nil {
				return err
			}
			res, err := http.DefaultClient.Do(req)
			if err != nil {
				return err
			}
			defer res.Body.Close()
			body, err := io.ReadAll(io.LimitReader(res.Body, 1<<16))
			if err == nil {
				_, err = fmt.Fprint(out(cmd), string(body))
			}
			if err == nil && res.StatusCode != http.StatusOK {
				err = errors.New(s.w.Engines.NotReady)
			}
			return err
		},
	}
}
