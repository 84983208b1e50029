package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v3"
	"golang.org/x/mod/sumdb/note"

	"ayumi/cmd/app"
	"ayumi/domain/ledger"
	"ayumi/infra/ledgerfile"
)

func (s *shell) witness() *cli.Command {
	w := s.w.Witness
	return &cli.Command{Name: "witness", Usage: w.Command, Commands: []*cli.Command{
		{Name: "keys", Usage: w.Keys, Flags: append(s.dataFlags(), &cli.StringFlag{Name: "public-url", Usage: s.w.Command.FlagPublicURL, Sources: cli.EnvVars("AYUMI_PUBLIC_URL")}), Action: s.witnessed(s.witnessKeys)},
		{Name: "ask", Usage: w.Ask, Flags: append(s.dataFlags(), &cli.StringFlag{Name: "out", Usage: w.FlagOut}), Action: s.witnessed(s.askWitnesses)},
		{Name: "state", Usage: w.State, Flags: s.dataFlags(), Action: s.witnessed(s.witnessState)},
		{Name: "serve", Usage: w.Serve, Flags: s.serveFlags(), Action: s.witnessed(s.serveWitness)},
	}}
}

// witnessed says in words what is wrong with a policy.
func (s *shell) witnessed(do func(context.Context, *cli.Command, app.Config) error) cli.ActionFunc {
	return func(ctx context.Context, cmd *cli.Command) error {
		c, err := configOf(cmd)
		if err != nil {
			return err
		}
		err = do(ctx, cmd, c)
		var fault ledger.PolicyFault
		if errors.As(err, &fault) {
			return errors.New(s.w.Witness.BadPolicy(c.WitnessPolicy, fault.Line))
		}
		return s.said(c.Data, err)
	}
}

// witnessKeys prints what another installation writes into its policy.
func (s *shell) witnessKeys(ctx context.Context, cmd *cli.Command, c app.Config) error {
	w, err := app.OpenWitness(c)
	if err != nil {
		return err
	}
	l, err := app.OpenLedger(ctx, c, nil)
	if err != nil {
		return err
	}
	defer l.Close()
	return l.Sealing(ctx, func(sealer *ledgerfile.Sealer, _ note.Verifier) error {
		say(out(cmd), "# "+s.w.Witness.LogKey)
		say(out(cmd), "log "+sealer.Status().Key)
		access, err := ledgerfile.KeyUnder(sealer.Status().Key, app.AccessOrigin(l.Origin))
		if err != nil {
			return err
		}
		say(out(cmd), "# "+s.w.Standing.Trees["access"])
		say(out(cmd), "log "+access)
		say(out(cmd), "# "+s.w.Witness.WitnessKey)
		say(out(cmd), "witness "+w.Key()+" "+strings.TrimSuffix(cmd.String("public-url"), "/")+app.WitnessPrefix)
		return nil
	})
}

func (s *shell) askWitnesses(ctx context.Context, cmd *cli.Command, c app.Config) error {
	if c.WitnessPolicy == "" {
		return errors.New(s.w.Witness.NoPolicy)
	}
	l, err := app.OpenLedger(ctx, c, nil)
	if err != nil {
		return err
	}
	defer l.Close()
	signed, n, policy, err := l.AskWitnesses(ctx)
	if err != nil {
		return err
	}
	head, err := ledger.HeadOf(signed)
	if err != nil {
		return err
	}
	if name := cmd.String("out"); name != "" {
		if err := os.WriteFile(name, signed, 0o644); err != nil {
			return err
		}
	}
	say(out(cmd), s.w.Witness.Asked(n, policy.Quorum, int(head.N)))
	return nil
}

func (s *shell) witnessState(_ context.Context, cmd *cli.Command, c app.Config) error {
	w, err := app.OpenWitness(c)
	if err != nil {
		return err
	}
	trees, err := w.Trees()
	for _, name := range slices.Sorted(maps.Keys(trees)) {
		say(out(cmd), s.w.Witness.Signed(name, int(trees[name].N)))
	}
	return err
}

// serveWitness runs a witness without an office.
func (s *shell) serveWitness(ctx context.Context, cmd *cli.Command, c app.Config) error {
	w, err := app.OpenWitness(c)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", cmd.String("listen"))
	if err != nil {
		return fmt.Errorf("option listen: %w", err)
	}
	say(out(cmd), s.w.Witness.Listening+" http://"+l.Addr().String()+app.WitnessPrefix)
	server := &http.Server{Handler: app.WitnessHandler(w), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: c.ReadTimeout, WriteTimeout: time.Minute, MaxHeaderBytes: 16 << 10}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
