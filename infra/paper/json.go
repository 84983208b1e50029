package paper

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"time"

	"ayumi/domain/workplan"
)

// jsonSheet is the sheet as data, with the reference of every figure.
type jsonSheet struct {
	Sheet      string            `json:"sheet"`
	Format     string            `json:"format"`
	FiscalYear int               `json:"fiscal_year"`
	Language   string            `json:"language"`
	Title      string            `json:"title"`
	Edition    int               `json:"edition"`
	Draft      bool              `json:"draft"`
	Sample     string            `json:"sample,omitempty"` // of invented data, in words
	KnownAt    string            `json:"known_at"`
	RecordedAt string            `json:"recorded_at"`
	Position   uint64            `json:"position"`
	Leaf       string            `json:"leaf"`
	Digest     string            `json:"digest"`
	Data       []workplan.Datum  `json:"data"`
	Figures    []workplan.Figure `json:"figures"`
}

func jsonFile(d workplan.Paper) ([]byte, error) {
	out := jsonSheet{
		Sheet: d.Sheet, Format: d.Format, FiscalYear: int(d.FY), Language: d.Language, Title: d.Title, Edition: d.Edition, Draft: d.Draft,
		KnownAt: d.Known.String(), RecordedAt: d.At.UTC().Format(time.RFC3339Nano), Position: d.Position, Leaf: hex.EncodeToString(d.Leaf[:]),
		Digest: d.Digest(), Data: d.Data, Figures: d.Figures,
	}
	if d.Sample {
		out.Sample = words(d).Printed.Sample
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(out)
	return b.Bytes(), err
}
