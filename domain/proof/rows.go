package proof

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strconv"

	"github.com/google/uuid"

	"ayumi/domain"
)

// The rows of a bundle, rows.txt: what an auditor may see of every event of the
// range, one event a line, in order of the log.
//
//	{"advice":@,"channel":"@",…}        a shape: facts with @ in the place of values
//	<priv>⇥<shape>⇥<value>⇥<value>…     an event
//
// A shape stands right before the first event that needs it and is known by its
// number from 0. priv is standard base64 without padding. A value is spelt as in
// the facts, or is short for one:
//
//	(empty)  the value in the same place of the event before of that shape
//	\i       the id that the command gave to a field: UUID v5 of command_id and the field's name
//	\e0      the id of the first, \e1 of the second … event of the command in its
//	         stream: UUID v5 of command_id and "stream number"
//	\0       nothing: an empty text
//
// No fact can be spelt like a short form: a backslash is always followed by one of
// the escapes of JSON.
const (
	sameField  = `\i`
	sameEvent  = `\e`
	nothing    = `\0`
	maxRow     = 512 << 10 // bytes of one line
	maxShapes  = 1 << 16
	privLength = 43
)

var (
	errRow = errors.New("row is malformed")
	base   = base64.RawStdEncoding.Strict()
)

// rowWriter writes rows.
type rowWriter struct {
	shapes map[string]*shape
	out    []byte
	glance domain.Glance
}

// shape is the form of one kind of event with the values it had last.
type shape struct {
	no     int
	parts  [][]byte // what stands before each value, and after the last
	keys   []string
	last   [][]byte
	values [][]byte // of the row being read
	short  []int    // places of ids still to be made
}

func newRowWriter() *rowWriter { return &rowWriter{shapes: map[string]*shape{}} }

// row answers the lines of one event; they hold until the next.
func (w *rowWriter) row(facts domain.Facts, priv [32]byte) []byte {
	w.out = w.out[:0]
	w.glance.Read(facts)
	values := make([][]byte, 0, 32)
	form := []byte{'{'}
	for i, k := range w.glance.Keys() {
		if i > 0 {
			form = append(form, ',')
		}
		form = append(append(append(form, '"'), k...), '"', ':')
		v := w.glance.Raw(string(k))
		if v[0] == '"' {
			v = v[1 : len(v)-1]
			form = append(form, '"', '@', '"')
		} else {
			form = append(form, '@')
		}
		values = append(values, v)
	}
	form = append(form, '}')
	s, known := w.shapes[string(form)]
	if !known {
		s = &shape{no: len(w.shapes), last: make([][]byte, len(values))}
		w.shapes[string(form)] = s
		w.out = append(append(w.out, form...), '\n')
	}
	w.out = base.AppendEncode(w.out, priv[:])
	w.out = strconv.AppendInt(append(w.out, '\t'), int64(s.no), 10)
	ids := idsOf(w.glance.Code("command_id"), w.glance.Code("stream"))
	for i, v := range values {
		w.out = append(w.out, '\t')
		switch short := ids.short(string(w.glance.Keys()[i]), v); {
		case s.last[i] != nil && bytes.Equal(v, s.last[i]):
		case len(v) == 0:
			w.out = append(w.out, nothing...)
		case short != "":
			w.out = append(w.out, short...)
		default:
			w.out = append(w.out, v...)
		}
		s.last[i] = keep(s.last[i], v)
	}
	return append(w.out, '\n')
}

// ids are those that hang on a command.
type ids struct {
	command uuid.UUID
	known   bool
	stream  []byte
}

func idsOf(command, stream []byte) ids {
	id, err := uuid.ParseBytes(command)
	return ids{id, err == nil && len(command) == 36, stream}
}

// field is the id that the command gave to a field.
func (c ids) field(name string) uuid.UUID { return uuid.NewSHA1(c.command, []byte(name)) }

// event is the id of the nth event of the command in its stream, from 0.
func (c ids) event(n byte) uuid.UUID {
	return uuid.NewSHA1(c.command, append(append(append(make([]byte, 0, 64), c.stream...), ' '), n))
}

// short is the short form of a value, "" if it has none.
func (c ids) short(key string, v []byte) string {
	have, err := uuid.ParseBytes(v)
	if err != nil || !c.known || have.Version() != 5 || len(v) != 36 {
		return ""
	}
	if key == "event_id" {
		for n := byte('0'); n <= '9'; n++ {
			if c.event(n) == have {
				return sameEvent + string(n)
			}
		}
		return ""
	}
	if c.field(key) == have {
		return sameField
	}
	return ""
}

// rowReader reads rows written by anybody.
type rowReader struct {
	shapes []*shape
	fresh  bool // the last line was a shape
}

// line reads one line without its end. It answers false for a shape; else facts,
// appended to out, and priv.
func (r *rowReader) line(line, out []byte) (facts []byte, priv [32]byte, row bool, err error) {
	if len(line) > 0 && line[0] == '{' {
		if r.fresh || len(r.shapes) >= maxShapes {
			return out, priv, false, errRow
		}
		s, err := readShape(line)
		r.shapes, r.fresh = append(r.shapes, s), true
		return out, priv, false, err
	}
	if len(line) < privLength+2 || line[privLength] != '\t' {
		return out, priv, false, errRow
	}
	if _, err := base.Decode(priv[:], line[:privLength]); err != nil {
		return out, priv, false, errRow
	}
	no, rest, more := bytes.Cut(line[privLength+1:], []byte{'\t'})
	n, err := strconv.Atoi(string(no))
	if err != nil || !more || n < 0 || n >= len(r.shapes) || (len(no) > 1 && no[0] == '0') || (r.fresh && n != len(r.shapes)-1) {
		return out, priv, false, errRow
	}
	r.fresh = false
	out, err = r.shapes[n].fill(rest, out)
	return out, priv, true, err
}

func readShape(line []byte) (*shape, error) {
	s := &shape{}
	for rest := line; ; {
		at := bytes.IndexByte(rest, '@')
		if at < 0 {
			s.parts = append(s.parts, bytes.Clone(rest))
			break
		}
		part := bytes.Clone(rest[:at])
		key := bytes.TrimSuffix(part, []byte{'"'})
		end := bytes.LastIndexByte(key, '"')
		if end < 0 {
			return s, errRow
		}
		s.parts = append(s.parts, part)
		s.keys = append(s.keys, string(key[bytes.LastIndexByte(key[:end], '"')+1:end]))
		rest = rest[at+1:]
	}
	s.last, s.values = make([][]byte, len(s.keys)), make([][]byte, len(s.keys))
	if len(s.keys) == 0 {
		return s, errRow
	}
	return s, nil
}

// keep copies a value, which is not nil then, into the room of the one before.
func keep(last, v []byte) []byte {
	if last == nil {
		last = make([]byte, 0, max(16, len(v)))
	}
	return append(last[:0], v...)
}

// fill puts the values of a row into the shape.
func (s *shape) fill(row, out []byte) ([]byte, error) {
	s.short = s.short[:0]
	var command, stream []byte
	for i, key := range s.keys {
		var v []byte
		if i == len(s.keys)-1 {
			v = row
		} else {
			at := bytes.IndexByte(row, '\t')
			if at < 0 {
				return out, errRow
			}
			v, row = row[:at], row[at+1:]
		}
		switch {
		case len(v) == 0:
			if v = s.last[i]; v == nil {
				return out, errRow
			}
		case v[0] == '\\' && (string(v) == sameField || len(v) == 3 && string(v[:2]) == sameEvent):
			s.short = append(s.short, i)
		case string(v) == nothing:
			v = v[:0]
		case bytes.IndexByte(v, '\t') >= 0 || bytes.Equal(v, s.last[i]):
			return out, errRow
		}
		s.values[i] = v
		switch key {
		case "command_id":
			command = v
		case "stream":
			stream = v
		}
	}
	if len(s.short) > 0 {
		c := idsOf(command, stream)
		for _, i := range s.short {
			id, v := c.field(s.keys[i]), s.values[i]
			if string(v) != sameField {
				id = c.event(v[2])
			}
			s.values[i] = []byte(id.String())
		}
	}
	for i, v := range s.values {
		out = append(append(out, s.parts[i]...), v...)
		s.last[i] = keep(s.last[i], v)
	}
	return append(out, s.parts[len(s.parts)-1]...), nil
}
