package projections

import (
	"errors"
	"fmt"
	"time"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Event is one event of the log with its facts laid open. It is used again for
// a later event: a fold keeps strings of it, never slices or the Event itself.
type Event struct {
	domain.Recorded
	domain.Glance
	Facts        domain.Facts
	Category, ID string // of the stream
	RecordedAt   int64  // milliseconds since 1970, UTC
	bad          error  // why it cannot be read
}

// read lays the facts of a stored event open.
func (e *Event) read(r domain.Recorded) {
	e.Recorded = r
	e.Category, e.ID = domain.SplitStream(r.Stream)
	if e.Facts, e.bad = domain.FactsOf(r.Body); e.bad != nil {
		e.bad = fmt.Errorf("position %d: %w", r.Position, e.bad)
		return
	}
	e.Glance.Read(e.Facts)
	if e.RecordedAt, e.bad = instantOf(e.Code("recorded_at")); e.bad != nil {
		e.bad = fmt.Errorf("position %d: recorded_at: %w", r.Position, e.bad)
	}
}

// Date is the day a fact names, 0 if it is absent.
func (e *Event) Date(key string) japan.Date {
	v := e.Code(key)
	if len(v) != len("2006-01-02") {
		return 0
	}
	y, m, d := digits(v[:4]), digits(v[5:7]), digits(v[8:])
	on, err := japan.Civil(y, m, d)
	if err != nil {
		return 0
	}
	return on
}

func digits(b []byte) int {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

var errNoTime = errors.New("no time")

// instantOf reads 2006-01-02T15:04:05.000Z as milliseconds since 1970.
func instantOf(v []byte) (int64, error) {
	if len(v) != len("2006-01-02T15:04:05.000Z") {
		return 0, errNoTime
	}
	day, err := japan.Civil(digits(v[:4]), digits(v[5:7]), digits(v[8:10]))
	if err != nil {
		return 0, err
	}
	clock := (digits(v[11:13])*60+digits(v[14:16]))*60 + digits(v[17:19])
	return (int64(day-epochDay)*86400+int64(clock))*1000 + int64(digits(v[20:23])), nil
}

var epochDay = japan.On(1970, 1, 1)

// jst is nine hours in milliseconds.
const jst = 9 * 60 * 60 * 1000

// dayOf is the day in Japan of a time in milliseconds since 1970.
func dayOf(ms int64) japan.Date { return epochDay + japan.Date((ms+jst)/86400000) }

func instant(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
