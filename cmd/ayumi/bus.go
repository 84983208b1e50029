package main

import (
	"context"
	"errors"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/domain"
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
		{Name: "consumer", Usage: s.w.Bus.Consumer, ArgsUsage: "NAME", Flags: append(s.dataFlags(), &cli.StringFlag{Name: "prefecture", Usage: s.w.Bus.FlagPrefecture}),
			Action: func(ctx context.Context, cmd *cli.Command) error {
				c, err := configOf(cmd)
				name, prefecture := cmd.Args().First(), cmd.String("prefecture")
				switch {
				case err != nil:
				case !domain.IDForm(name) || (prefecture != "" && !domain.IDForm(prefecture)):
					return errors.New(s.w.Command.NeedArgument("NAME"))
				default:
					err = app.BusConsumer(ctx, c, name, prefecture)
				}
				if err == nil {
					say(out(cmd), s.w.Bus.Listens(name))
				}
				return s.said(c.Data, err)
			}},
	}}
}
