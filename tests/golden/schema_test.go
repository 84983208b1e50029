package golden_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/domain/schema"
	"ayumi/tests/example"
	"ayumi/tests/given"
)

var rewrite = flag.Bool("rewrite", false, "write the description of commands and events again")

const at = "mem:///schema.json"

func described(t *testing.T) *jsonschema.Compiler {
	t.Helper()
	raw, err := json.MarshalIndent(schema.Document(), "", " ")
	require.NoError(t, err)
	if *rewrite {
		require.NoError(t, os.WriteFile("schema.json", append(raw, '\n'), 0o644))
	}
	want, err := os.ReadFile("schema.json")
	require.NoError(t, err)
	require.Equal(t, string(bytes.TrimSpace(want)), string(raw), "if the change is meant: go test ./tests/golden -run Schema -rewrite")
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	require.NoError(t, c.AddResource(at, doc))
	return c
}

func validate(t *testing.T, c *jsonschema.Compiler, name string, value []byte) error {
	t.Helper()
	s, err := c.Compile(at + "#/$defs/" + name)
	require.NoError(t, err, name)
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(value))
	require.NoError(t, err)
	return s.Validate(v)
}

func TestSchemaDescribesEveryCommand(t *testing.T) {
	c := described(t)
	_, err := c.Compile(at)
	require.NoError(t, err, "the document is a valid schema of its draft")
	shapes := office.New(nil, nil).Shapes()
	require.Len(t, schema.Commands(), len(shapes))
	for _, shape := range shapes {
		check := func(change func(data map[string]any)) error {
			data := example.Command(shape, given.ID("stream"))
			change(data)
			raw, err := json.Marshal(data)
			require.NoError(t, err)
			return validate(t, c, "command."+shape.Name, raw)
		}
		require.NoError(t, check(func(data map[string]any) {
			for _, f := range office.EnvelopeFields() {
				data[f.Name] = example.Value(f)
			}
		}), shape.Name)
		require.Error(t, check(func(data map[string]any) { data["recorded_by"] = "me" }), shape.Name)
		if !shape.Creates {
			require.Error(t, check(func(data map[string]any) { delete(data, office.StreamKey(shape)) }), shape.Name)
		}
		for _, f := range shape.Fields {
			if f.Made {
				continue
			}
			if !f.Optional && !f.New {
				require.Error(t, check(func(data map[string]any) { delete(data, f.Name) }), "%s without %s", shape.Name, f.Name)
			}
			require.Error(t, check(func(data map[string]any) { data[f.Name] = 1.5 }), "%s %s", shape.Name, f.Name)
		}
	}
}

func TestSchemaDescribesEveryEvent(t *testing.T) {
	c := described(t)
	for name := range schema.Events() {
		raw, err := os.ReadFile(filepath.Join("events", name+".json"))
		require.NoError(t, err)
		facts, err := domain.FactsOf(bytes.TrimSpace(raw))
		require.NoError(t, err)
		require.NoError(t, validate(t, c, "event."+name, facts), name)
		require.Error(t, validate(t, c, "event."+name, []byte(strings.Replace(string(facts), "{", `{"unheard_of":"x",`, 1))), name)
	}
}
