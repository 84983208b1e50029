package web

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
	"rsc.io/qr"
)

var runIn = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`)

// Every dark module is drawn once, at its place inside the margin, and nothing else.
func TestTheQRCodeIsDrawnWhole(t *testing.T) {
	text := "otpauth://totp/Ayumi:ayumi.example.jp?algorithm=SHA1&digits=6&issuer=Ayumi&period=30&secret=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	drawn, err := newQRCode(text)
	require.NoError(t, err)
	want, err := qr.Encode(text, qr.M)
	require.NoError(t, err)
	require.Equal(t, want.Size+8, drawn.Size)
	require.Empty(t, runIn.ReplaceAllString(drawn.Path, ""))
	dark := map[[2]int]int{}
	for _, m := range runIn.FindAllStringSubmatch(drawn.Path, -1) {
		var x, y, n, back int
		_, err := fmt.Sscan(m[1]+" "+m[2]+" "+m[3]+" "+m[4], &x, &y, &n, &back)
		require.NoError(t, err)
		require.Equal(t, n, back)
		for i := range n {
			dark[[2]int{x - 4 + i, y - 4}]++
		}
	}
	for y := range want.Size {
		for x := range want.Size {
			require.Equal(t, want.Black(x, y), dark[[2]int{x, y}] == 1, "%d %d", x, y)
		}
	}
	_, err = newQRCode(string(make([]byte, 5000)))
	require.Error(t, err, "too much for any code")
}
