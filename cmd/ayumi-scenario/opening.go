package main

import (
	"fmt"
	"time"

	"ayumi/domain/japan"
)

// dawn is when the log begins: the last year before the corner is in it too.
var dawn = at(japan.On(2018, 4, 2), 830)

// cornerOpens is the first day of the corner at its new site.
var cornerOpens = japan.On(2019, 4, 26)

// staff of the demonstration: code, desk, kind, roles, name, reading, post.
var staff = []struct{ code, desk, kind, role, name, kana, post string }{
	{"ld1", "D-TKY", "staff", "LD", "例 統子", "れい とうこ", "相談窓口 主任"},
	{"co1", "D-TKY", "staff", "CO", "試 相一", "ためし そういち", "相談員"},
	{"co2", "D-TKY", "staff", "CO", "仮 談子", "かり だんこ", "相談員"},
	{"co3", "D-TKY", "staff", "CO", "架 就太", "か しゅうた", "職業相談員"},
	{"co4", "D-FKC", "staff", "CO", "見 移美", "みる いみ", "相談員（ふるさと回帰支援センター）"},
	{"an1", "D-TKY", "staff", "AN", "数 集計", "かず しゅうけい", "企画担当"},
	{"mg1", "D-TKY", "staff", "MG", "承 認男", "しょう にんお", "本部長"},
	{"au1", "", "auditor", "AU", "監 査代", "かん さよ", "監査委員事務局"},
	{"ro1", "D-TKY", "staff", "RO", "簿 冊子", "ぼ さつこ", "文書主任"},
	{"po1", "D-TKY", "staff", "PO", "保 護也", "ほ ごや", "個人情報保護担当"},
	{"ad1", "D-TKY", "staff", "AD", "管 理恵", "かん りえ", "システム管理"},
}

func account(code string) string { return id("account", code) }

// open begins the log and gives everybody an account.
func (b *book) open() {
	b.say(dawn, "system", "log.begin", facts{"origin": origin, "seed": seed, "format": 1, "scenario": true})
	b.lines[0].CommandID = [16]byte{}
	for i, s := range staff {
		b.accountFor(dawn.Add(time.Duration(i+1)*time.Second), s.code, s.desk, s.kind, s.role, s.name, s.kana, s.post, "")
	}
	b.hours(japan.On(2018, 4, 2), 2018, []string{"31"}, facts{
		"desk": "D-TKY", "site": "tokyo_hq", "effective_from": "2018-04-01", "weekdays": "12345", "holidays_open": false,
		"opens": 900, "closes": 1700,
	})
	for _, year := range []int{2019, 2020} {
		from := cornerOpens
		if year > 2019 {
			from = japan.On(year, 4, 1)
		}
		var set []facts
		for _, desk := range []string{"D-TKY", "D-OKY"} {
			set = append(set, facts{
				"desk": desk, "site": "shinbashi", "effective_from": from.String(), "weekdays": "1234567", "holidays_open": true,
				"opens": 1000, "closes": 1800, "after_hours_days": "456", "after_hours_closes": 2000,
			})
		}
		set = append(set, facts{
			"desk": "D-FKC", "site": "yurakucho", "effective_from": from.String(), "weekdays": "234567", "holidays_open": true,
			"opens": 1000, "closes": 1800,
		})
		b.hours(japan.On(year, 4, 1), year, []string{"31", "33"}, set...)
	}
}

// hours open the corner's log of a fiscal year and set the hours of its desks.
func (b *book) hours(on japan.Date, fy int, prefs []string, desks ...facts) {
	stream := fmt.Sprintf("TKC.%d", fy)
	b.say(at(on, 835), "ld1", "reception.open_year", facts{"stream": stream, "corner": "TKC", "fy": fy, "prefs": prefs})
	for _, d := range desks {
		b.say(at(on, 840), "ld1", "reception.set_hours", d.with(facts{"stream": stream}))
	}
}

func (b *book) accountFor(when time.Time, code, desk, kind, role, name, kana, post, partner string) {
	data := facts{"account": account(code), "kind": kind, "code": code, "name": name, "kana": kana, "post": post, "mail": code + "@example.jp"}
	if desk != "" {
		data["desk"] = desk
	}
	if partner != "" {
		data["partner"] = partner
	}
	b.say(when, "system", "account.open", data)
	b.say(when, "system", "account.grant_role", facts{"account": account(code), "role": role})
}
