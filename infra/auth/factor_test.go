package auth

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
)

// The vectors of RFC 6238 appendix B, cut to six digits.
func TestCodesAreThoseOfTheRFC(t *testing.T) {
	secret := []byte("12345678901234567890")
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		require.Equal(t, want, codeOf(secret, uint64(at/stepSeconds)), at)
		step, ok := stepOf(secret, want, time.Unix(at, 0), 0)
		require.True(t, ok)
		require.Equal(t, uint64(at/stepSeconds), step)
	}
}

func refusedAs(t *testing.T, err error, key string) {
	t.Helper()
	var refused *domain.Refusal
	require.ErrorAs(t, err, &refused)
	require.Equal(t, key, refused.Key)
}

// enrolled is an account with a second factor, and its secret.
func enrolled(t *testing.T, s *Store, c *clock, account string) (secret []byte, recovery []string) {
	t.Helper()
	require.NoError(t, s.Seal([32]byte{1}))
	text, err := s.BeginFactor(context.Background(), account)
	require.NoError(t, err)
	secret, err = base32Code.DecodeString(text)
	require.NoError(t, err)
	recovery, err = s.ConfirmFactor(context.Background(), account, codeOf(secret, uint64(c.at.Unix()/stepSeconds)), "a")
	require.NoError(t, err)
	c.advance(time.Minute)
	return secret, recovery
}

func TestASecondFactorIsInUseOnceACodeWasSeen(t *testing.T) {
	onEach(t, testASecondFactorIsInUseOnceACodeWasSeen)
}

func testASecondFactorIsInUseOnceACodeWasSeen(t *testing.T, on engine) {
	s, c := on.open(t)
	ctx := context.Background()
	s.seal = nil
	_, err := s.BeginFactor(ctx, "a1")
	require.ErrorIs(t, err, ErrNoKey)
	require.NoError(t, s.Seal([32]byte{1}))
	first, err := s.BeginFactor(ctx, "a1")
	require.NoError(t, err)
	again, err := s.BeginFactor(ctx, "a1")
	require.NoError(t, err)
	require.Equal(t, first, again, "who reads the page twice has one secret")
	has, err := s.HasFactor(ctx, "a1")
	require.NoError(t, err)
	require.False(t, has)
	_, err = s.ConfirmFactor(ctx, "a1", "000000", "a")
	refusedAs(t, err, "signin.code")
	_, err = s.ConfirmFactor(ctx, "nobody", "000000", "b")
	refusedAs(t, err, "signin.code")

	_, recovery := enrolled(t, s, c, "a1")
	has, err = s.HasFactor(ctx, "a1")
	require.NoError(t, err)
	require.True(t, has)
	require.Len(t, recovery, RecoveryCodes)
	next, err := s.BeginFactor(ctx, "a1")
	require.NoError(t, err)
	require.NotEqual(t, first, next)
}

func TestACodeIsTakenOnceAndNearItsTime(t *testing.T) { onEach(t, testACodeIsTakenOnceAndNearItsTime) }

func testACodeIsTakenOnceAndNearItsTime(t *testing.T, on engine) {
	s, c := on.open(t)
	ctx := context.Background()
	secret, _ := enrolled(t, s, c, "a1")
	now := uint64(c.at.Unix() / stepSeconds)
	code := codeOf(secret, now)
	require.NoError(t, s.CheckFactor(ctx, "a1", code[:3]+" "+code[3:], "a"), "as people type it")
	refusedAs(t, s.CheckFactor(ctx, "a1", code, "a"), "signin.code")
	refusedAs(t, s.CheckFactor(ctx, "a1", codeOf(secret, now-1), "a"), "signin.code")
	refusedAs(t, s.CheckFactor(ctx, "a1", codeOf(secret, now+drift+1), "a"), "signin.code")
	require.NoError(t, s.CheckFactor(ctx, "a1", codeOf(secret, now+1), "a"), "a phone that is early")
	refusedAs(t, s.CheckFactor(ctx, "a2", codeOf(secret, now+1), "b"), "signin.code")
}

func TestOneCodeLetsOneIn(t *testing.T) { onEach(t, testOneCodeLetsOneIn) }

func testOneCodeLetsOneIn(t *testing.T, on engine) {
	s, c := on.open(t)
	secret, recovery := enrolled(t, s, c, "a1")
	for _, code := range []string{codeOf(secret, uint64(c.at.Unix()/stepSeconds)), recovery[0]} {
		var in sync.WaitGroup
		let := make(chan error, 4)
		for range cap(let) {
			in.Go(func() { let <- s.CheckFactor(context.Background(), "a1", code, "a") })
		}
		in.Wait()
		close(let)
		n := 0
		for err := range let {
			if err == nil {
				n++
			}
		}
		require.Equal(t, 1, n)
		c.advance(5 * time.Minute)
	}
}

func TestRecoveryCodesAreTakenOnce(t *testing.T) { onEach(t, testRecoveryCodesAreTakenOnce) }

func testRecoveryCodesAreTakenOnce(t *testing.T, on engine) {
	s, c := on.open(t)
	ctx := context.Background()
	_, recovery := enrolled(t, s, c, "a1")
	require.Regexp(t, `^([a-z2-7]{4}-){5}[a-z2-7]{4}$`, recovery[3])
	require.NoError(t, s.CheckFactor(ctx, "a1", "  "+recovery[3], "a"))
	refusedAs(t, s.CheckFactor(ctx, "a1", recovery[3], "a"), "signin.code")
	left, err := s.RecoveryLeft(ctx, "a1")
	require.NoError(t, err)
	require.Equal(t, RecoveryCodes-1, left)
	_, fresh := enrolled(t, s, c, "a1")
	refusedAs(t, s.CheckFactor(ctx, "a1", recovery[4], "a"), "signin.code")
	require.NoError(t, s.CheckFactor(ctx, "a1", fresh[4], "a"))
}

func TestManyWrongCodesAreMadeToWait(t *testing.T) { onEach(t, testManyWrongCodesAreMadeToWait) }

func testManyWrongCodesAreMadeToWait(t *testing.T, on engine) {
	s, c := on.open(t)
	ctx := context.Background()
	secret, _ := enrolled(t, s, c, "a1")
	for i := range attempts {
		refusedAs(t, s.CheckFactor(ctx, "a1", "123", string(rune('a'+i))), "signin.code")
	}
	code := codeOf(secret, uint64(c.at.Unix()/stepSeconds))
	refusedAs(t, s.CheckFactor(ctx, "a1", code, "z"), "signin.too_often")
	c.advance(attemptEvery)
	require.NoError(t, s.CheckFactor(ctx, "a1", code, "z"))
}

func TestADroppedFactorIsGone(t *testing.T) { onEach(t, testADroppedFactorIsGone) }

func testADroppedFactorIsGone(t *testing.T, on engine) {
	s, c := on.open(t)
	ctx := context.Background()
	secret, recovery := enrolled(t, s, c, "a1")
	require.NoError(t, s.DropFactor(ctx, "a1"))
	refusedAs(t, s.CheckFactor(ctx, "a1", codeOf(secret, uint64(c.at.Unix()/stepSeconds)), "a"), "signin.code")
	refusedAs(t, s.CheckFactor(ctx, "a1", recovery[0], "a"), "signin.code")
}

func TestACopyOfTheFileMakesNoCode(t *testing.T) {
	dir := t.TempDir()
	s, c := sqliteEngine{dir}.open(t)
	secret, recovery := enrolled(t, s, c, "a1")
	require.NoError(t, s.Seal([32]byte{2}))
	_, _, err := s.factor(context.Background(), "a1", 1)
	require.Error(t, err, "another key opens nothing")
	require.NoError(t, s.Close())
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		body, err := os.ReadFile(filepath.Join(dir, f.Name()))
		require.NoError(t, err)
		require.False(t, bytes.Contains(body, secret), f.Name())
		require.False(t, bytes.Contains(body, []byte(recovery[0])), f.Name())
	}
}

func TestAnInitialPasswordIsChangedAndLapses(t *testing.T) {
	onEach(t, testAnInitialPasswordIsChangedAndLapses)
}

func testAnInitialPasswordIsChangedAndLapses(t *testing.T, on engine) {
	s, c := on.open(t)
	ctx := context.Background()
	require.NoError(t, s.SetInitialPassword(ctx, "co1", "a1", "made by another"))
	account, _, err := s.SignIn(ctx, "co1", "made by another", "a")
	require.NoError(t, err)
	require.Equal(t, "a1", account)
	must, err := s.Initial(ctx, "a1")
	require.NoError(t, err)
	require.True(t, must)

	c.advance(InitialLife)
	account, _, err = s.SignIn(ctx, "co1", "made by another", "a")
	require.NoError(t, err)
	require.Empty(t, account, "lapsed")
	require.NoError(t, s.SetInitialPassword(ctx, "co1", "a1", "made by another"))
	for fresh, why := range map[string]string{"short": "password.short", "made by another": "password.same", "Password2026!": "password.guessable",
		"aaaaaaaabbbb": "password.guessable", "co1co1co1co1co1": "password.guessable", "qwertyuiop[]": "password.guessable", "tottori-ayumi-1": "password.guessable"} {
		refusedAs(t, s.ChangePassword(ctx, "a1", "made by another", fresh, "a"), why)
	}
	refusedAs(t, s.ChangePassword(ctx, "a1", "wrong", "chosen by myself", "a"), "password.wrong")
	refusedAs(t, s.ChangePassword(ctx, "a9", "wrong", "chosen by myself", "b"), "password.wrong")
	require.NoError(t, s.ChangePassword(ctx, "a1", "made by another", "chosen by myself", "a"))
	must, err = s.Initial(ctx, "a1")
	require.NoError(t, err)
	require.False(t, must)
	require.NoError(t, s.CheckPassword(ctx, "a1", "chosen by myself", "a"))
	refusedAs(t, s.CheckPassword(ctx, "a1", "made by another", "a"), "password.wrong")
}
