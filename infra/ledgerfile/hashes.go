// Package ledgerfile keeps the tree over the log on disk and signs its heads: a
// flat file of hashes, a journal of the trees committed to, and the newest
// checkpoint (proof.md 3).
package ledgerfile

import (
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/mod/sumdb/tlog"
)

// hashes is the file of every hash of the tree, in the order of tlog's
// StoredHashIndex: to write a hash again at its place does no harm.
type hashes struct {
	file *os.File
	next int64 // index of the first hash of tail
	tail []byte
}

const (
	hashSize  = tlog.HashSize
	tailBytes = 1 << 20 // kept back before they are written
)

func openHashes(path string) (*hashes, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	return &hashes{file: f}, err
}

func (h *hashes) empty() (bool, error) {
	info, err := h.file.Stat()
	return err == nil && info.Size() == 0, err
}

// begin goes on behind a tree of n leaves; what lies there is written over.
func (h *hashes) begin(n int64) { h.next, h.tail = tlog.StoredHashCount(n), h.tail[:0] }

func (h *hashes) add(list []tlog.Hash) error {
	for i := range list {
		h.tail = append(h.tail, list[i][:]...)
	}
	if len(h.tail) < tailBytes {
		return nil
	}
	return h.write()
}

func (h *hashes) write() error {
	if _, err := h.file.WriteAt(h.tail, h.next*hashSize); err != nil {
		return err
	}
	h.next, h.tail = h.next+int64(len(h.tail)/hashSize), h.tail[:0]
	return nil
}

// flush makes everything durable.
func (h *hashes) flush() error {
	if err := h.write(); err != nil {
		return err
	}
	return h.file.Sync()
}

// ReadHashes is tlog.HashReader, from the file only: what is signed was read back.
func (h *hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		if n, err := h.file.ReadAt(out[i][:], at*hashSize); n < hashSize {
			return nil, fmt.Errorf("hash %d: %w", at, errors.Join(err, io.ErrUnexpectedEOF))
		}
	}
	return out, nil
}
