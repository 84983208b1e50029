package auth

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestASecretOpensOneFeed(t *testing.T) { onEach(t, testASecretOpensOneFeed) }

func testASecretOpensOneFeed(t *testing.T, on engine) {
	s, _ := on.open(t)
	ctx := context.Background()
	whose := func(secret string) string {
		account, _, err := s.FeedOf(ctx, secret)
		require.NoError(t, err)
		return account
	}
	since, err := s.FeedSince(ctx, "a1")
	require.NoError(t, err)
	require.True(t, since.IsZero())
	first, err := s.NewFeed(ctx, "a1", "ja")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(first), 52, "256 bits")
	other, err := s.NewFeed(ctx, "a2", "en")
	require.NoError(t, err)
	require.NotEqual(t, first, other)
	require.Equal(t, "a1", whose(first))
	_, language, err := s.FeedOf(ctx, other)
	require.NoError(t, err)
	require.Equal(t, "en", language)

	second, err := s.NewFeed(ctx, "a1", "ja")
	require.NoError(t, err)
	require.Empty(t, whose(first), "a new secret is the only one")
	require.Equal(t, "a1", whose(second))
	var stored string
	require.NoError(t, s.db.QueryRow(`SELECT max(digest) || min(digest) FROM feed`).Scan(&stored))
	require.NotContains(t, stored, second, "the file holds no secret")
	require.NoError(t, s.EndFeed(ctx, "a1"))
	require.NoError(t, s.EndFeed(ctx, "a1"), "none is no fault")
	require.Empty(t, whose(second))
	require.Empty(t, whose(""))
	require.Equal(t, "a2", whose(other))
}
