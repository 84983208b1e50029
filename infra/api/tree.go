package api

import (
	"context"
	"errors"
)

// ErrMissing: there is no such record.
var ErrMissing = errors.New("no such record")

// Sealing tells of the tree over the log and proves that records lie in it.
type Sealing interface {
	Tree() TreeStanding
	// Proof is a C2SP tlog-proof; ErrMissing where there is none.
	Proof(position uint64) ([]byte, error)
}

// TreeStanding is where the tree over the log stands.
type TreeStanding struct {
	State      string `json:"state" enum:"ok,reading,empty,fork,fault"`
	Size       uint64 `json:"size" doc:"events under the newest checkpoint"`
	Root       []byte `json:"root" doc:"its head"`
	Key        string `json:"key" doc:"verifier key"`
	LatticeKey string `json:"mldsa_key" doc:"verifier key of the ML-DSA-44 signature"`
	Checkpoint string `json:"checkpoint" doc:"signed note (C2SP tlog-checkpoint), to be kept elsewhere"`
}

// ProofOf proves that one event lies under the newest checkpoint. It holds no
// personal data.
type ProofOf struct {
	Position uint64 `json:"position"`
	Proof    string `json:"proof" doc:"C2SP tlog-proof"`
}

func (a *API) checkpoint(context.Context, *struct{}) (TreeStanding, error) {
	return a.Sealing.Tree(), nil
}

func (a *API) accessCheckpoint(context.Context, *struct{}) (TreeStanding, error) {
	return a.AccessSealing.Tree(), nil
}

func (a *API) proof(ctx context.Context, in *eventIn) (ProofOf, error) {
	if _, err := a.event(ctx, in); err != nil { // who may not look at it learns nothing of it
		return ProofOf{}, err
	}
	text, err := a.Sealing.Proof(in.Position)
	return ProofOf{in.Position, string(text)}, err
}
