package main

import (
	"context"
	"errors"
	"time"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/infra/officecert"
)

func (s *shell) cluster() *cli.Command {
	c := s.w.Cluster
	dir := &cli.StringFlag{Name: "dir", Usage: c.FlagDir, Value: "infra/deploy/secrets"}
	return &cli.Command{Name: "cluster", Usage: c.Cluster, Commands: []*cli.Command{
		{Name: "init", Usage: c.Init, ArgsUsage: "HOST", Flags: []cli.Flag{dir},
			Action: func(_ context.Context, cmd *cli.Command) error {
				dir, office := cmd.String("dir"), cmd.Args().First()
				if cmd.NArg() != 1 {
					return errors.New(c.NeedHost)
				}
				err := app.InitCluster(dir, office, time.Now())
				switch {
				case errors.Is(err, app.ErrSecretsThere):
					return errors.New(c.There(dir))
				case errors.Is(err, officecert.ErrHost):
					return errors.New(s.w.TLS.BadHost(office))
				case err != nil:
					return err
				}
				say(out(cmd), c.Made(dir))
				say(out(cmd), "  "+app.ComposeCommand(office))
				return nil
			}},
		{Name: "renew", Usage: c.Renew, Flags: []cli.Flag{dir}, Action: func(_ context.Context, cmd *cli.Command) error {
			if err := app.RenewCluster(cmd.String("dir"), time.Now()); err != nil {
				return err
			}
			say(out(cmd), c.Renewed(cmd.String("dir")))
			return nil
		}},
	}}
}
