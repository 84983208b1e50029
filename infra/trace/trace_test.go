package trace

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
)

// Switched off, nothing stands between a caller and what is called.
func TestSwitchedOffCostsNothing(t *testing.T) {
	var off *Tracer
	var store domain.EventStore = struct{ domain.EventStore }{}
	require.Equal(t, store, off.Store(store))
	handler := http.NewServeMux()
	require.Same(t, handler, off.Watch(handler))
	require.NoError(t, off.Close())
	require.Zero(t, testing.AllocsPerRun(100, func() { _, _ = off.Wait(t.Context(), 1) }))
}

func TestCheckEndpoint(t *testing.T) {
	for _, good := range []string{"http://collector:4318", "https://c.example/v1/traces"} {
		require.NoError(t, CheckEndpoint(good))
	}
	for _, bad := range []string{"", "collector:4318", "grpc://c:1", "http://", "/x", "http://%zz"} {
		require.Error(t, CheckEndpoint(bad), bad)
	}
}

// FuzzTraceparent: what is read is written the same way, and nothing else is read.
func FuzzTraceparent(f *testing.F) {
	for _, seed := range []string{
		"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
		"00-00000000000000000000000000000000-00f067aa0ba902b7-01", "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
		"00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", "", "00-髙橋", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-ff",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c := parse(text)
		if !c.IsValid() {
			return
		}
		require.Equal(t, text, fmt.Sprintf("00-%s-%s-%s", c.TraceID(), c.SpanID(), c.TraceFlags()))
		require.Empty(t, c.TraceState().String())
	})
}
