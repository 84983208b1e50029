package locale

var japaneseStatus = Status{
	Heading: "動作の状態", Line: "記録の配信", Reads: "画面用の表", Name: "表", State: "状態", Position: "ここまで反映", Behind: "残り", Parked: "読めない記録", Reason: "理由",
	Store: "最後の記録", Bus: "配信した記録", Proven: "照合した記録", Since: "最後に変わった日時",
	Lines: map[string]string{"bus.ok": "正常", "bus.behind": "遅れ", "bus.rebuilding": "作り直し中", "bus.down": "停止", "bus.operator": "運用者の作業待ち"},
	LineTexts: map[string]string{
		"bus.ok": "新しい記録はすぐ画面に届きます。", "bus.behind": "新しい記録が画面に届くまで時間がかかっています。記録は続けられます。",
		"bus.rebuilding": "配信の控えを記録から作り直しています。記録は続けられます。", "bus.down": "新しい記録が画面に届いていません。記録は続けられ、失われません。",
		"bus.operator": "配信の控えが記録と合わず、作り直す許可がこのプログラムにありません。その間、画面は記録から直接読みます。運用者が「ayumi bus remake」を実行してください。",
	},
	Models: map[string]string{"journeys": "歩み", "indicators": "指標", "audit": "記録の履歴", "closing": "締め"},
	States: map[string]string{"building": "作成中", "current": "最新", "stopped": "停止"},
}

var japaneseAudit = Audit{
	Heading: "記録の履歴", Newest: "新しい順", What: "出来事", Change: "訂正・取消", Changes: "訂正と取消だけ", Older: "さらに前の記録", Empty: "記録はまだありません。",
}
