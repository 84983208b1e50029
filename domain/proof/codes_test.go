package proof_test

import (
	"archive/zip"
	"bytes"
	"crypto/rand"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain/ledger"
	"ayumi/domain/proof"
	"ayumi/tests/bundles"
)

// years are two years of one log with a bundle each.
type years struct {
	w             *bundles.World
	first, second []byte
	one, two      []bundles.Sealed
	atOne, atTwo  []int
}

func twoYears() *years {
	y := &years{w: bundles.New(2, true)}
	y.w.Grow(300)
	y.one = []bundles.Sealed{y.w.Seal("C0@D-TKY", 2018, nil)}
	y.atOne = y.w.Enter(y.one...)
	y.first = bundles.Write(y.w.Contents(0, nil, y.one, y.atOne))
	y.w.Grow(400)
	y.two = []bundles.Sealed{y.w.Seal("C1@D-TKY", 2019, nil), y.w.Seal("P0@D-TKY", 2019, nil)}
	y.atTwo = y.w.Enter(y.two...)
	y.second = bundles.Write(y.contents())
	return y
}

func (y *years) contents() proof.Contents { return y.w.Contents(300, y.one[0].Note, y.two, y.atTwo) }

// unzip and rezip take a bundle apart and make a well-formed one of other members,
// as somebody would who knows the format.
func unzip(t *testing.T, raw []byte) (names []string, members map[string][]byte) {
	r, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	require.NoError(t, err)
	members = map[string][]byte{}
	for _, f := range r.File {
		in, err := f.Open()
		require.NoError(t, err)
		names = append(names, f.Name)
		members[f.Name], err = io.ReadAll(in)
		require.NoError(t, err)
	}
	return names, members
}

func falsify(t *testing.T, raw []byte, member string, change func(text []byte) []byte) []byte {
	names, members := unzip(t, raw)
	require.Contains(t, members, member)
	was := bytes.Clone(members[member])
	members[member] = change(members[member])
	require.NotEqual(t, was, members[member], member)
	return proof.Pack(names, members)
}

func replace(old, now string) func([]byte) []byte {
	return func(text []byte) []byte { return bytes.Replace(text, []byte(old), []byte(now), 1) }
}

func TestFilesAreWhatAnyProgramReads(t *testing.T) {
	w, raw := bundles.Whole(300, "C0@D-TKY")
	names, members := unzip(t, raw)
	require.Equal(t, raw, proof.Pack(names, members), "the test packs as the product does")
	require.Contains(t, string(members["README.txt"]), w.LogKey)
}

// Every code of proof.md 4, provoked.
func TestEveryCode(t *testing.T) {
	y := twoYears()
	trust := y.w.Trust()
	stranger, err := note.NewSigner(secret(t, "ayumi-test/figures"))
	require.NoError(t, err)
	definition := ""
	names, members := unzip(t, y.second)
	for _, n := range names {
		if strings.HasPrefix(n, "definitions/C1") {
			definition = n
		}
	}
	witnessed := trust
	witnessed.Quorum = 1
	sealWith := func(change func(s *ledger.Seal)) []byte {
		w := bundles.New(5, false)
		w.Grow(300)
		seals := []bundles.Sealed{w.Seal("C0@D-TKY", 2018, change)}
		return bundles.Write(w.Contents(0, nil, seals, w.Enter(seals...)))
	}
	fifth := bundles.New(5, false).Trust()
	other := twoYears()
	rewritten := rewrite(other)
	seals := []bundles.Sealed{other.w.Seal("C1@D-TKY", 2019, nil)}
	at := other.w.Enter(seals...)
	gap := bundles.Write(other.w.Contents(int(other.two[0].Seal.Tree.N), other.two[1].Note, seals, at))

	cases := []struct {
		code  string
		raw   []byte
		trust proof.Trust
		after [][]byte // bundles that are held
		exit  int
		leaf  *[32]byte
	}{
		{code: "E001", raw: []byte("PK"), exit: 2},
		{code: "E001", raw: y.second[:len(y.second)-1], exit: 2},
		{code: "E001", raw: falsify(t, y.second, "README.txt", replace("EVL1", "EVL2")), exit: 2},
		{code: "E001", raw: falsify(t, y.second, "frontier.txt", replace("\n300\n", "\n301\n")), exit: 2},
		{code: "E001", raw: falsify(t, y.second, "tiles.bin", func(b []byte) []byte { b[40] ^= 1; return b }), exit: 2},
		{code: "E002", raw: proof.Pack(append([]string{"README.txt"}, names...), members), exit: 2},
		{code: "E003", raw: proof.Pack(names[1:], members), exit: 2},
		{code: "E003", raw: proof.Pack(names[:len(names)-1], members), exit: 2},
		{code: "E101", raw: falsify(t, y.second, "seals/0001.note", replace("value ", "value 1")), exit: 1},
		{code: "E101", raw: falsify(t, y.second, "seals/0001.note", func([]byte) []byte {
			signed, err := note.Sign(&note.Note{Text: y.two[0].Seal.Text()}, stranger)
			require.NoError(t, err)
			return signed
		}), exit: 1},
		{code: "E101", raw: falsify(t, y.second, "README.txt", func(b []byte) []byte {
			return bytes.Replace(b, []byte("figures "+y.w.OfficerKey), []byte("figures "+public(t, "ayumi-test/figures")), 1)
		}), exit: 1},
		{code: "E111", raw: falsify(t, y.second, "checkpoint.note", replace("\n701\n", "\n700\n")), exit: 1},
		{code: "E112", raw: y.second, trust: witnessed, exit: 1},
		{code: "E113", raw: sealWith(func(s *ledger.Seal) { s.Position = uint64(s.Tree.N + 1) }), trust: fifth, exit: 1},
		{code: "E113", raw: swapHead(t, y), exit: 1},
		{code: "E121", raw: proof.Pack(without(names, definition), members), exit: 1},
		{code: "E122", raw: falsify(t, y.second, definition, replace(`"job`, `"jab`)), exit: 1},
		{code: "E123", raw: unknownRule(t), trust: fifth, exit: 1},
		{code: "E143", raw: sealWith(func(s *ledger.Seal) { s.Replaces = strings.Repeat("0", 64) }), trust: fifth, exit: 1},
		{code: "E143", raw: sealWith(nil), trust: fifth, after: [][]byte{sealWith(func(s *ledger.Seal) { s.Date = "2020-06-02" })}, exit: 1},
		{code: "E144", raw: y.first, after: [][]byte{y.first, y.second}, exit: 1},
		{code: "E145", raw: gap, after: [][]byte{y.first}, exit: 1},
		{code: "E146", raw: unlogged(y), exit: 1},
		{code: "E152", raw: falsify(t, y.second, "rows.txt", func(b []byte) []byte { return append(b, lastLine(b)...) }), exit: 1},
		{code: "E154", raw: falsify(t, y.second, "rows.txt", func(b []byte) []byte { return b[:len(b)-len(lastLine(b))] }), exit: 1},
		{code: "E201", raw: rewritten, after: [][]byte{y.first}, exit: 1},
		{code: "E202", raw: falsify(t, y.second, "rows.txt", replace("D-TKY", "D-OKY")), exit: 1},
		{code: "E301", raw: sealWith(func(s *ledger.Seal) { s.Value++ }), trust: fifth, exit: 1},
		{code: "E302", raw: sealWith(func(s *ledger.Seal) { s.MembersSum = strings.Repeat("0", 64) }), trust: fifth, exit: 1},
		{code: "E302", raw: sealWith(func(s *ledger.Seal) { s.Members++ }), trust: fifth, exit: 1},
		{code: "E303", raw: uncountable(), trust: fifth, exit: 1},
		{code: "E001", raw: inclusion(y.w, 5, nil)[:200], exit: 2},
		{code: "E111", raw: inclusion(y.w, 5, func(p *ledger.Inclusion) { p.Checkpoint = []byte("x") }), exit: 1},
		{code: "E003", raw: inclusion(y.w, 5, func(p *ledger.Inclusion) { p.Extra = p.Extra[1:] }), exit: 2},
		{code: "E112", raw: inclusion(y.w, 5, nil), trust: witnessed, exit: 1},
		{code: "E401", raw: inclusion(y.w, 5, func(p *ledger.Inclusion) { p.Extra[3] ^= 1 }), exit: 1},
		{code: "E402", raw: inclusion(y.w, 5, nil), exit: 1, leaf: &[32]byte{1}},
	}
	provoked := map[string]bool{}
	for _, c := range cases {
		v := &proof.Verifier{Trust: c.trust, Leaf: c.leaf}
		if !c.trust.Given() {
			v.Trust = trust
		}
		for _, earlier := range c.after {
			require.Equal(t, proof.Verified, check(earlier, v).Exit(), c.code)
		}
		r := check(c.raw, v)
		require.Equal(t, c.exit, r.Exit(), "%s: %v", c.code, r.Checks)
		require.Contains(t, r.Codes(), c.code, "%v", r.Checks)
		provoked[c.code] = true
	}
	text, err := os.ReadFile("words.json")
	require.NoError(t, err)
	for _, code := range regexp.MustCompile(`"(E[0-9]{3})"`).FindAllStringSubmatch(string(text), -1) {
		require.True(t, provoked[code[1]], "%s has no test that provokes it", code[1])
	}
}

func secret(t *testing.T, name string) string {
	s, _, err := note.GenerateKey(rand.Reader, name)
	require.NoError(t, err)
	return s
}

func public(t *testing.T, name string) string {
	_, p, err := note.GenerateKey(rand.Reader, name)
	require.NoError(t, err)
	return p
}

func without(names []string, name string) (out []string) {
	for _, n := range names {
		if n != name {
			out = append(out, n)
		}
	}
	return out
}

func lastLine(b []byte) []byte {
	return bytes.Clone(b[bytes.LastIndexByte(b[:len(b)-1], '\n')+1:])
}

// swapHead is a bundle whose checkpoint is signed over another history.
func swapHead(t *testing.T, y *years) []byte {
	head := ledger.TreeHead{Origin: y.w.Origin, Tree: tlog.Tree{N: y.two[0].Seal.Tree.N, Hash: tlog.Hash{7}}}
	signed, err := note.Sign(&note.Note{Text: head.Text()}, y.w.Log)
	require.NoError(t, err)
	return falsify(t, y.second, "checkpoint.note", func([]byte) []byte { return signed })
}

// rewrite is a second year over a first one that was changed after it was sealed:
// everything is signed again by the log's key.
func rewrite(y *years) []byte {
	w := bundles.New(2, true)
	w.Grow(299)
	w.Change(10)
	w.Grow(1)
	one := []bundles.Sealed{w.Seal("C0@D-TKY", 2018, func(s *ledger.Seal) { *s = y.one[0].Seal })}
	w.Enter(one...)
	w.Grow(400)
	two := []bundles.Sealed{w.Seal("C1@D-TKY", 2019, nil)}
	at := w.Enter(two...)
	return bundles.Write(w.Contents(300, one[0].Note, two, at))
}

// unlogged is a bundle whose first seal has another event as its proof.
func unlogged(y *years) []byte {
	c := y.contents()
	c.Logged.Seals[0] = c.Logged.Seals[1]
	return bundles.Write(c)
}

// unknownRule is a sealed definition that this program has no rule for.
func unknownRule(t *testing.T) []byte {
	w := bundles.New(5, false)
	w.Grow(300)
	var text []byte
	s := w.Seal("C0@D-TKY", 2018, nil)
	text = bytes.Replace(s.Definitions, []byte(`"rule": "session"`), []byte(`"rule": "seance"`), 1)
	require.NotEqual(t, s.Definitions, text)
	w.Previous = "-"
	s = w.Seal("C0@D-TKY", 2018, func(s *ledger.Seal) { s.Definition = ledger.SumOf(text) })
	s.Definitions = text
	seals := []bundles.Sealed{s}
	return bundles.Write(w.Contents(0, nil, seals, w.Enter(seals...)))
}

// uncountable is a log with an event that no fold takes.
func uncountable() []byte {
	w := bundles.New(5, false)
	w.Grow(300)
	w.Add(`{"occurred_on":"nonsense","stream":"case-none","type":"case.consultation_held"}`)
	seals := []bundles.Sealed{w.Seal("C0@D-TKY", 2018, nil)}
	return bundles.Write(w.Contents(0, nil, seals, w.Enter(seals...)))
}

func TestBundlesOfSeveralYearsGoOn(t *testing.T) {
	y := twoYears()
	v := &proof.Verifier{Trust: y.w.Trust()}
	alone := check(y.second, v)
	require.Equal(t, proof.Partial, alone.Exit(), "%v", alone.Checks)
	require.Contains(t, keys(alone), "part.recount", "what it looks back to is not there")
	v = &proof.Verifier{Trust: y.w.Trust()}
	require.Equal(t, proof.Verified, check(y.first, v).Exit())
	require.Equal(t, proof.Verified, check(y.first, v).Exit(), "the same year again is counted again")
	r := check(y.second, v)
	require.Equal(t, proof.Verified, r.Exit(), "%v", r.Checks)
	require.Contains(t, keys(r), "ok.held")
	require.Contains(t, keys(r), "ok.before")
	require.Contains(t, keys(r), "ok.recount")
	v = &proof.Verifier{Trust: y.w.Trust()}
	require.NoError(t, v.Hold(y.one[0].Note))
	require.Contains(t, keys(check(y.second, v)), "ok.held", "a seal on paper does as well")
}

// What the last bundle of all counts by is not kept, and counts the same.
func TestTheLastBundleCountsTheSame(t *testing.T) {
	w := bundles.New(8, true)
	w.Grow(900)
	var seals []bundles.Sealed
	for _, code := range []string{"C0@D-TKY", "C1@31", "P0@D-FKC", "P1@D-TKY", "H2@D-TKY", "V1@D-TKY"} {
		seals = append(seals, w.Seal(code, 2018, nil))
	}
	at := w.Enter(seals...)
	raw := bundles.Write(w.Contents(0, nil, seals, at))
	whole, last := check(raw, &proof.Verifier{Trust: w.Trust()}), check(raw, &proof.Verifier{Trust: w.Trust(), Last: true})
	require.Equal(t, proof.Verified, whole.Exit(), "%v", whole.Checks)
	require.Equal(t, whole, last)
	require.NotEqual(t, "0", last.Seals[1].Counted)

	y := twoYears()
	v := &proof.Verifier{Trust: y.w.Trust(), Last: true}
	require.Equal(t, proof.Verified, check(y.first, v).Exit())
	require.Contains(t, keys(check(y.second, v)), "part.recount", "it was said that none would follow")
	v = &proof.Verifier{Trust: y.w.Trust()}
	require.Equal(t, proof.Verified, check(y.first, v).Exit())
	v.Last = true
	require.Equal(t, proof.Verified, check(y.second, v).Exit(), "what the first left is there")
}

func TestPublicEditionIsNeverWhole(t *testing.T) {
	y := twoYears()
	c := y.contents()
	c.Edition = proof.Public
	r := check(bundles.Write(c), &proof.Verifier{Trust: y.w.Trust()})
	require.Equal(t, proof.Partial, r.Exit(), "%v", r.Checks)
	require.Contains(t, keys(r), "part.public")
	r = check(falsify(t, bundles.Write(c), "tiles.bin", func(b []byte) []byte { b[0] ^= 1; return b }), &proof.Verifier{Trust: y.w.Trust()})
	require.Equal(t, proof.Unreadable, r.Exit())
}

func TestKeysOfTheBundleAloneAreNotEnough(t *testing.T) {
	y := twoYears()
	r := check(y.first, &proof.Verifier{})
	require.Equal(t, proof.Partial, r.Exit())
	require.Contains(t, r.Checks[0].Say("en"), y.w.OfficerKey)
}

// Two seals for one period are both events: the bundle that leaves one out tells of it.
func TestASecondSealIsSeen(t *testing.T) {
	w := bundles.New(5, false)
	w.Grow(300)
	w.Enter(w.Seal("C0@D-TKY", 2018, nil))
	w.Previous = "-"
	seals := []bundles.Sealed{w.Seal("C0@D-TKY", 2018, func(s *ledger.Seal) { s.Date = "2020-06-03" })}
	r := check(bundles.Write(w.Contents(0, nil, seals, w.Enter(seals...))), &proof.Verifier{Trust: w.Trust()})
	require.Contains(t, keys(r), "note.seal", strconv.Itoa(r.Exit()))
}
