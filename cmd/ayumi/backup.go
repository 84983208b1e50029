package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"filippo.io/age"
	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/infra/backup"
)

func (s *shell) backup() *cli.Command {
	b := s.w.Backup
	return &cli.Command{
		Name: "backup", Usage: b.Backup,
		Flags: append(s.dataFlags(), s.jsonFlag(),
			&cli.StringFlag{Name: "archive", Usage: b.FlagArchive},
			&cli.StringFlag{Name: "key-archive", Usage: b.FlagKeys},
			&cli.StringSliceFlag{Name: "recipient", Usage: b.FlagRecipient},
			&cli.StringSliceFlag{Name: "recipients-file", Usage: b.FlagRecipients, TakesFile: true},
			&cli.StringSliceFlag{Name: "key-recipient", Usage: b.FlagKeysFor},
			&cli.StringSliceFlag{Name: "key-recipients-file", Usage: b.FlagKeysRecipients, TakesFile: true}),
		Action: s.backUp,
	}
}

func (s *shell) backUp(ctx context.Context, cmd *cli.Command) (err error) {
	b := s.w.Backup
	c, err := configOf(cmd)
	if err != nil {
		return err
	}
	archive, keys := cmd.String("archive"), cmd.String("key-archive")
	switch {
	case archive == "" && keys == "":
		return errors.New(b.NothingAsked)
	case archive == "-" && keys == "-":
		return errors.New(b.BothToOutput)
	}
	to := app.BackupTo{Progress: s.progress(b.Writing)}
	archiveNames, err := s.recipients(cmd, "", archive != "", b.NeedRecipient, &to.ArchiveFor)
	if err != nil {
		return err
	}
	keysNames, err := s.recipients(cmd, "key-", keys != "", b.NeedKeysRecipient, &to.KeysFor)
	if err != nil {
		return err
	}
	var same *backup.SamePerson
	if errors.As(backup.Apart(archiveNames, keysNames), &same) {
		return errors.New(b.SamePerson(same.Recipient))
	}
	var files []*outFile
	defer func() {
		for _, f := range files {
			f.drop()
		}
	}()
	for _, one := range []struct {
		name string
		to   *io.Writer
	}{{archive, &to.Archive}, {keys, &to.Keys}} {
		if one.name == "" {
			continue
		}
		f, err := s.newFile(cmd, one.name)
		if err != nil {
			return err
		}
		files = append(files, f)
		*one.to = f
	}
	done, err := app.Backup(ctx, c, to)
	if err != nil {
		return s.said(c.Data, err)
	}
	for _, f := range files {
		if err := f.keep(); err != nil {
			return err
		}
	}
	said := out(cmd)
	if archive == "-" || keys == "-" {
		said = os.Stderr
	}
	if cmd.Bool("json") {
		return printJSON(said, done)
	}
	s.backedUp(said, archive, keys, done)
	return nil
}

// backedUp tells what was written and how long keys may be kept.
func (s *shell) backedUp(to io.Writer, archive, keys string, done app.BackedUp) {
	b := s.w.Backup
	if m := done.Archive; m != nil {
		say(to, b.Archived(archive, int(m.Position), m.Root))
	}
	if m := done.Keys; m != nil {
		say(to, b.KeysWritten(keys, int(m.Epoch), s.w.DateTime(*m.DestroyBy)))
	} else {
		say(to, b.NoKeys)
	}
	for _, name := range done.Left {
		say(to, b.Left(name))
	}
}

// recipients reads those of one of the two files.
func (s *shell) recipients(cmd *cli.Command, prefix string, needed bool, missing string, into *[]age.Recipient) ([]string, error) {
	list, names, err := backup.Recipients(cmd.StringSlice(prefix+"recipient"), cmd.StringSlice(prefix+"recipients-file"))
	var bad *backup.NoRecipient
	switch {
	case errors.As(err, &bad):
		return nil, errors.New(s.w.Backup.NoRecipient(bad.Text))
	case errors.Is(err, backup.ErrRecipients):
		if needed {
			return nil, errors.New(missing)
		}
		return nil, nil
	}
	*into = list
	return names, err
}

// outFile is a file that gets its name when it is whole.
type outFile struct {
	io.Writer
	part *os.File // nil: standard output
	name string
}

func (s *shell) newFile(cmd *cli.Command, name string) (*outFile, error) {
	if name == "-" {
		return &outFile{Writer: out(cmd)}, nil
	}
	if _, err := os.Lstat(name); err == nil {
		return nil, errors.New(s.w.Backup.Exists(name))
	}
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*.part") // mode 0600
	if err != nil {
		return nil, err
	}
	return &outFile{f, f, name}, nil
}

// keep makes the file durable under its name.
func (f *outFile) keep() error {
	if f.part == nil {
		return nil
	}
	if err := errors.Join(f.part.Sync(), f.part.Close(), os.Rename(f.part.Name(), f.name)); err != nil {
		return err
	}
	f.part = nil
	dir, err := os.Open(filepath.Dir(f.name))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// drop takes away what did not become whole.
func (f *outFile) drop() {
	if f.part != nil {
		_ = f.part.Close()
		_ = os.Remove(f.part.Name())
	}
}
