// Package golden compares what the program writes with what was agreed.
package golden_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/office"
)

// agreed is one fact of the catalogue: name[?]:kind[=word|word].
type agreed struct {
	kind     string
	list     []string
	optional bool
}

// catalogue reads vocabulary.tsv, the rows of events.md 4: type, then its facts.
func catalogue(t *testing.T) map[string]map[string]agreed {
	t.Helper()
	raw, err := os.ReadFile("vocabulary.tsv")
	require.NoError(t, err)
	out := map[string]map[string]agreed{}
	for line := range strings.Lines(string(raw)) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		require.NotContains(t, out, cells[0])
		facts := map[string]agreed{}
		for _, cell := range cells[1:] {
			name, kind, ok := strings.Cut(cell, ":")
			require.True(t, ok, cell)
			var f agreed
			name, f.optional = strings.CutSuffix(name, "?")
			kind, list, listed := strings.Cut(kind, "=")
			if f.kind = kind; listed {
				f.list = strings.Split(list, "|")
			}
			facts[name] = f
		}
		out[cells[0]] = facts
	}
	return out
}

// events are the shapes of all event types but those of the log itself, which
// the catalogue does not hold.
func events() []domain.Shape {
	var out []domain.Shape
	for _, a := range office.Aggregates() {
		if a.Name() != "log" {
			out = append(out, a.EventShapes()...)
		}
	}
	return out
}

func TestFactsAreThoseOfTheCatalogue(t *testing.T) {
	rows := catalogue(t)
	var found []string
	for _, shape := range events() {
		row, ok := rows[shape.Name]
		if !ok {
			found = append(found, shape.Name+" is not agreed")
			continue
		}
		delete(rows, shape.Name)
		found = append(found, compare(shape, row)...)
	}
	for name := range rows {
		found = append(found, name+" is missing")
	}
	for _, f := range found {
		if _, known := intended[f]; !known {
			t.Errorf("%s", f)
		}
	}
	for f := range intended {
		require.Contains(t, found, f, "an intended difference that is none")
	}
}

func compare(shape domain.Shape, row map[string]agreed) (found []string) {
	have := map[string]bool{}
	for _, f := range shape.Fields {
		switch f.Place {
		case domain.InSealed:
			continue
		case domain.InCall:
			found = append(found, fmt.Sprintf("%s %s is neither fact nor sealed", shape.Name, f.Name))
			continue
		}
		have[f.Name] = true
		want, ok := row[f.Name]
		if !ok {
			found = append(found, fmt.Sprintf("%s %s is not agreed", shape.Name, f.Name))
			continue
		}
		found = append(found, difference(shape.Name, f, want)...)
	}
	for name := range row {
		if !have[name] {
			found = append(found, fmt.Sprintf("%s %s is missing", shape.Name, name))
		}
	}
	return found
}

func difference(event string, f domain.Field, want agreed) (found []string) {
	if f.Optional != want.optional {
		found = append(found, fmt.Sprintf("%s %s is optional: %t", event, f.Name, f.Optional))
	}
	if !slices.Contains(kinds[want.kind], f.Kind) {
		found = append(found, fmt.Sprintf("%s %s is a %s, agreed %s", event, f.Name, f.Kind, want.kind))
	}
	if want.list != nil && !slices.Equal(slices.Sorted(slices.Values(want.list)), slices.Sorted(slices.Values(f.List))) {
		found = append(found, fmt.Sprintf("%s %s knows other words", event, f.Name))
	}
	return found
}

// kinds are the kinds of the program that carry a kind of the catalogue: a code
// without a closed list is a token.
var kinds = map[string][]domain.Kind{
	"code":  {domain.KindCode, domain.KindToken},
	"codes": {domain.KindCodes, domain.KindTokens},
	"id":    {domain.KindID}, "ids": {domain.KindIDs}, "int": {domain.KindInt}, "flag": {domain.KindFlag},
	"date": {domain.KindDate}, "time": {domain.KindTime}, "digest": {domain.KindDigest}, "word": {domain.KindWord},
}

// Free wording in clear stands only in streams that hold public wording
// (events.md 2.2), and nothing sealed has the form of a fact.
func TestWordingInClearIsPublic(t *testing.T) {
	wording := []string{"outreach", "partner", "employer", "university", "indicator", "figure", "workplan", "period", "volume"}
	for _, shape := range events() {
		category, _, _ := strings.Cut(shape.Name, ".")
		for _, f := range shape.Fields {
			if f.Kind == domain.KindWord {
				require.Contains(t, wording, category, "%s %s", shape.Name, f.Name)
			}
			require.Equal(t, f.Place == domain.InSealed, f.Kind == domain.KindText, "%s %s", shape.Name, f.Name)
		}
	}
}
