package proof

import (
	"bytes"
	"strconv"

	"github.com/google/uuid"

	"ayumi/domain"
)

// rowWriter writes rows and the ids that belong to them.
type rowWriter struct {
	shapes map[string]*written
	kept   map[uuid.UUID]int // numbers of ids to be remembered; -1: not met yet
	known  int               // how many of them have a number
	time   int64             // of the event before, ms
	told   map[string]int64  // versions by stream
	stream int               // number of the id in the row's stream; -1: none
	ids    ids
	glance domain.Glance
	form   []byte // reused
	out    []byte
	fresh  []byte // ids of the row, 16 bytes each
}

// written is a shape with the spellings it had last.
type written struct {
	no    int
	turn  []int // places in the order in which they are told
	last  [][]byte
	spelt [][]byte // of the row, nil: as before
}

// newRowWriter writes what a census of the same events was taken of.
func newRowWriter(c *census) *rowWriter {
	w := &rowWriter{shapes: map[string]*written{}, kept: make(map[uuid.UUID]int, len(c.again)), told: map[string]int64{}}
	for id := range c.again {
		w.kept[id] = -1
	}
	return w
}

// row answers the lines of one event and its ids; they hold until the next.
func (w *rowWriter) row(facts domain.Facts) (lines, fresh []byte) {
	w.out, w.fresh, w.form = w.out[:0], w.fresh[:0], append(w.form[:0], '{')
	w.glance.Read(facts)
	for i, k := range w.glance.Keys() {
		if i > 0 {
			w.form = append(w.form, ',')
		}
		w.form = append(append(append(w.form, '"'), k...), `":`...)
		if w.glance.Values()[i][0] == '"' {
			w.form = append(w.form, `"@"`...)
		} else {
			w.form = append(w.form, '@')
		}
	}
	w.form = append(w.form, '}')
	s, known := w.shapes[string(w.form)]
	if !known {
		n := len(w.glance.Keys())
		s = &written{no: len(w.shapes), turn: inTurn(w.glance.Keys()), last: make([][]byte, n), spelt: make([][]byte, n)}
		w.shapes[string(w.form)] = s
		w.out = append(append(w.out, w.form...), '\n')
	}
	passed := int64(0)
	now, timed := momentOf(w.glance.Code("recorded_at"))
	if timed = timed && now >= w.time; timed {
		passed, w.time = now-w.time, now
	}
	w.out = strconv.AppendInt(w.out, int64(s.no), 10)
	w.out = strconv.AppendInt(append(w.out, '+'), passed, 10)
	w.ids.of(w.glance.Code("command_id"))
	stream := string(w.glance.Code("stream"))
	w.stream = -1
	for _, i := range s.turn {
		key, v := w.glance.Keys()[i], unquoted(w.glance.Values()[i])
		if timed && string(key) == "recorded_at" {
			s.spelt[i] = append(s.spelt[i][:0], `\@`...)
			continue
		}
		if string(key) == "version" && bytes.Equal(v, strconv.AppendInt(nil, w.told[stream]+1, 10)) {
			s.spelt[i] = append(s.spelt[i][:0], `\v`...)
			continue
		}
		s.spelt[i] = w.spell(s.spelt[i][:0], key, v)
	}
	if n := w.glance.Number("version"); len(stream) > 0 {
		w.told[stream] = n
	}
	for i, spelt := range s.spelt {
		if s.last[i] != nil && bytes.Equal(spelt, s.last[i]) {
			continue
		}
		s.last[i] = keep(s.last[i], spelt)
		w.out = append(appendPlace(append(w.out, '\t'), i), spelt...)
	}
	return append(w.out, '\n'), w.fresh
}

// unquoted is a value without its quotation marks.
func unquoted(v []byte) []byte {
	if v[0] == '"' {
		return v[1 : len(v)-1]
	}
	return v
}

// keep copies a value, which is not nil then, into the room of the one before.
func keep(last, v []byte) []byte {
	if last == nil {
		last = make([]byte, 0, max(16, len(v)))
	}
	return append(last[:0], v...)
}

// spell writes a value as rows spell it.
func (w *rowWriter) spell(out, key, v []byte) []byte {
	rest := eachID(v, func(before []byte, id uuid.UUID) {
		out = append(out, before...)
		alone := len(out) == len(before) // no id stands before it
		n, again := w.kept[id]
		if string(key) == "stream" {
			defer func() { w.stream = w.numberOf(id) }()
		}
		first := again && n < 0
		hangs := w.ids.known && alone && id.Version() == 5
		switch {
		case hangs && w.ids.named(key, before) == id:
			if out = append(out, '\\', 'i'); !first {
				return
			}
			out[len(out)-1] = 'I'
		case hangs && string(key) == "event_id" && w.nth(id) != 0:
			out = append(out, '\\', 'e', w.nth(id))
			return
		case again && !first && w.stream >= n && w.stream-n < near:
			out = strconv.AppendInt(append(out, '\\', '<'), int64(w.stream-n), 10)
			return
		case again && !first:
			out = strconv.AppendInt(append(out, '\\'), int64(n), 10)
			return
		case again:
			out, w.fresh = append(out, '\\', '+'), append(w.fresh, id[:]...)
		default:
			out, w.fresh = append(out, '\\', '-'), append(w.fresh, id[:]...)
			return
		}
		w.kept[id] = w.known
		w.known++
	})
	return append(out, rest...)
}

// numberOf is the number of a remembered id, -1 for any other.
func (w *rowWriter) numberOf(id uuid.UUID) int {
	if n, again := w.kept[id]; again {
		return n
	}
	return -1
}

// nth tells which event of the command an id belongs to: a digit; 0: none.
func (w *rowWriter) nth(id uuid.UUID) byte {
	for n := byte('0'); n <= '9'; n++ {
		if w.ids.event(w.glance.Code("stream"), n) == id {
			return n
		}
	}
	return 0
}

// eachID finds the ids of a value that can be left out of it, with what stands
// before each, and answers the rest.
func eachID(v []byte, found func(before []byte, id uuid.UUID)) (rest []byte) {
	from := 0
	for i := 0; i+domain.IDLength <= len(v); {
		id, ok := domain.ParseID(v[i : i+domain.IDLength])
		after := i + domain.IDLength
		if !ok || (after < len(v) && v[after] >= '0' && v[after] <= '9') {
			i++
			continue
		}
		found(v[from:i], id)
		i, from = after, after
	}
	return v[from:]
}

// census tells which ids rows need more than once. Most are a command's own and are
// not remembered by one who reads.
type census struct {
	once, again map[uuid.UUID]struct{}
	glance      domain.Glance
}

func newCensus() *census {
	return &census{once: map[uuid.UUID]struct{}{}, again: map[uuid.UUID]struct{}{}}
}

func (c *census) take(facts domain.Facts) {
	c.glance.Read(facts)
	for _, v := range c.glance.Values() {
		if len(v) < domain.IDLength {
			continue
		}
		eachID(v, func(_ []byte, id uuid.UUID) {
			if _, seen := c.once[id]; seen {
				c.again[id] = struct{}{}
			}
			c.once[id] = struct{}{}
		})
	}
}
