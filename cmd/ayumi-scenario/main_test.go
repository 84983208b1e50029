package main

import (
	"bytes"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/cmd/app/demo"
)

// TestTheFileIsWhatTheProgramWrites: the scenario in the repository was not
// edited by hand, and the same seed gives the same bytes.
func TestTheFileIsWhatTheProgramWrites(t *testing.T) {
	var fresh bytes.Buffer
	require.NoError(t, scene().write(&fresh))
	kept, err := io.ReadAll(demo.Open())
	require.NoError(t, err)
	require.True(t, bytes.Equal(fresh.Bytes(), kept), "run: go run ./cmd/ayumi-scenario > cmd/app/demo/fy2019.jsonl")
}
