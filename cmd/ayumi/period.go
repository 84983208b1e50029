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
)

func (s *shell) period() *cli.Command {
	c := s.w.Command
	flags := func() []cli.Flag {
		return append(s.askFlags(),
			&cli.StringFlag{Name: "controller", Usage: c.FlagController, Value: "31"},
			&cli.StringFlag{Name: "kind", Usage: c.FlagKind, Value: "year_close"})
	}
	return &cli.Command{Name: "period", Usage: c.Period, Commands: []*cli.Command{
		{Name: "show", Usage: c.PeriodShow, ArgsUsage: "FY2019", Flags: flags(), Action: s.runPeriod(s.printPeriod)},
		{Name: "gates", Usage: c.PeriodGates, ArgsUsage: "FY2019", Flags: flags(), Action: s.runPeriod(s.printGates)},
	}}
}

// runPeriod asks for a year and prints a part of the answer.
func (s *shell) runPeriod(print func(io.Writer, api.PeriodAnswer)) cli.ActionFunc {
	return func(ctx context.Context, cmd *cli.Command) error {
		asked := api.PeriodQuestion{Controller: cmd.String("controller"), Year: cmd.Args().First(), Kind: cmd.String("kind")}
		if asked.Year == "" {
			return errors.New(s.w.Command.NeedArgument("FY2019"))
		}
		answer, err := s.askPeriod(ctx, cmd, asked)
		if err != nil {
			return err
		}
		if cmd.Bool("json") {
			return printJSON(out(cmd), answer)
		}
		print(out(cmd), answer)
		return nil
	}
}

func (s *shell) askPeriod(ctx context.Context, cmd *cli.Command, asked api.PeriodQuestion) (answer api.PeriodAnswer, err error) {
	if cmd.String("server") != "" {
		return answer, s.get(ctx, cmd, "/periods/"+url.PathEscape(asked.Year)+"?"+url.Values{"kind": {asked.Kind}}.Encode(), &answer)
	}
	c, err := configOf(cmd)
	if err != nil {
		return answer, err
	}
	err = with(ctx, c, func(a *app.App) error {
		if err := s.looked(ctx, a, "period "+cmd.Name, viewing.Entry{Reason: "closing"}); err != nil {
			return err
		}
		answer, err = api.AnswerPeriod(ctx, a.Gates(), asked, japan.DateOf(a.Config.Now()), s.w)
		answer.Sample = a.Scenario
		return err
	})
	return answer, s.said(c.Data, err)
}

// printPeriod says how the closing stands.
func (s *shell) printPeriod(to io.Writer, p api.PeriodAnswer) {
	w := s.w
	say(to, fmt.Sprintf("%s %s  %s", p.FiscalYear, p.Controller, w.Closing.States[p.State]))
	if p.Sample {
		say(to, "  "+w.Command.Sample)
	}
	for _, c := range p.Cutoffs {
		checked := w.Closing.Never
		if c.Check != nil {
			checked = c.Check.On + " " + map[bool]string{true: w.Closing.CheckPassed, false: w.Closing.CheckFailed}[c.Check.Passed]
		}
		say(to, fmt.Sprintf("  %-10s ..%s  %s  %s", w.Code("cutoff_kind", c.Kind), c.Until, c.KnownAt, checked))
	}
	for _, c := range p.Closings {
		say(to, fmt.Sprintf("  #%-6d %s  %s  %s", c.Position, w.Code("cutoff_kind", c.Kind), w.Closing.FrozenAt(c.On, fmt.Sprintf("#%d", c.LogPosition)), w.CodeNames("gate", c.Waived)))
	}
	for _, r := range p.Reopenings {
		say(to, fmt.Sprintf("  %s  %s  %s", r.On, w.Event("period.reopened"), r.Reason))
	}
}

// printGates says what holds the year open.
func (s *shell) printGates(to io.Writer, p api.PeriodAnswer) {
	w, g := s.w, p.Gates
	known := w.Command.Now
	if g.KnownAt != "" {
		known = g.KnownAt
	}
	say(to, fmt.Sprintf("%s %s  %s  ..%s  %s", p.FiscalYear, p.Controller, w.Code("cutoff_kind", g.Kind), g.Until, known))
	if p.Sample {
		say(to, "  "+w.Command.Sample)
	}
	for _, one := range g.Gates {
		mark := map[bool]string{true: "✓", false: "✗"}[one.Passed]
		of := ""
		if one.Gate == "late" {
			of = fmt.Sprintf(" / %d", g.Entries)
		}
		say(to, fmt.Sprintf("%s %4d%s  %s", mark, one.Found, of, one.Name))
		for _, i := range one.Items {
			say(to, fmt.Sprintf("         #%-6d %s  %s", i.Position, i.On, i.ID))
		}
	}
}
