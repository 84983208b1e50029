package main

import (
	"context"
	"errors"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/domain/office"
	"ayumi/domain/viewing"
	"ayumi/infra/web/locale"
)

func (s *shell) erasure() *cli.Command {
	k := s.w.KeyCommand
	order := append(s.dataFlags(),
		&cli.StringFlag{Name: "as", Usage: k.FlagAs}, &cli.StringFlag{Name: "ground", Usage: k.FlagGround},
		&cli.StringFlag{Name: "rights", Usage: k.FlagRights}, &cli.StringFlag{Name: "volume", Usage: k.FlagV})
	return &cli.Command{Name: "erasure", Usage: k.Erasure, Commands: []*cli.Command{
		{Name: "list", Usage: k.List, Flags: s.dataFlags(), Action: s.onApp(s.listErasures)},
		{Name: "show", Usage: k.Show, ArgsUsage: "P-00001", Flags: append(s.dataFlags(), s.jsonFlag()), Action: s.onPerson("erasure show", s.showErasure)},
		{Name: "preview", Usage: k.Preview, ArgsUsage: "P-00001", Flags: append(s.dataFlags(), s.jsonFlag()), Action: s.onPerson("erasure preview", s.previewErasure)},
		{Name: "order", Usage: k.Order, ArgsUsage: "P-00001", Flags: order, Action: s.onPerson("erasure order", s.orderErasure)},
	}}
}

func (s *shell) onApp(do func(ctx context.Context, cmd *cli.Command, a *app.App) error) cli.ActionFunc {
	return func(ctx context.Context, cmd *cli.Command) error {
		c, err := configOf(cmd)
		if err != nil {
			return err
		}
		return s.said(c.Data, with(ctx, c, func(a *app.App) error { return do(ctx, cmd, a) }))
	}
}

// onPerson finds the person by the number that is printed everywhere. That somebody
// looks at the person is in the access log first.
func (s *shell) onPerson(command string, do func(ctx context.Context, cmd *cli.Command, a *app.App, id string) error) cli.ActionFunc {
	return s.onApp(func(ctx context.Context, cmd *cli.Command, a *app.App) error {
		number := cmd.Args().First()
		n, err := strconv.Atoi(strings.TrimPrefix(number, "P-"))
		if err != nil {
			return errors.New(s.w.Command.NeedArgument("P-00001"))
		}
		found, err := a.Journeys.Numbered(ctx, n)
		if err != nil {
			return errors.New(s.w.Command.NoPerson(number))
		}
		if err := s.looked(ctx, a, command, viewing.Entry{Reason: "erasure", Subject: found.ID}); err != nil {
			return err
		}
		return do(ctx, cmd, a, found.ID)
	})
}

func (s *shell) listErasures(ctx context.Context, cmd *cli.Command, a *app.App) error {
	if err := s.looked(ctx, a, "erasure list", viewing.Entry{Reason: "erasure"}); err != nil {
		return err
	}
	list, err := a.Erased(ctx)
	if err != nil {
		return err
	}
	for _, e := range list {
		say(out(cmd), e.Number+"  "+s.w.Erasure.Mark(locale.RecordNumber(e.Decision), s.w.PlainDate(max(e.ErasedOn, e.OrderedOn)))+"  "+s.w.Code("ground", e.Ordered.Ground))
	}
	if len(list) == 0 {
		say(out(cmd), s.w.Erasure.None)
	}
	return nil
}

// showErasure prints the steps and what the certificate states.
func (s *shell) showErasure(ctx context.Context, cmd *cli.Command, a *app.App, id string) error {
	e, ordered, err := a.Office.ErasureOf(ctx, id)
	if err != nil {
		return err
	}
	if !ordered {
		return errors.New(s.w.KeyCommand.NotErased(cmd.Args().First()))
	}
	if cmd.Bool("json") {
		return printJSON(out(cmd), e)
	}
	w, to := s.w.Erasure, out(cmd)
	reached := office.StepOrdered
	if e.ErasedOn != 0 {
		reached = office.StepErased
	}
	when := w.FinalStepDue(s.w.PlainDate(e.Done.BackupsClearOn))
	if on, _, gone, err := a.EpochRetired(ctx, e.Done.Epoch); err != nil {
		return err
	} else if gone {
		reached, when = office.StepFinal, w.FinalStepDone(s.w.PlainDate(on))
	}
	mark := w.Done
	for _, step := range office.ErasureSteps() {
		at := ""
		if step == office.StepFinal && e.ErasedOn != 0 {
			at = when
		}
		say(to, strings.TrimRight(s.w.KeyCommand.Step(mark, w.Steps[step], at), " 　"))
		if step == reached {
			mark = w.Waiting
		}
	}
	for _, line := range [][2]string{
		{w.Decision, locale.RecordNumber(e.Decision)}, {w.Ground, s.w.Code("ground", e.Ordered.Ground)}, {w.OrderedOn, s.w.PlainDate(e.OrderedOn)},
		{w.FiguresCounted, s.w.Number(e.Ordered.FiguresChecked)}, {w.Preimage, e.Ordered.Preview}, {w.Sections, s.w.Number(e.Done.Sections)},
		{w.KeyCommitment, e.Done.KeyCommitment}, {w.Epoch, s.w.Number(e.Done.Epoch)}, {w.LimitHeading, w.Limits},
	} {
		say(to, "  "+line[0]+": "+line[1])
	}
	return nil
}

func (s *shell) previewErasure(ctx context.Context, cmd *cli.Command, a *app.App, id string) error {
	list, err := a.Office.FiguresCounting(ctx, id, a.Config.Now())
	if err != nil {
		return err
	}
	if cmd.Bool("json") {
		return printJSON(out(cmd), list)
	}
	for _, c := range list {
		what := c.Indicator
		if c.Figure != "" {
			what += " " + s.w.Erasure.Edition(c.Edition)
		}
		say(out(cmd), s.w.KeyCommand.Figure(what, c.Scope, c.Period.From.String()+".."+c.Period.To.String(), c.Before, c.Members))
	}
	say(out(cmd), s.w.Erasure.Checked(len(list)))
	say(out(cmd), s.w.Erasure.Final(s.w.PlainDate(a.FinalOn())))
	return nil
}

// orderErasure signs in as everybody else does, orders, and waits for the end.
func (s *shell) orderErasure(ctx context.Context, cmd *cli.Command, a *app.App, id string) error {
	password := os.Getenv("AYUMI_PASSWORD")
	if password == "" {
		return errors.New(s.w.Command.NeedPassword)
	}
	account, _, err := a.SignIn.SignIn(ctx, cmd.String("as"), password, "command line")
	if err != nil {
		return err
	}
	if account == "" {
		return errors.New(s.w.KeyCommand.WrongPassword)
	}
	if err := a.OrderErasure(ctx, account, id, cmd.String("ground"), cmd.String("rights"), cmd.String("volume")); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	for {
		e, _, err := a.Office.ErasureOf(ctx, id)
		if err != nil {
			return err
		}
		if e.ErasedOn != 0 {
			return s.showErasure(ctx, cmd, a, id)
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
