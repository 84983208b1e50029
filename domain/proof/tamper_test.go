package proof_test

import (
	"bytes"
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/proof"
	"ayumi/tests/bundles"
)

var allBits = flag.Bool("bits", false, "flip every bit of the small bundle, not one of each byte")

// No flip of any byte of the file verifies, or verifies in part.
func TestEveryFlippedByteOfTheFile(t *testing.T) {
	w, raw := bundles.Whole(14, "C0@D-TKY")
	trust := w.Trust()
	require.Equal(t, proof.Verified, check(raw, &proof.Verifier{Trust: trust}).Exit())
	for i := range raw {
		for bit := range 8 {
			if !*allBits && bit != i%8 {
				continue
			}
			raw[i] ^= 1 << bit
			r := check(raw, &proof.Verifier{Trust: trust})
			raw[i] ^= 1 << bit
			require.Equal(t, proof.Unreadable, r.Exit(), "byte %d bit %d: %v", i, bit, r.Checks)
		}
	}
}

// Somebody who knows the format flips a byte and packs the file anew: what was
// changed is told.
func TestEveryFlippedByteOfEveryMember(t *testing.T) {
	w, raw := bundles.Whole(14, "C0@D-TKY")
	trust := w.Trust()
	names, members := unzip(t, raw)
	codes := map[string][]string{
		"README.txt": {"E001", "E101", "E111"}, "checkpoint.note": {"E111"}, "definitions": {"E122"}, "frontier.txt": {"E001"},
		"logged.txt": {"E001", "E111", "E146", "E144", "E201"}, "seals": {"E101"}, "tiles.bin": {"E001"},
		"blinds.bin": {"E202"}, "ids.bin": {"E202"}, "rows.txt": {"E202"},
	}
	for _, name := range names {
		folder, _, _ := strings.Cut(name, "/")
		for i := range members[name] {
			members[name][i] ^= 1 << (i % 8)
			r := check(proof.Pack(names, members), &proof.Verifier{Trust: trust})
			members[name][i] ^= 1 << (i % 8)
			require.NotEqual(t, proof.Verified, r.Exit(), "%s byte %d", name, i)
			require.NotEqual(t, proof.Partial, r.Exit(), "%s byte %d: %v", name, i, r.Checks)
			require.Contains(t, codes[folder], r.Codes()[0], "%s byte %d: %v", name, i, r.Checks)
		}
	}
}

// lines are the rows with the number of events before each; shapes go with the
// event after them.
func lines(text []byte) (events [][]byte) {
	var open []byte
	for line := range bytes.Lines(text) {
		open = append(open, line...)
		if line[0] != '{' {
			events, open = append(events, open), nil
		}
	}
	return events
}

// eventOnly parts the shapes before an event from its own line.
func eventOnly(line []byte) (shapes, event []byte) {
	at := bytes.LastIndexByte(line[:len(line)-1], '\n') + 1
	return line[:at], line[at:]
}

func TestRowsDroppedDoubledSwappedAddedChanged(t *testing.T) {
	w, raw := bundles.Whole(700, "C0@D-TKY")
	trust := w.Trust()
	names, members := unzip(t, raw)
	events := lines(members["rows.txt"])
	require.Len(t, events, 700)
	block := func(i int) (from, to string) {
		return fmt.Sprint(i/256*256 + 1), fmt.Sprint(min((i/256+1)*256, 700))
	}
	look := func(i int, what string, rows [][]byte, also string) {
		members["rows.txt"] = bytes.Join(rows, nil)
		r := check(proof.Pack(names, members), &proof.Verifier{Trust: trust})
		require.Equal(t, proof.Wrong, r.Exit(), "%s %d: %v", what, i, r.Checks)
		if also != "" {
			require.Contains(t, r.Codes(), also, "%s %d", what, i)
		}
		if i == len(events) {
			require.NotContains(t, r.Codes(), "E202", "all that is sealed is there")
			return
		}
		from, to := block(i)
		at := slices.IndexFunc(r.Checks, func(c proof.Check) bool { return c.Key == "E202" })
		require.GreaterOrEqual(t, at, 0, "%s %d: %v", what, i, r.Checks)
		require.Equal(t, map[string]string{"from": from, "to": to}, r.Checks[at].Args, "%s %d", what, i)
	}
	for i := 0; i < len(events); i += 9 {
		shapes, event := eventOnly(events[i])
		look(i, "dropped", slices.Replace(slices.Clone(events), i, i+1, shapes), "E154")
		first := i // the second of two equal rows stands where another event stood
		if i+1 < len(events) {
			first = i + 1
		} else {
			first = len(events)
		}
		look(first, "doubled", slices.Insert(slices.Clone(events), i+1, event), "E152")
		look(i, "added", slices.Insert(slices.Clone(events), i, append(bytes.Clone(shapes), event...), nil), "E152")
		if i+1 < len(events) {
			otherShapes, other := eventOnly(events[i+1])
			if len(otherShapes) == 0 {
				look(i, "swapped", slices.Replace(slices.Clone(events), i, i+2, append(bytes.Clone(shapes), other...), event), "")
			}
		}
		changed := bytes.Clone(event)
		changed[len(changed)-2] ^= 1 // of the last value, or of the number of the shape
		look(i, "changed", slices.Replace(slices.Clone(events), i, i+1, append(bytes.Clone(shapes), changed...)), "")
	}
}
