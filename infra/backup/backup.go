// Package backup is the form of a backup: a tar inside an age file, which proves every
// 64 KiB of it. A backup is two such files for two sets of people. The archive holds the
// log and everything else of a data directory that cannot be made again, all names in it
// sealed; the other file holds the keys. Who opens one of them reads no name.
//
// The first member of a file says what it is, the last one names every member with its
// size and SHA-256 and says what the log came to: who reads a file to its end knows that
// it is whole.
package backup

import (
	"errors"
	"fmt"
	"path"
	"strings"
	"time"
)

// Format is the form of the files that this program writes, and the newest it reads.
const Format = 1

// Kind is one of the two files of a backup.
type Kind string

// The kinds.
const (
	Archive Kind = "archive"
	Keys    Kind = "keys"
)

// The members that a file begins and ends with.
const (
	headMember     = "backup.json"
	manifestMember = "manifest.json"
	endMember      = "end.json" // where the manifest begins, for who looks from the end
)

// Head says what a file is. It is its first member.
type Head struct {
	Format   int       `json:"format"`
	Kind     Kind      `json:"kind"`
	Backup   string    `json:"backup"` // id, the same in both files of a backup
	Origin   string    `json:"origin"` // of the log
	Scenario bool      `json:"scenario,omitempty"`
	Begun    time.Time `json:"begun"`
	Program  string    `json:"program"` // its version
	// Engine is where the log lay, Serving whether a server worked on it meanwhile.
	Engine  string `json:"engine"`
	Serving bool   `json:"serving"`
}

// Manifest says what a file holds. It is its last member.
type Manifest struct {
	Head
	Ended time.Time `json:"ended"`
	// Position is the last event of the log that this file is good for: an archive holds
	// the log up to it, keys hold at least every key that was used up to it.
	Position uint64 `json:"position"`
	Root     string `json:"root,omitempty"`  // of the tree over the log of an archive, hex
	Event    string `json:"event,omitempty"` // id of the last event
	// Epoch is the key epoch of keys, DestroyBy the time from which the product calls an
	// erasure final: a file of keys that is there longer makes that untrue.
	Epoch     int64      `json:"epoch,omitempty"`
	DestroyBy *time.Time `json:"destroy_by,omitempty"`
	Members   []Member   `json:"members"`
}

// Member is one file in a backup.
type Member struct {
	Name   string `json:"name"`
	At     int64  `json:"at"` // where it begins in the tar
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// What can be wrong with a file of a backup.
const (
	Damaged    = "damaged"    // a byte of it is not what was written
	Cut        = "cut"        // it ends too early
	NoIdentity = "identity"   // no identity at hand opens it, or its first bytes are damaged
	OtherKind  = "kind"       // it is the other file of a backup
	TooNew     = "format"     // a newer program wrote it
	Untrue     = "untrue"     // a member is not what the manifest says
	Unknown    = "unknown"    // a member that this program knows no place for
	OtherLog   = "origin"     // it belongs to another log
	Older      = "older"      // the keys are older than the archive
	Ledger     = "ledger"     // the log is not the one that was signed
	NoKey      = "no_key"     // the keys do not open
	Incomplete = "incomplete" // something that belongs in it is not there
)

// Fault says what is wrong with a file of a backup, in which member of it or right
// behind it, and from about which byte of the file. Damage is found in pieces of 64 KiB.
type Fault struct {
	Kind   Kind
	Why    string
	Member string // "": before the first
	Behind bool   // not in that member but behind it
	At     int64
	// Among are the members of which one is damaged, if the end of the file could be read.
	Among []string
	Cause error
}

func (f *Fault) Error() string {
	where := f.Member
	if f.Behind {
		where = "behind " + where
	}
	return fmt.Sprintf("%s: %s (%s, byte %d): %v", f.Kind, f.Why, where, f.At, f.Cause)
}

func (f *Fault) Unwrap() error { return f.Cause }

var errName = errors.New("no name of a member")

// nameForm demands a plain relative path: nothing of a backup is written elsewhere.
func nameForm(name string) error {
	if name == "" || name == "." || len(name) > 200 || path.Clean(name) != name || path.IsAbs(name) ||
		name == ".." || strings.HasPrefix(name, "../") || strings.ContainsAny(name, "\\\x00:") {
		return fmt.Errorf("%q: %w", name, errName)
	}
	return nil
}
