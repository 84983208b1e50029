package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/urfave/cli/v3"
	"golang.org/x/mod/sumdb/note"

	"ayumi/cmd/app"
	"ayumi/domain/ledger"
	"ayumi/infra/api"
	"ayumi/infra/ledgerfile"
)

func (s *shell) checkpoint() *cli.Command {
	c := s.w.Command
	return &cli.Command{
		Name: "checkpoint", Usage: c.Checkpoint, Action: s.runCheckpoint,
		Flags: append(s.askFlags(),
			&cli.BoolFlag{Name: "key", Usage: c.FlagKey},
			&cli.StringFlag{Name: "follows", Usage: c.FlagFollows}),
	}
}

func (s *shell) runCheckpoint(ctx context.Context, cmd *cli.Command) error {
	if kept := cmd.String("follows"); kept != "" {
		return s.follows(ctx, cmd, kept)
	}
	tree, err := s.askTree(ctx, cmd)
	switch {
	case err != nil:
		return err
	case cmd.Bool("json"):
		return printJSON(out(cmd), tree)
	case cmd.Bool("key"):
		say(out(cmd), tree.Key)
		say(out(cmd), tree.LatticeKey)
		return nil
	}
	_, err = io.WriteString(out(cmd), tree.Checkpoint)
	return err
}

func (s *shell) askTree(ctx context.Context, cmd *cli.Command) (tree api.TreeStanding, err error) {
	if cmd.String("server") != "" {
		return tree, s.get(ctx, cmd, "/checkpoint", &tree)
	}
	c, err := configOf(cmd)
	if err != nil {
		return tree, err
	}
	err = with(ctx, c, func(a *app.App) error {
		if _, err := a.Sealer.Checkpoint(ctx); err != nil {
			return err
		}
		tree = a.Tree()
		return nil
	})
	return tree, s.said(c.Data, err)
}

// follows holds the log against a checkpoint that somebody kept.
func (s *shell) follows(ctx context.Context, cmd *cli.Command, path string) error {
	signed, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	c, err := configOf(cmd)
	if err != nil {
		return err
	}
	return s.said(c.Data, with(ctx, c, func(a *app.App) error {
		key, err := ledger.NewVerifier(a.Sealer.Status().Key)
		if err != nil {
			return err
		}
		lattice, err := ledgerfile.NewVerifier(a.Sealer.Status().LatticeKey)
		if err != nil {
			return err
		}
		kept, _, err := ledger.OpenTreeHead(signed, []note.Verifier{key}, []note.Verifier{lattice})
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if _, err := a.Sealer.Checkpoint(ctx); err != nil {
			return err
		}
		if err := a.Sealer.Follows(kept.Tree); err != nil {
			return err
		}
		say(out(cmd), s.w.Command.Follows(int(kept.N)))
		return nil
	}))
}
