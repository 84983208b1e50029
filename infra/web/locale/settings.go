package locale

import "fmt"

// Settings is what pages say of one's own sign-in: second factor, password,
// sessions and the lock.
type Settings struct {
	Title, Saved                           string
	Factor, FactorOn, FactorOff            string
	FactorText, FactorMust                 string
	FactorNew, FactorAgain                 string
	RecoveryLeft                           func(n int) string
	FactorTitle, FactorLead, FactorKey     string
	FactorScan, FactorPicture              string
	FactorApp, Code, CodeHint, FactorSave  string
	CodesTitle, CodesText, CodesDone       string
	CodeTitle, CodeLead, CodeButton        string
	CodeRecovery                           string
	Password, PasswordText, Old, New       string
	NewHint, PasswordSave                  string
	InitialTitle, InitialLead              string
	Sessions, SessionsText, Device, From   string
	Begun, Seen, This, End, EndOthers, Act string
	Unknown                                string // of a device
	SessionsTable                          string
	Lock, LockNow                          string
	LockText                               func(minutes int) string
	LockTitle, LockLead, LockButton        string
	LockKept, LockFiles                    string
	KeptTitle, KeptLead, KeptSend          string
	FlagLock, FlagFactor                   string
	SignIn, SignInPassword, SignInFactor   string // of the command line
	FlagAccount, FactorDropped             string
	SignInEnd, Ended                       string
	PasswordMade                           func(name, password string) string
	NoSuchName                             func(name string) string
}

var japaneseSettings = Settings{
	Title: "設定", Saved: "変更しました。ほかの端末のサインインは終わらせました。",
	Factor: "2段階目の確認", FactorOn: "使っています", FactorOff: "使っていません",
	FactorText: "サインインのとき、パスワードに加えて、認証アプリの6桁の番号を入力します。", FactorMust: "この役割では必要です。",
	FactorNew: "設定する", FactorAgain: "設定し直す",
	RecoveryLeft: func(n int) string { return fmt.Sprintf("回復コードの残り: %d個", n) },
	FactorTitle:  "認証アプリの登録", FactorLead: "スマートフォンの認証アプリに登録し、表示された6桁の番号を入力してください。", FactorKey: "鍵",
	FactorScan: "認証アプリで次の図を読み取ります。読み取れないときは鍵を入力します。", FactorPicture: "認証アプリに登録するQRコード",
	FactorApp: "この端末の認証アプリで開く", Code: "6桁の番号", CodeHint: "番号は30秒ごとに変わります。", FactorSave: "登録する",
	CodesTitle: "回復コード", CodesText: "認証アプリが使えないとき、番号の代わりに入力します。1つにつき1回だけ使えます。今だけ表示します。印刷するか書き写して、鍵のかかる所にしまってください。", CodesDone: "しまいました。次へ",
	CodeTitle: "番号の入力", CodeLead: "認証アプリに表示された6桁の番号を入力してください。", CodeButton: "続ける",
	CodeRecovery: "認証アプリが使えないときは、回復コードを入力してください。それもないときは、管理者に頼んでください。",
	Password:     "パスワード", PasswordText: "変更すると、ほかの端末のサインインは終わります。", Old: "いまのパスワード", New: "新しいパスワード",
	NewHint: "12文字以上。ほかで使っていない、長い言葉の組み合わせにしてください。", PasswordSave: "変更する",
	InitialTitle: "パスワードの変更", InitialLead: "最初のパスワードはほかの人も知っています。自分だけが知るパスワードに変えてください。",
	Sessions: "サインイン中の端末", SessionsText: "覚えのないものがあれば終わらせて、パスワードを変更し、管理者に知らせてください。", Device: "端末", From: "アドレス",
	Begun: "サインイン", Seen: "最後の操作", This: "この端末", End: "終わらせる", EndOthers: "ほかをすべて終わらせる", Act: "操作",
	Unknown: "分からない端末", SessionsTable: "端末の表",
	Lock: "画面のロック", LockNow: "いまロックする",
	LockText: func(n int) string {
		return fmt.Sprintf("%d分間操作がないと、画面を隠します。入力中のものは残ります。", n)
	},
	LockTitle: "ロック中", LockLead: "操作がなかったので、画面を隠しました。パスワードを入力すると続けられます。", LockButton: "ロックを解く",
	LockKept: "送ろうとした入力は、暗号にして預かっています。", LockFiles: "添えたファイルは預かれません。ロックを解いてから、もう一度選んでください。",
	KeptTitle: "入力の確認", KeptLead: "ロックの前に入力したものは失われていません。まだ記録していないので、ボタンで送ってください。", KeptSend: "入力を送る",
	FlagLock: "操作がないとき画面をロックするまでの時間（0: しない）", FlagFactor: "2段階目の確認を求める相手: officers（決裁・監査・管理の役割）、everybody、nobody",
	SignIn: "サインインを整える（サーバーは動いたままでよい）", SignInPassword: "サインイン名に最初のパスワードを作る。いまのサインインは終わる", SignInFactor: "2段階目の確認を外す（認証アプリも回復コードもないとき）。いまのサインインは終わる",
	FlagAccount: "新しいサインイン名を付ける職員の番号（account）", FactorDropped: "2段階目の確認を外しました。", SignInEnd: "サインイン名のいまのサインインをすべて終わらせる", Ended: "いまのサインインを終わらせました。",
	PasswordMade: func(name, password string) string {
		return "サインイン名 " + name + "、最初のパスワード " + password + "（今だけ表示します。7日以内にサインインして変えてください）"
	},
	NoSuchName: func(name string) string { return name + " というサインイン名はありません" },
}

var englishSettings = Settings{
	Title: "Settings", Saved: "Changed. Your other sessions have been ended.",
	Factor: "Second factor", FactorOn: "In use", FactorOff: "Not in use",
	FactorText: "At sign-in you enter the six digits of an authenticator app after your password.", FactorMust: "Your role needs one.",
	FactorNew: "Set it up", FactorAgain: "Set it up again",
	RecoveryLeft: func(n int) string { return fmt.Sprintf("Recovery codes left: %d", n) },
	FactorTitle:  "Register an authenticator app", FactorLead: "Register this site in the authenticator app of a phone, then enter the six digits it shows.", FactorKey: "Key",
	FactorScan: "Scan this with the app, or type the key where it cannot be scanned.", FactorPicture: "QR code for the authenticator app",
	FactorApp: "Open in the authenticator app of this device", Code: "Six digits", CodeHint: "They change every 30 seconds.", FactorSave: "Register",
	CodesTitle: "Recovery codes", CodesText: "Enter one in place of the digits when the app is not at hand. Each works once. They are shown only now: print them or write them down, and lock them away.", CodesDone: "They are safe. Go on",
	CodeTitle: "Enter the digits", CodeLead: "Enter the six digits that the authenticator app shows.", CodeButton: "Go on",
	CodeRecovery: "Without the app, enter a recovery code. Without that too, ask the administrator.",
	Password:     "Password", PasswordText: "A change ends your other sessions.", Old: "Present password", New: "New password",
	NewHint: "12 characters or more: several long words that you use nowhere else.", PasswordSave: "Change it",
	InitialTitle: "Choose a password", InitialLead: "Somebody else knows your first password. Choose one that only you know.",
	Sessions: "Signed-in devices", SessionsText: "If you do not know one of them, end it, change your password and tell the administrator.", Device: "Device", From: "Address",
	Begun: "Signed in", Seen: "Last used", This: "This device", End: "End", EndOthers: "End all others", Act: "Action",
	Unknown: "Unknown device", SessionsTable: "Table of devices",
	Lock: "Screen lock", LockNow: "Lock now",
	LockText: func(n int) string {
		return fmt.Sprintf("After %d minutes without input the page is hidden. What you are typing stays.", n)
	},
	LockTitle: "Locked", LockLead: "The page was hidden because nobody used it. Enter your password to go on.", LockButton: "Unlock",
	LockKept: "What you were about to send is kept, encrypted.", LockFiles: "Files cannot be kept. Unlock, then choose them again.",
	KeptTitle: "Check your input", KeptLead: "What you typed before the lock is not lost. It is not recorded yet: send it with the button.", KeptSend: "Send the input",
	FlagLock: "time without input until a page is locked (0: never)", FlagFactor: "who needs a second factor: officers (roles that approve, audit or administer), everybody, nobody",
	SignIn: "mend sign-ins; the server may run", SignInPassword: "make a first password for a sign-in name; its sessions end", SignInFactor: "take a second factor away, for who has neither app nor recovery codes; its sessions end",
	FlagAccount: "id of the account that a new sign-in name belongs to", FactorDropped: "The second factor is gone.", SignInEnd: "end every session of a sign-in name", Ended: "Its sessions have ended.",
	PasswordMade: func(name, password string) string {
		return "Sign-in name " + name + ", first password " + password + " (shown once; sign in within 7 days and change it)"
	},
	NoSuchName: func(name string) string { return "there is no sign-in name " + name },
}

// signInRefusalTexts are the refusals of sign-in and of one's own password.
var signInRefusalTexts = map[string]pair{
	"signin.code":        {"番号が違うか、すでに使われました。新しい番号を入力してください。", "The code is wrong or was used before. Enter a new one."},
	"signin.second_step": {"このサインイン名には2段階目の確認が必要です。番号も送ってください。", "This sign-in name needs a second step. Send a code, too."},
	"signin.slow":        {"時間がたったので、サインイン名から入力し直してください。", "That took too long. Begin again with the sign-in name."},
	"password.wrong":     {"パスワードが違います。もう一度入力してください。", "The password is wrong. Enter it again."},
	"password.short":     {"新しいパスワードは12文字以上、256バイトまでにしてください。", "The new password needs 12 characters to 256 bytes. Choose a longer one."},
	"password.same":      {"いまと同じパスワードです。別のものにしてください。", "That is the present password. Choose another."},
	"password.guessable": {"当てられやすいパスワードです。関係のない長い言葉を組み合わせてください。", "That password is easy to guess. Combine long words that have nothing to do with each other."},
}
