package pages_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestFromAVacancyToWork: an employer is registered with a contact, takes in a vacancy,
// somebody is introduced with a consent, and the outcome stands on both pages.
func TestFromAVacancyToWork(t *testing.T) {
	h := open(t)
	co := h.as(t, "co1")
	require.Contains(t, co.page(t, "/employers"), "企業はまだ登録されていません。")
	status, body, _ := co.command(t, co.page(t, "/employers"), "register", "kind", "corporation", "industry", "E", "size_band", "u100", "lg_code", "312011", "name", "")
	require.Equal(t, 422, status)
	require.Contains(t, body, `href="#register-name"`)
	status, body, to := co.command(t, co.page(t, "/employers"), "register", "kind", "corporation", "industry", "E", "size_band", "u100", "lg_code", "312011", "name", "見本製作所<b>")
	require.Equal(t, 303, status, body)
	here, _, _ := strings.Cut(to, "?")
	page := co.page(t, to)
	require.Contains(t, page, "見本製作所&lt;b&gt;")
	require.Contains(t, page, "鳥取市")

	status, body, to = co.command(t, page, "set_contact", "name", "見本 人事", "phone", "0857-00-0000")
	require.Equal(t, 303, status, body)
	require.Contains(t, co.page(t, to), "見本 人事")
	require.NotContains(t, h.as(t, "au1").page(t, here), "見本 人事")
	status, body, to = co.command(t, co.page(t, here), "open_vacancy", "from", "direct", "occupation", "engineering", "contract", "indefinite", "workplace_lg", "312029", "posts", "２", "valid_until", "2/30", "title", "生産技術")
	require.Equal(t, 422, status, to)
	require.Contains(t, body, `href="#open_vacancy-valid_until"`)
	require.Contains(t, body, `value="2/30"`, "what was typed stays")
	status, body, to = co.command(t, co.page(t, here), "open_vacancy", "from", "direct", "occupation", "engineering", "contract", "indefinite", "workplace_lg", "312029", "posts", "２", "valid_until", "2099-12-31", "title", "生産技術")
	require.Equal(t, 303, status, body)
	page = co.page(t, to)
	number := regexp.MustCompile(`J-[0-9A-F]{10}`).FindString(page)
	require.NotEmpty(t, number)
	part := strings.ToLower(number[2:])
	require.Contains(t, co.page(t, "/employers?q="+"せいさん"), "当てはまる企業はありません。")
	require.Contains(t, co.page(t, "/employers?q="+"生産"), number)

	status, body, to = co.command(t, page, "change_vacancy-"+part, "field", "posts", "new", "３")
	require.Equal(t, 303, status, body)
	require.Contains(t, co.page(t, to), "3人")

	introduce := func(more ...string) (int, string, string) {
		return co.command(t, co.page(t, here), "introduce_candidate-"+part, append([]string{"person", "P-00001"}, more...)...)
	}
	status, body, _ = introduce()
	require.Equal(t, 422, status)
	require.Contains(t, body, "本人の同意がありません。")
	status, body, _ = introduce("agrees", "1", "evidence_ref", "窓口で口頭")
	require.Equal(t, 422, status)
	require.Contains(t, body, "先に登録してください。")
	status, _, _ = introduce("person", "P-99999", "agrees", "1", "evidence_ref", "x")
	require.Equal(t, 422, status)

	job := "/people/" + h.person + "/job"
	page = co.page(t, job)
	require.Contains(t, page, "先に求職登録をしてください。")
	status, body, to = co.command(t, page, "register", "valid_until", "2099-12-31", "number", "求-見本-1")
	require.Equal(t, 303, status, body)
	page = co.page(t, to)
	require.Contains(t, page, "求-見本-1")
	require.Contains(t, page, `id="introduce"`)
	status, body, to = introduce("agrees", "1", "evidence_ref", "窓口で口頭")
	require.Equal(t, 303, status, body)
	require.Contains(t, co.page(t, to), `href="`+job+`"`)
	require.NotContains(t, h.as(t, "au1").page(t, here), "例子", "names are told to who works with the person")

	page = co.page(t, job)
	require.Contains(t, page, "同意あり")
	require.Contains(t, page, `href="`+here+`"`)
	decide := regexp.MustCompile(`id="(decide_placement-[0-9a-f]{8})"`).FindStringSubmatch(page)
	require.NotNil(t, decide)
	status, body, to = co.command(t, page, decide[1], "route", "introduced", "contract", "indefinite", "workplace_pref", "31", "industry", "E", "employer", "見本製作所<b>")
	require.Equal(t, 303, status, body)
	page = co.page(t, to)
	require.Contains(t, page, "就職決定")
	start := regexp.MustCompile(`id="(start_employment-[0-9a-f]{8})"`).FindStringSubmatch(page)
	require.NotNil(t, start)
	require.Regexp(t, `<span class="chip k-green">[^<]*就職決定`, co.page(t, here))

	status, body, to = co.command(t, co.page(t, here), "close_vacancy-"+part, "reason", "filled", "filled_by_us", "1")
	require.Equal(t, 303, status, body)
	page = co.page(t, to)
	require.Contains(t, page, "当窓口から1人")
	require.NotContains(t, page, `id="introduce_candidate-`+part)
	require.NotContains(t, h.log.String(), "見本製作所")
	require.NotContains(t, h.log.String(), "見本 人事")
}
