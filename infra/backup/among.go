package backup

import (
	"archive/tar"
	"encoding/json"
	"errors"
	"io"

	"filippo.io/age"
)

// among are the members that lie in the piece at which reading stopped, as the manifest
// at the end of the file says; nil where the end cannot be read.
func (r *Reader) among() []string {
	src, seekable := r.from.(interface {
		io.ReaderAt
		io.Seeker
	})
	if !seekable || r.plain == nil {
		return nil
	}
	m, err := manifestOf(src, r.ids)
	if err != nil {
		return nil
	}
	begin := r.plain.n / chunk * chunk
	end := begin + chunk
	names, begins := []string{headMember}, []int64{0}
	for _, one := range m.Members {
		names, begins = append(names, one.Name), append(begins, one.At)
	}
	names, begins = append(names, manifestMember), append(begins, m.at)
	var out []string
	for i, name := range names { // each goes to where the next begins
		if last := i+1 == len(names); begins[i] < end && (last || begins[i+1] > begin) {
			out = append(out, name)
		}
	}
	return out
}

// foundManifest is a manifest and where it begins.
type foundManifest struct {
	Manifest
	at int64
}

// tailBlocks is what a file ends with: the member that says where the manifest is, and
// the end of the tar.
const tailBlocks = 4 * 512

var errTail = errors.New("the end of the file says nothing")

func manifestOf(src interface {
	io.ReaderAt
	io.Seeker
}, ids []age.Identity) (m foundManifest, err error) {
	back, err := src.Seek(0, io.SeekCurrent)
	if err != nil {
		return m, err
	}
	size, err := src.Seek(0, io.SeekEnd)
	if err != nil {
		return m, err
	}
	if _, err := src.Seek(back, io.SeekStart); err != nil {
		return m, err
	}
	plain, n, err := age.DecryptReaderAt(src, size, ids...)
	if err != nil {
		return m, err
	}
	if n < tailBlocks {
		return m, errTail
	}
	var end struct {
		At int64 `json:"manifest_at"`
	}
	if err := jsonMember(io.NewSectionReader(plain, n-tailBlocks, tailBlocks), endMember, &end); err != nil {
		return m, err
	}
	if end.At < 0 || end.At >= n {
		return m, errTail
	}
	m.at = end.At
	return m, jsonMember(io.NewSectionReader(plain, end.At, n-end.At), manifestMember, &m.Manifest)
}

// jsonMember reads the first member of a tar, which must have a name.
func jsonMember(from io.Reader, name string, into any) error {
	t := tar.NewReader(from)
	h, err := t.Next()
	if err != nil {
		return err
	}
	if h.Name != name || h.Size > mostManifest {
		return errTail
	}
	text, err := io.ReadAll(t)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}
