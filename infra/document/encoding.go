package document

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	utf16 "golang.org/x/text/encoding/unicode"
)

// decode reads bytes as text. What says its encoding is believed; valid UTF-8 is
// UTF-8; else the Japanese encodings are tried, and of two that fit the one whose
// text looks more like Japanese wins.
func decode(raw []byte) (text, name string, err error) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xEF\xBB\xBF")):
		if !utf8.Valid(raw) {
			return "", "", refuse("document.encoding")
		}
		return checked(string(raw[3:]), "utf-8")
	case bytes.HasPrefix(raw, []byte("\xFF\xFE")), bytes.HasPrefix(raw, []byte("\xFE\xFF")):
		return wide(raw, utf16.UTF16(utf16.BigEndian, utf16.ExpectBOM))
	case utf8.Valid(raw) && !bytes.Contains(raw, []byte("\x1b$")):
		if order, is := wideOrder(raw); is {
			return wide(raw, utf16.UTF16(order, utf16.IgnoreBOM))
		}
		return checked(string(raw), "utf-8")
	}
	if order, is := wideOrder(raw); is {
		return wide(raw, utf16.UTF16(order, utf16.IgnoreBOM))
	}
	best := -1
	for _, e := range []struct {
		name string
		encoding.Encoding
	}{{"iso-2022-jp", japanese.ISO2022JP}, {"shift_jis", japanese.ShiftJIS}, {"euc-jp", japanese.EUCJP}} {
		got, decodeErr := e.NewDecoder().Bytes(raw)
		if decodeErr != nil || bytes.ContainsRune(got, utf8.RuneError) {
			continue
		}
		if n := likeness(string(got)); n > best {
			best, text, name = n, string(got), e.name
		}
	}
	if best < 0 {
		return "", "", refuse("document.encoding")
	}
	return checked(text, name)
}

// wideOrder tells UTF-16 without a mark by its zeros: nearly every other byte of
// its spaces, digits and line ends.
func wideOrder(raw []byte) (order utf16.Endianness, is bool) {
	if len(raw)%2 != 0 {
		return false, false
	}
	var zeros [2]int
	for i, b := range raw {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[0] > 0 && zeros[1] == 0:
		return utf16.BigEndian, true
	case zeros[1] > 0 && zeros[0] == 0:
		return utf16.LittleEndian, true
	}
	return false, false
}

func wide(raw []byte, e encoding.Encoding) (string, string, error) {
	got, err := e.NewDecoder().Bytes(raw)
	if err != nil || bytes.ContainsRune(got, utf8.RuneError) {
		return "", "", refuse("document.encoding")
	}
	return checked(string(got), "utf-16")
}

// likeness counts what Japanese offices write and takes off what a wrong encoding
// makes of it: half-width kana in rows and rare kanji are its mark.
func likeness(text string) int {
	n := 0
	for _, r := range text {
		switch {
		case r >= 'ぁ' && r <= 'ー', r >= '！' && r <= '～', r == '、', r == '。':
			n += 2
		case r >= '｡' && r <= 'ﾟ', r > 0xFFFF, r >= 0xE000 && r < 0xF900:
			n--
		case unicode.Is(unicode.Han, r):
			n++
		case r >= 0x80 && r < 0x3000:
			n--
		}
	}
	return max(n, 0)
}

// checked refuses what is no text.
func checked(text, name string) (string, string, error) {
	for _, r := range text {
		if r == 0 || r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != '\v' && r != 0x1a {
			return "", "", refuse("document.binary")
		}
	}
	return text, name, nil
}
