package golden_test

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"ayumi/domain/indicator"
	"ayumi/domain/schema"
)

// The published schema takes every shipped definition, and refuses what the strict
// form refuses.
func TestDefinitionSchema(t *testing.T) {
	raw, err := json.MarshalIndent(schema.Definition(), "", " ")
	require.NoError(t, err)
	if *rewrite {
		require.NoError(t, os.WriteFile("definition.schema.json", append(raw, '\n'), 0o644))
	}
	want, err := os.ReadFile("definition.schema.json")
	require.NoError(t, err)
	require.Equal(t, string(bytes.TrimSpace(want)), string(raw), "if the change is meant: go test ./tests/golden -run Schema -rewrite")
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	require.NoError(t, c.AddResource("mem:///definition.json", doc))
	s, err := c.Compile("mem:///definition.json")
	require.NoError(t, err)
	check := func(d any) error {
		raw, err := json.Marshal(d)
		require.NoError(t, err)
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
		require.NoError(t, err)
		_, strict := indicator.ParseDefinition(raw)
		if err := s.Validate(v); err != nil {
			require.Error(t, strict, "refused by the schema alone")
			return err
		}
		return nil
	}
	book, err := indicator.Shipped()
	require.NoError(t, err)
	for _, d := range book.All() {
		require.NoError(t, check(d), d.Indicator)
		for name := range d.Parameters {
			bad := d
			bad.Parameters = map[string]string{name: "no such value"}
			require.Error(t, check(bad), "%s %s", d.Indicator, name)
		}
		raw, err := json.Marshal(d)
		require.NoError(t, err)
		var fields map[string]any
		require.NoError(t, json.Unmarshal(raw, &fields))
		for name := range fields {
			if name == "parameters" {
				continue
			}
			var less map[string]any
			require.NoError(t, json.Unmarshal(raw, &less))
			delete(less, name)
			require.Error(t, check(less), "%s without %s", d.Indicator, name)
			less[name] = 1
			require.Error(t, check(less), "%s %s", d.Indicator, name)
		}
		fields["colour"] = "red"
		require.Error(t, check(fields))
	}
}
