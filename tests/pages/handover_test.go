package pages_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
)

// In April all cases of a counsellor pass to another, each by a record of its own;
// the new owner finds them with what was noted and says that they were read.
func TestAllCasesOfACounsellorAreHandedOver(t *testing.T) {
	h := open(t)
	co, ld := h.as(t, "co1"), h.as(t, "ld1")
	id := func(name string) string { return uuid.NewSHA1(uuid.NameSpaceOID, []byte(name)).String() }
	page := co.page(t, "/handover")
	require.Contains(t, page, "髙橋 例子")
	require.NotContains(t, page, `id="account"`, "a counsellor hands over only what is their own")
	require.NotContains(t, page, id("co9"), "nobody of another prefecture takes it")
	require.NotContains(t, co.page(t, "/handover?account="+id("ld1")), "例子さん", "whose cases are asked for is the visitor")
	require.Contains(t, ld.page(t, "/handover?account="+id("co1")), "髙橋 例子")
	status, _ := ld.get(t, "/handover?account="+id("co9"))
	require.Equal(t, http.StatusNotFound, status)

	f := url.Values{"case": {h.file}, "reason": {"april_change"}, "common": {"4月から担当が替わります" + hostile}, "note-" + h.file: {"夜は電話しない"}}
	status, body, _ := co.post(t, "/handover", f)
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, "次の担当")
	require.Contains(t, body, `value="夜は電話しない"`, "what was typed stays")
	f.Set("to", id("co9"))
	status, _, _ = co.post(t, "/handover", f)
	require.Equal(t, http.StatusUnprocessableEntity, status)
	status, body, _ = co.post(t, "/handover", url.Values{"to": {id("ld1")}, "reason": {"april_change"}})
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, "1人以上選んでください")

	f.Set("to", id("ld1"))
	status, _, to := co.post(t, "/handover", f)
	require.Equal(t, http.StatusSeeOther, status)
	require.Contains(t, co.page(t, to), "1人の担当を引き継ぎました。")
	require.NotContains(t, co.page(t, to), "髙橋", "it is no longer theirs")
	status, _, _ = co.post(t, "/handover", f)
	require.Equal(t, http.StatusSeeOther, status, "pressed twice, nothing happens again")
	handed := 0
	for rec, err := range h.Store.Stream(t.Context(), domain.StreamName("case", h.file), 0) {
		require.NoError(t, err)
		if rec.Type == "case.handed_over" {
			handed++
			require.NotContains(t, string(rec.Body), "担当が替わります", "the note is sealed")
		}
	}
	require.Equal(t, 1, handed)

	waiting := ld.page(t, "/handover")
	_, waiting, _ = strings.Cut(waiting, `id="wh"`)
	require.Contains(t, waiting, "髙橋 例子")
	notes := list(t, ld.page(t, "/today"), "notes")
	require.Contains(t, notes, "4月から担当が替わります&lt;script&gt;")
	require.Contains(t, notes, "夜は電話しない")
	status, _, to = ld.post(t, regexp.MustCompile(`/records/[0-9]+/read`).FindString(notes), url.Values{})
	require.Equal(t, http.StatusSeeOther, status)
	ld.page(t, to)
	_, waiting, _ = strings.Cut(ld.page(t, "/handover"), `id="wh"`)
	require.NotContains(t, waiting, "髙橋")
}
