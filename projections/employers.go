package projections

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/domain/employer"
)

// Employer is one with its vacancies and its events, ascending. No is the position of
// the first one.
type Employer struct {
	*employer.Employer
	ID      string
	No      uint64
	Entries []Entry
}

// Employers are those a controller knows, by public name; those without one last.
func (j *Journeys) Employers(ctx context.Context, controller string) ([]Employer, error) {
	var out []Employer
	err := ofController(ctx, j, employer.Aggregate, controller, func(m *employer.Employer, no uint64, entries []Entry) {
		_, id, _ := strings.Cut(entries[0].Stream, "-")
		out = append(out, Employer{m, id, no, entries})
	})
	slices.SortFunc(out, func(a, b Employer) int {
		return cmp.Or(cmp.Compare(b2i(a.Name == ""), b2i(b.Name == "")), strings.Compare(a.Name, b.Name), cmp.Compare(a.No, b.No))
	})
	return out, err
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Version is that of the newest event.
func (m Employer) Version() uint64 { return versionAfter(m.Entries) }

// Offers are the vacancies in the order in which they were taken in.
func (m Employer) Offers() []*employer.Vacancy {
	var out []*employer.Vacancy
	for _, e := range m.Entries {
		if v := m.Vacancies[e.Facts.Text("vacancy")]; e.Type == "employer.vacancy_opened" && v != nil {
			out = append(out, v)
		}
	}
	return out
}

// Introduction is a placement that began with an introduction, as it stands. Entry is
// the event of the introduction: it seals whom it was to.
type Introduction struct {
	ID, Case string
	*casefile.Placement
	Entry   Entry
	Changed []Entry // later events of the placement, ascending
}

// Introductions are those of the cases of some events of the kind case.job_introduced,
// in the order of the events.
func (j *Journeys) Introductions(ctx context.Context, positions ...uint64) ([]Introduction, error) {
	told, err := j.Entries(ctx, positions...)
	if err != nil {
		return nil, err
	}
	files := map[string]*casefile.Case{}
	events := map[string][]Entry{}
	var out []Introduction
	for _, e := range told {
		if e.Type != "case.job_introduced" {
			continue
		}
		if files[e.Stream] == nil {
			all, err := j.Stream(ctx, e.Stream, Newest)
			if err != nil {
				return nil, err
			}
			if files[e.Stream], err = folded(casefile.Aggregate, all); err != nil {
				return nil, err
			}
			events[e.Stream] = all
		}
		x := Introduction{ID: e.Facts.Text("placement"), Case: e.Case, Entry: e}
		if x.Placement = files[e.Stream].Placements[x.ID]; x.Placement == nil {
			continue
		}
		for _, later := range events[e.Stream] {
			if later.Facts.Text("placement") == x.ID && later.Position > e.Position {
				x.Changed = append(x.Changed, later)
			}
		}
		out = append(out, x)
	}
	return out, nil
}

// CaseFile is a case as it stands, with its events, ascending.
type CaseFile struct {
	*casefile.Case
	ID      string
	Entries []Entry
}

// CaseFile answers a case, or ErrUnknown.
func (j *Journeys) CaseFile(ctx context.Context, id string) (CaseFile, error) {
	entries, err := j.Stream(ctx, domain.StreamName("case", id), Newest)
	if err != nil {
		return CaseFile{}, err
	}
	if len(entries) == 0 {
		return CaseFile{}, ErrUnknown
	}
	c, err := folded(casefile.Aggregate, entries)
	return CaseFile{c, id, entries}, err
}

// Version is that of the newest event.
func (c CaseFile) Version() uint64 { return versionAfter(c.Entries) }
