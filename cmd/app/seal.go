package app

import (
	"errors"

	"ayumi/infra/api"
	"ayumi/infra/ledgerfile"
	"ayumi/infra/web"
)

// openSealer opens the ledger's files. If they cannot be opened the office goes on
// and everybody sees why nothing is signed.
func (l *Ledger) openSealer() *ledgerfile.Sealer {
	report := func(what string, err error) { l.Config.Log.Error(what, "error", err) }
	s, err := ledgerfile.Open(ledgerfile.Config{
		Store: l.Store, Dir: l.Config.in("ledger"), KeyDir: l.Config.secret("ledger", ""), Shared: l.signed, Origin: l.Origin, Every: l.Config.SealEvery, Now: l.Config.Now, Report: report,
	})
	if err != nil {
		report("the ledger cannot be opened", err)
		s = ledgerfile.Broken(err)
	}
	l.later(s.Close)
	return s
}

// Tree is where the tree over the log stands.
func (a *App) Tree() api.TreeStanding { return apiSealing{sealing{a.Sealer}}.Tree() }

// AccessTree is where the tree over the access log stands.
func (a *App) AccessTree() api.TreeStanding { return apiSealing{sealing{a.AccessSealer}}.Tree() }

// sealing tells pages and API of the tree.
type sealing struct{ *ledgerfile.Sealer }

func (s sealing) Tree() web.Tree {
	st := s.Status()
	t := web.Tree{Word: wordOf(st), Size: uint64(st.Tree.N), Root: st.Tree.Hash, At: st.At, Key: st.Key, Signed: st.Published}
	if st.Fault != nil {
		t.Cause = st.Fault.Error()
	}
	if f := st.Fork; f != nil {
		t.Cause, t.First, t.Last, t.Was, t.Is = f.Error(), int(f.First), int(f.Last), int(f.Signed), int(f.Found)
	}
	return t
}

func wordOf(st ledgerfile.Status) string {
	switch {
	case st.Fork != nil:
		return "fork"
	case st.Fault != nil:
		return "fault"
	case st.Reading:
		return "reading"
	case st.Signed == nil:
		return "empty"
	}
	return "ok"
}

func (s sealing) Proof(position uint64) ([]byte, error) {
	p, err := s.Prove(position)
	if errors.Is(err, ledgerfile.ErrNotUnder) {
		return nil, web.ErrMissing
	}
	if err != nil {
		return nil, err
	}
	return p.Format(), nil
}

// apiSealing is the same for the API.
type apiSealing struct{ sealing }

func (s apiSealing) Tree() api.TreeStanding {
	t := s.sealing.Tree()
	return api.TreeStanding{State: t.Word, Size: t.Size, Root: t.Root[:], Key: t.Key, LatticeKey: s.Status().LatticeKey, Checkpoint: string(t.Signed)}
}

func (s apiSealing) Proof(position uint64) ([]byte, error) {
	text, err := s.sealing.Proof(position)
	if errors.Is(err, web.ErrMissing) {
		return nil, api.ErrMissing
	}
	return text, err
}
