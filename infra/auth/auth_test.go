package auth

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/stretchr/testify/require"
)

var (
	_ scs.CtxStore         = (*Store)(nil)
	_ scs.IterableCtxStore = (*Store)(nil)
)

// clock is a clock a test moves by hand.
type clock struct{ at time.Time }

func (c *clock) now() time.Time           { return c.at }
func (c *clock) advance(by time.Duration) { c.at = c.at.Add(by) }

func TestSignInNeedsNameAndPassword(t *testing.T) { onEach(t, testSignInNeedsNameAndPassword) }

func testSignInNeedsNameAndPassword(t *testing.T, on engine) {
	s, _ := on.open(t)
	ctx := context.Background()
	require.NoError(t, s.SetPassword(ctx, "co1", "account-1", "correct horse battery"))

	account, wait, err := s.SignIn(ctx, "co1", "correct horse battery", "10.0.0.1")
	require.NoError(t, err)
	require.Zero(t, wait)
	require.Equal(t, "account-1", account)

	for _, wrong := range [][2]string{{"co1", "correct horse"}, {"co2", "correct horse battery"}, {"", ""}, {"co1", strings.Repeat("x", 10_000)}} {
		account, _, err := s.SignIn(ctx, wrong[0], wrong[1], "10.0.0.2")
		require.NoError(t, err)
		require.Empty(t, account)
	}
}

func TestNewPasswordReplacesTheOld(t *testing.T) { onEach(t, testNewPasswordReplacesTheOld) }

func testNewPasswordReplacesTheOld(t *testing.T, on engine) {
	s, _ := on.open(t)
	ctx := context.Background()
	require.NoError(t, s.SetPassword(ctx, "co1", "account-1", "the first password"))
	require.NoError(t, s.SetPassword(ctx, "co1", "account-1", "the second password"))
	account, _, err := s.SignIn(ctx, "co1", "the first password", "a")
	require.NoError(t, err)
	require.Empty(t, account)
	account, _, err = s.SignIn(ctx, "co1", "the second password", "a")
	require.NoError(t, err)
	require.Equal(t, "account-1", account)
}

func TestNamesAndPasswordsHaveAForm(t *testing.T) { onEach(t, testNamesAndPasswordsHaveAForm) }

func testNamesAndPasswordsHaveAForm(t *testing.T, on engine) {
	s, _ := on.open(t)
	for _, name := range []string{"", "a", "hana@example.jp", "森下", "Co1", strings.Repeat("a", 33), "-a"} {
		require.ErrorIs(t, s.SetPassword(context.Background(), name, "x", "correct horse battery"), ErrName, name)
	}
	for _, password := range []string{"", "too short", strings.Repeat("x", 257)} {
		require.ErrorIs(t, s.SetPassword(context.Background(), "co1", "x", password), ErrPassword)
	}
}

func TestManyFailuresOfANameAreMadeToWait(t *testing.T) {
	onEach(t, testManyFailuresOfANameAreMadeToWait)
}

func testManyFailuresOfANameAreMadeToWait(t *testing.T, on engine) {
	s, c := on.open(t)
	ctx := context.Background()
	require.NoError(t, s.SetPassword(ctx, "co1", "account-1", "correct horse battery"))
	for i := range attempts {
		_, wait, err := s.SignIn(ctx, "co1", "wrong", string(rune('a'+i)))
		require.NoError(t, err)
		require.Zero(t, wait)
	}
	account, wait, err := s.SignIn(ctx, "co1", "correct horse battery", "elsewhere")
	require.NoError(t, err)
	require.Empty(t, account, "even the right password waits")
	require.Positive(t, wait)
	require.LessOrEqual(t, wait, attemptEvery)

	c.advance(wait)
	account, wait, err = s.SignIn(ctx, "co1", "correct horse battery", "elsewhere")
	require.NoError(t, err)
	require.Zero(t, wait)
	require.Equal(t, "account-1", account)
}

func TestManyFailuresOfAnAddressAreMadeToWait(t *testing.T) {
	onEach(t, testManyFailuresOfAnAddressAreMadeToWait)
}

func testManyFailuresOfAnAddressAreMadeToWait(t *testing.T, on engine) {
	s, _ := on.open(t)
	ctx := context.Background()
	for i := range attempts {
		_, wait, err := s.SignIn(ctx, "name"+string(rune('a'+i)), "wrong", "10.0.0.9")
		require.NoError(t, err)
		require.Zero(t, wait)
	}
	_, wait, err := s.SignIn(ctx, "another", "wrong", "10.0.0.9")
	require.NoError(t, err)
	require.Positive(t, wait)
	_, wait, err = s.SignIn(ctx, "another", "wrong", "10.0.0.10")
	require.NoError(t, err)
	require.Zero(t, wait)
}

func TestTheLimiterForgetsWhoHasItsAttemptsBack(t *testing.T) {
	onEach(t, testTheLimiterForgetsWhoHasItsAttemptsBack)
}

func testTheLimiterForgetsWhoHasItsAttemptsBack(t *testing.T, on engine) {
	s, c := on.open(t)
	for i := range 9 {
		require.NoError(t, s.failed(t.Context(), string(rune('a'+i))))
	}
	c.advance(attempts * attemptEvery)
	require.NoError(t, s.failed(t.Context(), "one more"))
	var left int
	require.NoError(t, s.db.QueryRow(`SELECT count(*) FROM attempt`).Scan(&left))
	require.Equal(t, 1, left)
}

func TestSessionsEndAndAreForgotten(t *testing.T) { onEach(t, testSessionsEndAndAreForgotten) }

func testSessionsEndAndAreForgotten(t *testing.T, on engine) {
	s, c := on.open(t)
	require.NoError(t, s.Commit("t1", []byte("one"), c.at.Add(time.Hour)))
	require.NoError(t, s.Commit("t1", []byte("two"), c.at.Add(time.Hour)))
	data, found, err := s.Find("t1")
	require.NoError(t, err)
	require.True(t, found)
	require.Equal(t, []byte("two"), data)

	c.advance(2 * time.Hour)
	_, found, err = s.Find("t1")
	require.NoError(t, err)
	require.False(t, found)

	require.NoError(t, s.Commit("t2", []byte("x"), c.at.Add(time.Hour)))
	var left int
	require.NoError(t, s.db.QueryRow(`SELECT count(*) FROM session`).Scan(&left))
	require.Equal(t, 1, left)
	require.NoError(t, s.Delete("t2"))
	require.NoError(t, s.Delete("t2"))
	_, found, err = s.Find("t2")
	require.NoError(t, err)
	require.False(t, found)
}

func TestTheSessionsOfOneAccountEnd(t *testing.T) { onEach(t, testTheSessionsOfOneAccountEnd) }

func testTheSessionsOfOneAccountEnd(t *testing.T, on engine) {
	s, c := on.open(t)
	ctx := context.Background()
	for token, values := range map[string]map[string]any{"t1": {"account": "a1"}, "t2": {"pending": "a1"}, "t3": {"account": "a2"}} {
		data, err := scs.GobCodec{}.Encode(c.at.Add(time.Hour), values)
		require.NoError(t, err)
		require.NoError(t, s.Commit(token, data, c.at.Add(time.Hour)))
	}
	require.NoError(t, s.Commit("t4", []byte("torn"), c.at.Add(time.Hour)))
	require.NoError(t, s.EndSessions(ctx, "a1"))
	left, err := s.AllCtx(ctx)
	require.NoError(t, err)
	require.Len(t, left, 2)
	require.Contains(t, left, "t3")
}

func TestNoPasswordIsInTheFiles(t *testing.T) {
	dir := t.TempDir()
	s, _ := sqliteEngine{dir}.open(t)
	require.NoError(t, s.SetPassword(context.Background(), "co1", "account-1", "correct horse battery"))
	require.NoError(t, s.Close())
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		body, err := os.ReadFile(filepath.Join(dir, f.Name()))
		require.NoError(t, err)
		require.False(t, bytes.Contains(body, []byte("correct horse")), f.Name())
	}
}

func TestHashesCanBeReadBack(t *testing.T) {
	newCost = cost{memory: 64, time: 1, lanes: 1}
	text := hashPassword("correct horse battery")
	h, err := parseHash(text)
	require.NoError(t, err)
	require.True(t, h.matches("correct horse battery"))
	require.False(t, h.matches("correct horse batterx"))
	require.NotEqual(t, text, hashPassword("correct horse battery"), "every hash has its own salt")
	for _, bad := range []string{"", "$argon2id$", strings.Replace(text, "m=64", "m=99999999", 1), strings.Replace(text, "t=1", "t=0", 1), text + "x", strings.Replace(text, "argon2id", "argon2i", 1)} {
		_, err := parseHash(bad)
		require.ErrorIs(t, err, errHash, bad)
	}
}

func TestNewPasswordsDiffer(t *testing.T) {
	require.Len(t, NewPassword(), 26)
	require.NotEqual(t, NewPassword(), NewPassword())
}

func FuzzParseHash(f *testing.F) {
	newCost = cost{memory: 64, time: 1, lanes: 1}
	f.Add(hashPassword("x"))
	f.Add("$argon2id$v=19$m=64,t=1,p=1$$")
	f.Fuzz(func(t *testing.T, s string) {
		if h, err := parseHash(s); err == nil && h.String() != s {
			t.Fatalf("%q was read as %q", s, h)
		}
	})
}
