package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/domain/viewing"
	"ayumi/infra/api"
)

func (s *shell) audit() *cli.Command {
	c, w := s.w.Command, s.w.Audits
	flags := func(more ...cli.Flag) []cli.Flag {
		return append(append(s.askFlags(), &cli.StringFlag{Name: "controller", Usage: c.FlagController, Value: "31"}), more...)
	}
	return &cli.Command{Name: "audit", Usage: w.List, Commands: []*cli.Command{
		{Name: "list", Usage: w.ListShort, ArgsUsage: "FY2019", Flags: flags(), Action: s.runAudits},
		{Name: "draw", Usage: w.DrawShort, ArgsUsage: w.Argument, Action: s.runDraw, Flags: flags(
			&cli.IntFlag{Name: "seed", Usage: w.Seed, Required: true},
			&cli.IntFlag{Name: "size", Usage: w.Size, Value: 20},
			&cli.StringFlag{Name: "method", Usage: w.Method + " (random, risk)", Value: "random"})},
	}}
}

func (s *shell) runAudits(ctx context.Context, cmd *cli.Command) error {
	year := cmd.Args().First()
	if year == "" {
		return errors.New(s.w.Command.NeedArgument("FY2019"))
	}
	answer, err := s.askAudits(ctx, cmd, year)
	if err != nil {
		return err
	}
	if cmd.Bool("json") {
		return printJSON(out(cmd), answer)
	}
	s.printAudits(out(cmd), answer)
	return nil
}

func (s *shell) askAudits(ctx context.Context, cmd *cli.Command, year string) (answer api.AuditsAnswer, err error) {
	if cmd.String("server") != "" {
		return answer, s.get(ctx, cmd, "/periods/"+url.PathEscape(year)+"/audits", &answer)
	}
	c, err := configOf(cmd)
	if err != nil {
		return answer, err
	}
	err = with(ctx, c, func(a *app.App) error {
		if err := s.looked(ctx, a, "audit list", viewing.Entry{}); err != nil {
			return err
		}
		answer, err = api.AnswerAudits(ctx, a.Gates(), a.Journeys, api.Counting{From: a.Indicators, Rules: a.Definitions}, cmd.String("controller"), year)
		answer.Sample = a.Scenario
		return err
	})
	return answer, s.said(c.Data, err)
}

func (s *shell) printAudits(to io.Writer, answer api.AuditsAnswer) {
	w := s.w.Audits
	for _, a := range answer.Audits {
		say(to, fmt.Sprintf("%s  %s  %s  %s", a.ID, s.w.Code("audit_kind", a.Kind), w.States[a.State], a.Scope))
		for _, d := range a.Samples {
			same := map[bool]string{true: w.Agrees, false: w.Differs}[d.Agrees]
			say(to, fmt.Sprintf("  %s %s  %s %d  %d/%d  %s", d.Figure, s.w.Code("method", d.Method), w.Seed, d.Seed, d.Size, d.Population, same))
		}
		for _, f := range a.Findings {
			say(to, fmt.Sprintf("  %s  %s  %s", s.w.Code("finding_grade", f.Grade), f.DueOn, f.Text))
			for _, m := range f.Measures {
				say(to, fmt.Sprintf("    %s  %s", w.Measure, m))
			}
		}
	}
	if len(answer.Audits) == 0 {
		say(to, w.None)
	}
	if answer.Sample {
		say(to, s.w.Command.Sample)
	}
}

// runDraw draws from the log in the data folder: anybody who has it can.
func (s *shell) runDraw(ctx context.Context, cmd *cli.Command) error {
	number := cmd.Args().First()
	if number == "" {
		return errors.New(s.w.Command.NeedArgument(s.w.Audits.Argument))
	}
	c, err := configOf(cmd)
	if err != nil {
		return err
	}
	var answer api.DrawAnswer
	err = with(ctx, c, func(a *app.App) (err error) {
		if err := s.looked(ctx, a, "audit draw", viewing.Entry{}); err != nil {
			return err
		}
		answer, err = api.AnswerDraw(ctx, a.Journeys, api.Counting{From: a.Indicators, Rules: a.Definitions}, cmd.String("controller"), number, cmd.String("method"), cmd.Int("seed"), cmd.Int("size"))
		return err
	})
	if err != nil {
		return s.said(c.Data, err)
	}
	if cmd.Bool("json") {
		return printJSON(out(cmd), answer)
	}
	w, to := s.w.Audits, out(cmd)
	say(to, fmt.Sprintf("%s  %s %d  %s %d  %s %d", answer.Figure, w.Seed, answer.Seed, w.Size, len(answer.Positions), w.Population, answer.Population))
	for i, p := range answer.Positions {
		say(to, fmt.Sprintf("%4d  #%d", i+1, p))
	}
	say(to, w.Digest+" "+answer.Digest)
	return nil
}
