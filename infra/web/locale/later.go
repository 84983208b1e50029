package locale

// Later is what is said of a definition approved after the day that figures are
// shown as known at.
type Later struct {
	Counted, Try func(version string) string
	Both         func(version string) string // the rule of today, for two figures
	Text         string
}

var japaneseLater = Later{
	Counted: func(version string) string {
		return "この時点より後に承認された定義 " + version + " で数えています"
	},
	Both: func(version string) string { return "両方をいまの定義 " + version + " で数える" },
	Try:  func(version string) string { return "後に承認された定義 " + version + " で数える" },
	Text: "記録はこの時点のまま、数え方だけを新しくしたものです。この時点で承認されていた定義による数値ではありません。",
}

var englishLater = Later{
	Counted: func(version string) string { return "Counted by definition " + version + ", approved after this day" },
	Both:    func(version string) string { return "Count both by today's definition " + version },
	Try:     func(version string) string { return "Count by definition " + version + ", approved later" },
	Text:    "The records are those of this day; only the rule is newer. These are not the figures of the definition approved at the time.",
}
