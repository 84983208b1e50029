package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/projections"

	"github.com/google/uuid"
)

// recordEntry records a consultation or the messages of a day, and the next
// promise with it.
func (s *Site) recordEntry(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	d, err := s.dossier(r, v, r.PathValue("id"), projections.Newest, "entry")
	if err != nil {
		return err
	}
	c := d.openCase()
	if c == nil {
		return ErrRefused
	}
	in := readEntry(r.PostForm)
	if _, err := uuid.Parse(in.commandID); err != nil {
		in.commandID = uuid.NewString()
	}
	in.check(v.W, s.today())
	if len(in.faults) > 0 {
		return s.entryAgain(w, r, v, d, c, in, nil)
	}
	first, last, again, err := s.saveEntry(r.Context(), v, d, c, in)
	if err != nil {
		return s.entryRefused(w, r, v, d, c, in, err)
	}
	s.draftDone(r, v, d.sum.ID)
	if r.Header.Get("HX-Request") == "" {
		http.Redirect(w, r, savedAddress(d.sum.ID, last, again), http.StatusSeeOther)
		return nil
	}
	if err := s.wait(r.Context(), last); err != nil {
		return err
	}
	return s.fresh(w, r, v, first-1)
}

// saveEntry gives the commands. The promise is tried first, so that nothing is
// kept of a form that is refused. Answered are the positions of the first and
// the last record, and whether they had been made before.
func (s *Site) saveEntry(ctx context.Context, v Visitor, d *dossier, c *projections.CaseSummary, in *entryInput) (first, last uint64, again bool, err error) {
	id := uuid.MustParse(in.commandID)
	name, fields := in.promise(v, c)
	promise, err := s.request(v, uuid.NewSHA1(id, []byte("next")), name, fields)
	if err != nil {
		return 0, 0, false, err
	}
	if name != "" {
		if _, err := s.config.Office.Propose(ctx, promise); err != nil {
			return 0, 0, false, err
		}
	}
	name, fields = in.command(v, d, c)
	main, err := s.request(v, id, name, fields)
	if err != nil {
		return 0, 0, false, err
	}
	main.Expect = expected(in.expected)
	receipts, err := s.config.Office.Do(ctx, main)
	if err != nil {
		return 0, 0, false, err
	}
	last, again = lastOf(receipts)
	first = last
	if promise.Command != "" {
		more, err := s.config.Office.Do(ctx, promise)
		if err != nil {
			return 0, 0, false, err
		}
		next, _ := lastOf(more)
		last = max(last, next)
	}
	return first, last, again, nil
}

// request is a command of a visitor, at the server's clock.
func (s *Site) request(v Visitor, id uuid.UUID, command string, fields map[string]any) (office.Request, error) {
	data, err := dataOf(fields)
	return office.Request{Command: command, ID: id, By: v.ID, At: s.config.Now(), Data: data}, err
}

// expected is the stream version a form was opened on; nothing readable is
// version 0, which no form was ever opened on.
func expected(text string) *uint64 {
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		n = 0
	}
	return &n
}

func lastOf(receipts []domain.Receipt) (position uint64, again bool) {
	for _, r := range receipts {
		position, again = max(position, r.Position), again || r.Repeated
	}
	return position, again
}

// entryRefused shows the form again with what is wrong, or with what changed.
func (s *Site) entryRefused(w http.ResponseWriter, r *http.Request, v Visitor, d *dossier, c *projections.CaseSummary, in *entryInput, err error) error {
	if moved(err) {
		if d, c, err = s.reread(r, v, d.sum.ID); err != nil {
			return err
		}
		conflict := clash(v, d, c, in)
		in.expected = strconv.Itoa(c.Version)
		return s.entryAgain(w, r, v, d, c, in, conflict)
	}
	faults, ok := faultsOf(v.W, err, entryFields)
	if !ok {
		return err
	}
	in.faults = faults
	return s.entryAgain(w, r, v, d, c, in, nil)
}

// reread reads a person again as everything recorded by now leaves it.
func (s *Site) reread(r *http.Request, v Visitor, id string) (*dossier, *projections.CaseSummary, error) {
	if err := s.wait(r.Context(), s.head(r.Context())); err != nil {
		return nil, nil, err
	}
	d, err := s.dossier(r, v, id, projections.Newest, "entry")
	if err != nil {
		return nil, nil, err
	}
	c := d.openCase()
	if c == nil {
		return nil, nil, ErrRefused
	}
	return d, c, nil
}

// entryFields are the inputs in which the facts of the commands were typed.
var entryFields = map[string]string{
	"note": "memo", "summary": "memo", "occurred_on": "when", "slot_on": "next", "slot_time": "next", "due_on": "next",
	"outside_hours_reason": "outside", "started_at": "started_at", "ended_at": "ended_at", "categories": "categories", "channel": "channel",
}

// entryAgain sends the form back with everything typed: as a fragment for the
// box above the form, or as the whole page.
func (s *Site) entryAgain(w http.ResponseWriter, r *http.Request, v Visitor, d *dossier, c *projections.CaseSummary, in *entryInput, conflict *Conflict) error {
	status := http.StatusUnprocessableEntity
	if conflict != nil {
		status = http.StatusConflict
	}
	view, err := s.journeyView(r, v, d, 0)
	if err != nil {
		return err
	}
	view.Entry = entryForm(v, d, c, in, v.W.DateTime(s.config.Now()))
	view.Entry.Conflict = conflict
	view.Entry.NeedsWhy = view.Entry.NeedsWhy || view.Entry.Errors.Of("started_at") != "" || view.Entry.Errors.Of("outside") != ""
	return s.show(w, r, status, "journey", "trouble", view)
}

// clash says what was recorded in the case since the form was opened.
func clash(v Visitor, d *dossier, c *projections.CaseSummary, in *entryInput) *Conflict {
	out := &Conflict{W: v.W, Text: v.W.State.ConflictText, CanKeepBoth: true}
	opened := *expected(in.expected)
	for _, e := range d.entries {
		version, _ := e.Facts.Int("version")
		if e.Case != c.ID || uint64(version) <= opened {
			continue
		}
		who := d.seen.name(v, e.RecordedBy)
		out.Heading, out.NowBy = v.W.State.ConflictHeading(who, v.W.Event(e.Type)), v.W.State.NowBy(who, v.W.DayTime(e.RecordedAt))
		out.Rows = append(out.Rows, ConflictRow{Field: v.W.Event(e.Type), Now: recordNumber(e.Position) + " " + d.seen.note(v.W, e), NowChanged: true})
	}
	if out.Heading == "" {
		out.Heading, out.NowBy = v.W.Refusal("stream.moved", "", nil), v.W.Calendar.Today
	}
	out.Rows = append(out.Rows, ConflictRow{Field: v.W.Entry.Memo, Yours: in.memo, YoursChanged: true})
	return out
}

// finishTask takes a task off the list.
func (s *Site) finishTask(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	d, err := s.dossier(r, v, r.PathValue("id"), projections.Newest, "task")
	if err != nil {
		return err
	}
	for _, t := range d.sum.Tasks {
		if t.ID != r.PathValue("task") {
			continue
		}
		req, err := s.request(v, uuid.NewSHA1(uuid.NameSpaceOID, []byte("done "+t.ID)), "case.do_task", map[string]any{"case": t.Case, "task": t.ID, "result": "done"})
		if err != nil {
			return err
		}
		receipts, err := s.config.Office.Do(r.Context(), req)
		if err != nil {
			return refused(err)
		}
		position, again := lastOf(receipts)
		http.Redirect(w, r, savedAddress(d.sum.ID, position, again), http.StatusSeeOther)
		return nil
	}
	return ErrMissing
}

// reopen lets the last case of a person go on.
func (s *Site) reopen(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	d, err := s.dossier(r, v, r.PathValue("id"), projections.Newest, "reopen")
	if err != nil {
		return err
	}
	c := d.newestCase()
	if c == nil {
		return ErrMissing
	}
	id := uuid.NewSHA1(uuid.NameSpaceOID, []byte("reopen "+c.ID+" "+strconv.Itoa(c.Version)))
	req, err := s.request(v, id, "case.reopen", map[string]any{"case": c.ID, "reason": "person_wish"})
	if err != nil {
		return err
	}
	receipts, err := s.config.Office.Do(r.Context(), req)
	if err != nil {
		return refused(err)
	}
	position, again := lastOf(receipts)
	http.Redirect(w, r, savedAddress(d.sum.ID, position, again), http.StatusSeeOther)
	return nil
}

// mostForm is the largest form in bytes.
const mostForm = 256 << 10

// readForm reads a form that writes. One that carries a knowledge date was made
// by hand: nothing is written into the past.
func readForm(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, mostForm)
	if err := r.ParseForm(); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return ErrTooLarge
		}
		return ErrMissing
	}
	if r.Form.Get("asof") != "" {
		return ErrRefused
	}
	return nil
}
