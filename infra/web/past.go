package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// past is the knowledge date an address asks for.
type past struct {
	day    japan.Date // 0: now
	upto   uint64
	typed  string
	wrong  string // what is wrong with the date typed, in words
	status int
}

// pastOf reads the knowledge date of an address: a day means 24:00 of it in
// Japan. One that cannot be read is answered 422 at the present.
func (s *Site) pastOf(r *http.Request, v Visitor) (past, error) {
	return s.pastTyped(r.Context(), v, r.FormValue("asof"))
}

func (s *Site) pastTyped(ctx context.Context, v Visitor, typed string) (past, error) {
	p := past{upto: projections.Newest, status: http.StatusOK, typed: typed}
	if p.typed == "" {
		return p, nil
	}
	t, err := japan.ReadPast(p.typed, s.today())
	if err != nil {
		p.wrong, p.status = dateFault(v.W, err, "asof"), http.StatusUnprocessableEntity
		var m *japan.Misread
		if errors.As(err, &m) && m.Key == japan.Future {
			p.wrong = v.W.Refusal("asof.future", "asof", nil)
		}
		return p, nil
	}
	p.day = t.Date
	p.upto, err = s.config.Figures.PositionAt(ctx, t.Date)
	return p, missing(err)
}

// dateFault says why a typed date was not taken.
func dateFault(w *locale.Words, err error, field string) string {
	var m *japan.Misread
	if !errors.As(err, &m) {
		return w.Refusal(string(japan.Unreadable), field, nil)
	}
	if m.Key == japan.NoSuchDay && m.Month > 0 && m.Day > 0 {
		return w.Message.NoSuchDay(m.Month, m.Day)
	}
	return w.Refusal(string(m.Key), field, nil)
}

// personBar is the box of the knowledge date on a person's page, with a slider over
// the days on which something was recorded.
func (s *Site) personBar(r *http.Request, v Visitor, d *dossier, p past) (*AsOfBar, error) {
	bar := &AsOfBar{W: v.W, Action: "/people/" + d.sum.ID, Date: p.typed, Error: p.wrong, Index: -1}
	entries := d.entries
	if p.day != 0 {
		bar.Date, bar.Resolved = v.W.PlainDate(p.day), v.W.Indicator.Replayed(int(p.upto))
		var err error
		if entries, err = s.config.Journey.Journey(r.Context(), d.sum.ID, projections.Newest); err != nil {
			return nil, missing(err)
		}
	}
	days := stops(entries, s.today())
	for i, day := range days {
		bar.Months = append(bar.Months, SliderMonth{ISO: day.String()})
		if p.day == 0 || day <= p.day {
			bar.Index = i
		}
	}
	if len(days) == 0 {
		return bar, nil
	}
	bar.Months = append(bar.Months, SliderMonth{Name: v.W.Calendar.Now})
	bar.Months[0].Name, bar.Spread = v.W.ShortDate(days[0]), true
	if p.day == 0 {
		bar.Index = len(days)
	}
	return bar, nil
}

// stopsShown is how many days in the past a slider over one person's records has.
const stopsShown = 24

// stops are the days before today on which something was recorded, ascending; where
// they are too many, some of them with as many left out between each two.
func stops(entries []projections.Entry, today japan.Date) []japan.Date {
	var days []japan.Date
	for _, e := range entries {
		if day := japan.DateOf(e.RecordedAt); day < today {
			days = append(days, day)
		}
	}
	slices.Sort(days)
	days = slices.Compact(days)
	if len(days) <= stopsShown {
		return days
	}
	out := make([]japan.Date, stopsShown)
	for i := range out {
		out[i] = days[i*(len(days)-1)/(stopsShown-1)]
	}
	return out
}

// ownWriteWait is how long a page waits for the record its reader just made.
const ownWriteWait = 2 * time.Second

// await waits until the read model holds the record the address names, so that
// who saved finds it. When that takes too long the page says so instead.
func (s *Site) await(r *http.Request) error {
	position, err := strconv.ParseUint(r.FormValue("at"), 10, 64)
	if err != nil || position > s.head(r.Context()) {
		return nil
	}
	return s.wait(r.Context(), position)
}

func (s *Site) wait(ctx context.Context, position uint64) error {
	ctx, cancel := context.WithTimeout(ctx, ownWriteWait)
	defer cancel()
	err := s.config.Reads.Wait(ctx, position)
	if errors.Is(err, projections.ErrBehind) || errors.Is(err, projections.ErrStopped) {
		return nil
	}
	return err
}

// behind warns of a read model that has not reached what the reader saved.
func (s *Site) behind(r *http.Request, v Visitor) *Warning {
	position, err := strconv.ParseUint(r.FormValue("at"), 10, 64)
	if reached := s.reached("journeys"); err == nil && reached < position && position <= s.head(r.Context()) {
		return &Warning{Heading: v.W.State.BehindHeading, Text: v.W.State.Behind(int(position - reached))}
	}
	return nil
}

// halted answers the read models that have stopped.
func (s *Site) halted(v Visitor) (out []Halt) {
	if s.config.Reads == nil {
		return nil
	}
	for _, st := range s.config.Reads.Status() {
		if st.State == projections.Stopped {
			out = append(out, Halt{v.W.Status.Models[st.Name], recordNumber(st.Position)})
		}
	}
	return out
}

// head is the last position of the log.
func (s *Site) head(ctx context.Context) uint64 { return s.config.Bus(ctx).Store }
