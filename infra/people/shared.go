package people

import (
	"hash/maphash"
	"slices"
)

// shared finds the records that have a whole name or a way to be reached in
// common. It holds sums under a seed of this process, never a form itself; what a
// record was once called stays and is compared in vain.
type shared struct {
	seed maphash.Seed
	by   map[uint64][]*profile
}

func newShared() shared { return shared{maphash.MakeSeed(), map[uint64][]*profile{}} }

// put adds a record under its forms.
func (s *shared) put(p *profile) {
	for sum := range s.sums(p) {
		if list := s.by[sum]; !slices.Contains(list, p) {
			s.by[sum] = append(list, p)
		}
	}
}

// with answers the records that may share something with one, in order of number.
func (s *shared) with(p *profile) []*profile {
	var out []*profile
	for sum := range s.sums(p) {
		out = append(out, s.by[sum]...)
	}
	slices.SortFunc(out, func(a, b *profile) int { return a.number - b.number })
	return slices.Compact(out)
}

func (s *shared) sums(p *profile) func(yield func(uint64) bool) {
	return func(yield func(uint64) bool) {
		sum := func(kind, form string) bool {
			return form == "" || yield(maphash.String(s.seed, kind+"\n"+form))
		}
		for _, n := range p.names {
			if !sum(byKana, n.drawn) || !sum(byKanji, n.written) {
				return
			}
		}
		for _, c := range p.contacts {
			if !sum(c.kind, c.key) {
				return
			}
		}
	}
}
