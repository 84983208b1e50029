package projections

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Event is one event of the log with its facts laid open. It is used again for
// the next event: a fold keeps strings of it, never slices or the Event itself.
type Event struct {
	domain.Recorded
	Facts        domain.Facts
	Category, ID string // of the stream
	keys, values [][]byte
	bad          error // why its facts cannot be read
}

// read lays the facts of a stored event open.
func (e *Event) read(r domain.Recorded) {
	e.Recorded = r
	e.Category, e.ID = domain.SplitStream(r.Stream)
	e.keys, e.values = e.keys[:0], e.values[:0]
	if e.Facts, e.bad = domain.FactsOf(r.Body); e.bad != nil {
		e.bad = fmt.Errorf("position %d: %w", r.Position, e.bad)
		return
	}
	e.Facts.Scan(func(k, v []byte) bool {
		e.keys, e.values = append(e.keys, k), append(e.values, v)
		return true
	})
}

func (e *Event) raw(key string) []byte {
	for i, k := range e.keys {
		if string(k) == key {
			return e.values[i]
		}
	}
	return nil
}

// code is the text of a fact that never holds an escape: a code, an id, a date.
func (e *Event) code(key string) []byte {
	v := e.raw(key)
	if len(v) < 2 || v[0] != '"' {
		return nil
	}
	return v[1 : len(v)-1]
}

// Text is the text of a coded fact, "" if it is absent.
func (e *Event) Text(key string) string { return string(e.code(key)) }

// List is a fact of several codes or ids.
func (e *Event) List(key string) []string {
	v := e.Text(key)
	if v == "" {
		return nil
	}
	return strings.Split(v, ",")
}

// Number is the value of a whole-number fact, 0 if it is absent.
func (e *Event) Number(key string) int64 {
	n, _ := strconv.ParseInt(string(e.raw(key)), 10, 64)
	return n
}

// Date is the day a fact names, 0 if it is absent.
func (e *Event) Date(key string) japan.Date {
	v := e.code(key)
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

// recorded is recorded_at in milliseconds since 1970, UTC.
func (e *Event) recorded() (int64, error) {
	v := e.code("recorded_at") // 2006-01-02T15:04:05.000Z
	if len(v) != len("2006-01-02T15:04:05.000Z") {
		return 0, fmt.Errorf("position %d: recorded_at is no time", e.Position)
	}
	day, err := japan.Civil(digits(v[:4]), digits(v[5:7]), digits(v[8:10]))
	if err != nil {
		return 0, fmt.Errorf("position %d: recorded_at: %w", e.Position, err)
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
