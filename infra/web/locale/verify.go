package locale

import "fmt"

// Verify is what the pages of verification, bundles and certificates say.
type Verify struct {
	Title, Lead                   string
	TitleOf                       func(year string) string
	YearsTitle, YearsText         string
	NoYears, NoYearsText          string
	Seals                         func(n int, last string) string
	Verify, Audit, Public         string
	EditionsText                  string
	AuditDenied                   string
	FileTitle, FileText, File     string
	FileHint                      string
	Limit                         func(mb int) string
	More, KeysField, KeysHint     string
	Held, HeldHint, NotKept       string
	Gone, Submit, Again           string
	Waiting                       string
	Making, Queued                string
	Counting                      func(read, all int) string
	Meter, Failures               string
	Verdicts, VerdictTexts        map[string]string // by the word of an exit
	Recounted                     func(seals, events int) string
	OwnKeys, GivenKeys            string
	CheckedBy                     func(at, name string) string
	Edition, Events, Fingerprint  string
	Groups                        map[string]string // of checks
	Editions                      map[string]string
	Bytes, EventsN                func(n int) string
	EventRange                    func(from, to int) string
	Figures, Figure, Counted      string
	SealedValue, Known, Outcome   string
	Same, Differs, NotCounted     string
	Checks                        string
	Marks                         map[string]string
	Offline, OfflineText          string
	OfflineGet, OfflineBuild      string
	KeysGet                       string
	LimitsTitle                   string
	Limits                        []string
	Certificate, CertificateGet   string
	CertificatePDF                string
	CertificateOf                 func(number string) string
	CertificateMark               string
	CertificateLead               string
	TheFigure, TheSeal, TheTree   string
	Witnesses, Keys, ByHand       string
	DefinitionDigest, MemberCount string
	Over, SealedOn, SealDigest    string
	SealPosition, Previous        string
	NoPrevious, Replaces          string
	NoReplaces, SealText          string
	TreeSize, TreeRoot            string
	CheckpointText, KeysText      string
	Witnessed                     func(names string, size, quorum int) string
	NoWitness                     string
	Steps                         func(year, file string) []string
	CertificateFoot               func(at string, position int) []string
	FlagPage                      string
}

var japaneseVerify = Verify{
	Title: "数値の検証", Lead: "公表した数値を、証拠一式（ZIP）から数え直します。手元で使う検証プログラムと同じものが、この場で一つずつ確かめます。",
	TitleOf:    func(year string) string { return "数値の検証　" + year },
	YearsTitle: "封印された年度", YearsText: "この記録から証拠一式を作り、その場で検証します。受け取ったファイルは「ファイルを検証する」で確かめます。",
	NoYears: "封印された数値はまだありません。", NoYearsText: "責任者が ayumi seal で数値に署名すると、年度ごとにここへ並びます。",
	Seals:  func(n int, last string) string { return fmt.Sprintf("封印 %d通・最後は%s", n, last) },
	Verify: "検証する", Audit: "監査版", Public: "公開版",
	EditionsText: "監査版は、すべての出来事の事実（番号・区分・日付。氏名や連絡先は入りません）を含み、数え直せます。公開版は出来事を含まず、封印・定義・指紋だけを確かめられます。書き出したことは閲覧記録に残ります。",
	AuditDenied:  "監査版は監査と責任者が書き出せます。",
	FileTitle:    "ファイルを検証する", FileText: "証拠一式を選んでください。いくつかの年度は、年度の順に一度に渡します。", File: "証拠一式（FY….figures.zip）", FileHint: "ファイルをここに落とすこともできます。",
	Limit: func(mb int) string {
		return fmt.Sprintf("合わせて%dMBまで。大きいものは、手元の検証プログラムで確かめてください。", mb)
	},
	More: "鍵や前の封印も使う", KeysField: "別の道で受け取った公開鍵", KeysHint: "空なら、この記録の鍵で確かめます。ほかの県の一式には、その県の鍵を貼り付けてください（log …、figures … の行）。",
	Held: "手元に残してある前の封印（.note）", HeldHint: "これがあると、歴史の書き換えが分かります（E201、E143）。", NotKept: "ファイルは検証のあいだだけ置き、終わると消します。結果は1時間見られます。",
	Gone: "その検証の結果はもうありません。結果は1時間だけ残ります。もう一度検証してください。", Submit: "検証する", Again: "もう一度検証する",
	Waiting: "検証しています",
	Making:  "証拠一式を作っています…", Queued: "順番を待っています…",
	Counting: func(read, all int) string {
		return fmt.Sprintf("出来事を数え直しています… %s ／ %s バイト", number(read), number(all))
	},
	Meter: "検証の進み", Failures: "合わなかったこと",
	Verdicts: map[string]string{
		"verified": "検証できました。記載値と、記録からの再計算が一致しました", "wrong": "検証できません。一致しないところがあります",
		"unreadable": "読み取れません。証拠一式ではないか、壊れています", "partial": "一部だけ確かめました",
	},
	VerdictTexts: map[string]string{
		"wrong":      "このファイルの数値を使わないでください。下の符号と、はじめに合わない区画を、書き出した人に伝えてください。",
		"unreadable": "ファイルを受け取り直してください。途中で切れたか、書き換えられたか、別のファイルです。",
		"partial":    "確かめられなかったことがあります（！の行）。数値を数え直すには監査版が要ります。",
	},
	Recounted: func(seals, events int) string {
		return fmt.Sprintf("%d通の封印を、出来事%s件から数え直した結果です。", seals, number(events))
	},
	OwnKeys: "この記録の鍵で確かめました。", GivenKeys: "渡された鍵で確かめました。",
	CheckedBy: func(at, name string) string { return "検証 " + at + "　" + name },
	Edition:   "版", Events: "出来事", Fingerprint: "大きさとSHA-256",
	Groups:   map[string]string{"recount": "数え直し", "definition": "定義", "intact": "改ざんがないこと", "chain": "つながり", "signed": "署名", "file": "ファイル"},
	Editions: map[string]string{"audit": "監査", "public": "公開"},
	Bytes:    func(n int) string { return number(n) + " バイト" }, EventsN: func(n int) string { return number(n) + "件" },
	EventRange: func(from, to int) string { return fmt.Sprintf("#%d〜#%d", from, to) },
	Figures:    "数値", Figure: "指標と期間", Counted: "再計算", SealedValue: "封印", Known: "知っていた時点", Outcome: "結果",
	Same: "一致", Differs: "不一致", NotCounted: "数え直していない",
	Checks: "確かめたこと", Marks: map[string]string{"ok": "合っている", "ng": "合わない", "warn": "確かめられない・注意"},
	Offline: "手元で同じ検証をする", OfflineText: "サーバーを信じる必要はありません。ネットワークのない部屋でも同じ検証ができます。鍵は、このファイルとは別の道で受け取ってください。",
	OfflineGet: "検証ページ（HTML 1ファイル）", OfflineBuild: "1ファイルの検証ページは go run ./cmd/ayumi-verify-page で作れます（管理者は ayumi serve --verify-page で配れます）。", KeysGet: "公開鍵（keys.txt）",
	LimitsTitle: "この検証で分からないこと",
	Limits: []string{
		"記録されなかった出来事と、誤って、または偽って入力された出来事は、どの計算でも分かりません。",
		"これらには、証拠の程度、紹介する人と確認する人を分けること、受付票、外部の台帳との突合で備えています。証拠の程度は公表台帳に示します。",
	},
	Certificate: "検証証明書", CertificateGet: "検証証明書", CertificatePDF: "PDFで保存", CertificateOf: func(no string) string { return "検証証明書　" + no },
	CertificateMark: "検証証明書", CertificateLead: "この数値が、どの定義で、どの出来事から数えられ、誰の鍵で封印されたかを示します。個人の情報は含みません。",
	TheFigure: "数値", TheSeal: "封印", TheTree: "記録の木（指紋）", Witnesses: "証人", Keys: "公開鍵", ByHand: "自分で確かめる手順",
	DefinitionDigest: "定義のSHA-256", MemberCount: "数えた出来事の数", Over: "分子／分母", SealedOn: "封印した日", SealDigest: "封印のSHA-256", SealPosition: "記録の中の位置",
	Previous: "前の封印", NoPrevious: "なし（最初の封印）", Replaces: "訂正する封印", NoReplaces: "なし", SealText: "責任者が、サーバーではない端末で署名した文です。",
	TreeSize: "木に入っている出来事", TreeRoot: "木の根", CheckpointText: "封印のときの、記録の署名つき指紋です。", KeysText: "この鍵を、別の道で受け取った鍵と見比べてください。",
	Witnessed: func(names string, size, quorum int) string {
		return fmt.Sprintf("%s件の時点の指紋に、%sが署名しています（必要 %d）。", number(size), names, quorum)
	},
	NoWitness: "ほかの施設の証人の署名は、まだありません。書き換えに気づくには、指紋の控えを外に残してください。",
	Steps: func(year, file string) []string {
		return []string{
			"公表台帳から" + year + "の監査版 " + file + " を受け取り、公開鍵は別の道（書面など）で受け取ります。",
			"ayumi-verify --keys keys.txt " + file + " を実行します（Linux・Windows・macOS）。または1ファイルの検証ページを開き、ファイルを落とします。",
			"プログラムを使わないときは、一式の中の README.txt の手順（15行ほど）を、好きな言語で書きます。",
			"得られた値、木の根、封印のSHA-256を、この証明書と見比べます。",
			"前の年の封印を残していれば、--held で渡します。続いていなければ E143 か E201 が出ます。",
			"終わりの値が0なら検証済み、1は不一致、2は読み取れない、3は一部だけです。",
		}
	},
	CertificateFoot: func(at string, position int) []string {
		return []string{fmt.Sprintf("%s に作成。封印は記録 #%d にあります。", at, position)}
	},
	FlagPage: "配る検証ページ（ayumi-verify-page が作ったHTML）",
}

var englishVerify = Verify{
	Title: "Verify figures", Lead: "Published figures are counted again from a proof bundle (ZIP). The program is the same as the one for your own machine, and each check is shown.",
	TitleOf:    func(year string) string { return "Verify figures: " + year },
	YearsTitle: "Sealed fiscal years", YearsText: "A bundle is made from these records and verified at once. Files that you received are checked under “Verify a file”.",
	NoYears: "No figure is sealed yet.", NoYearsText: "Fiscal years appear here once an officer has signed figures with ayumi seal.",
	Seals: func(n int, last string) string {
		if n == 1 {
			return "1 seal, " + last
		}
		return fmt.Sprintf("%d seals, the last on %s", n, last)
	},
	Verify: "Verify", Audit: "Audit edition", Public: "Public edition",
	EditionsText: "The audit edition holds the facts of every event (numbers, codes, dates; no names or addresses) and can be counted again. The public edition holds no events: seals, definitions and hashes can be checked. Each file handed out is written to the access log.",
	AuditDenied:  "The audit edition is for auditors and managers.",
	FileTitle:    "Verify a file", FileText: "Choose a bundle. Give several years at once, in order.", File: "Bundle (FY….figures.zip)", FileHint: "You can drop the file here.",
	Limit: func(mb int) string {
		return fmt.Sprintf("%d MB at most, together. Check larger ones with the program on your own machine.", mb)
	},
	More: "Use keys or an earlier seal", KeysField: "Public keys that reached you by another way", KeysHint: "Empty: the keys of these records. For a bundle of another prefecture paste its keys (lines log …, figures …).",
	Held: "A seal you kept from before (.note)", HeldHint: "With it, rewritten history is found (E201, E143).", NotKept: "Files are held while they are verified and removed after. The result can be seen for an hour.",
	Gone: "The result of that verification is gone: results are kept for an hour. Verify again.", Submit: "Verify", Again: "Verify another",
	Waiting: "Verifying",
	Making:  "Making the bundle…", Queued: "Waiting for its turn…",
	Counting: func(read, all int) string {
		return fmt.Sprintf("Counting the events again… %s of %s bytes", number(read), number(all))
	},
	Meter: "Progress of the verification", Failures: "What does not hold",
	Verdicts: map[string]string{
		"verified": "Verified: the stated figures equal the recount from the records", "wrong": "Not verified: something does not hold",
		"unreadable": "Unreadable: this is no bundle, or it is damaged", "partial": "Verified in part",
	},
	VerdictTexts: map[string]string{
		"wrong":      "Do not use the figures of this file. Tell whoever made it the codes below and the first block that does not hold.",
		"unreadable": "Ask for the file again: it was cut short or changed, or it is another file.",
		"partial":    "Some things could not be looked at (lines with !). To count the figures again, use the audit edition.",
	},
	Recounted: func(seals, events int) string {
		return fmt.Sprintf("Seals: %d, counted again from %s events.", seals, number(events))
	},
	OwnKeys: "Checked by the keys of these records.", GivenKeys: "Checked by the keys you gave.",
	CheckedBy: func(at, name string) string { return "Verified " + at + ", " + name },
	Edition:   "Edition", Events: "Events", Fingerprint: "Size and SHA-256",
	Groups:   map[string]string{"recount": "Recount", "definition": "Definitions", "intact": "Nothing altered", "chain": "Continuity", "signed": "Signatures", "file": "File"},
	Editions: map[string]string{"audit": "audit", "public": "public"},
	Bytes:    func(n int) string { return number(n) + " bytes" }, EventsN: func(n int) string { return number(n) + " events" },
	EventRange: func(from, to int) string { return fmt.Sprintf("#%d to #%d", from, to) },
	Figures:    "Figures", Figure: "Indicator and period", Counted: "Recounted", SealedValue: "Sealed", Known: "As known at", Outcome: "Outcome",
	Same: "Equal", Differs: "Differs", NotCounted: "Not recounted",
	Checks: "What was checked", Marks: map[string]string{"ok": "holds", "ng": "does not hold", "warn": "not checked, or worth knowing"},
	Offline: "Verify on your own machine", OfflineText: "You need not trust this server. The same check runs in a room without a network. Take the keys by another way than this file.",
	OfflineGet: "Verifier (one HTML file)", OfflineBuild: "go run ./cmd/ayumi-verify-page makes a verifier in one HTML file (an operator hands it out with ayumi serve --verify-page).", KeysGet: "Public keys (keys.txt)",
	LimitsTitle: "What this does not show",
	Limits: []string{
		"No computation shows an event that was never recorded, or one that was typed in wrongly or falsely.",
		"Against those stand evidence grades, two different people for introducing and confirming, receipts, and cross-checks with outside registers. The register shows the evidence grades.",
	},
	Certificate: "Certificate", CertificateGet: "Certificate", CertificatePDF: "Save as PDF", CertificateOf: func(no string) string { return "Certificate of " + no },
	CertificateMark: "Certificate", CertificateLead: "This shows by which definition and from which events the figure was counted, and whose key sealed it. It holds no personal data.",
	TheFigure: "Figure", TheSeal: "Seal", TheTree: "Tree over the records", Witnesses: "Witnesses", Keys: "Public keys", ByHand: "How to check it yourself",
	DefinitionDigest: "SHA-256 of the definition", MemberCount: "Events counted", Over: "Numerator/denominator", SealedOn: "Sealed on", SealDigest: "SHA-256 of the seal", SealPosition: "Place in the records",
	Previous: "Seal before", NoPrevious: "none (the first seal)", Replaces: "Corrects the seal", NoReplaces: "none", SealText: "The text that an officer signed away from the server.",
	TreeSize: "Events in the tree", TreeRoot: "Root of the tree", CheckpointText: "The signed tree head at the time of sealing.", KeysText: "Compare these keys with those that reached you by another way.",
	Witnessed: func(names string, size, quorum int) string {
		return fmt.Sprintf("The tree head at %s events is signed by %s (%d asked for).", number(size), names, quorum)
	},
	NoWitness: "No witness outside has signed yet. Keep copies of the tree head elsewhere, so that a rewrite is noticed.",
	Steps: func(year, file string) []string {
		return []string{
			"Get the audit edition of " + year + " from the register, " + file + ", and the public keys by another way, such as on paper.",
			"Run ayumi-verify --keys keys.txt " + file + " (Linux, Windows, macOS), or open the verifier in one HTML file and give it the bundle.",
			"Without the program: write the steps of README.txt in the bundle (some 15 lines) in a language of your choice.",
			"Compare the value, the root and the SHA-256 of the seal with this certificate.",
			"If you kept a seal of the year before, give it with --held. E143 or E201 appear if the records do not follow it.",
			"Exit 0 is verified, 1 not verified, 2 unreadable, 3 verified in part.",
		}
	},
	CertificateFoot: func(at string, position int) []string {
		return []string{fmt.Sprintf("Made %s. The seal is record #%d.", at, position)}
	},
	FlagPage: "verifier to hand out (HTML by ayumi-verify-page)",
}

// bundleRefusalTexts are the refusals of bundles and of what is given with them.
var bundleRefusalTexts = map[string]pair{
	"bundle.none":       {"検証するファイルがありません。証拠一式（ZIP）を選んでください。", "There is nothing to verify. Choose a bundle (ZIP)."},
	"bundle.empty":      {"ファイルが空です。中身のある証拠一式を選んでください。", "The file is empty. Choose a bundle with content."},
	"bundle.too_large":  {"ファイルが大きすぎます。合わせて{most}MBまでです。大きいものは手元の検証プログラムで確かめてください。", "The files are too large: {most} MB together at most. Check larger ones with the program on your own machine."},
	"bundle.stopped":    {"検証していたサーバーが止まりました。もう一度始めてください。", "The server that was verifying stopped. Begin again."},
	"bundle.busy":       {"ほかの検証が続いていて、いまは始められません。少し待って、もう一度押してください。", "Other verifications are going on. Wait a little and try again."},
	"bundle.too_long":   {"検証が10分で終わらなかったので止めました。手元の検証プログラムで確かめてください。", "The verification was stopped after 10 minutes. Use the program on your own machine."},
	"bundle.keys":       {"公開鍵として読めません。「log …」「figures …」の行を、そのまま貼り付けてください。", "These are no public keys. Paste the lines log … and figures … as they are."},
	"bundle.held":       {"この鍵で署名された封印ではありません。残してある .note ファイルを選んでください。", "This is no seal signed by these keys. Choose the .note file you kept."},
	"bundle.not_sealed": {"その年度には封印された数値がありません。封印された年度を選んでください。", "No figure of that year is sealed. Choose a sealed year."},
	"bundle.edition":    {"その版はありません。audit か public を選んでください。", "There is no such edition. Choose audit or public."},
	"bundle.foreign":    {"ほかの県の記録も入るため、監査版は渡せません。公開版を使うか、管理者に ayumi bundle を頼んでください。", "The audit edition would hold records of another prefecture too. Use the public edition, or ask the administrator for ayumi bundle."},
}
