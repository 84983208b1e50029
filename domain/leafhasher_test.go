package domain_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
)

// Whatever body a store accepts, its leaf hash is domain.Leaf; no body makes it fail.
func FuzzLeafEqualsDomainLeaf(f *testing.F) {
	salt := bytes.Repeat([]byte{7}, domain.SaltSize)
	f.Add([]byte(`"a":1`), []byte("one"), []byte(""), 2)
	f.Add([]byte(``), []byte{}, []byte{}, 0)
	f.Add([]byte(`"words":"},\"salt\":\""`), []byte{0xff}, []byte("],["), 1)
	f.Fuzz(func(t *testing.T, inside, first, second []byte, sections int) {
		b := domain.Body{Facts: append(append([]byte("{"), inside...), '}'), Salt: salt}
		b.Sealed = [][]byte{first, second}[:min(max(sections, 0), 2)]
		body := domain.FormatBody(b)
		var l domain.LeafHasher
		got := l.Of(body)
		if want, err := domain.Leaf(body); err == nil {
			require.Equal(t, want, got)
		}
		l.Of(inside)
		l.Of(body[:len(body)/2])
	})
}
