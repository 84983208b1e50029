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
	require.Equal(t, "bac32d264777dfbd207de2cb47a5fb49893af9d4ea4bee6aab6111b6b9ae46d8", ledger.SumOf(text), "begin \"ayumi figures bundle v2\" and go on reading v1")
}
