package access

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/viewing"
)

// Find lists entries, newest first.
func (l *Log) Find(ctx context.Context, f viewing.Filter) ([]Entry, error) {
	query := strings.Builder{}
	query.WriteString(`select no, facts from line where true`)
	var args []any
	state := func(clause string, values ...any) {
		for _, v := range values {
			args = append(args, v)
			clause = strings.Replace(clause, "?", "$"+strconv.Itoa(len(args)), 1)
		}
		query.WriteString(" and " + clause)
	}
	if f.Controller != "" {
		state("controller in (?, '')", f.Controller) // what the product and its operator do concerns every controller
	}
	for _, c := range []struct{ column, value string }{{"account", f.Account}, {"act", f.Act}, {"query", l.digest("query", japan.SearchKey(f.Query))}} {
		if c.value != "" { // said twice: the index of queries holds only what is not empty
			state(c.column+" = ? and "+c.column+" <> ''", c.value)
		}
	}
	if len(f.Subjects) > 0 {
		subjects := make([]any, len(f.Subjects))
		for i, s := range f.Subjects {
			subjects[i] = s
		}
		state("no in (select no from about where subject in (?"+strings.Repeat(",?", len(subjects)-1)+"))", subjects...)
	}
	if f.From != 0 {
		state("day >= ?", int64(f.From))
	}
	if f.To != 0 {
		state("day <= ?", int64(f.To))
	}
	if f.Before != 0 {
		state("no < ?", f.Before)
	}
	query.WriteString(" order by no desc limit $" + strconv.Itoa(len(args)+1))
	return l.list(ctx, query.String(), append(args, cmp.Or(f.Limit, 100))...)
}

// Of lists who looked at a subject, newest first, at most n.
func (l *Log) Of(ctx context.Context, subject string, n int) ([]Entry, error) {
	return l.Find(ctx, viewing.Filter{Subjects: []string{subject}, Limit: n})
}

func (l *Log) list(ctx context.Context, query string, args ...any) ([]Entry, error) {
	rows, err := l.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("access log: %w", err)
	}
	defer rows.Close()
	var out []Entry
	for rows.Next() {
		var no uint64
		var facts []byte
		if err := rows.Scan(&no, &facts); err != nil {
			return nil, fmt.Errorf("access log: %w", err)
		}
		e, err := viewing.Parse(domain.Facts(facts))
		if err != nil {
			return nil, fmt.Errorf("access log: line %d: %w", no, err)
		}
		e.No = no
		out = append(out, e)
	}
	return out, rows.Err()
}

// Prune lets the bodies of entries made before a day go, and says so in an entry
// of its own, in one step. Leaf hashes stay: every proof and every check goes on
// working. It answers how many went.
func (l *Log) Prune(ctx context.Context, before japan.Date, at time.Time) (int, error) {
	w := &waiting{ctx: ctx, entry: Entry{At: at, Account: "system", Act: viewing.Prune, Reason: "retention"}, prune: before, answer: make(chan error, 1)}
	err := l.record(ctx, w)
	if err != nil {
		return 0, err
	}
	return w.went, nil
}

func upToLine(no uint64) string { return fmt.Sprintf("lines:1-%d", no) }
