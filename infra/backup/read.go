package backup

import (
	"archive/tar"
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"

	"filippo.io/age"
)

// Reader reads one file of a backup from its beginning to its end. Nothing that it
// hands out is to be believed before Next answered io.EOF: only then is it known that
// the file is whole.
type Reader struct {
	kind     Kind
	from     io.Reader
	ids      []age.Identity
	raw      *counting
	plain    *counting
	tar      *tar.Reader
	head     Head
	members  []Member
	manifest Manifest
	now      *member // that is being read
	done     bool
}

type counting struct {
	from io.Reader
	n    int64
}

func (c *counting) Read(b []byte) (int, error) {
	n, err := c.from.Read(b)
	c.n += int64(n)
	return n, err
}

// member is read through its sum.
type member struct {
	r    *Reader
	name string
	size int64
	sum  hash.Hash
	read int64
}

func (m *member) Read(b []byte) (int, error) {
	n, err := m.r.tar.Read(b)
	m.sum.Write(b[:n])
	m.read += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		err = m.r.broken(m.name, false, err)
	}
	return n, err
}

// Open reads what a file says of itself. It refuses one of another kind.
func Open(from io.Reader, kind Kind, identities []age.Identity) (*Reader, error) {
	r := &Reader{kind: kind, from: from, ids: identities, raw: &counting{from: from}}
	plain, err := age.Decrypt(bufio.NewReaderSize(r.raw, 128<<10), identities...)
	if err != nil {
		return nil, r.fault(NoIdentity, "", err)
	}
	r.plain = &counting{from: plain}
	r.tar = tar.NewReader(r.plain)
	h, err := r.tar.Next()
	if err != nil {
		return nil, r.broken("", false, err)
	}
	if h.Name != headMember || h.Size > mostText {
		return nil, r.fault(Untrue, h.Name, errors.New("no head"))
	}
	text, err := io.ReadAll(r.tar)
	if err != nil {
		return nil, r.broken(headMember, false, err)
	}
	if err := json.Unmarshal(text, &r.head); err != nil {
		return nil, r.fault(Untrue, headMember, err)
	}
	switch {
	case r.head.Format > Format:
		return nil, r.fault(TooNew, headMember, fmt.Errorf("form %d, this program knows %d", r.head.Format, Format))
	case r.head.Kind != kind:
		return nil, r.fault(OtherKind, headMember, fmt.Errorf("it is %q", r.head.Kind))
	}
	return r, nil
}

// age proves a file in chunks: so many bytes of text, so many of proof.
const chunk, chunkProof = 64 << 10, 16

// mostText is above what a head takes, mostManifest above what a manifest does: a line
// for each attachment.
const (
	mostText     = 64 << 10
	mostManifest = 1 << 30
)

// Head is what the file says of itself.
func (r *Reader) Head() Head { return r.head }

// Manifest is what the file holds; it is known after Next answered io.EOF.
func (r *Reader) Manifest() Manifest { return r.manifest }

// Offset is how many bytes of the file were read.
func (r *Reader) Offset() int64 { return r.raw.n }

// Next goes to the next member; what was not read of the one before is read past. After
// the last it compares all of them with the manifest and answers io.EOF. Any other
// error is a *Fault.
func (r *Reader) Next() (name string, size int64, content io.Reader, err error) {
	if r.done {
		return "", 0, nil, io.EOF
	}
	if err := r.finish(); err != nil {
		return "", 0, nil, err
	}
	h, err := r.tar.Next()
	if err != nil {
		return "", 0, nil, r.broken(r.last(), true, err)
	}
	if h.Name == manifestMember {
		return "", 0, nil, r.end(h.Size)
	}
	if err := nameForm(h.Name); err != nil || h.Typeflag != tar.TypeReg {
		return "", 0, nil, r.fault(Untrue, h.Name, errors.Join(errName, err))
	}
	r.now = &member{r: r, name: h.Name, size: h.Size, sum: sha256.New()}
	return h.Name, h.Size, r.now, nil
}

func (r *Reader) last() string {
	if len(r.members) == 0 {
		return headMember
	}
	return r.members[len(r.members)-1].Name
}

// finish reads the rest of the present member and keeps its sum.
func (r *Reader) finish() error {
	if r.now == nil {
		return nil
	}
	if _, err := io.Copy(io.Discard, r.now); err != nil {
		return err
	}
	r.members = append(r.members, Member{Name: r.now.name, Size: r.now.read, SHA256: hex.EncodeToString(r.now.sum.Sum(nil))})
	r.now = nil
	return nil
}

// end reads the manifest and what is behind it, and compares. It answers io.EOF when
// all is well.
func (r *Reader) end(size int64) error {
	if size > mostManifest {
		return r.fault(Untrue, manifestMember, errors.New("too large"))
	}
	text, err := io.ReadAll(r.tar)
	if err != nil {
		return r.broken(manifestMember, false, err)
	}
	h, err := r.tar.Next()
	if err == nil && h.Name != endMember {
		return r.fault(Untrue, h.Name, errors.New("it is behind the manifest"))
	}
	if err == nil {
		_, err = r.tar.Next()
	}
	if err == nil {
		return r.fault(Untrue, endMember, errors.New("there is more behind the end"))
	}
	if !errors.Is(err, io.EOF) {
		return r.broken(manifestMember, true, err)
	}
	rest, err := io.ReadAll(io.LimitReader(r.plain, mostText)) // to the end: only there is it proven
	if err != nil {
		return r.broken(manifestMember, true, err)
	}
	if len(bytes.Trim(rest, "\x00")) > 0 {
		return r.fault(Untrue, manifestMember, errors.New("there is more behind the end"))
	}
	if err := json.Unmarshal(text, &r.manifest); err != nil {
		return r.fault(Untrue, manifestMember, err)
	}
	if r.manifest.Head != r.head {
		return r.fault(Untrue, headMember, errors.New("it says something else than the manifest"))
	}
	for i, m := range r.members {
		if i < len(r.manifest.Members) {
			m.At = r.manifest.Members[i].At
		}
		if i >= len(r.manifest.Members) || r.manifest.Members[i] != m {
			return r.fault(Untrue, m.Name, errors.New("it is not the one of the manifest"))
		}
	}
	if len(r.manifest.Members) > len(r.members) {
		return r.fault(Incomplete, r.manifest.Members[len(r.members)].Name, errors.New("it is not there"))
	}
	r.done = true
	return io.EOF
}

// Fault says that something is wrong in a member that was handed out.
func (r *Reader) Fault(why, member string, cause error) *Fault { return r.fault(why, member, cause) }

func (r *Reader) fault(why, member string, cause error) *Fault {
	f := &Fault{Kind: r.kind, Why: why, Member: member, Cause: cause}
	if r.plain != nil {
		f.At = r.plain.n / chunk * (chunk + chunkProof)
	}
	return f
}

// broken is the fault of bytes that do not open, or are not there.
func (r *Reader) broken(member string, behind bool, cause error) error {
	var known *Fault
	if errors.As(cause, &known) {
		return known
	}
	why := Damaged
	if errors.Is(cause, io.ErrUnexpectedEOF) || errors.Is(cause, io.EOF) {
		why = Cut
	}
	f := r.fault(why, member, cause)
	f.Behind = behind
	if why == Damaged {
		f.Among = r.among()
	}
	return f
}
