//go:build !linux

package chaos_test

import "testing"

// clustered is a place on three server processes, which run on Linux.
var clustered func(t *testing.T) place
