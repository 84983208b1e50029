package domain_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
)

type visit struct {
	Channel    string     `fact:"channel,code"`
	Categories []string   `fact:"categories,codes=category"`
	Heads      int        `fact:"heads,int"`
	Students   *int       `fact:"students?,int"`
	At         *int       `fact:"at?,time"`
	Remote     bool       `fact:"remote,flag"`
	On         japan.Date `fact:"on,date"`
	Place      string     `fact:"place?,word"`
}

var visitFields = []string{"channel", "categories", "heads", "students", "at", "remote", "on", "place"}

func TestAmendSetsOneFactFromItsCanonicalText(t *testing.T) {
	for _, c := range []struct{ field, old, text string }{
		{"channel", "phone", "email"},
		{"categories", "housing,job", "student"},
		{"heads", "3", "40"},
		{"students", "", "12"},
		{"at", "1030", ""},
		{"remote", "0", "1"},
		{"on", "2019-06-01", "2019-05-31"},
		{"place", "", "新橋館"},
	} {
		at := 1030
		v := visit{Channel: "phone", Categories: []string{"job", "housing"}, Heads: 3, At: &at, On: japan.On(2019, 6, 1)}
		require.NoError(t, domain.Amend(&v, visitFields, c.field, c.old, c.text), c.field)
		now, ok := domain.FactText(&v, c.field)
		require.True(t, ok)
		require.Equal(t, c.text, now, c.field)
	}
}

func TestAmendRefuses(t *testing.T) {
	for _, c := range []struct{ field, old, text, key string }{
		{"heads", "4", "5", "amend.stale"},
		{"colour", "", "red", "amend.field"},
		{"heads", "3", "", "field.required"},
		{"heads", "3", "many", "field.type"},
		{"heads", "3", "04", "field.type"},
		{"remote", "0", "2", "field.type"},
		{"channel", "phone", "pigeon", "field.code"},
		{"categories", "housing,job", "student,job", "field.type"},
		{"on", "2019-06-01", "2019-02-30", "field.type"},
		{"at", "", "1060", "field.time"},
	} {
		v := visit{Channel: "phone", Categories: []string{"job", "housing"}, Heads: 3, On: japan.On(2019, 6, 1)}
		before := v
		var r *domain.Refusal
		require.ErrorAs(t, domain.Amend(&v, visitFields, c.field, c.old, c.text), &r, c.field)
		require.Equal(t, c.key, r.Key, c.field+c.text)
		require.Equal(t, before, v)
	}
	v := visit{Heads: 3}
	require.Error(t, domain.Amend(&v, []string{"channel"}, "heads", "3", "4"))
	_, ok := domain.FactText(&v, "colour")
	require.False(t, ok)
}
