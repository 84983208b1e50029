package main

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"github.com/urfave/cli/v3"

	"ayumi/domain"
	"ayumi/domain/probe"
)

func (s *shell) config() *cli.Command {
	return &cli.Command{
		Name: "config", Usage: s.w.Command.Config, Flags: append(s.serveFlags(), s.jsonFlag()),
		Commands: []*cli.Command{{Name: "check", Usage: s.w.Probing.Check, Flags: append(s.serveFlags(), s.jsonFlag()), Action: s.probe}},
		Action: func(_ context.Context, cmd *cli.Command) error {
			c, err := configOf(cmd)
			if cmd.Bool("json") {
				if jsonErr := printJSON(out(cmd), c.Settings()); jsonErr != nil {
					return jsonErr
				}
				return err
			}
			for _, o := range c.Settings() {
				say(out(cmd), fmt.Sprintf("%-14s %-22s %s", o.Name, o.Env, o.Value))
			}
			if err != nil {
				return err
			}
			terms, err := c.Terms()
			if err != nil {
				return err
			}
			for line := range strings.Lines(domain.FormatTerms(terms)) {
				say(out(cmd), "  "+strings.TrimSpace(line))
			}
			say(out(cmd), s.w.Command.ConfigGood)
			return nil
		},
	}
}

// probe tries what is configured and says what is missing.
func (s *shell) probe(ctx context.Context, cmd *cli.Command) error {
	p := s.w.Probing
	c, err := configOf(cmd)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exit(2)
	}
	list := c.Probe(ctx)
	worst := probe.Worst(list)
	if cmd.Bool("json") {
		if err := printJSON(out(cmd), list); err != nil {
			return err
		}
	} else {
		for _, f := range list {
			mark := map[string]string{probe.Good: "✓", probe.Warning: "!", probe.Missing: "✗"}[f.Level]
			say(out(cmd), mark+" "+p.Finding(f.Probe, f.Why, f.Args))
		}
		say(out(cmd), p.Sum[[]string{probe.Good, probe.Warning, probe.Missing}[worst]])
	}
	if worst > 0 {
		return exit(worst)
	}
	return nil
}

func (s *shell) version() *cli.Command {
	return &cli.Command{
		Name: "version", Usage: s.w.Command.Version, Flags: []cli.Flag{s.jsonFlag()},
		Action: func(_ context.Context, cmd *cli.Command) error {
			v := map[string]string{"version": "unknown", "go": ""}
			if info, ok := debug.ReadBuildInfo(); ok {
				v["version"], v["go"] = info.Main.Version, info.GoVersion
				for _, set := range info.Settings {
					if set.Key == "vcs.revision" {
						v["revision"] = set.Value
					}
				}
			}
			if cmd.Bool("json") {
				return printJSON(out(cmd), v)
			}
			say(out(cmd), fmt.Sprintf("ayumi %s %s %s", v["version"], v["revision"], v["go"]))
			return nil
		},
	}
}
