package main

import (
	"context"
	"errors"
	"mime"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/domain/japan"
	"ayumi/domain/viewing"
	"ayumi/domain/workplan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

func (s *shell) sheet() *cli.Command {
	c, p := s.w.Command, s.w.Printed
	return &cli.Command{
		Name: "sheet", Usage: p.Summary, ArgsUsage: "TKO.2019.1", Action: s.runSheet,
		Flags: append(s.dataFlags(),
			&cli.StringFlag{Name: "server", Usage: c.FlagServer, Sources: cli.EnvVars("AYUMI_SERVER")},
			&cli.StringFlag{Name: "user", Usage: c.FlagUser, Sources: cli.EnvVars("AYUMI_USER")},
			&cli.StringFlag{Name: "code", Usage: s.w.Session.FlagCode, Sources: cli.EnvVars("AYUMI_CODE")},
			&cli.StringFlag{Name: "format", Usage: p.FlagKind, Value: "pdf", Validator: known(workplan.Kinds, p.FlagKind)},
			&cli.StringFlag{Name: "out", Usage: p.FlagOut, TakesFile: true},
			&cli.IntFlag{Name: "edition", Usage: p.FlagEdition},
			&cli.StringFlag{Name: "compare", Usage: s.w.Editions.FlagCompare},
			&cli.StringFlag{Name: "known-at", Usage: c.FlagKnownAt}),
	}
}

// known lets a flag take one of some words.
func known(list []string, say string) func(string) error {
	return func(word string) error {
		if slices.Contains(list, word) {
			return nil
		}
		return errors.New(say)
	}
}

func (s *shell) runSheet(ctx context.Context, cmd *cli.Command) error {
	if cmd.IsSet("compare") {
		return s.compareSheet(ctx, cmd)
	}
	file, err := s.printSheet(ctx, cmd, cmd.Args().First())
	if err != nil {
		return err
	}
	name := cmd.String("out")
	if name == "-" {
		_, err := out(cmd).Write(file.Bytes)
		return err
	}
	if name == "" {
		name = file.Name
	}
	if err := os.WriteFile(name, file.Bytes, 0o600); err != nil {
		return err
	}
	say(out(cmd), s.w.Printed.Written(name, len(file.Bytes)))
	if len(file.Missing) > 0 {
		say(out(cmd), s.w.Printed.Missing(locale.CodePoints(file.Missing)))
	}
	return nil
}

// printSheet prints from a data directory, without the sealed name of the head, or
// asks a running server, which shows what the user may see.
func (s *shell) printSheet(ctx context.Context, cmd *cli.Command, id string) (file workplan.File, err error) {
	if cmd.String("server") != "" {
		return s.fetchSheet(ctx, cmd, id)
	}
	c, err := configOf(cmd)
	if err != nil {
		return file, err
	}
	err = with(ctx, c, func(a *app.App) error {
		file, err = s.localSheet(ctx, cmd, a, id)
		return err
	})
	return file, s.said(c.Data, err)
}

func (s *shell) localSheet(ctx context.Context, cmd *cli.Command, a *app.App, id string) (workplan.File, error) {
	if id == "" {
		return workplan.File{}, s.needSheet(ctx, a)
	}
	upto := projections.Newest
	if typed := cmd.String("known-at"); typed != "" {
		day, err := japan.ParseDate(typed)
		if err != nil {
			return workplan.File{}, errors.New(s.w.Command.BadDate(typed))
		}
		if upto, err = a.Indicators.PositionAt(ctx, day); err != nil {
			return workplan.File{}, err
		}
	}
	events, err := a.Press.Events(ctx, id, upto, cmd.Int("edition"))
	if errors.Is(err, projections.ErrUnknown) {
		return workplan.File{}, errors.New(s.w.Printed.NoSheet(id))
	}
	if err != nil {
		return workplan.File{}, err
	}
	if err := s.looked(ctx, a, "sheet", viewing.Entry{Reason: "sheet", Subject: id}); err != nil {
		return workplan.File{}, err
	}
	sheet, err := a.Press.Paper(ctx, events, string(locale.Japanese), locale.In(locale.Japanese).Sheet.HeadHidden)
	if err != nil {
		return workplan.File{}, err
	}
	return a.Press.Print(sheet, cmd.String("format"))
}

func (s *shell) needSheet(ctx context.Context, a *app.App) error {
	ids, err := a.Press.IDs(ctx)
	if err != nil {
		return err
	}
	return errors.New(s.w.Printed.NeedSheet + " " + strings.Join(ids, " "))
}

// fetchSheet asks a running server.
func (s *shell) fetchSheet(ctx context.Context, cmd *cli.Command, id string) (workplan.File, error) {
	if id == "" {
		return workplan.File{}, errors.New(s.w.Command.NeedArgument("TKO.2019.1"))
	}
	query := url.Values{}
	state(query, map[string]string{"known_at": cmd.String("known-at")})
	if n := cmd.Int("edition"); n != 0 {
		query.Set("edition", strconv.Itoa(n))
	}
	header, raw, err := s.fetch(ctx, cmd, "/sheets/"+url.PathEscape(id)+"/"+cmd.String("format")+"?"+query.Encode())
	if err != nil {
		return workplan.File{}, err
	}
	_, what, err := mime.ParseMediaType(header.Get("Content-Disposition"))
	if err != nil {
		return workplan.File{}, err
	}
	return workplan.File{Name: filepath.Base(what["filename"]), Bytes: raw}, nil
}
