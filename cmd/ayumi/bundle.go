package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/domain/japan"
	"ayumi/domain/proof"
	"ayumi/domain/receipt"
	"ayumi/domain/viewing"
)

func (s *shell) bundle() *cli.Command {
	w := s.w.Sealing
	return &cli.Command{
		Name: "bundle", Usage: w.Bundle, Action: s.runBundle,
		Flags: append(s.dataFlags(), s.yearFlag(),
			&cli.StringFlag{Name: "edition", Usage: w.FlagEdition, Value: proof.Audit},
			&cli.StringFlag{Name: "out", Usage: w.FlagOut}),
	}
}

// runBundle writes the file beside its name; it gets the name when the access log
// has it.
func (s *shell) runBundle(ctx context.Context, cmd *cli.Command) error {
	edition := cmd.String("edition")
	if edition != proof.Audit && edition != proof.Public {
		return fmt.Errorf("option edition: %s", s.w.Sealing.FlagEdition)
	}
	path := cmd.String("out")
	if path == "" {
		path = fmt.Sprintf("FY%d.figures.zip", cmd.Int("fy"))
	}
	return s.onData(ctx, cmd, func(a *app.App) (err error) {
		f, err := os.OpenFile(path+".part", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		digest := sha256.New()
		err = a.Bundle(ctx, japan.FiscalYear(cmd.Int("fy")), edition, io.MultiWriter(f, digest))
		if err == nil {
			err = s.looked(ctx, a, "bundle", viewing.Entry{Reason: "bundle." + edition, Digest: "sha256:" + hex.EncodeToString(digest.Sum(nil))})
		}
		info, bad := f.Stat()
		if err = errors.Join(err, bad, f.Sync(), f.Close()); err != nil {
			return errors.Join(err, os.Remove(path+".part"))
		}
		if err := os.Rename(path+".part", path); err != nil {
			return err
		}
		say(out(cmd), s.w.Sealing.Written(path, int(info.Size())))
		return nil
	})
}

// exit is an outcome that is no fault: the program ends with its number.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit %d", int(e)) }

func (s *shell) verify() *cli.Command {
	w := s.w.Sealing
	return &cli.Command{
		Name: "verify", Usage: w.Verify, ArgsUsage: "BUNDLE…", Action: s.runVerify,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "keys", Usage: w.FlagKeys, Sources: cli.EnvVars("AYUMI_KEYS")},
			&cli.StringFlag{Name: "held", Usage: w.FlagHeld},
			&cli.StringSliceFlag{Name: "proof", Usage: s.w.Receipts.FlagVerifyProof},
			&cli.StringFlag{Name: "leaf", Usage: s.w.Receipts.FlagLeaf}, s.jsonFlag(),
		},
	}
}

func (s *shell) runVerify(_ context.Context, cmd *cli.Command) error {
	files := append(cmd.Args().Slice(), cmd.StringSlice("proof")...)
	if len(files) == 0 {
		return errors.New(s.w.Command.NeedArgument("BUNDLE"))
	}
	v := &proof.Verifier{}
	if leaf := cmd.String("leaf"); leaf != "" {
		var err error
		if v.Leaf, err = receipt.ParseFingerprint(leaf); err != nil {
			return fmt.Errorf("option leaf: %s", s.w.Receipts.FlagLeaf)
		}
	}
	if bar := s.progress(s.w.Sealing.Verify); bar != nil {
		v.Progress = func(done, total int64) { bar(int(done), int(total)) }
	}
	if err := trustFrom(v, cmd.String("keys"), cmd.String("held")); err != nil {
		return err
	}
	worst := proof.Verified
	for i, path := range files {
		v.Last = i == len(files)-1
		r, err := verifyFile(v, path)
		if err != nil {
			return err
		}
		worst = proof.Worse(worst, r.Exit())
		if cmd.Bool("json") {
			err = printJSON(out(cmd), r)
		} else {
			err = r.Print(out(cmd), string(s.w.Language))
		}
		if err != nil {
			return err
		}
	}
	if worst != proof.Verified {
		return exit(worst)
	}
	return nil
}

func trustFrom(v *proof.Verifier, keys, held string) error {
	if keys != "" {
		text, err := os.ReadFile(keys)
		if err != nil {
			return err
		}
		if v.Trust, err = proof.ParseTrust(string(text)); err != nil {
			return fmt.Errorf("%s: %w", keys, err)
		}
	}
	if held == "" {
		return nil
	}
	text, err := os.ReadFile(held)
	if err != nil {
		return err
	}
	return v.Hold(text)
}

func verifyFile(v *proof.Verifier, path string) (*proof.Report, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return v.Verify(f, info.Size()), nil
}
