package locale

// Later is what is said of a definition approved after the day that figures are
// shown as known at.
type Later struct {
	Counted, Try func(version string) string
	Text         string
}

var japaneseLater = Later{
	Counted: func(version string) string {
		return "この時点より後に承認された定義 " + version + " で数えています"
	},
	Try:  func(version string) string { return "後に承認された定義 " + version + " で数える" },
	Text: "記録はこの時点のまま、数え方だけを新しくしたものです。この時点で承認されていた定義による数値ではありません。",
}

var englishLater = Later{
	Counted: func(version string) string { return "Counted by definition " + version + ", approved after this day" },
	Try:     func(version string) string { return "Count by definition " + version + ", approved later" },
	Text:    "The records are those of this day; only the rule is newer. These are not the figures of the definition approved at the time.",
}
