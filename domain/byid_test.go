package domain_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
)

func TestByIDHoldsEveryText(t *testing.T) {
	var m domain.ByID[int]
	_, ok := m.Get([]byte("018f2b5e-0000-7000-8000-00000000000a"))
	require.False(t, ok)
	ids := []string{
		"018f2b5e-0000-7000-8000-00000000000a", "018F2B5E-0000-7000-8000-00000000000A", "018f2b5e-0000-7000-8000-00000000000b",
		"018f2b5e00007000800000000000000a", "TKO.2019", "", "018f2b5e-0000-7000-8000-00000000000g",
	}
	for i, id := range ids {
		m.Put([]byte(id), -1)
		m.Put([]byte(id), i)
	}
	for i, id := range ids {
		v, ok := m.Get([]byte(id))
		require.True(t, ok)
		require.Equal(t, i, v, id)
	}
	require.Equal(t, len(ids), m.Len())
	require.Equal(t, []int{0, 1, 2, 3, 4, 5, 6}, slices.Sorted(m.Values()))
	for range m.Values() {
		break
	}
}

// ParseID reads what a UUID is written as, and nothing else.
func FuzzParseID(f *testing.F) {
	f.Add([]byte("018f2b5e-0000-7000-8000-00000000000a"))
	f.Add([]byte("018F2B5E-0000-7000-8000-00000000000A"))
	f.Add([]byte("{18f2b5e-0000-7000-8000-00000000000a"))
	f.Fuzz(func(t *testing.T, text []byte) {
		id, ok := domain.ParseID(text)
		want, err := uuid.ParseBytes(text)
		require.Equal(t, err == nil && want.String() == string(text), ok)
		if ok {
			require.Equal(t, want, id)
		}
	})
}
