package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/domain/japan"
	"ayumi/domain/viewing"
	"ayumi/infra/api"
)

func (s *shell) rights() *cli.Command {
	m := s.w.Matters
	return &cli.Command{Name: "rights", Usage: m.Rights, Commands: []*cli.Command{
		{Name: "list", Usage: m.List, Flags: s.controllerFlags(), Action: s.listMatters},
		{Name: "show", Usage: m.Show, ArgsUsage: m.Number, Flags: s.controllerFlags(), Action: s.showMatter},
	}}
}

// controllerFlags are for commands about what belongs to one controller.
func (s *shell) controllerFlags() []cli.Flag {
	return append(s.askFlags(), &cli.StringFlag{Name: "controller", Usage: s.w.Command.FlagController, Value: "31"})
}

// shown is what a command is about to show.
type shown struct {
	by string // the command
	viewing.Entry
}

// held answers a question about what a controller holds: from a running server, or
// from the data directory once the look stands in the access log.
func held[T any](ctx context.Context, s *shell, cmd *cli.Command, path string, look shown, local func(*app.App, japan.Date) (T, error)) (answer T, err error) {
	if cmd.String("server") != "" {
		return answer, s.get(ctx, cmd, path, &answer)
	}
	c, err := configOf(cmd)
	if err != nil {
		return answer, err
	}
	err = with(ctx, c, func(a *app.App) error {
		if err := s.looked(ctx, a, look.by, look.Entry); err != nil {
			return err
		}
		answer, err = local(a, japan.DateOf(a.Config.Now()))
		return err
	})
	if errors.Is(err, api.ErrMissing) {
		return answer, errors.New(s.w.Matters.Missing(cmd.Args().First()))
	}
	return answer, s.said(c.Data, err)
}

// numbered reads the number of a matter or a volume, as it is shown or plain.
func (s *shell) numbered(cmd *cli.Command) (uint64, error) {
	text := cmd.Args().First()
	if text == "" {
		return 0, errors.New(s.w.Command.NeedArgument(s.w.Matters.Number))
	}
	n, err := strconv.ParseUint(strings.ReplaceAll(strings.TrimPrefix(text, "#"), ",", ""), 10, 64)
	if err != nil {
		return 0, errors.New(s.w.Matters.Missing(text))
	}
	return n, nil
}

// tell prints an answer about what a controller holds: as JSON, or in lines.
func (s *shell) tell(cmd *cli.Command, answer any, sample bool, lines func(to io.Writer)) error {
	if cmd.Bool("json") {
		return printJSON(out(cmd), answer)
	}
	if lines(out(cmd)); sample {
		say(out(cmd), s.w.Command.Sample)
	}
	return nil
}

func recordSubject(number uint64) string { return fmt.Sprintf("record-%d", number) }

func (s *shell) listMatters(ctx context.Context, cmd *cli.Command) error {
	controller := cmd.String("controller")
	look := shown{"rights list", viewing.Entry{Reason: "rights"}}
	answer, err := held(ctx, s, cmd, "/rights", look, func(a *app.App, today japan.Date) (api.MattersAnswer, error) {
		answer, err := api.AnswerMatters(ctx, a.Journeys, a.Office.Terms(controller), controller, today)
		answer.Sample = a.Scenario
		return answer, err
	})
	if err != nil {
		return err
	}
	return s.tell(cmd, answer, answer.Sample, func(to io.Writer) {
		for _, m := range answer.Matters {
			s.printMatter(to, m)
		}
		if len(answer.Matters) == 0 {
			say(to, s.w.Matters.None)
		}
	})
}

func (s *shell) showMatter(ctx context.Context, cmd *cli.Command) error {
	number, err := s.numbered(cmd)
	if err != nil {
		return err
	}
	controller := cmd.String("controller")
	look := shown{"rights show", viewing.Entry{Reason: "rights", Subject: recordSubject(number)}}
	answer, err := held(ctx, s, cmd, fmt.Sprintf("/rights/%d", number), look, func(a *app.App, today japan.Date) (api.MatterOne, error) {
		answer, _, err := api.AnswerMatter(ctx, s.w, a.Journeys, a.Office.Terms(controller), controller, number, today)
		answer.Sample = a.Scenario
		return answer, err
	})
	if err != nil {
		return err
	}
	return s.tell(cmd, answer, answer.Sample, func(to io.Writer) {
		s.printMatter(to, answer)
		s.printClock(to, answer)
		s.printEvents(to, answer.Events)
	})
}

// printMatter is one matter in a line, with the next last day.
func (s *shell) printMatter(to io.Writer, m api.MatterOne) {
	w := s.w.Rights
	next := ""
	switch {
	case m.Clock != nil && m.Clock.StoppedOn != "":
		next = w.Stopped(m.Clock.StoppedOn)
	case m.Clock != nil && m.Clock.DaysLeft != nil:
		next = m.Clock.DueOn + "  " + s.left(*m.Clock.DaysLeft)
	case m.Breach != nil:
		for _, r := range m.Breach.Reports {
			if r.DaysLeft != nil {
				next = s.w.Code("breach_stage", r.Stage) + " " + r.DueOn + "  " + s.left(*r.DaysLeft)
				break
			}
		}
	}
	say(to, strings.TrimRight(fmt.Sprintf("#%-6d %s  %-8s %s  %s  %s", m.Number, m.ReceivedOn, m.PersonNumber, s.w.Code("rights_kind", m.Kind), w.States[m.State], next), " "))
}

func (s *shell) left(days int) string {
	switch w := s.w.Rights; {
	case days < 0:
		return w.Overdue(-days)
	case days == 0:
		return w.DueToday
	default:
		return w.DaysLeft(days)
	}
}

// printClock says how the last day came about, or which reports are due.
func (s *shell) printClock(to io.Writer, m api.MatterOne) {
	w := s.w.Rights
	if c := m.Clock; c != nil {
		say(to, fmt.Sprintf("  %s %s", w.Period, w.Days(c.Days)))
		if c.Stood > 0 {
			say(to, fmt.Sprintf("  %s %s", w.Stood, w.Days(c.Stood)))
		}
		if c.Extended > 0 {
			say(to, fmt.Sprintf("  %s %s", w.Extended, w.Days(c.Extended)))
		}
		if c.DueOn != "" {
			say(to, fmt.Sprintf("  %s %s", w.Due, c.DueOn))
		}
	}
	if b := m.Breach; b != nil {
		for _, r := range b.Reports {
			made := w.NotYet
			if r.MadeOn != "" {
				made = r.MadeOn
			}
			say(to, fmt.Sprintf("  %s  %s %s  %s %s", s.w.Code("breach_stage", r.Stage), w.Due, r.DueOn, w.Made, made))
		}
	}
	if d := m.Decision; d != nil {
		say(to, fmt.Sprintf("  %s %s  %s  %s", w.Result, d.On, s.w.Code("result", d.Result), s.w.Code("rights_measure", d.Measure)))
	}
	if m.CorrectUntil != "" {
		say(to, fmt.Sprintf("  %s %s", w.MayCorrectUntil, m.CorrectUntil))
	}
}

func (s *shell) printEvents(to io.Writer, events []api.Entry) {
	for _, e := range events {
		say(to, fmt.Sprintf("  #%-6d %s  %s", e.Position, e.From, e.Title))
	}
}
