package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/infra/api"
	"ayumi/projections"
)

// compareSheet prints what differs between two editions of a sheet, as text or,
// with --format json, as data.
func (s *shell) compareSheet(ctx context.Context, cmd *cli.Command) error {
	left, right, ok := strings.Cut(cmd.String("compare"), "..")
	if cmd.String("compare") == "usual" {
		left, right, ok = "", "", true
	}
	if !ok {
		return errors.New(s.w.Editions.NeedSides)
	}
	answer, err := s.askEditions(ctx, cmd, cmd.Args().First(), left, right)
	if err != nil {
		return err
	}
	if cmd.String("format") == "json" {
		return printJSON(out(cmd), answer)
	}
	s.printEditions(out(cmd), answer)
	return nil
}

func (s *shell) askEditions(ctx context.Context, cmd *cli.Command, id, left, right string) (answer api.EditionsAnswer, err error) {
	if cmd.String("server") != "" {
		if id == "" {
			return answer, errors.New(s.w.Command.NeedArgument("TKO.2019.1"))
		}
		query := url.Values{}
		state(query, map[string]string{"left": left, "right": right})
		return answer, s.get(ctx, cmd, "/sheets/"+url.PathEscape(id)+"/editions?"+query.Encode(), &answer)
	}
	c, err := configOf(cmd)
	if err != nil {
		return answer, err
	}
	err = with(ctx, c, func(a *app.App) error {
		answer, err = s.localEditions(ctx, a, id, left, right)
		return err
	})
	return answer, s.said(c.Data, err)
}

func (s *shell) localEditions(ctx context.Context, a *app.App, id, left, right string) (api.EditionsAnswer, error) {
	if id == "" {
		return api.EditionsAnswer{}, s.needSheet(ctx, a)
	}
	events, err := a.Press.Events(ctx, id, projections.Newest, 0)
	if errors.Is(err, projections.ErrUnknown) {
		return api.EditionsAnswer{}, errors.New(s.w.Printed.NoSheet(id))
	}
	if err != nil {
		return api.EditionsAnswer{}, err
	}
	c, err := a.Press.Compare(events, left, right)
	if errors.Is(err, projections.ErrUnknown) {
		return api.EditionsAnswer{}, errors.New(s.w.Editions.NoSide(left + ".." + right))
	}
	answer := api.AnswerEditions(id, c, s.w)
	answer.Sample = a.Scenario
	return answer, err
}

// printEditions lists the editions, and line by line what the two state.
func (s *shell) printEditions(to io.Writer, a api.EditionsAnswer) {
	w := s.w
	say(to, a.Sheet)
	if a.Sample {
		say(to, "  "+w.Command.Sample)
	}
	for _, e := range a.Editions {
		say(to, strings.TrimRight(fmt.Sprintf("  %-5d %s  %s  %s  %s", e.Edition, e.On, w.Editions.Kinds[e.Kind], e.Document[:min(12, len(e.Document))], e.Why), " "))
	}
	if a.Draft {
		say(to, "  draft")
	}
	say(to, a.Left+".."+a.Right)
	if len(a.Changes) == 0 {
		say(to, "  "+w.Editions.Same)
		return
	}
	say(to, "  "+w.Editions.Count(len(a.Changes)))
	for _, c := range a.Changes {
		say(to, c.Place+"　"+c.Name)
		say(to, "  - "+indented(w.ChangeText(c.Field, c.Left)))
		say(to, "  + "+indented(w.ChangeText(c.Field, c.Right)))
	}
}

// indented keeps the further lines of a text under the first.
func indented(text string) string { return strings.ReplaceAll(text, "\n", "\n    ") }
