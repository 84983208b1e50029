package locale

import "fmt"

// Since is what changed about a person since the last consultation.
type Since struct {
	Last func(day string) string
	More func(n int) string
	At   func(number string) string
	// Clash is what to do where two correct one field.
	Clash string
}

var japaneseSince = Since{
	Last:  func(day string) string { return day + "の相談のあと" },
	More:  func(n int) string { return fmt.Sprintf("ほか%d件は歩みにあります。", n) },
	At:    func(no string) string { return no + " について" },
	Clash: "あなたの入力は失われていません。いまの値を見てから、もう一度押してください。",
}

var englishSince = Since{
	Last:  func(day string) string { return "After the consultation of " + day },
	More:  func(n int) string { return fmt.Sprintf("%d more are in the journey.", n) },
	At:    func(no string) string { return "of " + no },
	Clash: "Nothing of yours is lost. Look at the present value, then press again.",
}
