package keyring

import (
	"bufio"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"zombiezen.com/go/sqlite"
)

// Copied is a copy of the key table with what belongs to it.
type Copied struct {
	Epoch Epoch
	// Files are those of the folder of KEKs, by name: the KEKs as they lie there, the
	// list of destroyed owners, the officers of the escrow.
	Files map[string][]byte

	spool *os.File
	gone  map[string]bool
}

// A copy of the table is text, a record a line: the epochs, the mark, the keys.
const (
	epochLine = "epoch"
	markLine  = "mark"
	keyLine   = "key"
	noKey     = "-" // in the place of a key that was destroyed
)

const copyRun = 2000 // rows read in one transaction

var errTurned = errors.New("the key table is rewritten all the time")

// Copy copies the key table in directory dir while a keyring may work on it, and then
// what lies with the KEKs. Every key that was made before the call is in the copy, and
// none that was destroyed before it ended. The rows are read in short pieces: a long
// reading would keep overwritten bytes in the WAL. They pass through spool, an empty
// file, which Records reads.
func Copy(ctx context.Context, dir string, o Options, spool *os.File) (*Copied, error) {
	o = o.filled(dir)
	c, err := sqlite.OpenConn(filepath.Join(dir, "keys.db"), sqlite.OpenReadOnly)
	if err != nil {
		return nil, fmt.Errorf("copy key table: %w", err)
	}
	out := &Copied{spool: spool, gone: map[string]bool{}}
	err = copying{conn: c, o: o, keks: kekDir{dir: o.KEKDir}}.copy(ctx, out)
	if err = errors.Join(err, c.Close()); err != nil {
		return nil, fmt.Errorf("copy key table: %w", err)
	}
	return out, nil
}

type copying struct {
	conn *sqlite.Conn
	o    Options
	keks kekDir
}

func (c copying) copy(ctx context.Context, out *Copied) error {
	epoch := int64(-1)
	for turns := 0; ; turns++ { // a rewriting on the way begins it again
		before, err := c.newest()
		if err != nil {
			return err
		}
		if before == epoch {
			break
		}
		if epoch = before; turns == 5 {
			return errTurned
		}
		if err := c.rows(ctx, out.spool); err != nil {
			return err
		}
	}
	erased, err := c.keks.erased()
	if err != nil {
		return err
	}
	for _, owner := range erased {
		out.gone[owner] = true
	}
	return c.files(epoch, out)
}

func (c copying) newest() (epoch int64, err error) {
	st, err := c.conn.Prepare("SELECT max(epoch) FROM epochs")
	if err == nil {
		err = each(st, func(st *sqlite.Stmt) { epoch = st.ColumnInt64(0) })
	}
	if err == nil && epoch == 0 {
		err = errNoKey
	}
	return epoch, err
}

// rows writes the table to the spool. A key that is made meanwhile may be missing: it
// was made after the call.
func (c copying) rows(ctx context.Context, spool *os.File) error {
	if err := spool.Truncate(0); err != nil {
		return err
	}
	if _, err := spool.Seek(0, io.SeekStart); err != nil {
		return err
	}
	out := bufio.NewWriter(spool)
	for _, q := range []string{
		"SELECT epoch, probe, '' FROM epochs ORDER BY epoch",
		"SELECT position, NULL, event FROM mark",
	} {
		st, err := c.conn.Prepare(q)
		if err != nil {
			return err
		}
		if err := each(st, func(st *sqlite.Stmt) {
			if event := st.ColumnText(2); event != "" {
				fmt.Fprintf(out, "%s %d %s\n", markLine, st.ColumnInt64(0), event)
			} else {
				fmt.Fprintf(out, "%s %d %s\n", epochLine, st.ColumnInt64(0), text(blob(st, 1)))
			}
		}); err != nil {
			return err
		}
	}
	after, more := "", true
	for more {
		if err := ctx.Err(); err != nil {
			return err
		}
		st, err := c.conn.Prepare("SELECT owner, epoch, wrapped FROM keys WHERE owner > ?||'' ORDER BY owner LIMIT ?+0")
		if err != nil {
			return err
		}
		bind(st, []any{after, int64(copyRun)})
		more = false
		if err := each(st, func(st *sqlite.Stmt) {
			after, more = st.ColumnText(0), true
			fmt.Fprintf(out, "%s %s %d %s\n", keyLine, after, st.ColumnInt64(1), text(blob(st, 2)))
		}); err != nil {
			return err
		}
	}
	return out.Flush()
}

func text(box []byte) string {
	if box == nil {
		return noKey
	}
	return base64.StdEncoding.EncodeToString(box)
}

// Records writes the copy, each Write one record, without the keys of those who were
// destroyed meanwhile.
func (c *Copied) Records(w io.Writer) error {
	if _, err := c.spool.Seek(0, io.SeekStart); err != nil {
		return err
	}
	lines := bufio.NewScanner(c.spool)
	for lines.Scan() {
		line := lines.Text()
		if cells := strings.Fields(line); cells[0] == keyLine && c.gone[cells[1]] {
			cells[3] = noKey
			line = strings.Join(cells, " ")
		}
		if _, err := io.WriteString(w, line+"\n"); err != nil {
			return err
		}
	}
	return lines.Err()
}

// files reads what lies with the KEKs. The escrow copies are not taken: they are made
// again, and must not outlive their epoch.
func (c copying) files(epoch int64, out *Copied) error {
	list, err := c.keks.epochs()
	if err != nil {
		return err
	}
	if !slices.Contains(list, epoch) {
		return fmt.Errorf("%s is not there", c.keks.path(epoch))
	}
	out.Files = map[string][]byte{}
	for _, n := range list {
		raw, err := os.ReadFile(c.keks.path(n))
		if errors.Is(err, fs.ErrNotExist) {
			continue // its time ended meanwhile
		}
		if err != nil {
			return err
		}
		out.Files[filepath.Base(c.keks.path(n))] = raw
		if n == epoch {
			begun, err := c.keks.begun(n)
			if err != nil {
				return err
			}
			out.Epoch = Epoch{n, begun, begun.Add(c.o.Final())}
		}
	}
	for _, path := range []string{c.keks.erasedList(), c.keks.recipients()} {
		raw, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		name, nameErr := filepath.Rel(c.keks.dir, path)
		if err = errors.Join(err, nameErr); err != nil {
			return err
		}
		out.Files[filepath.ToSlash(name)] = raw
	}
	return nil
}
