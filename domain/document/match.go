package document

import (
	"cmp"
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// MostBytes is how large a document may be.
const MostBytes = 10 << 20

// MostFigures is how many figures a document may hold.
const MostFigures = 5_000

// Reconcile sets every figure of a document beside what is known. year is the
// fiscal year the document speaks of; 0 reads it from the document. A document
// with more than MostFigures is refused: document.too_many.
func Reconcile(pieces []Piece, known []Known, year japan.FiscalYear) (Report, error) {
	fs := flows(pieces)
	figures := 0
	for _, f := range fs {
		for i := range f.tokens {
			if f.tokens[i].IsFigure() {
				figures++
			}
		}
	}
	if figures > MostFigures {
		return Report{}, domain.RefuseField("document.too_many", "", "count", decimal(figures), "most", decimal(MostFigures))
	}
	if year == 0 {
		year = yearOfDocument(fs)
	}
	r := &reader{names: namesOf(known), year: year}
	out := Report{Year: year}
	for _, f := range fs {
		for i := range f.tokens {
			t := f.tokens[i]
			if !t.IsFigure() {
				out.Rest = append(out.Rest, t)
				continue
			}
			s := &scene{flow: f, index: i, heads: pieces[t.Piece].Heads, above: pieces[t.Piece].above(t.From)}
			r.read(s)
			r.scenes = append(r.scenes, s)
			out.Findings = append(out.Findings, s.finding(known))
		}
	}
	return out, nil
}

// around is how many runes of its line are shown beside a figure.
const around = 14

// finding judges a scene.
func (s *scene) finding(known []Known) Finding {
	t := s.token()
	f := Finding{Token: *t, Period: s.period, State: Unknown}
	f.Unit, f.Comparator = s.unit, s.comp
	start, end := t.at-t.From, t.until
	for end < len(s.flow.words) && end < t.until+around && s.flow.line[end] == s.flow.line[t.until] && s.flow.words[end] != '\n' {
		end++
	}
	f.Before, f.After = string(s.flow.words[max(start, t.at-around):t.at]), string(s.flow.words[t.until:end])
	switch {
	case t.Unread:
		f.why("unread", "")
	case s.change:
		f.why("change", "")
	default:
		s.judge(&f, known)
	}
	return f
}

func (f *Finding) why(code, word string) { f.Why = append(f.Why, Reason{code, word}) }

// judge looks the figure up by the names around it: by the nearest alone where
// one stands right before it, else by each until one answers.
func (s *scene) judge(f *Finding, known []Known) {
	names := s.names
	if len(names) > 0 && names[0].near == direct {
		names = slices.DeleteFunc(slices.Clone(names), func(n naming) bool {
			return n.near != direct || n.head != names[0].head || n.at != names[0].at
		})
	}
	for _, n := range names {
		if s.lookUp(f, n) {
			return
		}
	}
	if len(names) == 0 {
		f.why("no_name", "")
		f.Others = s.sameValue(known)
		return
	}
	s.explain(f, names[0])
	switch f.Others = s.others(names[0]); {
	case len(f.Others) > 0:
		f.why("other_values", "")
	case slices.ContainsFunc(names[0].known, func(k *Known) bool { return s.roleFits(k) && !alike(s.unit, k.Unit) }):
		f.why("other_unit", s.token().Text)
	default:
		f.why("not_registered", "")
	}
}

// lookUp judges by one name; false where it says nothing.
func (s *scene) lookUp(f *Finding, n naming) bool {
	var same []*Known
	for _, k := range n.known {
		if s.fits(k) {
			same = append(same, k)
		}
	}
	equal := func(k *Known) bool { return s.equal(k) }
	agrees := func(k *Known) bool { return s.agrees(k) }
	current := func(k *Known) bool { return k.Superseded == 0 && k.Status != Live }
	pick := func(tests ...func(*Known) bool) *Known {
		for _, k := range same {
			if !slices.ContainsFunc(tests, func(t func(*Known) bool) bool { return !t(k) }) {
				return k
			}
		}
		return nil
	}
	published := pick(agrees, current)
	switch {
	case s.settle(f, n, Match, pick(equal, agrees, current), ""):
	case s.bounded(published) && s.settle(f, n, Match, published, "bound"):
	case s.settle(f, n, OtherTime, pick(equal, agrees, func(k *Known) bool { return k.Superseded != 0 }), "superseded"):
	case published != nil && s.settle(f, n, OtherTime, pick(equal, agrees), "live"):
	case s.settle(f, n, OtherTime, pick(equal, current), "other_period"):
	case s.settle(f, n, OtherTime, pick(equal, func(k *Known) bool { return k.Status != Live }), "superseded"):
	case n.near == direct && s.settle(f, n, Different, published, "other_value"):
	default:
		return false
	}
	if f.State == OtherTime && published != nil {
		f.Others = []*Known{published}
	}
	return true
}

// Live is the status of what is counted from today's records and was never
// published.
const Live = "live"

func (s *scene) settle(f *Finding, n naming, state State, k *Known, why string) bool {
	if k == nil {
		return false
	}
	f.State, f.Known = state, k
	s.explain(f, n)
	if why != "" {
		f.why(why, "")
	}
	return true
}

// explain names what was read: name, role, year, last day, unit.
func (s *scene) explain(f *Finding, n naming) {
	code := [...]string{above: "name_above", behind: "name_behind", carried: "name_carried", direct: "name"}[n.near]
	if n.head && n.near > above {
		code = "name_head"
	}
	f.why(code, n.word)
	if s.word != "" {
		f.why("role", s.word)
	}
	switch p := s.period; {
	case p.Previous:
		f.why("previous", p.YearWord)
	case p.YearWord != "":
		f.why("year", p.YearWord)
	case p.Year > 0:
		f.why("year_of_document", "")
	default:
		f.why("year_not_stated", "")
	}
	if s.period.AsOfWord != "" {
		f.why("as_of", s.period.AsOfWord)
	} else if s.actual() {
		f.why("as_of_not_stated", "")
	}
	if s.unit == "" && s.token().Kind == Figure {
		f.why("unit_not_stated", "")
	}
}

// actual: it speaks of what was counted, not of a target or a mark.
func (s *scene) actual() bool { return s.role == "" || s.role == Actual || s.role == Baseline }

// fits: the value is of the role and unit that the document speaks of.
func (s *scene) fits(k *Known) bool {
	return s.roleFits(k) && alike(s.unit, k.Unit) && (s.token().Kind == Ratio) == (k.Of > 0)
}

func (s *scene) roleFits(k *Known) bool {
	return cmp.Or(s.role, Actual) == k.Role || s.unit == "yen" && k.Role == Budget || s.role == Baseline && k.Role == Actual ||
		s.role == "" && s.comp != "" && s.comp == k.Comparator // 30名以上 speaks of what is aimed at
}

// kindred are units that count the same thing.
var kindred = map[string]string{"sessions": "cases", "mei": "persons", "heads": "persons"}

// alike: the units do not contradict each other.
func alike(a, b string) bool {
	one := func(u string) string {
		if k, ok := kindred[u]; ok {
			return k
		}
		return u
	}
	return a == "" || b == "" || one(a) == one(b)
}

// equal compares the values; about allows for the rounding of what is written.
func (s *scene) equal(k *Known) bool {
	t := s.token()
	if t.Kind == Ratio {
		return t.Value == k.Value && t.Of == k.Of
	}
	a, okA := value{t.Value, t.Scale}.plus(value{scale: k.Scale})
	b, okB := value{k.Value, k.Scale}.plus(value{scale: t.Scale})
	if !okA || !okB {
		return false
	}
	if a.n == b.n {
		return true
	}
	if s.comp != About || a.n == 0 {
		return false
	}
	step := int64(1)
	for n := a.n; n%10 == 0; n /= 10 {
		step *= 10
	}
	return max(a.n-b.n, b.n-a.n)*2 <= step
}

// bounded: the document only says more than or less than, and that is so.
func (s *scene) bounded(k *Known) bool {
	t := s.token()
	if k == nil || k.Role != Actual || t.Kind == Ratio || t.Scale != k.Scale {
		return false
	}
	switch s.comp {
	case AtLeast:
		return k.Value >= t.Value
	case More:
		return k.Value > t.Value
	case AtMost:
		return k.Value <= t.Value
	case Less:
		return k.Value < t.Value
	}
	return false
}

// agrees: the period of the value is the one the document speaks of, as far as
// it says.
func (s *scene) agrees(k *Known) bool {
	p := s.period
	switch {
	case p.From > 0:
		return k.To > 0 && japan.FiscalYearOf(k.To) == japan.FiscalYearOf(p.To)
	case k.From == 0 || p.Year == 0 || s.role == Baseline && p.YearWord == "":
		return true
	case k.year() != p.Year:
		return false
	}
	return p.AsOf == 0 || k.Role != Actual || k.To == p.AsOf
}

// mostOthers is how many values are named beside a finding.
const mostOthers = 3

// others are the values of the same quantity at other times.
func (s *scene) others(n naming) []*Known {
	var out []*Known
	for _, k := range n.known {
		if s.fits(k) && k.Status != Live && len(out) < mostOthers {
			out = append(out, k)
		}
	}
	return out
}

// leastAlone is the value from which an equal one is worth naming without any
// word in common.
const leastAlone = 10

// sameValue are the values that are equal, with nothing else in common.
func (s *scene) sameValue(known []Known) []*Known {
	var out []*Known
	for i := range known {
		k := &known[i]
		if k.Value >= leastAlone && k.Status != Live && alike(s.unit, k.Unit) && s.token().Kind == Figure && k.Of == 0 && s.equal(k) && len(out) < mostOthers {
			out = append(out, k)
		}
	}
	return out
}
