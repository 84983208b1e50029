package locale

// Outside is what is said of consumers outside.
type Outside struct {
	Flag string
}

var japaneseOutside = Outside{
	Flag: "外部の利用者に事実だけを流すストリーム（AYUMI_OUT、CloudEvents）を作る",
}

var englishOutside = Outside{
	Flag: "keep a stream of facts for consumers outside (AYUMI_OUT, CloudEvents)",
}
