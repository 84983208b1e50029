package register_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/figure"
	"ayumi/domain/japan"
	"ayumi/domain/register"
	"ayumi/domain/workplan"
	"ayumi/infra/keyring"
	"ayumi/infra/memory"
	"ayumi/tests/given"
)

func digest(b string) string { return strings.Repeat(b, 32) }

var (
	proposed = &figure.Proposed{
		Edition: 1, Indicator: "C1@D-TKY", Version: "tot-2019.1", Definition: digest("0d"), PeriodKind: "fy_to_date",
		From: japan.On(2019, 4, 1), To: japan.On(2020, 2, 29), KnownAt: japan.On(2020, 3, 16), LogPosition: 1200,
		Value: 168, NearMisses: 40, Members: digest("0e"), Synthetic: true,
	}
	approved  = &figure.Approved{Edition: 1}
	published = &figure.Published{
		Edition: 1, Status: "preliminary", Outlet: "workplan", Basis: "unknown", Document: digest("0a"), AsOfText: "2月末現在",
	}
	imported = &figure.Imported{
		Value: 13, Indicator: "K1@D-TKY", From: japan.On(2009, 4, 1), To: japan.On(2010, 3, 31),
		Basis: "unknown", Overlap: "unknown", Document: digest("0a"),
	}
)

// second is the proposal of the next edition with another value.
func second() *figure.Proposed {
	p := *proposed
	p.Edition, p.Value, p.KnownAt, p.LogPosition, p.Members = 2, 169, japan.On(2020, 4, 20), 1300, digest("0f")
	return &p
}

// ledger writes events and folds them into the register of Tottori.
type ledger struct {
	t *testing.T
	d *domain.Decider
	n byte
}

func newLedger(t *testing.T) *ledger {
	keys, err := keyring.Open(t.TempDir(), keyring.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, keys.Close()) })
	return &ledger{t: t, d: &domain.Decider{Store: memory.New(), Keys: keys, Random: keyring.Random{}, Origin: "ledger"}}
}

func record[S any](l *ledger, a *domain.Aggregate[S], stream, controller string, events ...domain.Event[S]) {
	l.t.Helper()
	for _, ev := range events {
		l.n++
		in := domain.Intent{Command: uuid.UUID{15: l.n}, Actor: given.Desk("co1"), Now: time.Date(2020, 3, 31, 1, 0, int(l.n), 0, time.UTC),
			Stream: stream, Controller: controller, Desk: "D-TKY"}
		_, err := l.d.Transact(context.Background(), func(w *domain.Work) error { return domain.Record(w, a, in, ev) })
		require.NoError(l.t, err)
	}
}

func (l *ledger) register() *register.Register {
	out := register.New("31")
	for rec, err := range l.d.Store.All(context.Background(), 0) {
		require.NoError(l.t, err)
		require.NoError(l.t, out.Add(rec))
	}
	return out
}

func lines(r *register.Register) (out []string) {
	for _, l := range r.Lines {
		value, known := l.Value()
		text := fmt.Sprint(value)
		if !known {
			text = "-"
		}
		out = append(out, fmt.Sprintf("%d %s %s", l.No, l.Status(), text))
	}
	return out
}

func TestEveryPublishedNumberKeepsItsNumber(t *testing.T) {
	l := newLedger(t)
	job, base, other := given.ID("job"), given.ID("base"), given.ID("other")
	target := &workplan.ValueSet{No: 1, Field: "target", Comparator: "ge", Value: &[]int{30}[0], Unit: "名", Text: "30名以上"}
	record(l, workplan.Aggregate, "TKO.2019.1", "31",
		&workplan.Drafted{Format: "F2016", FY: 2019, Bureau: "本部", Unit: "東京本部", Policy: "誘致"},
		&workplan.IndicatorPlaced{No: 1, Indicator: "K1@D-TKY", Name: "IJUターン就職者、移住者数"}, target, &workplan.PlanPublished{Edition: 1, Document: digest("0a")})
	record(l, figure.Aggregate, base, "31", imported)
	record(l, figure.Aggregate, job, "31", proposed, approved)
	require.Equal(t, []string{"1 target 30", "2 imported 13"}, lines(l.register()))
	require.Len(t, l.register().Waiting(), 1)
	record(l, figure.Aggregate, job, "31", published)
	record(l, figure.Aggregate, other, "33", proposed, approved, published)
	record(l, workplan.Aggregate, "TKO.2019.1", "31", &workplan.ActualSet{No: 1, AbsentReason: "not_stated"},
		&workplan.Evaluated{Kind: "final", Mark: "on_plan", MarkText: "○", Reasons: "窓口を開けた。"}, &workplan.Published{Edition: 2, Document: digest("0b")})
	before := lines(l.register())
	require.Equal(t, []string{"1 target 30", "2 imported 13", "3 preliminary 168", "4 blank -"}, before)

	mended := *imported
	mended.Value = 14
	record(l, figure.Aggregate, base, "31", &mended)
	record(l, figure.Aggregate, job, "31", second(), &figure.Approved{Edition: 2},
		&figure.Corrected{Edition: 2, Replaces: 1, OldValue: 168, Value: 169, Reason: "後日入力", Note: "正誤表 第1号"},
		&figure.Verified{Edition: 1, Result: "ok", LogPosition: 1200})
	record(l, workplan.Aggregate, "TKO.2019.1", "31", &workplan.Revised{Edition: 3, Why: "正誤", Document: digest("0c")})
	r := l.register()
	require.Equal(t, append(before, "5 imported 14", "6 corrected 169"), lines(r))
	require.Empty(t, r.Waiting())
	var replaced []int
	for _, line := range r.Lines {
		if line.Replaced() {
			replaced = append(replaced, line.No)
		}
	}
	require.Equal(t, []int{2, 3}, replaced)
	require.Equal(t, r.Line(3), r.Of(job, 1))
	require.Equal(t, r.Line(6), r.Of(job, 2))
	require.Equal(t, r.Line(5), r.Of(base, 0))
	require.Nil(t, r.Line(7))
	require.Nil(t, r.Of(other, 1))
	require.Equal(t, "ok", r.Line(3).Edition.Verified[0].Result)
	require.Equal(t, digest("0a"), r.Line(3).Document())
	require.Equal(t, japan.On(2020, 3, 31), r.Line(6).On)
}
