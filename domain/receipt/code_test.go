package receipt_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/receipt"
)

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

func keyOf(seed byte) (k receipt.Key) {
	for i := range k {
		k[i] = seed + byte(i)
	}
	return k
}

func codeOf(t testing.TB, position uint64) receipt.Code {
	t.Helper()
	c, err := keyOf(1).Code(position)
	require.NoError(t, err)
	return c
}

// The codes on paper are kept for ever: the same key makes the same ones in every
// release.
func TestCodesStayAsTheyAre(t *testing.T) {
	for position, want := range map[uint64]string{ // worked out with another program
		1: "KQ1G1-M3YGJ-Y31CV-R6GT8", 2214: "BYS8Q-CRBNV-AJ4YE-JN3PS", 10_000_000: "3P67C-C0EAX-ES55V-6Q905", receipt.Last: "EDC3C-5PZZ0-CZC6V-SQYFY",
	} {
		require.Equal(t, want, codeOf(t, position).String())
	}
}

func TestEveryCodeNamesItsRecord(t *testing.T) {
	seen := map[receipt.Code]bool{}
	for _, position := range append(positions(400), 1, 2, 3, receipt.Last) {
		c := codeOf(t, position)
		got, ok := keyOf(1).Position(c)
		require.True(t, ok)
		require.Equal(t, position, got)
		require.False(t, seen[c], "one record, one code")
		seen[c] = true
		_, ok = keyOf(2).Position(c)
		require.False(t, ok, "another installation made none such")
		again, err := receipt.Parse(c.String())
		require.NoError(t, err)
		require.Equal(t, c, again)
	}
	for _, none := range []uint64{0, receipt.Last + 1, 1 << 40} {
		_, err := keyOf(1).Code(none)
		require.Error(t, err)
	}
}

// Distinct positions below the last.
func positions(n int) []uint64 {
	r, out := rand.New(rand.NewPCG(1, 2)), map[uint64]bool{}
	for len(out) < n {
		out[4+r.Uint64N(receipt.Last-5)] = true
	}
	var list []uint64
	for p := range out {
		list = append(list, p)
	}
	return list
}

// The codes of records that follow each other have nothing in common that a reader
// could count on: half of the bits differ.
func TestNeighboursLookUnlike(t *testing.T) {
	same, all := 0, 0
	before := codeOf(t, 1)
	for position := uint64(2); position < 2000; position++ {
		c := codeOf(t, position)
		for i := range c[:18] {
			all++
			if c[i] == before[i] {
				same++
			}
		}
		before = c
	}
	require.InDelta(t, 1.0/32, float64(same)/float64(all), .01)
}

// Nobody makes a code from one that holds: every other code of sound check
// characters that differs in few places is refused by the key.
func TestNoCodeMakesAnother(t *testing.T) {
	c, r := codeOf(t, 2214), rand.New(rand.NewPCG(3, 4))
	for range 20_000 {
		other := c
		for range 3 + r.IntN(4) {
			other[r.IntN(len(other))] = byte(r.IntN(32))
		}
		parsed, err := receipt.Parse(other.String())
		if other == c || err != nil {
			continue
		}
		_, ok := keyOf(1).Position(parsed)
		require.False(t, ok)
	}
}

// Any single wrong character is caught and pointed at; so is every pair of wrong
// ones, and every two that changed places.
func TestTypingErrorsAreCaught(t *testing.T) {
	for _, position := range append(positions(20), 1) {
		right := []byte(strings.ReplaceAll(codeOf(t, position).String(), "-", ""))
		for i := range right {
			for _, wrong := range []byte(letters) {
				if wrong == right[i] {
					continue
				}
				typed := append([]byte{}, right...)
				typed[i] = wrong
				refused(t, string(typed), "receipt.typing_at", map[string]string{"group": string(rune('1' + i/5))})
			}
			for j := range i {
				if right[i] == right[j] {
					continue
				}
				typed := append([]byte{}, right...)
				typed[i], typed[j] = typed[j], typed[i]
				require.Contains(t, []string{"receipt.typing", "receipt.typing_at"}, keyOfRefusal(t, string(typed)), "%d and %d", j, i)
			}
		}
	}
	right := []byte(strings.ReplaceAll(codeOf(t, 77).String(), "-", ""))
	for i := range right {
		for j := range i {
			for _, a := range []byte(letters) {
				for _, b := range []byte(letters) {
					typed := append([]byte{}, right...)
					if typed[i], typed[j] = a, b; string(typed) == string(right) {
						continue
					}
					_, err := receipt.Parse(string(typed))
					require.Error(t, err)
				}
			}
		}
	}
}

func keyOfRefusal(t testing.TB, typed string) string {
	t.Helper()
	_, err := receipt.Parse(typed)
	var r *domain.Refusal
	require.True(t, errors.As(err, &r), "%q: %v", typed, err)
	require.Equal(t, "code", r.Field)
	return r.Key
}

func refused(t testing.TB, typed, key string, args map[string]string) {
	t.Helper()
	require.Equal(t, key, keyOfRefusal(t, typed), "%q", typed)
	_, err := receipt.Parse(typed)
	var r *domain.Refusal
	require.True(t, errors.As(err, &r))
	require.Equal(t, args, r.Args)
}

// People type as they like.
func TestForgivingOfHowItIsTyped(t *testing.T) {
	c := codeOf(t, 2214)
	plain := strings.ReplaceAll(c.String(), "-", "")
	wide := strings.Map(func(r rune) rune { return r - '!' + '！' }, plain)
	spaced := strings.Join(strings.Split(plain, ""), " ")
	for _, typed := range []string{
		plain, strings.ToLower(plain), wide, strings.ToLower(wide), spaced, "　" + c.String() + "\r\n",
		strings.ReplaceAll(c.String(), "-", "ー"), strings.ReplaceAll(c.String(), "-", "－"), strings.ReplaceAll(c.String(), "-", "‐"),
		strings.ReplaceAll(plain, "0", "O"), strings.ReplaceAll(plain, "0", "o"), strings.ReplaceAll(plain, "1", "I"),
		strings.ReplaceAll(plain, "1", "l"), strings.ReplaceAll(plain, "V", "u"), strings.ReplaceAll(wide, "０", "Ｏ"),
	} {
		got, err := receipt.Parse(typed)
		require.NoError(t, err, "%q", typed)
		require.Equal(t, c, got)
	}
	refused(t, "", "receipt.length", map[string]string{"typed": "0", "needed": "20"})
	refused(t, plain[:19], "receipt.length", map[string]string{"typed": "19", "needed": "20"})
	refused(t, plain+plain[:2], "receipt.length", map[string]string{"typed": "22", "needed": "20"})
	refused(t, plain[:19]+"あ", "receipt.letter", map[string]string{"letter": "あ"})
	refused(t, "\x00"+plain, "receipt.letter", map[string]string{"letter": "?"})
	refused(t, "\u202e"+plain, "receipt.letter", map[string]string{"letter": "?"})
	refused(t, "\xff"+plain, "receipt.letter", map[string]string{"letter": "?"})
}

// Every letter that a receipt bears is one that nobody takes for another.
func TestTheAlphabetIsUnambiguous(t *testing.T) {
	seen := map[rune]bool{}
	for _, position := range positions(200) {
		for _, r := range codeOf(t, position).String() {
			seen[r] = true
		}
	}
	for _, r := range "ILOUilou" {
		require.False(t, seen[r])
	}
	require.Len(t, seen, 33, "32 letters and the hyphen")
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "00000-00000-00000-00000", codeOf(f, 2214).String(), "ｏｏｏｏｏ", "I1LlO0Uu-", "\xff\xfe"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		c, err := receipt.Parse(typed)
		if err != nil {
			var r *domain.Refusal
			require.True(t, errors.As(err, &r))
			return
		}
		again, err := receipt.Parse(c.String())
		require.NoError(t, err)
		require.Equal(t, c, again)
		if position, ok := keyOf(1).Position(c); ok {
			same, err := keyOf(1).Code(position)
			require.NoError(t, err)
			require.Equal(t, c, same, "one record, one code")
		}
	})
}
