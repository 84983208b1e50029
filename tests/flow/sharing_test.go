package flow_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/tests/flow"
)

// What was shared lies sealed, and the facts hold the digest of its ciphertext.
func TestShareHoldsTheDigestOfItsSealedCopy(t *testing.T) {
	d := flow.Open(t)
	_, file, _ := story(d)
	day, city, referral := flow.At("2019-06-10", 11), uuid.NewString(), uuid.NewString()
	d.Do(day, "ld1", "partner.register", map[string]any{"partner": city, "kind": "municipality", "relation": "public_body", "default_basis": "within_purpose", "name": "倉吉市"})
	d.Do(day, "co1", "case.propose_referral", map[string]any{"case": file, "referral": referral, "partner": city, "purpose": "housing"})
	d.Do(day, "co1", "case.agree_referral", map[string]any{"case": file, "referral": referral, "basis": "within_purpose"})
	r := d.Do(day, "co1", "case.send_referral", map[string]any{
		"case": file, "referral": referral, "due_on": "2019-06-24", "fields": []string{"name", "phone"}, "notice_version": "n1", "text": "髙橋 例子",
	})
	require.Equal(t, []string{"case.information_shared", "case.referral_sent"}, r[0].Types)

	for rec, err := range d.Store.Stream(context.Background(), r[0].Stream, r[0].Version-2) {
		require.NoError(t, err)
		require.NotContains(t, string(rec.Body), "髙橋")
		if rec.Type != "case.information_shared" {
			continue
		}
		body, err := domain.ParseBody(rec.Body)
		require.NoError(t, err)
		require.Len(t, body.Sealed, 1)
		sum := sha256.Sum256(bytes.Join(body.Sealed, nil))
		_, event, err := casefile.Aggregate.Decode(rec)
		require.NoError(t, err)
		require.Equal(t, hex.EncodeToString(sum[:]), event.(*casefile.InformationShared).Copy)
	}
}
