package main

import "ayumi/domain/japan"

// schools of the list fy2019. Only the first name is real (the sheet prints it);
// signed is the day of the agreement, month stands for a day known to the month.
var schools = []struct {
	name, pref, kind string
	students         int
	signed           japan.Date
	month            bool
	agreement        string
}{
	{"東海大学", "14", "private", 24, japan.On(2020, 3, 1), true, "employment_support"},
	{"甲大学", "13", "private", 61, japan.On(2017, 10, 18), false, "employment_support"},
	{"乙大学", "13", "private", 55, japan.On(2017, 10, 18), false, "comprehensive"},
	{"丙大学", "13", "private", 43, japan.On(2018, 2, 6), false, "employment_support"},
	{"丁大学", "14", "private", 38, japan.On(2018, 7, 12), false, "employment_support"},
	{"戊大学", "11", "private", 29, japan.On(2019, 1, 24), false, "comprehensive"},
	{"己大学", "13", "private", 27, japan.On(2019, 9, 19), false, "employment_support"},
	{"庚大学", "13", "national", 33, 0, false, ""},
	{"辛大学", "12", "national", 26, 0, false, ""},
	{"壬大学", "13", "private", 22, 0, false, ""},
	{"癸大学", "14", "private", 21, 0, false, ""},
	{"子大学", "13", "public", 20, 0, false, ""},
}

// universities: 12 in the list, 7 of them with an agreement of three years.
func (b *book) universities() {
	on := japan.On(2018, 4, 4)
	for i, s := range schools {
		key := id("university", s.name)
		b.say(at(on, 1000+i), "ld1", "university.register", facts{"university": key, "pref": s.pref, "kind": s.kind, "name": s.name})
		b.say(at(japan.On(2019, 4, 8), 1000+i), "an1", "university.list_in_universe",
			facts{"university": key, "list": "fy2019", "threshold": 20, "students": s.students, "meets": true})
		if s.signed == 0 {
			continue
		}
		when := at(max(s.signed, on), 1500+i)
		data := facts{"university": key, "agreement": id("agreement", s.name), "kind": s.agreement}
		if s.month {
			when = at(japan.On(2020, 3, 19), 1600)
			data["precision"] = "month"
		}
		b.say(when, "ld1", "university.conclude_agreement", data.happened(s.signed, -1, when))
	}
}
