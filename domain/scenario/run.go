package scenario

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/log"
	"ayumi/domain/office"
)

// Head is what a scenario says of the log it makes: its first line, the command
// log.begin, or what the caller supplies in its place.
type Head struct {
	Origin string
	Seed   string
}

// HeadOf answers the head of the lines and the lines after it. Without a line
// log.begin it answers the fallback.
func HeadOf(lines []Line, fallback Head) (Head, []Line, error) {
	if len(lines) == 0 || lines[0].Command != "log.begin" {
		return fallback, lines, nil
	}
	data, err := domain.ParseData(lines[0].Data)
	if err != nil {
		return Head{}, nil, faultOf(lines[0], err)
	}
	delete(data, "log")
	delete(data, "stream")
	for _, f := range office.EnvelopeFields() { // every command may state them
		delete(data, f.Name)
	}
	for name, usual := range map[string]string{"format": strconv.Itoa(log.Format), "scenario": "true"} {
		if _, stated := data[name]; !stated {
			data[name] = []byte(usual)
		}
	}
	var begun log.Begun
	if err := data.Fill(&begun, uuid.Nil); err != nil {
		return Head{}, nil, faultOf(lines[0], err)
	}
	if begun.Origin == "" || begun.Seed == "" {
		return Head{}, nil, Fault{Line: lines[0].Number, Reason: "field.required", Field: "origin"}
	}
	return Head{Origin: begun.Origin, Seed: begun.Seed}, lines[1:], nil
}

// Runner carries the lines of one scenario out.
type Runner struct {
	Office *office.Office
	Head   Head
	codes  map[string]string // staff code → account
}

// Begin writes the first event of the log: it is a scenario for ever.
func (r *Runner) Begin(ctx context.Context, first Line) error {
	data := domain.Data{
		"stream": quoted(r.Head.Origin), "origin": quoted(r.Head.Origin), "seed": quoted(r.Head.Seed),
		"format": []byte(strconv.Itoa(log.Format)), "scenario": []byte("true"),
	}
	_, err := r.Office.Do(ctx, office.Request{Command: "log.begin", ID: r.id("begin"), By: "system", At: first.At, Data: data})
	return err
}

func (r *Runner) id(name string) uuid.UUID {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("scenario:"+r.Head.Origin+":"+name))
}

// Line carries one line out. Its error is a Fault if the line is refused.
func (r *Runner) Line(ctx context.Context, l Line) ([]domain.Receipt, error) {
	data, err := domain.ParseData(l.Data)
	if err != nil {
		return nil, faultOf(l, err)
	}
	if l.CommandID == uuid.Nil {
		l.CommandID = r.id(strconv.Itoa(l.Number))
	}
	by, ok := r.account(l.By)
	if !ok {
		return nil, Fault{Line: l.Number, Reason: "scenario.no_actor", Field: "by"}
	}
	receipts, err := r.Office.Do(ctx, office.Request{Command: l.Command, ID: l.CommandID, By: by, At: l.At, Data: data})
	if err != nil {
		return nil, faultOf(l, err)
	}
	if l.Command == "account.open" {
		r.learn(l, data)
	}
	return receipts, nil
}

// Codes answers the staff codes met so far with their accounts.
func (r *Runner) Codes() map[string]string { return r.codes }

func (r *Runner) account(by string) (string, bool) {
	if id, ok := r.codes[by]; ok {
		return id, true
	}
	_, err := uuid.Parse(by)
	return by, by == "system" || err == nil
}

func (r *Runner) learn(l Line, data domain.Data) {
	code, err := data.Text("code")
	id, errID := data.Text("account")
	if err != nil || errID != nil {
		return
	}
	if id == "" {
		id = domain.DeriveID(l.CommandID, "account")
	}
	if r.codes == nil {
		r.codes = map[string]string{}
	}
	r.codes[code] = id
}

// faultOf turns a refusal into a bad line; anything else stays an operator's error.
func faultOf(l Line, err error) error {
	var one *domain.Refusal
	if errors.As(err, &one) {
		return Fault{Line: l.Number, Reason: one.Key, Field: one.Field}
	}
	return fmt.Errorf("line %d: %s: %w", l.Number, l.Command, err)
}
