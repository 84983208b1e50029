// Package pdftext reads a PDF back as a reader of the file would: its text by the
// fonts' own ToUnicode tables, after the whole file was validated. Shipping code
// never imports it.
package pdftext

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// Document is what a PDF says.
type Document struct {
	Pages []string // texts in the order they are drawn, each on a line
	Sizes [][2]float64
}

// All is the text of every page without white space: what is looked for must be
// looked for without it too, since lines are broken anywhere.
func (d Document) All() string { return Bare(strings.Join(d.Pages, "")) }

// Bare is a text without white space.
func Bare(text string) string { return strings.Join(strings.Fields(text), "") }

var (
	fontToken  = regexp.MustCompile(`/(\S+) [0-9.]+ Tf|<([0-9A-Fa-f]+)>|TJ`)
	rangeToken = regexp.MustCompile(`<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>`)
)

// Read validates a PDF and reads it. A glyph without a character is an error.
func Read(raw []byte) (Document, error) {
	var out Document
	conf := model.NewDefaultConfiguration()
	conf.ValidationMode = model.ValidationStrict
	ctx, err := api.ReadContext(bytes.NewReader(raw), conf)
	if err != nil {
		return out, err
	}
	if err := api.ValidateContext(ctx); err != nil {
		return out, fmt.Errorf("not a valid file: %w", err)
	}
	for page := 1; page <= ctx.PageCount; page++ {
		text, size, err := readPage(ctx, page)
		if err != nil {
			return out, fmt.Errorf("page %d: %w", page, err)
		}
		out.Pages, out.Sizes = append(out.Pages, text), append(out.Sizes, size)
	}
	return out, nil
}

func readPage(ctx *model.Context, page int) (text string, size [2]float64, err error) {
	dict, _, inherited, err := ctx.PageDict(page, true)
	if err != nil {
		return "", size, err
	}
	if box := inherited.MediaBox; box != nil {
		size = [2]float64{box.Width(), box.Height()}
	}
	fonts, err := fontsOf(ctx, dict)
	if err != nil {
		return "", size, err
	}
	r, err := pdfcpu.ExtractPageContent(ctx, page)
	if err != nil {
		return "", size, err
	}
	content, err := io.ReadAll(r)
	if err != nil {
		return "", size, err
	}
	var out strings.Builder
	var letters map[uint64]string
	for _, m := range fontToken.FindAllSubmatch(content, -1) {
		switch {
		case len(m[1]) > 0:
			if letters = fonts[string(m[1])]; letters == nil {
				return "", size, fmt.Errorf("font %s has no text", m[1])
			}
		case len(m[2]) > 0:
			for i := 0; i+4 <= len(m[2]); i += 4 {
				code, _ := strconv.ParseUint(string(m[2][i:i+4]), 16, 32) // matched as hexadecimal
				s, ok := letters[code]
				if !ok {
					return "", size, fmt.Errorf("glyph %04x has no character", code)
				}
				out.WriteString(s)
			}
		default:
			out.WriteByte('\n')
		}
	}
	return out.String(), size, nil
}

// fontsOf are the characters of the fonts of a page, by their codes.
func fontsOf(ctx *model.Context, page types.Dict) (map[string]map[uint64]string, error) {
	resources, err := ctx.DereferenceDict(page["Resources"])
	if err != nil {
		return nil, err
	}
	list, err := ctx.DereferenceDict(resources["Font"])
	if err != nil {
		return nil, err
	}
	out := map[string]map[uint64]string{}
	for name, ref := range list {
		font, err := ctx.DereferenceDict(ref)
		if err != nil {
			return nil, err
		}
		stream, _, err := ctx.DereferenceStreamDict(font["ToUnicode"])
		if err != nil || stream == nil {
			return nil, fmt.Errorf("font %s: no ToUnicode: %w", name, err)
		}
		if err := stream.Decode(); err != nil {
			return nil, err
		}
		out[name] = letters(string(stream.Content))
	}
	return out, nil
}

func letters(table string) map[uint64]string {
	out := map[uint64]string{}
	for _, m := range rangeToken.FindAllStringSubmatch(table, -1) {
		from, _ := strconv.ParseUint(m[1], 16, 32)
		to, _ := strconv.ParseUint(m[2], 16, 32)
		for code := from; code <= to; code++ {
			var units []uint16
			for i := 0; i+4 <= len(m[3]); i += 4 {
				u, _ := strconv.ParseUint(m[3][i:i+4], 16, 16)
				units = append(units, uint16(u))
			}
			units[len(units)-1] += uint16(code - from)
			out[code] = string(utf16.Decode(units))
		}
	}
	return out
}
