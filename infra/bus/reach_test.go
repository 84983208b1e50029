package bus

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

// where says for each position 1 … n whether it is proven on the bus (b), comes
// from the store (s), or is awaited (w).
func where(e extent, n uint64) string {
	var out []byte
	for p := uint64(1); p <= n; p++ {
		ok, _ := e.proven(p)
		switch {
		case ok:
			out = append(out, 'b')
		case e.inStore(p):
			out = append(out, 's')
		default:
			out = append(out, 'w')
		}
	}
	return string(out)
}

func TestReachProvesAuditAndOwnMessages(t *testing.T) {
	r := newReach(3)
	require.Equal(t, "sssww", where(r.now(), 5))
	r.settle(1, 0, 3, 5)
	require.Equal(t, "sssssw", where(r.now(), 6))
	r.publish(4)
	require.Equal(t, "sssbsw", where(r.now(), 6))
	r.audit(2)
	require.Equal(t, "bbsbsw", where(r.now(), 6))
	require.Equal(t, uint64(2), r.now().whole())
	r.audit(9) // never beyond the tail it was begun for
	require.Equal(t, "bbbbsw", where(r.now(), 6))
	r.publish(6)
	require.Equal(t, "bbbbbbw", where(r.now(), 7))
	require.Equal(t, uint64(6), r.now().whole())
}

func TestReachOfATrimmedStream(t *testing.T) {
	r := newReach(0)
	r.settle(4, 0, 6, 6)
	require.Equal(t, "ssssssw", where(r.now(), 7))
	r.audit(6)
	require.Equal(t, "sssbbbw", where(r.now(), 7))
	r.trim(6)
	require.Equal(t, "sssssbw", where(r.now(), 7))
	r.trim(2) // never back
	require.Equal(t, "sssssbw", where(r.now(), 7))
}

func TestReachForgets(t *testing.T) {
	r := newReach(0)
	r.settle(1, 0, 4, 4)
	r.audit(4)
	remade := r.incarnation()
	r.forget(3)
	<-remade
	require.Equal(t, "sssw", where(r.now(), 4))
	_, ok := r.await(context.Background(), remade, 4) // what a reader has in hand is void
	require.False(t, ok)
}

func TestReachResumesWithoutASecondLook(t *testing.T) {
	r := newReach(0)
	r.settle(1, 0, 0, 0)
	r.publish(5)
	same := r.incarnation()
	r.settle(1, r.now().whole(), 8, 8) // a rival published three
	require.Equal(t, "bbbbbsssw", where(r.now(), 9))
	require.Equal(t, same, r.incarnation())
	r.settle(1, r.now().whole(), 2, 8) // the server lost its tail
	<-same
	require.Equal(t, "bbssssssw", where(r.now(), 9))
}

func TestReachAwait(t *testing.T) {
	r := newReach(0)
	r.settle(1, 0, 0, 0)
	answer := make(chan uint64)
	go func() {
		until, _ := r.await(context.Background(), r.incarnation(), 2)
		answer <- until
	}()
	r.publish(1)
	r.publish(6)
	require.Equal(t, uint64(6), <-answer)
	ctx, stop := context.WithCancel(context.Background())
	stop()
	_, ok := r.await(ctx, r.incarnation(), 9)
	require.False(t, ok)
}

func TestReachDoubtsTheLowest(t *testing.T) {
	r := newReach(0)
	r.doubt(7)
	r.doubt(5)
	r.doubt(9)
	require.Equal(t, uint64(5), r.doubts())
	r.trust(9)
	require.Equal(t, uint64(5), r.doubts())
	r.trust(5)
	require.Zero(t, r.doubts())
}

func TestStartRefusesWhatCanNeverWork(t *testing.T) {
	for _, c := range []Config{{}, {Dir: "x"}} {
		_, err := Start(context.Background(), c)
		require.ErrorIs(t, err, errConfig)
	}
}
