package domain

import "strings"

// Codes are the closed lists of events.md 3: the only words a coded fact may hold.
var Codes = map[string][]string{
	"controller":           words("31 33 joint"),
	"precision":            words("day month year fiscal_year unknown"),
	"source":               words("counter import partner_report batch correction system"),
	"desk":                 words("D-TKY D-OKY D-FKC"),
	"corner":               words("TKC"),
	"channel":              words("in_person phone email online line letter visiting_desk fair_booth seminar_individual tour home_visit other"),
	"category":             words("job student relocation housing farming startup side_job settlement other"),
	"session_outcome":      words("information_given continuing referred booked_visit registered_jobseeker decided_elsewhere no_further_contact_wished"),
	"case_outcome":         words("placed relocated placed_and_relocated related_population other_prefecture gave_up unreachable merged_away withdrawn"),
	"stage":                words("interest compare visit decide achieve settle"),
	"aims":                 words("job relocation"),
	"lead_source":          words("walk_in web fair seminar tour university partner hellowork family_friend media line other unknown"),
	"age_band":             words("u20 20s 30s 40s 50s 60s 70p unknown"),
	"timing":               words("now within_1y within_3y undecided"),
	"region":               words("east central west undecided"),
	"housing":              words("rent buy vacant_house trial family company other"),
	"concern":              words("housing work support climate childcare daily_life transport community money other"),
	"motive":               words("hometown family country_life childcare work retirement disaster_risk cost other"),
	"move_reason":          words("employment job_change startup_farming telework marriage childcare retirement_return family_care country_life transfer schooling birth_return care_facility other unknown"),
	"planned_stay":         words("permanent ge5y 1to5y lt1y unknown"),
	"turn":                 words("u j i unknown"),
	"yes_no":               words("yes no unknown"),
	"contract":             words("indefinite fixed_4m fixed_short part"),
	"route":                words("introduced self other_office"),
	"evidence_kind":        words("employment_contract insurance_record resident_record movein_certificate employer_answer municipality_answer hellowork_answer person_statement"),
	"grade":                words("a b c"),
	"confirms":             words("decision start"),
	"basis":                words("within_purpose law consent_or_to_self internal_reasonable public_body_reasonable statistics_research_special"),
	"share_field":          words("name kana phone mail line address_pref address_full birth household job_wish relocation_wish stage note_summary resume"),
	"consent_scope":        words("partner_sharing cross_controller_link employer_introduction event_notice photo"),
	"referral_purpose":     words("housing schooling job side_job farming startup trial_stay subsidy settlement other"),
	"task_kind":            words("call_back send_material check_referral confirm_start confirm_movein employment_check stay_check grant_mark renew_confidentiality other"),
	"void_reason":          words("duplicate test wrong_person not_consultation import_reverted"),
	"outreach_kind":        words("fair seminar tour evening holiday student_exchange dorm_seminar guidance mailing channel"),
	"partner_kind":         words("prefecture_section foundation npo municipality housing hellowork expert_base university_career other_prefecture employer"),
	"controller_relation":  words("same_controller contractor public_body private other_prefecture"),
	"restriction_scope":    words("contact view share all"),
	"outlet":               words("workplan national_survey press assembly website internal"),
	"figure_status":        words("preliminary final corrected"),
	"period_kind":          words("fiscal_year half1 half2 month fy_to_date calendar_year"),
	"comparison_basis":     words("like_for_like unknown differs none"),
	"overlap":              words("none unknown stated"),
	"unit":                 words("sessions persons mei households cases heads schools percent"),
	"verification":         words("ok failed partial"),
	"cutoff_kind":          words("sheet year_close survey press"),
	"gate":                 words("unconfirmed duplicates open_referrals late blank_actuals"),
	"rights_kind":          words("disclosure correction suspension breach"),
	"rights_measure":       words("provide provide_part correct add delete_item stop_use erase stop_provision none"),
	"breach_kind":          words("special_care property malicious many other"),
	"breach_stage":         words("first full persons_told"),
	"breach_measure":       words("recovered deleted access_closed training procedure_changed contractor_instructed other"),
	"audit_kind":           words("regular administrative aided_body assembly internal"),
	"finding_grade":        words("recommendation finding caution opinion"),
	"end_action":           words("archives dispose"),
	"role":                 words("CO LD PT AN MG AU RO PO AD SY"),
	"pref":                 prefectures(),
	"override":             words("count not_count"),
	"initiated_by":         words("person staff"),
	"mark":                 words("beyond on_plan behind far_behind"),
	"industry":             words("A B C D E F G H I J K L M N O P Q R S T"),
	"language":             words("ja en zh ko vi pt es fil ne id th other"),
	"absent_reason":        words("not_stated not_yet_known not_measurable"),
	"sheet_format":         words("F2012 F2014 F2016 F2021"),
	"indicator_class":      words("outcome activity"),
	"comparator":           words("ge le eq text"),
	"scope":                words("D-TKY D-OKY D-FKC TKC 31 33"),
	"break_kind":           words("unit rule site channel hours survey boundary"),
	"target_pref":          words("31 33 undecided"),
	"site_or_undeclared":   append(prefectures(), "unknown"),
	"person_or_employer":   words("person employer"),
	"person_or_desk":       words("person desk"),
	"evaluation_kind":      words("mid_year final"),
	"grant_return_reason":  words("left_lt3y left_3to5y quit_le1y false_application startup_cancelled"),
	"reclassification_why": words("new_information error rule_decision audit"),
}

// GradeOf answers the evidence grade a, b or c of an evidence kind (counting.md
// 6), or "" for a word that is none.
func GradeOf(evidence string) string {
	switch evidence {
	case "employment_contract", "insurance_record", "resident_record", "movein_certificate":
		return "a"
	case "employer_answer", "municipality_answer", "hellowork_answer":
		return "b"
	case "person_statement":
		return "c"
	}
	return ""
}

func words(s string) []string { return strings.Fields(s) }

func prefectures() []string {
	var out []string
	for n := 1; n <= 47; n++ {
		out = append(out, string([]byte{byte('0' + n/10), byte('0' + n%10)}))
	}
	return append(out, "99") // abroad
}
