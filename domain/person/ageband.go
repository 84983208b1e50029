package person

import "ayumi/domain/japan"

// AgeBandOf is the code of the list age_band for somebody born on a day, as of
// another: full years, the birthday counted.
func AgeBandOf(born, on japan.Date) string {
	if born == 0 || born > on {
		return "unknown"
	}
	y, m, d := born.Civil()
	yy, mm, dd := on.Civil()
	age := yy - y
	if mm < m || mm == m && dd < d {
		age--
	}
	switch {
	case age < 20:
		return "u20"
	case age >= 70:
		return "70p"
	}
	return string(rune('0'+age/10)) + "0s"
}
