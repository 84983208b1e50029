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
	require.Equal(t, "7f38fbb74713aa4dabcd26cc207b7b359ed02ec1b9b2cf148e7c5ba047505f58", ledger.SumOf(text), "begin \"ayumi figures bundle v2\" and go on reading v1")
}
