package main

import (
	"ayumi/domain/japan"
)

// The words of the work-plan sheet. Figures, marks, dates, titles and names of
// bodies and events are those printed on it; the sentences are this project's.
var (
	mission = []string{
		"首都圏で、県の行政運営や地域の経済に資する知らせを集め、届ける",
		"企業・観光客・移り住む人を首都圏から県へ呼び込む",
		"県産の農林水産物と県内企業の品について、首都圏での売り先を広げる",
	}
	aims = []string{
		"東京本部の中で始めた県立東京ハローワークは、四月のうちに新橋館へ移る。移った先では岡山県との共同窓口となり、休みの日や夜の相談も受ける。窓口を知ってもらい、相談者を増やし、就職と移住を一つの場で支える。",
		"首都圏で学ぶ県出身の学生に向け、大学と組んで就職の説明会などを開き、働く先として鳥取を思い浮かべてもらう。",
		"関係する団体と力を合わせ、転職や移住の催しに出て、相談できる機会と発信を増やす。",
	}
	initiatives = [][2]string{
		{"移住・しごと相談コーナーでの相談対応等", "休みなく開き、夜間（木・金・土）と休日にも相談会（ナイター相談会、休日相談会）を設けた結果、相談者は前の年度を大きく上回った。就業相談 168（前年度 23）、移住相談 187（前年度 36）、2月末現在。"},
		{"首都圏の学生とつながるためのイベント等の実施", "新しい集いを一つ加え、続けてきた催しも重ねて、県出身の学生と会う場を広げた。首都圏学生交流会（新規）、ワクワク飛行機ツアー（2年目）、学生寮での就活セミナー（3年目）。登録した学生へ知らせる手段としてLINEも始めた。"},
		{"首都圏の大学との連携強化", "東海大学（就職支援協定、令和2年3月）が加わり、29年度〜元年度の3年間で、鳥取県出身学生が約20名以上の12校のうち7校と協定を結んだ。"},
	}
	issues = [][2]string{
		{"二つの県が共に休みなく開く窓口は珍しいが、東京には似た場が多く、目に留まりにくい。", "届けたい相手が見る媒体を選び、岡山県と広告などを工夫して知ってもらう。"},
		{"学生の就職を後押しするには、互いに顔の分かる相手をもっと増やしたい。", "学生向けの催しを足して、つながりの輪と関係人口を広げる。"},
		{"県出身の学生が少ない大学とは協定の話が進みにくく、包括協定なら地元側の受け皿も要る。", "新しい相手を探すとともに、就職支援協定の相手には折を見て包括協定を持ちかける。"},
		{"副業・兼業を入口に、腕のある人を関係人口として県の産業へ迎え、先々の移住や就業の候補を増やしたい。", "社員の副業・兼業を認める企業を見つけ、プロフェッショナル人材戦略拠点とともに県内の企業と引き合わせる。"},
	}
	reasons  = "共同の窓口を休みなく開け、各地の相談会にも加わり、相談者は前の年度を大きく上回った。大学の相談会に出向き、学生に向けた新しい催しも手がけた。東海大学との協定が結ばれた。"
	longTerm = "首都圏に住む人が抱く就職や移住の望みをつかみ、一人ひとりに合う支援をまとめて届け、県への就職・移住・定住を増やす。"
)

// planColumns of the prefecture: only other is marked.
var planColumns = []string{"policy_item", "vitality_strategy", "future_vision", "environment_initiative", "education_action_plan", "other"}

// sheet is the work-plan sheet of fiscal 2019: plan in April, evaluation in March.
func (b *book) sheet() {
	drafted, closing := japan.On(2019, 4, 1), japan.On(2020, 3, 31)
	minute := 0
	write := func(on japan.Date, by, command string, data facts) {
		minute++
		b.say(at(on, 1300+minute/60*100+minute%60), by, command, data.with(facts{"workplan": "TKO.2019.1"}))
	}
	write(drafted, "an1", "workplan.draft", facts{"format": "F2016", "fy": 2019, "bureau": "交流人口拡大本部", "unit": "東京本部",
		"policy": "首都圏からのIJUターン就職者、移住定住者の誘致", "phone": "03-0000-0000", "contact": id("contact", "head"), "head": "（所属長名）"})
	for i, text := range mission {
		write(drafted, "an1", "workplan.set_mission", facts{"no": i + 1, "text": text})
	}
	for i, text := range aims {
		write(drafted, "an1", "workplan.set_aim", facts{"no": i + 1, "text": text})
	}
	for _, column := range planColumns {
		write(drafted, "an1", "workplan.flag_plan", facts{"column": column, "flag": column == "other"})
	}
	write(drafted, "an1", "workplan.flag_plan", facts{"column": "unit_goal", "flag": true, "text": longTerm})
	write(drafted, "an1", "workplan.place_indicator", facts{"no": 1, "indicator": "K1@D-TKY", "name": "IJUターン就職者、移住者数", "class": "outcome"})
	write(drafted, "an1", "workplan.set_value", facts{"no": 1, "field": "baseline", "value": 13, "at": "FY2009", "at_text": "平成21年度"})
	write(drafted, "an1", "workplan.set_value", facts{"no": 1, "field": "target", "comparator": "ge", "value": 30, "unit": "名", "text": "30名以上"})
	write(drafted, "an1", "workplan.set_value", facts{"no": 1, "field": "long_term", "comparator": "ge", "value": 30, "unit": "名",
		"text": "年間30名以上", "at": "FY2019", "at_text": "平成31年度"})
	write(drafted, "an1", "workplan.set_project", facts{"no": 1, "name": "首都圏の主要大学等との連携推進事業", "budget_yen": 1592000, "budget_text": "1592千円",
		"outline": "新橋館への移転に合わせて相談の受け方を厚くする。転職・移住の催しへの出展と相談会で広く知らせる。大学や学生寮での催し、卒業生との集い、大学と組んだ就職の説明会、ワクワク飛行機ツアー。"})
	write(drafted, "mg1", "workplan.publish_plan", facts{"edition": 1, "document": digest("TKO.2019.1", 1)})
	minute = 0
	for i, w := range initiatives {
		line := facts{"no": i + 1, "title": w[0], "result": w[1]}
		switch i { // the sentences that state figures
		case 0:
			line["figures"] = figureIDs(onTheSheet, stated)
		case 2:
			line["figures"] = figureIDs(agreed)
		}
		write(closing, "an1", "workplan.record_initiative", line)
	}
	for i, w := range issues {
		write(closing, "an1", "workplan.record_issue", facts{"no": i + 1, "issue": w[0], "next_step": w[1]})
	}
	write(closing, "an1", "workplan.set_actual", facts{"no": 1, "absent_reason": "not_stated"})
	write(closing, "mg1", "workplan.evaluate", facts{"kind": "final", "mark": "on_plan", "mark_text": "○(予定どおり)", "score": 8, "reasons": reasons})
	write(closing, "mg1", "workplan.publish", facts{"edition": 2, "document": digest("TKO.2019.1", 2)})
}
