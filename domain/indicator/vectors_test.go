package indicator_test

import (
	"testing"

	"ayumi/tests/vectors"
)

// The vectors of counting.md 13 by the pure function, and by rows kept step by
// step. tests/flow runs the same table through the store, the bus and the read
// model.
func TestVectors(t *testing.T) { vectors.Run(t, vectors.Pure) }
