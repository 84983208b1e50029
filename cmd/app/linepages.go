package app

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/infra/line"
	"ayumi/infra/web"
)

// pageLine is the LINE account as the pages see it.
type pageLine struct{ *Line }

func (l *Line) thread(ctx context.Context, id string) (web.LineThread, error) {
	s, err := l.book.Sender(ctx, id)
	if err != nil {
		return web.LineThread{}, err
	}
	list, err := l.book.Thread(ctx, id)
	return threadOf(s, list), err
}

func threadOf(s line.Sender, list []line.Message) web.LineThread {
	t := web.LineThread{ID: s.ID, Person: s.Person, Blocked: s.Blocked}
	for _, m := range list {
		t.Messages = append(t.Messages, web.LineMessage{ID: m.ID, Out: m.Out, Answer: m.Out && noteOf(m).Topic == "", Day: m.Day, At: m.At, Form: m.Form,
			State: m.State, Problem: m.Problem, Text: m.Text, Account: m.Account, Attempts: m.Attempts, Next: m.Due})
	}
	return t
}

// missingLine says it as the pages do.
func missingLine(err error) error {
	if errors.Is(err, line.ErrUnknown) {
		return web.ErrMissing
	}
	return err
}

// Threads keeps the contract of web.Line.
func (p pageLine) Threads(ctx context.Context, persons ...string) ([]web.LineThread, error) {
	list, err := p.senders(ctx, persons)
	if err != nil {
		return nil, err
	}
	var out []web.LineThread
	for _, s := range list {
		messages, err := p.book.Thread(ctx, s.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, threadOf(s, messages))
	}
	return out, nil
}

// senders are those linked to the persons; without persons, all that wait for the desk.
func (p pageLine) senders(ctx context.Context, persons []string) (out []line.Sender, err error) {
	if len(persons) == 0 {
		waiting, err := p.book.Waiting(ctx)
		if err != nil {
			return nil, err
		}
		linked, err := p.book.Unsettled(ctx)
		return append(waiting, linked...), err
	}
	for _, person := range persons {
		list, err := p.book.Of(ctx, person)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

// Open keeps the contract of web.Line.
func (p pageLine) Open(ctx context.Context, thread string) (web.LineThread, error) {
	s, err := p.book.Sender(ctx, thread)
	if err != nil {
		return web.LineThread{}, missingLine(err)
	}
	list, err := p.book.Thread(ctx, thread)
	if err == nil {
		err = p.book.Texts(ctx, list)
	}
	if err != nil {
		return web.LineThread{}, err
	}
	t := threadOf(s, list)
	if t.User, err = p.book.User(ctx, thread); errors.Is(err, line.ErrUnknown) {
		err = nil
	}
	return t, err
}

// Settle keeps the contract of web.Line.
func (p pageLine) Settle(ctx context.Context, act web.LineAct) error {
	var err error
	switch act.Do {
	case "link":
		err = p.book.Link(ctx, act.Thread, act.Person)
	case "drop":
		err = p.book.Drop(ctx, act.Thread, act.Reason)
	case "again", "withdraw":
		m, found := p.book.Message(ctx, act.Message)
		switch {
		case found != nil || m.Sender != act.Thread:
			err = errors.Join(found, line.ErrUnknown)
		case act.Do == "withdraw":
			err = p.book.Withdraw(ctx, m.ID)
		default:
			if err = p.book.Again(ctx, m.ID); err == nil {
				err = p.now(ctx, m.ID)
			}
		}
	default:
		err = line.ErrUnknown
	}
	return missingLine(err)
}

// Send keeps the contract of web.Line. What the office would refuse to record is not
// sent.
func (p pageLine) Send(ctx context.Context, s web.LineSending) error {
	if _, err := uuid.Parse(s.ID); err != nil {
		return domain.RefuseField("field.id", "command_id")
	}
	switch {
	case s.Text == "":
		return domain.RefuseField("field.required", "text")
	case !line.Fits(s.Text):
		return domain.RefuseField("line.too_long", "text")
	}
	if _, err := p.book.Message(ctx, s.ID); err == nil {
		return nil // sent, or waiting, by this very command
	}
	sender, err := p.book.Sender(ctx, s.Thread)
	switch {
	case err != nil:
		return missingLine(err)
	case sender.Blocked:
		return domain.RefuseField("line.blocked", "text")
	}
	for _, topic := range slices.Compact([]string{"other", s.Topic}) {
		check := s
		check.Topic = topic // an unasked contact is never allowed where one is closed
		req, err := p.recording(ctx, s.Thread, check, line.Message{Day: japan.DateOf(p.app.Config.Now())})
		if err != nil {
			return missingLine(err)
		}
		if _, err := p.app.Office.Propose(ctx, req); err != nil {
			return err
		}
	}
	raw, err := json.Marshal(lineNote{Case: s.Case, Notice: s.Notice, Categories: s.Categories, Topic: s.Topic})
	if err != nil {
		return err
	}
	m := line.Message{ID: s.ID, Sender: s.Thread, Text: s.Text, Account: s.Account, Note: string(raw)}
	if err := p.book.Queue(ctx, m, p.app.Config.Now()); err != nil {
		return missingLine(err)
	}
	return p.now(ctx, s.ID)
}

// now tries to send a message while somebody waits for it. It goes on when they leave.
func (p pageLine) now(ctx context.Context, id string) error {
	ctx = context.WithoutCancel(ctx)
	m, err := p.book.Message(ctx, id)
	if err == nil && m.State == line.Queued {
		err = p.attempt(ctx, m)
	}
	if err == nil {
		m, err = p.book.Message(ctx, id)
	}
	if err == nil && m.State == line.Sent {
		err = p.record(ctx, m)
	}
	select {
	case p.wake <- struct{}{}:
	default:
	}
	return err
}

// State keeps the contract of web.Line.
func (p pageLine) State(ctx context.Context, ask bool) (web.LineState, error) {
	out := web.LineState{Webhook: p.webhookAddress(), Desk: p.channel.desk}
	marks, err := p.book.Marks(ctx)
	if err != nil {
		return out, err
	}
	out.Heard, out.Refused, out.Sent = marks[markHeard], marks[markRefused], marks[markSent]
	if out.Queued, out.Failed, out.Waiting, out.Asking, err = p.book.Counts(ctx); err != nil || !ask {
		return out, err
	}
	account, err := p.client.Account(ctx)
	var fault *line.Fault
	if errors.As(err, &fault) {
		out.Fault = fault.Code
		return out, nil
	}
	out.Account = account.Name
	return out, err
}
