package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"

	"ayumi/domain/ledger"
	"ayumi/infra/web"
	"ayumi/infra/witness"
)

// witnessBoard is what was heard from the witnesses.
type witnessBoard struct {
	mu   sync.Mutex
	list map[[2]string]heard // by tree and witness
	kept map[string][]byte   // by tree: the newest checkpoint that enough signed
}

// heard is the last word of a witness on a tree.
type heard struct {
	size int64     // events it signed last; 0: none
	at   time.Time // when it signed them
	err  error     // why it did not sign when it was asked last
}

// restore reads what an earlier run kept.
func (b *witnessBoard) restore(ctx context.Context, t witnessedTree, key note.Verifier, p ledger.Policy) {
	signed, err := t.sealer.Cosigned(ctx)
	if err != nil || signed == nil {
		return
	}
	head, _, err := ledger.OpenTreeHead(signed, []note.Verifier{key}, p.Verifiers())
	if err != nil {
		return
	}
	b.keep(t.name, signed)
	b.mu.Lock()
	defer b.mu.Unlock()
	for name, at := range ledger.CosignedAt(signed, p.Verifiers()) {
		b.set(t.name, name, heard{size: head.N, at: at})
	}
}

func (b *witnessBoard) set(tree, name string, h heard) {
	if b.list == nil {
		b.list = map[[2]string]heard{}
	}
	b.list[[2]string{tree, name}] = h
}

// heard notes what the witnesses answered.
func (b *witnessBoard) heard(tree string, answers []witness.Answer, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, a := range answers {
		h := b.list[[2]string{tree, a.Name}]
		if h.err = a.Err; a.Err == nil {
			if head, err := ledger.HeadOf(a.Checkpoint); err == nil {
				h.size, h.at = head.N, now
			}
		}
		b.set(tree, a.Name, h)
	}
}

func (b *witnessBoard) keep(tree string, signed []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.kept == nil {
		b.kept = map[string][]byte{}
	}
	b.kept[tree] = signed
}

// recallWithin is how long a page waits for what another instance kept.
const recallWithin = 2 * time.Second

// recall reads what the instance that leads heard from witnesses and kept.
func (a *App) recall(policy ledger.Policy) {
	ctx, cancel := context.WithTimeout(context.Background(), recallWithin)
	defer cancel()
	for _, t := range a.witnessedTrees() {
		if key, err := ledger.NewVerifier(t.sealer.Status().Key); err == nil {
			a.witnesses.restore(ctx, t, key, policy)
		}
	}
}

// witnessed tells the pages who signed which tree head, and whether the policy is
// met.
func (a *App) witnessed() web.Witnessed {
	policy, err := a.Config.Policy()
	out := web.Witnessed{Needed: policy.Quorum}
	if err != nil || len(policy.Witnesses) == 0 {
		return out
	}
	if !a.Runner.Leads() { // the one that does keeps what they signed where all read it
		a.recall(policy)
	}
	a.witnesses.mu.Lock()
	defer a.witnesses.mu.Unlock()
	for _, t := range a.witnessedTrees() {
		tree := web.WitnessedTree{Name: t.name, Size: uint64(t.sealer.Status().Tree.N)}
		if kept := a.witnesses.kept[t.name]; kept != nil {
			if head, err := ledger.HeadOf(kept); err == nil {
				tree.Enough = uint64(head.N)
				tree.Signed = len(ledger.CosignedAt(kept, policy.Verifiers()))
			}
		}
		for _, w := range policy.Witnesses {
			h := a.witnesses.list[[2]string{t.name, w.Name()}]
			seen := web.WitnessSeen{Name: w.Name(), Size: uint64(h.size), At: h.at, Word: "ok"}
			var refused *witness.Refusal
			switch {
			case errors.As(h.err, &refused):
				seen.Word = map[bool]string{true: "fork", false: "refused"}[refused.Forked()]
				if refused.Status == 404 {
					seen.Word = "unknown"
				}
			case h.err != nil:
				seen.Word = "unreached"
			case h.size == 0:
				seen.Word = "never"
			}
			if h.err != nil {
				seen.Cause = h.err.Error()
			}
			tree.Witnesses = append(tree.Witnesses, seen)
		}
		out.Trees = append(out.Trees, tree)
	}
	return out
}
