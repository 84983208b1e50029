package backup

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"

	"ayumi/domain"
)

// Events are written one behind the other, engine-independent: position, id, stream,
// version, type, body; numbers as varints, texts with their length. Leaves are not
// written: they are hashed from the bodies again.

// AppendEvent appends the record of an event.
func AppendEvent(to []byte, e domain.Recorded) []byte {
	to = binary.AppendUvarint(to, e.Position)
	to = append(to, e.ID[:]...)
	to = appendText(to, []byte(e.Stream))
	to = binary.AppendUvarint(to, e.Version)
	to = appendText(to, []byte(e.Type))
	return appendText(to, e.Body)
}

func appendText(to, text []byte) []byte {
	return append(binary.AppendUvarint(to, uint64(len(text))), text...)
}

// The longest texts that a record may have: what is longer is damage, not a text.
const (
	mostName = 1 << 10
	mostBody = 2 * domain.MaxBody
)

var errLong = errors.New("longer than any can be")

// Events reads the records of one member.
func Events(from io.Reader) iter.Seq2[domain.Recorded, error] {
	in := bufio.NewReader(from)
	return func(yield func(domain.Recorded, error) bool) {
		for {
			if _, err := in.Peek(1); errors.Is(err, io.EOF) {
				return
			}
			e, err := readEvent(in)
			if err != nil {
				yield(domain.Recorded{}, fmt.Errorf("event record: %w", err))
				return
			}
			if !yield(e, nil) {
				return
			}
		}
	}
}

func readEvent(in *bufio.Reader) (e domain.Recorded, err error) {
	if e.Position, err = binary.ReadUvarint(in); err != nil {
		return e, err
	}
	if _, err = io.ReadFull(in, e.ID[:]); err != nil {
		return e, err
	}
	stream, err := readText(in, mostName)
	if err != nil {
		return e, err
	}
	if e.Version, err = binary.ReadUvarint(in); err != nil {
		return e, err
	}
	kind, err := readText(in, mostName)
	if err != nil {
		return e, err
	}
	e.Stream, e.Type = string(stream), string(kind)
	if e.Body, err = readText(in, mostBody); err != nil {
		return e, err
	}
	e.Leaf, err = domain.Leaf(e.Body)
	return e, err
}

func readText(in *bufio.Reader, most uint64) ([]byte, error) {
	n, err := binary.ReadUvarint(in)
	if err != nil {
		return nil, err
	}
	if n > most {
		return nil, fmt.Errorf("%d bytes: %w", n, errLong)
	}
	var text []byte
	for n > 0 { // in pieces: a length that lies takes no memory
		piece := make([]byte, min(n, 64<<10))
		if _, err := io.ReadFull(in, piece); err != nil {
			return nil, err
		}
		text, n = append(text, piece...), n-uint64(len(piece))
	}
	return text, nil
}
