package app

import (
	"archive/zip"
	"bytes"
	"crypto/rand"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/ledger"
	"ayumi/domain/proof"
	"ayumi/infra/keyring"
)

// notary is a household whose figures are approved, sealed and bundled.
type notary struct {
	*household
	an, mg  string
	officer note.Signer
}

func (h *household) notary(a *App) *notary {
	h.t.Helper()
	s := &notary{household: h}
	for code, role := range map[string]string{"an1": "AN", "mg1": "MG"} {
		id := uuid.NewString()
		h.do(a, "system", "account.open", map[string]any{"account": id, "kind": "staff", "desk": "D-TKY", "code": code, "name": "見本 " + code, "kana": "みほん"})
		h.do(a, "system", "account.grant_role", map[string]any{"account": id, "role": role})
		if role == "AN" {
			s.an = id
		} else {
			s.mg = id
		}
	}
	secret, public, err := note.GenerateKey(rand.Reader, ledger.SealKeyName(a.Origin))
	require.NoError(h.t, err)
	s.officer, err = note.NewSigner(secret)
	require.NoError(h.t, err)
	require.NoError(h.t, a.SetFigureKey(ctx, public))
	return s
}

// seal has figures of a period approved, as they are known on the day before, and
// sealed by the officer. It answers the seals.
func (s *notary) seal(a *App, period japan.Period, figures ...string) (seals []string) {
	s.t.Helper()
	require.NoError(s.t, a.Ready(ctx, 30*time.Second))
	known := japan.DateOf(s.clock.now()).Add(-1)
	for _, f := range figures {
		found, err := counts{a}.Count(ctx, domain.Asked{Indicator: f, Period: period, KnownAt: known})
		require.NoError(s.t, err)
		stream := uuid.NewString()
		s.do(a, s.an, "figure.propose", map[string]any{"stream": stream, "edition": 1, "indicator": f, "definition_version": found.Version,
			"from": period.From.String(), "to": period.To.String(), "known_at": known.String(), "value": found.Value, "trial": false})
		s.do(a, s.mg, "figure.approve", map[string]any{"stream": stream, "edition": 1})
	}
	q, err := a.AskSeals(ctx, japan.FiscalYearOf(period.From))
	require.NoError(s.t, err)
	require.Len(s.t, q.Seals, len(figures))
	previous := ""
	for i := range q.Seals {
		line := &q.Seals[i]
		one, err := ledger.ParseSeal(line.Text)
		require.NoError(s.t, err)
		if previous != "" {
			one.Previous = previous
		}
		line.Text = one.Text()
		signed, err := note.Sign(&note.Note{Text: line.Text}, s.officer)
		require.NoError(s.t, err)
		line.Note, previous = string(signed), ledger.SumOf(signed)
		seals = append(seals, line.Note)
	}
	n, err := a.EnterSeals(ctx, q)
	require.NoError(s.t, err)
	require.Equal(s.t, len(figures), n)
	return seals
}

func (s *notary) bundle(a *App, year japan.FiscalYear) []byte {
	s.t.Helper()
	var out bytes.Buffer
	require.NoError(s.t, a.Bundle(ctx, year, proof.Audit, &out))
	return out.Bytes()
}

// verified demands that bundles verify one after the other, for somebody who holds
// nothing but the keys, and answers what was counted: "C0@D-TKY 1".
func (s *notary) verified(trust string, bundles ...[]byte) (counted []string) {
	s.t.Helper()
	keys, err := proof.ParseTrust(trust)
	require.NoError(s.t, err)
	v := &proof.Verifier{Trust: keys}
	for _, raw := range bundles {
		r := v.Verify(bytes.NewReader(raw), int64(len(raw)))
		require.Equal(s.t, proof.Verified, r.Exit(), "%v", r.Checks)
		for _, one := range r.Seals {
			counted = append(counted, one.Indicator+" "+one.Counted)
			require.Equal(s.t, one.Sealed, one.Counted)
		}
	}
	return counted
}

// members are the unpacked files of a bundle.
func members(t *testing.T, raw []byte) map[string]string {
	t.Helper()
	file, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	require.NoError(t, err)
	out := map[string]string{}
	for _, f := range file.File {
		r, err := f.Open()
		require.NoError(t, err)
		text, err := io.ReadAll(r)
		require.NoError(t, err)
		require.NoError(t, r.Close())
		out[f.Name] = string(text)
	}
	return out
}

// An erasure breaks no proof: what was bundled before it verifies after it, what is
// bundled again is the same to the byte but for the newer checkpoint, and the year
// that comes after follows the year before. So too when the key's epoch is gone.
func TestBundlesOutliveAnErasure(t *testing.T) {
	h := build(t)
	a := h.open()
	s := h.notary(a)
	h.clock.pass(32 * 24 * time.Hour) // 3 May
	april := japan.MonthOf(japan.On(2026, 4, 1))
	first := s.seal(a, april, "C0@D-TKY", "C1@D-TKY")
	before := s.bundle(a, 2026)
	trust, err := a.Trust(ctx)
	require.NoError(t, err)
	counted := s.verified(trust, before)
	require.Equal(t, []string{"C0@D-TKY 1", "C1@D-TKY 1"}, counted, "the person is counted")
	was := members(t, before)

	h.order(a)
	h.erased(a)
	again := s.bundle(a, 2026)
	require.Equal(t, counted, s.verified(trust, before))
	require.Equal(t, counted, s.verified(trust, again))
	now := members(t, again)
	require.NotEqual(t, was["logged.txt"], now["logged.txt"], "a later checkpoint")
	same := func(now map[string]string) {
		require.Equal(t, len(was), len(now))
		for name, text := range was {
			if name != "logged.txt" {
				require.Equal(t, text, now[name], name)
			}
		}
	}
	same(now)

	// Another figure of the same year, counted and sealed after the erasure.
	h.clock.pass(24 * time.Hour)
	s.seal(a, april, "C2@31")
	more := s.bundle(a, 2026)
	require.Equal(t, append(slices.Clone(counted), "C2@31 1"), s.verified(trust, more))
	require.Equal(t, append(slices.Clone(counted), "C0@D-TKY 1", "C1@D-TKY 1", "C2@31 1"), s.verified(trust, before, more), "it follows what the auditor holds")
	require.True(t, strings.HasPrefix(members(t, more)["rows.txt"], was["rows.txt"]), "not a byte of a row has changed")
	e, _, err := a.Office.ErasureOf(ctx, h.person)
	require.NoError(t, err)
	require.NoError(t, a.Close())

	// The epoch goes. The next year is sealed over the same log.
	for range keyring.EpochsKept {
		h.clock.pass(keyring.EpochLength)
		a = h.open()
		require.Eventually(t, func() bool { return !a.Keys.Due() }, time.Minute, 20*time.Millisecond)
		require.NoError(t, a.Close())
	}
	h.clock.pass(330 * 24 * time.Hour) // May 2027
	a = h.open()
	require.Eventually(t, func() bool {
		_, _, gone, err := a.EpochRetired(ctx, e.Done.Epoch)
		require.NoError(t, err)
		return gone
	}, time.Minute, 20*time.Millisecond)
	s.seal(a, japan.MonthOf(japan.On(2027, 4, 1)), "C0@D-TKY")
	next := s.bundle(a, 2027)
	require.Equal(t, counted, s.verified(trust, before))
	require.Equal(t, append(append(slices.Clone(counted), s.verified(trust, more)...), "C0@D-TKY 0"), s.verified(trust, before, more, next))
	last := members(t, s.bundle(a, 2026))
	require.Equal(t, members(t, more)["rows.txt"], last["rows.txt"])
	require.Equal(t, members(t, more)["tiles.bin"], last["tiles.bin"])

	// Who kept nothing but one seal from before the erasure is told the same.
	keys, err := proof.ParseTrust(trust)
	require.NoError(t, err)
	v := &proof.Verifier{Trust: keys}
	require.NoError(t, v.Hold([]byte(first[len(first)-1])))
	r := v.Verify(bytes.NewReader(more), int64(len(more)))
	require.Equal(t, proof.Verified, r.Exit(), "%v", r.Checks)
	for _, f := range a.Check(ctx) {
		require.Empty(t, f.Fault, f.What)
	}
	require.NoError(t, a.Close())
	for _, raw := range [][]byte{before, again, more, next} {
		for name, text := range members(t, raw) {
			for _, planted := range []string{plantedName, plantedKana, plantedPhone, plantedNote} {
				require.NotContains(t, text, planted, name)
			}
		}
	}
}
