package paper

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"ayumi/domain/workplan"
)

// Parts of a word-processing file that are the same for every paper (ECMA-376,
// transitional).
const (
	xmlHead      = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace    = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	contentTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
		`<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>` +
		`<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
		`<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`
	packageRels = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`
	documentRels = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/>` +
		`<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/>` +
		`<Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>`
	settings = xmlHead + `<w:settings ` + mainSpace + `><w:zoom w:percent="100"/><w:defaultTabStop w:val="840"/><w:characterSpacingControl w:val="doNotCompress"/></w:settings>`
)

// Word measures in twentieths of a point; type in half points.
const (
	wordWidth  = 10206 // 180 mm
	wordMargin = 850   // 15 mm
)

// styles are the styles of the paper, all in its font.
func styles(language string) string {
	named := func(id, name, based, paragraph, run string) string {
		return `<w:style w:type="paragraph" w:styleId="` + id + `"><w:name w:val="` + name + `"/><w:basedOn w:val="` + based + `"/><w:qFormat/><w:pPr>` + paragraph + `</w:pPr><w:rPr>` + run + `</w:rPr></w:style>`
	}
	size := func(half int) string { return fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, half, half) }
	fonts := `<w:rFonts w:ascii="` + spreadsheetFont + `" w:hAnsi="` + spreadsheetFont + `" w:eastAsia="` + spreadsheetFont + `" w:cs="` + spreadsheetFont + `"/>`
	languages := map[string]string{"ja": "ja-JP", "en": "en-GB"}
	return xmlHead + `<w:styles ` + mainSpace + `><w:docDefaults><w:rPrDefault><w:rPr>` + fonts + size(18) +
		`<w:lang w:val="` + languages[language] + `" w:eastAsia="ja-JP"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:kinsoku/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:spacing w:after="0" w:line="312" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>` +
		named("Title", "Title", "Normal", `<w:spacing w:after="120"/><w:jc w:val="center"/>`, `<w:b/>`+size(30)) +
		named("Heading1", "heading 1", "Normal", `<w:keepNext/><w:pBdr><w:left w:val="single" w:sz="36" w:space="6" w:color="000000"/></w:pBdr><w:spacing w:before="200" w:after="80"/><w:ind w:left="140"/><w:outlineLvl w:val="0"/>`, `<w:b/>`+size(23)) +
		named("Heading2", "heading 2", "Normal", `<w:keepNext/><w:spacing w:before="100" w:after="40"/><w:outlineLvl w:val="1"/>`, `<w:b/>`+size(20)) +
		named("Cell", "Cell", "Normal", "", size(17)) + named("Item", "Item", "Normal", `<w:spacing w:after="40"/><w:ind w:left="180" w:hanging="180"/>`, "") +
		named("CellItem", "Cell Item", "Cell", `<w:spacing w:after="20"/><w:ind w:left="170" w:hanging="170"/>`, "") + named("Note", "Note", "Normal", `<w:spacing w:before="60"/>`, size(15)) +
		named("Header", "header", "Normal", fmt.Sprintf(`<w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs>`, wordWidth), size(16)) +
		named("Footer", "footer", "Normal", `<w:jc w:val="center"/>`, size(18)) +
		`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style></w:styles>`
}

// word writes the body of a word-processing file.
type word struct{ bytes.Buffer }

// wordFile writes a paper as a word-processing file.
func wordFile(d workplan.Paper) ([]byte, error) {
	margin := words(d).PrintedMargin(d)
	left, right := margin[0], margin[1]
	return archive([]part{
		{"[Content_Types].xml", []byte(contentTypes)},
		{"_rels/.rels", []byte(packageRels)},
		{"docProps/core.xml", coreProperties(d)},
		{"word/_rels/document.xml.rels", []byte(documentRels)},
		{"word/document.xml", wordBody(d)},
		{"word/footer1.xml", []byte(xmlHead + `<w:ftr ` + mainSpace + `><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>` + field("PAGE") + run("／", "") + field("NUMPAGES") + `</w:p></w:ftr>`)},
		{"word/header1.xml", []byte(xmlHead + `<w:hdr ` + mainSpace + `><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>` + run(left, "") + `<w:r><w:tab/></w:r>` + run(right, "") + `</w:p></w:hdr>`)},
		{"word/settings.xml", []byte(settings)},
		{"word/styles.xml", []byte(styles(d.Language))},
	}, d.At)
}

func coreProperties(d workplan.Paper) []byte {
	at := d.At.UTC().Format(time.RFC3339)
	return []byte(xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + escaped(d.Title) + `</dc:title><dc:subject>` + escaped(d.Sheet) + `</dc:subject><dc:creator>Ayumi</dc:creator><dc:description>` + d.Digest() + `</dc:description>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">` + at + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + at + `</dcterms:modified></cp:coreProperties>`)
}

// escaped is a text inside XML. What XML cannot hold becomes a replacement
// character.
func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a strings.Builder takes everything
	return b.String()
}

func run(text, properties string) string {
	if properties != "" {
		properties = `<w:rPr>` + properties + `</w:rPr>`
	}
	return `<w:r>` + properties + `<w:t xml:space="preserve">` + escaped(text) + `</w:t></w:r>`
}

// field is a value the program fills in, as the number of the page.
func field(name string) string {
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + name + ` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

func wordBody(d workplan.Paper) []byte {
	b := &word{}
	b.WriteString(xmlHead + `<w:document ` + mainSpace + `><w:body>`)
	b.line("Title", "", run(d.Title, ""))
	joined := false // a table stands last: the next one would grow into it
	for _, block := range d.Blocks {
		switch {
		case block.Level > 0:
			more := ""
			if block.Break {
				more = `<w:pageBreakBefore/>`
			}
			b.line(fmt.Sprintf("Heading%d", block.Level), more, run(block.Title, ""))
		case block.Table != nil:
			if joined && !block.Table.Join {
				b.WriteString(`<w:p><w:pPr><w:spacing w:line="140" w:lineRule="exact"/></w:pPr></w:p>`)
			} else if joined {
				// A line of the least height parts two tables of unlike columns.
				b.WriteString(`<w:p><w:pPr><w:spacing w:line="2" w:lineRule="exact"/></w:pPr><w:r><w:rPr><w:sz w:val="2"/></w:rPr></w:r></w:p>`)
			}
			b.table(block.Table)
		case block.Small:
			b.paragraphs(block.Text, "Note", "Note", "", "")
		default:
			b.paragraphs(block.Text, "Normal", "Item", "", "")
		}
		joined = block.Table != nil
	}
	for i, text := range words(d).PrintedFoot(d) {
		more := ""
		if i == 0 {
			more = `<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="404040"/></w:pBdr>`
		}
		b.line("Note", more, run(text, ""))
	}
	fmt.Fprintf(b, `<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/>`+
		`<w:pgMar w:top="1080" w:right="%d" w:bottom="900" w:left="%d" w:header="560" w:footer="440" w:gutter="0"/></w:sectPr></w:body></w:document>`, wordMargin, wordMargin)
	return b.Bytes()
}

func (b *word) line(style, properties, runs string) {
	b.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + properties + `</w:pPr>` + runs + `</w:p>`)
}

// paragraphs writes lines; those of a list hang behind their sign.
func (b *word) paragraphs(list []workplan.Paragraph, style, item, paragraph, letters string) {
	if len(list) == 0 {
		b.line(style, paragraph, "")
	}
	for _, p := range list {
		name, runs := style, ""
		if p.Item != "" {
			name, runs = item, run(p.Item, letters)
		}
		for _, r := range p.Runs {
			more := letters
			if r.Big {
				more += `<w:sz w:val="26"/><w:szCs w:val="26"/>`
			}
			runs += run(r.Text, more)
		}
		b.line(name, paragraph, runs)
	}
}

// table writes a ruled table; its column titles stand on every page.
func (b *word) table(t *workplan.Table) {
	all := 0
	for _, w := range t.Widths {
		all += w
	}
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="` + fmt.Sprint(wordWidth) + `" w:type="dxa"/><w:tblBorders>`)
	for _, s := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		b.WriteString(`<w:` + s + ` w:val="single" w:sz="4" w:space="0" w:color="404040"/>`)
	}
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="100" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar><w:tblCaption w:val="` +
		escaped(t.Caption) + `"/></w:tblPr><w:tblGrid>`)
	for _, w := range t.Widths {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, wordWidth*w/all)
	}
	b.WriteString(`</w:tblGrid>`)
	for i, row := range t.Rows {
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
		if i < t.Head {
			b.WriteString(`<w:tblHeader/>`)
		}
		b.WriteString(`</w:trPr>`)
		column := 0
		for _, c := range row {
			width := 0
			for range c.Span {
				width += wordWidth * t.Widths[column] / all
				column++
			}
			b.cell(c, width)
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
}

func (b *word) cell(c workplan.Cell, width int) {
	fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, width)
	if c.Span > 1 {
		fmt.Fprintf(b, `<w:gridSpan w:val="%d"/>`, c.Span)
	}
	letters, paragraph := "", ""
	if c.Head != "" {
		b.WriteString(`<w:shd w:val="clear" w:color="auto" w:fill="EEEEEE"/>`)
		letters = `<w:b/>`
	}
	if c.Big {
		letters = `<w:b/><w:sz w:val="24"/><w:szCs w:val="24"/>`
	}
	if c.Center {
		paragraph = `<w:jc w:val="center"/>`
	}
	b.WriteString(`</w:tcPr>`)
	b.paragraphs(c.Text, "Cell", "CellItem", paragraph, letters)
	b.WriteString(`</w:tc>`)
}
