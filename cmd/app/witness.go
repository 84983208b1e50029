package app

import (
	"cmp"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/mod/sumdb/note"

	"ayumi/domain/ledger"
	"ayumi/infra/ledgerfile"
	"ayumi/infra/witness"
)

// WitnessPrefix is where a server is asked as a witness.
const WitnessPrefix = "/witness"

// Policy reads the policy of witnesses; without a file nobody is witnessed and
// nobody is needed. The error may be a ledger.PolicyFault.
func (c Config) Policy() (ledger.Policy, error) {
	if c.WitnessPolicy == "" {
		return ledger.Policy{}, nil
	}
	text, err := os.ReadFile(c.WitnessPolicy)
	if err != nil {
		return ledger.Policy{}, err
	}
	return ledger.ParsePolicy(string(text))
}

// OpenWitness opens the witness of a data directory.
func OpenWitness(c Config) (*witness.Server, error) {
	c = c.filled()
	p, err := c.Policy()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, err
	}
	return witness.Open(filepath.Join(c.Data, "witness"), cmp.Or(c.WitnessName, "ayumi.example/witness"), p.Logs, c.Now)
}

// WitnessHandler answers as a witness below WitnessPrefix.
func WitnessHandler(w *witness.Server) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("POST "+WitnessPrefix+witness.Path, w)
	return mux
}

// Sealing signs the tree head of a log that no server holds, and hands its sealer on.
func (l *Ledger) Sealing(ctx context.Context, do func(*ledgerfile.Sealer, note.Verifier) error) error {
	s, err := ledgerfile.Open(ledgerfile.Config{Store: l.Store, Dir: l.Config.in("ledger"), Origin: l.Origin, Now: l.Config.Now})
	if err != nil {
		return err
	}
	defer s.Close()
	if _, err := s.Once(ctx); err != nil {
		return err
	}
	key, err := ledger.NewVerifier(s.Status().Key)
	if err != nil {
		return err
	}
	return do(s, key)
}

// AskWitnesses has every witness of the policy sign the newest tree head, and
// keeps it with the signatures where enough signed.
func (l *Ledger) AskWitnesses(ctx context.Context) (signed []byte, n int, policy ledger.Policy, err error) {
	if policy, err = l.Config.Policy(); err != nil {
		return nil, 0, policy, err
	}
	err = l.Sealing(ctx, func(s *ledgerfile.Sealer, key note.Verifier) error {
		client := witness.Client{HTTP: &http.Client{Timeout: 20 * time.Second}}
		signed, n, err = client.AskAll(ctx, s, key, policy)
		return err
	})
	return signed, n, policy, err
}
