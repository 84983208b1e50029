package locale

// Attachments is what a person's page says of the files attached to it.
type Attachments struct {
	Heading, Attach, File, Kind, Hint string
	NoFile                            string
	Kilobytes                         func(n int) string
}

var japaneseAttachments = Attachments{
	Heading: "書類", Attach: "書類を付ける", File: "ファイル", Kind: "種類", Hint: "本人の鍵で暗号化して保存します。20MBまで。",
	NoFile: "ファイルを選んでください。", Kilobytes: func(n int) string { return number(n) + "KB" },
}

var englishAttachments = Attachments{
	Heading: "Documents", Attach: "Attach a document", File: "File", Kind: "Kind", Hint: "Kept encrypted under the person's own key. Up to 20 MB.",
	NoFile: "Choose a file.", Kilobytes: func(n int) string { return number(n) + " KB" },
}
