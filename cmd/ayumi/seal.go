package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/urfave/cli/v3"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/term"

	"ayumi/cmd/app"
	"ayumi/domain/japan"
	"ayumi/domain/ledger"
	"ayumi/infra/sealkey"
)

// seal is the way of a figure to the officer and back: ask on the server, sign on
// another machine, enter on the server.
func (s *shell) seal() *cli.Command {
	w := s.w.Sealing
	passphrase := &cli.StringFlag{Name: "passphrase-file", Usage: w.FlagPassphrase, Sources: cli.EnvVars("AYUMI_SEAL_PASSPHRASE_FILE")}
	out := &cli.StringFlag{Name: "out", Usage: w.FlagOut, Required: true}
	return &cli.Command{Name: "seal", Usage: w.Seal, Commands: []*cli.Command{
		{Name: "key", Usage: w.Key, Action: s.sealKey, Flags: []cli.Flag{out, passphrase, &cli.StringFlag{Name: "origin", Usage: w.FlagOrigin, Required: true}}},
		{Name: "trust", Usage: w.Trust, ArgsUsage: "KEY", Action: s.sealTrust, Flags: s.dataFlags()},
		{Name: "ask", Usage: w.Ask, Action: s.sealAsk, Flags: append(s.dataFlags(), out, s.yearFlag())},
		{Name: "sign", Usage: w.Sign, ArgsUsage: "FILE", Action: s.sealSign, Flags: []cli.Flag{out, passphrase, &cli.StringFlag{Name: "key", Usage: w.FlagKey, Required: true}}},
		{Name: "enter", Usage: w.Enter, ArgsUsage: "FILE", Action: s.sealEnter, Flags: s.dataFlags()},
		{Name: "keys", Usage: w.Keys, Action: s.sealKeys, Flags: append(s.dataFlags(), out)},
	}}
}

func (s *shell) yearFlag() cli.Flag {
	return &cli.IntFlag{Name: "fy", Usage: s.w.Sealing.FlagYear, Required: true}
}

// sealing turns what ends a sealing into a sentence.
func (s *shell) sealing(dir string, err error) error {
	w := s.w.Sealing
	for fault, text := range map[error]string{
		sealkey.ErrPassphrase: w.Wrong, sealkey.ErrExists: w.Exists, app.ErrNoFigureKey: w.NoKey,
		app.ErrNothingToSeal: w.Nothing, app.ErrNotSealed: w.NotSealed, app.ErrSealRefused: w.Refused,
	} {
		if errors.Is(err, fault) {
			return errors.New(text)
		}
	}
	return s.said(dir, err)
}

// passphrase comes from a file, else it is asked for.
func (s *shell) passphrase(cmd *cli.Command) (string, error) {
	if path := cmd.String("passphrase-file"); path != "" {
		raw, err := os.ReadFile(path)
		for len(raw) > 0 && (raw[len(raw)-1] == '\n' || raw[len(raw)-1] == '\r') {
			raw = raw[:len(raw)-1]
		}
		return string(raw), err
	}
	fmt.Fprint(os.Stderr, s.w.Sealing.Passphrase)
	raw, err := term.ReadPassword(int(os.Stdin.Fd()))
	fmt.Fprintln(os.Stderr)
	return string(raw), err
}

func (s *shell) sealKey(_ context.Context, cmd *cli.Command) error {
	phrase, err := s.passphrase(cmd)
	if err != nil {
		return err
	}
	public, err := sealkey.Make(cmd.String("out"), cmd.String("origin"), phrase)
	if err != nil {
		return s.sealing("", err)
	}
	say(out(cmd), s.w.Sealing.Public(public))
	return nil
}

func (s *shell) sealTrust(ctx context.Context, cmd *cli.Command) error {
	key := cmd.Args().First()
	if key == "" {
		return errors.New(s.w.Command.NeedArgument("KEY"))
	}
	return s.onData(ctx, cmd, func(a *app.App) error { return a.SetFigureKey(ctx, key) })
}

// onData runs something on a data directory.
func (s *shell) onData(ctx context.Context, cmd *cli.Command, do func(*app.App) error) error {
	c, err := configOf(cmd)
	if err != nil {
		return err
	}
	return s.sealing(c.Data, with(ctx, c, do))
}

func (s *shell) sealAsk(ctx context.Context, cmd *cli.Command) error {
	var q *app.SealRequest
	err := s.onData(ctx, cmd, func(a *app.App) (err error) {
		q, err = a.AskSeals(ctx, japan.FiscalYear(cmd.Int("fy")))
		return err
	})
	if err != nil {
		return err
	}
	say(out(cmd), s.w.Sealing.Asked(len(q.Seals)))
	return writeJSON(cmd.String("out"), q)
}

func writeJSON(path string, v any) error {
	raw, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(raw, '\n'), 0o600)
}

func readRequest(cmd *cli.Command, need string) (*app.SealRequest, error) {
	path := cmd.Args().First()
	if path == "" {
		return nil, errors.New(need)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	q := &app.SealRequest{}
	return q, json.Unmarshal(raw, q)
}

// sealSign signs on the officer's machine. Everything that is signed is shown.
func (s *shell) sealSign(_ context.Context, cmd *cli.Command) error {
	q, err := readRequest(cmd, s.w.Command.NeedArgument("FILE"))
	if err != nil {
		return err
	}
	phrase, err := s.passphrase(cmd)
	if err != nil {
		return err
	}
	key, err := sealkey.Open(cmd.String("key"), phrase)
	if err != nil {
		return s.sealing("", err)
	}
	previous := ""
	for i := range q.Seals {
		line := &q.Seals[i]
		seal, err := ledger.ParseSeal(line.Text)
		if err != nil || seal.Origin != q.Origin {
			return s.sealing("", app.ErrSealRefused)
		}
		if previous != "" { // each names the one before, which is signed only now
			seal.Previous = previous
		}
		line.Text = seal.Text()
		signed, err := note.Sign(&note.Note{Text: line.Text}, key)
		if err != nil {
			return err
		}
		line.Note, previous = string(signed), ledger.SumOf(signed)
		say(out(cmd), line.Text)
	}
	say(out(cmd), s.w.Sealing.Signed(len(q.Seals)))
	return writeJSON(cmd.String("out"), q)
}

func (s *shell) sealEnter(ctx context.Context, cmd *cli.Command) error {
	q, err := readRequest(cmd, s.w.Command.NeedArgument("FILE"))
	if err != nil {
		return err
	}
	n := 0
	err = s.onData(ctx, cmd, func(a *app.App) (err error) { n, err = a.EnterSeals(ctx, q); return err })
	if err != nil {
		return err
	}
	say(out(cmd), s.w.Sealing.Entered(n))
	return nil
}

func (s *shell) sealKeys(ctx context.Context, cmd *cli.Command) error {
	return s.onData(ctx, cmd, func(a *app.App) error {
		text, err := a.Trust(ctx)
		if err != nil {
			return err
		}
		return os.WriteFile(cmd.String("out"), []byte(text), 0o600)
	})
}
