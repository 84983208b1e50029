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
	"ayumi/domain/japan"
	"ayumi/domain/viewing"
	"ayumi/infra/api"
)

func (s *shell) explain() *cli.Command {
	c := s.w.Command
	return &cli.Command{
		Name: "explain", Usage: c.Explain, ArgsUsage: "INDICATOR", Action: s.runExplain,
		Flags: append(s.questionFlags(),
			&cli.StringFlag{Name: "to-period", Usage: c.FlagToPeriod},
			&cli.StringFlag{Name: "to-until", Usage: c.FlagToUntil},
			&cli.StringFlag{Name: "to-known-at", Usage: c.FlagToKnownAt},
			&cli.StringFlag{Name: "to-version", Usage: c.FlagToVersion},
			&cli.BoolFlag{Name: "record", Usage: s.w.Explained.FlagRecord}),
	}
}

func (s *shell) runExplain(ctx context.Context, cmd *cli.Command) error {
	first, err := s.question(cmd)
	if err != nil {
		return err
	}
	asked := api.DifferenceQuestion{
		FigureQuestion: first,
		ToPeriod:       cmd.String("to-period"), ToUntil: cmd.String("to-until"), ToKnownAt: cmd.String("to-known-at"), ToVersion: cmd.String("to-version"),
	}
	if cmd.Bool("record") && cmd.String("server") == "" {
		return errors.New(s.w.Explained.NeedServer)
	}
	answer, err := s.askDifference(ctx, cmd, asked)
	if err != nil {
		return err
	}
	if cmd.Bool("json") {
		err = printJSON(out(cmd), answer)
	} else {
		s.printDifference(out(cmd), answer)
	}
	if err != nil || !cmd.Bool("record") {
		return err
	}
	return s.record(ctx, cmd, answer)
}

// record puts a difference on record with the published edition that it begins with.
// The server counts it again.
func (s *shell) record(ctx context.Context, cmd *cli.Command, d api.DifferenceAnswer) error {
	var register api.RegisterAnswer
	if err := s.get(ctx, cmd, "/register", &register); err != nil {
		return err
	}
	first := editionOf(register, d, d.From)
	if first == nil {
		return errors.New(s.w.Explained.NoEdition)
	}
	data := map[string]any{"stream": first.Stream, "edition": first.Edition, "known_at": d.To.KnownAt}
	if other := editionOf(register, d, d.To); other != nil && other.Stream == first.Stream && other.Edition != first.Edition {
		data["other_edition"] = other.Edition
	} else if d.To.From != d.From.From || d.To.Until != d.From.Until || d.To.Definition.Version != d.From.Definition.Version {
		return errors.New(s.w.Explained.NoEdition)
	}
	if d.To.KnownAt == "" {
		return errors.New(s.w.Explained.DayNotOver)
	}
	receipts, err := s.command(ctx, cmd, "figure.explain_difference", data)
	if err != nil {
		return err
	}
	said := s.w.Explained.Standing(first.Number, 0)
	for _, r := range receipts {
		if len(r.Events) > 0 {
			said = s.w.Explained.Recorded(first.Number, int(r.Position))
		}
	}
	say(cmd.Root().ErrWriter, said)
	return nil
}

// editionOf is the line of the register that published one side of a difference.
func editionOf(register api.RegisterAnswer, d api.DifferenceAnswer, side api.DifferenceSide) *api.RegisterLine {
	for i := len(register.Lines) - 1; i >= 0; i-- {
		l := &register.Lines[i]
		if l.Edition > 0 && l.Indicator == d.Indicator+"@"+d.Scope && l.From == side.From && l.Until == side.Until &&
			l.KnownAt == side.KnownAt && l.Definition == side.Definition.Version {
			return l
		}
	}
	return nil
}

func (s *shell) askDifference(ctx context.Context, cmd *cli.Command, asked api.DifferenceQuestion) (answer api.DifferenceAnswer, err error) {
	if server := cmd.String("server"); server != "" {
		query := values(asked.FigureQuestion)
		state(query, map[string]string{"to_period": asked.ToPeriod, "to_until": asked.ToUntil, "to_known_at": asked.ToKnownAt, "to_version": asked.ToVersion})
		err = s.get(ctx, cmd, "/figures/"+url.PathEscape(asked.Indicator)+"/difference?"+query.Encode(), &answer)
		return answer, err
	}
	c, err := configOf(cmd)
	if err != nil {
		return answer, err
	}
	err = with(ctx, c, func(a *app.App) error {
		if err := s.looked(ctx, a, "explain", viewing.Entry{}); err != nil {
			return err
		}
		answer, err = api.AnswerDifference(s.replayed(ctx), a.Indicators, a.Definitions, asked, japan.DateOf(a.Config.Now()), s.w)
		answer.Sample = a.Scenario
		return err
	})
	return answer, s.said(c.Data, err)
}

func (s *shell) printDifference(to io.Writer, d api.DifferenceAnswer) {
	w := s.w.Command
	delta := ""
	if d.Delta != nil {
		delta = " (" + s.signed(*d.Delta, d.Scale) + ")"
	}
	say(to, fmt.Sprintf("%s %s  %s → %s %s%s", d.Indicator, d.Name, d.From.Shown, d.To.Shown, d.Unit, delta))
	for _, x := range []api.DifferenceSide{d.From, d.To} {
		known := w.Now
		if x.KnownAt != "" {
			known = w.KnownAt(x.KnownAt, int(x.Position))
		}
		say(to, fmt.Sprintf("  %-5s %s  %s..%s  %s  %s", x.Shown, d.Scope, x.From, x.Until, known, w.Definition(x.Definition.Version, x.Definition.Digest[:12])))
	}
	if len(d.Basis) > 0 {
		var what []string
		for _, b := range d.Basis {
			what = append(what, s.w.Code("difference", b))
		}
		say(to, "  "+w.DiffersBy(strings.Join(what, s.w.Calendar.Comma)))
	}
	if d.From.Definition.Trial || d.To.Definition.Trial {
		say(to, "  "+w.Trial)
	}
	say(to, "  "+w.Path)
	if d.Sample {
		say(to, "  "+w.Sample)
	}
	if len(d.Parts) == 0 {
		say(to, "  "+w.Nothing)
	}
	for _, k := range d.Kinds {
		delta := "—"
		if d.Delta != nil {
			delta = s.signed(k.Delta, d.Scale)
		}
		say(to, fmt.Sprintf("%5s  %s", delta, k.Name))
		for _, p := range d.Parts {
			if p.Kind == k.Kind {
				s.printPart(to, p)
			}
		}
	}
}

// signed writes a difference in units of the last decimal.
func (s *shell) signed(delta, scale int) string {
	if delta < 0 {
		return s.w.Decimal(delta, scale)
	}
	return "+" + s.w.Decimal(delta, scale)
}

func (s *shell) printPart(to io.Writer, p api.DifferencePart) {
	event := ""
	if p.Position > 0 {
		event = fmt.Sprintf("#%d", p.Position)
	}
	side := func(m api.DifferenceMember) string {
		if m.Side == "" {
			return m.Key
		}
		return m.Key + "  " + s.w.Value.Below
	}
	for _, m := range p.Gained {
		say(to, fmt.Sprintf("       %-8s + #%-6d %s  %s", event, m.Position, m.On, side(m)))
	}
	for _, m := range p.Lost {
		say(to, fmt.Sprintf("       %-8s - #%-6d %s  %s  %s", event, m.Position, m.On, side(m), s.w.Code("near_miss", m.Clause)))
	}
}
