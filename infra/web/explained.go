package web

import (
	"net/http"
	"slices"
	"strconv"

	"ayumi/domain/figure"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/register"

	"github.com/google/uuid"
)

// ExplainedView is what is on record of the differences of an edition.
type ExplainedView struct {
	Rows []ExplainedRow
	Form *ExplainForm // nil: not to be added to by the visitor
}

// ExplainedRow is one difference on record.
type ExplainedRow struct {
	Against, Href string
	Total         string
	Kinds         []Pair // those that added something
	By            string
	Alarm         bool // erasure changed the figure
}

// ExplainForm puts a difference on record. The page of differences knows the other
// figure already and asks nothing more.
type ExplainForm struct {
	Action    string
	Edition   int
	CommandID string
	Known     string
	Others    []Option // editions to compare with
	Other     string
}

// RecordOffer tells on the page of differences how the difference stands in the
// register.
type RecordOffer struct {
	Text      string
	Pair      // leads to the figure
	Form      *ExplainForm
	Yesterday string // the same difference, but of a day that is over
}

// explainedOf lists what is on record of an edition, newest first.
func (s *Site) explainedOf(r *http.Request, v Visitor, seen reading, l *register.Line) *ExplainedView {
	w, e := v.W, l.Edition
	if !e.Public() {
		return nil
	}
	def, _ := s.definitionOf(r.Context(), l)
	out := &ExplainedView{}
	for _, x := range slices.Backward(e.Explained) {
		row := ExplainedRow{Against: w.Explained.Until(w.EndOfDay(x.KnownAt)), Href: explainedHref(l, x), Total: signed(w, def, x.Total),
			By: w.Explained.By(seen.name(v, x.By), w.Date(x.On)), Alarm: x.Erased != 0}
		if x.OtherEdition != nil {
			row.Against = w.Explained.Edition(w.Ledger.Edition(*x.OtherEdition), w.PlainDate(x.KnownAt))
		}
		for _, k := range x.Kinds() {
			if k.Delta != 0 {
				row.Kinds = append(row.Kinds, Pair{Label: w.Code("difference", k.Kind), Value: signed(w, def, k.Delta)})
			}
		}
		out.Rows = append(out.Rows, row)
	}
	if v.holds("AN") {
		out.Form = explainForm(l, s.today().Add(-1))
		for _, o := range l.Figure.Editions {
			if o != e && o.State != figure.StateWithdrawn && o.State != figure.StateRejected {
				out.Form.Others = append(out.Form.Others, Option{Value: strconv.Itoa(o.Edition), Text: w.Explained.Edition(w.Ledger.Edition(o.Edition), w.PlainDate(o.KnownAt))})
			}
		}
		out.Form.Known = w.PlainDate(s.today().Add(-1))
	}
	return out
}

func explainForm(l *register.Line, known japan.Date) *ExplainForm {
	return &ExplainForm{Action: quantityHref(l) + "/explain", Edition: l.Edition.Edition, CommandID: uuid.NewString(), Known: known.String()}
}

// explainedHref opens a difference on record, event by event.
func explainedHref(l *register.Line, x figure.Explanation) string {
	q := sinceQuery(l)
	q.Set("to_known", x.KnownAt.String())
	if x.OtherEdition != nil {
		q.Set("to_def", l.Figure.Editions[*x.OtherEdition-1].Version)
	}
	return "/differences?" + q.Encode()
}

// explainDifference puts on record how a published edition became another figure.
func (s *Site) explainDifference(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	all, err := s.config.Journey.Register(r.Context(), v.Actor.Controller)
	if err != nil {
		return missing(err)
	}
	edition, err := strconv.Atoi(r.PostFormValue("edition"))
	if err != nil {
		return ErrMissing
	}
	l := all.Of(r.PathValue("stream"), edition)
	if l == nil || l.Edition == nil {
		return ErrMissing
	}
	fields := map[string]any{"stream": l.Stream, "edition": edition}
	faults := explainedAsked(r, v, s.today(), l, fields)
	if len(faults) == 0 {
		req, err := s.request(v, commandID(r), "figure.explain_difference", fields)
		if err != nil {
			return err
		}
		receipts, err := s.config.Office.Do(r.Context(), req)
		if err == nil {
			position, _ := lastOf(receipts)
			http.Redirect(w, r, figureHref(l.No)+"?at="+strconv.FormatUint(position, 10)+"#explained", http.StatusSeeOther)
			return nil
		}
		var ok bool
		if faults, ok = faultsOf(v.W, err, map[string]string{"known_at": "known", "other_edition": "other"}); !ok {
			return err
		}
	}
	return s.showPublication(w, r, v, all, l, http.StatusUnprocessableEntity, faults, func(view *PublicationView) {
		if f := view.Explained.Form; f != nil {
			f.Known, f.Other = r.PostFormValue("known"), r.PostFormValue("other")
		}
	})
}

// explainedAsked reads the other figure: an edition, or a day that is over.
func explainedAsked(r *http.Request, v Visitor, today japan.Date, l *register.Line, fields map[string]any) []FieldError {
	if typed := r.PostFormValue("other"); typed != "" {
		other, err := strconv.Atoi(typed)
		if err != nil || other < 1 || other > len(l.Figure.Editions) {
			return []FieldError{{"other", v.W.Refusal("entity.unknown", "other_edition", nil)}}
		}
		fields["other_edition"], fields["known_at"] = other, l.Figure.Editions[other-1].KnownAt.String()
		return nil
	}
	day, err := japan.ReadPast(r.PostFormValue("known"), today)
	if err != nil {
		return []FieldError{{"known", dateFault(v.W, err, "known")}}
	}
	fields["known_at"] = day.Date.String()
	return nil
}

// recordOffer finds the published edition that a difference begins with. Nil: there
// is none, or the difference is not one that can be put on record.
func (s *Site) recordOffer(r *http.Request, v Visitor, a, b indicator.Known, from, to japan.Date) (*RecordOffer, error) {
	if from == 0 || a.Period != b.Period {
		return nil, nil
	}
	all, err := s.config.Journey.Register(r.Context(), v.Actor.Controller)
	if err != nil {
		return nil, missing(err)
	}
	l := editionOf(all, a, from)
	if l == nil {
		return nil, nil
	}
	out := &RecordOffer{Pair: Pair{Value: figureNumber(l.No), Href: figureHref(l.No)}}
	form := explainForm(l, to)
	if other := editionOf(all, b, to); other != nil && other != l && other.Stream == l.Stream {
		form.Other = strconv.Itoa(other.Edition.Edition)
	} else if a.Definition.Version != b.Definition.Version {
		return nil, nil
	}
	for _, x := range l.Edition.Explained {
		if x.KnownAt == to && form.Other == otherText(x) {
			out.Text = v.W.Explained.OnRecord(figureNumber(l.No))
			return out, nil
		}
	}
	out.Text = v.W.Explained.Recordable(figureNumber(l.No))
	switch {
	case !v.holds("AN"):
	case to == 0 || to >= s.today():
		out.Text = v.W.Explained.DayNotOver
		query := r.URL.Query()
		query.Set("to_known", s.today().Add(-1).String())
		out.Yesterday = "/differences?" + query.Encode()
	default:
		out.Form = form
	}
	return out, nil
}

func otherText(x figure.Explanation) string {
	if x.OtherEdition == nil {
		return ""
	}
	return strconv.Itoa(*x.OtherEdition)
}

// editionOf is the line of the register that published a figure.
func editionOf(all *register.Register, k indicator.Known, known japan.Date) *register.Line {
	for _, l := range slices.Backward(all.Lines) {
		if l.Kind == register.KindCounted && l.Figure.Indicator == k.Definition.Indicator+"@"+k.Scope && l.Figure.Period == k.Period &&
			l.Edition.KnownAt == known && l.Edition.Version == k.Definition.Version {
			return l
		}
	}
	return nil
}
