package locale

// Webhook is what the pages of receivers outside say, and the command.
type Webhook struct {
	Title, Lead, List, None                         string
	Address, AddressHint, State, Types, TypesHint   string
	AllTypes, Reached, Next, Made, Sent             string
	Add, AddLead, AddIt, Describe                   string
	Added, SecretHint, Removed, RemoveText          string
	Trying                                          string
	TryingText                                      func(why, when string) string
	States, StateTexts, Outcomes, Acts              map[string]string
	Deliveries, NoDeliveries, When, Event, Record   string
	Outcome, Once, Test, Said, OfStatus             string
	Status, Took, ListTable, TriesTable             string
	FlagInside, Command, CommandList, CommandAdd    string
	CommandAct, CommandShow, FlagTypes, FlagOfEvent string
}

var japaneseWebhook = Webhook{
	Title: "外部への通知", Lead: "外部に出してよい事実を、記録のたびに外部のシステムに送ります。氏名、連絡先、自由記述、職員は送りません。送り先ごとに署名の鍵があります。",
	List: "送り先", None: "送り先はまだありません。", Address: "送り先のアドレス", AddressHint: "https:// で始まるアドレス。庁内のアドレスには送りません。", State: "状態",
	Types: "送る出来事", TypesHint: "出来事の種類を1行に1つ（例 case.consultation_held）。空なら、出してよいものをすべて送ります。", AllTypes: "出してよいものすべて",
	Reached: "送り終えた記録", Next: "次に試す日時", Made: "追加した日時", Sent: "送った回数",
	Add: "送り先の追加", AddLead: "追加したあとの記録から送ります。何が送られるかは、こちらで確かめてください。", AddIt: "追加する", Describe: "送られる事実の説明（AsyncAPI）",
	Added: "送り先を追加しました。署名の鍵です。", SecretHint: "この鍵は二度と表示しません。受け取る側のシステムに、いま設定してください（Standard Webhooks の署名）。",
	Removed: "送り先を削除しました。", RemoveText: "この送り先と、送った記録の一覧を消します。取り消せません。",
	Trying: "送り直しています",
	TryingText: func(why, when string) string {
		return why + "。次は" + when + "に試します。3日続けて届かないと止めます。"
	},
	States: map[string]string{"active": "送っています", "paused": "止めています", "failed": "届かず止まっています", "gone": "相手が断りました"},
	StateTexts: map[string]string{
		"active": "記録のたびに、順に送ります。", "paused": "再開すると、止めたところから送ります。",
		"failed": "3日続けて届かないため止めました。相手のシステムを確かめてから再開してください。止めたところから送ります。", "gone": "相手が、もう受け取らないと答えました（410）。",
	},
	Outcomes: map[string]string{
		"ok": "届きました", "status": "相手が受け取りませんでした", "redirect": "ほかのアドレスを案内されました", "gone": "もう受け取らないと答えました", "busy": "待つように言われました",
		"late": "時間内に答えがありませんでした", "inside": "庁内のアドレスなので送りませんでした", "tls": "証明書を確かめられませんでした", "away": "つながりませんでした",
	},
	Acts:       map[string]string{"pause": "止める", "resume": "再開する", "remove": "送り先を削除する", "test": "試しに送る", "again": "もう一度送る"},
	Deliveries: "最近送ったもの", NoDeliveries: "まだ何も送っていません。", When: "日時", Event: "出来事", Record: "記録", Outcome: "結果", Once: "送り直し", Test: "試し", Said: "送った結果：", Status: "HTTP", Took: "ミリ秒", ListTable: "送り先の表", TriesTable: "送ったものの表", OfStatus: "外部への通知",
	FlagInside: "庁内のアドレスと http にも通知を送る", Command: "外部への通知の送り先", CommandList: "送り先を示す", CommandAdd: "送り先を追加し、署名の鍵を示す", CommandAct: "送り先を止める、再開する、削除する、試しに送る、もう一度送る（pause, resume, remove, test, again）",
	CommandShow: "最近送ったものを示す", FlagTypes: "送る出来事の種類（くり返し可）。なければすべて", FlagOfEvent: "もう一度送る記録の番号",
}

var englishWebhook = Webhook{
	Title: "Webhooks", Lead: "Sends the facts that may leave to systems outside, as they are recorded. No name, contact, free text or member of staff is sent. Every receiver has its own key to check signatures with.",
	List: "Receivers", None: "There is no receiver yet.", Address: "Address", AddressHint: "An address that begins with https://. Nothing is sent to addresses inside the office's network.", State: "State",
	Types: "Events to send", TypesHint: "One type a line (for example case.consultation_held). Empty: everything that may leave.", AllTypes: "everything that may leave",
	Reached: "Sent up to", Next: "Next try", Made: "Added", Sent: "Deliveries tried",
	Add: "Add a receiver", AddLead: "What is recorded from then on is sent. See what is sent:", AddIt: "Add", Describe: "description of the facts (AsyncAPI)",
	Added: "The receiver is added. This is its key to check signatures with.", SecretHint: "The key is never shown again. Set it in the receiving system now (Standard Webhooks signatures).",
	Removed: "The receiver is removed.", RemoveText: "Removes the receiver and the list of its deliveries. This cannot be undone.",
	Trying: "is being tried again",
	TryingText: func(why, when string) string {
		return why + ". Next try: " + when + ". After three days in vain it stops."
	},
	States: map[string]string{"active": "sending", "paused": "paused", "failed": "stopped: not reached", "gone": "refused by the receiver"},
	StateTexts: map[string]string{
		"active": "Facts are sent in order as they are recorded.", "paused": "Resumed, it goes on where it was stopped.",
		"failed": "It stopped after three days in vain. Look at the receiving system, then resume: it goes on where it stopped.", "gone": "The receiver said that it takes nothing any more (410).",
	},
	Outcomes: map[string]string{
		"ok": "taken", "status": "The receiver did not take it", "redirect": "It pointed to another address", "gone": "It takes nothing any more", "busy": "It asked to wait",
		"late": "No answer in time", "inside": "Not sent: the address is inside", "tls": "Its certificate cannot be trusted", "away": "Not reached",
	},
	Acts:       map[string]string{"pause": "Pause", "resume": "Resume", "remove": "Remove the receiver", "test": "Send a test", "again": "Send again"},
	Deliveries: "Last deliveries", NoDeliveries: "Nothing was sent yet.", When: "When", Event: "Event", Record: "Record", Outcome: "Outcome", Once: "Once more", Test: "test", Said: "Outcome of the delivery:", Status: "HTTP", Took: "ms", ListTable: "Table of receivers", TriesTable: "Table of deliveries", OfStatus: "Webhooks",
	FlagInside: "deliver webhooks to addresses inside and to http too", Command: "receivers outside that are told of facts", CommandList: "list the receivers", CommandAdd: "add a receiver and print its key to check signatures with", CommandAct: "pause, resume, remove, test a receiver, or send a record again",
	CommandShow: "print the last deliveries", FlagTypes: "a type of event to send (repeatable); without it all", FlagOfEvent: "number of the record to send again",
}

// webhookRefusalTexts say what is wrong with a receiver.
var webhookRefusalTexts = map[string]pair{
	"webhook.address": {"このアドレスには送れません。https:// で始まり、利用者名や # を含まない、庁外のアドレスを入れてください。", "Nothing can be sent to this address. Enter one that begins with https://, without a user name or #, outside the office's network."},
	"webhook.types":   {"外部に出さない種類か、知らない種類の出来事があります。説明（AsyncAPI）にある種類だけを入れてください。", "One of these types does not leave, or is unknown. Enter only types of the description (AsyncAPI)."},
}
