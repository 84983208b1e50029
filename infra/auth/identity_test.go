package auth

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestASubjectHoldsOneAccount(t *testing.T) { onEach(t, testASubjectHoldsOneAccount) }

func testASubjectHoldsOneAccount(t *testing.T, on engine) {
	s, _ := on.open(t)
	ctx := context.Background()
	who := func(issuer, subject string) string {
		account, err := s.Identified(ctx, issuer, subject)
		require.NoError(t, err)
		return account
	}
	require.Empty(t, who("https://idp.example", "x"))
	require.NoError(t, s.Identify(ctx, "https://idp.example", "x", "a1"))
	require.NoError(t, s.Identify(ctx, "https://idp.example", "x", "a1"), "again is the same")
	require.NoError(t, s.Identify(ctx, "https://idp.example", "y", "a1"), "a second one beside it")
	refusedAs(t, s.Identify(ctx, "https://idp.example", "x", "a2"), "provider.taken")
	require.Equal(t, "a1", who("https://idp.example", "x"))
	require.Empty(t, who("https://other.example", "x"), "the same subject of another issuer is somebody else")
	require.Empty(t, who("https://idp.examplex", ""), "the two are not run together")
	has, err := s.HasIdentity(ctx, "a1")
	require.NoError(t, err)
	require.True(t, has)
	require.NoError(t, s.ForgetIdentities(ctx, "a1"))
	require.Empty(t, who("https://idp.example", "y"))
}
