package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/cmd/app/demo"
	"ayumi/domain/scenario"
)

func (s *shell) serve() *cli.Command {
	return &cli.Command{
		Name: "serve", Usage: s.w.Command.Serve, Flags: s.serveFlags(),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			c, err := configOf(cmd)
			if err != nil {
				return err
			}
			return s.said(c.Data, s.run(ctx, cmd, c))
		},
	}
}

// run opens a data directory and serves it until the end.
func (s *shell) run(ctx context.Context, cmd *cli.Command, c app.Config) (err error) {
	a, err := app.Open(ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	l, err := a.Listen()
	if err != nil {
		return err
	}
	if err := s.welcome(ctx, cmd, a, l); err != nil {
		return errors.Join(err, l.Close())
	}
	return a.Serve(ctx, l)
}

// welcome prints the address and how to sign in.
func (s *shell) welcome(ctx context.Context, cmd *cli.Command, a *app.App, l net.Listener) error {
	w, to := s.w.Command, out(cmd)
	name, password, err := a.FirstAdmin(ctx)
	if err != nil {
		return err
	}
	if name != "" {
		say(to, w.FirstAdmin(name, password))
	}
	sample, err := app.ReadSample(a.Config)
	if err != nil {
		return err
	}
	address := a.Config.PublicURL
	if address == "" {
		address = a.Config.Scheme() + "://" + l.Addr().String()
	}
	if a.Scenario {
		say(to, w.Sample)
	} else if a.Config.KEKBeside() {
		say(to, s.w.Standing.Started(a.Config.KEKFolder(), app.MoveCommand(a.Config.Data, app.ElseWhere), app.ServeCommand(a.Config.Data, app.ElseWhere)))
	}
	if at, position, is := a.Config.PutBack(); is {
		say(to, s.w.Backup.StartedRestored(s.w.DateTime(at), int(position)))
	}
	say(to, w.Address(address))
	if len(sample.Accounts) > 0 {
		s.names(to, sample)
	}
	say(to, w.Stop)
	return nil
}

func (s *shell) names(to io.Writer, sample app.Sample) {
	say(to, s.w.Command.SignInAs)
	for _, a := range sample.Accounts {
		var roles []string
		for _, r := range a.Roles {
			roles = append(roles, s.w.Code("role", r))
		}
		if len(roles) > 0 {
			say(to, fmt.Sprintf("  %-6s %s %s", a.Name, strings.Join(roles, ", "), a.Desk))
		}
	}
	say(to, s.w.Command.Password(sample.Password))
}

func (s *shell) demo() *cli.Command {
	flags := append(s.serveFlags(), &cli.BoolFlag{Name: "build-only", Usage: s.w.Command.FlagBuildOnly})
	return &cli.Command{Name: "demo", Usage: s.w.Command.Demo, Flags: flags, Action: s.runDemo}
}

// runDemo builds the demonstration, in a directory that goes away again unless
// one is named, and serves it.
func (s *shell) runDemo(ctx context.Context, cmd *cli.Command) (err error) {
	c, err := configOf(cmd)
	if err != nil {
		return err
	}
	if !cmd.IsSet("data") {
		dir, err := os.MkdirTemp("", "ayumi-demo-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		c.Data = dir + string(os.PathSeparator) + "data"
	}
	held, err := app.Holds(c)
	if err != nil {
		return s.said(c.Data, err)
	}
	if !held {
		if err := s.build(ctx, cmd, c); err != nil {
			return s.said(c.Data, err)
		}
	}
	if cmd.Bool("build-only") {
		return nil
	}
	return s.said(c.Data, s.run(ctx, cmd, c))
}

func (s *shell) build(ctx context.Context, cmd *cli.Command, c app.Config) error {
	begun := time.Now()
	lines, err := scenario.Parse(demo.Open())
	if err != nil {
		return err
	}
	if err := app.RunScenario(ctx, c, lines, s.progress(s.w.Command.Building)); err != nil {
		return err
	}
	say(out(cmd), s.w.Command.Built(len(lines), fmt.Sprintf("%.1f", time.Since(begun).Seconds())))
	return nil
}
