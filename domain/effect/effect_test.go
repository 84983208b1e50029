package effect_test

import (
	"errors"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/effect"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
)

var today = japan.On(2020, 3, 1)

// rec is an event with facts as canonical text.
func rec(position uint64, typ, stream, facts string) domain.Recorded {
	body := domain.FormatBody(domain.Body{Facts: domain.Facts(facts), Salt: make([]byte, domain.SaltSize)})
	return domain.Recorded{Position: position, Type: typ, Stream: stream, Body: body}
}

func seq(events ...domain.Recorded) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for _, e := range events {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func shipped(t *testing.T) *indicator.Book {
	book, err := effect.Shipped()
	require.NoError(t, err)
	return book
}

func reception(position uint64, id string) domain.Recorded {
	return rec(position, "reception.logged", "reception-TKC.2019",
		`{"categories":"job","channel":"phone","controller":"joint","corner":"TKC","occurred_on":"2019-06-01","precision":"day","reception":"`+id+`"}`)
}

func TestAVoidedReceptionLeavesTheCornersFigures(t *testing.T) {
	void := rec(0, "reception.voided", "reception-TKC.2019", `{"occurred_on":"2020-03-01","reason":"duplicate","reception":"r1"}`)
	year, month := japan.FiscalYear(2019).Whole(), japan.MonthOf(japan.On(2019, 6, 1))
	e, err := effect.Of(seq(reception(3, "r1"), reception(7, "r2")), []domain.Recorded{void}, effect.Everywhere(shipped(t)), today, month, year)
	require.NoError(t, err)
	require.Equal(t, uint64(7), e.Position)
	want := effect.Shift{Indicator: "B0", Version: "tot-2019.1", Scope: "TKC", Period: year, Kind: "voided", Before: 2, After: 1,
		Lost: []effect.Loss{{Member: "r1", Clause: "voided"}}}
	of := func(p japan.Period) effect.Shift { want.Period = p; return want }
	for _, s := range e.Shifts {
		require.Contains(t, []effect.Shift{of(year), of(month), joint(of(year)), joint(of(month))}, s)
	}
	require.Equal(t, -1, e.Delta("B0", "tot-2019.1", "TKC", month))
	require.Zero(t, e.Delta("B0", "tot-2019.1", "TKC", japan.FiscalYear(2018).Whole()))
}

func joint(s effect.Shift) effect.Shift { s.Scope = "joint"; return s }

func TestTheDigestIsThatOfTheChange(t *testing.T) {
	void := func(id string) []domain.Recorded {
		return []domain.Recorded{rec(0, "reception.voided", "reception-TKC.2019", `{"occurred_on":"2020-03-01","reason":"duplicate","reception":"`+id+`"}`)}
	}
	past := seq(reception(3, "r1"), reception(7, "r2"))
	one, err := effect.Of(past, void("r1"), effect.Everywhere(shipped(t)), today)
	require.NoError(t, err)
	again, err := effect.Of(past, void("r1"), effect.Everywhere(shipped(t)), today)
	require.NoError(t, err)
	other, err := effect.Of(past, void("r2"), effect.Everywhere(shipped(t)), today)
	require.NoError(t, err)
	require.Equal(t, one.Digest(), again.Digest())
	require.NotEqual(t, one.Digest(), other.Digest())
	require.Len(t, one.Digest(), 64)
}

func TestWhatCannotBeFoldedIsAnError(t *testing.T) {
	broken := errors.New("disk")
	_, err := effect.Of(func(yield func(domain.Recorded, error) bool) { yield(domain.Recorded{}, broken) }, nil, effect.Everywhere(shipped(t)), today)
	require.ErrorIs(t, err, broken)
	_, err = effect.Of(seq(), []domain.Recorded{rec(0, "case.consultation_voided", "case-c1", `{"consultation":"s1"}`)}, effect.Everywhere(shipped(t)), today)
	require.ErrorContains(t, err, "case.consultation_voided")
	_, err = effect.Of(seq(domain.Recorded{Position: 1, Type: "case.opened", Body: []byte("x")}), nil, effect.Everywhere(shipped(t)), today)
	require.Error(t, err)
}

// A component is everybody who hangs together, and nobody else.
func TestAComponentIsWalkedToItsEnd(t *testing.T) {
	streams := map[string][]domain.Recorded{
		"person-a": {rec(1, "person.registered", "person-a", `{}`), rec(9, "person.merged", "person-a", `{"into":"b"}`)},
		"person-b": {rec(2, "person.registered", "person-b", `{}`), rec(10, "person.absorbed", "person-b", `{"other":"a"}`)},
		"person-c": {rec(3, "person.registered", "person-c", `{}`), rec(11, "person.duplicate_suspected", "person-c", `{"other":"z"}`)},
		"person-d": {rec(4, "person.registered", "person-d", `{}`)},
		"person-z": {rec(5, "person.registered", "person-z", `{}`)},
		"case-x":   {rec(6, "case.opened", "case-x", `{"person":"b"}`), rec(7, "case.member_added", "case-x", `{"person":"c"}`), rec(12, "case.consultation_released", "case-x", `{"to_case":"y"}`)},
		"case-y":   {rec(8, "case.opened", "case-y", `{"person":"d"}`), rec(13, "case.consultation_received", "case-y", `{"from_case":"x","lead_person":"d"}`)},
		"case-w":   {rec(14, "case.opened", "case-w", `{"person":"z"}`)},
	}
	l := effect.Log{
		CasesOf: func(person string) ([]string, error) {
			return map[string][]string{"b": {"x"}, "c": {"x"}, "d": {"y"}, "z": {"w"}}[person], nil
		},
		Stream: func(name string) iter.Seq2[domain.Recorded, error] { return seq(streams[name]...) },
	}
	for _, start := range []string{"person-a", "person-c", "case-y"} {
		events, err := effect.Component(l, []domain.Recorded{rec(0, "person.age_band_updated", start, `{}`)})
		require.NoError(t, err)
		var at []uint64
		for _, e := range events {
			at = append(at, e.Position)
		}
		require.Equal(t, []uint64{1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13}, at, start)
	}
	failing := errors.New("no answer")
	l.CasesOf = func(string) ([]string, error) { return nil, failing }
	_, err := effect.Component(l, []domain.Recorded{rec(0, "person.merged", "person-a", `{"into":"b"}`)})
	require.ErrorIs(t, err, failing)
}
