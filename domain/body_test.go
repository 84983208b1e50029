package domain_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
)

var (
	salt     = bytes.Repeat([]byte{0xA5}, domain.SaltSize)
	saltText = base64.StdEncoding.EncodeToString(salt)
)

func TestBodyHasOneSpelling(t *testing.T) {
	for want, b := range map[string]domain.Body{
		`{"facts":{},"salt":"` + saltText + `","sealed":[]}`:                             {Facts: domain.Facts(`{}`), Salt: salt},
		`{"facts":{"a":"},\"salt\":\""},"salt":"` + saltText + `","sealed":["AQ=="]}`:    {Facts: domain.Facts(`{"a":"},\"salt\":\""}`), Salt: salt, Sealed: [][]byte{{1}}},
		`{"facts":{"a":1},"salt":"` + saltText + `","sealed":["AQ==","","AQID","/+8="]}`: {Facts: domain.Facts(`{"a":1}`), Salt: salt, Sealed: [][]byte{{1}, {}, {1, 2, 3}, {0xff, 0xef}}},
	} {
		require.Equal(t, want, string(domain.FormatBody(b)))
		got, err := domain.ParseBody([]byte(want))
		require.NoError(t, err)
		require.Equal(t, b, got)
		facts, err := domain.FactsOf([]byte(want))
		require.NoError(t, err)
		require.Equal(t, b.Facts, facts)
	}
}

func TestOtherBodiesAreRefused(t *testing.T) {
	good := `{"facts":{"a":1},"salt":"` + saltText + `","sealed":["AQ=="]}`
	_, err := domain.ParseBody([]byte(good))
	require.NoError(t, err)
	for _, bad := range []string{
		``, `{}`, good + " ", " " + good, good[1:], good[:len(good)-1],
		strings.Replace(good, `"facts":`, `"facts": `, 1),
		strings.Replace(good, `{"a":1}`, `}`, 1),
		strings.Replace(good, `{"a":1}`, `[1]`, 1),
		strings.Replace(good, `{"a":1}`, `null`, 1),
		strings.Replace(good, saltText, "", 1),
		strings.Replace(good, saltText, saltText[:4], 1),
		strings.Replace(good, saltText, strings.TrimRight(saltText, "="), 1),
		strings.Replace(good, saltText, saltText[:8]+`\n`+saltText[8:], 1),
		strings.Replace(good, saltText, saltText[:8]+"\n"+saltText[8:], 1),
		strings.Replace(good, "AQ==", "AR==", 1),
		strings.Replace(good, "AQ==", "AQ", 1),
		strings.Replace(good, `"AQ=="`, `AQ==`, 1),
		strings.Replace(good, `"AQ=="`, `"AQ==",`, 1),
		strings.Replace(good, `"AQ=="`, `"AQ==", "AQ=="`, 1),
		strings.Replace(good, `["AQ=="]`, `[]]`, 1),
		strings.Replace(good, `["AQ=="]`, `{}`, 1),
		strings.Replace(good, `]}`, `],"x":1}`, 1),
	} {
		_, err := domain.ParseBody([]byte(bad))
		require.Error(t, err, bad)
		_, err = domain.Leaf([]byte(bad))
		require.Error(t, err, bad)
	}
}

// TestLeafIsThatOfTheSpecification recomputes proof.md section 2 by hand.
func TestLeafIsThatOfTheSpecification(t *testing.T) {
	sealed := [][]byte{{1, 2, 3}, {}}
	priv := sha256.Sum256(fmt.Appendf(nil, "EVP1%s\x00\x00\x00\x03\x01\x02\x03\x00\x00\x00\x00", salt))
	facts := `{"a":1}`
	leaf := append([]byte("\x00EVL1"), binary.BigEndian.AppendUint32(nil, uint32(len(facts)))...)
	leaf = append(append(leaf, facts...), priv[:]...)
	want := sha256.Sum256(leaf)
	got, err := domain.Leaf(domain.FormatBody(domain.Body{Facts: domain.Facts(facts), Salt: salt, Sealed: sealed}))
	require.NoError(t, err)
	require.Equal(t, want, got)
	require.Equal(t, "0826276d", hex.EncodeToString(got[:4]), "kept for ever")
}

func TestEveryByteOfABodyCounts(t *testing.T) {
	body := domain.FormatBody(domain.Body{Facts: domain.Facts(`{"a":"b","n":12}`), Salt: salt, Sealed: [][]byte{{1, 2, 3, 4}}})
	want, err := domain.Leaf(body)
	require.NoError(t, err)
	for i := range body {
		for bit := range 8 {
			bad := bytes.Clone(body)
			bad[i] ^= 1 << bit
			got, err := domain.Leaf(bad)
			require.True(t, err != nil || got != want, "byte %d bit %d", i, bit)
		}
	}
}

func TestSectionsAreTakenApart(t *testing.T) {
	raw := append(bytes.Repeat([]byte{7}, 16), 'P')
	raw = append(raw, make([]byte, 12+16)...)
	s, err := domain.ParseSection(raw)
	require.NoError(t, err)
	require.Equal(t, byte('P'), s.Class)
	require.Equal(t, "07070707-0707-0707-0707-070707070707", s.Owner)
	require.Len(t, s.Box, 28)
	_, err = domain.ParseSection(raw[:len(raw)-1])
	require.Error(t, err)
	raw[16] = 'Q'
	_, err = domain.ParseSection(raw)
	require.Error(t, err)
}

func FuzzParseBody(f *testing.F) {
	f.Add([]byte(`{"facts":{},"salt":"` + saltText + `","sealed":[]}`))
	f.Add([]byte(`{"facts":{"a":"},\"salt\":\""},"salt":"` + saltText + `","sealed":["AQ==",""]}`))
	f.Add([]byte(`{"facts":},"salt":"","sealed":[]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		facts, errFacts := domain.FactsOf(raw)
		b, err := domain.ParseBody(raw)
		if err != nil {
			return
		}
		require.NoError(t, errFacts)
		require.Equal(t, facts, b.Facts)
		require.Len(t, b.Salt, domain.SaltSize)
		require.Equal(t, raw, domain.FormatBody(b))
	})
}
