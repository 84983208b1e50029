package web

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"ayumi/domain/japan"
	"ayumi/domain/workplan"
	"ayumi/infra/web/locale"
)

// disclosurePackage is all that is held of one person, as it is handed to that
// person: sealed texts opened, those of others left out and said to be.
type disclosurePackage struct {
	Matter      string            `json:"matter"`
	Person      string            `json:"person"`
	MadeAt      time.Time         `json:"made_at"`
	Position    uint64            `json:"position"` // of the last record it holds
	Sample      bool              `json:"sample,omitempty"`
	Records     []disclosedRecord `json:"records"`
	Attachments []disclosedPaper  `json:"attachments"`
	Masked      int               `json:"masked"` // sections that belong to third persons
}

// disclosedRecord is one record. Facts are in clear in the log; texts were sealed.
type disclosedRecord struct {
	Number     uint64          `json:"number"`
	Type       string          `json:"type"`
	Title      string          `json:"title"`
	OccurredOn string          `json:"occurred_on"`
	RecordedAt time.Time       `json:"recorded_at"`
	Desk       string          `json:"desk,omitempty"`
	Voided     bool            `json:"voided,omitempty"`
	Facts      []disclosedFact `json:"facts,omitempty"`
	Texts      []disclosedFact `json:"texts,omitempty"`
	Masked     int             `json:"masked,omitempty"`
	Erased     bool            `json:"erased,omitempty"`
}

type disclosedFact struct {
	Name  string `json:"name"`
	Label string `json:"label"`
	Value string `json:"value"`          // in words
	Code  string `json:"code,omitempty"` // as it is kept, where that differs
}

type disclosedPaper struct {
	Record uint64 `json:"record"`
	Name   string `json:"name"`
	Kind   string `json:"kind"`
	On     string `json:"on"`
	Bytes  int64  `json:"bytes"`
}

// disclosureFile hands out the package as PDF or JSON. Opening it is in the access
// log before a byte is written, with the matter it is for.
func (s *Site) disclosureFile(w http.ResponseWriter, r *http.Request, v Visitor) error {
	m, err := s.matterAsked(r, v)
	if err != nil {
		return err
	}
	if m.Kind != "disclosure" || !m.Checked || m.Over() {
		return ErrMissing
	}
	pack, err := s.disclosure(r, v, m)
	if err != nil {
		return err
	}
	name := "ayumi_disclosure-" + strconv.FormatUint(m.No, 10)
	var file workplan.File
	switch r.PathValue("kind") {
	case "json":
		file.Type = "application/json"
		if file.Bytes, err = json.MarshalIndent(pack, "", " "); err != nil {
			return err
		}
		name += ".json"
	case "pdf":
		if file, err = s.config.Press.Print(pack.paper(v.W, s.config.Now()), "pdf"); err != nil {
			return err
		}
		name += ".pdf"
	default:
		return ErrMissing
	}
	w.Header().Set("Content-Type", file.Type)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, err = w.Write(file.Bytes)
	return err
}

// paper lays the package out for print.
func (d disclosurePackage) paper(w *locale.Words, now time.Time) workplan.Paper {
	words := w.Rights
	doc := workplan.Document{Sheet: "disclosure", Language: string(w.Language), Title: words.PackageTitle(d.Person)}
	text := func(lines ...string) []workplan.Paragraph {
		var out []workplan.Paragraph
		for _, l := range lines {
			out = append(out, workplan.Paragraph{Runs: []workplan.Run{{Text: l}}})
		}
		return out
	}
	doc.Blocks = append(doc.Blocks, workplan.Block{Text: text(words.PackageIntro(d.Matter, len(d.Records), d.Masked)...)})
	doc.Blocks = append(doc.Blocks, workplan.Block{Level: 1, ID: "records", Title: words.PackageRecords})
	for _, r := range d.Records {
		on, _ := japan.ParseDate(r.OccurredOn)
		lines := []string{}
		if r.Voided {
			lines = append(lines, w.Journey.Voided)
		}
		for _, f := range append(r.Facts, r.Texts...) {
			lines = append(lines, f.Label+"\u3000"+f.Value)
		}
		if r.Erased {
			lines = append(lines, w.Message.Erased)
		}
		if r.Masked > 0 {
			lines = append(lines, words.MaskedHere(r.Masked))
		}
		doc.Blocks = append(doc.Blocks, workplan.Block{Level: 2, Title: w.Date(on) + "\u3000" + r.Title + "\u3000" + recordNumber(r.Number)})
		if len(lines) > 0 {
			doc.Blocks = append(doc.Blocks, workplan.Block{Text: text(lines...)})
		}
	}
	doc.Blocks = append(doc.Blocks, workplan.Block{Level: 1, ID: "attachments", Title: words.PackageAttachments})
	lines := []string{}
	for _, a := range d.Attachments {
		lines = append(lines, a.Name+"\u3000"+a.Kind+"\u3000"+a.On+"\u3000"+recordNumber(a.Record))
	}
	if len(lines) == 0 {
		lines = []string{w.Closing.None}
	}
	doc.Blocks = append(doc.Blocks, workplan.Block{Text: text(lines...)})
	margin := [2]string{words.PackageMark, w.DateTime(now)}
	if d.Sample {
		margin[0] = w.Printed.Sample + "\u3000" + margin[0]
	}
	return workplan.Paper{Document: doc, Sample: d.Sample, Position: d.Position, At: now, Known: japan.DateOf(now), Margin: margin, Foot: words.PackageFoot(int(d.Position), w.DateTime(now))}
}
