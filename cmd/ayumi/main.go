// Ayumi keeps the records of a relocation and job consultation corner: every
// interaction as an event, every published figure with what stood behind it.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/urfave/cli/v3"

	"ayumi/infra/web/locale"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := command(language(os.Args, os.Getenv)).Run(ctx, os.Args)
	stop()
	var code exit
	switch {
	case errors.As(err, &code):
		os.Exit(int(code))
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// language is chosen before anything else is read, since help speaks it too.
func language(args []string, env func(string) string) *locale.Words {
	choice := env("AYUMI_LANG")
	if choice == "" {
		choice = env("LANG")
	}
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, "--lang="); ok {
			choice = v
		} else if a == "--lang" && i+1 < len(args) {
			choice = args[i+1]
		}
	}
	if strings.HasPrefix(choice, "ja") {
		return locale.In(locale.Japanese)
	}
	return locale.In(locale.English)
}

// shell is what every subcommand shares.
type shell struct {
	w *locale.Words
}

func command(w *locale.Words) *cli.Command {
	s := &shell{w: w}
	return &cli.Command{
		Name: "ayumi", Usage: w.Command.Ayumi, EnableShellCompletion: true, Suggest: true, Metadata: map[string]any{"shell": s},
		Flags: []cli.Flag{&cli.StringFlag{Name: "lang", Usage: w.Command.FlagLanguage, Sources: cli.EnvVars("AYUMI_LANG")}},
		Commands: []*cli.Command{
			s.serve(), s.demo(), s.scenario(), s.figure(), s.explain(), s.definition(), s.export(), s.imports(), s.register(),
			s.reconcile(), s.period(), s.audit(), s.rights(), s.volumes(), s.sheet(), s.journey(), s.seal(), s.bundle(),
			s.verify(), s.accessLog(), s.witness(), s.receipt(),
			s.rebuild(), s.check(), s.migrate(), s.share(), s.backup(), s.restore(), s.bus(), s.cluster(), s.keys(),
			s.tls(), s.signIn(), s.erasure(), s.checkpoint(), s.schema(), s.webhooks(), s.ready(), s.config(), s.version(),
		},
	}
}
