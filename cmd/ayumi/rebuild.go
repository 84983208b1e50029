package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
)

func (s *shell) rebuild() *cli.Command {
	return &cli.Command{
		Name: "rebuild", Usage: s.w.Command.Rebuild, Flags: s.dataFlags(),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			c, err := configOf(cmd)
			if err != nil {
				return err
			}
			begun := time.Now()
			err = with(ctx, c, func(a *app.App) error { return a.Rebuild(ctx) })
			if err != nil {
				return s.said(c.Data, err)
			}
			say(out(cmd), s.w.Command.Rebuilt(fmt.Sprintf("%.1f", time.Since(begun).Seconds())))
			return nil
		},
	}
}

func (s *shell) check() *cli.Command {
	return &cli.Command{
		Name: "check", Usage: s.w.Command.Check, Flags: append(s.dataFlags(), s.jsonFlag()),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			c, err := configOf(cmd)
			if err != nil {
				return err
			}
			var findings []app.Finding
			err = with(ctx, c, func(a *app.App) error { findings = a.Check(ctx); return nil })
			if err != nil {
				return s.said(c.Data, err)
			}
			return s.findings(cmd, findings)
		},
	}
}

var errFindings = errors.New("check found faults")

func (s *shell) findings(cmd *cli.Command, list []app.Finding) error {
	bad := false
	for _, f := range list {
		bad = bad || f.Fault != ""
		if cmd.Bool("json") {
			continue
		}
		text := s.w.Command.Checks[f.What]
		if f.Fault == "" {
			say(out(cmd), s.w.Command.CheckGood(text))
		} else {
			say(out(cmd), s.w.Command.CheckBad(text)+"  "+f.Fault)
		}
	}
	if cmd.Bool("json") {
		if err := printJSON(out(cmd), list); err != nil {
			return err
		}
	}
	if bad {
		return errFindings
	}
	return nil
}

// with opens a directory, waits until its tables are current, and closes it.
func with(ctx context.Context, c app.Config, do func(*app.App) error) (err error) {
	a, err := app.Open(ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if err := a.Ready(ctx, 10*time.Minute); err != nil {
		return err
	}
	return do(a)
}
