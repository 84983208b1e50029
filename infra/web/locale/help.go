package locale

import "maps"

// Help is what the help of the pages is worded with.
type Help struct {
	Title, Open, Close, Whole, Lead                   string
	For, Counts, Rule, Keys, Key, Does, See, KeysNote string
	KeysOff, NoKeys, Elsewhere                        string
	Of                                                func(place string) string
	KeysTitle, KeysText, KeysSwitch, KeysSave         string            // of the settings
	Names                                             map[string]string // of keys, by the name of the binding
	Page                                              map[string]HelpOf // by place
	Places                                            map[string]string // names of the places that have help
}

// HelpOf is the help of one page: what it is for, what counts on it and where the rule
// for that stands.
type HelpOf struct{ For, Counts, Rule string }

var japaneseHelp = Help{
	Title: "使い方", Open: "この画面の使い方", Close: "閉じる", Whole: "ページで開く", Lead: "どの画面にも、右上の「使い方」か ? のキーで開く説明があります。",
	For: "何をする画面か", Counts: "何を数えるか", Rule: "決まりはどこにあるか", Keys: "キー", Key: "キー", Does: "働き", See: "関わる画面",
	KeysNote: "1文字のキーは、文字を入力していないときだけ働きます。設定で切れます。", KeysOff: "1文字のキーは、いま設定で切れています。",
	NoKeys: "この画面だけのキーはありません。", Elsewhere: "ほかの画面の使い方",
	Of:        func(place string) string { return place + "の使い方" },
	KeysTitle: "キー", KeysText: "1文字のキーが読み上げや音声入力とぶつかるときは、切ってください。CtrlやAltと押すキーはそのままです。", KeysSwitch: "1文字のキーを使う", KeysSave: "変える",
	Names:  pick(keyNames, 0),
	Page:   helpPages(0),
	Places: helpPlaces(0),
}

var englishHelp = Help{
	Title: "Help", Open: "Help on this page", Close: "Close", Whole: "Open as a page", Lead: "Every page has its help: “Help” at the top right, or the key ?.",
	For: "What this page is for", Counts: "What counts", Rule: "Where the rule stands", Keys: "Keys", Key: "Key", Does: "Does", See: "Pages that belong to it",
	KeysNote: "Single keys act only while no text is being typed. They can be switched off in the settings.", KeysOff: "Single keys are switched off in the settings.",
	NoKeys: "No key belongs to this page alone.", Elsewhere: "Help on other pages",
	Of:        func(place string) string { return "Help on " + place },
	KeysTitle: "Keys", KeysText: "Switch single keys off where they get in the way of a screen reader or of speech input. Keys pressed with Ctrl or Alt stay.", KeysSwitch: "Use single keys", KeysSave: "Change",
	Names:  pick(keyNames, 1),
	Page:   helpPages(1),
	Places: helpPlaces(1),
}

// keyNames say what a key does.
var keyNames = map[string]pair{
	"help": {"この画面の使い方を開く・閉じる", "open or close the help of this page"}, "find": {"人を探す", "find a person"},
	"save": {"入力を記録する", "record what was typed"}, "next": {"次の行へ", "next row"}, "previous": {"前の行へ", "row before"},
	"entry": {"記録を書く欄へ", "to the note of the form"}, "agenda": {"予定表を開く", "open the calendar"}, "earlier": {"前の週へ", "the week before"}, "now": {"今週へ", "this week"}, "later": {"次の週へ", "the week after"},
	"row": {"行の操作をする", "do what the row offers"}, "new": {"新しい受付", "new reception"}, "lists": {"その番号の一覧へ", "go to the list of that number"}, "news": {"新しい記録を表示する", "show the news"},
	"play": {"時点を進めて見る", "play the days forward"},
}

// help is the help of one place.
type help struct{ purpose, counts, rule pair }

// further are pages of which the access log makes no place of their own.
var further = map[string]pair{
	"journey": {"相談者の歩み", "a person's journey"}, "settings": {"設定", "settings"}, "sign-in": {"サインイン", "sign-in"},
}

// allHelp is the help of every place, in one language to choose.
func allHelp() map[string]help {
	out := maps.Clone(officeHelp)
	maps.Copy(out, figureHelp)
	return out
}

func helpPages(language int) map[string]HelpOf {
	out := map[string]HelpOf{}
	for place, h := range allHelp() {
		out[place] = HelpOf{h.purpose[language], h.counts[language], h.rule[language]}
	}
	return out
}

// helpPlaces name the places that have help. The address /people is the list of people;
// a person's own page is the journey.
func helpPlaces(language int) map[string]string {
	out := placeNames(further, language)
	for place := range allHelp() {
		if name, ok := places[place]; ok {
			out[place] = name[language]
		}
	}
	out["people"] = apart["GET /people"][language]
	return out
}
