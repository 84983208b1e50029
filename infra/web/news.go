package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"ayumi/projections"
)

// news brings an open page up to date: the timeline with what came after from.
func (s *Site) news(w http.ResponseWriter, r *http.Request, v Visitor) error {
	from, err := strconv.ParseUint(r.FormValue("from"), 10, 64)
	if err != nil {
		return ErrMissing
	}
	return s.fresh(w, r, v, from)
}

// fresh answers the timeline as it is now with everything that must change with
// it (ui.md 8, 6). Without script the page itself is newer.
func (s *Site) fresh(w http.ResponseWriter, r *http.Request, v Visitor, after uint64) error {
	id := r.PathValue("id")
	d, err := s.dossier(r, v, id, projections.Newest, "journey")
	if err != nil {
		return err
	}
	if r.Header.Get("HX-Request") == "" {
		http.Redirect(w, r, "/people/"+id, http.StatusSeeOther)
		return nil
	}
	view, err := s.journeyView(r, v, d, after)
	if err != nil {
		return err
	}
	view.OOB, view.Saved = true, r.Method == http.MethodPost
	return s.show(w, r, http.StatusOK, "journey", "fresh", view)
}

// heartbeat keeps a silent line from being cut on its way.
const heartbeat = 20 * time.Second

// stream tells an open page how many records came after the one it shows: a
// state, not rows. It ends with the request and when the site closes.
func (s *Site) stream(w http.ResponseWriter, r *http.Request, v Visitor) error {
	id := r.PathValue("id")
	from, err := strconv.ParseUint(r.FormValue("from"), 10, 64)
	if err != nil {
		return ErrMissing
	}
	if err := s.mayFollow(r, v, id); err != nil {
		return err
	}
	if err := s.seen(r); err != nil {
		return err
	}
	ctx, line, end, err := s.openLine(w, r)
	if err != nil {
		return err
	}
	defer end()
	s.follow(ctx, w, r, line, v, id, from)
	return nil
}

func (s *Site) mayFollow(r *http.Request, v Visitor, id string) error {
	entries, err := s.config.Journey.Stream(r.Context(), "person-"+id, projections.Newest)
	if err != nil {
		return missing(err)
	}
	if len(entries) == 0 || !s.mayFacts(v, entries[0].Controller) {
		return ErrMissing
	}
	return nil
}

// follow sends the pill whenever its number changes, and a comment when nothing
// happens for long.
func (s *Site) follow(ctx context.Context, w http.ResponseWriter, r *http.Request, line *http.ResponseController, v Visitor, id string, from uint64) {
	told, beat := 0, time.Now().Add(heartbeat)
	for ctx.Err() == nil {
		reached := s.reached("journeys")
		n, newest, err := s.newer(ctx, id, from)
		if err != nil {
			return // the page connects again
		}
		if n != told {
			told = n
			if s.tell(w, v, id, from, n, newest) != nil {
				return
			}
		}
		if line.Flush() != nil {
			return
		}
		err = s.pause(ctx, reached, beat)
		if err != nil && !errors.Is(err, projections.ErrBehind) {
			return
		}
		if err != nil {
			if who, err := s.SignedIn(r); err != nil || who != v.ID {
				return // the session has ended or is locked
			}
			beat = time.Now().Add(heartbeat)
			if _, err := fmt.Fprint(w, ": on\n\n"); err != nil {
				return
			}
		}
	}
}

// pause waits until the read model passes a position; ErrBehind at the heartbeat.
func (s *Site) pause(ctx context.Context, reached uint64, beat time.Time) error {
	ctx, cancel := context.WithDeadline(ctx, beat)
	defer cancel()
	return s.config.Reads.Wait(ctx, reached+1, "journeys")
}

// newer counts the records of a person after a position, and answers the newest.
func (s *Site) newer(ctx context.Context, id string, from uint64) (n int, newest projections.Entry, err error) {
	entries, err := s.config.Journey.Journey(ctx, id, projections.Newest)
	for _, e := range entries {
		if e.Position > from && e.Group != projections.GroupSystem {
			n, newest = n+1, e
		}
	}
	return n, newest, err
}

func (s *Site) tell(w http.ResponseWriter, v Visitor, id string, from uint64, n int, newest projections.Entry) error {
	pill := Pill{W: v.W, Count: n, From: v.W.Frame.DeskShort[newest.Desk], Show: "/people/" + id + "/news?from=" + strconv.FormatUint(from, 10), Target: "#timeline"}
	var out bytes.Buffer
	if err := s.pages.sets["journey.html"].ExecuteTemplate(&out, "pill", pill); err != nil {
		return err
	}
	data := bytes.ReplaceAll(out.Bytes(), []byte("\n"), []byte(" "))
	_, err := fmt.Fprintf(w, "id: %d\ndata: %s\n\n", newest.Position, data)
	return err
}
