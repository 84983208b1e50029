package indicator

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"iter"
	"slices"

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
	members []looked // by position
	misses  []missed // by clause
}

// Reader answers the row of a number. It may use the one given.
type Reader func(no int32, into *Row) *Row

// looked is one row looked at: it was counted or missed.
type looked struct {
	no       int32
	on       japan.Date
	position uint64
}

// missed are the near misses of a clause.
type missed struct {
	clause string
	list   []looked // by position
}

// kept answers the near misses of a clause.
func (l *Lists) kept(clause string) *missed {
	for i := range l.misses { // a dozen at most
		if l.misses[i].clause == clause {
			return &l.misses[i]
		}
	}
	return nil
}

// Sieve parts rows into members and near misses of a question that is no ratio.
type Sieve struct {
	*judge
	lists   Lists
	counted map[string]int // member → index, where a member may have several rows
	sum     int
}

// NewSieve begins to look at rows, which read answers again by the number they are
// added under.
func NewSieve(q Question, read Reader) *Sieve {
	s := &Sieve{judge: judgeOf(q), lists: Lists{q: q, read: read}}
	if !q.Definition.gross() {
		s.counted = map[string]int{}
	}
	return s
}

// Add looks at one row that holds; the row may be used again after it.
func (s *Sieve) Add(no int32, r *Row) {
	l := &s.lists
	if !s.candidate(r) {
		return
	}
	h := looked{no, r.From, r.Position}
	if clause := s.clause(r); clause != "" {
		if s.family == Sessions && clause == "anonymous" {
			l.Anonymous++
		}
		m := l.kept(clause)
		if m == nil {
			l.misses = append(l.misses, missed{clause: clause})
			m = &l.misses[len(l.misses)-1]
		}
		m.list = append(m.list, h)
		return
	}
	s.sum += r.Amount
	if s.counted == nil {
		l.members = append(l.members, h)
		return
	}
	member := s.member(r)
	if i, again := s.counted[member]; !again {
		s.counted[member] = len(l.members)
		l.members = append(l.members, h)
	} else if have := l.members[i]; earlier(h.on, h.position, have.on, have.position) {
		l.members[i] = h
	}
}

// Lists ends the looking.
func (s *Sieve) Lists() *Lists {
	l := &s.lists
	l.Result = l.q.Definition.told(len(l.members), s.sum, func() []int {
		amounts := make([]int, 0, len(l.members))
		for r := range l.each(l.members) {
			amounts = append(amounts, r.Amount)
		}
		return amounts
	})
	l.order(l.members, s.member)
	for _, m := range l.misses {
		l.order(m.list, func(r *Row) string { return r.Entity })
	}
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
func (l *Lists) each(list []looked) iter.Seq[*Row] {
	return func(yield func(*Row) bool) {
		var into Row
		for _, h := range list {
			if !yield(l.read(h.no, &into)) {
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
	for _, h := range cut(l.members, from, n) {
		out = append(out, l.member(h))
	}
	return out
}

func (l *Lists) member(h looked) Member {
	r, rule := l.read(h.no, new(Row)), rules[l.q.Definition.Rule]
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
	m := l.kept(clause)
	if m == nil {
		return nil
	}
	var out []NearMiss
	for _, h := range cut(m.list, from, n) {
		r := l.read(h.no, new(Row))
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

func cut(list []looked, from, n int) []looked {
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
