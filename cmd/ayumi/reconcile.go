package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/domain/document"
	"ayumi/infra/api"
)

func (s *shell) reconcile() *cli.Command {
	c := s.w.Command
	return &cli.Command{
		Name: "reconcile", Usage: s.w.Documents.Command, ArgsUsage: "FILE", Action: s.runReconcile,
		Flags: append(s.askFlags(),
			&cli.StringFlag{Name: "controller", Usage: c.FlagController, Value: "31"},
			&cli.StringFlag{Name: "fy", Usage: s.w.Documents.FlagYear}),
	}
}

// runReconcile checks a file, or with - what comes in.
func (s *shell) runReconcile(ctx context.Context, cmd *cli.Command) error {
	name := cmd.Args().First()
	if name == "" || cmd.NArg() != 1 {
		return errors.New(s.w.Command.NeedArgument("FILE"))
	}
	raw, err := readUpTo(name, document.MostBytes+1)
	if err != nil {
		return errors.New(s.w.Documents.NoFile(name))
	}
	answer, err := s.askReconcile(ctx, cmd, filepath.Base(name), raw)
	if err != nil {
		return err
	}
	if cmd.Bool("json") {
		return printJSON(out(cmd), answer)
	}
	s.printReconciled(out(cmd), answer)
	return nil
}

// readUpTo reads a file, or standard input for -, and no more than a limit.
func readUpTo(name string, most int64) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(io.LimitReader(os.Stdin, most))
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // read only
	return io.ReadAll(io.LimitReader(f, most))
}

func (s *shell) askReconcile(ctx context.Context, cmd *cli.Command, name string, raw []byte) (answer api.DocumentAnswer, err error) {
	if cmd.String("server") != "" {
		query := url.Values{"name": {name}}
		state(query, map[string]string{"fy": cmd.String("fy")})
		err = s.send(ctx, cmd, "/documents?"+query.Encode(), bytes.NewReader(raw), &answer)
		return answer, err
	}
	c, err := configOf(cmd)
	if err != nil {
		return answer, err
	}
	err = with(ctx, c, func(a *app.App) error {
		answer, err = api.AnswerDocument(ctx, a, cmd.String("controller"), name, raw, cmd.String("fy"), s.w)
		answer.Sample = a.Scenario
		return err
	})
	return answer, s.said(c.Data, err)
}

func (s *shell) printReconciled(to io.Writer, a api.DocumentAnswer) {
	w := &s.w.Documents
	say(to, w.Found(len(a.Figures), len(a.Rest)))
	for _, state := range document.States {
		say(to, fmt.Sprintf("  %s %s  %d", w.Signs[string(state)], w.States[string(state)], a.Counts[string(state)]))
	}
	for _, r := range a.Refused {
		say(to, "  "+r.Detail)
	}
	for _, state := range document.States {
		for _, f := range a.Figures {
			if f.State == string(state) {
				s.printFigureFound(to, f)
			}
		}
	}
	if a.Sample {
		say(to, s.w.Command.Sample)
	}
}

func (s *shell) printFigureFound(to io.Writer, f api.DocumentFigure) {
	w := &s.w.Documents
	place := f.Cell
	if place != "" {
		place = w.Cell(f.Sheet, f.Cell)
	} else {
		place = w.Line(f.Line)
		if f.Page > 0 {
			place = w.Page(f.Page) + s.w.Calendar.Comma + place
		}
	}
	say(to, fmt.Sprintf("%s %s  %s…%s…%s", w.Signs[f.State], place, strings.TrimSpace(f.Before), f.Text, strings.TrimSpace(f.After)))
	if f.Known != nil {
		say(to, "    "+s.knownText(*f.Known))
	}
	for _, o := range f.Others {
		say(to, "    "+w.LookedLike+" "+s.knownText(o))
	}
	var why []string
	for _, r := range f.Why {
		why = append(why, r.Text)
	}
	say(to, "    "+strings.Join(why, s.w.Calendar.Comma))
}

func (s *shell) knownText(k api.DocumentKnown) string {
	w := &s.w.Documents
	value := fmt.Sprintf("%.*f", k.Scale, float64(k.Value)/math.Pow10(k.Scale))
	if k.Of > 0 {
		value = fmt.Sprintf("%d/%d", k.Value, k.Of)
	}
	parts := []string{k.Number, k.Indicator, value, w.Roles[k.Role], w.Statuses[k.Status]}
	if k.From != "" {
		parts = append(parts, k.From+".."+k.Until)
	}
	if k.ReplacedBy != "" {
		parts = append(parts, w.SupersededBy+" "+k.ReplacedBy)
	}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}
