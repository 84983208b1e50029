package main

import (
	"context"
	"errors"
	"os"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/domain/scenario"
)

func (s *shell) scenario() *cli.Command {
	c := s.w.Command
	return &cli.Command{
		Name: "scenario", Usage: c.Scenario,
		Commands: []*cli.Command{
			{Name: "run", Usage: c.ScenarioRun, ArgsUsage: "FILE.jsonl", Flags: s.dataFlags(), Action: s.runScenario},
			{Name: "check", Usage: c.ScenarioCheck, ArgsUsage: "FILE.jsonl", Flags: []cli.Flag{s.jsonFlag()}, Action: s.checkScenario},
			{Name: "export", Usage: c.ScenarioExport, Flags: s.dataFlags(), Action: s.exportScenario},
		},
	}
}

// lines reads the scenario file; "-" is standard input.
func (s *shell) lines(cmd *cli.Command) ([]scenario.Line, error) {
	name := cmd.Args().First()
	if name == "" {
		return nil, errors.New(s.w.Command.NeedArgument("FILE.jsonl"))
	}
	if name == "-" {
		return scenario.Parse(os.Stdin)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return scenario.Parse(f)
}

func (s *shell) runScenario(ctx context.Context, cmd *cli.Command) error {
	config, err := configOf(cmd)
	if err != nil {
		return err
	}
	lines, err := s.lines(cmd)
	if err != nil {
		return s.faults(cmd, len(lines), err)
	}
	bar := s.progress(s.w.Command.Building)
	return s.said(config.Data, app.RunScenario(ctx, config, lines, bar))
}

func (s *shell) checkScenario(ctx context.Context, cmd *cli.Command) error {
	lines, err := s.lines(cmd)
	if err != nil {
		return s.faults(cmd, len(lines), err)
	}
	bad, err := app.CheckScenario(ctx, lines)
	if err == nil && len(bad) > 0 {
		err = bad
	}
	return s.faults(cmd, len(lines), err)
}

// faults prints every bad line, or that there is none.
func (s *shell) faults(cmd *cli.Command, lines int, err error) error {
	var bad scenario.Faults
	if err != nil && !errors.As(err, &bad) {
		return s.said("", err)
	}
	if cmd.Bool("json") {
		if err := printJSON(out(cmd), map[string]any{"lines": lines, "faults": append(scenario.Faults{}, bad...)}); err != nil {
			return err
		}
	} else if len(bad) == 0 {
		say(out(cmd), s.w.Command.ScenarioGood(lines))
	}
	for _, f := range bad {
		if !cmd.Bool("json") {
			say(out(cmd), s.badLine(f))
		}
	}
	if len(bad) > 0 {
		return errors.New(s.w.Command.ScenarioBad(len(bad)))
	}
	return nil
}

func (s *shell) exportScenario(ctx context.Context, cmd *cli.Command) error {
	config, err := configOf(cmd)
	if err != nil {
		return err
	}
	return s.said(config.Data, app.ExportScenario(ctx, config, out(cmd)))
}
