package pages_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
)

// TestARequestBeginsOnThePersonsPage: who takes a request in has the person filled,
// and the clock is that of the controller.
func TestARequestBeginsOnThePersonsPage(t *testing.T) {
	h := open(t, func(c *app.Config) {
		c.TermsFile = filepath.Join(t.TempDir(), "terms")
		require.NoError(t, os.WriteFile(c.TermsFile, []byte("31 disclosure_days 15\n31 next_working_day no\n33 retention_years 10\n"), 0o600))
	})
	for _, name := range []string{"au1", "ro1"} {
		require.NotContains(t, h.as(t, name).page(t, "/people/"+h.person), "/rights?person", name)
	}
	for _, name := range []string{"co1", "po1"} {
		require.Contains(t, h.as(t, name).page(t, "/people/"+h.person), `<a href="/rights?person=P-00001#ask">開示・訂正・利用停止の請求を受け付ける</a>`, name)
	}
	po := h.as(t, "po1")
	page := po.page(t, "/rights?person=P-00001")
	require.Regexp(t, `<details class="cf" id="ask" open>`, page)
	require.Regexp(t, `name="person" value="P-00001"`, page)
	require.Regexp(t, `disclosure_days</span></th><td class="num"><strong>15</strong></td><td class="num">30</td>`, page)
	require.Regexp(t, `next_working_day</span></th><td class="num"><strong>いいえ</strong></td><td class="num">はい</td>`, page)
	require.Regexp(t, `retention_years</span></th><td class="num">5</td><td class="num">5</td>`, page, "the other prefecture's are not ours")
	require.NotRegexp(t, `<details class="cf" id="ask" open>`, po.page(t, "/rights"))

	status, body, to := po.command(t, page, "ask", "kind", "disclosure", "person", "P-00001", "channel", "letter", "requester", "見本 本人", "words", "すべて")
	require.Equal(t, 303, status, body)
	page = po.page(t, to)
	require.Regexp(t, `<dt>決定までの日数</dt><dd>15日</dd>`, page)
	require.Contains(t, page, "あと15日")
	_, english, _ := strings.Cut(po.english(t, "/rights"), ">Periods<")
	require.Regexp(t, regexp.MustCompile(`days to decide on a disclosure <span class="mono s14 muted">disclosure_days</span></th><td class="num"><strong>15</strong>`), english)
}
