package proof

import (
	"bytes"
	"regexp"
	"slices"

	"ayumi/domain"
)

// shape is the form of one kind of event, with the facts of the last: of the next one,
// what is said anew is written over them.
type shape struct {
	parts           [][]byte // what stands before each value, and after the last
	places          []place
	names           domain.Names
	command, stream int   // places; -1: none
	version         int   // likewise
	consultation    int   // likewise
	typ             int   // likewise
	kind            *kind // by what typ says; nil: it says another thing now
	turn            []int // places in the order in which they are told
	lively          []int // those of them that are not plain
	number          int   // of the remembered id in stream; -1: none
	last            bool  // it ends the stream
	facts, between  []byte
	first, final    int // places whose values do not lie in facts, and what is between them
	room            int // bytes of what the places said last
	layouts         int // how often values came to lie elsewhere
	laid, laidAt    int // the layout that a block holds, and where
	laidIn          int64
}

// place is where a value stands.
type place struct {
	text  bool   // in quotation marks
	spelt []byte // nil: not yet
	value []byte // in facts, or in own until it settles
	own   []byte // room for one that is longer or shorter than the one before
	from  int    // in facts, where the last value that settled begins
	to    int    // and ends
	way   way
	at    int  // where the first escape stands
	alone bool // nothing stands after it
	stale bool // value is of the spelling before
	once  bool // value is an id that the rows tell here only
}

// way is how a value comes from its spelling.
type way byte

const (
	plain  way = iota // as it is spelt
	told              // with escapes that always say the same
	moving            // with escapes that say another thing each time
)

// shapeForm is a shape: names in quotation marks, each with @ or "@".
var shapeForm = regexp.MustCompile(`^\{"[a-z0-9_]+":(@|"@")(,"[a-z0-9_]+":(@|"@"))*\}$`)

func readShape(line []byte) (*shape, error) {
	s := &shape{command: -1, stream: -1, version: -1, consultation: -1, typ: -1, number: -1}
	if !shapeForm.Match(line) {
		return s, errRow
	}
	var names [][]byte
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
		case "type":
			s.typ = len(s.places)
		}
		s.places = append(s.places, place{text: part[len(part)-1] == '"'})
		names = append(names, []byte(name))
	}
	s.names, s.turn = domain.NamesOf(names), inTurn(names)
	s.facts = slices.Concat(s.parts[0], s.parts[len(s.parts)-1])
	for i := range s.places {
		s.places[i].from, s.places[i].to = len(s.parts[0]), len(s.parts[0])
	}
	s.final = len(s.places) - 1
	return s, nil
}

// value is the text of a place, nil if there is none.
func (s *shape) value(place int) []byte {
	if place < 0 {
		return nil
	}
	return s.places[place].value
}

// space is where the next value of a place is written: over the one before if it is
// as long.
func (s *shape) space(i, length int) []byte {
	p := &s.places[i]
	if len(p.value) != length {
		s.room -= cap(p.own)
		if cap(p.own) < length {
			p.own = make([]byte, max(16, length))
		}
		s.room += cap(p.own)
		p.value = p.own[:length]
		s.first, s.final = min(s.first, i), max(s.final, i)
	}
	return p.value
}

// settle brings values that lie apart into the facts: from the first of them to the
// last these are written anew, and what follows moves.
func (s *shape) settle() {
	if s.first > s.final {
		return
	}
	s.room -= cap(s.facts) + cap(s.between)
	s.between = s.between[:0]
	for i := s.first; i <= s.final; i++ {
		if i > s.first {
			s.between = append(s.between, s.parts[i]...)
		}
		s.between = append(s.between, s.places[i].value...)
	}
	from, to, end := s.places[s.first].from, s.places[s.final].to, len(s.facts)
	by := from + len(s.between) - to
	s.facts = slices.Grow(s.facts, max(by, 0))[:max(end, end+by)]
	copy(s.facts[to+by:], s.facts[to:end])
	s.facts = s.facts[:end+by]
	copy(s.facts[from:], s.between)
	s.room += cap(s.facts) + cap(s.between)
	at := 0
	for i := range s.places {
		p := &s.places[i]
		p.from = at + len(s.parts[i])
		p.to = p.from + len(p.value)
		p.value, at = s.facts[p.from:p.to], p.to
	}
	s.first, s.final = len(s.places), -1
	s.layouts++
}

// kindOf is the type of the event that the row tells.
func (s *shape) kindOf(met kinds) *kind {
	if s.kind == nil || s.typ >= 0 && s.places[s.typ].way == moving {
		s.kind = met.of(s.value(s.typ))
	}
	return s.kind
}

// once tells whether the consultation of the row is named by no other: its id is one
// that no number stands for.
func (s *shape) once() bool { return s.consultation >= 0 && s.places[s.consultation].once }

// respell takes in what a row spells otherwise than the one before. The first of a
// shape spells everything.
func (s *shape) respell(row []byte) error {
	first, count, next, moved := s.places[0].spelt == nil, 0, 0, false
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
		was := p.way
		if p.spelt != nil && bytes.Equal(p.spelt, spelt) || !p.takes(spelt) {
			return errRow
		}
		s.room -= cap(p.spelt)
		p.spelt, next, count = keep(p.spelt, spelt), i+1, count+1
		s.room += cap(p.spelt)
		if p.way == plain {
			if copy(s.space(i, len(spelt)), spelt); i == s.stream {
				s.number = -1
			}
		}
		if i == s.typ {
			s.kind = nil
		}
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
// ends the text, or the number. It notes the spelling's way.
func (p *place) takes(spelt []byte) bool {
	p.way, p.at, p.alone = plain, bytes.IndexByte(spelt, '\\'), false
	if !p.text {
		if string(spelt) == `\v` {
			p.way, p.alone = moving, true
			return true
		}
		return wholeNumber(spelt)
	}
	if p.at < 0 {
		return bytes.IndexByte(spelt, '"') < 0
	}
	if bytes.IndexByte(spelt[:p.at], '"') >= 0 {
		return false
	}
	p.way = told
	for rest := spelt[p.at:]; len(rest) > 0; {
		switch {
		case rest[0] == '"' || rest[0] == '\\' && len(rest) == 1:
			return false
		case rest[0] != '\\':
			rest = rest[1:]
			continue
		case bytes.IndexByte(escapes, rest[1]) >= 0:
			p.way = moving
		}
		rest = rest[2:]
	}
	p.alone = endsWith(spelt[p.at+1:])
	return true
}

// escapes say another thing each time.
var escapes = []byte("-+iIe@v<")

// endsWith tells whether one escape that stands for something, without its backslash,
// is all there is.
func endsWith(text []byte) bool {
	switch c, rest := text[0], text[1:]; {
	case c >= '0' && c <= '9':
		_, rest, ok := number(text)
		return ok && len(rest) == 0
	case c == '<':
		_, rest, ok := number(rest)
		return ok && len(rest) == 0
	case c == 'e':
		return len(rest) == 1
	default:
		return len(rest) == 0 && bytes.IndexByte(escapes, c) >= 0
	}
}

func wholeNumber(text []byte) bool {
	if len(text) > 0 && text[0] == '-' {
		text = text[1:]
	}
	for _, c := range text {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(text) > 0
}
