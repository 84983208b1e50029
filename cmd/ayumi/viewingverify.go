package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/urfave/cli/v3"
	"golang.org/x/mod/sumdb/note"

	"ayumi/cmd/app"
	"ayumi/domain/ledger"
	"ayumi/infra/api"
)

// verifyAccessLog reads the whole access log again, holds it against its tree, the
// heads that were signed and one that somebody kept, and prints the newest head.
func (s *shell) verifyAccessLog(ctx context.Context, cmd *cli.Command) error {
	var tree api.TreeStanding
	if cmd.String("server") != "" {
		if cmd.String("follows") != "" {
			return errors.New(s.w.Standing.FollowsHere)
		}
		if err := s.get(ctx, cmd, "/access-log/checkpoint", &tree); err != nil {
			return err
		}
		switch tree.State {
		case "ok", "reading":
			return s.printHead(cmd, tree)
		case "empty":
			return errors.New(s.w.Standing.NotSigned)
		}
		return errors.New(s.w.Standing.AccessStates[tree.State])
	}
	c, err := configOf(cmd)
	if err != nil {
		return err
	}
	return s.said(c.Data, with(ctx, c, func(a *app.App) error {
		if err := a.Access.Check(ctx); err != nil {
			return err
		}
		if _, err := a.AccessSealer.Checkpoint(ctx); err != nil {
			return err
		}
		if path := cmd.String("follows"); path != "" {
			n, err := follows(a, path)
			if err != nil {
				return err
			}
			if !cmd.Bool("json") {
				say(out(cmd), s.w.Standing.Follows(int(n)))
			}
		}
		return s.printHead(cmd, a.AccessTree())
	}))
}

// follows demands that the access log continues a tree head that was kept.
func follows(a *app.App, path string) (int64, error) {
	signed, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	key, err := ledger.NewVerifier(a.AccessSealer.Status().Key)
	if err != nil {
		return 0, err
	}
	kept, _, err := ledger.OpenTreeHead(signed, []note.Verifier{key}, nil)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", path, err)
	}
	return kept.N, a.AccessSealer.Follows(kept.Tree)
}

func (s *shell) printHead(cmd *cli.Command, tree api.TreeStanding) error {
	if cmd.Bool("json") {
		return printJSON(out(cmd), tree)
	}
	say(out(cmd), s.w.Standing.Verified(int(tree.Size), hex.EncodeToString(tree.Root)))
	_, err := io.WriteString(out(cmd), tree.Checkpoint)
	return err
}
