package locale

// Drafts is what a form says of what was typed and not yet recorded.
type Drafts struct {
	Continued, Waiting func(at string) string
	GoOn               string
	Keep, Drop, Failed string
}

var japaneseDrafts = Drafts{
	Continued: func(at string) string { return at + " の下書きから続けています。" },
	Waiting:   func(at string) string { return at + " に保存した、記録していない受付があります。" }, GoOn: "続きを入力する",
	Keep: "下書きを保存する", Drop: "下書きを捨てる",
	Failed: "下書きを保存できていません（未送信 1件）。入力はこの画面に残っています。",
}

var englishDrafts = Drafts{
	Continued: func(at string) string { return "Going on from the draft of " + at + "." },
	Waiting:   func(at string) string { return "A reception saved " + at + " is not recorded yet." }, GoOn: "Go on with it",
	Keep: "Keep as a draft", Drop: "Throw the draft away",
	Failed: "The draft is not saved (1 unsent). Your input is still on this page.",
}
