package pages_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"ayumi/domain/viewing"
	"ayumi/tests/flow"
	"ayumi/tests/pdftext"
)

// TestTheBooksOfThePlacementOffice: what was on offer in a year and who was introduced
// stands in both books, on the page and in every file; a cell is no formula, and that a
// file was made stands in the access log.
func TestTheBooksOfThePlacementOffice(t *testing.T) {
	h := openAfter(t, func(h *house, d *flow.Desk) {
		at := flow.At("2019-07-01", 10)
		firm := "aaaaaaaa-2222-4333-8444-555555555555"
		d.Do(at, "co1", "employer.register", map[string]any{"employer": firm, "kind": "corporation", "industry": "E", "pref": "31", "lg_code": "312011", "size_band": "u100", "name": "=見本製作所"})
		d.Do(at, "co1", "employer.set_contact", map[string]any{"employer": firm, "name": "見本 人事", "phone": "0857-00-0000"})
		vacancy := "bbbbbbbb-2222-4333-8444-555555555555"
		d.Do(at, "co1", "employer.open_vacancy", map[string]any{"employer": firm, "vacancy": vacancy, "from": "direct", "occupation": "engineering", "contract": "indefinite",
			"side_job": false, "remote": false, "grant_eligible": true, "workplace_lg": "312029", "posts": 2, "valid_until": "2019-12-31", "title": "生産技術"})
		d.Do(at, "co1", "case.register_jobseeker", map[string]any{"case": h.file, "valid_until": "2019-12-31", "number": "求-7"})
		d.Do(at, "co1", "case.introduce_candidate", map[string]any{"case": h.file, "person": h.person, "employer": firm, "vacancy": vacancy, "placement": "cccccccc-2222-4333-8444-555555555555", "agrees": true, "evidence_ref": "窓口"})
		d.Do(flow.At("2019-08-01", 10), "co1", "case.decide_placement", map[string]any{"case": h.file, "placement": "cccccccc-2222-4333-8444-555555555555", "person": h.person, "route": "introduced", "contract": "indefinite", "workplace_pref": "31", "industry": "E"})
		d.Do(flow.At("2019-09-02", 10), "co1", "case.start_employment", map[string]any{"case": h.file, "placement": "cccccccc-2222-4333-8444-555555555555"})
		d.Do(flow.At("2019-09-03", 10), "co1", "employer.close_vacancy", map[string]any{"employer": firm, "vacancy": vacancy, "reason": "filled", "filled_by_us": 1})
	})
	co, au := h.as(t, "co1"), h.as(t, "au1")
	vacancies, seekers := "/employers/books?fy=2019", "/employers/books?book=seekers&fy=2019"
	page := co.page(t, vacancies)
	for _, text := range []string{"求人管理簿", "J-BBBBBBBB22", "=見本製作所", "見本 人事 0857-00-0000", "髙橋 例子 P-00001", "採用", "R1.9.2", "R3.9.3"} {
		require.Contains(t, page, text)
	}
	page = co.page(t, seekers)
	for _, text := range []string{"求職管理簿", "求-7", "髙橋 例子", "=見本製作所", "生産技術", "期間の定めなし"} {
		require.Contains(t, page, text)
	}
	require.Contains(t, co.page(t, "/employers/books?fy=2018"), "この年度の記載はありません。")
	for _, path := range []string{vacancies, seekers} { // an auditor learns no name and gets no file
		page := au.page(t, path)
		require.NotContains(t, page, "例子")
		require.NotContains(t, page, "見本 人事")
		require.NotContains(t, page, "download")
	}
	status, _ := au.get(t, "/employers/books/csv?fy=2019")
	require.Equal(t, http.StatusForbidden, status)
	status, _ = co.get(t, "/employers/books/doc?fy=2019")
	require.Equal(t, http.StatusNotFound, status)
	require.NotContains(t, h.as(t, "co9").page(t, vacancies), "見本製作所", "each prefecture has books of its own")

	before := h.Access.Head().Size
	file := co.book(t, "/employers/books/csv?fy=2019")
	require.Contains(t, string(file), ",'=見本製作所,鳥取市,")
	found, err := h.Access.Find(t.Context(), viewing.Filter{Limit: int(h.Access.Head().Size - before)})
	require.NoError(t, err)
	exported := 0
	for _, e := range found {
		if e.Act == viewing.Export && e.Route == "GET /employers/books/{kind}" {
			exported++
		}
	}
	require.Positive(t, exported)
	book, err := excelize.OpenReader(bytes.NewReader(co.book(t, "/employers/books/xlsx?fy=2019&book=seekers")))
	require.NoError(t, err)
	rows, err := book.GetRows(book.GetSheetName(0))
	require.NoError(t, err)
	require.Len(t, rows, 2)
	require.Contains(t, strings.Join(rows[1], "|"), "求-7|P-00001|髙橋 例子|")
	for cell := range rows[1] {
		at, _ := excelize.CoordinatesToCellName(cell+1, 2)
		formula, err := book.GetCellFormula(book.GetSheetName(0), at)
		require.NoError(t, err)
		require.Empty(t, formula)
	}
	pdf := co.book(t, "/employers/books/pdf?fy=2019")
	doc, err := pdftext.Read(pdf)
	require.NoError(t, err)
	text := doc.All()
	for _, said := range []string{"求人管理簿", "見本製作所", "見本のデータです。"} {
		require.Contains(t, text, pdftext.Bare(said))
	}
	require.NotContains(t, h.log.String(), "見本製作所")
}

// book is a file that must be handed out.
func (v *visitor) book(t *testing.T, path string) []byte {
	t.Helper()
	status, head, body := v.file(t, path)
	require.Equal(t, http.StatusOK, status, path)
	require.Contains(t, head.Get("Content-Disposition"), "attachment")
	return body
}
