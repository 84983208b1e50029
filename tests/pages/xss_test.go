package pages_test

import (
	"bytes"
	"html"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// posted is one form of a page, as a browser without script reads it.
type posted struct {
	action string
	fields url.Values
	text   []string // names of the fields that people type in
	// A form with files is sent in parts; files are the names of its file fields.
	multipart bool
	files     []string
}

var (
	formIn  = regexp.MustCompile(`(?s)<form\b([^>]*)>(.*?)</form>`)
	fieldIn = regexp.MustCompile(`(?s)<(input|textarea|select|button)\b([^>]*)>`)
	attrIn  = regexp.MustCompile(`([a-z-]+)="([^"]*)"`)
	offered = regexp.MustCompile(`<option value="([^"]+)"`)
)

func attributes(text string) map[string]string {
	out := map[string]string{}
	for _, m := range attrIn.FindAllStringSubmatch(text, -1) {
		out[m[1]] = html.UnescapeString(m[2])
	}
	return out
}

// formsIn reads the forms of a page that send to this site.
func formsIn(page string) (out []posted) {
	for _, m := range formIn.FindAllStringSubmatch(page, -1) {
		of := attributes(m[1])
		if of["method"] != "post" {
			continue
		}
		f := posted{action: of["action"], fields: url.Values{}, multipart: strings.Contains(of["enctype"], "multipart")}
		places := fieldIn.FindAllStringSubmatchIndex(m[2], -1)
		for _, at := range places {
			kind, field := m[2][at[2]:at[3]], attributes(m[2][at[4]:at[5]])
			name := field["name"]
			switch {
			case name == "":
			case field["type"] == "file":
				f.files = append(f.files, name)
			case kind == "textarea" || kind == "input" && slices.Contains([]string{"", "text", "search", "password"}, field["type"]):
				f.text = append(f.text, name)
			case kind == "select":
				if option := offered.FindStringSubmatch(m[2][at[1]:]); option != nil {
					f.fields.Set(name, html.UnescapeString(option[1]))
				}
			case kind == "input" && field["type"] == "hidden":
				f.fields.Set(name, field["value"])
			case kind == "input" && !f.fields.Has(name):
				f.fields.Set(name, field["value"]) // the first box or choice
			}
		}
		out = append(out, f)
	}
	return out
}

// ran tells what of a hostile text would run in a page.
var ran = regexp.MustCompile(`<script>alert|<img src=x|"><img|(href|src|action|formaction)="\s*javascript:`)

// Every text field of every page, and every hidden one, takes a text that would run
// as script; neither the answer nor any page afterwards gives it back as anything but
// text.
func TestNoTextRunsAsScript(t *testing.T) {
	h := open(t)
	all := h.everybody(t)
	routes := h.routes(t, all["co1"])
	const link = `javascript:alert(1)`
	fields, files, done := 0, 0, map[string]bool{}
	for _, who := range slices.Sorted(maps.Keys(all)) {
		v := all[who]
		for _, a := range routes {
			if a.method != http.MethodGet || strings.HasSuffix(a.pattern, "/stream") {
				continue
			}
			status, page := h.answer(t, v, a)
			require.NotRegexp(t, ran, page, a.pattern)
			if status != http.StatusOK {
				continue
			}
			for _, f := range formsIn(page) {
				key := who + f.action + strings.Join(f.text, ",") + f.fields.Get("command")
				if done[key] || strings.HasPrefix(f.action, "/sign-out") || strings.HasPrefix(f.action, "/settings/sessions") || strings.HasPrefix(f.action, "/lock") {
					continue
				}
				done[key] = true
				files += len(f.files)
				for _, text := range []string{hostile, link} {
					filled := maps.Clone(f.fields)
					for _, name := range f.text {
						filled[name] = []string{text}
						fields++
					}
					v.hostile(t, f, filled)
				}
				for name := range f.fields { // a hidden field is only hidden
					filled := maps.Clone(f.fields)
					filled[name] = []string{hostile}
					fields++
					v.hostile(t, f, filled)
				}
			}
		}
	}
	require.Greater(t, fields, 200)
	require.Greater(t, files, 3, "files are sent too")
	for _, v := range all { // what was stored by now
		for _, a := range routes {
			if a.method == http.MethodGet && !strings.HasSuffix(a.pattern, "/stream") {
				_, page := h.answer(t, v, a)
				require.NotRegexp(t, ran, page, a.pattern)
			}
		}
	}
	require.NotContains(t, h.log.String(), "alert(1)", "and the log of the operator holds nothing typed")
}

// hostile sends a form and looks at the answer, and at the page it leads to. Its files
// have a name that would run, and a text that is no workbook, no bundle and no paper.
func (v *visitor) hostile(t *testing.T, f posted, fields url.Values) {
	t.Helper()
	path, _, _ := strings.Cut(f.action, "#")
	status, body, to := 0, "", ""
	if f.multipart {
		status, body, to = v.parts(t, path, fields, f.files)
	} else {
		status, body, to = v.post(t, path, fields)
	}
	require.Less(t, status, 500, "%s %v %s", path, fields, v.h.log.String())
	require.NotRegexp(t, ran, body, path)
	if to != "" {
		require.True(t, strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//"), "%s leads to %s", path, to)
		_, body = v.get(t, to)
		require.NotRegexp(t, ran, body, "%s after %s", to, path)
	}
}

// parts sends a form with files, as a browser does.
func (v *visitor) parts(t *testing.T, path string, fields url.Values, files []string) (int, string, string) {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, values := range fields {
		for _, value := range values {
			require.NoError(t, w.WriteField(name, value))
		}
	}
	for _, name := range files {
		part, err := w.CreateFormFile(name, hostile+".csv")
		require.NoError(t, err)
		_, err = part.Write([]byte("相談日,氏名,相談内容\n2019-06-01,\"<script>alert(1)</script>\",\"<img src=x onerror=alert(2)>\"\n"))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, v.h.server.URL+path, &body)
	require.NoError(t, err)
	req.Header.Set("Content-Type", w.FormDataContentType())
	res, err := v.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return res.StatusCode, string(answer), res.Header.Get("Location")
}
