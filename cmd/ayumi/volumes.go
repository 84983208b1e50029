package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/domain/japan"
	"ayumi/domain/viewing"
	"ayumi/infra/api"
)

func (s *shell) volumes() *cli.Command {
	m := s.w.Matters
	return &cli.Command{Name: "volumes", Usage: m.Volumes, Commands: []*cli.Command{
		{Name: "list", Usage: m.ListVolumes, Flags: s.controllerFlags(), Action: s.listVolumes},
		{Name: "show", Usage: m.ShowVolume, ArgsUsage: m.Number, Flags: s.controllerFlags(), Action: s.showVolume},
	}}
}

func (s *shell) listVolumes(ctx context.Context, cmd *cli.Command) error {
	look := shown{"volumes list", viewing.Entry{Reason: "volume"}}
	answer, err := held(ctx, s, cmd, "/volumes", look, func(a *app.App, today japan.Date) (api.VolumesAnswer, error) {
		answer, err := api.AnswerVolumes(ctx, a.Journeys, cmd.String("controller"), today)
		answer.Sample = a.Scenario
		return answer, err
	})
	if err != nil {
		return err
	}
	return s.tell(cmd, answer, answer.Sample, func(to io.Writer) {
		for _, v := range answer.Volumes {
			s.printVolume(to, v)
		}
		if len(answer.Volumes) == 0 {
			say(to, s.w.Matters.NoneVolume)
		}
	})
}

func (s *shell) showVolume(ctx context.Context, cmd *cli.Command) error {
	number, err := s.numbered(cmd)
	if err != nil {
		return err
	}
	look := shown{"volumes show", viewing.Entry{Reason: "volume", Subject: recordSubject(number)}}
	answer, err := held(ctx, s, cmd, fmt.Sprintf("/volumes/%d", number), look, func(a *app.App, today japan.Date) (api.VolumeOne, error) {
		answer, err := api.AnswerVolume(ctx, s.w, a.Journeys, cmd.String("controller"), number, today)
		answer.Sample = a.Scenario
		return answer, err
	})
	if err != nil {
		return err
	}
	return s.tell(cmd, answer, answer.Sample, func(to io.Writer) {
		w := s.w.Rights
		s.printVolume(to, answer)
		say(to, fmt.Sprintf("  %s %s  %s", s.w.Field("retention_years"), w.Years(answer.RetentionYears), s.w.Code("end_action", answer.EndAction)))
		if l := answer.Listing; l != nil {
			say(to, fmt.Sprintf("  %s %s  %s %s", s.w.Field("published_on"), l.PublishedOn, s.w.Field("comment_until"), l.CommentUntil))
		}
		for _, o := range answer.Opinions {
			say(to, fmt.Sprintf("  #%-6d %s  %s", o.Position, o.On, s.w.Code("stance", o.Stance)))
		}
		s.printEvents(to, answer.Events)
	})
}

// printVolume is one volume in a line, with how long it is kept.
func (s *shell) printVolume(to io.Writer, v api.VolumeOne) {
	w := s.w.Rights
	kept := ""
	if v.RetainUntil != "" {
		kept = w.Kept + " " + v.RetainUntil
	}
	if v.Held {
		kept += "  " + w.OnHold
	}
	say(to, strings.TrimRight(fmt.Sprintf("#%-6d %s  %s  %s  %s %d  %s", v.Number, v.FiscalYear, v.Title, w.VolumeStates[v.State], w.Cases, v.CaseCount, kept), " "))
}
