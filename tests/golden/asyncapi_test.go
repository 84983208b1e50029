package golden_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/outside"
	"ayumi/infra/api"
)

const leaving = "mem:///asyncapi.json"

// asyncAPI is the document, compared with the agreed one.
func asyncAPI(t *testing.T) map[string]any {
	t.Helper()
	raw, err := api.AsyncAPI()
	require.NoError(t, err)
	if *rewrite {
		require.NoError(t, os.WriteFile("asyncapi.json", append(raw, '\n'), 0o644))
	}
	want, err := os.ReadFile("asyncapi.json")
	require.NoError(t, err)
	require.True(t, bytes.Equal(bytes.TrimSpace(want), raw), "what leaves has changed; if that is meant: go test ./tests/golden -run AsyncAPI -rewrite, and read the difference")
	var doc map[string]any
	require.NoError(t, json.Unmarshal(raw, &doc))
	return doc
}

// at follows a reference inside the document.
func follow(t *testing.T, doc map[string]any, ref string) map[string]any {
	t.Helper()
	here := any(doc)
	for _, key := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
		inner, ok := here.(map[string]any)
		require.True(t, ok, ref)
		here, ok = inner[key]
		require.True(t, ok, ref)
	}
	return here.(map[string]any)
}

func refOf(t *testing.T, v any) string {
	t.Helper()
	m := v.(map[string]any)
	require.Len(t, m, 1, "a reference stands alone")
	return m["$ref"].(string)
}

// every string under "$ref", wherever it stands.
func everyRef(v any, each func(string)) {
	switch v := v.(type) {
	case map[string]any:
		for key, inner := range v {
			if to, ok := inner.(string); ok && key == "$ref" {
				each(to)
			}
			everyRef(inner, each)
		}
	case []any:
		for _, inner := range v {
			everyRef(inner, each)
		}
	}
}

// TestAsyncAPIHoldsTogether: every operation sends on a channel the messages that the
// channel has, and every message has headers and a payload.
func TestAsyncAPIHoldsTogether(t *testing.T) {
	doc := asyncAPI(t)
	require.Equal(t, "3.0.0", doc["asyncapi"])
	info := doc["info"].(map[string]any)
	require.NotEmpty(t, info["title"])
	require.NotEmpty(t, info["version"])
	everyRef(doc, func(ref string) { follow(t, doc, ref) })
	operations, channels := doc["operations"].(map[string]any), doc["channels"].(map[string]any)
	require.Len(t, operations, len(outside.Shapes()))
	require.Len(t, channels, len(outside.Shapes()))
	for name, o := range operations {
		op := o.(map[string]any)
		require.Equal(t, "send", op["action"])
		to := refOf(t, op["channel"])
		require.True(t, strings.HasPrefix(to, "#/channels/"), to)
		channel := follow(t, doc, to)
		require.Regexp(t, `^ayumi\.out\.[a-z]+\.[a-z_]+\.\{controller\}$`, channel["address"])
		require.Contains(t, channel["parameters"], "controller")
		require.Len(t, channel["servers"], 1)
		for _, m := range op["messages"].([]any) {
			sent := refOf(t, m)
			require.True(t, strings.HasPrefix(sent, to+"/messages/"), sent)
			message := follow(t, doc, refOf(t, follow(t, doc, sent)))
			require.Equal(t, strings.TrimPrefix(name, "send."), message["name"])
			require.NotEmpty(t, follow(t, doc, refOf(t, message["payload"]))["properties"])
			require.NotEmpty(t, follow(t, doc, refOf(t, message["headers"]))["properties"])
		}
	}
	for kind, all := range doc["components"].(map[string]any) {
		for name := range all.(map[string]any) {
			require.Regexp(t, `^[a-zA-Z0-9.\-_]+$`, name, kind)
		}
	}
}

// TestAsyncAPIDescribesEveryEvent: what leaves of every event form ever released is
// what its schema says, and nothing that stays in has a schema.
func TestAsyncAPIDescribesEveryEvent(t *testing.T) {
	doc := asyncAPI(t)
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft7)
	c.AssertFormat()
	require.NoError(t, c.AddResource(leaving, map[string]any(roundTrip(t, doc))))
	files, err := filepath.Glob("events/*.json")
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		require.NoError(t, err)
		all, err := domain.FactsOf(bytes.TrimSpace(raw))
		require.NoError(t, err)
		e, leaves, err := outside.Of(domain.Recorded{Position: 1, ID: uuid.MustParse(all.Text("event_id")), Stream: all.Text("stream"), Type: all.Text("type"), Body: bytes.TrimSpace(raw)})
		require.NoError(t, err)
		_, described := doc["components"].(map[string]any)["schemas"].(map[string]any)[all.Text("type")]
		require.Equal(t, described, leaves, file)
		if !leaves {
			continue
		}
		seen[e.Type] = true
		s, err := c.Compile(leaving + "#/components/schemas/" + e.Type)
		require.NoError(t, err, file)
		check := func(text string) error {
			v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
			require.NoError(t, err)
			return s.Validate(v)
		}
		require.NoError(t, check(string(e.Facts)), file)
		require.Error(t, check(strings.Replace(string(e.Facts), "{", `{"recorded_by":"x",`, 1)), file)
		require.Error(t, check(strings.Replace(string(e.Facts), `"precision":"day"`, `"precision":"dawn"`, 1)), file)
	}
	require.Len(t, seen, len(outside.Shapes()), "an event that leaves has a golden file")
}

func roundTrip(t *testing.T, doc map[string]any) map[string]any {
	t.Helper()
	raw, err := json.Marshal(doc)
	require.NoError(t, err)
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	require.NoError(t, err)
	return v.(map[string]any)
}
