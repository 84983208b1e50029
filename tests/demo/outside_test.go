package demo_test

import (
	"context"
	"encoding/base64"
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/outside"
)

// TestNothingPersonalLeaves: of the whole scenario, what a consumer outside reads
// holds no planted text, nothing sealed, no salt, no commitment of a key and nobody of
// the staff; and it says nothing that the log does not say.
func TestNothingPersonalLeaves(t *testing.T) {
	planted := secrets(t)
	var texts []string
	for text := range planted {
		if utf8.RuneCountInString(text) > 1 && len(text) > 4 && !plainWord.MatchString(text) {
			texts = append(texts, text)
		}
	}
	require.Greater(t, len(texts), 400)
	var staff []string
	for _, s := range streams(t, "account") {
		_, id := domain.SplitStream(s)
		staff = append(staff, id)
	}
	require.NotEmpty(t, staff)
	left, stayed := map[string]int{}, map[string]int{}
	for rec, err := range desk.Store.All(context.Background(), 0) {
		require.NoError(t, err)
		e, leaves, err := outside.Of(rec)
		require.NoError(t, err)
		if !leaves {
			stayed[rec.Type]++
			continue
		}
		left[rec.Type]++
		body, err := domain.ParseBody(rec.Body)
		require.NoError(t, err)
		said := string(e.Facts) + e.ID + e.Stream + e.Type + e.Recorded + e.Controller
		require.NotContains(t, said, base64.StdEncoding.EncodeToString(body.Salt))
		for _, section := range body.Sealed {
			require.NotContains(t, said, base64.StdEncoding.EncodeToString(section))
		}
		for _, id := range staff {
			require.NotContains(t, said, id, "%s at %d", rec.Type, rec.Position)
		}
		facts, err := domain.ParseFacts(e.Facts)
		require.NoError(t, err, "they stay canonical")
		for _, f := range facts {
			require.NotContains(t, []string{"key_commitment", "recorded_by", "on_behalf_of", "contact"}, f.Key)
			if f.IsInt {
				n, stated := body.Facts.Int(f.Key)
				require.True(t, stated && n == f.Int, f.Key)
				continue
			}
			require.Equal(t, body.Facts.Text(f.Key), f.Text, f.Key)
		}
		for _, text := range texts {
			if !slices.Contains(public, rec.Type) {
				require.NotContains(t, said, text, "%s at %d", rec.Type, rec.Position)
			}
		}
	}
	require.Greater(t, len(left), 50)
	for _, name := range []string{"account.opened", "person.confidentiality_set", "person.consent_given", "case.task_planned", "figure.proposed"} {
		require.Positive(t, stayed[name], name)
	}
}
