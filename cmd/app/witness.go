package app

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"os"
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
	return witness.Open(c.in("witness"), cmp.Or(c.WitnessName, "ayumi.example/witness"), p.Logs, c.Now)
}

// WitnessHandler answers as a witness below WitnessPrefix.
func WitnessHandler(w *witness.Server) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("POST "+WitnessPrefix+witness.Path, w)
	return mux
}

// askOnGrowth has the witnesses of the policy sign every new head of a tree, and
// keeps it beside the ledger where enough signed. Who refuses is told to the
// operator, once for each reason.
func (a *App) askOnGrowth(ctx context.Context, t witnessedTree) error {
	policy, err := a.Config.Policy()
	if err != nil || len(policy.Witnesses) == 0 {
		return err
	}
	key, err := ledger.NewVerifier(t.sealer.Status().Key)
	if err != nil {
		a.report("witnesses", err) // the ledger cannot be opened; the office goes on
		return nil
	}
	a.witnesses.restore(ctx, t, key, policy)
	client := witness.Client{HTTP: &http.Client{Timeout: 20 * time.Second}}
	var asked int64
	told := ""
	for {
		if st := t.sealer.Status(); st.Signed != nil && st.Tree.N > asked {
			answers := client.AskEach(ctx, t.sealer, key, policy)
			signed, n, err := witness.Gather(answers, policy.Quorum)
			if ctx.Err() == nil {
				a.witnesses.heard(t.name, answers, a.Config.Now())
			}
			if n > 0 && !errors.Is(err, witness.ErrTooFew) { // though some may have refused
				if kept := t.sealer.KeepCosigned(ctx, signed); kept == nil {
					a.witnesses.keep(t.name, signed)
				} else {
					err = kept
				}
			}
			if err == nil {
				asked, told = st.Tree.N, ""
			} else if ctx.Err() == nil && err.Error() != told {
				told = err.Error()
				a.report("witnesses: "+t.name, err)
			}
		}
		select {
		case <-time.After(a.Config.SealEvery):
		case <-ctx.Done():
			return nil
		}
	}
}

// witnessedTree is a tree whose heads witnesses sign.
type witnessedTree struct {
	name   string // events or access
	sealer *ledgerfile.Sealer
}

func (a *App) witnessedTrees() []witnessedTree {
	return []witnessedTree{
		{"events", a.Sealer}, {"access", a.AccessSealer},
	}
}

// Sealing signs the tree head of a log that no server holds, and hands its sealer on.
func (l *Ledger) Sealing(ctx context.Context, do func(*ledgerfile.Sealer, note.Verifier) error) error {
	s := l.openSealer()
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
