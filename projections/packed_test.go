package projections

import (
	"hash/crc32"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// withShapes is a list of rows that knows as many shapes and names as asked.
func withShapes(shapes, names int) *columns {
	c := newColumns()
	for range shapes {
		c.addShape(shape{})
	}
	for range names {
		c.addName("n")
	}
	return c
}

func randomRows(r *rand.Rand, n int) *columns {
	c := withShapes(300, 500)
	words := []string{"", "=", "~", "0190b7a2-7c1e-7000-8000-000000000001", "移住", strings.Repeat("a", math.MaxUint16)}
	for range n {
		x := cell{
			family: uint8(r.IntN(len(families))), shape: 1 + r.Int32N(300), person: r.Int32N(501), categories: uint16(r.Uint32()),
			added: 1 + uint32(r.Uint64N(math.MaxUint32)), why: uint8(r.IntN(len(reasons))),
			from: int32(r.Uint32()), to: int32(r.Uint32()), firstOn: int32(r.Uint32()), gone: int32(r.Uint32()), amount: int32(r.Uint32()),
		}
		x.position = x.added - uint32(r.Uint64N(uint64(x.added)+1))
		c.add(x, words[r.IntN(len(words)-r.IntN(2))], words[r.IntN(5)])
	}
	return c
}

func packedOf(c *columns, from, until int) []byte {
	var run []byte
	for id := from; id < until; id++ {
		run = c.pack(run, c.rows.at(int32(id)))
	}
	return run
}

func unpackAll(c *columns, run []byte) error { return c.unpack(run, crc32.Checksum(run, packedSum)) }

// Rows come back as they were, however the run was cut.
func TestPackedRowsComeBack(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	c := randomRows(r, 2000)
	whole := packedOf(c, 0, c.rows.n)
	back, cut := withShapes(300, 500), []byte(nil)
	for from := 0; from < c.rows.n; {
		until := min(c.rows.n, from+1+r.IntN(300))
		run := packedOf(c, from, until)
		require.NoError(t, unpackAll(back, run))
		cut, from = append(cut, run...), until
	}
	require.Equal(t, whole, cut)
	require.Equal(t, c.rows.n, back.rows.n)
	for i := range int32(c.rows.n) {
		was, is := *c.rows.at(i), *back.rows.at(i)
		require.Equal(t, c.texts.of(was.entity), back.texts.of(is.entity))
		require.Equal(t, c.texts.of(was.member), back.texts.of(is.member))
		was.entity, was.member, is.entity, is.member = text{}, text{}, text{}, text{}
		require.Equal(t, was, is)
	}
	require.Equal(t, whole, packedOf(back, 0, back.rows.n))
}

// A run of which a bit is another, or the end is missing, is refused.
func TestDamagedRowsAreRefused(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	run := packedOf(randomRows(r, 20), 0, 20)
	sum := crc32.Checksum(run, packedSum)
	for range 2000 {
		bad := append([]byte(nil), run...)
		bad[r.IntN(len(bad))] ^= 1 << r.IntN(8)
		require.ErrorIs(t, withShapes(300, 500).unpack(bad, sum), errUnreadable)
	}
	for range 200 {
		require.ErrorIs(t, withShapes(300, 500).unpack(run[:r.IntN(len(run))], sum), errUnreadable)
	}
	// A sum that fits does not make numbers of shapes and names that are not there.
	require.ErrorIs(t, unpackAll(withShapes(0, 500), run), errUnreadable)
	require.ErrorIs(t, unpackAll(withShapes(300, 0), run), errUnreadable)
	require.ErrorIs(t, unpackAll(withShapes(300, 500), run[:len(run)-1]), errUnreadable)
}

// Any bytes with their sum are refused or are rows; what was read once is read so again.
func FuzzUnpack(f *testing.F) {
	r := rand.New(rand.NewPCG(5, 5))
	for n := range 4 {
		if run := packedOf(randomRows(r, n), 0, n); len(run) < 1000 {
			f.Add(run)
		}
	}
	f.Add([]byte("\x01\x02\x00\x07\x05\x05\x00\x00\x00\x00\x00\x02\x01e\x01="))
	f.Add([]byte{0, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0x03})
	f.Fuzz(func(t *testing.T, run []byte) {
		c := withShapes(300, 500)
		if err := unpackAll(c, run); err != nil {
			require.ErrorIs(t, err, errUnreadable)
			return
		}
		again := packedOf(c, 0, c.rows.n)
		back := withShapes(300, 500)
		require.NoError(t, unpackAll(back, again))
		require.Equal(t, again, packedOf(back, 0, back.rows.n))
	})
}
