package locale

// Drafts is what a form says of what was typed and not yet recorded.
type Drafts struct {
	Continued          func(at string) string
	Keep, Drop, Failed string
}

var japaneseDrafts = Drafts{
	Continued: func(at string) string { return at + " の下書きから続けています。" },
	Keep:      "下書きを保存する", Drop: "下書きを捨てる",
	Failed: "下書きを保存できていません（未送信 1件）。入力はこの画面に残っています。",
}

var englishDrafts = Drafts{
	Continued: func(at string) string { return "Going on from the draft of " + at + "." },
	Keep:      "Keep as a draft", Drop: "Throw the draft away",
	Failed: "The draft is not saved (1 unsent). Your input is still on this page.",
}
