package main

import (
	"context"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
)

func (s *shell) bus() *cli.Command {
	return &cli.Command{Name: "bus", Usage: s.w.Bus.Bus, Commands: []*cli.Command{
		{Name: "remake", Usage: s.w.Bus.Remake, Flags: append(s.dataFlags(), &cli.BoolFlag{Name: "outside", Usage: s.w.Bus.FlagOutside}), Action: func(ctx context.Context, cmd *cli.Command) error {
			c, err := configOf(cmd)
			if err == nil {
				err = app.RemakeBus(ctx, c, cmd.Bool("outside"))
			}
			if err == nil {
				say(out(cmd), s.w.Bus.Removed)
			}
			return s.said(c.Data, err)
		}},
	}}
}
