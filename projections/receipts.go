package projections

import (
	"context"
	"errors"
	"slices"
	"time"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/receipt"
	"ayumi/domain/register"
)

// Receipts answers what became of consultations, from the other read models.
type Receipts struct {
	Journeys   *Journeys
	Indicators *Indicators
	Audit      *AuditTrail
	Rules      indicator.Rules
}

// receipted are the events there are receipts for (counting.md 2, session).
var receipted = []string{"case.consultation_held", "case.consultation_received", "case.message_day_logged"}

// Receipted tells whether there is a receipt for events of a type.
func Receipted(typ string) bool { return slices.Contains(receipted, typ) }

// receiptFigures are the indicators a receipt tells of, the number of sessions first.
var receiptFigures = []string{"C0", "C1", "C2", "P0"}

// Standing answers what became of the consultation recorded at a position;
// ErrUnknown if what is recorded there is none. A record that the read models have
// not counted yet is waiting.
func (r *Receipts) Standing(ctx context.Context, position uint64) (receipt.Standing, error) {
	out := receipt.Standing{Position: position}
	list, err := r.entries(ctx, position)
	if err != nil {
		return out, err
	}
	first := list[0]
	out.From, out.To, out.Desk, out.Recorded = first.From, first.To, first.Desk, japan.DateOf(first.RecordedAt)
	out.Kind = indicator.Consulted
	if first.Type == "case.message_day_logged" {
		out.Kind = indicator.MessageDay
	}
	for i, e := range list {
		out.Corrected = out.Corrected || len(e.Corrected) > 0 || i > 0 && out.Kind == indicator.MessageDay
		out.Moved = out.Moved || i > 0 && out.Kind == indicator.Consulted
		if v := e.Voided; v != nil && v.Type != "case.consultation_released" {
			out.Reason, out.VoidedOn = v.Reason, japan.DateOf(v.RecordedAt)
		}
	}
	trail, err := r.Audit.Entry(ctx, position)
	if errors.Is(err, ErrUnknown) {
		out.State = receipt.StateWaiting
		return out, nil
	}
	if err != nil {
		return out, err
	}
	out.Leaf = trail.Leaf
	positions, err := r.reported(ctx, list)
	if err != nil {
		return out, err
	}
	s := &session{r: r, positions: positions, entity: sessionOf(first), out: &out}
	err = s.count(ctx, first.Controller)
	return out, err
}

// sessionOf names the session that an event reports, as its rows do.
func sessionOf(e Entry) string {
	if e.Type == "case.message_day_logged" {
		return e.Facts.Text("thread") + "/" + e.From.String()
	}
	return e.Facts.Text("consultation")
}

// entries are the record at a position and the later ones that say the same
// consultation anew: after it was given to another case, or the messages of the day
// were added up again.
func (r *Receipts) entries(ctx context.Context, position uint64) ([]Entry, error) {
	first, err := r.Journeys.Record(ctx, position, Newest)
	if err != nil {
		return nil, err
	}
	if !Receipted(first.Type) {
		return nil, ErrUnknown
	}
	out := []Entry{first}
	for at := first; ; {
		next, ok, err := r.next(ctx, at)
		if err != nil || !ok {
			return out, err
		}
		out, at = append(out, next), next
	}
}

// reported are the positions that the rows of a session may come from: messages of a
// day count as reported by the first record of it.
func (r *Receipts) reported(ctx context.Context, list []Entry) ([]uint64, error) {
	var out []uint64
	for _, e := range list {
		out = append(out, e.Position)
	}
	if list[0].Type != "case.message_day_logged" {
		return out, nil
	}
	all, err := r.Journeys.Stream(ctx, list[0].Stream, list[0].Position-1)
	for _, e := range all {
		if e.Type == list[0].Type && sessionOf(e) == sessionOf(list[0]) {
			out = append(out, e.Position)
		}
	}
	return out, err
}

// next is the record that takes the place of one, if there is one.
func (r *Receipts) next(ctx context.Context, e Entry) (Entry, bool, error) {
	find := func(stream, typ string) (Entry, bool, error) {
		list, err := r.Journeys.Stream(ctx, stream, Newest)
		i := slices.IndexFunc(list, func(x Entry) bool {
			return x.Position > e.Position && x.Type == typ && sessionOf(x) == sessionOf(e)
		})
		if err != nil || i < 0 {
			return Entry{}, false, err
		}
		return list[i], true, nil
	}
	if e.Type == "case.message_day_logged" {
		return find(e.Stream, e.Type)
	}
	gone, ok, err := find(e.Stream, "case.consultation_released")
	if err != nil || !ok {
		return Entry{}, false, err
	}
	return find(domain.StreamName("case", gone.Facts.Text("to_case")), "case.consultation_received")
}

// session is one session with what is told of it.
type session struct {
	r         *Receipts
	positions []uint64 // that its rows may come from
	entity    string
	row       indicator.Row // as it is now
	public    *register.Register
	out       *receipt.Standing
}

// rows answers the rows of the session as they hold at a position; false while they
// are still being made from the log.
func (s *session) rows(ctx context.Context, rule indicator.Params, known uint64) ([]indicator.Row, bool, error) {
	rows, err := s.r.Indicators.OfEvents(Patient(ctx, time.Millisecond), rule, s.positions, known)
	var replaying *Replaying
	if errors.As(err, &replaying) {
		return nil, false, nil
	}
	return slices.DeleteFunc(rows, func(x indicator.Row) bool {
		return x.Family != indicator.Sessions || x.Entity != s.entity
	}), err == nil, err
}

// counts tells whether the session is a member of a figure, and if not by which
// clause.
func (s *session) counts(rows []indicator.Row, q indicator.Question) (bool, string) {
	f := indicator.Answer(rows, q, q.Period.To)
	if len(f.Members) > 0 {
		return true, ""
	}
	for _, m := range f.NearMisses {
		return false, m.Clause
	}
	return false, ""
}

// count fills in where the session counts.
func (s *session) count(ctx context.Context, controller string) error {
	rows, _, err := s.rows(ctx, indicator.Usual(), Newest)
	if err != nil {
		return err
	}
	out := s.out
	if len(rows) == 0 {
		out.State = receipt.StateWaiting
		return nil
	}
	s.row = rows[0]
	out.Desk, out.From, out.To, out.Clause = s.row.Desk, s.row.From, s.row.To, s.row.Clause
	if s.public, err = s.r.Journeys.Register(ctx, controller); err != nil {
		return err
	}
	counted := false
	for _, scope := range []string{s.row.Desk, controller} {
		for _, id := range receiptFigures {
			f, clause, err := s.figure(ctx, id, scope)
			if err != nil {
				return err
			}
			if id == receiptFigures[0] && scope == s.row.Desk {
				counted, out.Clause = f.Counted, clause
			}
			if len(f.Published) > 0 || f.Counted && scope == s.row.Desk {
				out.Figures = append(out.Figures, f)
			}
		}
	}
	out.Judge(counted)
	return nil
}

// figure tells whether an indicator of the year of a session counts it now and as it
// was published, and if it does not now, by which clause.
func (s *session) figure(ctx context.Context, id, scope string) (receipt.Figure, string, error) {
	f, clause := receipt.Figure{Indicator: id, Scope: scope, Year: japan.FiscalYearOf(s.row.From)}, ""
	book, err := s.r.Rules.Book(ctx, scope)
	if err != nil {
		return f, "", err
	}
	def, ok := book.InForce(id, f.Year.First())
	if !ok {
		return f, s.row.Clause, nil
	}
	rows, whole, err := s.rows(ctx, def.Params(), Newest)
	if err != nil {
		return f, "", err
	}
	f.Counted, clause = s.counts(rows, indicator.Question{Definition: def, Scope: scope, Period: f.Year.Whole()})
	s.out.Partial = s.out.Partial || !whole
	err = s.published(ctx, book, &f)
	return f, clause, err
}

// published adds the numbers of a figure that stand published and cover the day.
func (s *session) published(ctx context.Context, book *indicator.Book, f *receipt.Figure) error {
	for _, l := range s.public.Lines {
		if l.Kind != register.KindCounted || l.Replaced() || l.Figure.Indicator != f.Indicator+"@"+f.Scope ||
			s.row.From < l.Figure.Period.From || s.row.To > l.Figure.Period.To {
			continue
		}
		asked := l.Figure.Asked(l.Edition)
		def, ok := book.Named(f.Indicator, asked.Version)
		if !ok {
			continue
		}
		rows, whole, err := s.rows(ctx, def.Params(), asked.Position)
		if err != nil {
			return err
		}
		if !whole {
			s.out.Partial = true
			continue
		}
		in, _ := s.counts(rows, indicator.Question{Definition: def, Scope: f.Scope, Period: asked.Period})
		if !in && !f.Counted {
			continue // neither then nor now: nothing to tell
		}
		f.Published = append(f.Published, receipt.Publication{No: l.No, Status: l.Status(), On: l.Edition.PublishedOn, Period: asked.Period, Counted: in})
	}
	return nil
}
