package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
)

func (s *shell) migrate() *cli.Command {
	e := s.w.LogPlace
	return &cli.Command{
		Name: "migrate", Usage: e.Migrate,
		Flags: append(s.dataFlags(), s.jsonFlag(),
			&cli.StringFlag{Name: "from", Usage: e.FlagFrom, Required: true},
			&cli.StringFlag{Name: "to", Usage: e.FlagTo, Required: true}),
		Action: s.move,
	}
}

func (s *shell) move(ctx context.Context, cmd *cli.Command) error {
	c, err := configOf(cmd)
	for _, engine := range []string{cmd.String("from"), cmd.String("to")} {
		c.Engine = engine
		err = errors.Join(err, c.Check())
	}
	if err != nil {
		return err
	}
	m, err := app.Migrate(ctx, c, cmd.String("from"), cmd.String("to"), s.progress(s.w.LogPlace.Carrying))
	if err != nil {
		return s.said(c.Data, err)
	}
	if cmd.Bool("json") {
		return printJSON(out(cmd), m)
	}
	say(out(cmd), s.w.LogPlace.Moved(fmt.Sprint(m.Events), fmt.Sprint(m.Before), m.From, m.To, m.Root))
	say(out(cmd), s.w.LogPlace.Next(m.To))
	return nil
}
