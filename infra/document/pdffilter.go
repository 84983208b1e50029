package document

import (
	"bytes"
	"compress/flate"
	"encoding/ascii85"
	"errors"
	"io"
	"strconv"
)

// errFilter: the bytes are packed in a way that holds no text, as pictures are.
var errFilter = errors.New("filter")

// bytes unpacks a stream. What unpacks to more than the file may hold is refused.
func (f *pdfFile) bytes(s *pdfStream) ([]byte, error) {
	raw := s.raw
	if n := f.int(s.dict["Length"]); s.start >= 0 && n > 0 && s.start+n <= len(f.src) {
		// The stated length counts where the end of the stream stands behind it.
		if end := bytes.TrimLeft(f.src[s.start+n:min(s.start+n+20, len(f.src))], "\r\n \t"); bytes.HasPrefix(end, []byte("endstream")) {
			raw = f.src[s.start : s.start+n]
		}
	}
	filters, parms := f.list(s.dict["Filter"]), f.list(s.dict["DecodeParms"])
	if len(filters) > 4 {
		return nil, errFilter
	}
	for i, x := range filters {
		var p pdfDict
		if i < len(parms) {
			p = f.dict(parms[i])
		}
		var err error
		if raw, err = f.filter(f.name(x), raw, p); err != nil {
			return nil, err
		}
	}
	return raw, nil
}

// list is an array, or one value as an array.
func (f *pdfFile) list(v any) []any {
	switch v := f.get(v).(type) {
	case nil:
		return nil
	case []any:
		return v
	default:
		return []any{v}
	}
}

func (f *pdfFile) filter(name string, raw []byte, parms pdfDict) ([]byte, error) {
	switch name {
	case "FlateDecode", "Fl":
		return f.inflate(raw, parms)
	case "ASCIIHexDecode", "AHx":
		return (&lexer{append([]byte{'<'}, raw...), 0}).hex(), nil
	case "ASCII85Decode", "A85":
		raw = bytes.TrimPrefix(bytes.TrimSpace(raw), []byte("<~"))
		if i := bytes.Index(raw, []byte("~>")); i >= 0 {
			raw = raw[:i]
		}
		return f.limited(ascii85.NewDecoder(bytes.NewReader(raw)))
	case "LZWDecode", "LZW":
		return f.lzw(raw, parms)
	}
	return nil, errFilter
}

// inflate unpacks zlib data; the checksum is not asked for, and what a broken end
// leaves is kept.
func (f *pdfFile) inflate(raw []byte, parms pdfDict) ([]byte, error) {
	if len(raw) < 2 {
		return nil, nil
	}
	out, err := f.limited(flate.NewReader(bytes.NewReader(raw[2:])))
	if err != nil {
		return nil, err
	}
	return f.predicted(out, parms), nil
}

func (f *pdfFile) limited(r io.Reader) ([]byte, error) {
	out, err := io.ReadAll(io.LimitReader(r, int64(f.left)+1))
	if f.left -= len(out); f.left < 0 {
		return nil, refuse("document.unpacked", "most", strconv.Itoa(maxUnpack>>20))
	}
	_ = err // a broken end: what was read stays
	return out, nil
}

// lzw unpacks LZW as PDF has it (7.4.4): 9 to 12 bits, the width growing one code
// early unless EarlyChange is 0.
func (f *pdfFile) lzw(raw []byte, parms pdfDict) ([]byte, error) {
	early := 1
	if v, ok := f.get(parms["EarlyChange"]).(float64); ok {
		early = int(v)
	}
	var out []byte
	table := make([][]byte, 258, 4096)
	for i := range 256 {
		table[i] = []byte{byte(i)}
	}
	width, bits, have := 9, uint32(0), 0
	var last []byte
	for _, b := range raw {
		bits, have = bits<<8|uint32(b), have+8
		if have < width {
			continue
		}
		code := int(bits >> (have - width) & (1<<width - 1))
		have -= width
		switch {
		case code == 256:
			table, width, last = table[:258], 9, nil
			continue
		case code == 257:
			return f.predicted(out, parms), nil
		case code > len(table) || code == len(table) && last == nil:
			return f.predicted(out, parms), nil
		}
		var word []byte
		if code < len(table) {
			word = table[code]
		} else {
			word = append(last[:len(last):len(last)], last[0])
		}
		if f.left -= len(word); f.left < 0 {
			return nil, refuse("document.unpacked", "most", strconv.Itoa(maxUnpack>>20))
		}
		out = append(out, word...)
		if last != nil && len(table) < 4096 {
			table = append(table, append(last[:len(last):len(last)], word[0]))
		}
		last = word
		for width < 12 && len(table)+early >= 1<<width {
			width++
		}
	}
	return f.predicted(out, parms), nil
}

// predicted undoes the PNG predictors, which tables of objects use.
func (f *pdfFile) predicted(raw []byte, parms pdfDict) []byte {
	if f.int(parms["Predictor"]) < 10 {
		return raw
	}
	columns := max(1, f.int(parms["Columns"]))
	depth := max(1, f.int(parms["Colors"])) * max(8, f.int(parms["BitsPerComponent"])) / 8
	row := columns * depth
	if row <= 0 || row > 1<<20 {
		return nil
	}
	var out []byte
	above := make([]byte, row)
	for len(raw) > 1 {
		line := make([]byte, row)
		kind := raw[0]
		n := copy(line, raw[1:])
		raw = raw[1+n:]
		for i := range line {
			var left, corner byte
			if i >= depth {
				left, corner = line[i-depth], above[i-depth]
			}
			switch kind {
			case 1:
				line[i] += left
			case 2:
				line[i] += above[i]
			case 3:
				line[i] += byte((int(left) + int(above[i])) / 2)
			case 4:
				line[i] += paeth(left, above[i], corner)
			}
		}
		out, above = append(out, line...), line
	}
	return out
}

func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	distance := func(x byte) int { return max(p-int(x), int(x)-p) }
	switch {
	case distance(a) <= distance(b) && distance(a) <= distance(c):
		return a
	case distance(b) <= distance(c):
		return b
	}
	return c
}
