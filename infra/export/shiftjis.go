package export

import (
	"strings"

	"golang.org/x/text/encoding/japanese"
)

// Geta is printed where a character is lacking, as printers did.
const Geta = '〓'

// alike are characters that Shift_JIS holds under another number; they stay what
// they are for a reader.
var alike = strings.NewReplacer("〜", "～", "−", "－", "‖", "∥", "—", "―", "¢", "￠", "£", "￡", "¬", "￢")

// writeShiftJIS writes the data as CSV in Shift_JIS (the CP932 of Windows) and
// answers the characters it had to replace.
func writeShiftJIS(d Document) ([]byte, string, error) {
	body, err := commaSeparated(d.Data)
	if err != nil {
		return nil, "", err
	}
	out, replaced := toShiftJIS(string(body))
	return out, replaced, nil
}

// toShiftJIS encodes a text. What cannot be encoded becomes a Geta and is answered,
// in order, each as often as it occurs; nothing is dropped.
func toShiftJIS(s string) (out []byte, replaced string) {
	var missing strings.Builder
	encoder := japanese.ShiftJIS.NewEncoder()
	for _, r := range alike.Replace(s) {
		b, err := encoder.Bytes([]byte(string(r)))
		if err != nil || r == '\u001a' { // the encoder marks what it lacks by SUB
			missing.WriteRune(r)
			b, _ = encoder.Bytes([]byte(string(Geta)))
		}
		out = append(out, b...)
	}
	return out, missing.String()
}
