package main

import (
	"fmt"

	"ayumi/domain/japan"
)

// meeting is one outreach with the consultations that take place at it.
type meeting struct {
	kind, series, title, place string
	yearNo                     int
	on, to                     japan.Date
	from                       int // HHMM of the first consultation
	heads, consultations       int
	channel                    string // of its consultations
}

func (m *meeting) id() string { return id("outreach", m.kind, m.on) }

// meetings of fiscal 2019: 463 heads; the names, years and novelty of the three
// student events stand on the sheet.
var meetings = []*meeting{
	{kind: "fair", title: "移住・転職フェア（夏）", place: "都内の会場", on: japan.On(2019, 7, 7), from: 1100, heads: 58, consultations: 6, channel: "fair_booth"},
	{kind: "fair", title: "ふるさと回帰フェア", place: "都内の会場", on: japan.On(2019, 9, 8), from: 1100, heads: 49, consultations: 5, channel: "fair_booth"},
	{kind: "fair", title: "IJUターンフェア（秋）", place: "新橋館", on: japan.On(2019, 11, 24), from: 1100, heads: 47, consultations: 4, channel: "fair_booth"},
	{kind: "fair", title: "移住・転職フェア（冬）", place: "都内の会場", on: japan.On(2020, 1, 12), from: 1100, heads: 58, consultations: 6, channel: "fair_booth"},
	{kind: "seminar", title: "鳥取の仕事と住まい", place: "新橋館", on: japan.On(2019, 6, 29), from: 1430, heads: 31, consultations: 2, channel: "seminar_individual"},
	{kind: "guidance", title: "就職説明会", place: "甲大学", on: japan.On(2019, 7, 18), from: 1430, heads: 34, consultations: 2, channel: "seminar_individual"},
	{kind: "seminar", title: "田舎暮らしの始め方", place: "新橋館", on: japan.On(2019, 10, 26), from: 1430, heads: 26, consultations: 2, channel: "seminar_individual"},
	{kind: "seminar", title: "冬の鳥取と仕事", place: "新橋館", on: japan.On(2019, 12, 7), from: 1430, heads: 29, consultations: 2, channel: "seminar_individual"},
	{kind: "guidance", title: "就職説明会", place: "丙大学", on: japan.On(2020, 2, 13), from: 1430, heads: 28, consultations: 2, channel: "seminar_individual"},
	{kind: "tour", series: "plane_tour", yearNo: 2, title: "ワクワク飛行機ツアー", place: "鳥取市ほか", on: japan.On(2019, 8, 24), to: japan.On(2019, 8, 25), from: 1100, heads: 14, consultations: 6, channel: "tour"},
	{kind: "student_exchange", series: "student_exchange", yearNo: 1, title: "首都圏学生交流会", place: "新橋館", on: japan.On(2019, 6, 15), heads: 33},
	{kind: "dorm_seminar", series: "dorm_seminar", yearNo: 3, title: "学生寮での就活セミナー", place: "県人寮", on: japan.On(2019, 11, 13), heads: 13},
	{kind: "dorm_seminar", series: "dorm_seminar", yearNo: 3, title: "学生寮での就活セミナー", place: "県人寮", on: japan.On(2020, 1, 22), heads: 14},
}

// evenings are the ten ナイター相談会, each a Tuesday; two had no consultation.
var evenings = []struct {
	on            japan.Date
	consultations int
}{
	{japan.On(2019, 5, 21), 1}, {japan.On(2019, 6, 18), 1}, {japan.On(2019, 7, 16), 1}, {japan.On(2019, 8, 20), 0}, {japan.On(2019, 9, 17), 1},
	{japan.On(2019, 10, 15), 1}, {japan.On(2019, 11, 19), 1}, {japan.On(2019, 12, 17), 0}, {japan.On(2020, 1, 21), 1}, {japan.On(2020, 2, 18), 1},
}

// holidays are the six 休日相談会 with their heads.
var holidays = []struct {
	on    japan.Date
	heads int
}{
	{japan.On(2019, 5, 6), 4}, {japan.On(2019, 7, 15), 3}, {japan.On(2019, 8, 11), 3},
	{japan.On(2019, 9, 23), 3}, {japan.On(2019, 11, 3), 3}, {japan.On(2020, 2, 24), 3},
}

func lineAccount() string { return id("outreach", "line") }
func mailing() string     { return id("outreach", "mailing") }

// allMeetings lists every meeting of the year.
func allMeetings() []*meeting {
	all := append([]*meeting{}, meetings...)
	for _, e := range evenings {
		all = append(all, &meeting{kind: "evening", title: "ナイター相談会", place: "新橋館", on: e.on, from: 1840, heads: 1, consultations: e.consultations, channel: "in_person"})
	}
	for _, h := range holidays {
		all = append(all, &meeting{kind: "holiday", title: "休日相談会", place: "新橋館", on: h.on, from: 1300, heads: h.heads, consultations: 2, channel: "in_person"})
	}
	return all
}

// meetings schedules, holds and counts them, and opens the LINE account.
func (b *book) meetings() {
	for i, m := range allMeetings() {
		b.events[m.kind] = append(b.events[m.kind], m)
		planned := max(m.on.Add(-45), japan.On(2019, 4, 3))
		pref := "13"
		if m.kind == "tour" {
			pref = "31"
		}
		data := facts{"outreach": m.id(), "kind": m.kind, "place_pref": pref, "starts_on": m.on.String(), "ends_on": max(m.to, m.on).String(),
			"evening": m.kind == "evening", "title": m.title, "place": m.place}
		if m.series != "" {
			data["series"], data["series_year_no"] = m.series, m.yearNo
		}
		b.say(at(planned, 1005+i), "ld1", "outreach.schedule", data)
		b.say(at(m.on, 1030), "co1", "outreach.hold", facts{"outreach": m.id()})
		counted := max(m.on, m.to).Add(1)
		b.say(at(counted, 1015+i), "co1", "outreach.count_attendance", facts{"outreach": m.id(), "heads": m.heads}.happened(m.on, -1, at(counted, 1015)))
	}
	opened := at(japan.On(2019, 6, 3), 1400)
	b.say(opened, "ld1", "outreach.open_channel", facts{"outreach": lineAccount(), "channel": "line", "title": "とっとり就職・移住LINE", "precision": "month"}.
		happened(japan.On(2019, 6, 1), -1, opened))
	counted := at(japan.On(2020, 3, 2), 1100)
	b.say(counted, "co2", "outreach.count_followers", facts{"outreach": lineAccount(), "channel": "line", "count": 42}.happened(japan.On(2020, 2, 29), -1, counted))
	b.exchange()
}

// exchange lists some who signed up for the student event.
func (b *book) exchange() {
	m := b.events["student_exchange"][0]
	for i := range 5 {
		who := id("attendee", i)
		name, kana := nameOf(300 + i*7)
		b.say(at(japan.On(2019, 6, 10), 1200+i), "co2", "outreach.list_attendee", facts{"outreach": m.id(), "attendee": who, "student": true,
			"name": name, "kana": kana, "contact": fmt.Sprintf("exchange%d@example.jp", i+1)})
		came := "yes"
		if i == 3 {
			came = "no"
		}
		b.say(at(m.on, 1650+i), "co2", "outreach.note_attendee_came", facts{"outreach": m.id(), "attendee": who, "came": came})
	}
}
