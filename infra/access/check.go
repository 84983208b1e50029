package access

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain"
	"ayumi/domain/ledger"
	"ayumi/domain/viewing"
)

// Check reads everything: that no number is missing that has not gone with an
// entry saying so, that every entry gives its leaf hash and is indexed as it
// reads, and that the leaves give the tree. The error names the first line that
// is not so.
func (l *Log) Check(ctx context.Context) error {
	if err := l.writer.sound(ctx); err != nil {
		return fmt.Errorf("access log: %w", err)
	}
	tx, err := l.db.BeginTx(ctx, still)
	if err != nil {
		return fmt.Errorf("access log: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // it only read
	c := &check{tx: tx}
	for _, step := range []func(context.Context) error{c.begin, c.hashes, c.lines, c.index, c.inner} {
		if err := step(ctx); err != nil {
			return fmt.Errorf("access log: %w", err)
		}
	}
	return nil
}

// check is one reading of a log as it stands at one moment.
type check struct {
	tx   *sql.Tx
	size uint64
	gone uint64   // an entry says that lines up to here have gone
	said []string // indexed words of entries, as they read
	tree []tlog.Hash
}

func (c *check) begin(ctx context.Context) error {
	var hashes int64
	if err := c.tx.QueryRowContext(ctx, `select count(*) from hash`).Scan(&hashes); err != nil {
		return err
	}
	var err error
	if c.size, err = sizeOf(hashes); err != nil {
		return err
	}
	var highest uint64
	if err := c.tx.QueryRowContext(ctx, `select coalesce(max(no), 0) from line`).Scan(&highest); err != nil {
		return err
	}
	if highest > c.size {
		return fmt.Errorf("line %d is in no tree", highest)
	}
	c.gone, err = saidGone(ctx, c.tx)
	return err
}

// saidGone is up to which line entries went past their retention, as the newest
// entry about it says.
func saidGone(ctx context.Context, db querier) (upto uint64, err error) {
	var facts []byte
	err = db.QueryRowContext(ctx, `select facts from line where act = $1 order by no desc limit 1`, viewing.Prune).Scan(&facts)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	_, err = fmt.Sscanf(domain.Facts(facts).Text("subject"), "lines:1-%d", &upto)
	return upto, err
}

// lines reads every entry beside the leaf that the tree holds for it.
func (c *check) lines(ctx context.Context) error {
	rows, err := c.tx.QueryContext(ctx, `select no, day, account, controller, act, query, facts, salt from line order by no`)
	if err != nil {
		return err
	}
	defer rows.Close()
	next := uint64(1)
	for rows.Next() {
		var no uint64
		var day int64
		var account, controller, act, query string
		var facts, salt []byte
		if err := rows.Scan(&no, &day, &account, &controller, &act, &query, &facts, &salt); err != nil {
			return err
		}
		if err := c.absent(next, no); err != nil {
			return err
		}
		next = no + 1
		if c.tree[tlog.StoredHashIndex(0, int64(no)-1)] != ledger.LeafHash(facts, ledger.Priv(salt, nil)) {
			return fmt.Errorf("line %d was changed: it does not give its leaf hash", no)
		}
		e, err := viewing.Parse(domain.Facts(facts))
		if err != nil {
			return fmt.Errorf("line %d: %w", no, err)
		}
		if int64(e.On()) != day || e.Account != account || e.Controller != controller || e.Act != act || e.Query != query {
			return fmt.Errorf("line %d is listed otherwise than it reads", no)
		}
		for _, s := range indexed(e) {
			c.said = append(c.said, fmt.Sprintf("%s %d", s, no))
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return c.absent(next, c.size+1)
}

// absent demands that no line is missing from a number to another, but those that
// have gone.
func (c *check) absent(from, to uint64) error {
	if from = max(from, c.gone+1); from < to {
		return fmt.Errorf("line %d is missing", from)
	}
	return nil
}

// index demands that every entry is found by whom it is about, and by nothing else.
func (c *check) index(ctx context.Context) error {
	rows, err := c.tx.QueryContext(ctx, `select subject || ' ' || no from about`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var listed []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return err
		}
		listed = append(listed, s)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	slices.Sort(listed)
	slices.Sort(c.said)
	for i, want := range c.said {
		if i >= len(listed) || listed[i] != want {
			return fmt.Errorf("line %s is not listed under whom it is about", want[strings.LastIndexByte(want, ' ')+1:])
		}
	}
	if len(listed) > len(c.said) {
		return fmt.Errorf("%d lines are listed under somebody they are not about", len(listed)-len(c.said))
	}
	return nil
}

// hashes reads the whole tree.
func (c *check) hashes(ctx context.Context) error {
	rows, err := c.tx.QueryContext(ctx, `select i, hash from hash order by i`)
	if err != nil {
		return err
	}
	defer rows.Close()
	c.tree = make([]tlog.Hash, 0, c.size*2)
	for rows.Next() {
		var i int64
		var raw sql.RawBytes
		if err := rows.Scan(&i, &raw); err != nil {
			return err
		}
		if i != int64(len(c.tree)) || len(raw) != tlog.HashSize {
			return fmt.Errorf("hash %d of the tree is missing", len(c.tree))
		}
		c.tree = append(c.tree, tlog.Hash(raw))
	}
	return rows.Err()
}

// inner makes every inner hash again from the leaves.
func (c *check) inner(context.Context) error {
	for level := 1; level < 63; level++ {
		for n := int64(0); (n+1)<<level <= int64(c.size); n++ {
			left, right := c.tree[tlog.StoredHashIndex(level-1, 2*n)], c.tree[tlog.StoredHashIndex(level-1, 2*n+1)]
			if c.tree[tlog.StoredHashIndex(level, n)] != tlog.NodeHash(left, right) {
				return fmt.Errorf("the tree was changed over lines %d to %d", n<<level+1, (n+1)<<level)
			}
		}
	}
	return nil
}
