package main

import (
	"context"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/urfave/cli/v3"

	"ayumi/domain"
)

func (s *shell) config() *cli.Command {
	return &cli.Command{
		Name: "config", Usage: s.w.Command.Config, Flags: append(s.serveFlags(), s.jsonFlag()),
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
