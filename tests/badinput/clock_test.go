package badinput_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/domain/scenario"
)

// The ends of the calendar: a clock that stands there gives a refusal or an
// event that can be read again, never a broken one.
func TestClocksAtTheEndsOfTheCalendar(t *testing.T) {
	w := open(t)
	for i, at := range []time.Time{
		time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC), time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC), time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC),
	} {
		data, err := json.Marshal(map[string]any{"case": w.streams["case"], "partition": "common", "text": "x"})
		require.NoError(t, err)
		_, err = w.Runner.Line(context.Background(), scenario.Line{Number: 1000 + i, At: at, By: w.by["CO"], Command: "case.add_note", Data: data})
		if err != nil {
			var fault scenario.Fault
			require.ErrorAs(t, err, &fault, "%s", at)
		}
	}
	for rec, err := range w.Store.All(context.Background(), 0) {
		require.NoError(t, err)
		readable(t, rec)
	}
}

func readable(t *testing.T, rec domain.Recorded) {
	t.Helper()
	category, _ := domain.SplitStream(rec.Stream)
	for _, a := range office.Aggregates() {
		if a.Name() == category {
			_, _, err := domain.DecodeAny(a, rec)
			require.NoError(t, err)
		}
	}
}
