package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"ayumi/projections"
)

// mostHandedOver is how many cases one page hands over.
const mostHandedOver = 500

var handoverReasons = []string{"april_change", "transfer", "leave", "workload"}

// handover shows the cases of a counsellor: the visitor's own, or of whom a lead
// asks for.
func (s *Site) handover(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	view, err := s.handoverView(r, v)
	if err != nil {
		return err
	}
	view.Notice, view.Behind = "", s.behind(r, v)
	if n, err := strconv.Atoi(r.FormValue("saved")); err == nil && n > 0 {
		view.Notice = v.W.Handover.Done(n)
	}
	return s.show(w, r, http.StatusOK, "handover", "", view)
}

// keeper is whose cases are asked for. Only a lead asks for another's.
func keeper(r *http.Request, v Visitor) string {
	if v.holds("LD") {
		return cmp.Or(r.FormValue("account"), v.ID)
	}
	return v.ID
}

// carers are the accounts of the visitor's controller that may keep cases today.
func (s *Site) carers(ctx context.Context, v Visitor) ([]Account, error) {
	ids, err := s.config.Journey.Streams(ctx, "account")
	if err != nil {
		return nil, missing(err)
	}
	var out []Account
	for _, id := range ids {
		a, err := s.config.Accounts.Account(ctx, id)
		if err != nil {
			return nil, err
		}
		if a.Actor.Controller == v.Actor.Controller && (Visitor{Account: a}).holds("CO", "LD") {
			out = append(out, a)
		}
	}
	return out, nil
}

func (s *Site) handoverView(r *http.Request, v Visitor) (HandoverView, error) {
	words, who := v.W.Handover, keeper(r, v)
	view := HandoverView{Page: s.page(r, v, "today", words.Title, "css/today.css"), Keeper: who, Common: r.PostFormValue("common")}
	view.Here = "/handover"
	view.Crumbs = []Crumb{{v.W.Today.Title, "/today"}, {words.Title, ""}}
	carers, err := s.carers(r.Context(), v)
	if err != nil {
		return view, err
	}
	if !slices.ContainsFunc(carers, func(a Account) bool { return a.ID == who }) {
		return view, ErrMissing
	}
	own := []string{v.Actor.Controller, "joint"}
	kept, err := s.config.Journey.Work(r.Context(), projections.WorkFilter{Kind: projections.CaseWork, Owner: who, Controllers: own, Limit: mostHandedOver})
	if err != nil {
		return view, missing(err)
	}
	kept = slices.DeleteFunc(kept, func(c projections.Work) bool { return c.State != "open" })
	f := projections.WorkFilter{Kind: projections.HandoverWork, Controllers: own, Limit: mostHandedOver}
	if !v.holds("LD") {
		f.Owner = v.ID
	}
	waiting, err := s.config.Journey.Work(r.Context(), f)
	if err != nil {
		return view, missing(err)
	}
	d := &workday{on: s.today(), at: projections.Newest}
	var people, staff []string
	for _, c := range append(slices.Clone(kept), waiting...) {
		people, staff = append(people, c.Person.ID), append(staff, c.Owner)
	}
	for _, a := range carers {
		staff = append(staff, a.ID)
	}
	if err := s.nameThese(r, v, d, people, nil, "handover", staff...); err != nil {
		return view, err
	}
	view.Heading = words.Heading(d.seen.name(v, who))
	for _, a := range carers {
		option := Option{Value: a.ID, Text: d.seen.name(v, a.ID) + v.W.Calendar.Comma + v.W.Frame.DeskShort[a.Desk]}
		if option.Chosen = a.ID == who; v.holds("LD") || option.Chosen {
			view.Keepers = append(view.Keepers, option)
		}
		if option.Chosen = a.ID == r.PostFormValue("to"); a.ID != who {
			view.Next = append(view.Next, option)
		}
	}
	for _, reason := range handoverReasons {
		view.Reasons = append(view.Reasons, Option{Value: reason, Text: words.Reasons[reason], Chosen: reason == r.PostFormValue("reason")})
	}
	for _, c := range kept {
		view.Rows = append(view.Rows, HandoverRow{Case: c.Case, Person: d.person(v, c.Person.ID, c.Person.Number), ISO: c.On.String(), Kept: v.W.Date(c.On),
			Chosen: r.Method != http.MethodPost || slices.Contains(r.PostForm["case"], c.Case), Note: r.PostFormValue("note-" + c.Case)})
	}
	for _, c := range waiting {
		view.Waiting = append(view.Waiting, HandoverWaiting{Person: d.person(v, c.Person.ID, c.Person.Number), To: d.seen.name(v, c.Owner), ISO: c.On.String(), On: v.W.Date(c.On),
			For: v.W.Today.Waited(int(d.on - c.On)), Number: recordNumber(c.Changed), Href: recordHref(c.Changed)})
	}
	return view, nil
}

// handOver passes the chosen cases on, each by a command of its own: what is
// refused stays in the list with why, the rest has gone.
func (s *Site) handOver(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	words, from := v.W.Handover, keeper(r, v)
	carers, err := s.carers(r.Context(), v)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(carers, func(a Account) bool { return a.ID == r.PostFormValue("to") && a.ID != from })
	var faults []FieldError
	if i < 0 {
		faults = append(faults, FieldError{"to", v.W.Message.RequiredChoose(words.To)})
	}
	if len(r.PostForm["case"]) == 0 {
		faults = append(faults, FieldError{"cases", words.Choose})
	}
	if len(faults) > 0 {
		return s.handoverAgain(w, r, v, faults)
	}
	kept, err := s.config.Journey.Work(r.Context(), projections.WorkFilter{Kind: projections.CaseWork, Owner: from, Controllers: []string{v.Actor.Controller, "joint"}, Limit: mostHandedOver})
	if err != nil {
		return missing(err)
	}
	done, last := 0, uint64(0)
	for _, c := range kept {
		if !slices.Contains(r.PostForm["case"], c.Case) {
			continue
		}
		position, err := s.handOverOne(r, v, c, carers[i])
		if wrong, ok := faultsOf(v.W, err, nil); ok {
			faults = append(faults, FieldError{Text: words.Refused(personNumber(c.Person.Number), wrong[0].Text)})
			continue
		}
		if err != nil {
			return refused(err)
		}
		done, last = done+1, max(last, position)
	}
	if len(faults) > 0 {
		if err := s.wait(r.Context(), last); err != nil {
			return err
		}
		return s.handoverAgain(w, r, v, faults)
	}
	to := url.Values{"saved": {strconv.Itoa(done)}, "at": {strconv.FormatUint(last, 10)}}
	if from != v.ID {
		to.Set("account", from)
	}
	http.Redirect(w, r, "/handover?"+to.Encode(), http.StatusSeeOther)
	return nil
}

func (s *Site) handOverOne(r *http.Request, v Visitor, c projections.Work, next Account) (uint64, error) {
	note := strings.TrimSpace(r.PostFormValue("common") + "\n" + r.PostFormValue("note-"+c.Case))
	fields := map[string]any{"case": c.Case, "from_owner": c.Owner, "to_owner": next.ID, "from_desk": c.Desk, "desk": cmp.Or(next.Desk, c.Desk), "reason": r.PostFormValue("reason")}
	if note != "" {
		fields["handover_note"] = note
	}
	id := uuid.NewSHA1(uuid.NameSpaceOID, []byte("handover "+c.Case+" "+strconv.FormatUint(c.Changed, 10)+" "+next.ID))
	req, err := s.request(v, id, "case.hand_over", fields)
	if err != nil {
		return 0, err
	}
	receipts, err := s.config.Office.Do(r.Context(), req)
	position, _ := lastOf(receipts)
	return position, err
}

func (s *Site) handoverAgain(w http.ResponseWriter, r *http.Request, v Visitor, faults []FieldError) error {
	view, err := s.handoverView(r, v)
	if err != nil {
		return err
	}
	view.Errors = newErrors(v.W, faults...)
	return s.show(w, r, http.StatusUnprocessableEntity, "handover", "", view)
}
