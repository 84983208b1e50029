package web

import "ayumi/infra/web/locale"

func sampleTakeout(w *locale.Words, errors *Errors) TakeoutView {
	v := TakeoutView{Page: samplePage(w, "people", w.Takeout.Title, "css/export.css"), Errors: errors, Reasons: []Option{{Text: w.Intake.Choose, Chosen: true}}, Years: []Option{{Text: w.Takeout.AllYears, Chosen: true}, {Value: "2019", Text: w.FiscalYear(2019)}},
		Desks: []Option{{Value: "own", Text: w.Referrals.Own, Chosen: true}, {Value: "all", Text: w.Referrals.Everybody}}}
	for i, word := range takeoutWhats {
		v.Whats = append(v.Whats, Choice{word, w.Takeout.Whats[word], w.Takeout.WhatHints[word], i == 0})
		v.Details = append(v.Details, Choice{takeoutDetails[i], w.Takeout.Details[takeoutDetails[i]], w.Takeout.DetailHints[takeoutDetails[i]], i == 0})
		v.Formats = append(v.Formats, Choice{takeoutFormats[i], w.Takeout.Formats[takeoutFormats[i]], w.Takeout.FormatHints[takeoutFormats[i]], i == 0})
	}
	for _, word := range takeoutReasons {
		v.Reasons = append(v.Reasons, Option{Value: word, Text: w.Takeout.Reasons[word]})
	}
	return v
}
