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

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/domain/japan"
	"ayumi/domain/viewing"
	"ayumi/infra/api"
	"ayumi/projections"
)

func (s *shell) accessLog() *cli.Command {
	v := s.w.Viewing
	return &cli.Command{
		Name: "access-log", Usage: v.Command, Action: s.runAccessLog,
		Flags: append(s.askFlags(),
			&cli.StringFlag{Name: "person", Usage: v.FlagPerson}, &cli.StringFlag{Name: "account", Usage: v.FlagAccount}, &cli.StringFlag{Name: "act", Usage: v.FlagAct},
			&cli.StringFlag{Name: "from", Usage: v.FlagFrom}, &cli.StringFlag{Name: "to", Usage: v.FlagTo},
			&cli.BoolFlag{Name: "verify", Usage: s.w.Standing.FlagVerify}, &cli.StringFlag{Name: "follows", Usage: s.w.Standing.FlagFollows, TakesFile: true},
			&cli.BoolFlag{Name: "searched", Usage: v.FlagSearched}, &cli.IntFlag{Name: "limit", Usage: v.FlagLimit, Value: 100}, &cli.Uint64Flag{Name: "before", Usage: s.w.Standing.FlagBefore}),
	}
}

func (s *shell) runAccessLog(ctx context.Context, cmd *cli.Command) error {
	if cmd.Bool("verify") || cmd.String("follows") != "" {
		return s.verifyAccessLog(ctx, cmd)
	}
	answer, err := s.askAccessLog(ctx, cmd)
	if err != nil {
		return err
	}
	if cmd.Bool("json") {
		return printJSON(out(cmd), answer)
	}
	s.printAccessLog(out(cmd), answer)
	return nil
}

func (s *shell) askAccessLog(ctx context.Context, cmd *cli.Command) (answer api.ViewingAnswer, err error) {
	asked := api.ViewingQuestion{Person: cmd.String("person"), Account: cmd.String("account"), Act: cmd.String("act"),
		From: cmd.String("from"), To: cmd.String("to"), Limit: cmd.Int("limit"), Before: cmd.Uint64("before")}
	if cmd.String("server") != "" {
		query := url.Values{"limit": {strconv.Itoa(asked.Limit)}}
		if asked.Before > 0 {
			query.Set("before", strconv.FormatUint(asked.Before, 10))
		}
		state(query, map[string]string{"person": asked.Person, "account": asked.Account, "act": asked.Act, "from": asked.From, "to": asked.To})
		return answer, s.get(ctx, cmd, "/access-log?"+query.Encode(), &answer)
	}
	c, err := configOf(cmd)
	if err != nil {
		return answer, err
	}
	words := ""
	if cmd.Bool("searched") {
		raw, err := io.ReadAll(io.LimitReader(os.Stdin, 4096))
		if err != nil {
			return answer, err
		}
		words = string(raw)
	}
	err = with(ctx, c, func(a *app.App) error {
		answer, err = s.localAccessLog(ctx, a, asked, words)
		return err
	})
	return answer, s.said(c.Data, err)
}

func (s *shell) localAccessLog(ctx context.Context, a *app.App, asked api.ViewingQuestion, words string) (api.ViewingAnswer, error) {
	f, err := asked.Filter()
	if err != nil {
		return api.ViewingAnswer{}, err
	}
	f.Query = words
	if asked.Person != "" {
		id, err := s.personID(ctx, a, asked.Person)
		if err != nil {
			return api.ViewingAnswer{}, err
		}
		if f.Subjects, err = a.Journeys.Group(ctx, id, projections.Newest); err != nil {
			return api.ViewingAnswer{}, err
		}
	}
	subject := ""
	if len(f.Subjects) > 0 {
		subject = f.Subjects[0]
	}
	if err := s.looked(ctx, a, "access-log", viewing.Entry{Reason: "access_log", Subject: subject}); err != nil {
		return api.ViewingAnswer{}, err
	}
	answer, err := api.AnswerViewing(ctx, a.Viewings(), f)
	answer.Sample = a.Scenario
	return answer, err
}

func (s *shell) printAccessLog(to io.Writer, r api.ViewingAnswer) {
	v := s.w.Viewing
	for _, e := range r.Entries {
		about := e.Subject
		if about == "" && len(e.People) > 0 {
			about = v.Many
		}
		say(to, fmt.Sprintf("%6d  %s  %-36s %-10s %-24s %4d  %s", e.No, e.At.In(japan.Zone).Format("2006-01-02 15:04:05"), e.Account,
			cmp.Or(v.Acts[e.Act], e.Act), v.Reason(e.Reason, e.Route), e.Rows, about))
	}
	if len(r.Entries) == 0 {
		say(to, v.Empty)
	}
	say(to, v.Head(int(r.Size), r.Root))
	if r.Sample {
		say(to, s.w.Command.Sample)
	}
}

// personID answers the id behind a person's number; an id is its own.
func (s *shell) personID(ctx context.Context, a *app.App, who string) (string, error) {
	n, err := strconv.Atoi(strings.TrimPrefix(who, "P-"))
	if err != nil {
		return who, nil
	}
	ref, err := a.Journeys.Numbered(ctx, n)
	if err != nil {
		return "", errors.New(s.w.Command.NoPerson(who))
	}
	return ref.ID, nil
}
