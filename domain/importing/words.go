package importing

import (
	"slices"

	"ayumi/domain"
)

// Field is something a column of a ledger can hold.
type Field struct {
	Name  string
	List  string // code list of its values, "" where it is no code; AccountList: the counsellors of the office
	Many  bool   // several values in one cell
	heads []string
}

// AccountList is the list of a field whose values are accounts.
const AccountList = "account"

// Fields are all of them, in the order in which they are shown.
var Fields = []Field{
	{Name: "record", heads: words("記録番号 記録 record")},
	{Name: "no", heads: words("番号 no 整理番号 受付番号 相談者番号 id 登録番号 通し番号")},
	{Name: "name", heads: words("氏名 名前 お名前 相談者 相談者名 相談者氏名 相談者名前 name")},
	{Name: "family", heads: words("姓 氏 苗字 名字 family")},
	{Name: "given", heads: words("名 given")},
	{Name: "kana", heads: words("ふりがな よみ よみがな 氏名カナ 氏名かな カナ氏名 かな 読み kana")},
	{Name: "family_kana", heads: words("セイ 姓カナ 姓かな 姓ふりがな")},
	{Name: "given_kana", heads: words("メイ 名カナ 名かな 名ふりがな")},
	{Name: "birth", heads: words("生年月日 誕生日 生年 birth")},
	{Name: "age", heads: words("年齢 年代 年齢層 age")},
	{Name: "sex", List: "sex", heads: words("性別 sex")},
	{Name: "phone", heads: words("電話番号 電話 tel 連絡先 連絡先電話 携帯 携帯電話 携帯番号 phone mobile")},
	{Name: "mail", heads: words("メール メールアドレス mail email アドレス")},
	{Name: "line", heads: words("line lineid lineアカウント")},
	{Name: "postal", heads: words("郵便番号 〒")},
	{Name: "address", heads: words("住所 現住所 居住地 address")},
	{Name: "residence_pref", List: "pref", heads: words("都道府県 居住都道府県 現居住地 居住県 県 prefecture")},
	{Name: "school", heads: words("学校 学校名 大学 大学名")},
	{Name: "student", List: "flag", heads: words("学生 学生区分 student")},
	{Name: "lead_source", List: "lead_source", heads: words("きっかけ 来所経路 経路 知ったきっかけ 認知経路")},
	{Name: "held_on", heads: words("相談日 日付 年月日 月日 対応日 来所日 面談日 受付日 相談年月日 date")},
	{Name: "started_at", heads: words("時間 時刻 開始時刻 開始 相談時間 対応時間 time")},
	{Name: "ended_at", heads: words("終了時刻 終了 end")},
	{Name: "channel", List: "channel", heads: words("相談方法 方法 手段 対応方法 相談形態 形態 来所区分 channel")},
	{Name: "categories", List: "category", Many: true, heads: words("相談種別 種別 区分 相談区分 相談分野 分野 項目 相談項目 category")},
	{Name: "outcome", List: "session_outcome", heads: words("結果 対応結果 処理 outcome")},
	{Name: "attendee_count", heads: words("人数 相談人数 来所人数 attendees")},
	{Name: "note", heads: words("相談内容 内容 相談概要 概要 記録 備考 メモ note")},
	{Name: "answer", heads: words("回答 対応内容 回答内容 対応 answer")},
	{Name: "homework", heads: words("宿題 次回 今後の予定 次回予定 homework")},
	{Name: "counsellor", List: AccountList, heads: words("担当 担当者 担当者名 相談員 担当相談員 対応者 counsellor")},
}

// FieldOf answers a field by name.
func FieldOf(name string) (Field, bool) {
	for _, f := range Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// Codes are the codes that a field may hold; nil where it is no code.
func (f Field) Codes() []string {
	switch f.List {
	case "":
		return nil
	case "sex":
		return []string{"male", "female", "other"}
	case "flag":
		return []string{"1", "0"}
	case AccountList:
		return []string{}
	}
	return domain.Codes[f.List]
}

// Has tells whether a field may hold a code. Which accounts there are is the caller's
// to know.
func (f Field) Has(code string) bool {
	return slices.Contains(f.Codes(), code) || f.List == AccountList && domain.IDForm(code)
}

// said are the words that ledgers use for a code, beside the code itself.
var said = map[string]map[string][]string{
	"sex":  {"male": words("男 男性 m"), "female": words("女 女性 f"), "other": words("その他 回答しない")},
	"flag": {"1": words("○ 〇 ◯ ✓ レ 学生 はい 有 あり yes 1 大学生 在学"), "0": words("× ✕ - 社会人 いいえ 無 なし no 0 一般")},
	"channel": {
		"in_person": words("来所 来所面談 面談 対面 窓口 来訪 来室"), "phone": words("電話 tel 電話相談 ℡"), "email": words("メール mail eメール e-mail 電子メール"),
		"online": words("オンライン オンライン面談 web web面談 zoom teams meet オンライン相談"), "line": words("line ライン"), "letter": words("郵送 手紙 fax ファックス 文書"),
		"visiting_desk": words("出張相談 出張 出張窓口"), "fair_booth": words("フェア ブース 移住フェア 相談会"), "seminar_individual": words("セミナー セミナー個別相談 個別相談"),
		"tour": words("ツアー 体験ツアー ツアー同行"), "home_visit": words("訪問 家庭訪問"), "other": words("その他"),
	},
	"category": {
		"job": words("就職 就業 仕事 就職相談 就業相談 転職 求職 しごと"), "student": words("学生 新卒 学生就職"), "relocation": words("移住 移住相談 定住 移住定住 iju"),
		"housing": words("住まい 住宅 住居 空き家 すまい"), "farming": words("農業 就農 農林 農林水産 漁業 林業"), "startup": words("起業 創業 開業"),
		"side_job": words("副業 兼業 副業兼業"), "settlement": words("定着 生活 暮らし くらし"), "other": words("その他"),
	},
	"session_outcome": {
		"information_given": words("情報提供 案内 資料提供 回答済 完了 終了 済"), "continuing": words("継続 継続相談 対応中 継続中"), "referred": words("紹介 連携 つなぎ 引継"),
		"booked_visit": words("来県予約 訪問予約 予約 現地案内"), "registered_jobseeker": words("求職登録 登録"), "decided_elsewhere": words("他県に決定 他決 他県決定"),
		"no_further_contact_wished": words("連絡不要 相談終了 辞退"),
	},
	"lead_source": {
		"walk_in": words("来所 通りがかり 飛び込み"), "web": words("ホームページ hp web インターネット ネット 検索"), "fair": words("フェア 移住フェア 相談会"), "seminar": words("セミナー"),
		"tour": words("ツアー"), "university": words("大学 学校"), "partner": words("紹介 関係機関 市町村"), "hellowork": words("ハローワーク 職安"),
		"family_friend": words("家族 友人 知人 家族知人 口コミ"), "media": words("新聞 テレビ 雑誌 広告 メディア"), "line": words("line"), "other": words("その他"), "unknown": words("不明 未記入"),
	},
}

// nobody are the words for a person who gave no name.
var nobody = words("匿名 匿名希望 不明 氏名不詳 名前なし 無記名 非公表")

// ditto are the signs for "as above".
var ditto = words("〃 〃〃 同上 々 仝 ″ 同じ 同前 上に同じ")

// sums begin rows that add up others.
var sums = words("計 合計 小計 総計 累計 月計")

func words(list string) []string {
	var out []string
	from := 0
	for i := 0; i <= len(list); i++ {
		if i == len(list) || list[i] == ' ' {
			out = append(out, list[from:i])
			from = i + 1
		}
	}
	return out
}
