package web

import "ayumi/infra/web/locale"

func sampleWebhooks(w *locale.Words) WebhooksView {
	return WebhooksView{Page: samplePage(w, "status", w.Webhook.Title), Rows: []WebhookRow{
		{"/webhooks/a", "https://dw.example.jp/in?…", Chip{"green", "check", w.Webhook.States["active"]}, "2,214", w.Webhook.AllTypes, ""},
		{"/webhooks/b", "https://open-data.example.jp/ayumi", Chip{"yellow", "warn", w.Webhook.Trying}, "2,001", "case.moved_in", "R2.2.8 9:00"},
	}}
}

func sampleWebhookAdded(w *locale.Words) WebhooksView {
	return WebhooksView{Page: samplePage(w, "status", w.Webhook.Title), Secret: "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", Added: "https://dw.example.jp/in"}
}

func sampleWebhookRefused(w *locale.Words) WebhooksView {
	return WebhooksView{Page: samplePage(w, "status", w.Webhook.Title), Removed: true, URL: "http://10.0.0.5/", Types: "account.opened",
		Errors: newErrors(w, FieldError{"url", w.Refusal("webhook.address", "url", nil)}, FieldError{"types", w.Refusal("webhook.types", "types", nil)})}
}

func sampleWebhook(w *locale.Words) WebhookView {
	view := WebhookView{Page: samplePage(w, "status", w.Webhook.Title), Address: "https://dw.example.jp/in", Active: true, State: Chip{"yellow", "warn", w.Webhook.Trying},
		Text: w.Webhook.TryingText(w.Webhook.Outcomes["late"], "R2.2.8 9:00"), Facts: []Pair{{w.Webhook.Types, w.Webhook.AllTypes, ""}, {w.Webhook.Reached, "2,214", ""}}}
	said := Chip{"green", "check", w.Webhook.Outcomes["ok"]}
	view.Said = &said
	view.Deliveries = []WebhookTry{
		{"3", "R2.2.8 8:00", w.Webhook.Test, "", said, "204", "12", 0},
		{"2", "R2.2.8 7:59", "case.moved_in", "2,215", Chip{"red", "warn", w.Webhook.Outcomes["late"]}, "", "15000", 2215},
	}
	return view
}
