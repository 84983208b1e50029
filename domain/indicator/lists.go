package indicator

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"iter"
	"slices"
	"sync"

	"ayumi/domain/japan"
)

// Lists is the answer to a question with what stands behind it kept as numbers of
// rows: what it holds is told at once, and a page of it is spelled out when somebody
// looks. A year of a large office has a hundred thousand candidates; a page shows
// twenty.
type Lists struct {
	Result
	Over      *Lists // of a ratio: the denominator; the rest is then the numerator's
	Anonymous int    // countable sessions of anonymous leads (printed beside P0)

	q       Question
	read    Reader
	members []int32 // numbers of rows, by position
	misses  []missed
}

// Reader answers the row of a number. It may use the one given.
type Reader func(no int32, into *Row) *Row

// missed are the near misses of a clause, by position.
type missed struct {
	clause string
	list   []int32
}

// kept answers the near misses of a clause.
func (l *Lists) kept(clause string) []int32 {
	for _, m := range l.misses { // a dozen at most
		if m.clause == clause {
			return m.list
		}
	}
	return nil
}

// looked is one row looked at: it was counted or missed.
type looked struct {
	no       int32
	on       japan.Date
	position uint64
	clause   int // by number; of a near miss
}

// Sieve parts rows into members and near misses of a question that is no ratio.
type Sieve struct {
	*judge
	lists           Lists
	members, misses *[]looked      // borrowed: what is kept in the end takes a fifth of it
	clauses         []string       // by number
	counted         map[string]int // member → index, where a member may have several rows
	ties            []tie
	sum             int
}

var scratch = sync.Pool{New: func() any { return new([]looked) }}

// NewSieve begins to look at rows, which read answers again by the number they are
// added under.
func NewSieve(q Question, read Reader) *Sieve {
	s := &Sieve{judge: judgeOf(q), lists: Lists{q: q, read: read}, members: scratch.Get().(*[]looked), misses: scratch.Get().(*[]looked)}
	*s.members, *s.misses = (*s.members)[:0], (*s.misses)[:0]
	if !q.Definition.gross() {
		s.counted = map[string]int{}
	}
	return s
}

// Add looks at one row that holds; the row may be used again after it.
func (s *Sieve) Add(no int32, r *Row) {
	if !s.candidate(r) {
		return
	}
	h := looked{no: no, on: r.From, position: r.Position}
	if clause := s.clause(r); clause != "" {
		if s.family == Sessions && clause == "anonymous" {
			s.lists.Anonymous++
		}
		if h.clause = slices.Index(s.clauses, clause); h.clause < 0 {
			h.clause, s.clauses = len(s.clauses), append(s.clauses, clause)
		}
		*s.misses = append(*s.misses, h)
		return
	}
	s.sum += r.Amount
	if s.counted == nil {
		*s.members = append(*s.members, h)
		return
	}
	member := s.member(r)
	if i, again := s.counted[member]; !again {
		s.counted[member] = len(*s.members)
		*s.members = append(*s.members, h)
	} else if have := (*s.members)[i]; earlier(h.on, h.position, have.on, have.position) {
		(*s.members)[i] = h
	} else if h.on == have.on && h.position == have.position {
		s.ties = append(s.ties, tie{i, h})
	}
}

// tie is a row as early as the one that stands for a member, from the same event: the
// lower name stands for it, whatever order rows come in.
type tie struct {
	member int
	looked
}

func (s *Sieve) untie() {
	for _, t := range s.ties {
		have := &(*s.members)[t.member]
		var a, b Row
		if t.on == have.on && t.position == have.position && s.lists.read(t.no, &a).Entity < s.lists.read(have.no, &b).Entity {
			*have = t.looked
		}
	}
}

// Lists ends the looking: nothing more may be added.
func (s *Sieve) Lists() *Lists {
	l := &s.lists
	s.untie()
	l.order(*s.members, s.member)
	l.order(*s.misses, func(r *Row) string { return r.Entity })
	if len(*s.members) > 0 {
		l.members = make([]int32, len(*s.members))
	}
	for i, h := range *s.members {
		l.members[i] = h.no
	}
	found := make([]int, len(s.clauses))
	for _, h := range *s.misses {
		found[h.clause]++
	}
	for i, clause := range s.clauses {
		l.misses = append(l.misses, missed{clause, make([]int32, 0, found[i])})
	}
	for _, h := range *s.misses {
		m := &l.misses[h.clause]
		m.list = append(m.list, h.no)
	}
	scratch.Put(s.members)
	scratch.Put(s.misses)
	s.members, s.misses = nil, nil
	l.Result = l.q.Definition.told(len(l.members), s.sum, func() []int {
		amounts := make([]int, 0, len(l.members))
		for r := range l.each(l.members) {
			amounts = append(amounts, r.Amount)
		}
		return amounts
	})
	return l
}

// ShareLists makes the lists of a ratio from those of its sides.
func ShareLists(q Question, above, below *Lists) *Lists {
	l := *above
	l.Result, l.Over = q.Definition.share(above.Value, below.Value), below
	return &l
}

// order sorts by position, and by key what one event reported.
func (l *Lists) order(list []looked, key func(*Row) string) {
	var one, other Row
	inOrder(list, func(a, b looked) int {
		if a.position != b.position {
			return cmp.Compare(a.position, b.position)
		}
		return cmp.Compare(key(l.read(a.no, &one)), key(l.read(b.no, &other)))
	})
}

// each reads the rows of a list; a row may be used again for the next.
func (l *Lists) each(list []int32) iter.Seq[*Row] {
	return func(yield func(*Row) bool) {
		var into Row
		for _, no := range list {
			if !yield(l.read(no, &into)) {
				return
			}
		}
	}
}

// Len is how many members there are.
func (l *Lists) Len() int { return len(l.members) }

// Rows reads the row each member is counted by, in order of the log; a row may be
// used again for the next.
func (l *Lists) Rows() iter.Seq[*Row] { return l.each(l.members) }

// Members spells out some members, in order of the log: n from the given index.
func (l *Lists) Members(from, n int) []Member {
	var out []Member
	for _, no := range cut(l.members, from, n) {
		out = append(out, l.member(no))
	}
	return out
}

func (l *Lists) member(no int32) Member {
	r, rule := l.read(no, new(Row)), rules[l.q.Definition.Rule]
	m := Member{Key: rule.member(r), Position: r.Position, On: r.From, Row: r, Grade: r.Grade}
	if r.Amount != 1 || rule.tell == middle {
		m.Amount = r.Amount
	}
	return m
}

// Missed is how many candidates each clause kept out.
func (l *Lists) Missed() map[string]int {
	out := map[string]int{}
	for _, m := range l.misses {
		out[m.clause] = len(m.list)
	}
	return out
}

// NearMissCount is how many candidates were not counted.
func (l *Lists) NearMissCount() int {
	n := 0
	for _, m := range l.misses {
		n += len(m.list)
	}
	return n
}

// NearMisses spells out some of what a clause kept out, in order of the log.
func (l *Lists) NearMisses(clause string, from, n int) []NearMiss {
	var out []NearMiss
	for _, no := range cut(l.kept(clause), from, n) {
		r := l.read(no, new(Row))
		out = append(out, NearMiss{Key: r.Entity, Position: r.Position, On: r.From, Clause: clause, Row: r})
	}
	return out
}

// AllNearMisses spells out what every clause kept out, in order of the log.
func (l *Lists) AllNearMisses() []NearMiss {
	var out []NearMiss
	for _, m := range l.misses {
		out = append(out, l.NearMisses(m.clause, 0, len(m.list))...)
	}
	inOrder(out, func(a, b NearMiss) int { return order(a.Position, a.Key, b.Position, b.Key) })
	return out
}

func cut(list []int32, from, n int) []int32 {
	from = min(max(from, 0), len(list))
	return list[from:min(from+max(n, 0), len(list))]
}

// Digest is the one of the figure; see Figure.Digest.
func (l *Lists) Digest() string {
	keys := l.keys("")
	if l.Over != nil {
		keys = append(keys, l.Over.keys("/")...)
	}
	return digestOf(keys)
}

func (l *Lists) keys(before string) []string {
	rule := rules[l.q.Definition.Rule]
	out := make([]string, 0, len(l.members))
	for r := range l.Rows() {
		out = append(out, before+rule.member(r))
	}
	slices.Sort(out)
	return out
}

func digestOf(keys []string) string {
	sum := sha256.New()
	for i, key := range keys {
		if i > 0 {
			_, _ = io.WriteString(sum, "\n")
		}
		_, _ = io.WriteString(sum, key)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Figure spells everything out. today is the day of the knowledge asked for;
// outcomes are those that hold, for what the members of an outcome figure did.
func (l *Lists) Figure(today japan.Date, outcomes iter.Seq[*Row]) Figure {
	f := Figure{
		Value: l.Value, Absent: l.Absent, Numerator: l.Numerator, Denominator: l.Denominator,
		Members: l.Members(0, len(l.members)), Anonymous: l.Anonymous, Aside: l.Aside(today, outcomes),
	}
	f.NearMisses = l.AllNearMisses()
	if l.Over != nil {
		f.Over = l.Over.Members(0, l.Over.Len())
	}
	return f
}
