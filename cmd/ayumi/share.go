package main

import (
	"context"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
)

func (s *shell) share() *cli.Command {
	return &cli.Command{Name: "share", Usage: s.w.Shared.Share, Flags: append(s.dataFlags(), s.jsonFlag()), Action: s.shareDesk}
}

// shareDesk carries what instances share into the database of option access.
func (s *shell) shareDesk(ctx context.Context, cmd *cli.Command) error {
	c, err := configOf(cmd)
	if err != nil {
		return err
	}
	carried, err := app.Share(ctx, c)
	if err != nil {
		return s.said(c.Data, err)
	}
	if cmd.Bool("json") {
		return printJSON(out(cmd), carried)
	}
	for _, f := range carried {
		say(out(cmd), s.w.Shared.Carried(f.File, f.Schema, s.w.Number(int(f.Rows))))
	}
	say(out(cmd), s.w.Shared.Next)
	return nil
}
