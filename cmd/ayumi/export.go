package main

import (
	"context"
	"mime"
	"net/http"
	"net/url"
	"os"
	"strconv"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/domain/japan"
	"ayumi/domain/viewing"
	"ayumi/infra/api"
	"ayumi/infra/export"
)

func (s *shell) export() *cli.Command {
	c, e := s.w.Command, s.w.Export
	return &cli.Command{
		Name: "export", Usage: e.Command, Action: s.runExport,
		Flags: append(s.dataFlags(),
			&cli.StringFlag{Name: "server", Usage: c.FlagServer, Sources: cli.EnvVars("AYUMI_SERVER")},
			&cli.StringFlag{Name: "user", Usage: c.FlagUser, Sources: cli.EnvVars("AYUMI_USER")},
			&cli.StringFlag{Name: "code", Usage: s.w.Session.FlagCode, Sources: cli.EnvVars("AYUMI_CODE")},
			&cli.StringFlag{Name: "scope", Usage: e.Flags["scope"], Value: "D-TKY"},
			&cli.StringFlag{Name: "period", Usage: c.FlagPeriod, Value: "FY2019"},
			&cli.StringFlag{Name: "until", Usage: c.FlagUntil},
			&cli.StringFlag{Name: "known-at", Usage: c.FlagKnownAt},
			&cli.StringFlag{Name: "version", Usage: c.FlagVersion},
			&cli.StringFlag{Name: "what", Usage: e.Flags["what"], Value: export.Indicators},
			&cli.StringFlag{Name: "format", Usage: e.Flags["format"], Value: export.CSV},
			&cli.BoolFlag{Name: "public", Usage: e.Flags["public"]},
			&cli.StringFlag{Name: "out", Usage: e.Flags["out"]}),
	}
}

// runExport writes a file; which one, and what its encoding lacked, is said beside
// the data, on standard error.
func (s *shell) runExport(ctx context.Context, cmd *cli.Command) error {
	edition := export.Internal
	if cmd.Bool("public") {
		edition = export.Public
	}
	f, err := s.askExport(ctx, cmd, edition)
	if err != nil {
		return err
	}
	name := f.Name
	switch to := cmd.String("out"); to {
	case "-":
		if _, err := out(cmd).Write(f.Body); err != nil {
			return err
		}
	case "":
		err = os.WriteFile(name, f.Body, 0o600)
	default:
		name = to
		err = os.WriteFile(name, f.Body, 0o600)
	}
	if err != nil {
		return err
	}
	say(os.Stderr, s.w.Export.Written(name, f.Rows))
	if said := api.ReplacedSentence(s.w, f.Replaced); said != "" {
		say(os.Stderr, said)
	}
	return nil
}

func (s *shell) askExport(ctx context.Context, cmd *cli.Command, edition string) (f export.File, err error) {
	asked := api.FigureQuestion{Scope: cmd.String("scope"), Period: cmd.String("period"), Until: cmd.String("until"), KnownAt: cmd.String("known-at"), Version: cmd.String("version")}
	if cmd.String("server") != "" {
		query := values(asked)
		state(query, map[string]string{"edition": edition, "format": cmd.String("format")})
		header, body, err := s.fetch(ctx, cmd, "/exports/"+url.PathEscape(cmd.String("what"))+"?"+query.Encode())
		if err != nil {
			return f, err
		}
		return received(body, header), nil
	}
	c, err := configOf(cmd)
	if err != nil {
		return f, err
	}
	err = with(ctx, c, func(a *app.App) error {
		r := api.ExportRequest{What: cmd.String("what"), Edition: edition, Format: cmd.String("format"), Words: s.w}
		r, err := api.ResolveExport(ctx, a.Indicators, asked, r, japan.DateOf(a.Config.Now()))
		if err != nil {
			return err
		}
		ctx := viewing.NewLook(viewing.Entry{Act: looks["export"], Route: "ayumi export"}).Context(ctx)
		f, err = a.Export(ctx, app.Operator(), export.Request(r))
		return err
	})
	return f, s.said(c.Data, err)
}

// received is a file as a server sent it.
func received(body []byte, header http.Header) export.File {
	f := export.File{Body: body, Type: header.Get("Content-Type")}
	if _, params, err := mime.ParseMediaType(header.Get("Content-Disposition")); err == nil {
		f.Name = params["filename"]
	}
	f.Rows, _ = strconv.Atoi(header.Get("Ayumi-Rows"))
	f.Replaced, _ = url.PathUnescape(header.Get("Ayumi-Replaced"))
	return f
}
