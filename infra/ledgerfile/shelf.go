package ledgerfile

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/mod/sumdb/tlog"
)

// shelf keeps what must outlive this process and cannot be made again from the log:
// the trees committed to, and the papers that were signed over them.
type shelf interface {
	// trees answers every tree that was committed to, ascending.
	trees(ctx context.Context) ([]tlog.Tree, error)
	// commit makes a tree durable before it is signed, so that what was signed can
	// never be forgotten. errOvertaken: one of as many leaves or more is there.
	commit(ctx context.Context, t tlog.Tree) error
	// paper answers the newest paper of a name; nil if there is none.
	paper(ctx context.Context, name string) ([]byte, error)
	// keep puts a paper over a tree of so many leaves in the place of one over no more.
	keep(ctx context.Context, name string, size int64, content []byte) error
	Close() error
}

var errOvertaken = errors.New("a tree of as many leaves is committed to")

// away is a fault of a shelf: what was written to the files of this process holds.
type away struct{ error }

func (a away) Unwrap() error { return a.error }

// folder is the shelf of one process: a journal, and a file for each paper.
type folder struct {
	*journal
	dir string
}

func openFolder(dir string) (shelf, error) {
	j, err := openJournal(filepath.Join(dir, journalFile))
	if err != nil {
		return nil, err
	}
	return &folder{j, dir}, nil
}

func (f *folder) trees(context.Context) ([]tlog.Tree, error) { return f.known, nil }

func (f *folder) commit(_ context.Context, t tlog.Tree) error {
	if t.N <= f.last().N {
		return errOvertaken
	}
	return f.add(t)
}

func (f *folder) paper(_ context.Context, name string) ([]byte, error) {
	content, err := os.ReadFile(filepath.Join(f.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return content, err
}

func (f *folder) keep(_ context.Context, name string, _ int64, content []byte) error {
	return replace(filepath.Join(f.dir, name), content)
}

func (f *folder) Close() error { return f.file.Close() }
