package locale

import "fmt"

// Line is what the pages of the desk's LINE account say, and its options.
type Line struct {
	Title, Lead, Tab                           string
	Unknown, UnknownLead, NoUnknown            string
	Unanswered, UnansweredLead, NoUnanswered   string
	Table, Since, Last, Count, Person, Open    string
	Writer, WriterLead, Messages               string
	From, Ours, Back, Other, Gone              string
	Link, LinkLead, Number, NumberHint, LinkIt string
	Drop, DropLead, DropWhy, DropIt            string
	Drops                                      map[string]string
	New, NewLead, NewIt                        string
	NewFirst                                   string
	PersonTitle                                func(number string) string
	None, Blocked, Closed, NoCase              string
	Day, Recorded, Changed, Unrecorded, Record string
	Totals                                     func(inbound, outbound int) string
	Categories, Text, TextHint, Send           string
	Answer, Unasked, Topic, Consent            string
	Sent, Waits, Again, Withdraw, States       string
	State                                      map[string]string
	Problems                                   map[string]string
	NextTry                                    func(when string) string
	InboxCount                                 func(unknown, asking int) string
	Forms                                      map[string]string
	StateTitle, StateLead, Off, OffSteps, On   string
	Webhook, WebhookHint, Desk, Heard, Refused string
	LastSent, Queued, Failed, Waiting, Never   string
	Check, CheckLead, Good                     string
	Bad                                        func(why string) string
	Status                                     string
	FlagListen                                 string
	FlagSecret, FlagToken, FlagDesk, FlagAPI   string
}

var japaneseLine = Line{
	Title: "LINEの受信", Lead: "相談窓口のLINEアカウントに届いたものです。", Tab: "LINE",
	Unknown: "だれか分からない人", UnknownLead: "相談者に結び付けるか、新しく登録するか、理由を選んで外します。", NoUnknown: "だれか分からない人からは届いていません。",
	Unanswered: "返事を待っている相談者", UnansweredLead: "最後に届いたものに、まだ返事をしていません。", NoUnanswered: "返事を待っている相談者はいません。",
	Table: "届いたものの表", Since: "いつから", Last: "最後に届いた時", Count: "件数", Person: "相談者", Open: "開く",
	Writer: "LINEを送ってきた人", WriterLead: "だれかが決まるまで、本文はこの人だけの鍵で暗号化されています。", Messages: "やりとり",
	From: "届いた", Ours: "送った", Back: "送信が取り消されました。本文は残っていません。", Other: "本文のないもの", Gone: "本文は残っていません。",
	Link: "相談者に結び付ける", LinkLead: "LINEの利用者番号が連絡先に加わり、これからはその相談者に届きます。", Number: "相談者の番号", NumberHint: "例 P-00012", LinkIt: "結び付ける",
	Drop: "外す", DropLead: "本文も利用者番号も残りません。元に戻せません。", DropWhy: "理由", DropIt: "外す",
	Drops: map[string]string{"enquiry": "相談ではない問い合わせ", "wrong": "送り先の間違い", "spam": "迷惑な送信（今後も表示しない）"},
	New:   "匿名の相談者として登録する", NewLead: "名前はあとから加えられます。名前を聞いているときは、先に受付で登録して番号で結び付けます。", NewIt: "登録して結び付ける",
	NewFirst:    "受付で探す",
	PersonTitle: func(n string) string { return n + " のLINE" },
	None:        "この相談者のLINEはまだ届いていません。", Blocked: "相手がこのアカウントをブロックしたか、友だちから外しています。送れません。", Closed: "閲覧が制限されています。本文は表示できません。", NoCase: "続いている事案がありません。歩みのページで再開すると、記録と返信ができます。",
	InboxCount: func(unknown, asking int) string {
		return fmt.Sprintf("だれか分からない人 %d人・返事を待っている人 %d人", unknown, asking)
	},
	Day: "この日", Recorded: "記録済み", Changed: "記録のあとに増減があります", Unrecorded: "まだ記録していません", Record: "この日を相談として記録する",
	Totals:     func(in, out int) string { return fmt.Sprintf("受信%d件・返信%d件", in, out) },
	Categories: "相談の内容", Text: "本文", TextHint: "5,000字まで。1日のやりとりは何通でも1件の相談です。", Send: "LINEで送る",
	Answer: "返信として送ります。この日のやりとりが相談として記録されます。", Unasked: "最近は届いていないので、こちらからの連絡として送ります。相談には数えません。", Topic: "用件", Consent: "催しの案内を送る同意がありません。",
	Sent: "送りました。", Waits: "まだ送れていません。自動で送り直します。", Again: "もう一度送る", Withdraw: "取り下げる", States: "状態",
	State: map[string]string{"queued": "送信待ち", "sent": "送信済み", "failed": "送れませんでした", "received": "受信", "unsent": "取り消し"},
	Problems: map[string]string{
		"away": "LINEにつながりません", "rate": "送信が集中しています", "quota": "今月送れる数を使い切りました", "token": "アクセストークンが使えません。管理者に伝えてください",
		"refused": "LINEが受け付けませんでした。相手が利用をやめていることがあります", "late": "1日試しましたが、届いたか分かりません",
	},
	NextTry:    func(when string) string { return "次は " + when },
	Forms:      map[string]string{"image": "画像", "video": "動画", "audio": "音声", "file": "ファイル", "location": "位置情報", "sticker": "スタンプ", "text": "文章"},
	StateTitle: "LINEとの接続", StateLead: "相談窓口のLINEアカウントとの接続です。秘密の値は表示しません。", Off: "使っていません。", OffSteps: "チャネルシークレットとアクセストークンをそれぞれファイルに置き、次のオプションで起動すると使えます。", On: "使っています",
	Webhook: "Webhook URL", WebhookHint: "LINE Developersコンソールの Webhook URL に書く値です。https で外から届くようにします。", Desk: "窓口", Heard: "最後に届いた時", Refused: "署名が合わなかった最後の時",
	LastSent: "最後に送った時", Queued: "送信待ち", Failed: "送れなかったもの", Waiting: "だれか分からない人", Never: "まだない",
	Check: "LINEに確かめる", CheckLead: "アクセストークンが使えるかをLINEに尋ねます。だれにも何も送りません。", Good: "使えます。アカウント名：",
	Bad: func(why string) string { return "使えません。" + why + "。" }, Status: "LINEとの接続を見る",
	FlagListen: "LINEからの配信だけを受けるアドレス（host:port）。なければ画面と同じアドレスで受ける",
	FlagSecret: "LINEのチャネルシークレットを書いたファイル", FlagToken: "LINEのチャネルアクセストークンを書いたファイル", FlagDesk: "LINEアカウントを持つ窓口", FlagAPI: "LINEのAPIのアドレス",
}

var englishLine = Line{
	Title: "LINE inbox", Lead: "What came to the LINE account of the desk.", Tab: "LINE",
	Unknown: "Writers nobody knows", UnknownLead: "Link them to a person, register somebody new, or drop them with a reason.", NoUnknown: "Nobody unknown has written.",
	Unanswered: "People waiting for an answer", UnansweredLead: "Nobody has answered what they wrote last.", NoUnanswered: "Nobody is waiting for an answer.",
	Table: "Table of what came", Since: "Waiting since", Last: "Last wrote", Count: "Messages", Person: "Person", Open: "Open",
	Writer: "Writer on LINE", WriterLead: "Until it is known who it is, the texts are sealed under a key of this writer alone.", Messages: "Messages",
	From: "Received", Ours: "Sent", Back: "The message was unsent. Its text is gone.", Other: "Not a text", Gone: "The text is gone.",
	Link: "Link to a person", LinkLead: "The LINE user ID becomes a contact of the person, and all that comes is theirs from now on.", Number: "Number of the person", NumberHint: "For example P-00012", LinkIt: "Link",
	Drop: "Drop", DropLead: "Neither texts nor user ID are kept. This cannot be undone.", DropWhy: "Reason", DropIt: "Drop",
	Drops: map[string]string{"enquiry": "an enquiry, no consultation", "wrong": "meant for somebody else", "spam": "a nuisance (not shown again)"},
	New:   "Register as an anonymous person", NewLead: "The name can be added later. If you know it, register at reception first and link by number.", NewIt: "Register and link",
	NewFirst:    "Search at reception",
	PersonTitle: func(n string) string { return "LINE of " + n },
	None:        "Nothing has come from this person by LINE.", Blocked: "The account is blocked or was removed as a friend. Nothing can be sent.", Closed: "Viewing is restricted. Texts cannot be shown.", NoCase: "No case is going on. Reopen one on the page of the journey to record and to answer.",
	InboxCount: func(unknown, asking int) string {
		return fmt.Sprintf("%d unknown, %d waiting for an answer", unknown, asking)
	},
	Day: "This day", Recorded: "On record", Changed: "Has changed since it was recorded", Unrecorded: "Not on record yet", Record: "Record this day as a consultation",
	Totals:     func(in, out int) string { return fmt.Sprintf("%d received, %d answered", in, out) },
	Categories: "What it is about", Text: "Text", TextHint: "Up to 5,000 characters. However many messages, a day counts as one consultation.", Send: "Send by LINE",
	Answer: "Sent as an answer: the messages of the day go on record as a consultation.", Unasked: "Nothing has come lately: this is sent as a contact of ours and is not counted as a consultation.", Topic: "About", Consent: "There is no consent to send notices of events.",
	Sent: "Sent.", Waits: "Not sent yet. It is tried again by itself.", Again: "Send again", Withdraw: "Withdraw", States: "State",
	State: map[string]string{"queued": "waiting to be sent", "sent": "sent", "failed": "could not be sent", "received": "received", "unsent": "unsent"},
	Problems: map[string]string{
		"away": "LINE cannot be reached", "rate": "too many messages at once", "quota": "the messages of this month are used up", "token": "the access token is not good: tell the administrator",
		"refused": "LINE did not take it: the account may be gone", "late": "tried for a day; nobody knows whether it arrived",
	},
	NextTry:    func(when string) string { return "next " + when },
	Forms:      map[string]string{"image": "an image", "video": "a video", "audio": "a recording", "file": "a file", "location": "a place", "sticker": "a sticker", "text": "a text"},
	StateTitle: "Connection to LINE", StateLead: "The connection to the LINE account of the desk. Secrets are not shown.", Off: "Not in use.", OffSteps: "Put the channel secret and the access token into a file each and start with these options.", On: "In use",
	Webhook: "Webhook URL", WebhookHint: "For the Webhook URL in the LINE Developers console. It must be reached from outside under https.", Desk: "Desk", Heard: "Last delivery", Refused: "Last delivery with a wrong signature",
	LastSent: "Last message sent", Queued: "Waiting to be sent", Failed: "Could not be sent", Waiting: "Writers nobody knows", Never: "never",
	Check: "Ask LINE", CheckLead: "Asks LINE whether the access token is good. Nothing is sent to anybody.", Good: "It is good. Name of the account: ",
	Bad:        func(why string) string { return "It is not good: " + why + "." },
	Status:     "See the connection to LINE",
	FlagListen: "host:port where LINE delivers and nothing else is served; without it where the pages are",
	FlagSecret: "file that holds the secret of the LINE channel", FlagToken: "file that holds the access token of the LINE channel", FlagDesk: "desk that has the LINE account", FlagAPI: "address of LINE's API",
}

// lineRefusalTexts are why something is not sent by LINE or not linked.
var lineRefusalTexts = map[string]pair{
	"line.too_long":   {"本文が長すぎます。5,000字までに縮めてください。", "The text is too long. Keep it to 5,000 characters."},
	"line.blocked":    {"相手がアカウントをブロックしています。ほかの方法で連絡してください。", "The account is blocked. Use another way to reach them."},
	"line.no_consent": {"催しの案内を送る同意がありません。同意を受けてから送ってください。", "There is no consent to send notices of events. Obtain it first."},
	"line.no_person":  {"その番号の相談者は見つかりません。番号を確かめてください。", "There is no such person. Check the number."},
	"line.no_case":    {"続いている事案がありません。事案を再開してから送ってください。", "No case is going on. Reopen one first."},
}
