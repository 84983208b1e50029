package locale

// Referrals is the board of referrals in both directions, the page of one, the form
// that refers a person, and the pages of a partner.
type Referrals struct {
	Title, Lead, Usual            string
	Columns                       map[string]string // by column
	ColumnHints                   map[string]string
	Directions                    map[string]string // all, out, in: tabs
	Out, In                       string            // chips
	Own, Everybody, Desks         string
	States, InwardStates          map[string]string
	ShareNow                      map[string]string // made, stopped
	Waits                         func(days int) string
	Colon                         string
	Heads                         func(n int) string // of a household
	BasisUsual                    string
	ReferText, ReferFields        string
	Over                          string // of the usual days
	Due                           func(day string) string
	Overdue                       func(days int) string
	Ended                         func(day string) string
	NameAfter, None, EndedSince   string
	Acts                          map[string]string // by state of an outgoing one
	InwardActs                    map[string]string
	Confidential, Restricted      string
	Record, RecordHeading         string
	RecordLead, From, Sender      string
	One                           func(purpose, partner string) string
	History, HistoryNone, Shared  string
	SharedNone, SharedOn          string
	Basis, Consent, Fields, Text  string
	FlagSent, ShareStates, Answer string
	Now, Person, Partner, Purpose string
	Begun, Sent, DueOn, Answered  string
	Link, LinkHint, Register      string
	Steps, StepsOver              string
	StepNames                     map[string]string // by command
	Letter, PDF                   string

	ReferTitle, ReferLead           string
	ReferHeading, Preview           string
	PreviewHeading, PreviewLead     string
	PreviewTo, PreviewBy, PreviewOn string
	SendNow, Change                 string
	WhyHint, FieldsHint, TextHint   string
	BasisHint, DueHint, NoticeHint  string
	ConsentNone, ConsentHint        string
	Officer, OfficerHint            string
	NoCase, ReferNew                string
	TextNeeded                      string

	PartnerTitle, PartnerLead   string
	PartnerMine, PartnerMade    string
	PartnerNone, PartnerSend    string
	PartnerSendLead, PartnerDo  string
	PartnerGone, PartnerNothing string
	PartnerShared               string
	PartnerSteps                map[string]string // by command
}

var japaneseReferrals = Referrals{
	Title: "紹介", Lead: "連携先へ出した紹介と、連携先から届いた紹介です。", Usual: "目安 7日（縦の線）",
	Columns:     map[string]string{"asked": "依頼中", "accepted": "受諾", "going": "進行", "done": "完了", "failed": "不成立"},
	ColumnHints: map[string]string{"asked": "返事を待つもの", "accepted": "受けてもらった・受けたもの", "going": "動いているもの", "done": "終わったもの", "failed": "断り・差戻し・取消"},
	Directions:  map[string]string{"": "両方", "out": "出した紹介", "in": "届いた紹介"},
	Out:         "出した", In: "届いた", Own: "自分の窓口", Everybody: "すべての窓口", Desks: "窓口",
	States: map[string]string{"proposed": "準備中", "agreed": "同意済み・未送付", "sent": "返事待ち", "received": "受領・返事待ち", "lapsed": "期限切れ", "accepted": "受諾", "in_progress": "進行中",
		"completed": "完了", "declined": "不成立", "returned": "差戻し", "cancelled": "取消"},
	InwardStates: map[string]string{"sent": "こちらの返事待ち", "accepted": "受けた", "linked": "対応中", "completed": "結果を返した", "declined": "断った", "withdrawn": "取下げ"},
	ShareNow:     map[string]string{"made": "提供中", "stopped": "提供を停止"},
	Waits:        func(n int) string { return number(n) + "日" }, Over: "目安を超過",
	Due:     func(day string) string { return "期限 " + day },
	Overdue: func(n int) string { return number(n) + "日超過" },
	Ended:   func(day string) string { return day + " 終了" },
	Colon:   "：", Heads: func(n int) string { return number(n) + "人" }, BasisUsual: "連携先の通常の根拠", ReferText: "伝える文", ReferFields: "伝える項目",
	NameAfter: "（氏名は受諾後に表示）", None: "ありません", EndedSince: "終わったものは90日前まで。",
	Acts:         map[string]string{"proposed": "同意を記録する", "agreed": "送る", "sent": "返事を記録する", "received": "返事を記録する", "lapsed": "送り直す・やめる", "accepted": "やりとりを見る", "in_progress": "やりとりを見る"},
	InwardActs:   map[string]string{"sent": "受ける・断る", "accepted": "相談者に結び付ける", "linked": "結果を返す"},
	Confidential: "秘匿", Restricted: "利用制限",
	Record: "届いた紹介を記録する", RecordHeading: "連携先からの紹介（文書・電話）を記録する", RecordLead: "氏名と連絡先は暗号化します。受けるまで一覧に名前は出ません。", From: "紹介元", Sender: "紹介元",
	One:     func(purpose, partner string) string { return partner + "：" + purpose },
	History: "やりとり", HistoryNone: "まだありません。", Shared: "伝えた内容", SharedNone: "まだ何も伝えていません。", SharedOn: "伝えた日",
	Basis: "提供の根拠", Consent: "同意", Fields: "伝えた項目", Text: "伝えた文", FlagSent: "秘匿の印を添えた（内容は伝えていない）", ShareStates: "いまの扱い", Answer: "相手の回答",
	Now: "いまの段階", Person: "相談者", Partner: "連携先", Purpose: "用件", Begun: "始めた日", Sent: "送った日", DueOn: "返事の期限", Answered: "返事の日",
	Link: "相談者に結び付ける", LinkHint: "相談者の番号（P-00012 など）。まだ登録がなければ、先に受付で登録してください。", Register: "受付で探す・登録する",
	Steps: "次にすること", StepsOver: "この紹介は終わりました。",
	StepNames: map[string]string{"case.agree_referral": "同意・根拠を記録する", "case.send_referral": "送る", "case.resend_referral": "送り直す", "case.receive_referral": "受領の連絡があった", "case.accept_referral": "受けてもらえた",
		"case.decline_referral": "受けてもらえなかった", "case.progress_referral": "途中の連絡を記録する", "case.return_referral": "差し戻された", "case.complete_referral": "終わった（結果を記録する）", "case.cancel_referral": "取り消す",
		"partner.accept_inward": "受ける", "partner.decline_inward": "断る", "partner.link_inward": "相談者に結び付ける", "partner.answer_inward": "紹介元へ結果を返す", "partner.withdraw_inward": "紹介元が取り下げた"},
	Letter: "紹介状", PDF: "PDFで保存",

	ReferTitle: "連携先へ紹介する", ReferLead: "送る前に、伝える内容をそのまま確かめます。", ReferHeading: "紹介の内容", Preview: "内容を確かめる",
	PreviewHeading: "この内容を送ります", PreviewLead: "下のとおり連携先に見えます。秘匿の事情、ほかの項目、相談の記録は見えません。", PreviewTo: "送り先", PreviewBy: "根拠", PreviewOn: "返事の期限",
	SendNow: "送る", Change: "直す", WhyHint: "控え。連携先には見えません。", FieldsHint: "選んだ項目だけを下の文に入れます。", TextHint: "連携先が読む文です。空のまま「内容を確かめる」を押すと、選んだ項目から下書きを作ります。",
	BasisHint: "選ばないときは、連携先に決めてある通常の根拠を使います。", DueHint: "例：来週金、2月28日", NoticeHint: "示した利用目的の版", ConsentNone: "有効な同意はありません", ConsentHint: "同意を根拠にするときに選びます。",
	Officer: "承認した個人情報担当", OfficerHint: "秘匿の相談者について伝えるには、個人情報担当の承認が要ります。", NoCase: "進行中の件がないため、紹介できません。", ReferNew: "連携先へ紹介する", TextNeeded: "伝える文を入れてください。",

	PartnerTitle: "紹介", PartnerLead: "貴団体への紹介と、貴団体からの紹介です。ほかの記録は見えません。", PartnerMine: "届いた紹介", PartnerMade: "お送りいただいた紹介", PartnerNone: "ありません。",
	PartnerSend: "相談者を紹介する", PartnerSendLead: "氏名と連絡先は暗号化して保存し、窓口が受けるまで表示しません。", PartnerDo: "返事をする", PartnerGone: "提供を止めたため、内容は表示しません。",
	PartnerNothing: "この紹介について、いまできることはありません。", PartnerShared: "届いた内容",
	PartnerSteps: map[string]string{"case.receive_referral": "受け取った", "case.accept_referral": "受ける", "case.decline_referral": "受けられない", "case.progress_referral": "途中経過を知らせる",
		"case.return_referral": "差し戻す", "case.complete_referral": "終わった（結果を知らせる）", "partner.withdraw_inward": "取り下げる"},
}

var englishReferrals = Referrals{
	Title: "Referrals", Lead: "What we sent to partners and what partners sent to us.", Usual: "usual 7 days (the line)",
	Columns:     map[string]string{"asked": "Asked", "accepted": "Accepted", "going": "Under way", "done": "Done", "failed": "Not taken"},
	ColumnHints: map[string]string{"asked": "waiting for an answer", "accepted": "taken on", "going": "something is happening", "done": "over, with a result", "failed": "declined, returned or called off"},
	Directions:  map[string]string{"": "Both ways", "out": "Sent", "in": "Received"},
	Out:         "sent", In: "received", Own: "My desk", Everybody: "All desks", Desks: "Desks",
	States: map[string]string{"proposed": "being prepared", "agreed": "agreed, not sent", "sent": "awaiting answer", "received": "received, awaiting answer", "lapsed": "lapsed", "accepted": "accepted", "in_progress": "under way",
		"completed": "completed", "declined": "declined", "returned": "returned", "cancelled": "called off"},
	InwardStates: map[string]string{"sent": "awaits our answer", "accepted": "accepted", "linked": "being helped", "completed": "result told", "declined": "declined", "withdrawn": "withdrawn"},
	ShareNow:     map[string]string{"made": "shared", "stopped": "sharing stopped"},
	Waits:        func(n int) string { return plural(n, "day", "days") }, Over: "over the usual time",
	Due:     func(day string) string { return "due " + day },
	Overdue: func(n int) string { return plural(n, "day", "days") + " overdue" },
	Ended:   func(day string) string { return "over on " + day },
	Colon:   ": ", Heads: func(n int) string { return plural(n, "person", "people") }, BasisUsual: "The partner's usual basis", ReferText: "Text to send", ReferFields: "Items to tell",
	NameAfter: "(name shown once accepted)", None: "none", EndedSince: "Those that are over: back to 90 days ago.",
	Acts:         map[string]string{"proposed": "Record the agreement", "agreed": "Send", "sent": "Record the answer", "received": "Record the answer", "lapsed": "Send again or stop", "accepted": "See what happened", "in_progress": "See what happened"},
	InwardActs:   map[string]string{"sent": "Accept or decline", "accepted": "Link to a person", "linked": "Tell the result"},
	Confidential: "confidential", Restricted: "restricted",
	Record: "Record one that came in", RecordHeading: "Record a referral that came by letter or phone", RecordLead: "Name and contacts are sealed. No name shows in lists until it is accepted.", From: "Referred by", Sender: "Referred by",
	One:     func(purpose, partner string) string { return partner + ": " + purpose },
	History: "What happened", HistoryNone: "Nothing yet.", Shared: "What was told", SharedNone: "Nothing was told yet.", SharedOn: "Told on",
	Basis: "Basis of sharing", Consent: "Consent", Fields: "Items told", Text: "Text as sent", FlagSent: "The confidentiality flag went along (its details did not)", ShareStates: "How it stands", Answer: "Their answer",
	Now: "Now", Person: "Person", Partner: "Partner", Purpose: "Purpose", Begun: "Begun on", Sent: "Sent on", DueOn: "Answer due", Answered: "Answered on",
	Link: "Link to a person", LinkHint: "The person's number, such as P-00012. If there is no record yet, register the person first.", Register: "Find or register",
	Steps: "Next steps", StepsOver: "This referral is over.",
	StepNames: map[string]string{"case.agree_referral": "Record the basis", "case.send_referral": "Send", "case.resend_referral": "Send again", "case.receive_referral": "They have received it", "case.accept_referral": "They accept",
		"case.decline_referral": "They decline", "case.progress_referral": "Record a step", "case.return_referral": "They return it", "case.complete_referral": "It is done (record the result)", "case.cancel_referral": "Call it off",
		"partner.accept_inward": "Accept", "partner.decline_inward": "Decline", "partner.link_inward": "Link to a person", "partner.answer_inward": "Tell the sender the result", "partner.withdraw_inward": "The sender withdrew it"},
	Letter: "Introduction paper", PDF: "Save as PDF",

	ReferTitle: "Refer to a partner", ReferLead: "Before anything is sent you see exactly what goes out.", ReferHeading: "The referral", Preview: "Check what will be sent",
	PreviewHeading: "This will be sent", PreviewLead: "The partner sees the text below. Reasons of confidentiality, other items and the notes of consultations are not shown.", PreviewTo: "To", PreviewBy: "Basis", PreviewOn: "Answer due",
	SendNow: "Send", Change: "Change", WhyHint: "For us. The partner does not see it.", FieldsHint: "Only the items chosen go into the text below.", TextHint: "What the partner reads. Leave it empty and press Check: a draft is made of the items chosen.",
	BasisHint: "If none is chosen, the usual basis of the partner is used.", DueHint: "For example: next Friday, 28 Feb", NoticeHint: "Version of the purpose notice that was shown", ConsentNone: "No consent is in force", ConsentHint: "Choose one where consent is the basis.",
	Officer: "Privacy officer who approved", OfficerHint: "To share anything of a confidential person a privacy officer has to approve it.", NoCase: "There is no open case, so nothing can be referred.", ReferNew: "Refer to a partner", TextNeeded: "Enter the text to send.",

	PartnerTitle: "Referrals", PartnerLead: "Referrals to you and from you. No other record is shown.", PartnerMine: "Referred to you", PartnerMade: "Referred by you", PartnerNone: "None.",
	PartnerSend: "Refer somebody", PartnerSendLead: "Name and contacts are sealed and not shown until the office accepts.", PartnerDo: "Answer", PartnerGone: "Sharing was stopped: the content is no longer shown.",
	PartnerNothing: "There is nothing to do for this referral now.", PartnerShared: "What was told to you",
	PartnerSteps: map[string]string{"case.receive_referral": "We have it", "case.accept_referral": "Accept", "case.decline_referral": "Decline", "case.progress_referral": "Tell a step",
		"case.return_referral": "Return it", "case.complete_referral": "It is done (tell the result)", "partner.withdraw_inward": "Withdraw it"},
}
