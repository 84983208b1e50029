package proof

import (
	"bufio"
	"errors"
	"io"
)

// rowFile reads the three members of the rows side by side.
type rowFile struct {
	rowReader
	lines, blinds *bufio.Reader
	text          *ahead   // rows.txt
	size          int64    // its packed bytes
	long          []byte   // of a line longer than the buffer
	priv          [32]byte // of the event read last
}

func (c *container) rows() *rowFile {
	text := readAhead(c.open(rowsFile))
	f := &rowFile{
		lines: bufio.NewReaderSize(text, 64<<10), blinds: bufio.NewReaderSize(c.open(blindsFile), 32<<10),
		text: text, size: int64(c.members[rowsFile].packed),
	}
	f.fresh = c.open(idsFile)
	return f
}

// line reads a line with its end, which holds until the next. Of one that has no end
// it answers what there is, and an error.
func (f *rowFile) line() ([]byte, error) {
	f.long = f.long[:0]
	for {
		line, err := f.lines.ReadSlice('\n')
		if err == nil && len(f.long) == 0 {
			return line, nil
		}
		f.long = append(f.long, line...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return f.long, err
		}
		if len(f.long) > maxRow {
			return f.long, errRow
		}
	}
}

// event reads a line as rowReader does, and priv of the event.
func (f *rowFile) event(line, out []byte) (facts []byte, row bool, err error) {
	if facts, row, err = f.rowReader.line(line, out); err == nil && row {
		_, err = io.ReadFull(f.blinds, f.priv[:])
	}
	return facts, row, err
}

// left tells of members that hold more than the rows asked for, or otherwise than was
// packed.
func (f *rowFile) left() (out []error) {
	if _, err := f.blinds.ReadByte(); err != io.EOF {
		out = append(out, &unreadable{"E001", blindsFile})
	}
	if f.leftover() {
		out = append(out, &unreadable{"E001", idsFile})
	}
	return out
}

// done is how many of the packed bytes of the lines were read, and how many there are.
func (f *rowFile) done() (read, all int64) {
	return f.text.now.done, f.size
}
