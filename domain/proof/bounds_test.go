package proof_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain/proof"
	"ayumi/tests/bundles"
)

// A file that unfolds to far more than it weighs is refused before it fills the
// memory of whoever looks at it.
func TestBombs(t *testing.T) {
	w, raw := bundles.Whole(300, "C0@D-TKY")
	names, members := unzip(t, raw)
	at := 2 // README.txt, checkpoint.note, definitions/…
	insert := func(n int, folder string, body []byte) []byte {
		list, all := names[:at:at], map[string][]byte{}
		for name, text := range members {
			all[name] = text
		}
		for i := range n {
			name := fmt.Sprintf("definitions/%04d.json", i)
			if folder == "seals/" {
				name = fmt.Sprintf("seals/%04d.note", i+2)
			}
			list, all[name] = append(list, name), body
		}
		if folder == "seals/" { // after the first seal
			after := len(names) - 4
			list = append(append(names[:after:after], list[at:]...), names[after:]...)
		} else {
			list = append(list, names[at:]...)
		}
		return proof.Pack(list, all)
	}
	shapes := func() []byte {
		var rows []byte
		for i := range 290 {
			rows = fmt.Appendf(rows, "{\"a\":\"@\",\"b\":\"%s\"}\n%d+0\tAx\n", strings.Repeat("y", 400<<10), i)
		}
		changed := map[string][]byte{}
		for name, text := range members {
			changed[name] = text
		}
		changed["rows.txt"], changed["tiles.bin"] = rows, make([]byte, len(members["tiles.bin"]))
		return proof.Pack(names, changed)
	}
	for name, c := range map[string]struct {
		raw  []byte
		code string
		most uint64 // bytes that may be taken
	}{
		"definitions": {insert(200, "definitions/", make([]byte, 1<<20)), "E001", 8 << 20},
		"seals":       {insert(3000, "seals/", members["seals/0001.note"]), "E002", 600 << 20},
		"shapes":      {shapes(), "E202", 500 << 20},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r := check(c.raw, &proof.Verifier{Trust: w.Trust()})
		runtime.ReadMemStats(&after)
		require.NotEqual(t, proof.Verified, r.Exit(), name)
		require.Contains(t, r.Codes(), c.code, name)
		require.Less(t, after.TotalAlloc-before.TotalAlloc, c.most, "%s of %d bytes", name, len(c.raw))
		require.LessOrEqual(t, len(r.Seals), 1, name)
	}
}
