package locale

import "fmt"

// Monitors is the page of what stands out in who did what.
type Monitors struct {
	Title, Lead, See                     string
	Heading                              func(year string) string
	Counted                              func(outcomes, confirmations int) string
	Overdue                              string
	OneHand, OneHandRule                 string
	Pairs, PairsRule, PairsTable         string
	Recorder, Confirmer, Times, Expected string
	Hundredths                           func(n int) string
	Bursts, BurstsRule                   string
	Burst                                func(month, last, all string) string
	Confirmed                            func(n int) string
	GradeC, GradeCRule                   string
}

// hundredths writes 250 as 2.5.
func hundredths(n int) string { return fmt.Sprintf("%d.%d", n/100, n%100/10) }

var japaneseMonitors = Monitors{
	Title: "記録の点検", Lead: "確かめるとよいところを示します。不正を意味するものではありません。", See: "記録の点検（担当の偏りと月末の集中）",
	Heading: func(year string) string { return "記録の点検　" + year },
	Counted: func(outcomes, confirmations int) string {
		return "成果" + number(outcomes) + "件、確認" + number(confirmations) + "件から。"
	},
	Overdue: "確認待ちの期限超過", OneHand: "ひとりで進めた就職", OneHandRule: "初回の相談、企業への紹介、就職の記録が同じ職員のもの。確認はほかの職員が行っています。",
	Pairs: "決まった2人での確認", PairsRule: "同じ2人の記録と確認が5件以上あり、偶然に見込まれる数の2倍以上のもの。", PairsTable: "2人の組の表",
	Recorder: "記録した人", Confirmer: "確認した人", Times: "件数", Expected: "偶然の見込み", Hundredths: hundredths,
	Bursts: "月末の集中", BurstsRule: "月の最後の3日に成果が3件以上あり、その月の半分を超えるもの。",
	Burst:     func(month, last, all string) string { return month + "　" + all + "件のうち" + last + "件" },
	Confirmed: func(n int) string { return number(n) + "件" },
	GradeC:    "本人の申告だけの確認", GradeCRule: "3件以上の確認が、すべて本人の申告（等級C）によるもの。",
}

var englishMonitors = Monitors{
	Title: "Review of records", Lead: "What is worth a second look. Nothing here means that anything is wrong.", See: "Review of records (who works with whom, month ends)",
	Heading: func(year string) string { return "Review of records, " + year },
	Counted: func(outcomes, confirmations int) string {
		return "From " + number(outcomes) + " outcomes and " + number(confirmations) + " confirmations."
	},
	Overdue: "Confirmations overdue", OneHand: "Jobs handled by one person", OneHandRule: "First session, introduction to the employer and record of the start by the same member of staff. Somebody else confirmed.",
	Pairs: "Confirmed by the same two", PairsRule: "Two who record and confirm for each other at least 5 times, and at least twice as often as chance would have it.", PairsTable: "Table of pairs",
	Recorder: "Recorded by", Confirmer: "Confirmed by", Times: "Times", Expected: "By chance", Hundredths: hundredths,
	Bursts: "Crowded month ends", BurstsRule: "At least 3 outcomes in the last 3 days of a month, and more than half of that month's.",
	Burst:     func(month, last, all string) string { return month + ": " + last + " of " + all },
	Confirmed: func(n int) string { return plural(n, "confirmation", "confirmations") },
	GradeC:    "Confirmed by their own word only", GradeCRule: "At least 3 confirmations, all of them by the person's own statement (grade C).",
}
