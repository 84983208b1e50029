package proof

import (
	"bytes"
	"io"
	"regexp"
	"strconv"

	"github.com/google/uuid"
)

// rowReader reads rows written by anybody.
type rowReader struct {
	fresh  io.Reader // ids.bin
	shapes []*shape
	open   bool // the last line was a shape
	shape  int  // of the last row
	kept   []uuid.UUID
	time   int64 // of the last event, ms
	day    moment
	streams
	ids  ids
	told int    // rows whose command ids holds; see of
	buf  []byte // of fresh, not taken yet
	room [8192]byte
	held int // bytes of shapes
	rows int
}

// shape is the form of one kind of event, with the value each place had last.
type shape struct {
	parts           [][]byte // what stands before each value, and after the last
	places          []place
	keys            []string
	names           [][]byte // keys
	command, stream int      // places; -1: none
	version         int      // likewise
	consultation    int      // likewise
	turn            []int    // places in the order in which they are told
	lively          []int    // those of them that are not plain
	changed         []int    // places whose values the row being read says anew
	facts           []byte   // of the last row
	from, to        []int32  // where the values lie in facts
	layouts         int      // how often they came to lie elsewhere
	laid, laidAt    int      // the layout that a block holds, and where
	laidIn          int64    // events before that block
	number          int      // of the remembered id in stream; -1: none
	last            bool     // it ends the stream
	room            int      // bytes of what the places said last
}

// place is where a value stands.
type place struct {
	text  bool   // in quotation marks
	spelt []byte // nil: not yet
	value []byte
	way   way
	stale bool // value is of the spelling before
	once  bool // value is an id that the rows tell here only
}

func (p *place) room() int { return cap(p.spelt) + cap(p.value) }

// way is how a value comes from its spelling.
type way byte

const (
	plain  way = iota // as it is spelt
	told              // with escapes that always say the same
	moving            // with escapes that say another thing each time
)

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
	if err == nil && (len(out)-from > maxRow || r.held > maxHeld || len(r.kept) > someIDs+idsPerRow*r.rows) {
		err = errRow
	}
	return out, true, err
}

// shapeForm is a shape: names in quotation marks, each with @ or "@".
var shapeForm = regexp.MustCompile(`^\{"[a-z0-9_]+":(@|"@")(,"[a-z0-9_]+":(@|"@"))*\}$`)

func readShape(line []byte) (*shape, error) {
	s := &shape{command: -1, stream: -1, version: -1, consultation: -1, number: -1}
	if !shapeForm.Match(line) {
		return s, errRow
	}
	for {
		part, rest, more := bytes.Cut(line, []byte{'@'})
		s.parts = append(s.parts, bytes.Clone(part))
		if line = rest; !more {
			break
		}
		name := string(bytes.Trim(part, `{",:`))
		switch name {
		case "command_id":
			s.command = len(s.places)
		case "stream":
			s.stream = len(s.places)
		case "version":
			s.version = len(s.places)
		case "consultation":
			s.consultation = len(s.places)
		}
		s.places = append(s.places, place{text: part[len(part)-1] == '"'})
		s.keys, s.names = append(s.keys, name), append(s.names, []byte(name))
	}
	s.turn = inTurn(s.keys)
	s.from, s.to = make([]int32, len(s.places)), make([]int32, len(s.places))
	return s, nil
}

// fill puts the values of a row into the shape.
func (r *rowReader) fill(s *shape, row, out []byte) ([]byte, error) {
	if err := s.respell(row); err != nil {
		return out, err
	}
	for _, i := range s.lively {
		if p := &s.places[i]; p.way == moving || p.stale {
			s.changed = append(s.changed, i)
			s.room -= p.room()
			err := r.spell(s, i)
			if s.room += p.room(); err != nil {
				return out, err
			}
			p.stale = false
		}
	}
	if version := r.versionOf(s); version != nil {
		*version, _, _ = number(s.value(s.version))
	} else if len(s.value(s.stream)) > 0 {
		return out, errRow
	}
	s.settle()
	return append(out, s.facts...), nil
}

// settle puts the values that changed into the facts: each where the one before lay,
// if all are as long.
func (s *shape) settle() {
	for _, i := range s.changed {
		from, to := s.from[i], s.to[i]
		if value := s.places[i].value; len(value) == int(to-from) {
			copy(s.facts[from:to], value)
			continue
		}
		s.lay()
		return
	}
}

// lay writes the facts from the beginning.
func (s *shape) lay() {
	s.room -= cap(s.facts)
	s.facts = s.facts[:0]
	for i := range s.places {
		s.facts = append(s.facts, s.parts[i]...)
		s.from[i] = int32(len(s.facts))
		s.facts = append(s.facts, s.places[i].value...)
		s.to[i] = int32(len(s.facts))
	}
	s.facts = append(s.facts, s.parts[len(s.parts)-1]...)
	s.room += cap(s.facts)
	s.layouts++
}

// value is the text of a place, nil if there is none.
func (s *shape) value(place int) []byte {
	if place < 0 {
		return nil
	}
	return s.places[place].value
}

// once tells whether the consultation of the row is named by no other: its id is one
// that no number stands for.
func (s *shape) once() bool { return s.consultation >= 0 && s.places[s.consultation].once }

// respell takes in what a row spells otherwise than the one before. The first of a
// shape spells everything.
func (s *shape) respell(row []byte) error {
	first, count, next, moved := s.places[0].spelt == nil, 0, 0, false
	s.changed = s.changed[:0]
	for len(row) > 0 {
		if row[0] != '\t' {
			return errRow
		}
		row = row[1:]
		end := bytes.IndexByte(row, '\t')
		if end < 0 {
			end = len(row)
		}
		i, spelt, ok := cutPlace(row[:end])
		if row = row[end:]; !ok || i < next || i >= len(s.places) {
			return errRow
		}
		p := &s.places[i]
		if p.spelt != nil && bytes.Equal(p.spelt, spelt) || !p.takes(spelt) {
			return errRow
		}
		s.room -= p.room()
		p.spelt, next, count = keep(p.spelt, spelt), i+1, count+1
		was := p.way
		if p.way = wayOf(spelt); p.way == plain {
			s.changed = append(s.changed, i)
			if p.value = keep(p.value, spelt); i == s.stream {
				s.number = -1
			}
		}
		s.room += p.room()
		p.stale, p.once, moved = true, false, moved || was != p.way
	}
	if first && count < len(s.places) {
		return errRow
	}
	if moved {
		s.lively = s.lively[:0]
		for _, i := range s.turn {
			if s.places[i].way != plain {
				s.lively = append(s.lively, i)
			}
		}
	}
	return nil
}

// takes tells whether the place holds one value of JSON by a spelling: nothing in it
// ends the text, or the number.
func (p *place) takes(spelt []byte) bool {
	if !p.text {
		digits := bytes.TrimPrefix(spelt, []byte{'-'})
		return string(spelt) == `\v` || len(digits) > 0 && len(bytes.Trim(digits, "0123456789")) == 0
	}
	for {
		at := bytes.IndexAny(spelt, "\"\\")
		if at < 0 {
			return true
		}
		if spelt[at] == '"' || at+1 == len(spelt) {
			return false
		}
		spelt = spelt[at+2:]
	}
}

func wayOf(spelt []byte) way {
	w := plain
	for at := bytes.IndexByte(spelt, '\\'); at >= 0 && at+1 < len(spelt); {
		if w = max(w, told); bytes.IndexByte([]byte("-+iIe@v<"), spelt[at+1]) >= 0 {
			return moving
		}
		next := bytes.IndexByte(spelt[at+2:], '\\')
		if next < 0 {
			break
		}
		at += 2 + next
	}
	return w
}

// spell makes the value that the spelling of a place stands for.
func (r *rowReader) spell(s *shape, i int) error {
	p := &s.places[i]
	p.value = p.value[:0]
	if i == s.stream {
		s.number = -1
	}
	for rest := p.spelt; len(p.value) <= maxRow; {
		at := bytes.IndexByte(rest, '\\')
		if at < 0 {
			p.value = append(p.value, rest...)
			if i == s.stream {
				s.last = len(rest) == 0
			}
			return nil
		}
		p.value = append(p.value, rest[:at]...)
		c := rest[at+1]
		var ok bool
		switch rest = rest[at+2:]; {
		case c >= '0' && c <= '9':
			var n int64
			if n, rest, ok = number(p.spelt[len(p.spelt)-len(rest)-1:]); !ok || n >= int64(len(r.kept)) {
				return errRow
			}
			p.value = appendID(p.value, r.kept[n])
			if i == s.stream {
				s.number = int(n)
			}
		case c == '<':
			var n int64
			if n, rest, ok = number(rest); !ok || n > int64(s.number) {
				return errRow
			}
			p.value = appendID(p.value, r.kept[s.number-int(n)])
		case c == '@':
			p.value = r.day.append(p.value, r.time)
		case c == 'v':
			version := r.versionOf(s)
			if version == nil {
				return errRow
			}
			p.value = strconv.AppendInt(p.value, *version+1, 10)
		case bytes.IndexByte([]byte("-+iIe"), c) >= 0:
			var id uuid.UUID
			if id, rest, ok = r.id(s, i, c, rest); !ok {
				return errRow
			}
			if p.once = c == '-' || c == 'i'; c == '+' || c == 'I' {
				if r.kept = append(r.kept, id); i == s.stream {
					s.number = len(r.kept) - 1
				}
			}
			p.value = appendID(p.value, id)
		default: // an escape of JSON
			p.value = append(p.value, '\\', c)
		}
	}
	return errRow
}

// id is the id that an escape in a place stands for; of the text after the escape it
// answers what is left.
func (r *rowReader) id(s *shape, i int, c byte, rest []byte) (id uuid.UUID, left []byte, ok bool) {
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
		return r.ids.named(s.names[i], s.places[i].value), rest, true
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

// streams are the versions of streams: of most by the number of the id in their names.
type streams struct {
	numbered []numberedStream
	others   map[string]*int64
}

type numberedStream struct {
	before  string // its name up to the id; "": none yet
	version int64
}

// versionOf is the version of the last event of the stream of a row, nil where there
// is no stream, or one of a name too long to be remembered.
func (r *rowReader) versionOf(s *shape) *int64 {
	stream := s.value(s.stream)
	if len(stream) == 0 || len(stream) > maxStream {
		return nil
	}
	if s.number >= 0 && s.last {
		for len(r.numbered) < len(r.kept) {
			r.numbered = append(r.numbered, numberedStream{})
		}
		n, before := &r.numbered[s.number], stream[:len(stream)-idLength]
		if n.before == "" {
			n.before = r.category(before)
		}
		if n.before == string(before) && n.before != "" {
			return &n.version
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

// category is a text of few, each kept once.
func (x *streams) category(before []byte) string {
	for i := range x.numbered {
		if i > 64 {
			break
		}
		if x.numbered[i].before == string(before) {
			return x.numbered[i].before
		}
	}
	return string(before)
}
