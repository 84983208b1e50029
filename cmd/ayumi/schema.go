package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"ayumi/domain/schema"
	"ayumi/infra/api"
)

func (s *shell) schema() *cli.Command {
	return &cli.Command{
		Name: "schema", Usage: s.w.Command.Schema,
		Flags: []cli.Flag{&cli.BoolFlag{Name: "outside", Usage: s.w.Outside.FlagSchema}},
		Action: func(_ context.Context, cmd *cli.Command) error {
			if !cmd.Bool("outside") {
				return printJSON(out(cmd), schema.Document())
			}
			raw, err := api.AsyncAPI()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(out(cmd), "%s\n", raw)
			return err
		},
	}
}
