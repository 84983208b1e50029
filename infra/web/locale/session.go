package locale

// Session is what the command line says of signing in to a server.
type Session struct {
	FlagCode, Ask, Need, Wrong, Browser, None string
	Leave, Left                               string
}

var japaneseSession = Session{
	FlagCode: "2段階目の番号（端末では尋ねます。サインインは12時間、使わなければ15分残ります）", Ask: "認証アプリの番号: ", Need: "2段階目の番号が必要です。--code か AYUMI_CODE に入れてください",
	Wrong: "サインインできません。番号を確かめてください。一度使った番号は使えません", Browser: "先にブラウザでサインインを済ませてください（最初の合言葉の変更、または2段階目の登録が残っています）",
	None: "このサーバーのサインインは残っていません", Leave: "サーバーからサインアウトし、残っているサインインを消す", Left: "サインアウトしました。",
}

var englishSession = Session{
	FlagCode: "code of the second step (asked for on a terminal; the sign-in is kept for 12 hours, or until 15 minutes unused)", Ask: "Code of the authenticator app: ", Need: "a code of the second step is needed: give --code or AYUMI_CODE",
	Wrong: "not signed in: check the code. A code is good once", Browser: "finish the sign-in in a browser first: a first password must be changed, or a second step registered",
	None: "no sign-in of this server is kept", Leave: "sign out of a server and forget the sign-in that is kept", Left: "Signed out.",
}
