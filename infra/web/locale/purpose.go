package locale

import "ayumi/domain/japan"

// Purpose is one version of the notice of purpose that is shown at reception.
type Purpose struct {
	Version string     // as in person.notice_given
	From    japan.Date // first day in force
	Edition string     // its number and first day, in words
	Text    string
	Plain   string // in easy Japanese; the same in both languages
}

// purposes are the versions, oldest first: Japanese and English.
var purposes = []struct {
	version              string
	from                 japan.Date
	edition, text, plain pair
}{
	{"notice-2018", japan.On(2018, 4, 1), pair{"第1版（平成30年4月1日から）", "edition 1 (from 1 April 2018)"},
		pair{"記録は、鳥取県が移住と就職の相談のために使います。相談の内容は、希望された場合に限って、市町村などへ引き継ぎます。",
			"Tottori Prefecture uses these records for advice on moving and working. What is said is passed on to municipalities and others only if you wish it."},
		pair{"記録は 鳥取県の 相談の ために 使います。あなたが いいと 言ったときだけ 市や 町に 伝えます。", "記録は 鳥取県の 相談の ために 使います。あなたが いいと 言ったときだけ 市や 町に 伝えます。"}},
	{"notice-2019", japan.On(2019, 4, 26), pair{"第2版（平成31年4月26日から）", "edition 2 (from 26 April 2019)"},
		pair{"このコーナーは鳥取県と岡山県が共同で運営しています。記録は、希望された県ごとに作ります。両県で共有するのは予約と受付の情報だけです。相談の内容は、希望された場合に限って、もう一方の県や市町村などへ引き継ぎます。",
			"Tottori and Okayama run this corner together. Records are kept by the prefecture you choose. The two share only bookings and receptions. What is said is passed on to the other prefecture, municipalities and others only if you wish it."},
		pair{"ここは 鳥取県と 岡山県の 相談の 場所です。記録は あなたが 選んだ 県が 作ります。あなたが いいと 言ったときだけ ほかの 県や 市や 町に 伝えます。",
			"ここは 鳥取県と 岡山県の 相談の 場所です。記録は あなたが 選んだ 県が 作ります。あなたが いいと 言ったときだけ ほかの 県や 市や 町に 伝えます。"}},
}

// PurposeOn is the notice in force on a day; before the first one, the first.
func (w *Words) PurposeOn(day japan.Date) Purpose {
	side := 0
	if w.Language == English {
		side = 1
	}
	now := purposes[0]
	for _, p := range purposes {
		if p.from <= day {
			now = p
		}
	}
	return Purpose{Version: now.version, From: now.from, Edition: now.edition[side], Text: now.text[side], Plain: now.plain[side]}
}
