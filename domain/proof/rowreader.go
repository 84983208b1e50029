package proof

import (
	"bytes"
	"io"
	"strconv"

	"github.com/google/uuid"

	"ayumi/domain"
)

// rowReader reads rows written by anybody.
type rowReader struct {
	fresh  io.Reader // ids.bin
	shapes []*shape
	open   bool // the last line was a shape
	shape  int  // of the last row
	kept   domain.Pages[kept]
	time   int64 // of the last event, ms
	day    moment
	streams
	ids   ids
	told  int    // rows whose command ids holds; see of
	buf   []byte // of fresh, not taken yet
	value []byte // of a spelling of several parts; reused
	room  [8192]byte
	held  int // bytes of shapes
	rows  int
}

// line reads one line without its end. It answers false for a shape; else the facts,
// appended to out.
func (r *rowReader) line(line, out []byte) (facts []byte, row bool, err error) {
	if len(line) > 0 && line[0] == '{' {
		if r.held += len(line); r.open || len(r.shapes) >= maxShapes || r.held > maxHeld {
			return out, false, errRow
		}
		s, err := readShape(line)
		r.shapes, r.open = append(r.shapes, s), true
		return out, false, err
	}
	n, rest, ok := number(line)
	if !ok || n >= int64(len(r.shapes)) || (r.open && n != int64(len(r.shapes)-1)) || len(rest) == 0 || rest[0] != '+' {
		return out, false, errRow
	}
	passed, rest, ok := number(rest[1:])
	if !ok || passed > lastMoment-r.time {
		return out, false, errRow
	}
	r.open, r.time, r.rows, r.shape = false, r.time+passed, r.rows+1, int(n)
	s, from := r.shapes[n], len(out)
	r.held -= s.room
	out, err = r.fill(s, rest, out)
	r.held += s.room
	if err == nil && (len(out)-from > maxRow || r.held > maxHeld || r.kept.Len() > someIDs+idsPerRow*r.rows) {
		err = errRow
	}
	return out, true, err
}

// fill puts the values of a row into the shape.
func (r *rowReader) fill(s *shape, row, out []byte) ([]byte, error) {
	if err := s.respell(row); err != nil {
		return out, err
	}
	for _, i := range s.lively {
		if p := &s.places[i]; p.way == moving || p.stale {
			if err := r.spell(s, i); err != nil {
				return out, err
			}
			p.stale = false
		}
	}
	if version := r.versionOf(s); version != nil {
		n, _, _ := number(s.value(s.version))
		*version = *version&^versionBits | n
	} else if len(s.value(s.stream)) > 0 {
		return out, errRow
	}
	s.settle()
	return append(out, s.facts...), nil
}

// spell makes the value that the spelling of a place stands for.
func (r *rowReader) spell(s *shape, i int) error {
	p := &s.places[i]
	if i == s.stream {
		s.number, s.last = -1, p.alone
	}
	before, rest := p.spelt[:p.at], p.spelt[p.at:]
	if p.alone && rest[1] != 'v' {
		if rest[1] == '@' {
			to := s.space(i, len(before)+momentLength)
			r.day.put(to[copy(to, before):], r.time)
			return nil
		}
		id, _, err := r.tells(s, i, before, rest[1], rest[2:])
		if err != nil {
			return err
		}
		to := s.space(i, len(before)+domain.IDLength)
		if putID(to[copy(to, before):], id); i == s.command && len(before) == 0 {
			r.ids.begin(id)
			r.told = r.rows
		}
		return nil
	}
	out := append(r.value[:0], before...)
	for len(rest) > 0 {
		if at := bytes.IndexByte(rest, '\\'); at != 0 {
			if at < 0 {
				at = len(rest)
			}
			out, rest = append(out, rest[:at]...), rest[at:]
			continue
		}
		c := rest[1]
		switch rest = rest[2:]; {
		case c == '@':
			out = append(out, make([]byte, momentLength)...)
			r.day.put(out[len(out)-momentLength:], r.time)
		case c == 'v':
			version := r.versionOf(s)
			if version == nil {
				return errRow
			}
			out = strconv.AppendInt(out, *version&versionBits+1, 10)
		case c >= '0' && c <= '9' || bytes.IndexByte(escapes, c) >= 0:
			id, left, err := r.tells(s, i, out, c, rest)
			if err != nil {
				return err
			}
			out, rest = appendID(out, id), left
		default: // an escape of JSON
			out = append(out, '\\', c)
		}
		if len(out) > maxRow {
			return errRow
		}
	}
	copy(s.space(i, len(out)), out)
	r.value = out
	return nil
}

// tells is the id that an escape stands for in a place, where some text stands before
// it; of the text after the escape it answers what is left.
func (r *rowReader) tells(s *shape, i int, before []byte, c byte, rest []byte) (id uuid.UUID, left []byte, err error) {
	p := &s.places[i]
	switch {
	case c >= '0' && c <= '9', c == '<':
		digits := rest
		if c != '<' {
			digits = p.spelt[len(p.spelt)-len(rest)-1:]
		}
		n, left, ok := number(digits)
		if c == '<' {
			n = int64(s.number) - n
		}
		if !ok || n < 0 || n >= int64(r.kept.Len()) {
			return id, rest, errRow
		}
		if i == s.stream && c != '<' {
			s.number = int(n)
		}
		return r.kept.At(int(n)).id, left, nil
	default:
		id, left, ok := r.id(s, i, before, c, rest)
		if !ok {
			return id, left, errRow
		}
		if p.once = c == '-' || c == 'i'; c == '+' || c == 'I' {
			if r.kept.Add(kept{id: id}); i == s.stream {
				s.number = r.kept.Len() - 1
			}
		}
		return id, left, nil
	}
}

// id is the id that an escape stands for which is no number's.
func (r *rowReader) id(s *shape, i int, before []byte, c byte, rest []byte) (id uuid.UUID, left []byte, ok bool) {
	if c == '-' || c == '+' {
		id, ok = r.next()
		return id, rest, ok
	}
	if i == s.command || c == 'e' && i == s.stream {
		return id, rest, false
	}
	if r.told != r.rows { // once a row
		r.ids.of(s.value(s.command))
		r.told = r.rows
	}
	if !r.ids.known {
		return id, rest, false
	}
	if c != 'e' {
		return r.ids.named(s.names.Keys()[i], before), rest, true
	}
	if len(rest) == 0 || rest[0] < '0' || rest[0] > '9' {
		return id, rest, false
	}
	return r.ids.event(s.value(s.stream), rest[0]), rest[1:], true
}

// next takes the next id of ids.bin.
func (r *rowReader) next() (id uuid.UUID, ok bool) {
	if len(r.buf) < len(id) {
		n := copy(r.room[:], r.buf)
		more, _ := io.ReadAtLeast(r.fresh, r.room[n:], len(id)-n)
		r.buf = r.room[:n+more]
	}
	if len(r.buf) < len(id) {
		return id, false
	}
	copy(id[:], r.buf)
	r.buf = r.buf[len(id):]
	return id, true
}

// leftover tells whether ids.bin holds more than was taken, or is not what was packed.
func (r *rowReader) leftover() bool {
	if len(r.buf) > 0 {
		return true
	}
	_, err := io.ReadFull(r.fresh, r.room[:1])
	return err != io.EOF
}

// kept is a remembered id, with the stream that it is the name of.
type kept struct {
	id     uuid.UUID
	stream int64 // number of the category << 56 | version; 0: none yet
}

// streams are the versions of streams: of most they stand beside the id in their names.
type streams struct {
	categories []string
	others     map[string]*int64
}

// versionBits are those of a version: of at most 15 digits.
const versionBits = 1<<56 - 1

// versionOf is where the version of the last event of the stream of a row stands, nil
// where there is no stream, or one of a name too long to be remembered.
func (r *rowReader) versionOf(s *shape) *int64 {
	stream := s.value(s.stream)
	if len(stream) == 0 || len(stream) > maxStream {
		return nil
	}
	if s.number >= 0 && s.last {
		n, before := &r.kept.At(s.number).stream, stream[:len(stream)-domain.IDLength]
		if *n == 0 {
			*n = r.category(before) << 56
		}
		if no := *n >> 56; no > 0 && r.categories[no-1] == string(before) {
			return n
		}
	}
	if r.others == nil {
		r.others = map[string]*int64{}
	}
	v, known := r.others[string(stream)]
	if !known {
		v = new(int64)
		r.others[string(stream)] = v
	}
	return v
}

// category numbers what stands before ids, from 1; 0 is one too many.
func (x *streams) category(before []byte) int64 {
	for i, c := range x.categories {
		if c == string(before) {
			return int64(i + 1)
		}
	}
	if len(x.categories) == 127 {
		return 0
	}
	x.categories = append(x.categories, string(before))
	return int64(len(x.categories))
}
