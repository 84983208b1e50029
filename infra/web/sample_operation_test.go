package web

import "ayumi/infra/web/locale"

func sampleOperation(w *locale.Words) *OperationCards {
	return &OperationCards{
		W: w, Asked: w.Operation.Remade(w.Status.Models["journeys"]),
		Engines:  []Pair{{w.Operation.Engines["log"], w.Operation.Places["kurrentdb"], ""}, {w.Operation.Duty, w.Operation.Duties["watches"], ""}},
		Epochs:   []EpochRow{{"3", "R2.2.8", "R2.5.8", Chip{"green", "check", w.Operation.EpochNow}}, {"2", "R1.11.8", "R2.2.8", Chip{"gray", "", w.Operation.EpochOld}}},
		Outside:  Chip{"yellow", "warn", w.Status.Lines["bus.behind"]},
		OutFacts: []Pair{{w.Operation.Messages, "1,204", ""}},
		Hooks:    []Pair{{w.Webhook.States["active"], "2", ""}},
		Aside:    []AsideRow{{w.Status.Models["journeys"], "#2214", w.Event("case.note_added"), "fact partition is absent"}},
		Models:   []Option{{Value: "journeys", Text: w.Status.Models["journeys"]}},
	}
}
