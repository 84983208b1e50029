package backup

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"filippo.io/age"
)

// Writer writes one file of a backup.
type Writer struct {
	sealed  io.WriteCloser
	plain   *measured
	tar     *tar.Writer
	head    Head
	members []Member
}

// NewWriter begins a file for recipients, any of whom can open it.
func NewWriter(to io.Writer, recipients []age.Recipient, h Head) (*Writer, error) {
	h.Format = Format
	sealed, err := age.Encrypt(to, recipients...)
	if err != nil {
		return nil, err
	}
	w := &Writer{sealed: sealed, plain: &measured{to: sealed}, head: h}
	w.tar = tar.NewWriter(w.plain)
	text, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	return w, w.put(headMember, int64(len(text)), bytes.NewReader(text))
}

// measured counts what is written.
type measured struct {
	to io.Writer
	n  int64
}

func (m *measured) Write(b []byte) (int, error) {
	n, err := m.to.Write(b)
	m.n += int64(n)
	return n, err
}

// Add writes a member of a known size.
func (w *Writer) Add(name string, size int64, from io.Reader) error {
	at, err := w.at()
	if err != nil {
		return err
	}
	sum := sha256.New()
	if err := w.put(name, size, io.TeeReader(from, sum)); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	w.members = append(w.members, Member{name, at, size, hex.EncodeToString(sum.Sum(nil))})
	return nil
}

// at is where the next member begins.
func (w *Writer) at() (int64, error) {
	err := w.tar.Flush()
	return w.plain.n, err
}

// AddBytes writes a small member.
func (w *Writer) AddBytes(name string, content []byte) error {
	return w.Add(name, int64(len(content)), bytes.NewReader(content))
}

func (w *Writer) put(name string, size int64, from io.Reader) error {
	if err := nameForm(name); err != nil {
		return err
	}
	if err := w.tar.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: size, Format: tar.FormatPAX, ModTime: time.Unix(0, 0)}); err != nil {
		return err
	}
	n, err := io.Copy(w.tar, io.LimitReader(from, size))
	if err == nil && n < size {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// Close fills in what the manifest says of the file, writes it and ends the file.
func (w *Writer) Close(m *Manifest) error {
	m.Head, m.Members = w.head, w.members
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	at, err := w.at()
	if err != nil {
		return err
	}
	end := fmt.Appendf(nil, `{"manifest_at":%d}`, at)
	return errors.Join(w.put(manifestMember, int64(len(text)), bytes.NewReader(text)), w.put(endMember, int64(len(end)), bytes.NewReader(end)), w.tar.Close(), w.sealed.Close())
}

// series writes records of any number as members NAME/00000001, NAME/00000002 …, each
// of whole records.
type series struct {
	w    *Writer
	name string
	n    int
	held bytes.Buffer
}

// seriesBytes is how much of a series one member holds at least, but for the last.
const seriesBytes = 4 << 20

// Series begins a series of members. Each Write is one record, never torn apart.
func (w *Writer) Series(name string) io.WriteCloser { return &series{w: w, name: name} }

func (s *series) Write(record []byte) (int, error) {
	s.held.Write(record)
	if s.held.Len() < seriesBytes {
		return len(record), nil
	}
	return len(record), s.flush()
}

func (s *series) flush() error {
	s.n++
	err := s.w.AddBytes(fmt.Sprintf("%s/%08d", s.name, s.n), s.held.Bytes())
	s.held.Reset()
	return err
}

// Close writes what is held; a series of nothing has one empty member.
func (s *series) Close() error {
	if s.n > 0 && s.held.Len() == 0 {
		return nil
	}
	return s.flush()
}
