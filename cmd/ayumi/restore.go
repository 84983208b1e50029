package main

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/infra/backup"
)

func (s *shell) restore() *cli.Command {
	b := s.w.Backup
	return &cli.Command{
		Name: "restore", Usage: b.Restore,
		Flags: append(s.dataFlags(), s.jsonFlag(),
			&cli.StringFlag{Name: "archive", Usage: b.FlagFromArchive, TakesFile: true},
			&cli.StringFlag{Name: "key-archive", Usage: b.FlagFromKeys, TakesFile: true},
			&cli.StringSliceFlag{Name: "identity", Usage: b.FlagIdentity, TakesFile: true},
			&cli.BoolFlag{Name: "check", Usage: b.FlagCheck},
			&cli.BoolFlag{Name: "continue", Usage: b.FlagContinue},
			&cli.StringFlag{Name: "kept", Usage: b.FlagKept, TakesFile: true}),
		Action: s.putBack,
	}
}

func (s *shell) putBack(ctx context.Context, cmd *cli.Command) error {
	b := s.w.Backup
	c, err := configOf(cmd)
	if err != nil {
		return err
	}
	if cmd.String("archive") == "" || cmd.String("key-archive") == "" || len(cmd.StringSlice("identity")) == 0 {
		return errors.New(b.NeedFiles)
	}
	from := app.RestoreFrom{Check: cmd.Bool("check"), Continue: cmd.Bool("continue")}
	if from.Identities, err = backup.Identities(cmd.StringSlice("identity")); err != nil {
		return err
	}
	archive, err := os.Open(cmd.String("archive"))
	if err != nil {
		return err
	}
	defer archive.Close()
	keys, err := os.Open(cmd.String("key-archive"))
	if err != nil {
		return err
	}
	defer keys.Close()
	from.Archive, from.Keys = archive, keys
	if kept := cmd.String("kept"); kept != "" {
		if from.Kept, err = os.ReadFile(kept); err != nil {
			return err
		}
	}
	if info, err := archive.Stat(); err == nil {
		if bar := s.progress(b.Reading); bar != nil {
			from.Progress = func(done int64) { bar(int(done>>10), int(info.Size()>>10)) }
		}
	}
	back, err := app.Restore(ctx, c, from)
	if err != nil {
		return s.saidOfBackup(c.Data, map[backup.Kind]string{backup.Archive: archive.Name(), backup.Keys: keys.Name()}, err)
	}
	if cmd.Bool("json") {
		return printJSON(out(cmd), back)
	}
	s.restored(out(cmd), c, from.Check, back)
	return nil
}

// restored tells what came back and what is to be done now.
func (s *shell) restored(to io.Writer, c app.Config, check bool, back app.Restored) {
	b := s.w.Backup
	head := b.Back
	if check {
		head = b.Whole
	}
	say(to, head(c.Data, back.Origin, s.w.DateTime(back.Begun), int(back.Position)))
	say(to, b.Proven(back.Committed, back.Keys, back.Destroyed, back.Root))
	if back.Lost > 0 {
		say(to, b.Lost(int(back.Lost)))
	}
	if back.Overdue != nil {
		say(to, b.Overdue(s.w.DateTime(*back.Overdue)))
	}
	if len(back.Untold) > 0 {
		say(to, b.Untold(len(back.Untold)))
		for _, person := range back.Untold {
			say(to, "    "+person)
		}
	}
	if check {
		return
	}
	say(to, b.SessionsEnded)
	if back.LogKey != "" {
		say(to, b.NewKey(back.LogKey, back.Before))
		say(to, b.WitnessNext)
	} else {
		say(to, b.SameKey)
	}
	if back.Engine != app.Embedded {
		say(to, b.Carry(back.Engine))
	}
	if c.KEKDir != "" {
		say(to, b.Start(app.ServeCommand(c.Data, c.KEKDir)))
	}
}

// saidOfBackup says what is wrong with a file of a backup, and where.
func (s *shell) saidOfBackup(dir string, files map[backup.Kind]string, err error) error {
	b := s.w.Backup
	var fault *backup.Fault
	switch {
	case errors.As(err, &fault):
		where := ""
		switch {
		case len(fault.Among) > 0:
			where = b.Among(strings.Join(fault.Among, ", "), int(fault.At))
		case fault.Behind:
			where = b.Behind(fault.Member, int(fault.At))
		case fault.Member != "":
			where = b.In(fault.Member, int(fault.At))
		case fault.At > 0:
			where = b.At(int(fault.At))
		}
		said := b.Fault(files[fault.Kind], b.Why[fault.Why], where)
		if fault.Cause != nil {
			said += "\n  " + fault.Cause.Error()
		}
		return errors.New(said)
	case errors.Is(err, app.ErrRunning):
		return errors.New(b.Running)
	case errors.Is(err, app.ErrBeyond):
		return errors.New(b.Beyond)
	case errors.Is(err, app.ErrForeign):
		return errors.New(b.Foreign)
	}
	return s.said(dir, err)
}
