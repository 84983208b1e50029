package document

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"ayumi/domain/japan"
)

// scene is one figure with everything around it that tells what it is.
type scene struct {
	flow  *flow
	index int // of its token in the flow
	host  *scene
	heads []string
	above []string

	names  []naming
	role   Role
	word   string // of the role
	change bool
	period Period
	unit   string
	comp   Comparator
}

func (s *scene) token() *Token { return &s.flow.tokens[s.index] }

// reader reads a whole document by the names of a register.
type reader struct {
	names  []name
	year   japan.FiscalYear
	scenes []*scene
}

// mostBefore is how many runes before a figure are looked at for its name.
const mostBefore = 400

// before is the text before a position, back to the end of the sentence before.
func (f *flow) before(at int) string {
	from := at
	for from > 0 && at-from < mostBefore && f.text[from-1] != '。' {
		from--
	}
	return string(f.text[from:at])
}

// after is the text behind a position, up to the end of its sentence.
func (f *flow) after(at int) string {
	to := at
	for to < len(f.text) && to-at < mostBefore && f.text[to] != '。' {
		to++
	}
	return string(f.text[at:to])
}

// sameSentence: no sentence and no empty line ends between two places of a flow.
func (f *flow) sameSentence(a, b int) bool {
	return max(a, b)-min(a, b) < mostBefore && f.sentence[a] == f.sentence[b]
}

// sameLine: both stand in one line.
func (f *flow) sameLine(a, b int) bool { return f.line[a] == f.line[b] }

// read fills in a scene; hosts come before what is bound to them.
func (r *reader) read(s *scene) {
	t := s.token()
	prefix, suffix := s.flow.before(t.at), s.flow.after(t.until)
	s.unit, s.comp = t.Unit, comparator(prefix, suffix)
	if s.unit == "" {
		s.unit = s.inherited()
	}
	s.change = beforeChange.MatchString(prefix) || afterChange.MatchString(suffix)
	s.host = r.hostOf(s)
	s.roleOf(prefix)
	r.periodOf(s, prefix)
	r.nameOf(s, prefix, suffix)
}

func comparator(prefix, suffix string) Comparator {
	tail := prefix[max(0, len(prefix)-24):]
	switch {
	case afterAtLeast.MatchString(suffix), beforeAtLeast.MatchString(tail):
		return AtLeast
	case afterAtMost.MatchString(suffix), beforeAtMost.MatchString(tail):
		return AtMost
	case afterMore.MatchString(suffix):
		return More
	case afterLess.MatchString(suffix):
		return Less
	case afterAbout.MatchString(suffix), beforeAbout.MatchString(tail):
		return About
	}
	return ""
}

// inherited is the unit of the figure to which this one is the lower end, as in
// 10〜20人, or of the head of its column in brackets.
func (s *scene) inherited() string {
	if s.index+1 < len(s.flow.tokens) {
		next := &s.flow.tokens[s.index+1]
		if next.Kind == Figure && rangeMark.MatchString(string(s.flow.text[s.token().until:next.at])) {
			return next.Unit
		}
	}
	for _, h := range s.heads {
		for _, u := range units {
			if h := fold(h); strings.Contains(h, "("+u.word+")") {
				return u.code
			}
		}
	}
	return ""
}

// hostOf is the figure directly before an opening bracket in which this one
// stands as the value of the year before: 168（前年度 23）.
func (r *reader) hostOf(s *scene) *scene {
	f, at := s.flow, s.token().at
	for i := at - 1; i >= 0 && at-i < 24; i-- {
		switch f.text[i] {
		case ')', '。', '\n':
			return nil
		case '(':
			if k := len(r.scenes) - 1; k >= 0 && r.scenes[k].flow == f {
				if h := r.scenes[k]; strings.TrimSpace(string(f.text[min(i, h.token().until):i])) == "" && h.token().until <= i {
					return h
				}
			}
			return nil
		}
	}
	return nil
}

// roleOf finds the nearest word that says what the value is for. One in a line
// before counts up to the first figure.
func (s *scene) roleOf(prefix string) {
	t, best := s.token(), -1
	start := t.at - utf8.RuneCountInString(prefix)
	for i := s.index - 1; i >= 0 && s.flow.tokens[i].until > start; i-- {
		if x := &s.flow.tokens[i]; x.IsFigure() && !s.flow.sameLine(x.until, t.at) {
			start = x.until
		}
	}
	text := string(s.flow.text[start:t.at])
	if head := strings.LastIndexByte(text, '\n'); head >= 0 && severalRoles(text[:head]) {
		text = text[head:] // a line of column heads: which of them is not told
	}
	for _, x := range roles {
		for _, m := range x.words.FindAllStringIndex(text, -1) {
			if m[1] > best && !notRole.MatchString(text[m[1]:]) {
				best, s.role, s.word = m[1], x.role, text[m[0]:m[1]]
			}
		}
	}
	for _, h := range slices.Concat(s.heads, s.above) {
		for _, x := range roles {
			if m := x.words.FindString(fold(h)); m != "" && s.role == "" {
				s.role, s.word = x.role, m
			}
		}
	}
}

// severalRoles: the last line of a text names more than one role.
func severalRoles(text string) bool {
	line := text[strings.LastIndexByte(text, '\n')+1:]
	n := 0
	for _, x := range roles {
		if line = x.words.ReplaceAllStringFunc(line, func(string) string { n++; return "|" }); n > 1 {
			return true
		}
	}
	return false
}

// periodOf reads the year and the last day counted.
func (r *reader) periodOf(s *scene, prefix string) {
	t, p := s.token(), &s.period
	r.yearsAround(s)
	tail := prefix[max(0, len(prefix)-60):]
	switch word, by := previousWord(tail); {
	case word != "" && s.host != nil:
		p.Year, p.Previous, p.YearWord = s.host.period.Year-japan.FiscalYear(by), true, word
		if s.host.period.Year == 0 {
			p.Year = 0
		}
	case word != "" && r.year > 0:
		p.Year, p.Previous, p.YearWord = r.year-japan.FiscalYear(by), true, word
	}
	if p.Year == 0 && p.From == 0 {
		p.Year = r.year
	}
	if !p.Previous {
		r.asOf(s, t)
	}
}

// previousWord is the word for a year before, and how many years.
func previousWord(tail string) (string, int) {
	if m := yearBefore.FindString(tail); m != "" {
		return strings.TrimSpace(m), 2
	}
	return strings.TrimSpace(previousYear.FindString(tail)), 1
}

// yearsAround finds the fiscal year that belongs to a figure: in brackets behind
// it, else the nearest before it in its sentence, else in its heads.
func (r *reader) yearsAround(s *scene) {
	f, t, p := s.flow, s.token(), &s.period
	for i := s.index + 1; i < len(f.tokens) && i < s.index+3; i++ {
		y := &f.tokens[i]
		between := string(f.text[t.until:y.at])
		if (y.Kind == FiscalYear) && strings.Trim(between, " \n") == "(" && (y.until < len(f.text) && f.text[y.until] == ')') {
			p.Year, p.YearWord = r.fiscal(y), y.Text
			return
		}
	}
	for i := s.index - 1; i >= 0; i-- {
		y := &f.tokens[i]
		if !f.sameSentence(y.until, t.at) {
			break
		}
		if year := r.fiscal(y); year > 0 && !bracketed(f, y, t.at) {
			p.Year, p.YearWord = year, y.Text
			if i > 0 && f.tokens[i-1].Kind == FiscalYear && rangeMark.MatchString(string(f.text[f.tokens[i-1].until:y.at])) {
				first := r.fiscal(&f.tokens[i-1])
				p.From, p.To, p.YearWord = first.First(), year.Last(), string(f.words[f.tokens[i-1].at:y.until])
			}
			return
		}
	}
	for _, h := range s.heads {
		for _, y := range tokens([]rune(h), Piece{}) {
			if year := r.fiscal(&y); year > 0 {
				p.Year, p.YearWord = year, y.Text
				return
			}
		}
	}
}

// bracketed: the token stands in brackets that were closed before at.
func bracketed(f *flow, y *Token, at int) bool {
	return y.until < at && f.text[y.until] == ')'
}

// fiscal is the fiscal year of a token; one without its era is the nearest to the
// year of the document.
func (r *reader) fiscal(t *Token) japan.FiscalYear {
	switch {
	case t.Kind != FiscalYear:
		return 0
	case t.year > 0:
		return japan.FiscalYear(t.year)
	case t.era > 0 && r.year > 0:
		y, err := japan.ParseFiscalYearNear(decimal(t.era)+"年度", r.year)
		if err == nil {
			return y
		}
	case t.era == 1:
		y, _ := japan.ParseFiscalYear("元")
		return y
	}
	return 0
}

// asOf reads the last day counted: written as a day or a month with 現在 or 時点
// in the same sentence, before or behind; the end of the year; or its whole.
func (r *reader) asOf(s *scene, t *Token) {
	f, p := s.flow, &s.period
	year := p.Year
	distance := 1 << 30
	for _, i := range s.nearby() {
		d := &f.tokens[i]
		if d.Kind != Day || !f.sameSentence(d.at, t.at) || !d.end && !asOfDay.MatchString(string(f.text[d.until:min(d.until+8, len(f.text))])) {
			continue
		}
		if far := max(d.at-t.at, t.at-d.at); far < distance {
			if day := dayIn(d, year); day > 0 {
				distance, p.AsOf, p.AsOfWord = far, day, word(f, d)
			}
		}
	}
	before, after := f.before(t.at), f.after(t.until)
	before = before[strings.LastIndexByte(before, '\n')+1:]
	after, _, _ = strings.Cut(after, "\n")
	sentence := before + after
	if p.AsOf == 0 && year > 0 {
		if m := cmp.Or(yearEnd.FindString(sentence), wholeYear.FindString(sentence)); m != "" {
			p.AsOf, p.AsOfWord = year.Last(), m
		}
	}
	for _, h := range s.heads {
		if p.AsOf > 0 {
			return
		}
		h := newFlow([]Piece{{Text: h}}, 0)
		for i := range h.tokens {
			if d := &h.tokens[i]; d.Kind == Day && (d.end || asOfDay.MatchString(string(h.text[d.until:]))) {
				p.AsOf, p.AsOfWord = dayIn(d, year), word(h, d)
			}
		}
		if m := wholeYear.FindString(string(h.text)); m != "" && p.AsOf == 0 && year > 0 {
			p.AsOf, p.AsOfWord = year.Last(), m
		}
	}
}

// nearby are the tokens of the flow within reach of the figure.
func (s *scene) nearby() []int {
	f, t := s.flow, s.token()
	from, to := s.index, s.index+1
	for from > 0 && t.at-f.tokens[from-1].at < mostBefore {
		from--
	}
	for to < len(f.tokens) && f.tokens[to].at-t.at < mostBefore {
		to++
	}
	out := make([]int, 0, to-from)
	for i := from; i < to; i++ {
		out = append(out, i)
	}
	return out
}

// word is a token with what makes it a cut-off.
func word(f *flow, d *Token) string {
	return string(f.words[d.at:d.until]) + asOfDay.FindString(string(f.text[d.until:min(d.until+8, len(f.text))]))
}

// dayIn is the last day a token names, of a month without a year the one in the
// fiscal year.
func dayIn(d *Token, year japan.FiscalYear) japan.Date {
	if d.on > 0 {
		return d.on
	}
	if d.month == 0 || year == 0 {
		return 0
	}
	y := int(year)
	if d.month < 4 {
		y++
	}
	first, err := japan.Civil(y, d.month, 1)
	if err != nil {
		return 0
	}
	return first.MonthLast()
}

// yearOfDocument is the fiscal year that a document names most often, of several
// the latest; without any, that of the days it names.
func yearOfDocument(fs []*flow) japan.FiscalYear {
	n, named := map[japan.FiscalYear]int{}, 0
	for _, f := range fs {
		for i := range f.tokens {
			if t := &f.tokens[i]; t.Kind == FiscalYear && t.year > 0 {
				n[japan.FiscalYear(t.year)]++
				named++
			}
		}
	}
	for _, f := range fs {
		for i := range f.tokens {
			if t := &f.tokens[i]; named == 0 && t.Kind == Day && t.on > 0 {
				n[japan.FiscalYearOf(t.on)]++
			}
		}
	}
	var best japan.FiscalYear
	for y, count := range n {
		if count > n[best] || count == n[best] && y > best {
			best = y
		}
	}
	return best
}

func fold(s string) string { return strings.Map(foldRune, s) }
