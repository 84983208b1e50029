package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/domain/receipt"
	"ayumi/domain/viewing"
	"ayumi/infra/api"
)

func (s *shell) receipt() *cli.Command {
	w := s.w.Receipts
	return &cli.Command{
		Name: "receipt", Usage: w.Command, ArgsUsage: "CODE", Action: s.runReceipt,
		Flags: append(s.askFlags(), &cli.StringFlag{Name: "for", Usage: w.FlagFor},
			&cli.StringFlag{Name: "proof", Usage: w.FlagProof}),
	}
}

func (s *shell) runReceipt(ctx context.Context, cmd *cli.Command) error {
	if what := cmd.String("for"); what != "" {
		return s.makeReceipt(ctx, cmd, what)
	}
	if cmd.Args().Len() == 0 {
		return errors.New(s.w.Receipts.NoCode)
	}
	answer, err := s.askReceipt(ctx, cmd, strings.Join(cmd.Args().Slice(), " "))
	if err != nil {
		return err
	}
	if path := cmd.String("proof"); path != "" {
		if answer.Proof == "" {
			return errors.New(cmp.Or(map[bool]string{true: s.w.Receipts.Fork}[answer.Fork], s.w.Receipts.Waiting))
		}
		if err := os.WriteFile(path, []byte(answer.Proof), 0o600); err != nil {
			return err
		}
	}
	if cmd.Bool("json") {
		return printJSON(out(cmd), answer)
	}
	s.printReceipt(out(cmd), answer)
	return nil
}

func (s *shell) askReceipt(ctx context.Context, cmd *cli.Command, code string) (answer api.ReceiptAnswer, err error) {
	if cmd.String("server") != "" {
		return answer, s.get(ctx, cmd, "/receipts/"+url.PathEscape(code), &answer)
	}
	c, err := configOf(cmd)
	if err != nil {
		return answer, err
	}
	err = with(ctx, c, func(a *app.App) error {
		if _, err := a.Sealer.Checkpoint(ctx); err != nil {
			return err
		}
		found, err := a.Receipts().Ask(ctx, code, "")
		answer = api.LayReceipt(s.w, found, a.Scenario)
		return err
	})
	return answer, s.said(c.Data, err)
}

// makeReceipt tells the code of a record.
func (s *shell) makeReceipt(ctx context.Context, cmd *cli.Command, what string) error {
	slip, err := s.askSlip(ctx, cmd, strings.TrimPrefix(what, "#"))
	if err != nil {
		return err
	}
	if cmd.Bool("json") {
		return printJSON(out(cmd), slip)
	}
	w, to := s.w.Receipts, out(cmd)
	say(to, slip.Code)
	say(to, fmt.Sprintf("#%d  %s  %s  %s", slip.Position, slip.From, s.w.Code("desk", slip.Desk), w.Kinds[slip.Kind]))
	say(to, w.Fingerprint+"  "+slip.Fingerprint)
	if slip.Sample {
		say(to, s.w.Command.Sample)
	}
	return nil
}

func (s *shell) askSlip(ctx context.Context, cmd *cli.Command, what string) (slip api.ReceiptSlip, err error) {
	if cmd.String("server") != "" {
		return slip, s.get(ctx, cmd, "/events/"+url.PathEscape(what)+"/receipt", &slip)
	}
	c, err := configOf(cmd)
	if err != nil {
		return slip, err
	}
	err = with(ctx, c, func(a *app.App) error {
		position, err := s.positionOf(ctx, a, what)
		if err != nil {
			return err
		}
		if err := s.looked(ctx, a, "receipt", viewing.Entry{Reason: "receipt", Subject: "record-" + strconv.FormatUint(position, 10)}); err != nil {
			return err
		}
		made, err := a.Receipts().Slip(ctx, position)
		slip = api.LaySlip(made, a.Scenario)
		return err
	})
	return slip, s.said(c.Data, err)
}

// positionOf answers the position of a record: its number is one, else it is the id
// of the event.
func (s *shell) positionOf(ctx context.Context, a *app.App, what string) (uint64, error) {
	if n, err := strconv.ParseUint(what, 10, 64); err == nil {
		return n, nil
	}
	id, err := uuid.Parse(what)
	if err != nil {
		return 0, errors.New(s.w.Receipts.FlagFor)
	}
	for rec, err := range a.Store.All(ctx, 0) {
		if err != nil || rec.ID == id {
			return rec.Position, err
		}
	}
	return 0, errors.New(s.w.Refusal("receipt.none", "", nil))
}

func (s *shell) printReceipt(to io.Writer, r api.ReceiptAnswer) {
	w := s.w.Receipts
	mark := map[string]string{receipt.StateCounted: "✓", receipt.StateLost: "✗"}[r.State]
	say(to, cmp.Or(mark, "!")+" "+w.States[r.State]+"  "+r.Text)
	if r.Why != "" {
		say(to, "  "+r.Why)
	}
	if r.From != "" {
		say(to, fmt.Sprintf("  %s  %s  %s", r.From, s.w.Code("desk", r.Desk), w.Kinds[r.Kind]))
	}
	for _, f := range r.Figures {
		line := fmt.Sprintf("  %-3s %s @%s FY%d", f.Indicator, f.Name, f.Scope, f.Year)
		for _, p := range f.Published {
			line += "  " + w.Publication(p.Number, s.w.Code("figure_status", p.Status), p.On)
			switch {
			case !p.Counted:
				line += " " + w.LeftOut
			case !f.Counted:
				line += " " + w.CountedSince
			}
		}
		if len(f.Published) == 0 {
			line += "  " + w.NotPublished
		}
		say(to, line)
	}
	switch {
	case r.Proof != "":
		say(to, "  "+w.Under(int(r.Under))+"  "+w.Fingerprint+" "+r.Fingerprint)
	case r.Fork:
		say(to, "  "+w.Fork)
	case r.State != receipt.StateLost:
		say(to, "  "+w.Waiting)
	}
	if r.Sample {
		say(to, s.w.Command.Sample)
	}
}
