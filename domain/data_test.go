package domain_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// everything has one field of each kind a command may have.
type everything struct {
	Channel    string            `fact:"channel,code"`
	Kind       string            `fact:"kind,code=red|green,wrong=kind.unknown"`
	Categories []string          `fact:"categories?,codes=category"`
	Reason     string            `fact:"reason?,token"`
	Marks      []string          `fact:"marks?,tokens"`
	Entity     string            `fact:"entity,id,new"`
	Others     []string          `fact:"others?,ids"`
	Heads      int               `fact:"heads,int"`
	Students   *int              `fact:"students?,int"`
	Remote     bool              `fact:"remote,flag"`
	Known      *bool             `fact:"known?,flag"`
	On         japan.Date        `fact:"on?,date"`
	At         *int              `fact:"at?,time"`
	Sheet      string            `fact:"sheet?,digest"`
	Place      string            `fact:"place?,word"`
	Computed   string            `fact:"computed?,token,made"`
	Note       string            `sealed:"note?,X"`
	Addresses  map[string]string `sealed:"addresses?,P,each"`
	Preview    *int              `arg:"preview?,int"`
}

const (
	least = `"channel":"phone","kind":"red","heads":1,"remote":true`
	whole = `{` + least + `,"categories":["job","housing"],"reason":"term","marks":["a","b"],"entity":"e-1","others":["o1"],
		"students":0,"known":false,"on":"2019-06-01","at":1030,"place":"新橋","note":"住所\n","addresses":{"p1":"x"},"preview":3,
		"sheet":"0000000000000000000000000000000000000000000000000000000000000000"}`
)

var command = uuid.MustParse("00000000-0000-4000-8000-000000000001")

// filled does what the office does with data: parse, fill, check.
func filled(raw string) (*everything, error) {
	data, err := domain.ParseData([]byte(raw))
	if err != nil {
		return nil, err
	}
	var c everything
	if err := data.Fill(&c, command); err != nil {
		return nil, err
	}
	return &c, domain.Check(&c)
}

func TestDataFillsEveryKindOfField(t *testing.T) {
	c, err := filled(whole)
	require.NoError(t, err)
	students, known, at, preview := 0, false, 1030, 3
	require.Equal(t, &everything{
		Channel: "phone", Kind: "red", Categories: []string{"job", "housing"}, Reason: "term", Marks: []string{"a", "b"},
		Entity: "e-1", Others: []string{"o1"}, Heads: 1, Students: &students, Remote: true, Known: &known,
		On: japan.On(2019, 6, 1), At: &at, Place: "新橋", Note: "住所\n", Addresses: map[string]string{"p1": "x"}, Preview: &preview,
		Sheet: strings.Repeat("0", 64),
	}, c)

	c, err = filled(`{` + least + `}`)
	require.NoError(t, err)
	require.Equal(t, &everything{Channel: "phone", Kind: "red", Heads: 1, Remote: true, Entity: domain.DeriveID(command, "entity")}, c)
}

func TestEachFieldIsRefusedByName(t *testing.T) {
	long := strings.Repeat("あ", 2001)
	for _, c := range []struct{ field, value, key string }{
		{"channel", `"fax"`, "field.code"}, {"channel", `""`, "field.required"}, {"channel", `1`, "field.type"}, {"channel", `null`, "field.type"},
		{"kind", `"blue"`, "kind.unknown"}, {"kind", `["red"]`, "field.type"},
		{"categories", `"job"`, "field.type"}, {"categories", `["job","x"]`, "field.code"}, {"categories", `["job,housing"]`, "field.code"}, {"categories", `[""]`, "field.code"}, {"categories", `[1]`, "field.type"},
		{"reason", `"a b"`, "field.code"}, {"reason", `"` + strings.Repeat("a", 65) + `"`, "field.code"}, {"marks", `["あ"]`, "field.code"},
		{"entity", `"a/b"`, "field.id"}, {"entity", `".."`, "field.id"}, {"entity", `"a*"`, "field.id"}, {"others", `["a b"]`, "field.id"},
		{"others", `[` + strings.TrimSuffix(strings.Repeat(`"aa",`, 200), ",") + `]`, ""},
		{"heads", `"1"`, "field.type"}, {"heads", `1.5`, "field.type"}, {"heads", `1e99`, "field.type"}, {"heads", `2000000000000`, "field.range"}, {"heads", `-2000000000000`, "field.range"}, {"heads", `99999999999999999999`, "field.type"},
		{"remote", `"yes"`, "field.type"}, {"remote", `2`, "field.type"}, {"remote", `0`, ""}, {"known", `null`, "field.type"},
		{"on", `"2019-02-29"`, "field.date"}, {"on", `"2019-6-1"`, "field.date"}, {"on", `20190601`, "field.type"},
		{"at", `2400`, "field.time"}, {"at", `1060`, "field.time"}, {"at", `-1`, "field.time"}, {"at", `0`, ""}, {"at", `"10:30"`, "field.type"},
		{"sheet", `"` + strings.Repeat("A", 64) + `"`, "field.digest"}, {"sheet", `"00"`, "field.digest"},
		{"place", `"` + long + `"`, "field.too_long"}, {"place", `"a\u0000"`, "field.text"}, {"place", `"a\u202eb"`, "field.text"}, {"place", "\"\xff\"", "field.text"}, {"place", `"\ud800"`, "field.text"},
		{"note", `"` + strings.Repeat("あ", 10_001) + `"`, "field.too_long"}, {"note", `"\u007f"`, "field.text"}, {"note", `{}`, "field.type"},
		{"addresses", `{"a b":"x"}`, "field.id"}, {"addresses", `{"p1":"\u0000"}`, "field.text"}, {"addresses", `{"p1":1}`, "field.type"},
		{"preview", `"3"`, "field.type"}, {"computed", `"x"`, "field.unknown"}, {"Channel", `"phone"`, "field.unknown"}, {"other", `1`, "field.unknown"},
	} {
		var data map[string]json.RawMessage
		require.NoError(t, json.Unmarshal([]byte(`{`+least+`}`), &data))
		delete(data, c.field)
		raw := `{"` + c.field + `":` + c.value
		for name, v := range data {
			raw += `,"` + name + `":` + string(v)
		}
		_, err := filled(raw + `}`)
		if c.key == "" {
			require.NoError(t, err, "%s: %.60s", c.field, c.value)
			continue
		}
		var bad domain.Refusals
		require.ErrorAs(t, err, &bad, "%s: %.60s", c.field, c.value)
		require.Len(t, bad, 1, "%s: %.60s", c.field, c.value)
		require.Equal(t, c.key, bad[0].Key, "%s: %.60s", c.field, c.value)
		require.Equal(t, c.field, bad[0].Field)
	}
}

func TestAllMissingFieldsAreNamedAtOnce(t *testing.T) {
	_, err := filled(`{"zz":1}`)
	var bad domain.Refusals
	require.ErrorAs(t, err, &bad)
	var named []string
	for _, r := range bad {
		named = append(named, r.Field+" "+r.Key)
	}
	require.Equal(t, []string{"channel field.required", "heads field.required", "kind field.required", "remote field.required", "zz field.unknown"}, named)
}

func TestDataIsOneFlatObject(t *testing.T) {
	for raw, key := range map[string]string{
		``: "data.not_object", `null`: "data.not_object", `[]`: "data.not_object", `"a"`: "data.not_object", `{`: "data.not_object",
		`{"a":1`: "data.not_object", `{"a":1,}`: "data.not_object", `{"a" 1}`: "data.not_object", `{"a":1 "b":2}`: "data.not_object", `{,}`: "data.not_object",
		`{} {}`: "data.not_object", `{}x`: "data.not_object", `{1:2}`: "data.not_object", `{"a":01}`: "data.not_object", `{"a":'b'}`: "data.not_object",
		`{"a":1,"a":1}`: "field.twice", `{"a":1,"\u0061":2}`: "field.twice",
		`{"a":"` + strings.Repeat("x", domain.MaxData) + `"}`:                     "data.too_large",
		`{"a":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `}`: "data.not_object",
	} {
		_, err := domain.ParseData([]byte(raw))
		var refusal *domain.Refusal
		require.ErrorAs(t, err, &refusal, "%.40s", raw)
		require.Equal(t, key, refusal.Key, "%.40s", raw)
	}
	data, err := domain.ParseData([]byte(" {\"a\" : 1 ,\n\"b\":[1, 2]} \n"))
	require.NoError(t, err)
	require.Len(t, data, 2)
	text, err := data.Text("c")
	require.NoError(t, err)
	require.Empty(t, text)
	_, err = data.Text("a")
	require.Error(t, err)
}

func FuzzParseData(f *testing.F) {
	for _, seed := range []string{whole, `{` + least + `}`, `{"a":1,"a":2}`, `{"heads":-0,"at":null,"addresses":{"":""}}`, `{"on":"0000-00-00"}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		data, err := domain.ParseData(raw)
		if err != nil {
			requireRefusal(t, err)
			return
		}
		var other map[string]json.RawMessage
		require.NoError(t, json.Unmarshal(raw, &other))
		require.Equal(t, other, map[string]json.RawMessage(data))
		var c, again everything
		if err := data.Fill(&c, command); err != nil {
			requireRefusal(t, err)
			return
		}
		if err := domain.Check(&c); err != nil {
			requireRefusal(t, err)
			return
		}
		require.NoError(t, data.Fill(&again, command))
		require.Equal(t, c, again)
	})
}

// requireRefusal: what comes back to people is a refusal, never a bare error.
func requireRefusal(t *testing.T, err error) {
	t.Helper()
	switch e := err.(type) {
	case *domain.Refusal:
		require.NotEmpty(t, e.Key)
	case domain.Refusals:
		require.NotEmpty(t, e)
	default:
		t.Fatalf("%T: %v", err, err)
	}
}
