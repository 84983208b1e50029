package main

import (
	"context"

	"github.com/urfave/cli/v3"

	"ayumi/domain/schema"
)

func (s *shell) schema() *cli.Command {
	return &cli.Command{
		Name: "schema", Usage: s.w.Command.Schema,
		Action: func(_ context.Context, cmd *cli.Command) error { return printJSON(out(cmd), schema.Document()) },
	}
}
