package pages_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// file asks for a file and answers it with its headers.
func (v *visitor) file(t *testing.T, path string) (int, http.Header, []byte) {
	t.Helper()
	req, err := http.NewRequest("GET", v.h.server.URL+path, nil)
	require.NoError(t, err)
	res, err := v.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	body := make([]byte, 0, 1<<20)
	for chunk := make([]byte, 32<<10); err == nil; {
		n := 0
		n, err = res.Body.Read(chunk)
		body = append(body, chunk[:n]...)
	}
	return res.StatusCode, res.Header, body
}

func TestFiguresAreSavedAsFiles(t *testing.T) {
	h := open(t)
	an := h.as(t, "an1")
	page := an.page(t, "/indicators?fy=2019&until=2019-06-30")
	require.Contains(t, page, `href="/indicators/file?edition=public&amp;format=csv&amp;fy=2019&amp;until=2019-06-30"`)
	require.Contains(t, page, `href="/indicators/export?fy=2019&amp;until=2019-06-30"`)
	require.Contains(t, page, "方法ごとの内訳")
	require.Regexp(t, `<th scope="row">来所・面談</th><td class="num">1</td>`, page)

	page = an.page(t, "/indicators/export?fy=2019&until=2019-06-30")
	require.Contains(t, page, `<input type="hidden" name="until" value="2019-06-30">`)
	require.Contains(t, page, `value="public" checked`)
	require.Contains(t, page, "Shift_JISにない文字はありません")
	require.Contains(t, h.as(t, "au1").page(t, "/indicators/export?fy=2019"), `value="internal" checked`, "the auditor works with exact numbers")

	for format, want := range map[string]string{
		"csv": "text/csv; charset=utf-8", "csv-sjis": "text/csv; charset=Shift_JIS", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		"parquet": "application/vnd.apache.parquet", "json": "application/json",
	} {
		status, header, body := an.file(t, "/indicators/file?fy=2019&edition=internal&format="+format)
		require.Equal(t, 200, status)
		require.Equal(t, want, header.Get("Content-Type"))
		require.Regexp(t, `^attachment; filename="ayumi_FY2019_indicators_asof-\d{4}-\d\d-\d\d\.`, header.Get("Content-Disposition"))
		require.Equal(t, "no-store", header.Get("Cache-Control"))
		digest := sha256.Sum256(body)
		seen, err := h.Access.Of(context.Background(), "sha256:"+hex.EncodeToString(digest[:]), 5)
		require.NoError(t, err)
		require.Len(t, seen, 1, "who took the file away is in the access log")
		require.Equal(t, [2]string{"export", "indicators.internal." + format}, [2]string{seen[0].Act, seen[0].Reason})
		require.Positive(t, seen[0].Rows)
	}
	_, _, body := an.file(t, "/indicators/file?fy=2019&edition=internal&format=csv")
	require.Contains(t, string(body), "C1,就業相談,whole,全体,whole,全体,2,実数,")
	for _, name := range []string{"髙橋", "例子", h.person, h.file} {
		require.NotContains(t, string(body), name)
	}
	_, _, body = an.file(t, "/indicators/file?fy=2019&edition=public&format=csv")
	require.Contains(t, string(body), "C1,就業相談,whole,全体,whole,全体,x,秘匿,")
	_, _, body = an.file(t, "/indicators/file?fy=2019&asof=2019-06-03&edition=internal&format=json")
	require.Contains(t, string(body), `"known_at": "2019-06-03"`)
}

func TestTheSurveyReturn(t *testing.T) {
	h := open(t)
	an := h.as(t, "an1")
	page := an.page(t, "/survey?fy=2019")
	require.Contains(t, page, "総務省　移住相談に関する調査　令和元年度")
	require.Contains(t, page, "範囲　鳥取県")
	require.Regexp(t, `<th scope="row">来所・面談</th><td class="num">1</td><td class="num">0</td><td class="num">1</td>`, page)
	require.Regexp(t, `<th scope="row">計</th><td class="num">2</td><td class="num">0</td>`, page)
	page = an.page(t, "/survey?fy=2019&asof=2019-06-03")
	require.Contains(t, page, `<body class="past"`)
	require.Regexp(t, `<th scope="row">計</th><td class="num">1</td><td class="num">0</td>`, page)
	require.Contains(t, an.page(t, "/survey?fy=2015"), "この年度の相談はまだありません")
	status, body := an.get(t, "/survey?fy=2019&asof=2/30")
	require.Equal(t, 422, status)
	require.Contains(t, body, `aria-describedby="asofe"`)
	status, header, file := an.file(t, "/survey/file?fy=2019&asof=2019-06-03&format=csv&edition=internal")
	require.Equal(t, 200, status)
	require.Contains(t, header.Get("Content-Disposition"), "ayumi_FY2019-to-2019-06-03_survey_asof-2019-06-03.csv")
	require.Contains(t, string(file), "M1,総務省調査 窓口,whole,全体,whole,全体,1,実数,件,延べ,31,鳥取県,")
	require.NotContains(t, string(file), "C0,")
	for _, odd := range []string{"fy=x", "format=x", "asof=2999-01-01"} {
		status, _, _ := an.file(t, "/survey/file?"+odd)
		require.Contains(t, []int{200, 422}, status, odd)
	}
}

func TestOddAddressesOfFiles(t *testing.T) {
	h := open(t)
	an := h.as(t, "an1")
	for _, odd := range []string{"format=exe", "edition=secret", "def=none", "until=x", "lens=x"} {
		for _, of := range []string{"indicators", "survey"} {
			status, header, page := an.file(t, "/"+of+"/file?fy=2019&"+odd)
			require.Equal(t, 422, status, of+" "+odd)
			require.Contains(t, string(page), `id="errors"`, "the page says what was not taken")
			require.NotContains(t, string(page), `value="none"`, "and does not ask for it again")
			require.Empty(t, header.Get("Content-Disposition"), "no file of something else")
		}
	}
	status, header, _ := an.file(t, "/indicators/file?fy=2019")
	require.Equal(t, 200, status)
	require.Contains(t, header.Get("Content-Disposition"), "indicators-public", "what is not asked for is safe to leave")
	status, body := an.get(t, "/indicators/file?fy=2019&asof=2999-01-01")
	require.Equal(t, 422, status, "no file of another day than the one asked for")
	require.Contains(t, body, "指標を書き出す")
	for _, name := range []string{"ro1", "ad1", "po1"} {
		status, _, _ := h.as(t, name).file(t, "/indicators/file?fy=2019")
		require.Equal(t, 403, status, name)
	}
}

// Without the access log nothing leaves.
func TestNoFileWithoutTheAccessLog(t *testing.T) {
	h := open(t)
	an := h.as(t, "an1")
	an.page(t, "/indicators?fy=2019") // the name of the reader was opened before
	require.NoError(t, h.Access.Close())
	status, header, body := an.file(t, "/indicators/file?fy=2019&format=csv")
	require.Equal(t, 503, status, h.log.String())
	require.Empty(t, header.Get("Content-Disposition"))
	require.False(t, strings.Contains(string(body), "C1,"))
}

// The return counts by the version its address names, as a trial, and so do its
// files; a version that neither of its figures has is told.
func TestTheSurveyCountsByTheVersionAskedFor(t *testing.T) {
	h := open(t)
	an, mg := h.as(t, "an1"), h.as(t, "mg1")
	f := form(t, an.page(t, "/definitions/M1/new?scope=31"), "/definitions/M1/new")
	for name, list := range map[string][]string{"definition_version": {"m1-person"}, "official_from": {"2020-04-01"}, "unit": {"sessions"}, "basis": {"gross"}, "channels": {"in_person"},
		"same_day_rule": {"on"}, "overrides": {"honoured"}, "categories": {"job", "relocation", "student"}, "event_channels": {"fair_booth"}, "visiting_desk_as_event": {"with_outreach"},
		"survey_part": {"window"}, "text": {"来所だけを数える。"}} {
		f[name] = list
	}
	status, body, to := an.post(t, "/definitions/M1/new", f)
	require.Equal(t, 303, status, body)
	action := "/definitions/M1/versions/m1-person?scope=31"
	good := form(t, mg.page(t, to), action)
	good.Set("act", "approve")
	status, body, to = mg.post(t, action, good)
	require.Equal(t, 303, status, body)
	mg.page(t, to)

	require.Regexp(t, `<th scope="row">計</th><td class="num">2</td>`, an.page(t, "/survey?fy=2019"), "the version in force")
	page := an.page(t, "/survey?fy=2019&def=m1-person")
	require.Regexp(t, `<th scope="row">計</th><td class="num">1</td>`, page)
	require.Contains(t, page, "定義 m1-person で数えています")
	require.Contains(t, page, "def=m1-person&amp;edition=internal", "its files are of the same version")
	_, _, file := an.file(t, "/survey/file?fy=2019&format=csv&edition=internal&def=m1-person")
	require.Contains(t, string(file), "m1-person")
	require.Contains(t, string(file), "M1,総務省調査 窓口,whole,全体,whole,全体,1,")
	for _, of := range []string{"/survey?", "/survey/file?format=csv&"} {
		status, body := an.get(t, of+"fy=2019&def=oka-trial-1")
		require.Equal(t, 422, status, of)
		require.Regexp(t, `<th scope="row">計</th><td class="num">2</td>`, body)
	}
}
