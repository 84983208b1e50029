package bus

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"strconv"
	"strings"

	"github.com/nats-io/nats.go"

	"ayumi/domain"
)

const subjectRoot = "ayumi.events"

// Subject is where an event is published: ayumi.events.<category>.<type>.<share>.
// The type goes without its category. The share is the low byte of the CRC-32 of
// the stream's id, in hex: the server holds every subject in memory and reads all
// of them at its start (1.2 M of them: 240 MB and 2 s, with 256 shares a twelfth
// of the memory), so a subject of its own for each stream is too dear. Outside
// consumers filter by category and type, and find the stream in ce-subject.
//
// Whatever NATS could read as a wildcard, a separator or a line end is written
// '_', so a subject always has five tokens.
func Subject(stream, eventType string) string {
	category, id := domain.SplitStream(stream)
	b := make([]byte, 0, len(subjectRoot)+len(category)+len(eventType)+5)
	b = append(b, subjectRoot...)
	b = appendToken(append(b, '.'), category)
	b = appendToken(append(b, '.'), strings.TrimPrefix(eventType, category+"."))
	share := byte(crc32.ChecksumIEEE([]byte(id)))
	return string(hex.AppendEncode(append(b, '.'), []byte{share}))
}

func appendToken(b []byte, token string) []byte {
	if token == "" {
		return append(b, '_')
	}
	for i := range len(token) {
		c := token[i]
		plain := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '@'
		if !plain {
			c = '_'
		}
		b = append(b, c)
	}
	return b
}

// message writes an event with the headers that the server heeds: the expected last
// sequence makes it refuse the event anywhere but at its position, the id one that it
// has already. Whoever reads the stream reads bodies; headers cost every reader more
// than all else of a message. Programs outside get CloudEvents from AYUMI_OUT.
func (c Config) message(r domain.Recorded) *nats.Msg {
	h := nats.Header{
		nats.MsgIdHdr:           {r.ID.String()},
		nats.ExpectedLastSeqHdr: {strconv.FormatUint(r.Position-1, 10)},
	}
	if c.Traceparent != nil {
		if trace := c.Traceparent(r.ID); trace != "" {
			h["traceparent"] = []string{trace}
		}
	}
	return &nats.Msg{Subject: Subject(r.Stream, r.Type), Header: h, Data: r.Body}
}

var errMessage = errors.New("message is not an event")

// decode reads an event from the body of a message; headers are never asked.
// The leaf is not computed.
func decode(sequence uint64, body []byte) (domain.Recorded, error) {
	facts, err := domain.FactsOf(body)
	if err != nil {
		return domain.Recorded{}, fmt.Errorf("%w: %w", errMessage, err)
	}
	id, rest := after(facts, eventMark, '"')
	stream, rest := after(rest, streamMark, '"')
	typ, rest := after(rest, typeMark, '"')
	version, _ := after(rest, versionMark, 0)
	digits := len(version) - len(bytes.TrimLeft(version, "0123456789"))
	r := domain.Recorded{Position: sequence, Body: body, Stream: string(stream), Type: string(typ)}
	var readable bool
	r.ID, readable = domain.ParseID(id)
	r.Version, err = strconv.ParseUint(string(version[:digits]), 10, 64)
	if err != nil || !readable || r.Stream == "" || r.Type == "" || r.Version == 0 {
		return domain.Recorded{}, fmt.Errorf("%w: position %d", errMessage, sequence)
	}
	return r, nil
}

// Facts ascend, so that the four stand in this order. A quote inside a text is escaped:
// none of the marks occurs in one.
var (
	eventMark   = []byte(`"event_id":"`)
	streamMark  = []byte(`"stream":"`)
	typeMark    = []byte(`"type":"`)
	versionMark = []byte(`"version":`)
)

// after is what stands behind a mark up to an end, and the rest from there on; nothing
// if the mark is missing.
func after(text, mark []byte, end byte) (value, rest []byte) {
	at := bytes.Index(text, mark)
	if at < 0 {
		return nil, nil
	}
	value = text[at+len(mark):]
	if to := bytes.IndexByte(value, end); to >= 0 {
		return value[:to], value[to:]
	}
	return value, nil
}

// sameEvent says whether a message carries exactly this event.
func sameEvent(r domain.Recorded, sequence uint64, h nats.Header, body []byte) bool {
	return sequence == r.Position && len(h[nats.MsgIdHdr]) == 1 &&
		h[nats.MsgIdHdr][0] == r.ID.String() && bytes.Equal(body, r.Body)
}
