package ledgerfile

import (
	"golang.org/x/mod/sumdb/tlog"
)

// Continues proves that the tree of the newest checkpoint goes on from one of old
// events, and answers that checkpoint. From 0 events there is nothing to prove.
func (s *Sealer) Continues(old int64) (tlog.TreeProof, []byte, error) {
	st := s.Status()
	switch {
	case s.dead != nil:
		return nil, nil, s.dead
	case st.Fork != nil:
		return nil, nil, st.Fork
	case st.Signed == nil || old > st.Tree.N:
		return nil, nil, ErrNotUnder
	case old == 0 || old == st.Tree.N:
		return nil, st.Published, nil
	}
	proof, err := tlog.ProveTree(st.Tree.N, old, s.hashes)
	return proof, st.Published, err
}
