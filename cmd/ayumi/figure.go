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

func (s *shell) figure() *cli.Command {
	c := s.w.Command
	return &cli.Command{
		Name: "figure", Usage: c.Figure, ArgsUsage: "INDICATOR", Action: s.runFigure,
		Flags: append(s.questionFlags(),
			&cli.BoolFlag{Name: "members", Usage: c.FlagMembers},
			&cli.BoolFlag{Name: "near-misses", Usage: c.FlagNearMisses}),
	}
}

// questionFlags ask for one figure.
func (s *shell) questionFlags() []cli.Flag {
	c := s.w.Command
	return append(s.askFlags(),
		&cli.StringFlag{Name: "scope", Usage: c.FlagScope, Value: "D-TKY"},
		&cli.StringFlag{Name: "period", Usage: c.FlagPeriod, Value: "FY2019"},
		&cli.StringFlag{Name: "until", Usage: c.FlagUntil},
		&cli.StringFlag{Name: "known-at", Usage: c.FlagKnownAt},
		&cli.StringFlag{Name: "version", Usage: c.FlagVersion})
}

// question is the figure that a command line asks for.
func (s *shell) question(cmd *cli.Command) (api.FigureQuestion, error) {
	asked := api.FigureQuestion{
		Indicator: cmd.Args().First(), Scope: cmd.String("scope"), Period: cmd.String("period"),
		Until: cmd.String("until"), KnownAt: cmd.String("known-at"), Version: cmd.String("version"),
	}
	if asked.Indicator == "" {
		return asked, errors.New(s.w.Command.NeedArgument("INDICATOR"))
	}
	return asked, nil
}

// values are the question as an address asks it.
func values(asked api.FigureQuestion) url.Values {
	query := url.Values{"scope": {asked.Scope}, "period": {asked.Period}}
	state(query, map[string]string{"until": asked.Until, "known_at": asked.KnownAt, "version": asked.Version})
	return query
}

// state adds what is not empty.
func state(query url.Values, more map[string]string) {
	for name, v := range more {
		if v != "" {
			query.Set(name, v)
		}
	}
}

func (s *shell) runFigure(ctx context.Context, cmd *cli.Command) error {
	asked, err := s.question(cmd)
	if err != nil {
		return err
	}
	answer, err := s.askFigure(ctx, cmd, asked)
	if err != nil {
		return err
	}
	if cmd.Bool("json") {
		return printJSON(out(cmd), answer)
	}
	s.printFigure(out(cmd), answer)
	return nil
}

func (s *shell) askFigure(ctx context.Context, cmd *cli.Command, asked api.FigureQuestion) (answer api.FigureAnswer, err error) {
	if server := cmd.String("server"); server != "" {
		ask := func(part string) error {
			return s.get(ctx, cmd, "/figures/"+url.PathEscape(asked.Indicator)+part+"?"+values(asked).Encode(), &answer)
		}
		err = ask("")
		if err == nil && cmd.Bool("members") {
			err = ask("/members")
		}
		if err == nil && cmd.Bool("near-misses") {
			err = ask("/near-misses")
		}
		return answer, err
	}
	c, err := configOf(cmd)
	if err != nil {
		return answer, err
	}
	err = with(ctx, c, func(a *app.App) error {
		answer, err = api.AnswerFigure(s.replayed(ctx), a.Indicators, a.Definitions, asked, japan.DateOf(a.Config.Now()), s.w)
		if answer.Sample = a.Scenario; err != nil {
			return err
		}
		if cmd.Bool("members") || cmd.Bool("near-misses") {
			if err := s.looked(ctx, a, "figure", viewing.Entry{}); err != nil {
				return err
			}
		}
		if cmd.Bool("members") {
			answer.ListMembers()
		}
		if cmd.Bool("near-misses") {
			answer.ListNearMisses()
		}
		return nil
	})
	return answer, s.said(c.Data, err)
}

func (s *shell) printFigure(to io.Writer, f api.FigureAnswer) {
	w := s.w.Command
	value := f.Shown
	if f.Value != nil {
		value += " " + f.Unit
	}
	if f.Numerator != nil {
		value += fmt.Sprintf("  (%s)", s.w.Value.Over(s.w.Number(*f.Numerator), s.w.Number(*f.Denominator)))
	}
	say(to, fmt.Sprintf("%s %s  %s", f.Indicator, f.Name, value))
	say(to, fmt.Sprintf("  %s  %s..%s", f.Scope, f.From, f.Until))
	if f.KnownAt != "" {
		say(to, "  "+w.KnownAt(f.KnownAt, int(f.Position)))
	}
	say(to, "  "+w.Definition(f.Definition.Version, f.Definition.Digest[:12]))
	if f.Definition.Trial {
		say(to, "  "+w.Trial)
	}
	if f.Anonymous > 0 {
		say(to, "  "+w.Anonymous(f.Anonymous))
	}
	if len(f.Grades) > 0 {
		say(to, "  "+w.Grades(f.Grades["a"], f.Grades["b"], f.Grades["c"], f.Grades["d"]))
	}
	if f.Erased > 0 {
		say(to, "  "+s.w.Value.Erased(f.Erased))
	}
	if f.LeftEarly > 0 {
		say(to, "  "+w.LeftEarly(f.LeftEarly))
	}
	if f.Sample {
		say(to, "  "+w.Sample)
	}
	if f.Members != nil {
		say(to, w.Members(len(f.Members)))
	}
	for _, m := range f.Members {
		say(to, fmt.Sprintf("  #%-6d %s  %s", m.Position, m.On, m.Key))
	}
	if f.NearMisses != nil {
		say(to, w.NearMisses(len(f.NearMisses)))
	}
	for _, m := range f.NearMisses {
		say(to, fmt.Sprintf("  #%-6d %s  %-20s %s", m.Position, m.On, s.w.Code("near_miss", m.Clause), m.Key))
	}
}
