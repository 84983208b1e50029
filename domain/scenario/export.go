package scenario

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/office"
)

// Export writes a log back as a scenario: running it gives the same log. It
// opens every sealed section, so it is for scenario logs only.
func Export(ctx context.Context, w io.Writer, store domain.EventStore, keys domain.Keyring, origin string) error {
	x := exporter{w: w, keys: keys, origin: origin, byEvent: map[string]domain.Shape{}}
	for _, a := range office.Aggregates() {
		x.add(a.CommandShapes())
	}
	x.add(office.JointShapes())
	var run []domain.Recorded
	for rec, err := range store.All(ctx, 0) {
		if err != nil {
			return err
		}
		if len(run) > 0 && commandOf(run[0]) != commandOf(rec) {
			if err := x.write(ctx, run); err != nil {
				return err
			}
			run = run[:0]
		}
		run = append(run, rec)
	}
	if len(run) == 0 {
		return nil
	}
	return x.write(ctx, run)
}

type exporter struct {
	w       io.Writer
	keys    domain.Keyring
	origin  string
	byEvent map[string]domain.Shape // first event a command emits → the command
}

func (x *exporter) add(shapes []domain.Shape) {
	for _, s := range shapes {
		if _, have := x.byEvent[s.Emits]; !have && s.Emits != "" {
			x.byEvent[s.Emits] = s
		}
	}
}

func commandOf(rec domain.Recorded) string {
	f, err := domain.FactsOf(rec.Body)
	if err != nil {
		return ""
	}
	return f.Text("command_id")
}

// told are the values of one command's events: facts, and sealed texts by field.
type told struct {
	facts  map[string]domain.Fact
	sealed map[string]string
	each   map[string]map[string]string // field → owner → text
}

func (x *exporter) write(ctx context.Context, run []domain.Recorded) error {
	shape, ok := x.byEvent[mainEvent(run)]
	if !ok {
		return fmt.Errorf("position %d: no command gives %s", run[0].Position, run[0].Type)
	}
	var first map[string]domain.Fact
	all := told{facts: map[string]domain.Fact{}, sealed: map[string]string{}, each: map[string]map[string]string{}}
	for _, rec := range run {
		facts, err := x.read(ctx, rec, &all)
		if err != nil {
			return err
		}
		if first == nil {
			first = facts
		}
	}
	data := dataOf(shape, all)
	envelopeData(shape, first, data)
	category, id := domain.SplitStream(run[0].Stream)
	name := category
	if slices.ContainsFunc(shape.Fields, func(f domain.Field) bool { return f.Name == category && !f.Made }) {
		name = "stream"
	}
	data[name] = id
	at, err := japan.ParseInstant(first["recorded_at"].Text)
	if err != nil {
		return err
	}
	raw, err := plain(data)
	if err != nil {
		return err
	}
	command, err := uuid.Parse(first["command_id"].Text)
	if err != nil {
		return err
	}
	line, err := plain(Line{At: at, By: first["recorded_by"].Text, Command: shape.Name, CommandID: command, Data: raw})
	if err != nil {
		return err
	}
	_, err = x.w.Write(append(line, '\n'))
	return err
}

// mainEvent is the event that names the command of a run: the first one, but
// what is shared with a referral stands before the referral.
func mainEvent(run []domain.Recorded) string {
	if run[0].Type == "case.information_shared" && len(run) > 1 {
		return run[1].Type
	}
	return run[0].Type
}

func (x *exporter) read(ctx context.Context, rec domain.Recorded, all *told) (map[string]domain.Fact, error) {
	body, err := domain.ParseBody(rec.Body)
	if err != nil {
		return nil, err
	}
	list, err := domain.ParseFacts(body.Facts)
	if err != nil {
		return nil, err
	}
	own := map[string]domain.Fact{}
	for _, f := range list {
		own[f.Key] = f
		if _, have := all.facts[f.Key]; !have {
			all.facts[f.Key] = f
		}
	}
	for _, raw := range body.Sealed {
		s, err := domain.ParseSection(raw)
		if err != nil {
			return nil, err
		}
		texts, err := domain.OpenSection(ctx, x.keys, x.origin, rec, s)
		if errors.Is(err, domain.ErrErased) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("position %d: %w", rec.Position, err)
		}
		for name, text := range texts {
			if _, have := all.sealed[name]; !have {
				all.sealed[name] = text
			}
			if all.each[name] == nil {
				all.each[name] = map[string]string{}
			}
			all.each[name][s.Owner] = text
		}
	}
	return own, nil
}

func dataOf(shape domain.Shape, all told) map[string]any {
	data := map[string]any{}
	for _, f := range shape.Fields {
		fact, stated := all.facts[f.Name]
		switch {
		case f.Made:
		case f.Place == domain.InSealed && f.Each && all.each[f.Name] != nil:
			data[f.Name] = all.each[f.Name]
		case f.Place == domain.InSealed && all.sealed[f.Name] != "" && !f.Each:
			data[f.Name] = all.sealed[f.Name]
			nameOwner(data, f, all)
		case f.Place == domain.InCall && f.Name == "search":
			data[f.Name] = all.facts["command_id"].Text // the search itself is not in the log
		case f.Place != domain.InSealed && stated:
			data[f.Name] = value(f.Kind, fact)
		}
	}
	return data
}

// nameOwner states whose key seals a field, where only the section says it.
func nameOwner(data map[string]any, f domain.Field, all told) {
	if _, stated := all.facts[f.Owner]; f.Owner == "" || stated {
		return
	}
	for owner := range all.each[f.Name] {
		data[f.Owner] = owner
	}
}

// envelopeData adds what the envelope states beside the defaults.
func envelopeData(shape domain.Shape, first map[string]domain.Fact, data map[string]any) {
	for _, f := range office.EnvelopeFields() {
		fact, stated := first[f.Name]
		own := slices.ContainsFunc(shape.Fields, func(o domain.Field) bool { return o.Name == f.Name })
		usual := (f.Name == "precision" && fact.Text == "day") || (f.Name == "source" && fact.Text == "counter") ||
			(f.Name == "controller" && (first["recorded_by"].Text != "system" || fact.Text == "joint"))
		if stated && !own && !usual {
			data[f.Name] = value(f.Kind, fact)
		}
	}
}

func value(kind domain.Kind, f domain.Fact) any {
	switch kind {
	case domain.KindCodes, domain.KindIDs, domain.KindTokens:
		return strings.Split(f.Text, ",")
	case domain.KindFlag:
		return f.Int == 1
	}
	if f.IsInt {
		return f.Int
	}
	return f.Text
}

// plain is JSON without escaping of letters that only HTML minds.
func plain(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

func quoted(s string) json.RawMessage {
	b, err := plain(s)
	if err != nil {
		panic(err) // a string always marshals
	}
	return b
}
