package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/domain"
	"ayumi/domain/document"
	"ayumi/domain/importing"
	"ayumi/domain/japan"
	"ayumi/domain/viewing"
	"ayumi/infra/web"
)

func (s *shell) imports() *cli.Command {
	w := &s.w.Imports
	as := &cli.StringFlag{Name: "as", Usage: s.w.KeyCommand.FlagAs}
	read := append(s.dataFlags(), as, &cli.StringFlag{Name: "fy", Usage: w.FlagYear}, &cli.StringFlag{Name: "notice", Usage: w.FlagNotice},
		&cli.StringSliceFlag{Name: "default", Usage: w.FlagDefault}, &cli.BoolFlag{Name: "accept", Usage: w.FlagAccept})
	return &cli.Command{Name: "import", Usage: w.Command, Commands: []*cli.Command{
		{Name: "check", Usage: w.CommandCheck, ArgsUsage: "FILE", Flags: read, Action: s.onImport("import check", s.checkLedger)},
		{Name: "run", Usage: w.CommandRun, ArgsUsage: "FILE", Flags: read, Action: s.onImport("import run", s.runLedger)},
		{Name: "undo", Usage: w.CommandUndo, ArgsUsage: "BATCH", Flags: append(s.dataFlags(), as), Action: s.onApp(s.undoLedger)},
	}}
}

// signedIn is whoever gives a name and, in AYUMI_PASSWORD, the password.
func (s *shell) signedIn(ctx context.Context, cmd *cli.Command, a *app.App) (domain.Actor, error) {
	password := os.Getenv("AYUMI_PASSWORD")
	if password == "" {
		return domain.Actor{}, errors.New(s.w.Command.NeedPassword)
	}
	account, _, err := a.SignIn.SignIn(ctx, cmd.String("as"), password, "command line")
	if err != nil {
		return domain.Actor{}, err
	}
	if account == "" {
		return domain.Actor{}, errors.New(s.w.KeyCommand.WrongPassword)
	}
	who, err := a.Office.Who(ctx, account)
	if err == nil && !who.Has(japan.DateOf(time.Now()), domain.Counsellor, domain.Lead) {
		err = domain.Refuse("account.not_allowed")
	}
	return who, err
}

// onImport reads a ledger in the name of whoever signs in. A file that cannot be
// read, and what else is refused, is said in words.
func (s *shell) onImport(command string, do func(ctx context.Context, cmd *cli.Command, a *app.App, who domain.Actor, d *importing.Draft) error) cli.ActionFunc {
	return s.onApp(func(ctx context.Context, cmd *cli.Command, a *app.App) error {
		name := cmd.Args().First()
		if name == "" || cmd.NArg() != 1 {
			return errors.New(s.w.Command.NeedArgument("FILE"))
		}
		raw, err := readUpTo(name, document.MostBytes+1)
		if err != nil {
			return errors.New(s.w.Documents.NoFile(name))
		}
		who, err := s.signedIn(ctx, cmd, a)
		if err != nil {
			return err
		}
		if err := s.looked(ctx, a, command, viewing.Entry{Reason: "import"}); err != nil {
			return err
		}
		d, err := a.Imports.Begin(ctx, who, filepath.Base(name), raw)
		if err != nil {
			return err
		}
		d, err = a.Imports.Change(ctx, who, d.ID, func(d *importing.Draft, _ importing.Table) error { return s.told(cmd, d) })
		if err != nil {
			return err
		}
		return do(ctx, cmd, a, who, d)
	})
}

// told takes what the command line says of all rows.
func (s *shell) told(cmd *cli.Command, d *importing.Draft) error {
	if text := cmd.String("fy"); text != "" {
		year, err := japan.ParseFiscalYear(text)
		if err != nil {
			return domain.RefuseField("period.unreadable", "fy")
		}
		d.Mapping.Year = year
	}
	if text := cmd.String("notice"); text != "" {
		d.Said.NoticeVersion = text
	}
	for _, text := range cmd.StringSlice("default") {
		name, code, _ := strings.Cut(text, "=")
		if f, ok := importing.FieldOf(name); !ok || !f.Has(code) {
			return domain.RefuseField("field.code", name)
		}
		d.Mapping.Defaults[name] = code
	}
	d.Accepted = cmd.Bool("accept")
	return nil
}

// checkLedger says what an import would do, and keeps nothing.
func (s *shell) checkLedger(ctx context.Context, cmd *cli.Command, a *app.App, who domain.Actor, d *importing.Draft) error {
	plan, err := s.printPlan(ctx, cmd, a, who, d)
	if err := errors.Join(err, a.Imports.Discard(ctx, who, d.ID)); err != nil {
		return err
	}
	return importing.UsualBounds.Stops(plan, d.Accepted)
}

// printPlan names every row that would be refused, without anybody's words but the
// number of the row and what is wrong.
func (s *shell) printPlan(ctx context.Context, cmd *cli.Command, a *app.App, who domain.Actor, d *importing.Draft) (*importing.Plan, error) {
	if err := s.peopleReady(ctx, a); err != nil {
		return nil, err
	}
	_, _, plan, err := a.Imports.Look(ctx, who, d.ID)
	if err != nil {
		return nil, err
	}
	w := &s.w.Imports
	good, bad, _, waiting := plan.Count()
	say(out(cmd), w.Good+w.Colon+strconv.Itoa(good))
	say(out(cmd), w.Bad+w.Colon+strconv.Itoa(bad))
	say(out(cmd), w.Waiting+w.Colon+strconv.Itoa(waiting))
	for i := range plan.Rows {
		if row := &plan.Rows[i]; len(row.Faults) > 0 {
			say(out(cmd), "  "+w.Row+" "+strconv.Itoa(row.No)+w.Colon+strings.Join(web.ImportFaults(s.w, row), " "))
		}
	}
	return plan, nil
}

// peopleReady waits until the search for persons has seen the whole log.
func (s *shell) peopleReady(ctx context.Context, a *app.App) error {
	head, err := a.Store.Head(ctx)
	if err != nil {
		return err
	}
	return a.People.Wait(ctx, head.Position)
}

// runLedger imports the good rows and waits for the end.
func (s *shell) runLedger(ctx context.Context, cmd *cli.Command, a *app.App, who domain.Actor, d *importing.Draft) error {
	plan, err := s.printPlan(ctx, cmd, a, who, d)
	if err != nil {
		return err
	}
	if err := a.Imports.Start(ctx, who, d.ID); err != nil {
		return errors.Join(err, a.Imports.Discard(ctx, who, d.ID))
	}
	good, _, _, _ := plan.Count()
	shown := s.progress(s.w.Imports.Running)
	for going := true; going; {
		wait, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
		going = a.Imports.Wait(wait, d.ID) != nil && ctx.Err() == nil
		cancel()
		now, err := a.Imports.Draft(ctx, who, d.ID)
		if err != nil {
			return err
		}
		d = now
		done, refused := d.Imported()
		if shown != nil {
			shown(done+refused, good)
		}
	}
	done, refused := d.Imported()
	say(out(cmd), s.w.Imports.DoneText(done, refused))
	for i := range plan.Rows {
		if r := d.Results[plan.Rows[i].No].Refused; r != nil {
			say(out(cmd), "  "+s.w.Imports.Row+" "+strconv.Itoa(plan.Rows[i].No)+s.w.Imports.Colon+s.w.Refusal(r.Key, r.Field, r.Args))
		}
	}
	if d.State == importing.Paused {
		say(out(cmd), s.w.Imports.Why[d.Why])
	}
	say(out(cmd), s.w.Imports.Batch+" "+d.ID)
	return nil
}

// undoLedger takes a batch back and waits for the end.
func (s *shell) undoLedger(ctx context.Context, cmd *cli.Command, a *app.App) error {
	id := cmd.Args().First()
	who, err := s.signedIn(ctx, cmd, a)
	if err != nil {
		return err
	}
	if err := a.Imports.Undo(ctx, who, id); app.IsMissing(err) {
		return errors.New(s.w.Imports.NoBatch)
	} else if err != nil {
		return err
	}
	if err := a.Imports.Wait(ctx, id); err != nil {
		return err
	}
	d, err := a.Imports.Draft(ctx, who, id)
	if err != nil {
		return err
	}
	say(out(cmd), s.w.Imports.UndoneText(d.Undo.Voided, d.Undo.Closed, d.Undo.People, len(d.Undo.Refused)))
	return nil
}
