package proof

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"regexp"
	"slices"
)

// The members of a bundle: all of them, in this order, the last three only in the
// audit edition (proof.md 4).
const (
	readmeFile     = "README.txt"
	checkpointFile = "checkpoint.note"
	definitionsDir = "definitions/"
	frontierFile   = "frontier.txt"
	loggedFile     = "logged.txt"
	sealsDir       = "seals/"
	tilesFile      = "tiles.bin"
	blindsFile     = "blinds.bin"
	idsFile        = "ids.bin"
	rowsFile       = "rows.txt"
)

// rowsFiles are the members of the rows.
var rowsFiles = []string{blindsFile, idsFile, rowsFile}

var memberForm = regexp.MustCompile(`^(README\.txt|checkpoint\.note|definitions/[A-Za-z0-9_.@+-]{1,120}\.json|frontier\.txt|logged\.txt|seals/[0-9]{4}\.note|tiles\.bin|blinds\.bin|ids\.bin|rows\.txt)$`)

// rank orders the members.
func rank(name string) int {
	for i, prefix := range []string{readmeFile, checkpointFile, definitionsDir, frontierFile, loggedFile, sealsDir, tilesFile, blindsFile, idsFile, rowsFile} {
		if name == prefix || prefix[len(prefix)-1] == '/' && len(name) > len(prefix) && name[:len(prefix)] == prefix {
			return i
		}
	}
	return -1
}

func inOrder(a, b string) int {
	if d := rank(a) - rank(b); d != 0 {
		return d
	}
	return bytes.Compare([]byte(a), []byte(b))
}

// member is one file of the ZIP, without a date, without extras: deflated, but for
// those that nothing makes shorter.
type member struct {
	name         string
	crc          uint32
	packed, size uint32
	offset       int64 // of the packed bytes
}

const (
	localSize, centralSize, endSize = 30, 46, 22
	commentSize                     = 2 * sha256.Size // SHA-256 (hex) of everything before it
	maxSmall                        = 16 << 20        // bytes of a member that is read at once
	maxSmalls                       = 64 << 20        // of all of them together
	maxMembers                      = 20_000
)

// stored tells that the bytes stand as they are: hashes and ids look like chance.
func (m *member) stored() bool { return m.name == blindsFile || m.name == idsFile }

func (m *member) method() uint16 {
	if m.stored() {
		return 0
	}
	return 8
}

// head is the local header of a member, without its name.
func (m *member) head() []byte {
	b := append(make([]byte, 0, localSize), "PK\x03\x04"...)
	return append(b, m.common()...)
}

// common is what local header and directory say alike: how it is packed, 1980-01-01.
func (m *member) common() []byte {
	var b []byte
	for _, v := range []uint16{20, 0, m.method(), 0, 0x21} {
		b = binary.LittleEndian.AppendUint16(b, v)
	}
	for _, v := range []uint32{m.crc, m.packed, m.size} {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	b = binary.LittleEndian.AppendUint16(b, uint16(len(m.name)))
	return binary.LittleEndian.AppendUint16(b, 0)
}

// directory is the end of the ZIP: its directory and the end record, up to the
// comment.
func directory(members []*member) []byte {
	var b []byte
	at := uint32(0)
	for _, m := range members {
		b = append(append(append(b, "PK\x01\x02\x14\x00"...), m.common()...), make([]byte, 10)...)
		b = append(binary.LittleEndian.AppendUint32(b, at), m.name...)
		at += localSize + uint32(len(m.name)) + m.packed
	}
	size := uint32(len(b))
	b = append(b, "PK\x05\x06\x00\x00\x00\x00"...)
	for range 2 {
		b = binary.LittleEndian.AppendUint16(b, uint16(len(members)))
	}
	b = binary.LittleEndian.AppendUint32(b, size)
	b = binary.LittleEndian.AppendUint32(b, at)
	return binary.LittleEndian.AppendUint16(b, commentSize)
}

var errTooLarge = errors.New("a bundle holds at most 4 GiB")

// packer writes a bundle.
type packer struct {
	to      io.Writer
	deflate *flate.Writer
	members []*member
	written int64
}

// counted counts what passes.
type counted struct {
	to io.Writer
	n  int64
}

func (c *counted) Write(b []byte) (int, error) {
	n, err := c.to.Write(b)
	c.n += int64(n)
	return n, err
}

// newPacker begins a bundle; done ends it.
func newPacker(to io.Writer) (p *packer, done func() error) {
	sum := sha256.New()
	z, _ := flate.NewWriter(nil, flate.BestCompression) // a level that there is
	p = &packer{to: io.MultiWriter(to, sum), deflate: z}
	return p, func() error {
		if _, err := p.to.Write(directory(p.members)); err != nil {
			return err
		}
		_, err := io.WriteString(to, hex.EncodeToString(sum.Sum(nil)))
		return err
	}
}

// add writes a member. Its body is asked for twice and must be the same: first its
// size is found, so that it can stand before the bytes.
func (p *packer) add(name string, body func(io.Writer) error) error {
	m := &member{name: name}
	pack := func(to io.Writer) (crc uint32, n int64, err error) {
		z, closed := to, func() error { return nil }
		if !m.stored() {
			p.deflate.Reset(to)
			z, closed = p.deflate, p.deflate.Close
		}
		sum := crc32.NewIEEE()
		in := &counted{to: io.MultiWriter(z, sum)}
		if err := body(in); err != nil {
			return 0, 0, err
		}
		return sum.Sum32(), in.n, closed()
	}
	out := &counted{to: io.Discard}
	crc, n, err := pack(out)
	if err != nil {
		return err
	}
	if n >= 1<<32 || p.written+out.n >= 1<<32 {
		return errTooLarge
	}
	m.crc, m.packed, m.size = crc, uint32(out.n), uint32(n)
	if _, err := p.to.Write(append(m.head(), name...)); err != nil {
		return err
	}
	again := &counted{to: p.to}
	if crc, _, err = pack(again); err == nil && (crc != m.crc || again.n != out.n) {
		err = fmt.Errorf("%s came out otherwise the second time", name)
	}
	p.members, p.written = append(p.members, m), p.written+localSize+int64(len(name))+out.n
	return err
}

func (p *packer) addBytes(name string, body []byte) error {
	return p.add(name, func(w io.Writer) error { _, err := w.Write(body); return err })
}

// container is a bundle opened for reading.
type container struct {
	from    io.ReaderAt
	members map[string]*member
	names   []string
}

// The ways in which a file is no bundle.
type unreadable struct{ code, member string }

func (u *unreadable) Error() string { return u.code + " " + u.member }

// unpack reads where the members lie. It answers *unreadable for what is no
// bundle: another order, another spelling of a header, a byte too many.
func unpack(r io.ReaderAt, size int64) (*container, error) {
	bad := func(code, name string) (*container, error) { return nil, &unreadable{code, name} }
	c := &container{from: r, members: map[string]*member{}}
	var list []*member
	at := int64(0)
	for {
		head := make([]byte, localSize)
		if _, err := r.ReadAt(head[:4], at); err != nil || len(list) > maxMembers {
			return bad("E001", "")
		}
		if string(head[:4]) == "PK\x01\x02" {
			break
		}
		if _, err := r.ReadAt(head, at); err != nil {
			return bad("E001", "")
		}
		name := make([]byte, binary.LittleEndian.Uint16(head[26:]))
		if _, err := r.ReadAt(name, at+localSize); err != nil || !memberForm.Match(name) {
			return bad("E001", "")
		}
		m := &member{
			name: string(name), crc: binary.LittleEndian.Uint32(head[14:]), packed: binary.LittleEndian.Uint32(head[18:]),
			size: binary.LittleEndian.Uint32(head[22:]), offset: at + localSize + int64(len(name)),
		}
		if !bytes.Equal(m.head(), head) || m.stored() && m.packed != m.size {
			return bad("E001", m.name)
		}
		if c.members[m.name] != nil {
			return bad("E002", m.name)
		}
		c.members[m.name], c.names, list = m, append(c.names, m.name), append(list, m)
		at = m.offset + int64(m.packed)
	}
	want := directory(list)
	end := make([]byte, len(want))
	if size != at+int64(len(want))+commentSize {
		return bad("E001", "")
	}
	if _, err := r.ReadAt(end, at); err != nil || !bytes.Equal(end, want) || !slices.IsSortedFunc(c.names, inOrder) {
		return bad("E001", "")
	}
	for _, name := range []string{readmeFile, checkpointFile, frontierFile, loggedFile, tilesFile} {
		if c.members[name] == nil {
			return bad("E003", name)
		}
	}
	return c, nil
}

// whole tells whether the file is still as it was written, byte for byte.
func whole(r io.ReaderAt, size int64) bool {
	if size < commentSize {
		return false
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(r, 0, size-commentSize)); err != nil {
		return false
	}
	comment := make([]byte, commentSize)
	_, err := r.ReadAt(comment, size-commentSize)
	return err == nil && hex.EncodeToString(sum.Sum(nil)) == string(comment)
}

// open reads a member that there is; at its end the reader answers an error if the bytes are not
// those that were packed.
func (c *container) open(name string) *memberReader {
	m := c.members[name]
	packed := io.NewSectionReader(c.from, m.offset, int64(m.packed))
	r := &memberReader{m: m, packed: packed, from: packed}
	if !m.stored() {
		r.from = flate.NewReader(packed)
	}
	return r
}

type memberReader struct {
	m      *member
	packed *io.SectionReader
	from   io.Reader
	crc    uint32
	n      int64
}

func (r *memberReader) Read(b []byte) (int, error) {
	n, err := r.from.Read(b)
	r.n += int64(n)
	r.crc = crc32.Update(r.crc, crc32.IEEETable, b[:n])
	if r.n > int64(r.m.size) || err == io.EOF && (r.n != int64(r.m.size) || r.crc != r.m.crc) {
		return n, &unreadable{"E001", r.m.name}
	}
	if err != nil && err != io.EOF {
		err = &unreadable{"E001", r.m.name}
	}
	return n, err
}

// done is how many of the packed bytes were read.
func (r *memberReader) done() int64 {
	at, _ := r.packed.Seek(0, io.SeekCurrent)
	return at
}

// read reads a small member whole.
func (c *container) read(name string) ([]byte, error) {
	m := c.members[name]
	if m == nil {
		return nil, &unreadable{"E003", name}
	}
	if m.size > maxSmall {
		return nil, &unreadable{"E001", name}
	}
	return io.ReadAll(c.open(name))
}

// under lists the members of a folder, in order.
func (c *container) under(dir string) []string {
	var out []string
	for _, name := range c.names {
		if len(name) > len(dir) && name[:len(dir)] == dir {
			out = append(out, name)
		}
	}
	return out
}
