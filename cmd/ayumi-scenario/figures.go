package main

import (
	"ayumi/domain/japan"
)

// reported is one quantity that was counted, approved and published.
type reported struct {
	indicator string
	from, to  japan.Date
	value     int
}

var (
	aprilFirst, marchLast = japan.On(2019, 4, 1), japan.On(2020, 3, 31)
	sheetBytes            = digest("TKO.2019.1", 2)

	onTheSheet = []reported{
		{"C1@D-TKY", aprilFirst, japan.On(2020, 2, 29), 168},
		{"C2@D-TKY", aprilFirst, japan.On(2020, 2, 29), 187},
	}
	agreed = []reported{
		{"U1@31", aprilFirst, marchLast, 7},
		{"U0@31", aprilFirst, marchLast, 12},
	}
	atYearClose = []reported{
		{"C1@D-TKY", aprilFirst, marchLast, 180},
		{"C2@D-TKY", aprilFirst, marchLast, 200},
		{"K1@D-TKY", aprilFirst, marchLast, 31},
	}
	inTheSurvey = []reported{
		{"M1@D-TKY", aprilFirst, marchLast, 313},
		{"M2@D-TKY", aprilFirst, marchLast, 31},
	}
	// stated are values of the sheet that no record stands behind.
	stated = []reported{
		{"C1@D-TKY", japan.On(2018, 4, 1), japan.On(2019, 3, 31), 23},
		{"C2@D-TKY", japan.On(2018, 4, 1), japan.On(2019, 3, 31), 36},
	}
	baseline = reported{"K1@D-TKY", japan.On(2009, 4, 1), japan.On(2010, 3, 31), 13}
)

// stream is the figure's stream.
func (r reported) stream() string { return id("figure", r.indicator, r.from, r.to) }

// figureIDs are the streams of several figures.
func figureIDs(lists ...[]reported) []string {
	var out []string
	for _, list := range lists {
		for _, r := range list {
			out = append(out, r.stream())
		}
	}
	return out
}

// closing is how fiscal 2019 was opened, its cut-offs were frozen, and it was
// closed (demo.md 9). What the gates found was waived by name each time.
func (b *book) closing() {
	year := func(more facts) facts { return facts{"period": "31.2019"}.with(more) }
	b.say(at(aprilFirst, 830), "system", "period.open", year(facts{"fy": 2019}))
	for _, c := range []struct {
		kind       string
		to, known  japan.Date
		on, closed japan.Date
		waived     []string
	}{
		{"sheet", japan.On(2020, 2, 29), japan.On(2020, 3, 16), japan.On(2020, 3, 17), japan.On(2020, 3, 18), []string{"unconfirmed", "open_referrals", "blank_actuals"}},
		{"year_close", marchLast, japan.On(2020, 4, 30), japan.On(2020, 5, 1), japan.On(2020, 5, 1), []string{"unconfirmed", "duplicates", "open_referrals"}},
		{"survey", marchLast, japan.On(2020, 7, 10), japan.On(2020, 7, 13), japan.On(2020, 7, 13), []string{"unconfirmed", "open_referrals"}},
	} {
		b.say(at(c.on, 910), "an1", "period.set_cutoff", year(facts{"kind": c.kind, "to": c.to, "known_at": c.known}))
		b.say(at(c.on, 920), "an1", "period.check_gates", year(facts{"kind": c.kind}))
		closing := year(facts{"kind": c.kind, "known_at": c.known})
		if len(c.waived) > 0 {
			closing["gates_waived"] = c.waived
		}
		b.say(at(c.closed, 940), "mg1", "period.close", closing)
	}
}

// figures are the published figures of fiscal 2019 (demo.md 9).
func (b *book) figures() {
	b.importFigure(japan.On(2020, 3, 17), 940, baseline, digest("TKO.2019.1", 1), "none")
	b.propose(japan.On(2020, 3, 17), 1000, japan.On(2020, 3, 16), onTheSheet)
	b.approve(japan.On(2020, 3, 18), 1100, onTheSheet)
	b.propose(marchLast, 905, japan.On(2020, 3, 30), agreed)
	b.approve(marchLast, 930, agreed)
	for i, r := range onTheSheet {
		b.publish(marchLast, 1700+2*i, r, facts{"status": "preliminary", "outlet": "workplan", "document": sheetBytes, "as_of_text": "2月末現在", "comparison_basis": "unknown"})
		b.importFigure(marchLast, 1701+2*i, stated[i], sheetBytes, "unknown")
	}
	for i, r := range agreed {
		b.publish(marchLast, 1710+i, r, facts{"status": "final", "outlet": "workplan", "document": sheetBytes, "unit_stated": true})
	}
	closed := japan.On(2020, 5, 1)
	b.propose(closed, 1000, japan.On(2020, 4, 30), atYearClose)
	b.approve(closed, 1100, atYearClose)
	for i, r := range atYearClose {
		b.publish(closed, 1400+i, r, facts{"status": "final", "outlet": "internal", "document": digest("year close", 2019), "unit_stated": true})
	}
	sent := japan.On(2020, 7, 13)
	b.propose(sent, 1000, japan.On(2020, 7, 10), inTheSurvey)
	b.approve(sent, 1100, inTheSurvey)
	for i, r := range inTheSurvey {
		b.publish(sent, 1400+i, r, facts{"status": "final", "outlet": "national_survey", "document": digest("survey", 2019), "unit_stated": true})
	}
}

func (b *book) propose(on japan.Date, hm int, known japan.Date, list []reported) {
	for i, r := range list {
		b.say(at(on, hm+i), "an1", "figure.propose", facts{"stream": r.stream(), "edition": 1, "indicator": r.indicator,
			"definition_version": "tot-2019.1", "from": r.from, "to": r.to, "known_at": known, "value": r.value, "trial": false})
	}
}

func (b *book) approve(on japan.Date, hm int, list []reported) {
	for i, r := range list {
		b.say(at(on, hm+i), "mg1", "figure.approve", facts{"stream": r.stream(), "edition": 1})
	}
}

func (b *book) publish(on japan.Date, hm int, r reported, how facts) {
	b.say(at(on, hm), "mg1", "figure.publish", facts{"stream": r.stream(), "edition": 1, "unit_stated": false, "comparison_basis": "none"}.with(how))
}

// importFigure takes a value in as a document states it; basis says what is known
// of the comparison it stands in.
func (b *book) importFigure(on japan.Date, hm int, r reported, document, basis string) {
	b.say(at(on, hm), "an1", "figure.import", facts{"stream": r.stream(), "indicator": r.indicator, "from": r.from, "to": r.to, "value": r.value,
		"unit_stated": false, "comparison_basis": basis, "overlap": basis, "document": document})
}
