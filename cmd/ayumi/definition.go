package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/schema"
	"ayumi/infra/api"
	"ayumi/projections"
)

func (s *shell) definition() *cli.Command {
	w, c := s.w.Definition, s.w.Command
	scope := &cli.StringFlag{Name: "scope", Usage: c.FlagScope, Value: "D-TKY"}
	return &cli.Command{
		Name: "definition", Usage: w.Command,
		Commands: []*cli.Command{
			{Name: "list", Usage: w.CommandList, Flags: append(s.askFlags(), scope), Action: s.listDefinitions},
			{Name: "show", Usage: w.CommandShow, ArgsUsage: "INDICATOR", Flags: append(s.askFlags(), scope), Action: s.showDefinition},
			{Name: "check", Usage: w.CommandCheck, ArgsUsage: "FILE", Action: s.checkDefinition,
				Flags: append(s.dataFlags(), s.jsonFlag(), scope, &cli.BoolFlag{Name: "try", Usage: w.FlagTry})},
			{Name: "schema", Usage: w.CommandSchema, Action: func(_ context.Context, cmd *cli.Command) error {
				return printJSON(out(cmd), schema.Definition())
			}},
		},
	}
}

// definitions asks a server or a directory for the versions at a scope; of one
// indicator, if it is named.
func (s *shell) definitions(ctx context.Context, cmd *cli.Command, id string) (list api.DefinitionList, err error) {
	scope := cmd.String("scope")
	if cmd.String("server") != "" {
		query := url.Values{"scope": {scope}}
		state(query, map[string]string{"indicator": id})
		err = s.get(ctx, cmd, "/definitions?"+query.Encode(), &list)
		return list, err
	}
	c, err := configOf(cmd)
	if err != nil {
		return list, err
	}
	err = with(ctx, c, func(a *app.App) error {
		list, err = api.AnswerDefinitions(ctx, a.Definitions, scope, id, japan.DateOf(a.Config.Now()), s.w)
		list.Sample = a.Scenario
		return err
	})
	return list, s.said(c.Data, err)
}

func (s *shell) listDefinitions(ctx context.Context, cmd *cli.Command) error {
	list, err := s.definitions(ctx, cmd, "")
	if err != nil {
		return err
	}
	if cmd.Bool("json") {
		return printJSON(out(cmd), list)
	}
	for _, v := range list.Versions {
		s.printVersion(out(cmd), v)
	}
	s.printBreaks(out(cmd), list)
	return nil
}

// printVersion is one line; * marks the version in force.
func (s *shell) printVersion(to io.Writer, v api.DefinitionLine) {
	mark := " "
	if v.InForce {
		mark = "*"
	}
	say(to, fmt.Sprintf("%s %-4s %-14s %s  %s  %s  %s", mark, v.Indicator, v.Version, v.OfficialFrom, v.Digest[:12], s.w.Code("version_state", v.State), v.Name))
}

func (s *shell) printBreaks(to io.Writer, list api.DefinitionList) {
	for _, b := range list.Breaks {
		say(to, "  "+s.w.Definition.BreakOf(b.Indicator, s.w.Definition.BreakLine(b.At, s.w.Code("break_kind", b.Kind), b.Note)))
	}
}

func (s *shell) showDefinition(ctx context.Context, cmd *cli.Command) error {
	id := cmd.Args().First()
	if id == "" {
		return errors.New(s.w.Command.NeedArgument("INDICATOR"))
	}
	list, err := s.definitions(ctx, cmd, id)
	if err != nil {
		return err
	}
	if cmd.Bool("json") {
		return printJSON(out(cmd), list)
	}
	for _, v := range list.Versions {
		s.printVersion(out(cmd), v)
		say(out(cmd), "    "+v.Text)
		say(out(cmd), fmt.Sprintf("    %s=%s %s=%s %s=%s", "rule", v.Rule, "unit", v.Unit, "basis", v.Basis))
		for _, name := range slices.Sorted(maps.Keys(v.Parameters)) {
			say(out(cmd), "    "+name+"="+v.Parameters[name])
		}
		if v.Reason != "" {
			say(out(cmd), "    "+s.w.Definition.Rejected(v.Reason))
		}
	}
	s.printBreaks(out(cmd), list)
	return nil
}

// checked is a definition that was read, as JSON.
type checked struct {
	Indicator string           `json:"indicator"`
	Version   string           `json:"version"`
	Digest    string           `json:"digest"`
	Years     []api.DryRunLine `json:"years,omitempty"`
}

func (s *shell) checkDefinition(ctx context.Context, cmd *cli.Command) error {
	if cmd.Args().Len() != 1 {
		return errors.New(s.w.Command.NeedArgument("FILE"))
	}
	raw, err := os.ReadFile(cmd.Args().First())
	if err != nil {
		return err
	}
	d, err := indicator.ParseDefinition(raw)
	if err != nil {
		return s.definitionFaults(err)
	}
	answer := checked{Indicator: d.Indicator, Version: d.Version, Digest: d.Digest()}
	if cmd.Bool("try") {
		c, err := configOf(cmd)
		if err != nil {
			return err
		}
		err = with(ctx, c, func(a *app.App) error {
			answer.Years, err = api.AnswerDryRun(s.replayed(ctx), a.Indicators, a.Definitions, d, cmd.String("scope"), s.w)
			return err
		})
		if err != nil {
			return s.said(c.Data, err)
		}
	}
	if cmd.Bool("json") {
		return printJSON(out(cmd), answer)
	}
	say(out(cmd), s.w.Definition.Good(d.Indicator+" "+d.Version, answer.Digest))
	for _, y := range answer.Years {
		line := s.w.Definition.TryLine(y.Year, y.Shown, y.Version)
		if y.Delta != nil {
			line = s.w.Definition.TryLine(y.Year, y.Shown+"  "+s.w.SignedDecimal(*y.Delta, y.Scale), y.Version)
		}
		if !y.Counts {
			line += "  " + s.w.Definition.TryLineNot
		}
		say(out(cmd), line)
	}
	return nil
}

// replayed draws a bar while records are replayed for a definition whose rows the
// tables do not keep.
func (s *shell) replayed(ctx context.Context) context.Context {
	if bar := s.progress(s.w.Definition.Replay); bar != nil {
		return projections.Told(ctx, bar)
	}
	return ctx
}

// definitionFaults says every fault of a definition, one a line, with its field.
func (s *shell) definitionFaults(err error) error {
	var many domain.Refusals
	var one *domain.Refusal
	switch {
	case errors.As(err, &many):
	case errors.As(err, &one):
		many = domain.Refusals{one}
	default:
		return err
	}
	lines := make([]string, len(many))
	for i, r := range many {
		if lines[i] = s.w.Refusal(r.Key, r.Field, r.Args); r.Field != "" {
			lines[i] = r.Field + ": " + lines[i]
		}
	}
	return errors.New(strings.Join(lines, "\n"))
}
