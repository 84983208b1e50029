package office

import (
	"context"
	"errors"
	"fmt"

	"ayumi/domain"
	"ayumi/domain/casefile"
)

// words opens what is written about a consultation of a case, as it stands: the
// newest event that brought it there, and the amendments since. Words whose key
// is destroyed are no more.
func (o *Office) words(ctx context.Context, file, consultation string) (casefile.Words, error) {
	now := map[string]string{}
	for rec, err := range o.decider.Store.Stream(ctx, domain.StreamName("case", file), 0) {
		if err != nil {
			return casefile.Words{}, err
		}
		brought := rec.Type == "case.consultation_held" || rec.Type == "case.consultation_received"
		if !brought && rec.Type != "case.consultation_amended" {
			continue
		}
		facts, err := domain.FactsOf(rec.Body)
		if err != nil {
			return casefile.Words{}, fmt.Errorf("position %d: %w", rec.Position, err)
		}
		if facts.Text("consultation") != consultation {
			continue
		}
		texts, err := o.opened(ctx, rec)
		switch {
		case err != nil:
			return casefile.Words{}, err
		case brought:
			now = texts
		default:
			now[facts.Text("field")] = texts["new_text"]
		}
	}
	return casefile.Words{
		Note: now["note"], NoteJob: now["note_job"], NoteReloc: now["note_reloc"], Answer: now["answer"], Homework: now["homework"],
	}, nil
}

// opened are the sealed texts of an event, all sections together.
func (o *Office) opened(ctx context.Context, rec domain.Recorded) (map[string]string, error) {
	body, err := domain.ParseBody(rec.Body)
	if err != nil {
		return nil, fmt.Errorf("position %d: %w", rec.Position, err)
	}
	out := map[string]string{}
	for _, raw := range body.Sealed {
		s, err := domain.ParseSection(raw)
		if err != nil {
			return nil, fmt.Errorf("position %d: %w", rec.Position, err)
		}
		texts, err := domain.OpenSection(ctx, o.decider.Keys, o.decider.Origin, rec, s)
		if err != nil && !errors.Is(err, domain.ErrErased) {
			return nil, fmt.Errorf("position %d: %w", rec.Position, err)
		}
		for name, text := range texts {
			out[name] = text
		}
	}
	return out, nil
}
