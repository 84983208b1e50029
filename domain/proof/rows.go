package proof

import (
	"bytes"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"time"

	"github.com/google/uuid"

	"ayumi/domain"
)

// The rows of a bundle: what an auditor may see of every event of the range, in
// order of the log, in three members.
//
//	blinds.bin  32 bytes of each event: priv, which blinds what is not shown
//	ids.bin     16 bytes of each id that nothing tells otherwise
//	rows.txt    the facts, a line of each event
//
//	{"advice":@,"channel":"@",…}           a shape: facts with @ in the place of values
//	<shape>+<passed>⇥<place><spelling>⇥…   an event: what it spells otherwise than
//	                                       the event before of that shape
//
// A shape stands right before the first event that needs it and is known by its
// number from 0. Passed are the milliseconds since the event before, in whole; the
// first counts from 1970. A place is a letter: A is the first value, z the 58th; each
// ~ before it adds 58. A value is spelt as in the facts, but for
//
//	\-     the next id of ids.bin
//	\+     the same, to be remembered: those are numbered from 0
//	\7     the remembered id of number 7
//	\<3    the remembered id whose number is 3 less than that of the one in stream
//	\i     an id of the command: UUID v5 of command_id and the field's name, in stream
//	       of what stands before the id
//	\I     the same, to be remembered
//	\e0    the id of the first, \e1 of the second … event of the command in its
//	       stream: UUID v5 of command_id and "stream number"
//	\@     the time that has come, by what passed
//	\v     one more than the version of the event before of that stream; at first 1
//
// The values of a row are told in this order: command_id, stream, the others by their
// places. The spelling stays, not the value: \- again is another id. No fact can be
// spelt so: a backslash of a fact is always followed by one of the escapes of JSON.
const (
	momentLength = 24
	privLength   = 43        // of priv in base64
	maxRow       = 512 << 10 // bytes of one line
	maxShapes    = 1 << 16
	near         = 10       // numbers so near that of the stream are told by it
	maxHeld      = 64 << 20 // bytes that a reader holds of shapes and of what each said last
	someIDs      = 1 << 10  // that are remembered, and of each row:
	idsPerRow    = 8
	maxStream    = 1 << 10 // bytes of a name: one of each is remembered
	letters      = 'z' - 'A' + 1
	lastMoment   = 253402300799999 // ms: the end of the year 9999
)

var (
	errRow = errors.New("row is malformed")
	base   = base64.RawStdEncoding.Strict()
)

// appendPlace writes the letter of a place.
func appendPlace(out []byte, place int) []byte {
	for ; place >= letters; place -= letters {
		out = append(out, '~')
	}
	return append(out, 'A'+byte(place))
}

// cutPlace reads the letter of a place.
func cutPlace(text []byte) (place int, rest []byte, ok bool) {
	for len(text) > 0 && text[0] == '~' {
		place, text = place+letters, text[1:]
	}
	if len(text) == 0 || text[0] < 'A' || text[0] > 'z' {
		return 0, nil, false
	}
	return place + int(text[0]-'A'), text[1:], true
}

// ids are those that hang on a command.
type ids struct {
	known bool
	hash  []byte // of the command and a name; reused
}

func (c *ids) of(command []byte) {
	id, known := domain.ParseID(command)
	c.begin(id)
	c.known = known
}

func (c *ids) begin(command uuid.UUID) {
	c.hash, c.known = append(c.hash[:0], command[:]...), true
}

// named is the id that the command gave to a field, or to a new stream of a category.
func (c *ids) named(key, before []byte) uuid.UUID {
	if string(key) == "stream" {
		key = bytes.TrimSuffix(before, []byte{'-'})
	}
	return c.made(append(c.hash[:16], key...))
}

// event is the id of the nth event of the command in a stream, from 0.
func (c *ids) event(stream []byte, n byte) uuid.UUID {
	return c.made(append(append(append(c.hash[:16], stream...), ' '), n))
}

// made is UUID version 5 of a name space and a name.
func (c *ids) made(text []byte) (id uuid.UUID) {
	c.hash = text
	sum := sha1.Sum(text) // as RFC 9562 has it; nothing is kept safe by it
	copy(id[:], sum[:])
	id[6], id[8] = id[6]&0x0f|0x50, id[8]&0x3f|0x80
	return id
}

func appendID(out []byte, id uuid.UUID) []byte {
	out = append(out, make([]byte, domain.IDLength)...)
	putID(out[len(out)-domain.IDLength:], id)
	return out
}

// putID writes an id over text.
func putID(text []byte, id uuid.UUID) {
	to, little := text[:domain.IDLength], binary.LittleEndian
	to[8], to[13], to[18], to[23] = '-', '-', '-', '-'
	second, third := hexOf(little.Uint32(id[4:])), hexOf(little.Uint32(id[8:]))
	little.PutUint64(to, hexOf(little.Uint32(id[:])))
	little.PutUint32(to[9:], uint32(second))
	little.PutUint32(to[14:], uint32(second>>32))
	little.PutUint32(to[19:], uint32(third))
	little.PutUint32(to[24:], uint32(third>>32))
	little.PutUint64(to[28:], hexOf(little.Uint32(id[12:])))
}

// hexOf are the digits of four bytes, all at once; the first of each is the lowest.
func hexOf(bytes uint32) uint64 {
	x := uint64(bytes)
	x = (x | x<<16) & 0x0000ffff0000ffff
	x = (x | x<<8) & 0x00ff00ff00ff00ff
	x = (x>>4 | x<<8) & 0x0f0f0f0f0f0f0f0f                        // a half in each byte
	letters := (x + 0x0606060606060606) >> 4 & 0x0101010101010101 // above 9
	return x + 0x3030303030303030 + letters*('a'-'9'-1)
}

// momentOf reads a time in the one spelling of the envelope, in milliseconds.
func momentOf(text []byte) (ms int64, ok bool) {
	t, err := time.Parse("2006-01-02T15:04:05.000Z", string(text))
	if err != nil {
		return 0, false
	}
	ms = t.UnixMilli()
	return ms, ms >= 0 && ms <= lastMoment && string(appendMoment(nil, ms)) == string(text)
}

func appendMoment(out []byte, ms int64) []byte {
	t := time.UnixMilli(ms).UTC()
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	digit := func(mark string, n, top int) {
		for out = append(out, mark...); top > 0; top /= 10 {
			out = append(out, '0'+byte(n/top%10))
		}
	}
	digit("", year, 1000)
	digit("-", int(month), 10)
	digit("-", day, 10)
	digit("T", hour, 10)
	digit(":", minute, 10)
	digit(":", second, 10)
	digit(".", int(ms%1000), 100)
	return append(out, 'Z')
}

// moment writes times; it remembers the day of the last.
type moment struct {
	day  int64
	text []byte // one of its times
}

// put writes a time over text.
func (m *moment) put(to []byte, ms int64) {
	const day = 24 * 60 * 60 * 1000
	if m.text == nil || ms/day != m.day {
		m.day = ms / day
		m.text = append(m.text[:0], appendMoment(nil, ms)...)
	}
	ms %= day
	clock := to[copy(to, m.text[:11]):momentLength]
	for i, n := range [...]int64{ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60} {
		clock[3*i], clock[3*i+1], clock[3*i+2] = '0'+byte(n/10), '0'+byte(n%10), ':'
	}
	clock[8], clock[9], clock[10], clock[11], clock[12] = '.', '0'+byte(ms/100%10), '0'+byte(ms/10%10), '0'+byte(ms%10), 'Z'
}

// number reads digits at the beginning of a text, in their one spelling.
func number(text []byte) (n int64, rest []byte, ok bool) {
	i := 0
	for i < len(text) && text[i] >= '0' && text[i] <= '9' {
		i++
	}
	if i == 0 || i > 15 || (i > 1 && text[0] == '0') {
		return 0, text, false
	}
	for _, c := range text[:i] {
		n = 10*n + int64(c-'0')
	}
	return n, text[i:], true
}

// inTurn are the places of some keys in the order in which their values are told.
func inTurn[K ~string | ~[]byte](keys []K) []int {
	out := make([]int, 0, len(keys))
	for _, first := range []string{"command_id", "stream", ""} {
		for i, k := range keys {
			if string(k) == first || first == "" && string(k) != "command_id" && string(k) != "stream" {
				out = append(out, i)
			}
		}
	}
	return out
}
