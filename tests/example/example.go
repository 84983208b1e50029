// Package example makes valid values for every marked field, so that tests can
// walk over all commands and events without knowing one of them.
package example

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/tests/given"
)

// Value is a valid value of a field as a caller sends it. It is the same each time.
func Value(f domain.Field) any {
	switch f.Kind {
	case domain.KindCode:
		return f.List[0]
	case domain.KindCodes:
		return []string{f.List[0]}
	case domain.KindToken:
		if f.Name == "language" {
			return "ja"
		}
		return "n1"
	case domain.KindTokens:
		return []string{"n1"}
	case domain.KindID:
		return given.ID(f.Name)
	case domain.KindIDs:
		return []string{given.ID(f.Name)}
	case domain.KindInt:
		return 1
	case domain.KindFlag:
		return true
	case domain.KindDate:
		return "2019-06-01"
	case domain.KindTime:
		return 1030
	case domain.KindDigest:
		sum := sha256.Sum256([]byte(f.Name))
		return hex.EncodeToString(sum[:])
	case domain.KindText:
		if f.Each {
			return map[string]string{given.ID("mover"): "見本 " + f.Name}
		}
		return "見本 " + f.Name
	case domain.KindJSON:
		return map[string]any{}
	}
	return "見本の語"
}

// Fields are valid values of all fields that a caller may state.
func Fields(fields []domain.Field) map[string]any {
	out := map[string]any{}
	for _, f := range fields {
		if !f.Made {
			out[f.Name] = Value(f)
		}
	}
	return out
}

// Command is valid data of a command for the stream of the given id: all of its
// own fields, none of the envelope's. "" leaves the stream out.
func Command(shape domain.Shape, stream string) map[string]any {
	out := Fields(shape.Fields)
	if stream != "" {
		out[office.StreamKey(shape)] = stream
	}
	return out
}

// Data is the JSON of fields, parsed as a command's data.
func Data(t testing.TB, fields map[string]any) domain.Data {
	t.Helper()
	raw, err := json.Marshal(fields)
	require.NoError(t, err)
	data, err := domain.ParseData(raw)
	require.NoError(t, err)
	return data
}
