package domain_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
)

func TestFactsHaveOneSpelling(t *testing.T) {
	for text, want := range map[string][]domain.Fact{
		`{}`:              nil,
		`{"a":1}`:         {{Key: "a", Int: 1, IsInt: true}},
		`{"a":-1,"b":""}`: {{Key: "a", Int: -1, IsInt: true}, {Key: "b"}},
		`{"a":"` + `\"\\\b\t\n\f\r\u0000\u001f` + "\u007f\u2028é受/<>&" + `"}`: {{Key: "a", Text: "\"\\\b\t\n\f\r\x00\x1f\x7f\u2028é受/<>&"}},
		`{"a":9007199254740991,"a_1":-9007199254740991}`:                      {{Key: "a", Int: 1<<53 - 1, IsInt: true}, {Key: "a_1", Int: -(1<<53 - 1), IsInt: true}},
		`{"a":"},\"salt\":\""}`: {{Key: "a", Text: `},"salt":"`}},
	} {
		got, err := domain.ParseFacts([]byte(text))
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
		back, err := domain.FormatFacts(got)
		require.NoError(t, err)
		require.Equal(t, text, string(back))
	}
}

func TestOtherSpellingsAreRefused(t *testing.T) {
	for _, text := range []string{
		``, `{`, `}`, `[]`, `null`, `{}}`, `{ }`, ` {}`, "{}\n", `{,}`, `{"a"}`, `{"a":}`, `{"a":1,}`, `{"a":1;"b":2}`,
		`{"a":1 }`, `{"a": 1}`, `{"b":1,"a":2}`, `{"a":1,"a":1}`, `{"A":1}`, `{"1a":1}`, `{"":1}`, `{"a-b":1}`, `{"a\u0062":1}`,
		`{"a":01}`, `{"a":-0}`, `{"a":+1}`, `{"a":1.0}`, `{"a":1e3}`, `{"a":0x1}`, `{"a":9007199254740992}`, `{"a":1_0}`, `{"a":99999999999999999999}`,
		`{"a":true}`, `{"a":null}`, `{"a":[]}`, `{"a":{}}`, `{"a":"x}`, `{"a":"\"}`, `{"a":"\x"}`, `{"a":"\u00"}`, `{"a":"\/"}`, `{"a":"\u0041"}`,
		`{"a":"\u001F"}`, `{"a":"\u0009"}`, `{"a":"\u00e9"}`, `{"a":"\u00c3\u00a9"}`, `{"a":"\ud83d\ude00"}`, `{"a":"\ud800"}`,
		"{\"a\":\"\xff\"}", "{\"a\":\"\xed\xa0\x80\"}", "{\"a\":\"\n\"}", `{"a":"b""c":1}`, `{"` + strings.Repeat("a", 65) + `":1}`,
	} {
		_, err := domain.ParseFacts([]byte(text))
		require.Error(t, err, text)
	}
	for _, bad := range [][]domain.Fact{
		{{Key: "b"}, {Key: "a"}}, {{Key: "a"}, {Key: "a"}}, {{Key: "A"}}, {{Key: ""}},
		{{Key: "a", Text: "\xff"}}, {{Key: "a", IsInt: true, Int: 1 << 53}}, {{Key: "a", IsInt: true, Int: -1 << 53}},
	} {
		_, err := domain.FormatFacts(bad)
		require.Error(t, err)
	}
}

func TestFactsAreReadByKey(t *testing.T) {
	f, err := domain.FormatFacts([]domain.Fact{{Key: "a", Text: `x"y`}, {Key: "b", Int: -7, IsInt: true}, {Key: "d", Text: "受"}})
	require.NoError(t, err)
	require.Equal(t, `x"y`, f.Text("a"))
	require.Equal(t, "受", f.Text("d"))
	for _, key := range []string{"", "b", "c", "e"} {
		require.Empty(t, f.Text(key))
	}
	n, ok := f.Int("b")
	require.True(t, ok)
	require.Equal(t, int64(-7), n)
	for _, key := range []string{"a", "c", "e"} {
		_, ok := f.Int(key)
		require.False(t, ok, key)
	}
}

func FuzzParseFacts(f *testing.F) {
	for _, seed := range []string{`{}`, `{"a":1}`, `{"a":"\u0001\"","b":-3}`, `{"a":"受入","b":"\ud800"}`, `{"a":"\`, `{"a":1,`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		facts, err := domain.ParseFacts(raw)
		if err != nil {
			return
		}
		back, err := domain.FormatFacts(facts)
		require.NoError(t, err)
		require.Equal(t, string(raw), string(back))
		requireSameAsJSON(t, raw, facts)
		i := 0
		domain.Facts(raw).Scan(func(key, value []byte) bool {
			require.Equal(t, facts[i].Key, string(key))
			require.True(t, json.Valid(value))
			i++
			return true
		})
		require.Len(t, facts, i, "a scan sees every fact")
	})
}

// requireSameAsJSON: canonical facts are JSON and mean the same to other readers.
func requireSameAsJSON(t *testing.T, raw []byte, facts []domain.Fact) {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var other map[string]any
	require.NoError(t, dec.Decode(&other))
	require.Len(t, other, len(facts))
	for _, fact := range facts {
		if fact.IsInt {
			require.Equal(t, json.Number(fmt.Sprint(fact.Int)), other[fact.Key])
			n, ok := domain.Facts(raw).Int(fact.Key)
			require.True(t, ok)
			require.Equal(t, fact.Int, n)
			continue
		}
		require.Equal(t, fact.Text, other[fact.Key])
		require.Equal(t, fact.Text, domain.Facts(raw).Text(fact.Key))
	}
}

func FuzzFormatFacts(f *testing.F) {
	f.Add("a", "text", int64(1))
	f.Add("b", "\x00\x1f\"\\受\u2028", int64(-1<<53))
	f.Fuzz(func(t *testing.T, key, text string, n int64) {
		facts := []domain.Fact{{Key: "a0", Text: text}, {Key: "a1", Int: n, IsInt: true}, {Key: key, Text: text}}
		out, err := domain.FormatFacts(facts)
		if err != nil {
			return
		}
		require.True(t, utf8.Valid(out))
		back, err := domain.ParseFacts(out)
		require.NoError(t, err)
		require.Equal(t, facts, back)
	})
}

// TestPythonSpellsFactsTheSame: an auditor with fifteen lines of Python writes
// the bytes that were hashed.
func TestPythonSpellsFactsTheSame(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		if strings.Contains(os.Getenv("REQUIRE"), "python3") {
			t.Fatal("REQUIRE=python3: it is not there")
		}
		t.Skip("SKIPPED, NOTHING WAS COMPARED: no python3")
	}
	const script = `
import json, sys
sys.stdout.reconfigure(encoding="utf-8", newline="\n")
for line in sys.stdin.buffer:
    print(json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True, separators=(",", ":")))
`
	var in bytes.Buffer
	var want []string
	for r := rune(0); r < 0x3100; r += 7 {
		text := string([]rune{r, r + 1, r + 2, r + 3, r + 4, r + 5, r + 6}) + "\U0001F600"
		facts, err := domain.FormatFacts([]domain.Fact{{Key: "a_b", Text: text}, {Key: "b", Int: int64(r) - 100, IsInt: true}})
		require.NoError(t, err)
		want = append(want, string(facts))
		loose, err := json.Marshal(map[string]any{"b": int(r) - 100, "a_b": text})
		require.NoError(t, err)
		in.Write(append(loose, '\n'))
	}
	cmd := exec.Command(python, "-c", script)
	cmd.Stdin = &in
	out, err := cmd.Output()
	require.NoError(t, err)
	require.Equal(t, want, strings.Split(strings.TrimSuffix(string(out), "\n"), "\n"))
}
