package proof_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/ledger"
)

// README.txt is a member of every bundle that was ever handed out and is compared
// byte for byte: another text is another form of bundle.
func TestReadmeOfFormOneNeverChanges(t *testing.T) {
	text, err := os.ReadFile("README.txt")
	require.NoError(t, err)
	require.Equal(t, "60aecf408d124ffc2e595865d87dc40421f98a97a798f40092d5701bbfd35231", ledger.SumOf(text), "begin \"ayumi figures bundle v2\" and go on reading v1")
}
