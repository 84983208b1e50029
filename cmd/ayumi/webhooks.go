package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/urfave/cli/v3"

	"ayumi/infra/api"
)

// webhooks asks a running server about the receivers outside.
func (s *shell) webhooks() *cli.Command {
	c, w := s.w.Command, s.w.Webhook
	flags := func(more ...cli.Flag) []cli.Flag {
		return append([]cli.Flag{
			&cli.StringFlag{Name: "server", Usage: c.FlagServer, Required: true, Sources: cli.EnvVars("AYUMI_SERVER")},
			&cli.StringFlag{Name: "user", Usage: c.FlagUser, Required: true, Sources: cli.EnvVars("AYUMI_USER")},
			&cli.StringFlag{Name: "code", Usage: s.w.Session.FlagCode, Sources: cli.EnvVars("AYUMI_CODE")},
			s.jsonFlag(),
		}, more...)
	}
	return &cli.Command{Name: "webhooks", Usage: w.Command, Commands: []*cli.Command{
		{Name: "list", Usage: w.CommandList, Flags: flags(), Action: s.runWebhooks},
		{Name: "add", Usage: w.CommandAdd, ArgsUsage: "https://…", Flags: flags(&cli.StringSliceFlag{Name: "type", Usage: w.FlagTypes}), Action: s.runWebhookAdd},
		{Name: "deliveries", Usage: w.CommandShow, ArgsUsage: "ID", Flags: flags(), Action: s.runWebhookDeliveries},
		{Name: "act", Usage: w.CommandAct, ArgsUsage: "ID pause", Flags: flags(&cli.UintFlag{Name: "position", Usage: w.FlagOfEvent}), Action: s.runWebhookAct},
	}}
}

func (s *shell) runWebhooks(ctx context.Context, cmd *cli.Command) error {
	var list []api.Webhook
	if err := s.get(ctx, cmd, "/webhooks", &list); err != nil || cmd.Bool("json") {
		return errors.Join(err, printUnless(err, cmd, list))
	}
	for _, one := range list {
		types := s.w.Webhook.AllTypes
		if len(one.Types) > 0 {
			types = strings.Join(one.Types, s.w.Calendar.Comma)
		}
		say(out(cmd), fmt.Sprintf("%s  %s  %s %d  %s  %s", one.ID, s.w.Webhook.States[one.State], s.w.Webhook.Reached, one.Reached, one.URL, types))
		if one.Cause != "" {
			say(out(cmd), "  "+s.w.Webhook.Outcomes[one.Cause])
		}
	}
	return nil
}

func printUnless(err error, cmd *cli.Command, value any) error {
	if err != nil {
		return nil
	}
	return printJSON(out(cmd), value)
}

func (s *shell) runWebhookAdd(ctx context.Context, cmd *cli.Command) error {
	if cmd.Args().Len() != 1 {
		return errors.New(s.w.Command.NeedArgument("https://…"))
	}
	raw, err := json.Marshal(map[string]any{"url": cmd.Args().First(), "types": cmd.StringSlice("type")})
	if err != nil {
		return err
	}
	_, answer, err := s.call(ctx, cmd, http.MethodPost, "/webhooks", bytes.NewReader(raw), "Content-Type", "application/json")
	if err != nil {
		return err
	}
	var added api.WebhookAdded
	if err := json.Unmarshal(answer, &added); err != nil || cmd.Bool("json") {
		return errors.Join(err, printUnless(err, cmd, added))
	}
	say(out(cmd), s.w.Webhook.Added)
	say(out(cmd), added.ID+"  "+added.Secret)
	say(out(cmd), s.w.Webhook.SecretHint)
	return nil
}

func (s *shell) runWebhookDeliveries(ctx context.Context, cmd *cli.Command) error {
	if cmd.Args().Len() != 1 {
		return errors.New(s.w.Command.NeedArgument("ID"))
	}
	var list []api.WebhookDelivery
	if err := s.get(ctx, cmd, "/webhooks/"+url.PathEscape(cmd.Args().First())+"/deliveries", &list); err != nil || cmd.Bool("json") {
		return errors.Join(err, printUnless(err, cmd, list))
	}
	for _, d := range list {
		s.sayDelivery(cmd, d)
	}
	return nil
}

func (s *shell) sayDelivery(cmd *cli.Command, d api.WebhookDelivery) {
	status := ""
	if d.Status > 0 {
		status = "  " + strconv.Itoa(d.Status)
	}
	say(out(cmd), fmt.Sprintf("%s  %s  #%04d  %s%s", s.w.DateTime(d.At), d.Type, d.Position, s.w.Webhook.Outcomes[d.Outcome], status))
}

func (s *shell) runWebhookAct(ctx context.Context, cmd *cli.Command) error {
	if cmd.Args().Len() != 2 {
		return errors.New(s.w.Command.NeedArgument("ID pause"))
	}
	path := "/webhooks/" + url.PathEscape(cmd.Args().First()) + "/" + url.PathEscape(cmd.Args().Get(1))
	if cmd.IsSet("position") {
		path += "?position=" + strconv.FormatUint(uint64(cmd.Uint("position")), 10)
	}
	var done api.WebhookDone
	if err := s.send(ctx, cmd, path, nil, &done); err != nil || cmd.Bool("json") {
		return errors.Join(err, printUnless(err, cmd, done))
	}
	if done.Delivery != nil {
		s.sayDelivery(cmd, *done.Delivery)
	}
	return nil
}
