package web

import (
	"context"
	"io"
	"time"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/proof"
)

// Proofs makes bundles and checks them by the code of the offline verifier.
type Proofs interface {
	// Scratch opens a file that is gone when it is closed.
	Scratch() (Scratch, error)
	// Verify begins to check what an account gives and answers a number to ask by.
	// It closes the files. What cannot be checked is a Refusal naming the field.
	Verify(ctx context.Context, account string, asked Verifying) (id string, err error)
	// Verification answers how one stands, after waiting for it a while; its error
	// is that of the verification, ErrMissing if the account asked for none such.
	Verification(ctx context.Context, account, id string, wait time.Duration) (Verification, error)
	// Bundle makes the bundle of a fiscal year in an edition of proof. The access log
	// is written first; ErrUnseen if it cannot be.
	Bundle(ctx context.Context, who domain.Actor, year japan.FiscalYear, edition string) (BundleFile, error)
	// Keys are this installation's public keys, as a file of keys holds them.
	Keys(ctx context.Context) (string, error)
	Witnessing(ctx context.Context) (Witnessing, error)
}

// MostBundle is how many bytes of bundles are taken at once: some two and a half
// million events. Larger ones are checked by the program.
const MostBundle = 128 << 20

// Scratch is a file that is written once and read after that.
type Scratch interface {
	io.Writer
	io.ReaderAt
	io.Closer
	Size() int64
	Digest() string // SHA-256 (hex) of what was written
}

// GivenBundle is a file as it was sent.
type GivenBundle struct {
	Name string
	Scratch
}

// Verifying is what is to be verified: files in the order of years, or if there is
// none the bundle of a fiscal year as this installation makes it.
type Verifying struct {
	Files []GivenBundle
	Year  japan.FiscalYear
	Keys  string // a file of keys; "": this installation's own
	Held  []byte // a signed seal that was kept from before, or nothing
}

// Verification is how one stands, or what came of it.
type Verification struct {
	Year      japan.FiscalYear
	Done      bool
	Making    bool  // the bundle is being made
	Read, All int64 // bytes of the rows

	Own   bool // by this installation's keys
	At    time.Time
	Files []VerifiedBundle
	Err   error
}

// VerifiedBundle is what came of one file.
type VerifiedBundle struct {
	Name, Digest string
	Size         int64
	Report       *proof.Report
}

// BundleFile is a bundle on its way to whoever asked for it.
type BundleFile struct {
	Name, Digest string
	Size         int64
	io.ReadCloser
}

// Witnessing is who signed the newest tree head beside this installation.
type Witnessing struct {
	Size   uint64 // events under it
	Names  []string
	Quorum int
}
