package web

import (
	"strconv"
	"strings"

	"rsc.io/qr"
)

// QRCode is a text as an image for phones, to be drawn as SVG.
type QRCode struct {
	Size int    // of a side in modules, margin included
	Path string // of the dark modules
}

// newQRCode draws a text as one path of dark squares, with a margin of four.
func newQRCode(text string) (QRCode, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return QRCode{}, err
	}
	const margin = 4
	var path strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			run := 0
			for x+run < code.Size && code.Black(x+run, y) {
				run++
			}
			if run > 0 {
				n := strconv.Itoa(run)
				path.WriteString("M" + strconv.Itoa(x+margin) + " " + strconv.Itoa(y+margin) + "h" + n + "v1h-" + n + "z")
				x += run
			}
		}
	}
	return QRCode{Size: code.Size + 2*margin, Path: path.String()}, nil
}
