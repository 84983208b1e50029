package locale

// codeNames are the code lists of domain/events.md 3, the short lists of its
// section 4, the states of section 5 and the clauses of counting.md 8 and 10.
var codeNames = map[string]map[string]pair{
	"controller": {
		"31": {"鳥取県", "Tottori Prefecture"}, "33": {"岡山県", "Okayama Prefecture"}, "joint": {"両県共同", "both prefectures"},
	},
	"precision": {
		"day": {"日まで", "day"}, "month": {"月まで", "month"}, "year": {"年まで", "year"}, "fiscal_year": {"年度まで", "fiscal year"}, "unknown": {"不明", "unknown"},
	},
	"source": {
		"counter": {"窓口", "desk"}, "import": {"取り込み", "import"}, "partner_report": {"連携先からの報告", "partner report"}, "batch": {"一括処理", "batch"}, "correction": {"訂正", "correction"},
		"system": {"自動", "system"},
	},
	"desk": {
		"D-TKY": {"移住・しごと相談コーナー（鳥取県）", "Relocation and Job Corner (Tottori)"}, "D-OKY": {"移住・しごと相談コーナー（岡山県）", "Relocation and Job Corner (Okayama)"},
		"D-FKC": {"ふるさと回帰支援センター 鳥取県ブース", "Furusato Kaiki Centre, Tottori booth"},
	},
	"corner": {
		"TKC": {"移住・しごと相談コーナー", "Relocation and Job Corner"},
	},
	"channel": {
		"in_person": {"来所・面談", "in person"}, "phone": {"電話", "phone"}, "email": {"メール", "e-mail"}, "online": {"オンライン面談", "online meeting"}, "line": {"LINE", "LINE"},
		"letter": {"郵送・FAX", "letter or fax"}, "visiting_desk": {"出張相談", "visiting desk"}, "fair_booth": {"フェア", "fair booth"}, "seminar_individual": {"セミナー個別相談", "individual talk at a seminar"},
		"tour": {"体験ツアー同行", "trial tour"}, "home_visit": {"訪問", "home visit"}, "web": {"ウェブ", "web"}, "other": {"その他", "other"},
	},
	"category": {
		"job": {"就業", "job"}, "student": {"学生の就職", "student job search"}, "relocation": {"移住", "relocation"}, "housing": {"住まい", "housing"}, "farming": {"就農", "farming"},
		"startup": {"起業", "starting a business"}, "side_job": {"副業・兼業", "side job"}, "settlement": {"定着", "settling in"}, "other": {"その他", "other"},
	},
	"session_outcome": {
		"information_given": {"情報を伝えた", "information given"}, "continuing": {"継続", "continuing"}, "referred": {"紹介した", "referred"}, "booked_visit": {"来県の予約", "visit booked"},
		"registered_jobseeker": {"求職登録", "registered as job-seeker"}, "decided_elsewhere": {"他地域に決定", "decided for elsewhere"}, "no_further_contact_wished": {"今後の連絡は不要", "no further contact wished"},
	},
	"case_outcome": {
		"placed": {"就職", "placed"}, "relocated": {"移住", "relocated"}, "placed_and_relocated": {"就職・移住", "placed and relocated"}, "related_population": {"関係人口", "related population"},
		"other_prefecture": {"他県へ", "another prefecture"}, "gave_up": {"取りやめ", "given up"}, "unreachable": {"連絡がとれない", "unreachable"}, "merged_away": {"統合", "merged"},
		"withdrawn": {"本人の申出で終了", "withdrawn"},
	},
	"stage": {
		"interest": {"関心", "interest"}, "compare": {"比較・相談", "comparing"}, "visit": {"来県・紹介", "visiting"}, "decide": {"決定", "deciding"}, "achieve": {"就職・転入", "achieved"},
		"settle": {"定着", "settling in"},
	},
	"aims": {
		"job": {"就職", "job"}, "relocation": {"移住", "relocation"},
	},
	"lead_source": {
		"walk_in": {"直接来所", "walked in"}, "web": {"ウェブ", "web"}, "fair": {"フェア", "fair"}, "seminar": {"セミナー", "seminar"}, "tour": {"体験ツアー", "trial tour"}, "university": {"大学", "university"},
		"partner": {"連携先", "partner"}, "hellowork": {"ハローワーク", "Hello Work"}, "family_friend": {"家族・知人", "family or friends"}, "media": {"広報・報道", "media"}, "line": {"LINE", "LINE"},
		"other": {"その他", "other"}, "unknown": {"不明", "unknown"},
	},
	"age_band": {
		"u20": {"20歳未満", "under 20"}, "20s": {"20代", "20s"}, "30s": {"30代", "30s"}, "40s": {"40代", "40s"}, "50s": {"50代", "50s"}, "60s": {"60代", "60s"}, "70p": {"70歳以上", "70 or over"},
		"unknown": {"不明", "unknown"},
	},
	"timing": {
		"now": {"すぐに", "now"}, "within_1y": {"1年以内", "within a year"}, "within_3y": {"3年以内", "within three years"}, "undecided": {"未定", "undecided"},
	},
	"region": {
		"east": {"東部", "east"}, "central": {"中部", "central"}, "west": {"西部", "west"}, "undecided": {"未定", "undecided"},
	},
	"housing": {
		"rent": {"賃貸", "rent"}, "buy": {"購入", "buy"}, "vacant_house": {"空き家", "vacant house"}, "trial": {"お試し住宅", "trial house"}, "family": {"実家・親族宅", "with family"},
		"company": {"社宅・寮", "company housing"}, "other": {"その他", "other"},
	},
	"concern": {
		"housing": {"住まい", "housing"}, "work": {"仕事", "work"}, "support": {"支援制度", "support schemes"}, "climate": {"気候", "climate"}, "childcare": {"子育て", "childcare"},
		"daily_life": {"日常生活", "daily life"}, "transport": {"交通", "transport"}, "community": {"地域との付き合い", "community"}, "money": {"お金", "money"}, "other": {"その他", "other"},
	},
	"motive": {
		"hometown": {"出身地", "home town"}, "family": {"家族", "family"}, "country_life": {"田舎暮らし", "country life"}, "childcare": {"子育て", "childcare"}, "work": {"仕事", "work"},
		"retirement": {"退職", "retirement"}, "disaster_risk": {"災害の少なさ", "low disaster risk"}, "cost": {"生活費", "cost of living"}, "other": {"その他", "other"},
	},
	"move_reason": {
		"employment": {"就職", "employment"}, "job_change": {"転職", "change of job"}, "startup_farming": {"起業・就農", "business or farming"}, "telework": {"自らの意思でのテレワーク", "telework by own choice"},
		"marriage": {"結婚", "marriage"}, "childcare": {"子育て", "childcare"}, "retirement_return": {"退職等による帰郷", "return on retirement"}, "family_care": {"家族の世話", "care of family"},
		"country_life": {"田舎暮らし志向", "country life"}, "transfer": {"転勤", "job transfer"}, "schooling": {"進学", "schooling"}, "birth_return": {"里帰り出産", "temporary return for birth"},
		"care_facility": {"施設入所", "care facility"}, "other": {"その他", "other"}, "unknown": {"不明", "unknown"},
	},
	"planned_stay": {
		"permanent": {"永住", "for good"}, "ge5y": {"5年以上", "five years or more"}, "1to5y": {"1年以上5年未満", "one to five years"}, "lt1y": {"1年未満", "under a year"}, "unknown": {"不明", "unknown"},
	},
	"turn": {
		"u": {"Uターン", "U-turn"}, "j": {"Jターン", "J-turn"}, "i": {"Iターン", "I-turn"}, "unknown": {"不明", "unknown"},
	},
	"yes_no": {
		"yes": {"はい", "yes"}, "no": {"いいえ", "no"}, "unknown": {"不明", "unknown"},
	},
	"contract": {
		"indefinite": {"期間の定めなし", "indefinite"}, "fixed_4m": {"有期（4か月以上）", "fixed term, 4 months or longer"}, "fixed_short": {"有期（4か月未満）", "fixed term, under 4 months"},
		"part": {"パート", "part-time"},
	},
	"route": {
		"introduced": {"紹介就職", "by introduction"}, "self": {"自己就職", "self-found"}, "other_office": {"他機関の紹介", "through another office"},
	},
	"evidence_kind": {
		"employment_contract": {"雇用契約書", "employment contract"}, "insurance_record": {"雇用保険の記録", "insurance record"}, "resident_record": {"住民票", "resident record"},
		"movein_certificate": {"転入の証明", "move-in certificate"}, "employer_answer": {"企業の回答", "employer's answer"}, "municipality_answer": {"市町村の回答", "municipality's answer"},
		"hellowork_answer": {"ハローワークの回答", "Hello Work's answer"}, "person_statement": {"本人の申告", "person's statement"},
	},
	"grade": {
		"a": {"A 第三者の書面", "A third-party document"}, "b": {"B 企業・市町村の回答", "B answer of employer or municipality"}, "c": {"C 本人の申告・受付票", "C the person's own statement"},
		"d": {"D 相談員の記録だけ", "D counsellor's record only"},
	},
	"confirms": {
		"decision": {"就職決定", "decision"}, "start": {"入社", "start"},
	},
	"basis": {
		"within_purpose": {"利用目的の範囲内", "within the purpose"}, "law": {"法令", "law"}, "consent_or_to_self": {"本人の同意・本人への提供", "consent or to the person"},
		"internal_reasonable": {"内部利用に相当の理由", "reasonable internal use"}, "public_body_reasonable": {"行政機関等に相当の理由", "reasonable, public body"},
		"statistics_research_special": {"統計・学術・特別の理由", "statistics, research, special reason"},
	},
	"share_field": {
		"name": {"氏名", "name"}, "kana": {"ふりがな", "reading"}, "phone": {"電話", "phone"}, "mail": {"メール", "e-mail"}, "line": {"LINE", "LINE"}, "address_pref": {"居住都道府県", "prefecture of residence"},
		"address_full": {"住所", "full address"}, "birth": {"生年月日", "date of birth"}, "household": {"世帯", "household"}, "job_wish": {"仕事の希望", "job wishes"},
		"relocation_wish": {"移住の希望", "relocation wishes"}, "stage": {"段階", "stage"}, "note_summary": {"相談の要旨", "summary of notes"}, "resume": {"履歴書", "résumé"},
	},
	"consent_scope": {
		"partner_sharing": {"連携先との共有", "sharing with partners"}, "cross_controller_link": {"他県の記録との関連付け", "link across prefectures"},
		"employer_introduction": {"企業への紹介", "introduction to employers"}, "event_notice": {"催しの案内", "notices of events"}, "photo": {"写真", "photographs"},
	},
	"referral_purpose": {
		"housing": {"住まい", "housing"}, "schooling": {"就学", "schooling"}, "job": {"就職", "job"}, "side_job": {"副業・兼業", "side job"}, "farming": {"就農", "farming"}, "startup": {"起業", "starting a business"},
		"trial_stay": {"お試し滞在", "trial stay"}, "subsidy": {"支援金・補助", "grants"}, "settlement": {"定着", "settling in"}, "other": {"その他", "other"},
	},
	"task_kind": {
		"call_back": {"折り返しの連絡", "call back"}, "send_material": {"資料の送付", "send material"}, "check_referral": {"紹介先への確認", "check the referral"},
		"confirm_start": {"入社の確認", "confirm the start"}, "confirm_movein": {"転入の確認", "confirm the move-in"}, "employment_check": {"在籍の確認", "employment check"}, "stay_check": {"定着の確認", "stay check"},
		"grant_mark": {"支援金の節目", "grant milestone"}, "renew_confidentiality": {"秘匿の更新", "renew confidentiality"}, "other": {"その他", "other"},
	},
	"void_reason": {
		"duplicate": {"二重の記録", "recorded twice"}, "test": {"試しの記録", "test record"}, "wrong_person": {"別の人の記録", "wrong person"}, "not_consultation": {"相談ではない", "not a consultation"},
		"import_reverted": {"取り込みの取消", "import undone"},
	},
	"outreach_kind": {
		"fair": {"フェア", "fair"}, "seminar": {"セミナー", "seminar"}, "tour": {"体験ツアー", "trial tour"}, "evening": {"ナイター相談会", "evening session"}, "holiday": {"休日相談会", "holiday session"},
		"student_exchange": {"学生交流会", "student exchange"}, "dorm_seminar": {"学生寮でのセミナー", "dormitory seminar"}, "guidance": {"ガイダンス", "guidance"}, "mailing": {"一斉案内", "mailing"},
		"channel": {"常設の案内先", "channel"},
	},
	"partner_kind": {
		"prefecture_section": {"県の課", "prefectural section"}, "foundation": {"公益財団", "foundation"}, "npo": {"NPO", "NPO"}, "municipality": {"市町村", "municipality"}, "housing": {"住まい", "housing"},
		"hellowork": {"ハローワーク", "Hello Work"}, "expert_base": {"人材戦略拠点", "expert base"}, "university_career": {"大学の就職課", "university career office"}, "other_prefecture": {"他県", "another prefecture"},
		"employer": {"企業", "employer"},
	},
	"controller_relation": {
		"same_controller": {"同じ県", "same controller"}, "contractor": {"委託先", "contractor"}, "public_body": {"公的機関", "public body"}, "private": {"民間", "private body"},
		"other_prefecture": {"他県", "another prefecture"},
	},
	"restriction_scope": {
		"contact": {"連絡しない", "no contact"}, "view": {"閲覧しない", "no viewing"}, "share": {"共有しない", "no sharing"}, "all": {"すべて", "all"},
	},
	"outlet": {
		"workplan": {"工程表", "work-plan sheet"}, "national_survey": {"国の調査", "national survey"}, "press": {"報道発表", "press"}, "assembly": {"議会", "assembly"}, "website": {"ウェブサイト", "website"},
		"internal": {"内部", "internal"},
	},
	"figure_status": {
		"preliminary": {"速報", "preliminary"}, "final": {"確報", "final"}, "corrected": {"訂正", "corrected"},
	},
	"plan_column": {
		"policy_item": {"政策項目", "policy item"}, "vitality_strategy": {"元気づくり総合戦略", "vitality strategy"}, "future_vision": {"将来ビジョン", "future vision"},
		"environment_initiative": {"環境イニシアティブプラン", "environment initiative"}, "education_action_plan": {"アクションプラン（教育振興基本計画）", "education action plan"},
		"other": {"その他", "other"}, "sdgs": {"SDGsのゴール", "goals of the SDGs"}, "unit_goal": {"所属で設定する長期目標", "unit's long-term goal"},
	},
	"value_field": {
		"baseline": {"基準値", "baseline"}, "start": {"年度当初値", "start of the year"}, "target": {"今年度目標値", "target"}, "long_term": {"長期的目標値", "long-term target"},
	},
	"register_kind": {
		"imported": {"原典のみ", "source only"}, "target": {"目標", "target"}, "blank": {"記載なし", "blank"},
	},
	"edition_state": {
		"proposed": {"提案中", "proposed"}, "withdrawn": {"取下げ", "withdrawn"}, "rejected": {"差戻し", "rejected"}, "approved": {"承認済み", "approved"},
		"published": {"公表", "published"}, "published_as_correction": {"訂正として公表", "published as correction"}, "superseded": {"置き換え済み", "superseded"},
	},
	"period_kind": {
		"fiscal_year": {"年度", "fiscal year"}, "half1": {"上半期", "first half"}, "half2": {"下半期", "second half"}, "month": {"月", "month"},
		"fy_to_date": {"年度の初めから", "fiscal year to date"}, "calendar_year": {"暦年", "calendar year"},
	},
	"comparison_basis": {
		"like_for_like": {"同じ条件", "like for like"}, "unknown": {"不明", "unknown"}, "differs": {"異なる", "differs"}, "none": {"比較なし", "no comparison"},
	},
	"overlap": {
		"none": {"重複なし", "none"}, "unknown": {"不明", "unknown"}, "stated": {"記載あり", "stated"},
	},
	"verification": {
		"ok": {"一致", "verified"}, "failed": {"不一致", "not verified"}, "partial": {"一部だけ", "partial"},
	},
	"cutoff_kind": {
		"sheet": {"工程表", "sheet"}, "year_close": {"年度の締め", "year close"}, "survey": {"調査", "survey"}, "press": {"報道発表", "press"},
	},
	"gate": {
		"unconfirmed": {"未確認の成果", "unconfirmed outcomes"}, "duplicates": {"重複の候補", "possible duplicates"}, "open_referrals": {"終わっていない紹介", "open referrals"},
		"late": {"後日の記録", "late entries"}, "blank_actuals": {"空欄の実績値", "blank actuals"},
	},
	"rights_kind": {
		"disclosure": {"開示請求", "disclosure"}, "correction": {"訂正請求", "correction"}, "suspension": {"利用停止請求", "suspension"}, "breach": {"漏えい", "breach"},
	},
	"rights_measure": {
		"provide": {"開示", "provide"}, "provide_part": {"一部開示", "provide in part"}, "correct": {"訂正", "correct"}, "add": {"追加", "add"}, "delete_item": {"項目の削除", "delete an item"},
		"stop_use": {"利用停止", "stop use"}, "erase": {"消去", "erase"}, "stop_provision": {"提供停止", "stop provision"}, "none": {"措置なし", "none"},
	},
	"audit_kind": {
		"regular": {"定期監査", "regular audit"}, "administrative": {"行政監査", "administrative audit"}, "aided_body": {"財政的援助団体等の監査", "audit of aided bodies"}, "assembly": {"議会", "assembly"},
		"internal": {"内部監査", "internal audit"},
	},
	"method":    {"random": {"無作為", "at random"}, "risk": {"証拠の弱いものから", "among weak evidence"}},
	"redaction": {"facts_only": {"事実だけ", "facts only"}, "with_reveals": {"開示した個人情報を含む", "with revealed personal data"}},
	"reveal":    {"none": {"開示なし", "none"}, "personal": {"個人情報", "personal data"}, "care": {"要配慮個人情報まで", "sensitive data too"}},
	"finding_grade": {
		"recommendation": {"勧告", "recommendation"}, "finding": {"指摘", "finding"}, "caution": {"注意", "caution"}, "opinion": {"意見", "opinion"},
	},
	"end_action": {
		"archives": {"公文書館へ移管", "to the archives"}, "dispose": {"廃棄", "dispose"},
	},
	"role": {
		"CO": {"相談員", "counsellor"}, "LD": {"窓口責任者", "desk lead"}, "PT": {"連携先", "partner"}, "AN": {"分析担当", "analyst"}, "MG": {"決裁者", "approving officer"}, "AU": {"監査", "auditor"},
		"RO": {"文書担当", "records officer"}, "PO": {"個人情報担当", "privacy officer"}, "AD": {"管理者", "administrator"}, "SY": {"自動処理", "system"},
	},
	"override": {
		"count": {"数える", "count"}, "not_count": {"数えない", "do not count"},
	},
	"initiated_by": {
		"person": {"本人から", "the person"}, "staff": {"こちらから", "staff"},
	},
	"mark": {
		"beyond": {"◎（予定以上）", "◎ beyond plan"}, "on_plan": {"○（予定どおり）", "○ on plan"}, "behind": {"△（やや遅れ）", "△ behind"}, "far_behind": {"×（大幅遅れ）", "× far behind"},
	},
	"industry": {
		"A": {"農業・林業", "agriculture, forestry"}, "B": {"漁業", "fisheries"}, "C": {"鉱業・採石業", "mining"}, "D": {"建設業", "construction"}, "E": {"製造業", "manufacturing"},
		"F": {"電気・ガス・水道業", "utilities"}, "G": {"情報通信業", "information and communications"}, "H": {"運輸業・郵便業", "transport and postal"}, "I": {"卸売業・小売業", "wholesale and retail"},
		"J": {"金融業・保険業", "finance and insurance"}, "K": {"不動産業・物品賃貸業", "real estate and leasing"}, "L": {"学術研究・専門サービス業", "research and professional services"},
		"M": {"宿泊業・飲食サービス業", "accommodation and food"}, "N": {"生活関連サービス業・娯楽業", "personal services and leisure"}, "O": {"教育・学習支援業", "education"},
		"P": {"医療・福祉", "health and welfare"}, "Q": {"複合サービス事業", "compound services"}, "R": {"サービス業（他に分類されないもの）", "other services"}, "S": {"公務", "government"},
		"T": {"分類不能の産業", "not classifiable"},
	},
	"language": {
		"ja": {"日本語", "Japanese"}, "en": {"英語", "English"}, "zh": {"中国語", "Chinese"}, "ko": {"韓国語", "Korean"}, "vi": {"ベトナム語", "Vietnamese"}, "pt": {"ポルトガル語", "Portuguese"},
		"es": {"スペイン語", "Spanish"}, "fil": {"フィリピノ語", "Filipino"}, "ne": {"ネパール語", "Nepali"}, "id": {"インドネシア語", "Indonesian"}, "th": {"タイ語", "Thai"}, "other": {"その他", "other"},
	},
	"absent_reason": {
		"not_stated": {"記載なし", "not stated"}, "not_yet_known": {"まだ分からない", "not yet known"}, "not_measurable": {"測れない", "cannot be measured"},
	},
	"sheet_format": {
		"F2012": {"平成24年度の様式", "form of FY2012"}, "F2014": {"平成26年度の様式", "form of FY2014"}, "F2016": {"平成28年度の様式", "form of FY2016"}, "F2021": {"令和3年度の様式", "form of FY2021"},
	},
	"indicator_class": {
		"outcome": {"成果指標", "outcome indicator"}, "activity": {"活動指標", "activity indicator"},
	},
	"comparator": {
		"ge": {"以上", "at least"}, "le": {"以下", "at most"}, "eq": {"同じ", "equal to"}, "text": {"文章", "in words"},
	},
	"target_pref": {
		"31": {"鳥取県", "Tottori"}, "33": {"岡山県", "Okayama"}, "undecided": {"未定", "undecided"},
	},
	"person_or_employer": {
		"person": {"本人", "the person"}, "employer": {"企業", "the employer"},
	},
	"person_or_desk": {
		"person": {"本人", "the person"}, "desk": {"窓口", "the desk"},
	},
	"evaluation_kind": {
		"mid_year": {"中間評価", "mid-year evaluation"}, "final": {"最終評価（年度末）", "final evaluation (end of year)"},
	},
	"grant_return_reason": {
		"left_lt3y": {"3年未満の転出", "left within three years"}, "left_3to5y": {"3年以上5年以内の転出", "left after three to five years"}, "quit_le1y": {"1年以内の離職", "quit within a year"},
		"false_application": {"虚偽の申請", "false application"}, "startup_cancelled": {"起業の取消", "business cancelled"},
	},
	"reclassification_why": {
		"new_information": {"新しい事実", "new information"}, "error": {"誤り", "error"}, "rule_decision": {"規定による判断", "decision under the rule"}, "audit": {"監査", "audit"},
	},
	"consultation_state": {
		"held": {"実施", "held"}, "moved": {"移管", "moved"}, "voided": {"取消", "voided"},
	},
	"booking_state": {
		"booked": {"予約", "booked"}, "held": {"実施", "held"}, "cancelled": {"取消", "cancelled"}, "missed": {"来なかった", "missed"},
	},
	"task_state": {
		"planned": {"予定", "planned"}, "done": {"完了", "done"}, "dropped": {"取りやめ", "dropped"},
	},
	"referral_state": {
		"proposed": {"提案", "proposed"}, "agreed": {"同意", "agreed"}, "sent": {"依頼中", "sent"}, "received": {"受領", "received"}, "accepted": {"受諾", "accepted"}, "in_progress": {"進行中", "in progress"},
		"completed": {"完了", "completed"}, "declined": {"不成立", "declined"}, "returned": {"差戻し", "returned"}, "cancelled": {"取消", "cancelled"}, "lapsed": {"期限切れ", "lapsed"},
	},
	"placement_state": {
		"introduced": {"紹介", "introduced"}, "applied": {"応募", "applied"}, "interviewed": {"面接", "interviewed"}, "offered": {"内定", "offered"}, "declined": {"辞退", "declined"},
		"withdrawn": {"不採用・取消", "withdrawn"}, "decided": {"就職決定", "decided"}, "fell_through": {"決定後の取りやめ", "fell through"}, "started": {"入社", "started"}, "ended": {"離職", "ended"},
		"voided": {"取消", "voided"},
	},
	"relocation_state": {
		"planned": {"予定", "planned"}, "housed": {"住まい確保", "housed"}, "moved_in": {"転入", "moved in"}, "classified": {"区分済み", "classified"}, "left": {"転出", "left"}, "voided": {"取消", "voided"},
	},
	"case_state": {
		"open": {"受付", "open"}, "active": {"支援中", "active"}, "dormant": {"休止", "dormant"}, "closed": {"終了", "closed"}, "disposed": {"廃棄", "disposed"},
	},
	"person_state": {
		"active": {"有効", "active"}, "restricted": {"利用停止", "restricted"}, "merged": {"統合済み", "merged"}, "erasing": {"消去中", "being erased"}, "erased": {"消去済", "erased"},
	},
	"reason": {
		"adult": {"成人", "came of age"}, "april_change": {"4月の異動", "April change"}, "bankruptcy": {"倒産", "bankruptcy"}, "bounced": {"届かない", "bounced"}, "case_closed": {"支援の終了", "case closed"},
		"consent_withdrawn": {"同意の取消", "consent withdrawn"}, "court": {"裁判所", "court"}, "death": {"死亡", "death"}, "different_person": {"別の人", "different person"}, "dismissed": {"解雇", "dismissed"},
		"dissatisfied": {"不満", "dissatisfied"}, "error": {"誤り", "error"}, "expired": {"期限切れ", "expired"}, "false_application": {"虚偽の申請", "false application"}, "family": {"家族", "family"},
		"filled": {"充足", "filled"}, "full": {"定員", "full"}, "health": {"健康", "health"}, "leave": {"休暇・休職", "leave"}, "left": {"変わった", "no longer used"},
		"left_3to5y": {"3年以上5年以内の転出", "left after three to five years"}, "left_lt3y": {"3年未満の転出", "left within three years"}, "medical": {"医療", "medical"},
		"no_contact": {"連絡がとれない", "no contact"}, "other": {"その他", "other"}, "out_of_scope": {"対象外", "out of scope"}, "person_wish": {"本人の希望", "the person's wish"}, "placed": {"就職", "placed"},
		"quit_le1y": {"1年以内の離職", "quit within a year"}, "refused": {"本人の拒否", "refused"}, "reopened": {"再開", "reopened"}, "request": {"申出", "request"}, "resigned": {"退職", "resigned"},
		"safety": {"生命・身体の安全", "safety"}, "separation": {"別居", "separation"}, "startup_cancelled": {"起業の取消", "business cancelled"}, "term_ended": {"契約期間の満了", "term ended"},
		"transfer": {"異動", "transfer"}, "unclear": {"分からない", "unclear"}, "unknown": {"不明", "unknown"}, "withdrawn": {"取下げ", "withdrawn"}, "work": {"仕事", "work"}, "workload": {"業務の分担", "workload"},
		"wrong": {"誤り", "wrong"}, "duplicate": {"二重の記録", "recorded twice"}, "test": {"試しの記録", "test record"}, "wrong_person": {"別の人の記録", "wrong person"},
		"not_consultation": {"相談ではない", "not a consultation"}, "import_reverted": {"取り込みの取消", "import undone"},
	},
	"ground": {
		"audit": {"監査", "audit"}, "confidentiality": {"秘匿", "confidentiality"}, "error": {"誤り", "error"}, "expired": {"期限切れ", "expired"}, "lawsuit": {"訴訟", "lawsuit"},
		"legal_hold": {"法令上の保全", "legal hold"}, "other": {"その他", "other"}, "partner_report": {"連携先からの報告", "partner report"}, "person_wish": {"本人の希望", "the person's wish"},
		"request": {"請求", "request"}, "retention_end": {"保存期間の満了", "end of retention"}, "staff_error": {"職員の誤り", "staff error"}, "suspension_decision": {"利用停止の決定", "suspension decision"},
		"voluntary_after_check": {"確認後の任意の消去", "voluntary after check"}, "withdrawal": {"本人の申出", "withdrawal"},
	},
	"kind": {
		"auditor": {"監査", "auditor"}, "boundary": {"区域", "boundary"}, "brochure": {"資料請求", "brochure"}, "business": {"営業", "business"}, "certificate": {"証明書", "certificate"}, "channel": {"方法", "channel"},
		"companion": {"同行者", "companion"}, "comprehensive": {"包括協定", "comprehensive agreement"}, "consent_form": {"同意書", "consent form"}, "consultee": {"相談者", "consultee"}, "contract": {"契約書", "contract"},
		"corporation": {"法人", "corporation"}, "employment_support": {"就職支援協定", "employment-support agreement"}, "final": {"最終", "final"}, "hours": {"開設時間", "opening hours"}, "line": {"LINE", "LINE"},
		"mail": {"メール", "e-mail"}, "mid_year": {"中間", "mid-year"}, "mobile": {"携帯電話", "mobile phone"}, "national": {"国立", "national"}, "other": {"その他", "other"}, "partner": {"連携先", "partner"},
		"phone": {"電話", "phone"}, "post": {"郵便", "post"}, "private": {"私立", "private"}, "public": {"公立・公共", "public"}, "resume": {"履歴書", "résumé"}, "rule": {"数え方", "rule"},
		"sheet": {"相談票", "sheet"}, "site": {"所在地", "site"}, "sole_proprietor": {"個人事業主", "sole proprietor"}, "staff": {"職員", "staff"}, "survey": {"調査", "survey"}, "system": {"自動処理", "system"},
		"tour": {"体験ツアー", "tour"}, "trial_stay": {"お試し滞在", "trial stay"}, "unit": {"単位", "unit"}, "visit": {"来県", "visit"}, "wrong_number": {"間違い", "wrong number"},
	},
	"result": {
		"achieved": {"達成", "achieved"}, "done": {"完了", "done"}, "eligible": {"対象", "eligible"}, "failed": {"不一致", "failed"}, "full": {"全部", "full"}, "improper": {"不適正", "improper"},
		"no_answer": {"応答なし", "no answer"}, "not_achieved": {"未達成", "not achieved"}, "not_eligible": {"対象外", "not eligible"}, "not_needed": {"不要", "not needed"}, "ok": {"一致", "ok"},
		"partial": {"一部", "partial"}, "partly": {"一部達成", "partly achieved"}, "proper": {"適正", "proper"}, "refused": {"拒否", "refused"}, "unclear": {"分からない", "unclear"},
	},
	"merge_evidence": {
		"phone": {"電話が同じ", "same phone"}, "mail": {"メールが同じ", "same e-mail"}, "line": {"LINEが同じ", "same LINE"}, "birth": {"生年月日が同じ", "same day of birth"},
		"person_statement": {"本人に確かめた", "the person says so"}, "resident_record": {"住民票", "resident record"}, "partner_answer": {"市町村・連携先の回答", "answer of a partner"},
	},
	"signals": {
		"birth": {"生年月日", "birth"}, "kana": {"ふりがな", "reading"}, "kanji": {"漢字", "kanji"}, "line": {"LINE", "LINE"}, "mail": {"メール", "e-mail"}, "phone": {"電話", "phone"},
		"number": {"番号", "number"}, "residence": {"居住地", "residence"},
	},
	"step": {
		"applied": {"申込み", "applied"}, "contacted": {"連絡", "contacted"}, "met": {"面会", "met"}, "viewing": {"内見", "viewing"}, "waiting": {"待ち", "waiting"},
	},
	"topic": {
		"check_up": {"近況の確認", "check-up"}, "event_notice": {"催しの案内", "notice of an event"}, "material": {"資料", "material"}, "other": {"その他", "other"}, "reminder": {"約束の確認", "reminder"},
	},
	"answer": {
		"deleted": {"削除した", "deleted"}, "kept_by_law": {"法令により保持", "kept by law"}, "no_answer": {"応答なし", "no answer"},
	},
	"part": {
		"adult": {"大人", "adult"}, "child": {"子ども", "child"},
	},
	"partition": {
		"common": {"共通", "common"}, "job": {"仕事", "job"}, "reloc": {"移住", "relocation"},
	},
	"offer_kind": {
		"student": {"学生", "student"}, "experienced": {"既卒・転職", "experienced"},
	},
	"name_kind": {
		"legal": {"戸籍名", "legal name"}, "alias": {"通称", "alias"}, "former": {"旧姓", "former name"},
	},
	"stance": {
		"keep": {"残す", "keep"}, "dispose": {"廃棄する", "dispose"}, "other": {"その他", "other"},
	},
	"near_miss": {
		"not_yet_known": {"この時点では未記録", "not yet recorded then"}, "voided": {"取消", "voided"}, "date_imprecise": {"日付が不確か", "imprecise date"}, "other_controller": {"他県の記録", "other prefecture"},
		"other_desk": {"他の窓口", "another desk"}, "override_not_count": {"数えない指定", "marked not to count"}, "no_advice": {"助言なし", "no advice given"},
		"no_inbound": {"本人からの連絡なし", "nothing from the person"}, "channel": {"対象外の方法", "channel not counted"}, "same_day": {"同じ日の相談に合算", "joined to another of the same day"},
		"category": {"対象外の区分", "other category"}, "anonymous": {"匿名", "anonymous"}, "not_first": {"初めてではない", "not the first"}, "fell_through": {"決定後の取りやめ", "fell through"},
		"no_date": {"日付なし", "no date"}, "workplace_outside": {"勤務地が県外", "workplace outside"}, "contract": {"対象外の契約", "contract not counted"}, "residence_inside": {"県内在住", "lived inside"},
		"no_register": {"住民登録なし", "no register move"}, "unclassified": {"区分の判定なし", "not classified"}, "excluded_reason": {"対象外の理由", "excluded reason"},
		"predecessor_unknown": {"前任者が不明", "predecessor unknown"}, "decided_no": {"数えない判断", "decided not to count"}, "short_stay": {"短期の滞在", "short stay"}, "unconfirmed": {"未確認", "unconfirmed"},
		"grade_below": {"根拠の等級不足", "evidence below the grade"}, "earlier_outcome": {"前の期間の成果", "earlier outcome"}, "later_outcome": {"2回目以降の成果", "later outcome"},
		"not_owner": {"担当の窓口ではない", "not the owning desk"}, "no_session": {"この窓口の相談なし", "no session at the desk"}, "session_too_old": {"相談が36か月より前", "session too old"},
		"side_job": {"副業・兼業", "side job"}, "two_base": {"二地域居住", "two-base living"}, "gone": {"対象がなくなった", "nothing left to count"}, "other_member": {"同一人として合算", "counted as one with another"},
	},
	"trial": {"oka-trial-1": {"岡山県の数え方（婚姻・転勤の移住を数えない）", "Okayama's rule (no moves for marriage or by transfer)"}},
	"difference": {
		"late_entry": {"後日入力", "late entry"}, "amended": {"記録の修正", "amended"}, "voided": {"取消", "voided"}, "reassigned": {"付け替え", "reassigned"}, "merged": {"統合", "merged"},
		"unmerged": {"統合の取消", "unmerged"}, "identified": {"匿名の解消", "identified"}, "evidence": {"証憑の変更", "evidence changed"}, "reclassified": {"区分の変更", "reclassified"},
		"outcome_reversed": {"成果の取消", "outcome reversed"}, "period": {"期間の違い", "period differs"}, "definition": {"定義の違い", "definition differs"}, "erased": {"消去", "erased"},
	},
	"indicator": {
		"C0": {"相談件数", "Consultations"}, "C1": {"就業相談", "Job consultations"}, "C2": {"移住相談", "Relocation consultations"}, "C12": {"就業・移住の両方", "Both job and relocation"},
		"P0": {"相談者数", "Consultees"}, "P1": {"新規相談者", "New consultees"}, "J1": {"IJU就職者", "IJU placements"}, "R1": {"移住者", "Relocated persons"}, "R2": {"移住世帯", "Relocated households"},
		"K1": {"IJUターン就職者、移住者数", "IJU-turn placed or relocated persons"}, "K2": {"IJUターン就職・移住（件）", "IJU-turn cases"}, "A1": {"支援のみ", "Assisted only"},
		"S1": {"1年後定着", "Stayed after a year"}, "M1": {"総務省調査 窓口", "National survey, desk"}, "M2": {"総務省調査 イベント", "National survey, events"}, "B0": {"受付件数", "Receptions"},
		"V1": {"催し参加者", "Attendance at events"}, "L1": {"関係人口", "Related population"}, "U0": {"対象大学", "Universities in the list"}, "U1": {"協定締結校", "Universities with an agreement"},
	},
	"unit": {
		"sessions": {"件", "sessions"}, "persons": {"人", "persons"}, "mei": {"名", "persons"}, "households": {"世帯", "households"}, "cases": {"件", "cases"}, "heads": {"人", "heads"}, "schools": {"校", "universities"},
		"percent": {"％", "per cent"},
	},
	"unit_basis": {
		"gross": {"延べ", "gross"}, "distinct": {"実", "distinct"},
	},
	"category_group": {
		"job": {"就業", "job"}, "relocation": {"移住", "relocation"},
	},
	"timeline_group": {
		"consultation": {"相談", "consultation"}, "referral_job": {"紹介・就職", "referral and job"}, "relocation": {"移住", "relocation"}, "event": {"催し", "event"}, "system": {"登録・事務", "administration"},
	},
	"outcome_kind": {
		"job": {"就職", "placement"}, "move": {"転入", "move"}, "side_job": {"副業・兼業", "side job"}, "two_base": {"二地域居住", "two-base living"},
	},
	"notice_method": {
		"paper": {"紙を渡した", "on paper"}, "oral_signed": {"口頭と署名", "orally, signed"}, "oral_recorded": {"口頭で記録", "orally, recorded"}, "web": {"ウェブ", "on the web"},
	},
	"timeline_kind": {
		"consultation": {"相談", "consultation"}, "booking": {"約束", "appointment"}, "outcome_job": {"就職", "job"}, "outcome_move": {"移住", "relocation"}, "referral": {"紹介", "referral"}, "event": {"催し", "event"},
		"person": {"本人・同意", "person and consent"}, "case": {"支援の経過", "case"}, "system": {"自動処理", "system"},
	},
}
