package proof

import (
	"bytes"
	"crypto/sha256"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/tests/history"
)

func readRows(t *testing.T, text []byte) (facts [][]byte) {
	var r rowReader
	for _, line := range bytes.Split(bytes.TrimSuffix(text, []byte{'\n'}), []byte{'\n'}) {
		got, _, row, err := r.line(line, nil)
		require.NoError(t, err, "%s", line)
		if row {
			facts = append(facts, got)
		}
	}
	return facts
}

func TestRowsGiveBackTheFacts(t *testing.T) {
	w := newRowWriter()
	var text []byte
	var want [][]byte
	raw := 0
	for _, rec := range history.New(3, true).Take(3000) {
		facts, err := domain.FactsOf(rec.Body)
		require.NoError(t, err)
		want, raw = append(want, facts), raw+len(facts)
		text = append(text, w.row(facts, sha256.Sum256(rec.Body))...)
	}
	require.Equal(t, want, readRows(t, text))
	require.Less(t, len(text), raw*2/3)
}

// Real ids hang on their command; so the ids need not stand in the rows.
func TestRowsLeaveOutMadeIDs(t *testing.T) {
	const command = "3ed2b061-1e97-4a9c-be87-c83e7ed97c2d"
	c := idsOf([]byte(command), []byte("case-1"))
	facts := domain.Facts(`{"booking":"` + c.field("booking").String() + `","command_id":"` + command + `","event_id":"` + c.event('1').String() +
		`","n":-5,"note":"a \\e0 \"b\" @","stream":"case-1"}`)
	w := newRowWriter()
	text := w.row(facts, [32]byte{})
	require.Contains(t, string(text), "\t\\i\t"+command+"\t\\e1\t-5\t")
	require.Equal(t, [][]byte{facts}, readRows(t, text))
}

func FuzzRows(f *testing.F) {
	w := newRowWriter()
	for _, rec := range history.New(1, true).Take(30) {
		facts, _ := domain.FactsOf(rec.Body)
		f.Add(bytes.Clone(w.row(facts, [32]byte{7})))
	}
	f.Add([]byte("{\"a\":@,\"command_id\":\"@\"}\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\t0\t\\i\t3ed2b061-1e97-4a9c-be87-c83e7ed97c2d"))
	f.Fuzz(func(t *testing.T, text []byte) {
		var r rowReader
		for line := range bytes.SplitSeq(text, []byte{'\n'}) {
			if _, _, _, err := r.line(line, nil); err != nil {
				return
			}
		}
	})
}
