package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/infra/api"
)

func (s *shell) register() *cli.Command {
	c := s.w.Command
	return &cli.Command{
		Name: "register", Usage: c.Register, Action: s.runRegister,
		Flags: append(s.askFlags(),
			&cli.StringFlag{Name: "controller", Usage: c.FlagController, Value: "31"},
			&cli.BoolFlag{Name: "verify", Usage: c.FlagVerify}),
	}
}

func (s *shell) runRegister(ctx context.Context, cmd *cli.Command) error {
	answer, read, err := s.askRegister(ctx, cmd)
	if err != nil {
		return err
	}
	if cmd.Bool("json") {
		err = printJSON(out(cmd), answer)
	} else {
		s.printRegister(out(cmd), answer, read)
	}
	for _, l := range answer.Lines {
		if cmd.Bool("verify") && l.Verified == "failed" {
			return errors.Join(err, errors.New(s.w.Command.NotVerified(l.Number)))
		}
	}
	return err
}

// askRegister answers the register, and how many events were read to verify it:
// here, from the log's first one. A server tells what it verified last.
func (s *shell) askRegister(ctx context.Context, cmd *cli.Command) (answer api.RegisterAnswer, read uint64, err error) {
	if cmd.String("server") != "" {
		err = s.get(ctx, cmd, "/register", &answer)
		return answer, 0, err
	}
	c, err := configOf(cmd)
	if err != nil {
		return answer, 0, err
	}
	err = with(ctx, c, func(a *app.App) error {
		answer, err = api.AnswerRegister(ctx, a.Journeys, a.Definitions, cmd.String("controller"))
		answer.Sample = a.Scenario
		if err != nil || !cmd.Bool("verify") {
			return err
		}
		results, events, err := a.Recount(ctx, cmd.String("controller"), s.progress(s.w.Definition.Replay))
		read = events
		for i := range answer.Lines {
			if result, ok := results[i]; ok {
				answer.Lines[i].Verified = result
			}
		}
		return err
	})
	return answer, read, s.said(c.Data, err)
}

// registered writes a value with numerator and denominator of a share.
func (s *shell) registered(l api.RegisterLine) string {
	value := s.w.Decimal(*l.Value, l.Scale)
	if len(l.Over) == 2 {
		value += " (" + s.w.Value.Over(s.w.Number(l.Over[0]), s.w.Number(l.Over[1])) + ")"
	}
	return value
}

func (s *shell) printRegister(to io.Writer, r api.RegisterAnswer, read uint64) {
	w := s.w.Command
	for _, l := range r.Lines {
		value := cmp.Or(l.Text, s.w.Ledger.Blank(s.w.Code("register_kind", "blank")))
		if l.Value != nil && l.Text == "" {
			value = s.registered(l)
		}
		status := s.w.Code("figure_status", l.Status)
		if l.Kind != "counted" {
			status = s.w.Code("register_kind", l.Kind)
		}
		notes := []string{status}
		if l.Verified != "" {
			notes = append(notes, s.w.Code("verification", l.Verified))
		}
		if l.ReplacedBy != "" {
			notes = append(notes, s.w.Ledger.Later+" "+l.ReplacedBy)
		}
		say(to, fmt.Sprintf("%s  %s  %-9s %s..%s  %s  %s", l.Number, l.On, l.Indicator, l.From, l.Until, value, strings.Join(notes, s.w.Calendar.Comma)))
	}
	for _, l := range r.Waiting {
		say(to, fmt.Sprintf("        %s  %-9s %s..%s  %s  %s", l.On, l.Indicator, l.From, l.Until, s.registered(l), s.w.Code("edition_state", l.Status)))
	}
	if len(r.Lines) == 0 {
		say(to, s.w.Ledger.None)
	}
	if read > 0 {
		say(to, w.Replayed(int(read)))
	}
	if r.Sample {
		say(to, w.Sample)
	}
}
