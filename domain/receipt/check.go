package receipt

// The check characters are those of a Reed-Solomon code over the 32 symbols: with x
// a generator of the field, the sums of c[i]·x^i and of c[i]·x^2i are 0. Two codes
// differ in at least three characters, so one or two wrong characters never give
// another code, and neither do two that changed places.

// powers and logs of the generator x in GF(2)[x]/(x^5+x^2+1).
var powers, logs = func() (p [62]byte, l [32]int) {
	v := 1
	for i := range 31 {
		p[i], p[i+31], l[v] = byte(v), byte(v), i
		if v <<= 1; v >= 32 {
			v ^= 0b100101
		}
	}
	return p, l
}()

func times(a, b byte) byte {
	if a == 0 || b == 0 {
		return 0
	}
	return powers[logs[a]+logs[b]]
}

// over divides by b, which is not 0.
func over(a, b byte) byte {
	if a == 0 {
		return 0
	}
	return powers[logs[a]+31-logs[b]]
}

// sums are both 0 of a sound code.
func (c *Code) sums() (s, t byte) {
	for i, v := range c {
		s ^= times(v, powers[i])
		t ^= times(v, powers[2*i%31])
	}
	return s, t
}

// check fills in the two last symbols.
func (c *Code) check() {
	c[data], c[data+1] = 0, 0
	s, t := c.sums()
	// y·p + z·q = s and y·p² + z·q² = t, with p and q the places of the two.
	p, q := powers[data], powers[data+1]
	z := over(t^times(s, p), times(q, q^p))
	c[data], c[data+1] = over(s^times(z, q), p), z
}

// sound tells whether the check characters fit. If they do not, it answers the place
// of the one character whose change would mend the code, or -1.
func (c *Code) sound() (at int, ok bool) {
	s, t := c.sums()
	switch {
	case s == 0 && t == 0:
		return -1, true
	case s == 0 || t == 0:
		return -1, false
	}
	if at = logs[over(t, s)]; at >= symbols {
		return -1, false
	}
	return at, false
}
