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
		{Name: "end", Usage: t.SignInEnd, ArgsUsage: "NAME", Flags: s.dataFlags(), Action: s.onName(app.EndSessions, t.Ended)},
		{Name: "unlink", Usage: s.w.Provider.Forget, ArgsUsage: "NAME", Flags: s.dataFlags(), Action: s.onName(app.ForgetProvider, s.w.Provider.Forgotten)},
		{Name: "leave", Usage: s.w.Session.Leave, Flags: s.askFlags(), Action: s.leave},
		{Name: "factor", Usage: t.SignInFactor, ArgsUsage: "NAME", Flags: s.dataFlags(), Action: s.onName(app.DropFactor, t.FactorDropped)},
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

// onName does something to a sign-in name, and says that it is done.
func (s *shell) onName(do func(context.Context, app.Config, string) error, done string) cli.ActionFunc {
	return func(ctx context.Context, cmd *cli.Command) error {
		c, err := configOf(cmd)
		if err != nil {
			return err
		}
		name := cmd.Args().First()
		if err = do(ctx, c, name); err == nil {
			say(out(cmd), done)
		}
		return s.unnamed(name, c.Data, err)
	}
}

func (s *shell) unnamed(name, dir string, err error) error {
	if errors.Is(err, app.ErrNoName) {
		return errors.New(s.w.Settings.NoSuchName(name))
	}
	return s.said(dir, err)
}
