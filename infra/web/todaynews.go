package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"

	"ayumi/projections"
)

// todayStream tells an open page of the day how much has moved in its lists.
func (s *Site) todayStream(w http.ResponseWriter, r *http.Request, v Visitor) error {
	filters := slices.Collect(maps.Values(s.mine(v)))
	return s.movedStream(w, r, v, MovedPill{W: v.W, Action: "/today"}, func(ctx context.Context, from uint64) (int, uint64, error) {
		return s.config.Journey.Moved(ctx, from, filters...)
	})
}

// movedStream tells an open page how much has moved in its lists since it was made: a
// number, no rows and no names. It ends with the request and when the site closes.
func (s *Site) movedStream(w http.ResponseWriter, r *http.Request, v Visitor, pill MovedPill, moved func(ctx context.Context, from uint64) (int, uint64, error)) error {
	from, err := strconv.ParseUint(r.FormValue("from"), 10, 64)
	if err != nil {
		return ErrMissing
	}
	if err := s.seen(r); err != nil {
		return err
	}
	ctx, line, end, err := s.openLine(w, r)
	if err != nil {
		return err
	}
	defer end()
	told, beat := 0, time.Now().Add(heartbeat)
	for ctx.Err() == nil {
		reached := s.reached("journeys")
		n, last, err := moved(ctx, from)
		if err != nil {
			return nil // the page connects again
		}
		if n != told {
			told, pill.Count = n, n
			if s.tellMoved(w, pill, last) != nil {
				return nil
			}
		}
		if line.Flush() != nil {
			return nil
		}
		err = s.pause(ctx, reached, beat)
		if err != nil && !errors.Is(err, projections.ErrBehind) {
			return nil
		}
		if err != nil {
			if who, err := s.SignedIn(r); err != nil || who != v.ID {
				return nil // the session has ended or is locked
			}
			beat = time.Now().Add(heartbeat)
			if _, err := fmt.Fprint(w, ": on\n\n"); err != nil {
				return nil
			}
		}
	}
	return nil
}

func (s *Site) tellMoved(w http.ResponseWriter, pill MovedPill, last uint64) error {
	var out bytes.Buffer
	if err := s.pages.sets["today.html"].ExecuteTemplate(&out, "movedpill", pill); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "id: %d\ndata: %s\n\n", last, bytes.ReplaceAll(out.Bytes(), []byte("\n"), []byte(" ")))
	return err
}

// openLine opens the line of a stream: it lives until the request ends, the site
// closes or end is called.
func (s *Site) openLine(w http.ResponseWriter, r *http.Request) (context.Context, *http.ResponseController, context.CancelFunc, error) {
	line := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	if err := line.SetWriteDeadline(time.Time{}); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return nil, nil, nil, err
	}
	ctx, cancel := context.WithCancel(r.Context())
	go func() {
		select {
		case <-s.closing:
			cancel()
		case <-ctx.Done():
		}
	}()
	if _, err := fmt.Fprint(w, ": ok\n\n"); err != nil {
		cancel() // the reader has gone
	}
	return ctx, line, cancel, nil
}
