package main

import (
	"context"
	"errors"
	"os"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/infra/keyring"
)

func (s *shell) keys() *cli.Command {
	k := s.w.KeyCommand
	return &cli.Command{Name: "keys", Usage: k.Keys, Commands: []*cli.Command{
		{Name: "status", Usage: k.Status, Flags: append(s.dataFlags(), s.jsonFlag()), Action: s.onLedger(s.epochs)},
		{Name: "rotate", Usage: k.Rotate, Flags: append(s.dataFlags(), s.jsonFlag()), Action: s.onLedger(s.rotate)},
		{Name: "escrow", Usage: k.Escrow, Flags: append(s.dataFlags(), &cli.StringSliceFlag{Name: "to", Usage: k.FlagTo}), Action: s.onLedger(s.escrow)},
		{Name: "move", Usage: s.w.Standing.Move, ArgsUsage: "DIR", Flags: s.dataFlags(), Action: s.moveKeys},
		{Name: "migrate", Usage: s.w.KeyTable.Migrate, Flags: append(s.dataFlags(), &cli.StringFlag{Name: "to", Usage: s.w.KeyTable.FlagTo, Required: true}), Action: s.migrateKeys},
		{Name: "recover", Usage: k.Recover, ArgsUsage: "FILE", Flags: append(s.dataFlags(), &cli.StringSliceFlag{Name: "identity", Usage: k.FlagIdentity}), Action: s.recover},
	}}
}

// onLedger opens the log and its keys, without bus and read models.
func (s *shell) onLedger(do func(ctx context.Context, cmd *cli.Command, l *app.Ledger) error) cli.ActionFunc {
	return func(ctx context.Context, cmd *cli.Command) (err error) {
		c, err := configOf(cmd)
		if err != nil {
			return err
		}
		held, err := app.Holds(c)
		if err == nil && !held {
			err = app.ErrNoLog
		}
		if err != nil {
			return s.said(c.Data, err)
		}
		l, err := app.OpenLedger(ctx, c, nil)
		if err != nil {
			return s.said(c.Data, err)
		}
		defer func() { err = errors.Join(err, l.Close()) }()
		return s.said(c.Data, do(ctx, cmd, l))
	}
}

// epochs shows the KEKs that are there.
func (s *shell) epochs(_ context.Context, cmd *cli.Command, l *app.Ledger) error {
	list, err := l.Keys.Epochs()
	if err != nil {
		return err
	}
	if cmd.Bool("json") {
		return printJSON(out(cmd), list)
	}
	for _, e := range list {
		line := s.w.KeyCommand.Epoch(int(e.Epoch), s.w.DateTime(e.Begun), s.w.DateTime(e.Ends))
		if e.Epoch == l.Keys.Current().Epoch {
			line += "  " + s.w.KeyCommand.Present
		}
		say(out(cmd), line)
	}
	return nil
}

func (s *shell) rotate(ctx context.Context, cmd *cli.Command, l *app.Ledger) error {
	if err := l.Rotate(ctx); err != nil {
		return err
	}
	say(out(cmd), s.w.KeyCommand.Rotated)
	return s.epochs(ctx, cmd, l)
}

func (s *shell) escrow(_ context.Context, cmd *cli.Command, l *app.Ledger) error {
	if err := l.Keys.Escrow(cmd.StringSlice("to")); err != nil {
		return err
	}
	say(out(cmd), s.w.KeyCommand.Escrowed)
	return nil
}

// moveKeys puts the KEKs in another place, while nobody works on the directory.
func (s *shell) moveKeys(ctx context.Context, cmd *cli.Command) error {
	c, err := configOf(cmd)
	if err != nil {
		return err
	}
	to := cmd.Args().First()
	if to == "" {
		return errors.New(s.w.Command.NeedArgument("DIR"))
	}
	held, err := app.Holds(c)
	if err == nil && !held {
		err = app.ErrNoLog
	}
	if err == nil {
		err = app.MoveKEKs(ctx, c, to)
	}
	if err != nil {
		return s.said(c.Data, err)
	}
	say(out(cmd), s.w.Standing.Moved)
	say(out(cmd), "  "+app.ServeCommand(c.Data, to))
	return nil
}

// migrateKeys puts the key table in a database, or back into the data directory.
func (s *shell) migrateKeys(ctx context.Context, cmd *cli.Command) error {
	c, err := configOf(cmd)
	if err != nil {
		return err
	}
	to := cmd.String("to")
	n, err := app.MigrateKeys(ctx, c, to)
	if err != nil {
		return s.said(c.Data, err)
	}
	say(out(cmd), s.w.KeyTable.Migrated(n))
	if to == keyring.InDatabase {
		say(out(cmd), s.w.KeyTable.NextDatabase(c.KEKFolder()))
	} else {
		say(out(cmd), s.w.KeyTable.NextDirectory)
	}
	return nil
}

// recover needs no key table: it is what is left when the KEKs are lost.
func (s *shell) recover(_ context.Context, cmd *cli.Command) error {
	c, err := configOf(cmd)
	if err != nil {
		return err
	}
	if cmd.Args().Len() != 1 {
		return errors.New(s.w.Command.NeedArgument("FILE"))
	}
	box, err := os.ReadFile(cmd.Args().First())
	if err != nil {
		return err
	}
	var identities []string
	for _, path := range cmd.StringSlice("identity") {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		identities = append(identities, string(text))
	}
	got, err := keyring.Recover(app.KeyOptions(c), app.KeysIn(c), box, identities)
	if err != nil {
		return err
	}
	say(out(cmd), s.w.KeyCommand.Recovered(len(got)))
	return nil
}
