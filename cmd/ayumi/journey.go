package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/domain/japan"
	"ayumi/domain/viewing"
	"ayumi/infra/api"
	"ayumi/projections"
)

func (s *shell) journey() *cli.Command {
	c := s.w.Command
	return &cli.Command{
		Name: "journey", Usage: c.Journey, ArgsUsage: "P-00001", Action: s.runJourney,
		Flags: append(s.askFlags(), &cli.StringFlag{Name: "known-at", Usage: c.FlagKnownAt}),
	}
}

func (s *shell) runJourney(ctx context.Context, cmd *cli.Command) error {
	who := cmd.Args().First()
	if who == "" {
		return errors.New(s.w.Command.NeedArgument("P-00001"))
	}
	answer, err := s.askJourney(ctx, cmd, who)
	if err != nil {
		return err
	}
	if cmd.Bool("json") {
		return printJSON(out(cmd), answer)
	}
	s.printJourney(out(cmd), who, answer)
	return nil
}

func (s *shell) askJourney(ctx context.Context, cmd *cli.Command, who string) (answer api.Journey, err error) {
	known := cmd.String("known-at")
	if cmd.String("server") != "" {
		query := url.Values{}
		if known != "" {
			query.Set("known_at", known)
		}
		return answer, s.get(ctx, cmd, "/people/"+url.PathEscape(who)+"/journey?"+query.Encode(), &answer)
	}
	c, err := configOf(cmd)
	if err != nil {
		return answer, err
	}
	err = with(ctx, c, func(a *app.App) error {
		answer, err = s.localJourney(ctx, a, who, known)
		return err
	})
	return answer, s.said(c.Data, err)
}

func (s *shell) localJourney(ctx context.Context, a *app.App, who, known string) (api.Journey, error) {
	upto := projections.Newest
	if known != "" {
		day, err := japan.ParseDate(known)
		if err != nil {
			return api.Journey{}, errors.New(s.w.Command.BadDate(known))
		}
		if upto, err = a.Indicators.PositionAt(ctx, day); err != nil {
			return api.Journey{}, err
		}
	}
	id, err := s.personID(ctx, a, who)
	if err != nil {
		return api.Journey{}, err
	}
	if err := s.looked(ctx, a, "journey", viewing.Entry{Reason: "journey", Subject: id}); err != nil {
		return api.Journey{}, err
	}
	list, err := a.Journeys.Journey(ctx, id, upto)
	if err != nil {
		return api.Journey{}, err
	}
	answer := api.Journey{Person: id, KnownAt: known, Sample: a.Scenario}
	for _, e := range list {
		laid, _, err := api.Lay(s.w, e)
		if err != nil {
			return answer, err
		}
		answer.Entries = append(answer.Entries, laid)
	}
	if len(list) == 0 {
		return answer, errors.New(s.w.Command.NoPerson(who))
	}
	return answer, nil
}

func (s *shell) printJourney(to io.Writer, who string, j api.Journey) {
	w := s.w.Command
	say(to, w.Person(who))
	for _, e := range j.Entries {
		line := fmt.Sprintf("  #%-6d %s  %s", e.Position, e.From, e.Title)
		if e.Late {
			line += "  " + w.Late
		}
		for _, c := range e.Corrections {
			line += "  " + w.Corrected(int(c.Position))
		}
		if e.Voided != nil {
			line += "  " + w.Voided(int(e.Voided.Position))
		}
		say(to, line)
	}
	if j.Sample {
		say(to, w.Sample)
	}
}
