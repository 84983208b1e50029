package demo_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/scenario"
	"ayumi/tests/flow"
)

// TestExportGivesTheSameLog: the log of the demonstration, written back as a
// scenario and carried out again, is the same log byte by byte.
func TestExportGivesTheSameLog(t *testing.T) {
	play(t)
	var text bytes.Buffer
	require.NoError(t, scenario.Export(context.Background(), &text, desk.Store, desk.Keys, desk.Head.Origin))
	again := flow.Play(t, &text)
	var want []string
	for rec, err := range desk.Store.All(context.Background(), 0) {
		require.NoError(t, err)
		want = append(want, string(rec.Body))
	}
	n := 0
	for rec, err := range again.Store.All(context.Background(), 0) {
		require.NoError(t, err)
		require.Equal(t, want[n], string(rec.Body), "position %d", rec.Position)
		n++
	}
	require.Len(t, want, n)
}
