package app

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// fate is what a backup does with a file of a data directory.
type fate int

const (
	inArchive  fate = iota // copied as it lies
	snapshot               // a SQLite file, as it stands at one moment
	wholeLines             // copied up to its last whole line
	theLog                 // its events, whatever engine they lie in
	withKeys               // in the file of keys
	madeAgain              // from the log, or when it is needed
)

// places says what becomes of every file of a data directory. What a backup takes it
// takes in this order: what was signed before what it was signed over, what waits to be
// recorded before the log, what the log refers to after it. So a copy of a running
// office fits together. A name with an ending /** is a folder with all that is in it.
var places = []struct {
	name string
	fate fate
}{
	{"ledger/checkpoint.cosigned", inArchive},
	{"ledger/checkpoint", inArchive},
	{"ledger/journal", wholeLines},
	{"ledger/access/checkpoint.cosigned", inArchive},
	{"ledger/access/checkpoint", inArchive},
	{"ledger/access/journal", wholeLines},
	{"ledger/log.vkey", inArchive},
	{"ledger/log.mldsa.vkey", inArchive},
	{"ledger/restored", wholeLines},
	{"ledger/before-*/*", inArchive},
	{"access.db", snapshot},
	{"auth.db", snapshot},
	{"drafts.db", snapshot},
	{"line.db", snapshot},
	{"webhooks.db", snapshot},
	{"imports/**", inArchive},
	{"sample.json", inArchive},
	{"log.db", theLog},
	{"attachments/**", inArchive},
	{"witness/*.tree", inArchive},

	{"keys/keys.db", withKeys},
	{"keys/kek/kek-*.key", withKeys},
	{"keys/kek/erased.txt", withKeys},
	{"keys/kek/escrow/recipients.txt", withKeys},
	{"keys/access.key", withKeys},
	{"ledger/log.key", withKeys},
	{"ledger/log.mldsa.key", withKeys},
	{"witness/witness.key", withKeys},

	{"engine", madeAgain},
	{sharedMark, madeAgain},
	{"LOCK", madeAgain},
	{"backup.LOCK", madeAgain},
	{"probe", madeAgain},
	{"probe-*.part", madeAgain},
	{"kurrentdb.db", madeAgain},
	{"ledger/hashes", madeAgain},
	{"ledger/access/hashes", madeAgain},
	{"keys/kek/escrow/*.age", madeAgain},
	{"log.db.lock*", madeAgain},
	{"bus/**", madeAgain},
	{"read/**", madeAgain},
	{"bundle-*.part", madeAgain},
	{"backup-*.part/**", madeAgain},
}

// passing are endings of files on their way to a name, and of what SQLite keeps beside
// a file: a snapshot has it in it.
var passing = []string{".new", ".next", "-wal", "-shm", "-journal"}

// fateOf tells what becomes of a file, by its path in the data directory; false for one
// that is none of the product's.
func fateOf(name string) (fate, bool) {
	for _, p := range places {
		if fits(p.name, name) {
			return p.fate, true
		}
	}
	for _, ending := range passing {
		if base, cut := strings.CutSuffix(name, ending); cut {
			if _, known := fateOf(base); known {
				return madeAgain, true
			}
		}
	}
	return 0, false
}

func fits(pattern, name string) bool {
	if folder, all := strings.CutSuffix(pattern, "/**"); all {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if ok, _ := path.Match(folder, dir); ok { // the patterns are sound
				return !strings.HasPrefix(path.Base(name), "new-") // on its way to its name
			}
		}
		return false
	}
	ok, _ := path.Match(pattern, name)
	return ok
}

// files lists the files of a data directory, ascending; of a running office some may be
// gone when they are opened.
func (c Config) files() (out []string, err error) {
	err = filepath.WalkDir(c.Data, func(p string, d fs.DirEntry, err error) error {
		if os.IsNotExist(err) {
			return nil
		}
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(c.Data, p)
		out = append(out, filepath.ToSlash(name))
		return err
	})
	return out, err
}
