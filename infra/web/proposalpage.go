package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/figure"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/register"

	"github.com/google/uuid"
)

// proposalAsked is the figure that the address of the proposal asks for.
type proposalAsked struct {
	q         *question
	indicator string
	scope     string
	version   string // "" is the one in force
	from      figureAsked
	book      *indicator.Book
}

func (p proposalAsked) asked() domain.Asked {
	return domain.Asked{Indicator: p.indicator + "@" + p.scope, Version: p.version, Period: p.from.period(), KnownAt: p.from.day}
}

// proposalQuery asks for the next edition of a quantity.
func proposalQuery(l *register.Line) url.Values {
	id, scope, _ := strings.Cut(l.Figure.Indicator, "@")
	q := url.Values{"of": {id}, "scope": {scope}, "fy": {strconv.Itoa(int(yearOf(l)))}}
	if figure.KindOf(l.Figure.Period) != "fiscal_year" {
		q.Set("until", l.Figure.Period.To.String())
	}
	return q
}

func (s *Site) proposalAsked(r *http.Request, v Visitor) (proposalAsked, error) {
	q, err := s.questionOf(r, v)
	if err != nil {
		return proposalAsked{}, err
	}
	p := proposalAsked{q: q, indicator: r.FormValue("of"), scope: r.FormValue("scope"), version: r.FormValue("version")}
	if !isWhere(s, r, v, p.scope) {
		p.scope = s.scopeOf(v)
	}
	if p.from, err = s.figureAsked(r, v, "", figureAsked{year: q.year}); err != nil {
		return p, err
	}
	if p.book, err = s.bookAt(r.Context(), p.scope, p.from.upto); err != nil {
		return p, err
	}
	if !p.book.Knows(p.indicator) {
		p.indicator = "C1"
	}
	return p, nil
}

// proposal asks for a figure, and shows what it counts.
func (s *Site) proposal(w http.ResponseWriter, r *http.Request, v Visitor) error {
	p, err := s.proposalAsked(r, v)
	if err != nil {
		return err
	}
	view, status, err := s.proposalView(r, v, p)
	if err != nil {
		return err
	}
	return s.show(w, r, status, "proposal", "", view)
}

func (s *Site) proposalView(r *http.Request, v Visitor, p proposalAsked) (ProposalView, int, error) {
	w := v.W
	view := ProposalView{Page: s.page(r, v, "ledger", w.Ledger.ProposeTitle, "css/ledger.css"), Known: p.from.typed}
	view.Crumbs = []Crumb{{w.Ledger.Title, "/ledger"}, {w.Ledger.ProposeTitle, ""}}
	form := figureForm(v, "", p.q, p.from)
	view.Years, view.Ends, view.Known = form.Years, form.Ends, form.Known
	s.proposalChoices(v, p, &view)
	switch {
	case p.from.wrong != "":
		view.Errors = newErrors(w, FieldError{"known", p.from.wrong})
		return view, http.StatusUnprocessableEntity, nil
	case p.from.day == 0:
		return view, http.StatusOK, nil
	case p.from.day >= s.today():
		view.Errors = newErrors(w, FieldError{"known", w.Refusal("figure.known_at", "known_at", nil)})
		return view, http.StatusUnprocessableEntity, nil
	}
	counted, err := indicator.CountFor(r.Context(), s.config.Figures, s.config.Definitions, p.asked())
	if faults, ok := faultsOf(w, err, map[string]string{"definition_version": "version", "indicator": "of", "version": "version"}); ok {
		view.Errors = newErrors(w, faults...)
		return view, http.StatusUnprocessableEntity, nil
	}
	if err != nil {
		return view, 0, missing(err)
	}
	def, _ := p.book.Named(p.indicator, counted.Version)
	view.Asked, view.CommandID, view.Unofficial = true, uuid.NewString(), !counted.Official
	view.Found = w.Ledger.Found(w.Measured(counted.Value, def.Scale(), def.Unit), int(counted.Position))
	view.Hidden = []Option{{Name: "of", Value: p.indicator}, {Name: "scope", Value: p.scope}, {Name: "fy", Value: strconv.Itoa(int(p.from.year))},
		{Name: "until", Value: untilOf(p.from)}, {Name: "known", Value: p.from.day.String()}, {Name: "version", Value: counted.Version},
		{Name: "value", Value: strconv.Itoa(counted.Value)}, {Name: "trial", Value: map[bool]string{true: "1"}[!counted.Official]}}
	return view, http.StatusOK, s.nextEdition(r, v, p, &view)
}

func untilOf(f figureAsked) string {
	if f.ends == 0 {
		return ""
	}
	return f.ends.String()
}

// proposalChoices fills the selects.
func (s *Site) proposalChoices(v Visitor, p proposalAsked, view *ProposalView) {
	var ids, versions []string
	for _, d := range p.book.All() {
		if !slices.Contains(ids, d.Indicator) {
			ids = append(ids, d.Indicator)
			view.Indicators = append(view.Indicators, Option{Value: d.Indicator, Text: v.W.Code("indicator", d.Indicator), Chosen: d.Indicator == p.indicator})
		}
		if d.Indicator == p.indicator {
			versions = append(versions, d.Version)
		}
	}
	view.Versions = []Option{{Text: v.W.Ledger.Every}}
	for _, name := range slices.Concat(versions, p.book.Later(), p.book.Trials()) {
		if _, ok := p.book.Named(p.indicator, name); ok {
			view.Versions = append(view.Versions, Option{Value: name, Text: name, Chosen: name == p.version})
		}
	}
	view.Versions[0].Text = v.W.Ledger.InForce
	for _, list := range []string{"desk", "corner", "controller"} {
		for _, code := range domain.Codes[list] {
			if code != "joint" && s.mayFacts(v, controllerOf(code)) {
				view.Scopes = append(view.Scopes, Option{Value: code, Text: v.W.Code(list, code), Chosen: code == p.scope})
			}
		}
	}
}

// nextEdition finds the stream that the quantity goes on in.
func (s *Site) nextEdition(r *http.Request, v Visitor, p proposalAsked, view *ProposalView) error {
	stream, edition, number, err := s.standingFigure(r, v, p.indicator+"@"+p.scope, p.from.period())
	if err != nil {
		return err
	}
	if edition > 1 {
		view.Next = v.W.Ledger.NextEdition(number, edition)
	}
	view.Hidden = append(view.Hidden, Option{Name: "stream", Value: stream}, Option{Name: "edition", Value: strconv.Itoa(edition)})
	return nil
}

// standingFigure answers the stream of a quantity that was counted before, the
// number its next edition has, and the number it was last published under.
func (s *Site) standingFigure(r *http.Request, v Visitor, of string, period japan.Period) (stream string, edition int, number string, err error) {
	all, err := s.config.Journey.Register(r.Context(), v.Actor.Controller)
	if err != nil {
		return "", 0, "", missing(err)
	}
	number = v.W.Ledger.Unpublished
	for id, f := range all.Figures {
		if f.Indicator != of || f.Period != period || len(f.Editions) == 0 {
			continue
		}
		for _, e := range f.Editions {
			if at := all.Of(id, e.Edition); at != nil {
				number = figureNumber(at.No)
			}
		}
		return id, len(f.Editions) + 1, number, nil
	}
	// Two who propose the same quantity at once meet in one stream.
	return uuid.NewSHA1(uuid.NameSpaceOID, []byte("figure "+v.Actor.Controller+" "+of+" "+period.String())).String(), 1, number, nil
}

// propose proposes the figure as it was counted.
func (s *Site) propose(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	p, err := s.proposalAsked(r, v)
	if err != nil {
		return err
	}
	value, errValue := strconv.Atoi(r.PostFormValue("value"))
	edition, errEdition := strconv.Atoi(r.PostFormValue("edition"))
	if errValue != nil || errEdition != nil || p.from.day == 0 {
		return ErrMissing
	}
	fields := map[string]any{"edition": edition, "indicator": p.indicator + "@" + p.scope, "definition_version": p.version, "from": p.from.period().From.String(),
		"to": p.from.period().To.String(), "known_at": p.from.day.String(), "value": value, "trial": r.PostFormValue("trial") != ""}
	if stream := r.PostFormValue("stream"); stream != "" {
		fields["stream"] = stream
	}
	req, err := s.request(v, commandID(r), "figure.propose", fields)
	if err != nil {
		return err
	}
	receipts, err := s.config.Office.Do(r.Context(), req)
	if err == nil && len(receipts) > 0 {
		position, _ := lastOf(receipts)
		_, stream := domain.SplitStream(receipts[0].Stream)
		http.Redirect(w, r, "/ledger/"+stream+"?at="+strconv.FormatUint(position, 10), http.StatusSeeOther)
		return nil
	}
	faults, ok := faultsOf(v.W, err, map[string]string{"known_at": "known", "definition_version": "version", "value": "known"})
	if !ok {
		return err
	}
	view, _, err := s.proposalView(r, v, p)
	if err != nil {
		return err
	}
	view.Errors = newErrors(v.W, faults...)
	return s.show(w, r, http.StatusUnprocessableEntity, "proposal", "", view)
}
