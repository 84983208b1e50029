package projections

import (
	"context"
	"errors"
	"slices"

	"ayumi/domain"
)

// ErrUnknown: nothing of that id or number is in the read model.
var ErrUnknown = errors.New("not in the read model")

// Newest is a position after every event, for queries as of now.
const Newest = uint64(1)<<62 - 1

// PersonRef names one person of the read model.
type PersonRef struct {
	ID       string
	Number   int    // P-00001 is 1
	Position uint64 // of the event that first named the person
}

// Journey answers what happened to a person up to a position, ascending: the
// entries of all streams merged into one human being at that position, with what
// later entries corrected or voided. A person unknown by then has no entries.
func (j *Journeys) Journey(ctx context.Context, person string, upto uint64) ([]Entry, error) {
	group, err := j.group(ctx, person, upto)
	if err != nil || len(group) == 0 {
		return nil, err
	}
	marks, args := in(2, group)
	entries, err := j.entries(ctx, walk("person IN ("+marks+")", "1")+`SELECT w.position, w.person, e.body
		FROM walked w CROSS JOIN journey_entry e WHERE e.position = w.position AND w.position <= $1
		UNION ALL
		SELECT e.position, s.person, e.body FROM journey_also a JOIN journey_entry e ON e.position = a.position
		JOIN journey_stream s ON s.no = e.stream WHERE a.person IN (`+marks+`) AND a.position <= $1 ORDER BY 1`, append([]any{int64(upto)}, args...)...)
	mark(entries)
	return entries, err
}

// walk begins a query with the table walked: the positions of all entries of some
// streams, each walked from its last entry back to a position, with their persons.
// SQLite takes the tables of a CROSS JOIN in their order: it would look through all
// entries, since these lie in order.
func walk(streams, back string) string {
	return `WITH RECURSIVE walked (position, person) AS (SELECT l.position, s.person FROM journey_stream s
		JOIN journey_last l ON l.stream = s.no WHERE ` + streams + `
		UNION ALL SELECT e.before, w.person FROM walked w JOIN journey_entry e ON e.position = w.position WHERE e.before >= ` + back + `) `
}

// entries reads rows of (position, person number, body); doubled positions once.
func (j *Journeys) entries(ctx context.Context, query string, args ...any) ([]Entry, error) {
	var out []Entry
	var people []int64
	err := j.query(ctx, query, func(scan func(...any) error) error {
		var position, person int64
		var body []byte
		if err := scan(&position, &person, &body); err != nil {
			return err
		}
		if n := len(out); n > 0 && out[n-1].Position == uint64(position) {
			return nil
		}
		e, err := entry(uint64(position), body)
		out, people = append(out, e), append(people, person)
		return err
	}, args...)
	if err != nil {
		return nil, err
	}
	return out, j.nameAll(ctx, out, people)
}

// nameAll puts the ids of persons in the place of their numbers.
func (j *Journeys) nameAll(ctx context.Context, entries []Entry, people []int64) error {
	distinct := slices.Clone(people)
	slices.Sort(distinct)
	distinct = slices.DeleteFunc(slices.Compact(distinct), func(n int64) bool { return n == 0 })
	if len(distinct) == 0 {
		return nil
	}
	ids := map[int64]string{}
	marks, args := in(1, distinct)
	err := j.query(ctx, `SELECT no, id FROM journey_person WHERE no IN (`+marks+`)`, func(scan func(...any) error) error {
		var no int64
		var id string
		err := scan(&no, &id)
		ids[no] = id
		return err
	}, args...)
	for i := range entries {
		entries[i].Person = ids[people[i]]
	}
	return err
}

// Record answers one event with what later events up to a position say of it,
// or ErrUnknown.
func (j *Journeys) Record(ctx context.Context, position, upto uint64) (Entry, error) {
	if err := j.ready(); err != nil {
		return Entry{}, err
	}
	entries, err := j.entries(ctx, walk("no = (SELECT stream FROM journey_entry WHERE position = $1)", "$1")+`SELECT w.position, w.person, e.body
		FROM walked w CROSS JOIN journey_entry e WHERE e.position = w.position AND w.position <= $2 ORDER BY 1`, int64(position), int64(upto))
	if err != nil {
		return Entry{}, err
	}
	if len(entries) == 0 || entries[0].Position != position {
		return Entry{}, ErrUnknown
	}
	mark(entries)
	return entries[0], nil
}

// Entries answers the events at some positions, without what later ones say of them.
func (j *Journeys) Entries(ctx context.Context, positions ...uint64) ([]Entry, error) {
	if err := j.ready(); err != nil || len(positions) == 0 {
		return nil, err
	}
	list := make([]int64, len(positions))
	for i, p := range positions {
		list[i] = int64(p)
	}
	marks, args := in(1, list)
	return j.entries(ctx, `SELECT e.position, s.person, e.body FROM journey_entry e JOIN journey_stream s ON s.no = e.stream
		WHERE e.position IN (`+marks+`) ORDER BY 1`, args...)
}

// Stream answers the entries of one stream up to a position, ascending.
func (j *Journeys) Stream(ctx context.Context, stream string, upto uint64) ([]Entry, error) {
	if err := j.ready(); err != nil {
		return nil, err
	}
	entries, err := j.entries(ctx, walk("id = $1", "1")+`SELECT w.position, w.person, e.body
		FROM walked w CROSS JOIN journey_entry e WHERE e.position = w.position AND w.position <= $2 ORDER BY 1`, stream, int64(upto))
	mark(entries)
	return entries, err
}

// Find answers the person with this id, or ErrUnknown.
func (j *Journeys) Find(ctx context.Context, person string) (PersonRef, error) {
	return j.ref(ctx, "id = $1", person)
}

// Numbered answers the person with this number, or ErrUnknown.
func (j *Journeys) Numbered(ctx context.Context, number int) (PersonRef, error) {
	return j.ref(ctx, "no = $1", number)
}

func (j *Journeys) ref(ctx context.Context, where string, arg any) (PersonRef, error) {
	var p PersonRef
	if err := j.ready(); err != nil {
		return p, err
	}
	err := j.query(ctx, "SELECT id, no, position FROM journey_person WHERE "+where, func(scan func(...any) error) error {
		return scan(&p.ID, &p.Number, &p.Position)
	}, arg)
	if err == nil && p.ID == "" {
		err = ErrUnknown
	}
	return p, err
}

// recentWindow is how many events are looked through at a time.
const recentWindow = 1000

// Recent answers the persons of the newest entries whom a reader wants, newest
// first, each once; nil wants everybody.
func (j *Journeys) Recent(ctx context.Context, limit int, wanted func(PersonRef) (bool, error)) ([]PersonRef, error) {
	if err := j.ready(); err != nil {
		return nil, err
	}
	var head int64
	if err := j.query(ctx, `SELECT COALESCE(MAX(position), 0) FROM journey_entry`, func(scan func(...any) error) error { return scan(&head) }); err != nil {
		return nil, err
	}
	met := map[string]bool{}
	var out []PersonRef
	for ; head > 0; head -= recentWindow {
		list, err := j.recent(ctx, head-recentWindow, head)
		if err != nil {
			return nil, err
		}
		for _, p := range list {
			if met[p.ID] {
				continue
			}
			met[p.ID] = true
			if wanted != nil {
				if ok, err := wanted(p); err != nil {
					return nil, err
				} else if !ok {
					continue
				}
			}
			out = append(out, p)
			if len(out) == limit {
				return out, nil
			}
		}
	}
	return out, nil
}

// recent are the persons of the entries after one position, up to another.
func (j *Journeys) recent(ctx context.Context, after, upto int64) ([]PersonRef, error) {
	var out []PersonRef
	err := j.query(ctx, `SELECT p.id, p.no, p.position, MAX(e.position) FROM journey_entry e
		JOIN journey_stream s ON s.no = e.stream JOIN journey_person p ON p.no = s.person
		WHERE e.position > $1 AND e.position <= $2
		GROUP BY p.id, p.no, p.position ORDER BY 4 DESC`, func(scan func(...any) error) error {
		var p PersonRef
		var newest int64
		err := scan(&p.ID, &p.Number, &p.Position, &newest)
		out = append(out, p)
		return err
	}, after, upto)
	return out, err
}

// People lists persons by number, after one number.
func (j *Journeys) People(ctx context.Context, after, limit int) ([]PersonRef, error) {
	if err := j.ready(); err != nil {
		return nil, err
	}
	var out []PersonRef
	err := j.query(ctx, `SELECT id, no, position FROM journey_person WHERE no > $1 ORDER BY no LIMIT $2`, func(scan func(...any) error) error {
		var p PersonRef
		err := scan(&p.ID, &p.Number, &p.Position)
		out = append(out, p)
		return err
	}, after, limit)
	return out, err
}

// CasesOf answers the ids of all cases in whose party the person, or somebody
// merged into the same human being, ever stood; in order of joining.
func (j *Journeys) CasesOf(ctx context.Context, person string) ([]string, error) {
	return j.casesOf(ctx, person, Newest)
}

func (j *Journeys) casesOf(ctx context.Context, person string, upto uint64) ([]string, error) {
	group, err := j.group(ctx, person, upto)
	if err != nil || len(group) == 0 {
		return nil, err
	}
	var out []string
	marks, args := in(2, group)
	err = j.query(ctx, `SELECT s.id FROM journey_party p JOIN journey_stream s ON s.no = p.stream
		WHERE p.person IN (`+marks+`) AND p.position <= $1 ORDER BY p.position`, func(scan func(...any) error) error {
		var stream string
		err := scan(&stream)
		if _, id := domain.SplitStream(stream); !slices.Contains(out, id) {
			out = append(out, id)
		}
		return err
	}, append([]any{int64(upto)}, args...)...)
	return out, err
}

// Group answers the ids of all persons that are one human being with this one at
// a position, the survivor first.
func (j *Journeys) Group(ctx context.Context, person string, upto uint64) ([]string, error) {
	group, err := j.group(ctx, person, upto)
	if err != nil || len(group) == 0 {
		return nil, err
	}
	ids := map[int64]string{}
	marks, args := in(1, group)
	err = j.query(ctx, `SELECT no, id FROM journey_person WHERE no IN (`+marks+`)`, func(scan func(...any) error) error {
		var no int64
		var id string
		err := scan(&no, &id)
		ids[no] = id
		return err
	}, args...)
	out := make([]string, len(group))
	for i, no := range group {
		out[i] = ids[no]
	}
	return out, err
}

// group walks the merges that stand at a position, survivor first.
func (j *Journeys) group(ctx context.Context, person string, upto uint64) ([]int64, error) {
	p, err := j.Find(ctx, person)
	if errors.Is(err, ErrUnknown) || (err == nil && p.Position > upto) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	group, survivor := []int64{int64(p.Number)}, int64(p.Number)
	seen := map[int64]bool{survivor: true}
	for i := 0; i < len(group); i++ {
		into, absorbed, err := j.merges(ctx, group[i], upto)
		if err != nil {
			return nil, err
		}
		if into != 0 && group[i] == survivor {
			survivor = into
		}
		for _, n := range append(absorbed, into) {
			if n != 0 && !seen[n] {
				seen[n] = true
				group = append(group, n)
			}
		}
	}
	slices.Sort(group)
	group = slices.DeleteFunc(group, func(n int64) bool { return n == survivor })
	return append([]int64{survivor}, group...), nil
}

// merges answers into whom a person is merged and who was merged into it.
func (j *Journeys) merges(ctx context.Context, person int64, upto uint64) (into int64, absorbed []int64, err error) {
	standing := map[int64]int64{}
	err = j.query(ctx, `SELECT person, into_person, undone FROM journey_merge
		WHERE (person = $1 OR into_person = $1) AND position <= $2 ORDER BY position`, func(scan func(...any) error) error {
		var a, b, undone int64
		err := scan(&a, &b, &undone)
		if standing[a] = b; undone == 1 {
			delete(standing, a)
		}
		return err
	}, person, int64(upto))
	for a, b := range standing {
		switch {
		case a == person:
			into = b
		case b == person:
			absorbed = append(absorbed, a)
		}
	}
	slices.Sort(absorbed)
	return into, absorbed, err
}
