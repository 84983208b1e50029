package main

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/infra/officecert"
)

func (s *shell) tls() *cli.Command {
	t := s.w.TLS
	dir := &cli.StringFlag{Name: "dir", Usage: t.FlagDir, Value: "ayumi-tls"}
	return &cli.Command{Name: "tls", Usage: t.TLS, Commands: []*cli.Command{
		{Name: "init", Usage: t.Init, ArgsUsage: "HOST…", Flags: []cli.Flag{dir, s.jsonFlag()}, Action: func(_ context.Context, cmd *cli.Command) error {
			if cmd.NArg() == 0 {
				return errors.New(t.NeedHost)
			}
			made, err := officecert.Init(cmd.String("dir"), cmd.Args().Slice(), time.Now())
			return s.certified(cmd, made, err)
		}},
		{Name: "renew", Usage: t.Renew, Flags: []cli.Flag{dir, s.jsonFlag()}, Action: func(_ context.Context, cmd *cli.Command) error {
			made, err := officecert.Renew(cmd.String("dir"), time.Now())
			return s.certified(cmd, made, err)
		}},
	}}
}

// certified tells what was made and what to do with it.
func (s *shell) certified(cmd *cli.Command, made officecert.Made, err error) error {
	t, dir := s.w.TLS, cmd.String("dir")
	switch {
	case errors.Is(err, officecert.ErrExists):
		return errors.New(t.Exists)
	case errors.Is(err, officecert.ErrHost):
		return errors.New(t.BadHost(strings.Join(cmd.Args().Slice(), " ")))
	case err != nil:
		return err
	case cmd.Bool("json"):
		return printJSON(out(cmd), made)
	}
	say(out(cmd), t.Made(strings.Join(made.Hosts, ", "), dir, s.w.DateTime(made.Until), s.w.DateTime(made.RootUntil)))
	say(out(cmd), t.Fingerprint(made.Fingerprint))
	say(out(cmd), t.Next(filepath.Join(dir, officecert.RootFile), filepath.Join(dir, officecert.RootKeyFile), app.ServeTLSCommand(dir, made.Hosts[0])))
	return nil
}
