package japan

import "strings"

// narrow writes full-width ASCII as ASCII, the ideographic space as a space
// and the single-character era names in full.
func narrow(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		case r == '　':
			r = ' '
		default:
			if name := ligature(r); name != "" {
				b.WriteString(name)
				continue
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

func ligature(r rune) string {
	for _, e := range eras {
		if e.Ligature == r {
			return e.Name
		}
	}
	return ""
}
