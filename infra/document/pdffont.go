package document

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	utf16 "golang.org/x/text/encoding/unicode"
)

// pdfFont reads the strings of one font.
type pdfFont struct {
	unicode  *cmap // nil: not told
	size     int   // bytes of a code; 0: varies as named says
	named    encoding.Encoding
	byName   map[byte]string
	widths   map[int]float64
	usual    float64 // width of a code that has none of its own, in 1/1000 em
	scale    float64 // of widths: 1/1000, of Type 3 fonts their own
	vertical bool
}

// glyphs of a shown string.
type pdfGlyph struct {
	text  string
	width float64 // in em
	space bool    // the one-byte code 32, which word spacing widens
	known bool
}

// knownEncodings are the encodings by name whose codes are characters.
var knownEncodings = map[string]encoding.Encoding{
	"UniJIS-UCS2": utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM), "UniJIS-UCS2-HW": utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM),
	"UniJIS-UTF16": utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM), "UniJIS2004-UTF16": utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM),
	"90ms-RKSJ": japanese.ShiftJIS, "90msp-RKSJ": japanese.ShiftJIS, "83pv-RKSJ": japanese.ShiftJIS, "RKSJ": japanese.ShiftJIS, "EUC": japanese.EUCJP,
}

func (f *pdfFile) font(d pdfDict) *pdfFont {
	out := &pdfFont{size: 1, widths: map[int]float64{}, usual: 500, scale: 1. / 1000}
	if s, ok := f.get(d["ToUnicode"]).(*pdfStream); ok {
		if body, err := f.bytes(s); err == nil {
			out.unicode = parseCMap(body)
		}
	}
	if f.name(d["Subtype"]) == "Type0" {
		f.composite(out, d)
		return out
	}
	f.simple(out, d)
	return out
}

// composite reads a font of many glyphs, as Japanese ones are.
func (f *pdfFile) composite(out *pdfFont, d pdfDict) {
	out.size, out.usual = 2, 1000
	encoding := f.name(d["Encoding"])
	out.vertical = strings.HasSuffix(encoding, "-V")
	stem := strings.TrimSuffix(strings.TrimSuffix(encoding, "-H"), "-V")
	if out.named = knownEncodings[stem]; out.named != nil {
		out.size = 0
		if strings.HasPrefix(stem, "Uni") {
			out.size = 2
		}
	}
	kids := f.array(d["DescendantFonts"])
	if len(kids) == 0 {
		return
	}
	kid := f.dict(kids[0])
	if w, ok := f.get(kid["DW"]).(float64); ok {
		out.usual = w
	}
	list := f.array(kid["W"])
	for i := 0; i+1 < len(list) && len(out.widths) < mostMapped; {
		first := f.int(list[i])
		if each := f.array(list[i+1]); each != nil {
			for k, w := range each {
				out.widths[first+k] = f.number(w)
			}
			i += 2
			continue
		}
		if i+2 >= len(list) {
			return
		}
		for c := first; c <= f.int(list[i+1]) && c-first < 1<<16; c++ {
			out.widths[c] = f.number(list[i+2])
		}
		i += 3
	}
}

// simple reads a font of one-byte codes.
func (f *pdfFile) simple(out *pdfFont, d pdfDict) {
	first := f.int(d["FirstChar"])
	for i, w := range f.array(d["Widths"]) {
		out.widths[first+i] = f.number(w)
	}
	if m := f.array(d["FontMatrix"]); len(m) == 6 && f.name(d["Subtype"]) == "Type3" {
		out.scale = f.number(m[0])
	}
	out.named = charmap.Windows1252
	base := f.name(d["Encoding"])
	if e := f.dict(d["Encoding"]); e != nil {
		base = f.name(e["BaseEncoding"])
		out.byName = map[byte]string{}
		code := 0
		for _, v := range f.array(e["Differences"]) {
			switch v := f.get(v).(type) {
			case float64:
				code = int(v)
			case pdfName:
				if g := glyph(string(v)); g != "" && code >= 0 && code < 256 {
					out.byName[byte(code)] = g
				}
				code++
			}
		}
	}
	if base == "MacRomanEncoding" {
		out.named = charmap.Macintosh
	}
}

// read parts a string into glyphs.
func (x *pdfFont) read(s []byte) []pdfGlyph {
	var out []pdfGlyph
	for len(s) > 0 {
		n := min(x.next(s), len(s))
		code := s[:n]
		s = s[n:]
		w, ok := x.widths[int(codeOf(code))]
		if !ok {
			w = x.usual
		}
		g := pdfGlyph{width: w * x.scale, space: n == 1 && code[0] == ' '}
		g.text, g.known = x.text(code)
		out = append(out, g)
	}
	return out
}

// next is how many bytes the next code takes.
func (x *pdfFont) next(s []byte) int {
	switch {
	case x.size == 1:
		return 1
	case x.size == 0 && x.named == japanese.ShiftJIS:
		if b := s[0]; b >= 0x81 && b <= 0x9F || b >= 0xE0 && b <= 0xFC {
			return 2
		}
		return 1
	case x.size == 0:
		if s[0] >= 0x80 {
			return 2
		}
		return 1
	case x.unicode != nil && x.unicode.widths[1] && !x.unicode.widths[2]:
		return 1
	}
	return x.size
}

func (x *pdfFont) text(code []byte) (string, bool) {
	if x.unicode != nil {
		if s, ok := x.unicode.text(code); ok {
			return s, true
		}
	}
	if s, ok := x.byName[code[0]]; ok && len(code) == 1 {
		return s, true
	}
	if x.named == nil {
		return "", false
	}
	s, err := x.named.NewDecoder().Bytes(code)
	if err != nil || !utf8.Valid(s) || strings.ContainsRune(string(s), utf8.RuneError) {
		return "", false
	}
	return string(s), true
}
