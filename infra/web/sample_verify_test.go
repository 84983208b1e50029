package web

import "ayumi/infra/web/locale"

func sampleVerify(w *locale.Words) VerifyView {
	t := &w.Verify
	v := sampleVerifyAsked(w)
	v.Errors = nil
	v.Result = &VerifyResult{Banner: Banner{"ng", "warn", t.Verdicts["wrong"], t.VerdictTexts["wrong"] + "\u3000" + t.OwnKeys, t.CheckedBy("R2.4.6 10:12", "x")}, Failures: []string{"E202"},
		Files: []VerifiedFile{{ID: "file1", Name: "FY2019.figures.zip", Chip: Chip{"red", "warn", "x"}, Facts: []FigureFact{{Label: t.File, Value: t.Bytes(212_000), Mono: "9f3c"}, {Label: t.Events, Value: t.EventRange(1, 2402)}},
			Figures: []VerifiedFigure{{Name: w.Code("indicator", "C1"), Period: "R1", KnownAt: "R2.3.16", Counted: "168", Sealed: "168", Chip: Chip{"green", "check", t.Same}, Number: "F-0001", Href: "/figures/F-0001", Certificate: "/figures/F-0001/certificate"},
				{Name: "x", Sealed: "1", Chip: Chip{"yellow", "warn", t.NotCounted}}},
			Groups: []VerifyGroup{{"ng", "warn", t.Marks["ng"], t.Groups["intact"], []VerifyCheck{{"ok", "check", t.Marks["ok"], "", "x"}, {"ng", "warn", t.Marks["ng"], "E202", "x"}, {"warn", "warn", t.Marks["warn"], "", "x"}}}}}}}
	return v
}

func sampleVerifyAsked(w *locale.Words) VerifyView {
	t := &w.Verify
	v := VerifyView{Page: samplePage(w, "verify", t.Title, "css/verify.css"), Limit: t.Limit(128), Keys: "log x", Offline: true, Command: "ayumi verify",
		Errors: newErrors(w, FieldError{"bundle", w.Refusal("bundle.none", "bundle", nil)}, FieldError{"keys", w.Refusal("bundle.keys", "keys", nil)}, FieldError{"held", w.Refusal("bundle.held", "held", nil)}),
		Years:  []SealedYear{{Year: 2019, Name: w.FiscalYearShort(2019), Text: t.Seals(2, "R2.6.1"), Audit: true, Verifies: true, Chosen: true}, {Year: 2018, Name: w.FiscalYearShort(2018), Text: t.Seals(1, "R1.6.1")}}}
	v.Crumbs = []Crumb{{w.Ledger.Title, "/ledger"}, {t.Title, ""}}
	return v
}

func sampleCertificate(w *locale.Words) CertificateView {
	t := &w.Verify
	return CertificateView{Page: samplePage(w, "ledger", t.CertificateOf("F-0001"), "css/verify.css"), Number: "F-0001", Heading: w.Code("indicator", "C1"), Value: "168", Unit: w.Code("unit", "sessions"), Period: "R1",
		Back: "/figures/F-0001", PDF: "/figures/F-0001/certificate/pdf", Foot: t.CertificateFoot("R2.6.1", 2403),
		Sections: []CertificateSection{{ID: "seal", Title: t.TheSeal, Facts: []Pair{{Label: t.SealDigest, Value: "9f3c"}}, Text: []string{t.SealText}, Mono: "x\n"},
			{ID: "check", Title: t.ByHand, Text: t.Steps("R1", "FY2019.figures.zip"), Steps: true}, {ID: "limits", Title: t.LimitsTitle, Text: t.Limits}}}
}
