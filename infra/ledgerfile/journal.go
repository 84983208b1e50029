package ledgerfile

import (
	"bufio"
	"encoding/base64"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// journal holds every tree that was committed to, one a line, ascending: size,
// root, check sum.
type journal struct {
	file  *os.File
	known []tlog.Tree
	end   int64 // bytes of whole lines
}

// openJournal reads a journal; a torn last line, of a cut, is written over.
func openJournal(path string) (*journal, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	j := &journal{file: f}
	lines := bufio.NewReader(f)
	for {
		line, err := lines.ReadString('\n')
		if errors.Is(err, io.EOF) {
			return j, nil
		}
		var tree tlog.Tree
		if err == nil {
			tree, err = parseLine(line)
		}
		if err == nil && len(j.known) > 0 && tree.N <= j.known[len(j.known)-1].N {
			err = errJournal
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("journal, line %d: %w", len(j.known)+1, err), f.Close())
		}
		j.known, j.end = append(j.known, tree), j.end+int64(len(line))
	}
}

var errJournal = errors.New("journal is damaged")

func formatLine(t tlog.Tree) string {
	text := strconv.FormatInt(t.N, 10) + " " + base64.StdEncoding.EncodeToString(t.Hash[:])
	return fmt.Sprintf("%s %08x\n", text, crc32.ChecksumIEEE([]byte(text)))
}

func parseLine(line string) (tlog.Tree, error) {
	part := strings.Split(line, " ")
	if len(part) != 3 {
		return tlog.Tree{}, errJournal
	}
	n, err := strconv.ParseInt(part[0], 10, 64)
	if err != nil || n < 1 {
		return tlog.Tree{}, errJournal
	}
	hash, err := tlog.ParseHash(part[1])
	t := tlog.Tree{N: n, Hash: hash}
	if err != nil || formatLine(t) != line {
		return tlog.Tree{}, errJournal
	}
	return t, nil
}

func (j *journal) last() tlog.Tree {
	if len(j.known) == 0 {
		return tlog.Tree{}
	}
	return j.known[len(j.known)-1]
}

// add makes a tree durable.
func (j *journal) add(t tlog.Tree) error {
	line := formatLine(t)
	if _, err := j.file.WriteAt([]byte(line), j.end); err != nil {
		return err
	}
	if err := errors.Join(j.file.Truncate(j.end+int64(len(line))), j.file.Sync()); err != nil {
		return err
	}
	j.known, j.end = append(j.known, t), j.end+int64(len(line))
	return nil
}
