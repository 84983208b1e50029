package indicator

import (
	"cmp"
	"errors"
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// BookOf answers the definitions that count at a scope: the shipped ones, and the
// approved versions of the series of that scope in the order of their approval.
// Proposed versions are among its trials. An approved version that no longer fits
// its rule is an error: nothing may be counted by a rule that cannot be read.
func BookOf(scope string, series []*Series) (*Book, error) {
	shipped, err := shippedOnce()
	if err != nil {
		return nil, err
	}
	book := &Book{list: slices.Clone(shipped.list), trials: slices.Clone(shipped.trials)}
	type approved struct {
		series  *Series
		version *Version
	}
	var list []approved
	var proposed []Definition
	for _, s := range series {
		if s.Scope != scope {
			continue
		}
		for _, v := range s.Versions {
			switch v.State {
			case StateApproved, StateRetired:
				list = append(list, approved{s, v})
			case StateProposed:
				proposed = append(proposed, s.Definition(v))
			}
		}
	}
	slices.SortFunc(list, func(a, b approved) int { return cmp.Compare(a.version.DecidedAt, b.version.DecidedAt) })
	for _, a := range list {
		if err := book.Add(a.series.Definition(a.version)); err != nil {
			return nil, err
		}
		book.retire(a.series.Code, a.version.Version, a.version.Retired)
	}
	for _, d := range proposed { // one that cannot count is no trial
		var refused domain.Refusals
		if err := book.AddTrial(d); err != nil && !errors.As(err, &refused) {
			return nil, err
		}
	}
	return book, nil
}

// Known answers the book as it was known earlier: in force is what then was. What was
// proposed or approved since is found by name, but is not in force (counting.md 1).
func (b *Book) Known(then *Book) *Book {
	since := func(list []Definition) []Definition {
		return slices.DeleteFunc(slices.Clone(list), func(d Definition) bool {
			return slices.ContainsFunc(then.list, func(o Definition) bool { return o.Indicator == d.Indicator && o.Version == d.Version })
		})
	}
	later := since(b.list)
	trials := slices.DeleteFunc(slices.Concat(b.trials, then.trials), func(d Definition) bool {
		return slices.ContainsFunc(later, func(o Definition) bool { return o.Indicator == d.Indicator && o.Version == d.Version })
	})
	return &Book{list: then.list, trials: trials, later: later, retired: then.retired}
}

// Later are the versions approved since the knowledge that the book is of, each
// once, in the order of their approval.
func (b *Book) Later() []string {
	var out []string
	for _, d := range b.later {
		if !slices.Contains(out, d.Version) {
			out = append(out, d.Version)
		}
	}
	return out
}

// without is the book as it would be without a version.
func (b *Book) without(indicator, version string) *Book {
	other := func(list []Definition) []Definition {
		return slices.DeleteFunc(slices.Clone(list), func(d Definition) bool { return d.Indicator == indicator && d.Version == version })
	}
	return &Book{list: other(b.list), trials: other(b.trials), later: other(b.later), retired: b.retired}
}

// Draft answers a definition that nobody has proposed yet as it would count beside
// the book, which may hold its version already, or refuses it like Sound.
func (b *Book) Draft(d Definition) (Definition, error) {
	return b.without(d.Indicator, d.Version).Sound(d)
}

// retirement ends a version: it is not in force for periods that begin on the day
// or later.
type retirement struct {
	indicator, version string
	from               japan.Date
}

func (b *Book) retire(indicator, version string, from japan.Date) {
	if from != 0 {
		b.retired = append(b.retired, retirement{indicator, version, from})
	}
}

// ended tells whether a version is retired on a day.
func (b *Book) ended(d Definition, on japan.Date) bool {
	return slices.ContainsFunc(b.retired, func(r retirement) bool {
		return r.indicator == d.Indicator && r.version == d.Version && on >= r.from
	})
}
