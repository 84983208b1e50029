package web

import (
	"ayumi/domain/document"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
)

// sampleReconcile is a document with a figure in every state.
func sampleReconcile(w *locale.Words) ReconcileView {
	text := "就業相談 168（前年度 23）、移住相談 190、2月末現在。<script>alert(1)</script>"
	pieces := append(document.Lines(text+"\n関係人口 40人 電話 03-0000-0000"),
		document.Cells("結果", []document.Cell{{Row: 1, Column: 1, Text: "就業相談"}, {Row: 1, Column: 2, Text: "169件"}})...)
	known := func(line int, indicator string, names []string, fy int, value int64, status string) document.Known {
		year := document.Known{Line: line, Indicator: indicator, Names: names, Role: document.Actual, Value: value, Unit: "sessions", Status: status}
		year.From, year.To = japan.FiscalYear(fy).First(), japan.FiscalYear(fy).Last()
		return year
	}
	job, relocation := []string{"就業相談"}, []string{"移住相談"}
	list := []document.Known{known(4, "C1@D-TKY", job, 2019, 168, "preliminary"), known(5, "C1@D-TKY", job, 2018, 23, "imported"),
		known(6, "C2@D-TKY", relocation, 2019, 187, "preliminary"), known(4, "C1@D-TKY", job, 2019, 169, document.Live)}
	list[2].Superseded = 7
	list = append(list, known(7, "C2@D-TKY", relocation, 2019, 185, "corrected"))
	report, err := document.Reconcile(pieces, list, 2019)
	if err != nil {
		panic(err)
	}
	out := &ReconcileResult{Heading: w.Documents.Found(len(report.Findings), len(report.Rest)), ReadAs: []string{"sheet.xlsx", w.Documents.ReadAs(w.Documents.Formats["xlsx"])},
		Refused: []string{w.Refusal("document.csv_row", "document", map[string]string{"row": "3"})}}
	laidOut(w, document.Text{Pieces: pieces}, report, out)
	return ReconcileView{Page: samplePage(w, "documents", w.Documents.Title, "css/reconcile.css"), Text: text, Result: out,
		Years: []Option{{Text: w.Documents.YearRead, Chosen: true}, {Value: "2019", Text: w.FiscalYearShort(2019)}}}
}
