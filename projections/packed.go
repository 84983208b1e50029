package projections

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
)

// Rows of counting are read at the start only, all of them. So they lie in the
// table in runs, each one value: a row of SQL for each would take three times as
// long to write. A row is spelled alike wherever it lies: runs put together in
// order are the same bytes, however they were cut.

// packedRows is how many rows a run holds at most.
const packedRows = 1 << 12

// errUnreadable: what lies in the tables is not what was written. They can be made
// again from the log.
var errUnreadable = errors.New("the tables are damaged")

var packedSum = crc32.MakeTable(crc32.Castagnoli)

// pack writes a row after those in b: numbers as varints, texts with their length.
// When the row ceases to hold lies elsewhere.
func (c *columns) pack(b []byte, x *cell) []byte {
	b = binary.AppendUvarint(b, uint64(x.family))
	b = binary.AppendUvarint(b, uint64(x.shape))
	b = binary.AppendUvarint(b, uint64(x.person))
	b = binary.AppendUvarint(b, uint64(x.categories))
	b = binary.AppendUvarint(b, uint64(x.position))
	b = binary.AppendUvarint(b, uint64(x.added))
	b = binary.AppendUvarint(b, uint64(x.why))
	for _, n := range [...]int32{x.from, x.to, x.firstOn, x.gone, x.amount} {
		b = binary.AppendVarint(b, int64(n))
	}
	for _, t := range [...]text{x.entity, x.member} {
		b = append(binary.AppendUvarint(b, uint64(t.n)), c.texts.of(t)...)
	}
	return b
}

// unpack reads a run of rows back. On an error some of them may have been added.
func (c *columns) unpack(run []byte, sum uint32) error {
	if crc32.Checksum(run, packedSum) != sum {
		return fmt.Errorf("%w: rows do not have their sum", errUnreadable)
	}
	u := unpacker{run: run, texts: string(run)}
	for u.at < len(run) {
		x := cell{
			family: uint8(u.number(uint64(len(families) - 1))), shape: int32(u.number(uint64(len(c.shapes)))), person: int32(u.number(uint64(len(c.names)))),
			categories: uint16(u.number(math.MaxUint16)), position: uint32(u.number(math.MaxUint32)), added: uint32(u.number(math.MaxUint32)),
			why: uint8(u.number(uint64(len(reasons) - 1))),
		}
		x.from, x.to, x.firstOn, x.gone, x.amount = u.signed(), u.signed(), u.signed(), u.signed(), u.signed()
		entity, member := u.text(), u.text()
		if u.wrong || x.shape == 0 || x.position > x.added || x.added == 0 {
			return fmt.Errorf("%w: row %d", errUnreadable, c.rows.n+1)
		}
		c.add(x, entity, member)
	}
	return nil
}

// unpacker takes values off a run; wrong once one was not what it should be.
type unpacker struct {
	run   []byte
	texts string // the same bytes: texts of it need no place of their own
	at    int
	wrong bool
}

func (u *unpacker) number(most uint64) uint64 {
	v, n := binary.Uvarint(u.run[u.at:])
	if n <= 0 || v > most {
		u.wrong = true
		return 0
	}
	u.at += n
	return v
}

func (u *unpacker) signed() int32 {
	v, n := binary.Varint(u.run[u.at:])
	if n <= 0 || v != int64(int32(v)) {
		u.wrong = true
		return 0
	}
	u.at += n
	return int32(v)
}

func (u *unpacker) text() string {
	n := int(u.number(math.MaxUint16))
	if n > len(u.run)-u.at {
		u.wrong = true
		return ""
	}
	u.at += n
	return u.texts[u.at-n : u.at]
}

// putRows adds the rows from one number on, in runs.
func (c *columns) putRows(b *Batch, from int, room []byte) []byte {
	for from < c.rows.n {
		until := min(from+packedRows, c.rows.n)
		begun := len(room)
		for id := from; id < until; id++ {
			room = c.pack(room, c.rows.at(int32(id)))
		}
		run := room[begun:]
		b.Add(indicatorRun).Int(int64(from+1), int64(crc32.Checksum(run, packedSum))).Blob(run)
		from = until
	}
	return room
}

// loadRows reads all rows back, and when they ceased to hold.
func (c *columns) loadRows(ctx context.Context, t Tables) error {
	err := t.Query(ctx, "SELECT first, sum, packed FROM indicator_run ORDER BY first", func(scan func(...any) error) error {
		var first, sum int64
		var run []byte
		if err := scan(&first, &sum, &run); err != nil {
			return err
		}
		if first != int64(c.rows.n+1) {
			return fmt.Errorf("%w: row %d follows row %d", errUnreadable, first, c.rows.n)
		}
		return c.unpack(run, uint32(sum))
	})
	if err != nil {
		return err
	}
	return t.Query(ctx, "SELECT id, position, why FROM indicator_end", func(scan func(...any) error) error {
		var id, position, why int64
		if err := scan(&id, &position, &why); err != nil {
			return err
		}
		if !c.mayEnd(id, position) || why < 0 || why >= int64(len(reasons)) {
			return fmt.Errorf("%w: end of row %d", errUnreadable, id)
		}
		c.end(id, uint64(position), why)
		return nil
	})
}

// mayEnd tells whether a row is there and held before a position.
func (c *columns) mayEnd(id, position int64) bool {
	if id < 1 || id > int64(c.rows.n) || position > math.MaxUint32 {
		return false
	}
	x := c.rows.at(int32(id - 1))
	return x.removed == 0 && position >= int64(x.added)
}
