package api

import (
	"context"
	"errors"

	"ayumi/domain/workplan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// EditionsAnswer is the editions of a sheet, oldest first, and what differs between
// two of them: the one form of the API and of the command line.
type EditionsAnswer struct {
	Sheet    string         `json:"sheet"`
	Editions []SheetEdition `json:"editions"`
	Draft    bool           `json:"draft" doc:"written in since its last edition"`
	Left     string         `json:"left" doc:"number of an edition, or draft: the sheet as it stands"`
	Right    string         `json:"right"`
	Changes  []SheetChange  `json:"changes" doc:"in the order of the paper; empty where both state the same"`
	Sample   bool           `json:"sample,omitempty" doc:"of a scenario log"`
}

// SheetEdition is one published document of a sheet. Accounts are pseudonyms.
type SheetEdition struct {
	Edition  int    `json:"edition"`
	Kind     string `json:"kind" doc:"plan, evaluation or revision"`
	On       string `json:"on" format:"date"`
	By       string `json:"by" doc:"account"`
	Why      string `json:"why,omitempty" doc:"of a revision"`
	Document string `json:"document" doc:"SHA-256 of the document"`
}

// SheetChange is a line that the two state differently. A side that is absent does
// not state it at all.
type SheetChange struct {
	workplan.Change
	Place string `json:"place" doc:"the line, in the language of the request"`
	Name  string `json:"name" doc:"of the field, in the language of the request"`
}

// AnswerEditions puts a comparison in the words of a language.
func AnswerEditions(sheet string, c workplan.Comparison, w *locale.Words) EditionsAnswer {
	out := EditionsAnswer{Sheet: sheet, Editions: []SheetEdition{}, Draft: c.Touched, Left: workplan.SideName(c.Left), Right: workplan.SideName(c.Right), Changes: []SheetChange{}}
	for _, e := range c.Editions {
		out.Editions = append(out.Editions, SheetEdition{e.No, e.Kind, e.On.String(), e.By, e.Why, e.Document})
	}
	for _, x := range c.Changes {
		out.Changes = append(out.Changes, SheetChange{x, w.ChangePlace(x), w.Field(x.Field)})
	}
	return out
}

type editionsIn struct {
	ID    string `path:"id" doc:"TKO.2019.1"`
	Left  string `query:"left" pattern:"^(draft|[0-9]{1,4})$" doc:"number of an edition, or draft; default the last edition beside a draft, else the last but one"`
	Right string `query:"right" pattern:"^(draft|[0-9]{1,4})$" doc:"default the draft if there is one, else the last edition"`
	Fresh
}

func (a *API) sheetEditions(ctx context.Context, in *editionsIn) (EditionsAnswer, error) {
	if err := a.await(ctx, in.Fresh); err != nil {
		return EditionsAnswer{}, err
	}
	events, err := a.Press.Events(ctx, in.ID, projections.Newest, 0)
	if err != nil {
		return EditionsAnswer{}, err
	}
	if !a.may(ctx, events[0].Controller) {
		return EditionsAnswer{}, errMissing
	}
	c, err := a.Press.Compare(events, in.Left, in.Right)
	if errors.Is(err, projections.ErrUnknown) {
		return EditionsAnswer{}, errMissing
	}
	out := AnswerEditions(in.ID, c, visitorOf(ctx).words)
	out.Sample = a.Sample
	return out, err
}
