package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"ayumi/domain/japan"
	"ayumi/domain/office"
	"ayumi/projections"
)

// todayRoutes are the day of a counsellor and what is done from its lists.
func (s *Site) todayRoutes() {
	care := []string{"CO", "LD"}
	s.staff("GET /today", s.todayPage, care...)
	s.staff("GET /today/stream", s.todayStream, care...)
	s.staff("POST /people/{id}/tasks/{task}/due", s.moveTask, care...)
	s.staff("POST /people/{id}/tasks/{task}/drop", s.dropTask, care...)
	s.staff("POST /people/{id}/bookings/{booking}/missed", s.missBooking, care...)
	s.staff("POST /records/{no}/read", s.readNote, care...)
	s.staff("GET /handover", s.handover, care...)
	s.staff("POST /handover", s.handOver, care...)
}

// carry gives one command of the day and goes back to the day.
func (s *Site) carry(w http.ResponseWriter, r *http.Request, req office.Request) error {
	receipts, err := s.config.Office.Do(r.Context(), req)
	if err != nil {
		return err
	}
	position, again := lastOf(receipts)
	to := url.Values{"saved": {strconv.FormatUint(position, 10)}, "at": {strconv.FormatUint(position, 10)}}
	if again {
		to.Set("again", "1")
	}
	http.Redirect(w, r, "/today?"+to.Encode(), http.StatusSeeOther)
	return nil
}

// work finds an open task or booking of a person whom the visitor may know of.
func (s *Site) work(r *http.Request, v Visitor, kind, id string) (projections.Work, error) {
	f := s.mine(v)[kind]
	f.Owner, f.Desk, f.Person = "", "", r.PathValue("id")
	list, err := s.config.Journey.Work(r.Context(), f)
	if err != nil {
		return projections.Work{}, missing(err)
	}
	for _, w := range list {
		if w.ID == id {
			return w, nil
		}
	}
	return projections.Work{}, ErrMissing
}

// moveTask gives a task another day, which is typed as people say it.
func (s *Site) moveTask(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	task, err := s.work(r, v, projections.TaskWork, r.PathValue("task"))
	if err != nil {
		return err
	}
	typed := DueForm{ID: task.ID, Typed: strings.TrimSpace(r.PostFormValue("due"))}
	if typed.Typed == "" {
		typed.Error = v.W.Message.Required(v.W.Field("due_on"))
		return s.showToday(w, r, v, typed)
	}
	on, err := japan.ReadComing(typed.Typed, s.today())
	if err != nil || on.Precision != japan.PrecisionDay {
		typed.Error = dateFault(v.W, err, "due")
		return s.showToday(w, r, v, typed)
	}
	id := uuid.NewSHA1(uuid.NameSpaceOID, []byte("due "+task.ID+" "+strconv.FormatUint(task.Changed, 10)+" "+on.Date.String()))
	req, err := s.request(v, id, "case.reschedule_task", map[string]any{"case": task.Case, "task": task.ID, "due_on": on.Date.String(), "reason": r.PostFormValue("reason")})
	if err != nil {
		return err
	}
	err = s.carry(w, r, req)
	if faults, ok := faultsOf(v.W, err, nil); ok {
		typed.Error = faults[0].Text
		return s.showToday(w, r, v, typed)
	}
	return refused(err)
}

// dropTask gives a task up.
func (s *Site) dropTask(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	task, err := s.work(r, v, projections.TaskWork, r.PathValue("task"))
	if err != nil {
		return err
	}
	req, err := s.request(v, uuid.NewSHA1(uuid.NameSpaceOID, []byte("drop "+task.ID)), "case.drop_task", map[string]any{"case": task.Case, "task": task.ID, "reason": r.PostFormValue("reason")})
	if err != nil {
		return err
	}
	return refused(s.carry(w, r, req))
}

// missBooking records that somebody did not come.
func (s *Site) missBooking(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	b, err := s.work(r, v, projections.BookingWork, r.PathValue("booking"))
	if err != nil {
		return err
	}
	req, err := s.request(v, uuid.NewSHA1(uuid.NameSpaceOID, []byte("missed "+b.ID)), "case.miss_booking", map[string]any{"case": b.Case, "booking": b.ID})
	if err != nil {
		return err
	}
	return refused(s.carry(w, r, req))
}

// readNote ticks off a note, or takes a case on that was handed over.
func (s *Site) readNote(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	no, err := strconv.ParseUint(r.PathValue("no"), 10, 64)
	if err != nil {
		return ErrMissing
	}
	e, err := s.config.Journey.Record(r.Context(), no, projections.Newest)
	if err != nil {
		return missing(err)
	}
	if !s.mayFacts(v, e.Controller) {
		return ErrMissing
	}
	name, fields := "case.read_note", map[string]any{"case": e.Case, "note": e.EventID}
	switch e.Type {
	case "case.note_added":
	case "case.handed_over":
		name, fields = "case.acknowledge_handover", map[string]any{"case": e.Case, "owner": v.ID}
	default:
		return ErrMissing
	}
	req, err := s.request(v, uuid.NewSHA1(uuid.NameSpaceOID, []byte("read "+e.EventID+" "+v.ID)), name, fields)
	if err != nil {
		return err
	}
	return refused(s.carry(w, r, req))
}
