package locale

// Outside is what is said of consumers outside.
type Outside struct {
	Flag, FlagSchema, FlagTraces string
	Description                  OutsideDescription
}

// OutsideDescription are the sentences of the AsyncAPI document.
type OutsideDescription struct {
	Title, Text, Server, Headers string
}

var japaneseOutside = Outside{
	FlagTraces: "OpenTelemetryの収集先のアドレス（http://collector:4318）。個人の情報は送らない。なければ送らない",
	Flag:       "外部の利用者に事実だけを流すストリーム（AYUMI_OUT、CloudEvents）を作る",
	FlagSchema: "外部に流れる事実の説明（AsyncAPI）を出す",
	Description: OutsideDescription{
		Title: "Ayumi：外部に流れる事実",
		Text: "記録のうち外部に出してよい事実だけを、記録の順に流します。封をした記録、氏名、連絡先、自由記述、職員は出ません。" +
			"件名の最後が所管の県です。運用担当者が ayumi.out.*.*.31 のように県ごとのコンシューマーを作り、それだけを読む権限を与えます。同じ事実が2度届くことがあります。ce-id で見分けてください。" +
			"外部への通知（webhook）は同じ事実を、1件ずつ構造化モード（application/cloudevents+json）で、Standard Webhooks の署名を付けて送ります。人と相談の番号は乱数の仮の番号です。person.erased が届いたら、その人の事実を日付は月まで、市町村は地域までにまとめてください。",
		Server: "NATS JetStreamのストリーム AYUMI_OUT。", Headers: "CloudEvents 1.0（バイナリーモード）の属性。ce-sequence は記録の番号で、順に増えますが続きません。",
	},
}

var englishOutside = Outside{
	FlagTraces: "address of an OpenTelemetry collector (http://collector:4318); nothing personal is sent; without it nothing is",
	Flag:       "keep a stream of facts for consumers outside (AYUMI_OUT, CloudEvents)",
	FlagSchema: "print the description of what leaves for consumers outside (AsyncAPI)",
	Description: OutsideDescription{
		Title: "Ayumi: facts for consumers outside",
		Text: "Of the log, the facts that may leave, in the order of the log. Nothing sealed, no name, contact, free text or member of staff leaves. " +
			"The prefecture ends the subject: the operator makes a consumer for one, ayumi.out.*.*.31, and lets its reader read that one only. A fact may arrive twice; tell it by ce-id. " +
			"Webhooks deliver the same facts one a request, in structured mode (application/cloudevents+json), signed as Standard Webhooks says. Ids of persons and cases are random pseudonyms. After person.erased keep what is known of that person to the month and the region.",
		Server: "The NATS JetStream stream AYUMI_OUT.", Headers: "Attributes of CloudEvents 1.0 in binary mode. ce-sequence is the position in the log: it rises, with gaps.",
	},
}
