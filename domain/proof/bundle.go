package proof

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain"
	"ayumi/domain/ledger"
)

// Contents is what a bundle is made of.
type Contents struct {
	Edition string // Audit or Public
	// LogKeys and FigureKeys are public, as ledger.NewVerifier reads them.
	LogKeys     []string
	FigureKeys  []string
	Before      *ledger.Frontier // the tree before the range
	BeforeSeal  []byte           // the last seal of the year before; none if the range begins the log
	Checkpoint  []byte           // signed, of the tree at the end of the range
	Seals       [][]byte         // signed, each naming the one before
	Definitions [][]byte         // of each seal, by FormatDefinitions
	Logged      *Logged
	// Rows reads the events of the range in order. It is called several times and
	// must answer the same.
	Rows func(yield func(facts domain.Facts, priv [32]byte) bool) error
}

var errContents = errors.New("a bundle cannot be made of this")

// Write writes a bundle. The same contents give the same bytes.
func Write(to io.Writer, c Contents) error {
	l := &label{edition: c.Edition, logKeys: c.LogKeys, sealKeys: c.FigureKeys}
	keys, err := l.claimed()
	if err != nil {
		return err
	}
	head, _, err := ledger.OpenTreeHead(c.Checkpoint, keys.Log, nil)
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	l.origin = head.Origin
	tiles, ids, err := c.survey(head)
	if err != nil {
		return err
	}
	p, done := newPacker(to)
	if err := p.addBytes(readmeFile, l.format()); err != nil {
		return err
	}
	if err := p.addBytes(checkpointFile, c.Checkpoint); err != nil {
		return err
	}
	if err := c.addDefinitions(p, keys.Figures); err != nil {
		return err
	}
	edge := c.Before.Format()
	if c.Before.Size > 0 {
		edge = append(append(edge, '\n'), c.BeforeSeal...)
	}
	if err := p.addBytes(frontierFile, edge); err != nil {
		return err
	}
	if err := p.addBytes(loggedFile, c.Logged.Format()); err != nil {
		return err
	}
	for i, s := range c.Seals {
		if err := p.addBytes(fmt.Sprintf("%s%04d.note", sealsDir, i+1), s); err != nil {
			return err
		}
	}
	if err := p.addBytes(tilesFile, tiles); err != nil {
		return err
	}
	if c.Edition == Audit {
		if err := c.addRows(p, ids); err != nil {
			return err
		}
	}
	return done()
}

// survey goes through the rows once: the hashes of the blocks, and which ids come
// again. The rows must give the signed root.
func (c *Contents) survey(head ledger.TreeHead) (tiles []byte, ids *census, err error) {
	at := c.Before.Clone()
	ids = newCensus()
	err = c.Rows(func(facts domain.Facts, priv [32]byte) bool {
		at.Append(ledger.LeafHash(facts, priv))
		if at.Size%ledger.BlockSize == 0 || at.Size == head.N {
			h := at.Block()
			tiles = append(tiles, h[:]...)
		}
		if c.Edition == Audit {
			ids.take(facts)
		}
		return at.Size <= head.N
	})
	if err == nil && (tlog.Tree{N: at.Size, Hash: at.Root()}) != head.Tree {
		err = fmt.Errorf("%w: the events do not give the signed root", errContents)
	}
	return tiles, ids, err
}

// addRows writes the three members of the rows.
func (c *Contents) addRows(p *packer, ids *census) error {
	for _, name := range rowsFiles {
		err := p.add(name, func(to io.Writer) error {
			w := newRowWriter(ids)
			var failed error
			err := c.Rows(func(facts domain.Facts, priv [32]byte) bool {
				part := priv[:]
				switch name {
				case idsFile:
					_, part = w.row(facts)
				case rowsFile:
					part, _ = w.row(facts)
				}
				_, failed = to.Write(part)
				return failed == nil
			})
			return errors.Join(err, failed)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// addDefinitions writes each definition once, under the name its seals give it.
func (c *Contents) addDefinitions(p *packer, keys []note.Verifier) error {
	files := map[string][]byte{}
	for i, signed := range c.Seals {
		s, _, err := ledger.OpenSeal(signed, keys...)
		if err != nil || i >= len(c.Definitions) {
			return fmt.Errorf("%w: seal %d: %w", errContents, i+1, err)
		}
		if ledger.SumOf(c.Definitions[i]) != s.Definition {
			return fmt.Errorf("%w: definition of seal %d", errContents, i+1)
		}
		files[definitionName(s)] = c.Definitions[i]
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := p.addBytes(name, files[name]); err != nil {
			return err
		}
	}
	return nil
}
