package document

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/japanese"

	"ayumi/domain"
	doc "ayumi/domain/document"
)

// drawing builds a PDF file by hand, object by object.
type drawing struct {
	objects []string
	locked  bool
	packed  bool // objects without bytes go into an object stream
}

func (d *drawing) add(body string) int {
	d.objects = append(d.objects, body)
	return len(d.objects)
}

func deflated(body string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(body))
	w.Close()
	return b.String()
}

func (d *drawing) stream(dict, body string) int {
	body = deflated(body)
	return d.add(fmt.Sprintf("<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", dict, len(body), body))
}

// file writes everything out; root is the number of the catalogue.
func (d *drawing) file(root int) []byte {
	var b, head, inside bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	n := 0
	for i, o := range d.objects {
		if d.packed && !strings.Contains(o, "stream\n") {
			fmt.Fprintf(&head, "%d %d ", i+1, inside.Len())
			inside.WriteString(o + " ")
			n++
			continue
		}
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	extra := ""
	if d.locked {
		extra = "/Encrypt 99 0 R"
	}
	if !d.packed {
		fmt.Fprintf(&b, "trailer\n<< /Root %d 0 R /Size %d %s >>\nstartxref\n0\n%%%%EOF\n", root, len(d.objects)+1, extra)
		return b.Bytes()
	}
	body := deflated(head.String() + inside.String())
	fmt.Fprintf(&b, "900 0 obj\n<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n", n, head.Len(), len(body), body)
	fmt.Fprintf(&b, "901 0 obj\n<< /Type /XRef /Root %d 0 R %s /Size 1 /W [1 1 1] /Length 0 >>\nstream\n\nendstream\nendobj\n", root, extra)
	return b.Bytes()
}

// line is a text at a place of a page.
type line struct {
	x, y int
	text string
}

// page draws lines with a font of two-byte codes that a map leads back to text.
func (d *drawing) page(lines ...line) int {
	var body, table strings.Builder
	codes := map[rune]int{}
	for _, l := range lines {
		fmt.Fprintf(&body, "BT /F1 10 Tf 1 0 0 1 %d %d Tm <", l.x, l.y)
		for _, r := range l.text {
			if codes[r] == 0 {
				codes[r] = len(codes) + 1
				fmt.Fprintf(&table, "<%04X> <", codes[r])
				for _, u := range utf16.Encode([]rune{r}) {
					fmt.Fprintf(&table, "%04X", u)
				}
				table.WriteString(">\n")
			}
			fmt.Fprintf(&body, "%04X", codes[r])
		}
		body.WriteString("> Tj ET\n")
	}
	unicode := d.stream("", "1 begincodespacerange <0000> <FFFF> endcodespacerange "+fmt.Sprint(len(codes))+" beginbfchar "+table.String()+"endbfchar")
	return d.pageOf(fmt.Sprintf("/Encoding /Identity-H /ToUnicode %d 0 R", unicode), body.String())
}

func (d *drawing) pageOf(encoding, body string) int {
	kid := d.add("<< /Type /Font /Subtype /CIDFontType2 /DW 1000 >>")
	font := d.add(fmt.Sprintf("<< /Type /Font /Subtype /Type0 %s /DescendantFonts [%d 0 R] >>", encoding, kid))
	contents := d.stream("", body)
	return d.add(fmt.Sprintf("<< /Type /Page /Resources << /Font << /F1 %d 0 R >> >> /Contents %d 0 R >>", font, contents))
}

func (d *drawing) finish(pages ...int) []byte {
	kids := ""
	for _, p := range pages {
		kids += fmt.Sprintf("%d 0 R ", p)
	}
	tree := d.add(fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids, len(pages)))
	return d.file(d.add(fmt.Sprintf("<< /Type /Catalog /Pages %d 0 R >>", tree)))
}

func TestPDF(t *testing.T) {
	for name, packed := range map[string]bool{"plain objects": false, "packed objects": true} {
		t.Run(name, func(t *testing.T) {
			d := &drawing{packed: packed}
			got := good(t, "sheet.pdf", d.finish(
				d.page(line{50, 700, "187（前年度36）"}, line{50, 720, "移住相談"}, line{50, 760, "表題"}, line{150, 720, "と就業"}, line{50, 40, "1"}),
				d.page(line{50, 700, "𠮷田①"}),
			))
			require.Equal(t, "表題\n移住相談 と就業\n187（前年度36）\n1\n𠮷田①", words(got), "from the top, from the left")
			require.Equal(t, 2, got.Pages)
			require.Equal(t, doc.Place{Page: 1, Line: 3}, got.Pieces[2].Place)
			require.True(t, got.Pieces[3].Edge)
			require.False(t, got.Pieces[1].Edge)
			require.Empty(t, got.Refused)
		})
	}
}

// A table is read with what stands above each cell.
func TestPDFColumns(t *testing.T) {
	d := &drawing{}
	got := good(t, "", d.finish(d.page(
		line{50, 740, "指標名"}, line{150, 740, "就職者と移住者"},
		line{50, 720, "区分"}, line{150, 720, "基準値"}, line{300, 720, "今年度目標値"},
		line{50, 700, "数値"}, line{150, 700, "13"}, line{300, 700, "30名以上"},
		line{50, 660, "一列だけの文 7校"}, line{50, 640, "次の行 8"},
	)))
	require.Equal(t, "数値 13 30名以上", got.Pieces[2].Text)
	require.Equal(t, []doc.Part{
		{From: 3, To: 5, Above: []string{"基準値", "就職者と移住者", "就職者と移住者基準値13"}},
		{From: 6, To: 11, Above: []string{"今年度目標値", "今年度目標値30名以上"}},
	}, got.Pieces[2].Parts)
	require.Empty(t, got.Pieces[4].Parts, "lines of one column say nothing of each other")
}

// Shift_JIS codes, ranges, simple fonts and drawings inside the page are read too.
func TestPDFFonts(t *testing.T) {
	raw, err := japanese.ShiftJIS.NewEncoder().Bytes([]byte("就業相談168件"))
	require.NoError(t, err)
	d := &drawing{}
	old := d.pageOf("/Encoding /90ms-RKSJ-H", fmt.Sprintf("BT /F1 10 Tf 50 700 Td <%X> Tj ET", raw))
	span := d.stream("", "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0010> <0019> <0030> endbfrange 1 beginbfrange <0020> <0021> [<4EF6> <4EBA>] endbfrange")
	ranged := d.pageOf(fmt.Sprintf("/Encoding /Identity-H /ToUnicode %d 0 R", span), "BT /F1 10 Tf 50 700 Td [<0011 0016> -20 <0018>] TJ <0020> Tj ET")
	latin := d.add("<< /Type /Font /Subtype /Type1 /Encoding << /Differences [65 /one /six /eight /uni4EF6] >> >>")
	inner := d.stream(fmt.Sprintf("/Subtype /Form /Resources << /Font << /F2 %d 0 R >> >>", latin), "BT /F2 10 Tf 50 600 Td (ABC\\104) Tj ET")
	contents := d.stream("", "q /X Do Q BI /W 1 /H 1 ID \x01\x02( EI ")
	drawn := d.add(fmt.Sprintf("<< /Type /Page /Resources << /XObject << /X %d 0 R >> >> /Contents [%d 0 R] >>", inner, contents))
	require.Equal(t, "就業相談168件\n168件\n168件", words(good(t, "", d.finish(old, ranged, drawn))))
}

func TestPDFRefused(t *testing.T) {
	d := &drawing{locked: true}
	require.Equal(t, "document.encrypted", refusal(t, "", d.finish(d.page(line{50, 700, "秘密"}))))
	d = &drawing{locked: true, packed: true}
	require.Equal(t, "document.encrypted", refusal(t, "", d.finish(d.page(line{50, 700, "秘密"}))))

	d = &drawing{}
	picture := d.stream("/Subtype /Image /Width 1 /Height 1", "\x00")
	body := d.stream("", "q 100 0 0 100 0 0 cm /I Do Q")
	scan := d.add(fmt.Sprintf("<< /Type /Page /Resources << /XObject << /I %d 0 R >> >> /Contents %d 0 R >>", picture, body))
	require.Equal(t, "document.scanned", refusal(t, "", d.finish(scan)))

	d = &drawing{}
	require.Equal(t, "document.unreadable", refusal(t, "", d.finish(d.pageOf("/Encoding /Identity-H", "BT /F1 10 Tf <00010002> Tj ET"))))

	d = &drawing{}
	one := d.page(line{50, 700, "頁"})
	var many []int
	for range maxPages + 1 {
		many = append(many, d.add(d.objects[one-1]))
	}
	require.Equal(t, "document.pages", refusal(t, "", d.finish(many...)))

	d = &drawing{}
	require.Equal(t, "document.unpacked", refusal(t, "", d.finish(d.pageOf("", strings.Repeat("q Q ", maxUnpack/4+1)))))
	require.Equal(t, "document.damaged", refusal(t, "", []byte("%PDF-1.4\nnothing")))
}

// Of a file with a scanned page the others are read, and the page is named.
func TestPDFNamesThePageWithoutText(t *testing.T) {
	d := &drawing{}
	blank := d.add("<< /Type /Page >>")
	got := good(t, "", d.finish(d.page(line{50, 700, "本文 168"}), blank))
	require.Equal(t, []*domain.Refusal{domain.RefuseField("document.page_without_text", "document", "page", "2")}, got.Refused)
	require.Equal(t, "本文 168", words(got))
}

// A page tree that leads back to itself, and arrays without an end, are left.
func TestPDFThatLeadsNowhere(t *testing.T) {
	loop := []byte("%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj 2 0 obj << /Type /Pages /Kids [2 0 R 3 0 R 3 0 R] >> endobj 3 0 obj 3 0 R endobj trailer << /Root 1 0 R >>")
	require.Equal(t, "document.scanned", refusal(t, "", loop))
	deep := []byte("%PDF-1.4\n1 0 obj " + strings.Repeat("[", 100_000) + " endobj")
	require.Equal(t, "document.damaged", refusal(t, "", deep))
}

// A file cut anywhere, or with a byte exchanged, is read or refused.
func TestPDFDamaged(t *testing.T) {
	d := &drawing{packed: true}
	whole := d.finish(d.page(line{50, 700, "就業相談 168（前年度 23）"}))
	for n := 0; n < len(whole); n += 7 {
		for _, raw := range [][]byte{whole[:n], append(append(bytes.Clone(whole[:n]), whole[n]^0x55), whole[n+1:]...)} {
			if len(bytes.TrimSpace(raw)) == 0 {
				continue
			}
			_, err := Reader{}.Read("a.pdf", raw)
			var r *domain.Refusal
			require.True(t, err == nil || errors.As(err, &r), "%d: %v", n, err)
		}
	}
}

func FuzzPDF(f *testing.F) {
	for _, packed := range []bool{false, true} {
		d := &drawing{packed: packed}
		f.Add(d.finish(d.page(line{50, 700, "就業相談 168（前年度 23）"})))
	}
	f.Add([]byte("%PDF-1.4 1 0 obj << /Filter [/LZWDecode /ASCII85Decode] /Length 9 >> stream\nabc~> endstream trailer << /Root 1 0 R >>"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := readPDF(raw)
		var r *domain.Refusal
		require.True(t, err == nil || errors.As(err, &r), "%v", err)
		for _, p := range got.Pieces {
			require.True(t, utf8.ValidString(p.Text))
		}
	})
}
