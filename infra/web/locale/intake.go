package locale

import "fmt"

// Intake is the reception of a person: search, then the notice, then the record.
type Intake struct {
	Title, Heading, Unsaved, Drop string
	Steps                         [3]string
	SearchLabel, Search, SearchOf string
	ReadAs, Folded                string
	Found                         func(n int) string
	Nobody, Among                 string
	More                          func(most int) string
	Pt                            string
	Bands                         map[string]string // likely, near
	Hows                          map[string]string // signal and how
	Variant                       func(what, typed, stored string) string
	Same                          func(what, typed string) string
	Begin, Look                   string
	Elsewhere, Rules              string
	NotYet                        string // beside the search that stands before everything
	Told                          string // what the notice is
	OtherWords                    string // the notice in other words
	How                           string
	Contacts, ContactsHint        string
	Consents, ConsentsHint        string
	Name, NameHint                string
	Reading, ReadingHint          string
	Born, BornHint                string
	Phone, Mail, Line             string
	Residence, Age, Lead          string
	Student                       string
	Way                           string
	Memo, MemoHint                string
	ApartHeading                  func(name string) string
	ApartHint                     string
	Aparts                        map[string]string
	Save, Nameless, Only          string
	NamelessTitle                 string
	Never                         string
	Choose                        string
	ByOral                        func(method string) string
	MissingApart                  func(name string) string
	Identify, IdentifyHeading     string
	IdentifyLead, IdentifySave    string
	SamePerson, SamePersonText    string
}

var japaneseIntake = Intake{
	Title: "受付", Heading: "受付", Unsaved: "まだ何も保存していません", Drop: "入力を消してやめる",
	Steps: [3]string{"探す", "利用目的を示す", "新しく登録する"}, SearchLabel: "氏名・電話・メール・LINEの名前・番号", Search: "探す", SearchOf: "相談者を探す",
	ReadAs: "読み取り：", Folded: "旧字・異体字（髙・﨑・嵜・碕）と半角カナも一緒に探しました。",
	Found: func(n int) string { return fmt.Sprintf("近い人が%d人います", n) }, Nobody: "近い人は見つかりませんでした。新しく登録できます。",
	Among: "検索したことは閲覧記録に残ります", More: func(n int) string {
		return fmt.Sprintf("近い順に%d人を出しています。電話の下4桁か、よみを足すと絞れます。", n)
	}, Pt: "点",
	Bands: map[string]string{"likely": "同じ人の見込みが高い", "near": "似ている"},
	Hows: map[string]string{
		"phone whole": "電話番号が同じ", "phone part": "電話番号の終わりが同じ", "phone differs": "電話番号がちがう", "mail whole": "メールが同じ", "mail part": "メールが似ている", "mail differs": "メールがちがう",
		"line whole": "LINEの名前が同じ", "line part": "LINEの名前が似ている", "number whole": "番号が同じ",
		"kanji whole": "氏名の漢字が同じ", "kanji family": "氏が同じ", "kanji given": "名が同じ", "kanji part": "氏名の一部が同じ",
		"kana whole": "氏名のよみが同じ", "kana family": "氏のよみが同じ", "kana given": "名のよみが同じ", "kana part": "よみの一部が同じ",
		"birth whole": "生年月日が同じ", "birth year": "生まれた年が同じ", "birth differs": "生年月日がちがう", "residence whole": "居住地が同じ",
	},
	Variant: func(what, typed, stored string) string {
		return what + "（異体字 " + typed + "＝" + stored + "）"
	},
	Same:  func(what, typed string) string { return what + "（" + typed + "）" },
	Begin: "この人で相談をはじめる", Look: "歩みを見る",
	Elsewhere: "もう一つの県の記録は調べていません（2県の取り決めが整うまで停止中）。",
	Rules:     "点数：電話40・メール40・LINE 50・よみ25・漢字20・生年月日30（ちがえば−60）・居住地5。70点以上は見込みが高い。自動では統合しません。",
	NotYet:    "先に探します。同じ人がいないことを確かめると、利用目的の明示と登録の欄が開きます。",
	Told:      "利用目的の明示", OtherWords: "英語・やさしい日本語", How: "どう示しましたか",
	Contacts: "連絡してよい方法", ContactsHint: "本人が連絡してよいと言った先だけを書きます。",
	Consents: "同意したこと", ConsentsHint: "選ばなくても相談できます。あとから一つずつ取り消せます。取り消しても、公表した数値は変わりません。",
	Name: "氏名", NameHint: "聞いたとおりに。姓と名の間を空けます。旧字もそのまま残します", Reading: "ふりがな", ReadingHint: "ひらがなでもカタカナでも",
	Born: "生まれた日", BornHint: "「H9 5 1」「1997 5 1」、年だけでも", Phone: "電話", Mail: "メール", Line: "LINEの名前",
	Residence: "いま住んでいるところ", Age: "年代", Lead: "来られたきっかけ", Student: "学生", Way: "相談の方法と内容",
	Memo: "相談の記録", MemoHint: "書いてから登録すると、最初の相談も一度に保存します。",
	ApartHeading: func(name string) string { return name + "と別の人である理由" },
	ApartHint:    "70点以上の候補がいるため、理由なしでは登録できません。理由は記録に残ります。",
	Aparts:       map[string]string{"confirmed": "本人に確かめた", "birth": "生年月日がちがう", "family": "家族が同じ電話を使う", "unclear": "まだ分からない（保留）"},
	Save:         "登録して相談を記録する", Nameless: "名前を聞かずに記録する", Only: "登録だけして、相談はあとで記録する",
	NamelessTitle: "名前も連絡先も残しません。あとから本人の記録に結び付けられます。",
	Never:         "本籍・出生地・宗教・支持政党・家族の職業や収入は、聞きません・書きません。", Choose: "選んでください",
	ByOral:       func(method string) string { return "受付で確認（" + method + "）" },
	MissingApart: func(name string) string { return name + "と別の人である理由を選んでください。" },
	Identify:     "名前を聞いた", IdentifyHeading: "名前を聞かなかった人に名前を付ける", IdentifyLead: "先に探します。すでに記録がある人なら、その記録と同じ人だと知らせます。責任者が統合します。",
	IdentifySave: "名前を記録する", SamePerson: "この人だった", SamePersonText: "同じ人だと知らせました。責任者が統合すると、相談が一つの歩みになります。",
}

var englishIntake = Intake{
	Title: "Reception", Heading: "Reception", Unsaved: "Nothing is saved yet", Drop: "Clear and leave",
	Steps: [3]string{"Search", "Show the purpose of use", "Register"}, SearchLabel: "Name, phone, mail, LINE name or number", Search: "Search", SearchOf: "Search before registering",
	ReadAs: "Read as:", Folded: "Old and variant kanji and half-width kana were searched too.",
	Found: func(n int) string {
		if n == 1 {
			return "1 person is near"
		}
		return fmt.Sprintf("%d persons are near", n)
	},
	Nobody: "Nobody similar was found. You can register a new person.",
	Among:  "This search is in the access log", More: func(n int) string {
		return fmt.Sprintf("The nearest %d are shown. Add the last four phone digits or the reading.", n)
	}, Pt: "points",
	Bands: map[string]string{"likely": "Likely the same", "near": "Similar"},
	Hows: map[string]string{
		"phone whole": "Same phone", "phone part": "Same end of the phone number", "phone differs": "Another phone", "mail whole": "Same mail", "mail part": "Similar mail", "mail differs": "Another mail",
		"line whole": "Same LINE name", "line part": "Similar LINE name", "number whole": "Same number",
		"kanji whole": "Same name", "kanji family": "Same family name", "kanji given": "Same given name", "kanji part": "Part of the name",
		"kana whole": "Same reading", "kana family": "Same reading of the family name", "kana given": "Same reading of the given name", "kana part": "Part of the reading",
		"birth whole": "Same day of birth", "birth year": "Same year of birth", "birth differs": "Another day of birth", "residence whole": "Same municipality",
	},
	Variant: func(what, typed, stored string) string { return what + " (variant " + typed + " = " + stored + ")" },
	Same:    func(what, typed string) string { return what + " (" + typed + ")" },
	Begin:   "Begin with this person", Look: "See the journey",
	Elsewhere: "Records of the other prefecture were not searched (off until both have agreed).",
	Rules:     "Points: phone 40, mail 40, LINE 50, reading 25, kanji 20, birth 30 (another one −60), residence 5. From 70 it is likely. Nothing is merged by itself.",
	NotYet:    "Search first. Once it is sure that the person is not here yet, the notice and the form open.",
	Told:      "Purpose of use", OtherWords: "In Japanese and in easy Japanese", How: "How was it shown",
	Contacts: "How we may reach the person", ContactsHint: "Only what the person said we may use.",
	Consents: "Consents", ConsentsHint: "None is needed for a consultation. Each can be withdrawn later; published figures do not change.",
	Name: "Name", NameHint: "As heard, with a space between family and given name. Old kanji stay as they are", Reading: "Reading", ReadingHint: "Hiragana or katakana",
	Born: "Born", BornHint: "“H9 5 1”, “1997 5 1” or the year alone", Phone: "Phone", Mail: "Mail", Line: "LINE name",
	Residence: "Lives in", Age: "Age band", Lead: "How they came to us", Student: "Student", Way: "Way and content",
	Memo: "What was said", MemoHint: "Write it before you register, and the first consultation is saved with it.",
	ApartHeading: func(name string) string { return "Why this is not " + name },
	ApartHint:    "There is a candidate with 70 points or more: nobody is registered without a reason. It is kept on record.",
	Aparts:       map[string]string{"confirmed": "Asked the person", "birth": "Born on another day", "family": "A family shares the phone", "unclear": "Not known yet (left open)"},
	Save:         "Register and record", Nameless: "Record without a name", Only: "Register only, record later",
	NamelessTitle: "Neither name nor contact is kept. It can be linked to the person later.",
	Never:         "Registered domicile, place of birth, religion, political party, and the work or income of the family are neither asked nor written.", Choose: "Choose",
	ByOral:       func(method string) string { return "confirmed at reception (" + method + ")" },
	MissingApart: func(name string) string { return "Choose why this is not " + name + "." },
	Identify:     "Told a name", IdentifyHeading: "Name a person who gave none", IdentifyLead: "Search first. If the person is already on record, say that it is the same one; a lead merges the two.",
	IdentifySave: "Record the name", SamePerson: "It is this person", SamePersonText: "Noted as the same person. Once a lead merges them, the consultations are one journey.",
}
