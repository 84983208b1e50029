package proof

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/tests/history"
)

// rowsOf writes rows as a bundle holds them.
func rowsOf(list ...domain.Facts) (text, ids []byte) {
	c := newCensus()
	for _, facts := range list {
		c.take(facts)
	}
	w := newRowWriter(c)
	for _, facts := range list {
		lines, fresh := w.row(facts)
		text, ids = append(text, lines...), append(ids, fresh...)
	}
	return text, ids
}

func readRows(t *testing.T, text, ids []byte) (facts []domain.Facts) {
	fresh := bytes.NewReader(ids)
	r := rowReader{fresh: fresh}
	for line := range bytes.SplitSeq(bytes.TrimSuffix(text, []byte{'\n'}), []byte{'\n'}) {
		got, row, err := r.line(line, nil)
		require.NoError(t, err, "%s", line)
		if row {
			facts = append(facts, got)
		}
	}
	require.False(t, r.leftover())
	return facts
}

func TestRowsGiveBackTheFacts(t *testing.T) {
	for _, lively := range []bool{true, false} {
		var want []domain.Facts
		raw := 0
		for _, rec := range history.New(3, lively).Take(3000) {
			facts, err := domain.FactsOf(rec.Body)
			require.NoError(t, err)
			want, raw = append(want, facts), raw+len(facts)
		}
		text, ids := rowsOf(want...)
		require.Equal(t, want, readRows(t, text, ids))
		require.Less(t, len(text)+len(ids), raw/5)
	}
}

const (
	oneID = "3ed2b061-1e97-4a9c-be87-c83e7ed97c2d"
	twoID = "9f0c1d2e-0000-4000-8000-000000000002"
)

// Real ids hang on their command, most come once, and others again.
func TestRowsLeaveIDsOut(t *testing.T) {
	var c ids
	event := func(stream, command, more string) domain.Facts {
		c.of([]byte(command))
		return domain.Facts(`{"booking":"` + c.named([]byte("booking"), nil).String() + `","command_id":"` + command + `","event_id":"` + c.event([]byte(stream), '1').String() +
			`","n":-5,"note":"` + more + `","stream":"` + stream + `"}`)
	}
	want := []domain.Facts{
		event("case-"+twoID, oneID, `a \\e0 \\- \"b\" @`),
		event("case-"+twoID, "00000000-0000-4000-8000-000000000001", oneID+","+twoID+","+oneID),
		event("case-"+twoID, "00000000-0000-4000-8000-000000000003", ""),
		event("case-"+twoID, "00000000-0000-4000-8000-000000000004", twoID+"1"),
	}
	text, ids := rowsOf(want...)
	lines := strings.Split(string(text), "\n")
	require.Equal(t, []string{
		"0+0\tA\\i\tB\\+\tC\\e1\tD-5\tEa \\\\e0 \\\\- \\\"b\\\" @\tFcase-\\+",
		"0+0\tB\\-\tE\\<1,\\<0,\\<1\tFcase-\\1", "0+0\tE", "0+0\tE" + twoID + "1",
	}, lines[1:5])
	require.Len(t, ids, 16*5)
	require.Equal(t, want, readRows(t, text, ids))
}

// A new stream is named by the command that begins it, and named again later.
func TestRowsTellNewStreams(t *testing.T) {
	id := domain.DeriveID(uuid.MustParse(oneID), "person")
	want := []domain.Facts{
		domain.Facts(`{"command_id":"` + oneID + `","stream":"person-` + id + `"}`),
		domain.Facts(`{"command_id":"` + twoID + `","stream":"person-` + id + `"}`),
	}
	text, ids := rowsOf(want...)
	require.Equal(t, "{\"command_id\":\"@\",\"stream\":\"@\"}\n0+0\tA\\-\tBperson-\\I\n0+0\tBperson-\\0\n", string(text))
	require.Len(t, ids, 32)
	require.Equal(t, want, readRows(t, text, ids))
}

// What a stream says of itself: its next version, and ids that came near its own.
func TestRowsTellByTheStream(t *testing.T) {
	event := func(command, stream, person, version string) domain.Facts {
		return domain.Facts(`{"command_id":"` + command + `","person":"` + person + `","stream":"case-` + stream + `","version":` + version + `}`)
	}
	const command = "00000000-0000-4000-8000-00000000000"
	want := []domain.Facts{
		event(command+"1", oneID, twoID, "1"), event(command+"2", oneID, twoID, "2"), event(command+"3", twoID, oneID, "1"),
		event(command+"4", twoID, twoID, "2"), event(command+"5", "none", twoID, "7"), event(command+"6", "none", oneID, "8"),
	}
	text, ids := rowsOf(want...)
	require.Equal(t, []string{
		`0+0	A\-	B\+	Ccase-\+	D\v`, `0+0	B\1	Ccase-\0`, `0+0	B\<1	Ccase-\1`, `0+0	B\<0`, `0+0	B\1	Ccase-none	D7`, `0+0	B\0	D\v`,
	}, strings.Split(string(text), "\n")[1:7])
	require.Equal(t, want, readRows(t, text, ids))
}

func TestRowsTellTimesByWhatPassed(t *testing.T) {
	event := func(at string) domain.Facts { return domain.Facts(`{"recorded_at":"` + at + `"}`) }
	want := []domain.Facts{event("1970-01-01T00:00:01.500Z"), event("1970-01-01T00:00:02.000Z"), event("1970-01-01T00:00:01.000Z"),
		event("1970-01-01T00:00:02.500Z"), event("1970-01-01T00:00:03.000Z"), event("2019-13-01T00:00:00.000Z"), event("1969-01-01T00:00:00.000Z")}
	text, ids := rowsOf(want...)
	require.Equal(t, "{\"recorded_at\":\"@\"}\n0+1500\tA\\@\n0+500\n0+0\tA1970-01-01T00:00:01.000Z\n0+500\tA\\@\n0+500\n0+0\tA2019-13-01T00:00:00.000Z\n0+0\tA1969-01-01T00:00:00.000Z\n", string(text))
	require.Equal(t, want, readRows(t, text, ids))
}

// More facts than there are letters.
func TestRowsOfManyFacts(t *testing.T) {
	wide := func(n string) domain.Facts {
		text := []byte(`{"a100":0`)
		for i := 101; i < 300; i++ {
			text = fmt.Appendf(text, `,"a%d":%s`, i, n)
		}
		return append(text, '}')
	}
	text, ids := rowsOf(wide("1"), wide("2"))
	require.Equal(t, []domain.Facts{wide("1"), wide("2")}, readRows(t, text, ids))
}

func FuzzRows(f *testing.F) {
	var list []domain.Facts
	for _, rec := range history.New(1, true).Take(30) {
		facts, _ := domain.FactsOf(rec.Body)
		list = append(list, facts)
	}
	text, ids := rowsOf(list...)
	f.Add(text, ids)
	f.Add([]byte("{\"a\":@,\"command_id\":\"@\"}\n0+1\tA\\I\tB\\-\n0+0\tB\\+,\\0\n0+7\tA\\@"), ids)
	f.Fuzz(func(t *testing.T, text, ids []byte) {
		r := rowReader{fresh: bytes.NewReader(ids)}
		for line := range bytes.SplitSeq(text, []byte{'\n'}) {
			if _, _, err := r.line(line, nil); err != nil {
				return
			}
		}
	})
}
