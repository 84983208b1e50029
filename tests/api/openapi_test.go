package api_test

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

	"ayumi/domain/schema"
	"ayumi/infra/api"
)

var rewrite = flag.Bool("rewrite", false, "write the description of the API again")

func described(t *testing.T) []byte {
	t.Helper()
	raw, err := api.New(api.Config{}).OpenAPI()
	require.NoError(t, err)
	var out bytes.Buffer
	require.NoError(t, json.Indent(&out, raw, "", " "))
	return append(out.Bytes(), '\n')
}

func TestTheDescriptionIsTheAgreedOne(t *testing.T) {
	path, raw := filepath.Join("..", "golden", "openapi.json"), described(t)
	if *rewrite {
		require.NoError(t, os.WriteFile(path, raw, 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.True(t, bytes.Equal(want, raw), "the API has changed; if that is meant: go test ./tests/api -run Agreed -rewrite, and read the difference")
}

func TestEveryCommandIsAnOperation(t *testing.T) {
	var doc struct {
		Paths      map[string]map[string]any
		Components struct{ Schemas map[string]any }
	}
	require.NoError(t, json.Unmarshal(described(t), &doc))
	for name := range schema.Commands() {
		op := doc.Paths[api.Prefix+"/commands/"+name]["post"].(map[string]any)
		require.Equal(t, name, op["operationId"])
		content := op["requestBody"].(map[string]any)["content"].(map[string]any)["application/json"].(map[string]any)
		require.Equal(t, map[string]any{"$ref": "#/components/schemas/command." + name}, content["schema"])
	}
	for path := range doc.Paths {
		require.True(t, strings.HasPrefix(path, api.Prefix), path)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	raw, err := jsonschema.UnmarshalJSON(bytes.NewReader(described(t)))
	require.NoError(t, err)
	require.NoError(t, c.AddResource("mem:///openapi.json", raw))
	for name := range doc.Components.Schemas {
		_, err := c.Compile("mem:///openapi.json#/components/schemas/" + name)
		require.NoError(t, err, name)
	}
}
