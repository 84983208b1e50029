package main

import (
	"context"
	"errors"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
)

func (s *shell) signIn() *cli.Command {
	t := s.w.Settings
	return &cli.Command{Name: "sign-in", Usage: t.SignIn, Commands: []*cli.Command{
		{Name: "password", Usage: t.SignInPassword, ArgsUsage: "NAME", Flags: append(s.dataFlags(), &cli.StringFlag{Name: "account", Usage: t.FlagAccount}), Action: s.firstPassword},
		{Name: "factor", Usage: t.SignInFactor, ArgsUsage: "NAME", Flags: s.dataFlags(), Action: s.dropFactor},
	}}
}

// firstPassword makes a password that its holder must change.
func (s *shell) firstPassword(ctx context.Context, cmd *cli.Command) error {
	c, err := configOf(cmd)
	if err != nil {
		return err
	}
	name := cmd.Args().First()
	password, err := app.FirstPassword(ctx, c, name, cmd.String("account"))
	if err == nil {
		say(out(cmd), s.w.Settings.PasswordMade(name, password))
	}
	return s.unnamed(name, c.Data, err)
}

func (s *shell) dropFactor(ctx context.Context, cmd *cli.Command) error {
	c, err := configOf(cmd)
	if err != nil {
		return err
	}
	name := cmd.Args().First()
	if err = app.DropFactor(ctx, c, name); err == nil {
		say(out(cmd), s.w.Settings.FactorDropped)
	}
	return s.unnamed(name, c.Data, err)
}

func (s *shell) unnamed(name, dir string, err error) error {
	if errors.Is(err, app.ErrNoName) {
		return errors.New(s.w.Settings.NoSuchName(name))
	}
	return s.said(dir, err)
}
