// Package witness lets installations sign each other's checkpoints (C2SP
// tlog-witness): who shows two histories to two readers is found out.
package witness

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain/ledger"
)

// Path is where a witness is asked, below its address.
const Path = "/add-checkpoint"

// Server signs the checkpoints of the logs it knows, if each goes on from the one
// before. What it signed last is durable before the signature leaves.
type Server struct {
	dir  string
	logs []note.Verifier
	key  *ledger.Cosigner
	now  func() time.Time
	mu   sync.Mutex
}

// Open opens a witness in a directory, which is made with a new key if there is
// none. name is that of the key, a host and path without scheme.
func Open(dir, name string, logs []note.Verifier, now func() time.Time) (*Server, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("witness: %w", err)
	}
	key, err := keyOf(filepath.Join(dir, "witness.key"), name)
	if err != nil {
		return nil, fmt.Errorf("witness: %w", err)
	}
	return &Server{dir: dir, logs: logs, key: key, now: now}, nil
}

// Key is the public key that others write into their policy.
func (s *Server) Key() string { return s.key.Key() }

// keyOf reads the name and the seed of a key; it is made if there is none.
func keyOf(path, name string) (*ledger.Cosigner, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		seed := make([]byte, 32)
		if _, err := io.ReadFull(rand.Reader, seed); err != nil {
			return nil, err
		}
		raw = []byte(name + " " + hex.EncodeToString(seed) + "\n")
		if _, err := ledger.NewCosigner(name, seed); err != nil {
			return nil, err
		}
		err = replace(path, raw)
		if err != nil {
			return nil, err
		}
	} else if err != nil {
		return nil, err
	}
	had, text, _ := strings.Cut(strings.TrimSpace(string(raw)), " ")
	seed, err := hex.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return ledger.NewCosigner(had, seed)
}

// mostBody is above what a request with the longest proof takes.
const mostBody = 64 << 10

// ServeHTTP answers add-checkpoint.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostBody))
	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	status, kind, answer := s.add(body)
	if kind != "" {
		w.Header().Set("Content-Type", kind)
	}
	w.WriteHeader(status)
	_, _ = w.Write(answer) // a log that went away asks again
}

// add answers a request: its status, the type of the answer, and the answer.
func (s *Server) add(body []byte) (int, string, []byte) {
	a, err := ledger.ParseAddition(body)
	if err != nil {
		return http.StatusBadRequest, "", nil
	}
	origin, _, _ := bytes.Cut(a.Checkpoint, []byte("\n"))
	var keys []note.Verifier
	for _, v := range s.logs {
		if v.Name() == string(origin) {
			keys = append(keys, v)
		}
	}
	if len(keys) == 0 {
		return http.StatusNotFound, "", nil
	}
	head, _, err := ledger.OpenTreeHead(a.Checkpoint, keys, nil)
	if err != nil {
		return http.StatusForbidden, "", nil
	}
	if a.Old > head.N {
		return http.StatusBadRequest, "", nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	before, err := s.signed(string(origin))
	if err != nil {
		return http.StatusInternalServerError, "", nil
	}
	if a.Old != before.N {
		return http.StatusConflict, "text/x.tlog.size", fmt.Appendf(nil, "%d\n", before.N)
	}
	if err := a.Extends(before, head.Tree); err != nil {
		if before.N == head.N {
			return http.StatusConflict, "text/x.tlog.size", fmt.Appendf(nil, "%d\n", before.N)
		}
		return http.StatusUnprocessableEntity, "", nil
	}
	if err := replace(s.stateOf(string(origin)), a.Checkpoint); err != nil {
		return http.StatusInternalServerError, "", nil
	}
	return http.StatusOK, "", s.key.Cosign(head.Text(), uint64(s.now().Unix()))
}

func (s *Server) stateOf(origin string) string {
	return filepath.Join(s.dir, hex.EncodeToString([]byte(origin))+".tree")
}

// signed is the tree of a log that was signed last; of a new log the empty one.
func (s *Server) signed(origin string) (tlog.Tree, error) {
	raw, err := os.ReadFile(s.stateOf(origin))
	if errors.Is(err, fs.ErrNotExist) {
		return tlog.Tree{}, nil
	}
	if err != nil {
		return tlog.Tree{}, err
	}
	head, err := ledger.HeadOf(raw)
	if err != nil { // a file of the first form holds the text alone
		head, err = ledger.ParseTreeHead(string(raw))
	}
	return head.Tree, err
}

// Kept is the checkpoint of a log that was signed last, as the log sent it, with all
// its signatures.
func (s *Server) Kept(origin string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return os.ReadFile(s.stateOf(origin))
}

// Trees are the logs this witness knows, with what it signed last of each.
func (s *Server) Trees() (map[string]tlog.Tree, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := map[string]tlog.Tree{}
	for _, v := range s.logs {
		tree, err := s.signed(v.Name())
		if err != nil {
			return nil, err
		}
		out[v.Name()] = tree
	}
	return out, nil
}

// replace puts a file in the place of an old one, durably, all of it or nothing.
func replace(path string, content []byte) error {
	f, err := os.OpenFile(path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(path+".new", path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// sizeOf reads the answer of a witness that signed another size last.
func sizeOf(body []byte) (int64, error) {
	text, ok := strings.CutSuffix(string(body), "\n")
	n, err := strconv.ParseInt(text, 10, 64)
	if !ok || err != nil || n < 0 {
		return 0, errors.New("witness answers no size")
	}
	return n, nil
}
