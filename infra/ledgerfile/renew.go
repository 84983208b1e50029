package ledgerfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// cosignedFile is where the newest checkpoint lies that enough witnesses signed.
const cosignedFile = "checkpoint.cosigned"

// Committed reads the trees of a journal. A torn last line is none.
func Committed(journal []byte) (trees []tlog.Tree, err error) {
	for line := range strings.Lines(string(journal)) {
		if !strings.HasSuffix(line, "\n") {
			break
		}
		t, err := parseLine(line)
		if err == nil && len(trees) > 0 && t.N <= trees[len(trees)-1].N {
			err = errJournal
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", len(trees)+1, err)
		}
		trees = append(trees, t)
	}
	return trees, nil
}

// Renew gives the ledger in dir new keys, so that it signs nothing any more in the name
// of the old ones: a log that was put back may grow otherwise than the one that was
// signed. What was signed with the old keys, in dir and in the ledgers beside that sign
// with the same, is set aside with the public keys, in the folder that is answered; the
// journal stays, and so does what it holds the log to.
func Renew(dir, origin string, beside ...string) (aside, public string, err error) {
	for n := 1; ; n++ {
		aside = filepath.Join(dir, fmt.Sprintf("before-%d", n))
		if err = os.Mkdir(aside, 0o700); !errors.Is(err, fs.ErrExist) {
			break
		}
	}
	move := func(path, name string) {
		if moved := os.Rename(path, filepath.Join(aside, name)); err == nil && !errors.Is(moved, fs.ErrNotExist) {
			err = moved
		}
	}
	for _, name := range []string{publicFile, latticePublicFile, checkpointFile, cosignedFile} {
		move(filepath.Join(dir, name), name)
	}
	for _, d := range beside {
		for _, name := range []string{checkpointFile, cosignedFile} {
			move(filepath.Join(d, name), filepath.Base(d)+"-"+name)
		}
	}
	for _, name := range []string{keyFile, latticeFile} {
		if gone := os.Remove(filepath.Join(dir, name)); err == nil && !errors.Is(gone, fs.ErrNotExist) {
			err = gone
		}
	}
	if err != nil {
		return "", "", fmt.Errorf("ledger: set aside what was signed: %w", err)
	}
	if _, public, err = key(dir, origin, false); err == nil {
		_, err = latticeKey(dir, origin, nil)
	}
	if err != nil {
		return "", "", fmt.Errorf("ledger: new keys: %w", err)
	}
	return aside, public, syncDir(aside)
}
