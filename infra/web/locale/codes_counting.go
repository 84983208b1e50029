package locale

import "maps"

// countingNames are the names of codes that only counting has, by list.
var countingNames = map[string]map[string]pair{
	"indicator": {
		"U2": {"協定締結校の割合", "Universities with an agreement, share"}, "H1": {"時間外の相談", "Sessions after hours"}, "H2": {"時間外の相談の割合", "Sessions after hours, share"},
		"F1": {"連携先への紹介", "Referrals sent"}, "F2": {"回答のあった紹介", "Referrals answered"}, "F3": {"完了した紹介", "Referrals completed"},
		"F4": {"紹介の回答率", "Referral answer rate"}, "F5": {"紹介の完了率", "Referral completion rate"},
		"D1": {"初回相談から成果までの日数（中央値）", "Median days from first consultation to outcome"},
		"N1": {"成果につながった新規相談者", "New consultees with an outcome"}, "N2": {"新規相談者の成果率", "Conversion of new consultees"},
	},
	"unit": {"days": {"日", "days"}, "referrals": {"件", "referrals"}},
	"near_miss": {
		"in_hours": {"時間内", "within opening hours"}, "hours_unknown": {"時刻の記録なし", "time not recorded"}, "outside_hours": {"窓口の時間の外", "outside the desk's hours"}, "not_answered": {"回答なし", "not answered"}, "not_completed": {"未完了", "not completed"},
		"no_outcome": {"成果なし", "no outcome"}, "outcome_after": {"成果が期間の後", "outcome after the period"}, "not_head": {"世帯主ではない", "not the head"}, "moved_out": {"転出", "moved out"},
		"ended": {"終了", "ended"}, "not_listed": {"対象の一覧にない", "not in the list"}, "below_threshold": {"基準に満たない", "below the threshold"},
	},
	"absent_value": {"zero_denominator": {"分母が0", "nothing to divide by"}, "no_members": {"数えたものがない", "nothing was counted"}},
	"hours":        {"open": {"時間内", "opening hours"}, "after": {"時間外", "after hours"}, "outside": {"窓口の外の時間", "outside hours"}, "unknown": {"時刻不明", "time unknown"}},
}

// allCodeNames joins the lists.
func allCodeNames() map[string]map[string]pair {
	all := maps.Clone(codeNames)
	for _, more := range []map[string]map[string]pair{countingNames, definitionCodes, rightsCodes, employerCodes, certificateCodes} {
		for list, names := range more {
			joined := maps.Clone(all[list])
			if joined == nil {
				joined = map[string]pair{}
			}
			maps.Copy(joined, names)
			all[list] = joined
		}
	}
	return all
}
