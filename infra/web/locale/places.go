package locale

import (
	"strings"
	"unicode/utf8"
)

// places name what was open when somebody looked, by the first part of the address:
// the access log speaks of pages as their readers know them.
var places = map[string]pair{
	"today": {"今日", "today's work"}, "handover": {"担当の引継ぎ", "hand-over of cases"},
	"calendar": {"予定", "calendar"}, "feed": {"予定の配信", "calendar feed"}, "households": {"世帯", "a household"},
	"people": {"相談者のページ", "a person's page"}, "intake": {"受付", "reception"}, "duplicates": {"重複の候補", "duplicates"}, "records": {"記録のページ", "a record"}, "documents": {"文書照合", "check of a document"},
	"indicators": {"指標", "indicators"}, "differences": {"差の説明", "differences"}, "survey": {"総務省調査の回答", "return of the national survey"},
	"definitions": {"定義", "definitions"}, "sheets": {"工程表", "work plans"}, "ledger": {"公表台帳", "register"}, "figures": {"公表した数値", "a published figure"},
	"closing": {"締め", "closing"}, "after-close": {"締め後の動き", "after the closing"}, "monitors": {"記録の点検", "review of records"},
	"audit": {"記録の履歴", "record history"}, "audits": {"監査", "audits"}, "rights": {"開示等の請求", "rights requests"}, "volumes": {"簿冊", "record volumes"}, "outreach": {"催し", "events"}, "employers": {"求人・企業", "employers"}, "universities": {"大学との協定", "university agreements"},
	"erasures": {"消去", "erasures"}, "access-log": {"閲覧記録", "access log"}, "receipt": {"受付票", "receipts"}, "verify": {"検証", "verification"},
	"bundles": {"証明の束", "proof bundles"}, "confirmations": {"成果の確認", "confirmations"}, "referrals": {"紹介", "referrals"}, "partner": {"連携先のページ", "a partner's page"},
	"imports": {"台帳の取り込み", "import of ledgers"}, "exports": {"台帳の書き出し", "export of ledgers"},
	"status": {"動作の状態", "state of the system"}, "checkpoint": {"検証点", "checkpoint"},
	"emergencies": {"緊急閲覧", "emergency accesses"}, "line": {"LINEの受信", "LINE inbox"}, "line-state": {"LINEとの接続", "connection to LINE"}, "webhooks": {"外部への通知", "webhooks"},
}

// apart are pages that are called otherwise than the address they lie under.
var apart = map[string]pair{
	"GET /people": {"相談者の一覧", "list of people"}, "POST /people/search": {"相談者の検索", "people search"}, "GET /people/{id}/reason": {"開く理由", "reason to open"}, "POST /people/{id}/reason": {"開く理由", "reason to open"}, "GET /people/{id}/emergency": {"緊急閲覧", "emergency access"}, "POST /people/{id}/emergency": {"緊急閲覧", "emergency access"}, "GET /people/{id}/line": {"LINEのやりとり", "LINE messages"}, "POST /people/{id}/line": {"LINEのやりとり", "LINE messages"}, "GET /people/{id}/seen": {"だれが見たか", "who looked at a person"},
	"GET /people/{id}/household": {"世帯をつくる", "forming a household"}, "POST /people/{id}/household": {"世帯をつくる", "forming a household"},
	"GET /indicators/file": {"指標の書き出し", "export of indicators"}, "GET /records/{no}/proof": {"記録の証明", "proof of a record"},
	"GET /outreach/{no}/slips": {"参加票", "attendance slips"},
	"GET /volumes/{no}/list":   {"廃棄の一覧", "disposal list"}, "GET /rights/{no}/package/{kind}": {"開示する写し", "disclosure package"},
	"GET /referrals/{no}/letter": {"紹介状", "introduction paper"}, "GET /referrals/{no}/letter/pdf": {"紹介状", "introduction paper"}, "GET /people/{id}/refer": {"紹介の作成", "making a referral"},
	"GET /employers/books": {"求人・求職管理簿", "placement registers"}, "GET /employers/books/{kind}": {"求人・求職管理簿の書き出し", "export of the placement registers"},
	"GET /people/{id}/certificates": {"相談利用証明", "certificates of consultation"}, "POST /people/{id}/certificates": {"相談利用証明", "certificates of consultation"},
	"GET /records/{no}/certificate": {"相談利用証明", "certificates of consultation"}, "GET /records/{no}/certificate/pdf": {"相談利用証明", "certificates of consultation"},
	"GET /people/{id}/job": {"就職のページ", "a person's way to work"}, "POST /people/{id}/job": {"就職のページ", "a person's way to work"},
}

// Capital begins an English heading; other letters have no capitals.
func Capital(text string) string {
	_, first := utf8.DecodeRuneInString(text)
	return strings.ToUpper(text[:first]) + text[first:]
}

// placeNames are the names in one language.
func placeNames(of map[string]pair, language int) map[string]string {
	out := map[string]string{}
	for key, name := range of {
		out[key] = name[language]
	}
	return out
}

// Place names the page of a route as "GET /audits/{fy}"; a route of a program, and one
// without a name, stays as it is.
func (v Viewing) Place(route string) string {
	if name := v.Apart[route]; name != "" {
		return name
	}
	_, path, _ := strings.Cut(route, " /")
	area, _, _ := strings.Cut(path, "/")
	if name := v.Places[area]; name != "" {
		return name
	}
	return route
}
