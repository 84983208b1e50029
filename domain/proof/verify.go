// Package proof makes and checks bundles: one file by which somebody who trusts
// nobody counts a published figure again, offline and without personal data, and is
// told which event is wrong if one is (proof.md 1, 4). Beside the standard library
// it needs x/mod and this repository's domain.
package proof

import (
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain/indicator"
	"ayumi/domain/ledger"
)

// Verifier checks bundles. Bundles of several years are given to the same one in
// order: each must follow the one before, and what was counted goes on.
type Verifier struct {
	Trust Trust
	// Leaf is the fingerprint of a record that the one who verifies holds on paper; may
	// be nil. It is compared with that of a proof.
	Leaf *[32]byte
	// Last tells that no other bundle follows: what none of its figures can hang on is
	// not kept.
	Last bool
	// Progress is told how many of the packed bytes of the rows were read; may be nil.
	Progress func(done, total int64)

	held  *held
	state *indicator.State // after the last bundle, nil if it was not whole
}

// held is what the one who verifies has from before.
type held struct {
	tree tlog.Tree
	sums map[string]bool // of seals
}

// Hold takes a signed seal that was kept from before.
func (v *Verifier) Hold(signed []byte) error {
	s, _, err := ledger.OpenSeal(signed, v.Trust.Figures...)
	if err != nil {
		return err
	}
	v.hold(s.Tree, []string{ledger.SumOf(signed)})
	return nil
}

func (v *Verifier) hold(tree tlog.Tree, sums []string) {
	if v.held == nil {
		v.held = &held{sums: map[string]bool{}}
	}
	if tree.N > v.held.tree.N {
		v.held.tree = tree
	}
	for _, s := range sums {
		v.held.sums[s] = true
	}
}

// run is the verification of one bundle.
type run struct {
	*Verifier
	*Report
	file     *container
	label    *label
	trust    Trust
	head     ledger.TreeHead
	seals    []*sealed
	frontier *ledger.Frontier // before the range
	before   *sealed          // the last seal of the year before, in frontier.txt
	tiles    []tlog.Hash      // nil if they do not give the signed root
}

// sealed is one seal of the bundle.
type sealed struct {
	*ledger.Seal
	name     string
	signed   []byte
	sum      string
	by       note.Verifier
	book     *indicator.Book
	question indicator.Question
	found    int // place in Report.Seals
}

// Verify checks one bundle of a given size in bytes, or the proof of one record
// (C2SP tlog-proof). It answers no error: whatever is wrong with the file stands in
// the report.
func (v *Verifier) Verify(r io.ReaderAt, size int64) *Report {
	x := &run{Verifier: v, Report: &Report{}}
	if text, ok := inclusionIn(r, size); ok {
		x.inclusion(text)
		return x.Report
	}
	intact := make(chan bool, 1)
	go func() { intact <- whole(r, size) }()
	x.check(r, size)
	if !<-intact {
		x.damaged()
	}
	if len(x.Codes()) == 0 {
		sums := make([]string, len(x.seals))
		for i, s := range x.seals {
			sums[i] = s.sum
		}
		v.hold(x.head.Tree, sums)
	} else {
		v.state = nil
	}
	return x.Report
}

// check looks at everything but whether the file is whole.
func (x *run) check(r io.ReaderAt, size int64) {
	file, err := unpack(r, size)
	if err != nil {
		x.unreadable(err)
		return
	}
	if x.file = file; !x.open() {
		return
	}
	x.checkSeals()
	x.checkDefinitions()
	x.checkHeld()
	x.checkLogged()
	x.replay()
}

// damaged says first that the file is not as it was written. The rest may tell where.
func (x *run) damaged() {
	if x.file == nil {
		return // it was no bundle at all
	}
	x.Checks = slices.DeleteFunc(x.Checks, func(c Check) bool { return c.Key == "ok.file" })
	x.Checks = slices.Insert(x.Checks, 0, Check{Key: "E001", Args: map[string]string{"member": "SHA-256"}})
}

func (x *run) unreadable(err error) {
	var u *unreadable
	if errors.As(err, &u) {
		x.add(u.code, "member", u.member)
		return
	}
	x.add("E001", "member", "")
}

// open reads everything but the rows.
func (x *run) open() bool {
	left := int64(maxSmalls)
	for _, name := range x.file.names {
		if slices.Contains(rowsFiles, name) {
			continue // they are read as they come
		}
		if left -= int64(x.file.members[name].size); left < 0 {
			x.add("E001", "member", name)
			return false
		}
	}
	small := map[string][]byte{}
	for _, name := range x.file.names {
		if slices.Contains(rowsFiles, name) {
			continue
		}
		text, err := x.file.read(name)
		if err != nil {
			x.unreadable(err)
			return false
		}
		small[name] = text
	}
	var ok bool
	if x.label, ok = parseLabel(small[readmeFile]); !ok {
		x.add("E001", "member", readmeFile)
		return false
	}
	x.Edition = x.label.edition
	for _, name := range rowsFiles {
		if there := x.file.members[name] != nil; there != (x.Edition == Audit) {
			x.add(map[bool]string{true: "E001", false: "E003"}[there], "member", name)
			return false
		}
	}
	if len(x.file.under(sealsDir)) == 0 {
		x.add("E003", "member", sealsDir)
		return false
	}
	if !x.openFrontier(small[frontierFile]) || !x.openKeys() {
		return false
	}
	if len(x.Codes()) == 0 {
		x.add("ok.file", "members", len(x.file.names), "edition", x.Edition)
	}
	if !x.openHead(small[checkpointFile]) {
		return false
	}
	x.openTiles(small[tilesFile])
	for _, name := range x.file.under(sealsDir) {
		x.openSeal(name, small[name])
	}
	return true
}

// openKeys chooses the keys: those held, else those that the bundle claims.
func (x *run) openKeys() bool {
	claimed, err := x.label.claimed()
	if err != nil {
		x.add("E001", "member", readmeFile)
		return false
	}
	if x.trust = x.Trust; !x.trust.Given() {
		x.trust.Log, x.trust.Figures = claimed.Log, claimed.Figures
		x.add("part.keys", "keys", strings.Join(append(x.label.logKeys, x.label.sealKeys...), "  "))
		return true
	}
	for _, s := range []struct {
		code            string
		claimed, trusts []note.Verifier
	}{{"E111", claimed.Log, x.trust.Log}, {"E101", claimed.Figures, x.trust.Figures}} {
		for _, k := range s.claimed {
			if !has(s.trusts, k) {
				x.add(s.code, "member", k.Name())
			}
		}
	}
	if len(x.Codes()) == 0 {
		x.add("ok.keys")
	}
	return true
}

func has(list []note.Verifier, k note.Verifier) bool {
	for _, have := range list {
		if have.Name() == k.Name() && have.KeyHash() == k.KeyHash() {
			return true
		}
	}
	return false
}

func (x *run) openFrontier(text []byte) bool {
	edge, before, more := strings.Cut(string(text), "\n\n")
	if more {
		edge += "\n"
	}
	f, err := ledger.ParseFrontier([]byte(edge))
	if err != nil || more && before == "" || more != (f.Size > 0) {
		x.add("E001", "member", frontierFile)
		return false
	}
	if x.frontier, x.From = f, f.Size; more {
		x.before = &sealed{name: frontierFile, signed: []byte(before), sum: ledger.SumOf([]byte(before))}
	}
	return true
}

func (x *run) openHead(signed []byte) bool {
	head, seen, err := ledger.OpenTreeHead(signed, x.trust.Log, x.trust.Witnesses)
	if err != nil || head.Origin != x.label.origin || head.N == 0 {
		x.add("E111", "member", checkpointFile)
		return false
	}
	x.head, x.Events = head, head.N-x.From
	x.add("ok.checkpoint", "size", head.N, "root", head.Hash)
	switch {
	case seen < x.trust.Quorum:
		x.add("E112", "seen", seen, "quorum", x.trust.Quorum)
	case x.trust.Quorum > 0:
		x.add("ok.witnesses", "seen", seen, "quorum", x.trust.Quorum)
	}
	if x.Events < 0 {
		x.add("E144", "held", x.From, "size", head.N)
		return false
	}
	return true
}

// openTiles reads the hashes of the blocks and joins them to the edge before them:
// that must give the signed root, or they say nothing.
func (x *run) openTiles(raw []byte) {
	first, last := x.From/ledger.BlockSize, (x.head.N+ledger.BlockSize-1)/ledger.BlockSize
	count := last - first
	if x.Events == 0 {
		count = 0
	}
	if int64(len(raw)) != count*tlog.HashSize {
		return
	}
	tiles := make([]tlog.Hash, count)
	for i := range tiles {
		tiles[i] = tlog.Hash(raw[i*tlog.HashSize : (i+1)*tlog.HashSize])
	}
	if joinTiles(x.frontier, tiles) == x.head.Hash {
		x.tiles = tiles
		x.add("ok.tiles", "count", count)
	}
}

// joinTiles is the root over the whole blocks before a range and the blocks of it.
func joinTiles(before *ledger.Frontier, tiles []tlog.Hash) tlog.Hash {
	type node struct {
		level int
		hash  tlog.Hash
	}
	var stack []node
	edge := 0
	for level := 62; level >= 8; level-- {
		if before.Size>>level&1 == 1 {
			stack = append(stack, node{level, before.Edges[edge]})
			edge++
		}
	}
	for _, t := range tiles {
		n := node{8, t}
		for len(stack) > 0 && stack[len(stack)-1].level == n.level {
			n = node{n.level + 1, tlog.NodeHash(stack[len(stack)-1].hash, n.hash)}
			stack = stack[:len(stack)-1]
		}
		stack = append(stack, n)
	}
	if len(tiles) == 0 {
		return before.Root()
	}
	edges := make([]tlog.Hash, len(stack))
	for i, n := range stack {
		edges[i] = n.hash
	}
	return ledger.Join(edges)
}

func (x *run) openSeal(name string, signed []byte) {
	s, by, err := ledger.OpenSeal(signed, x.trust.Figures...)
	if err != nil || s.Origin != x.label.origin {
		x.add("E101", "member", name)
		return
	}
	sum := ledger.SumOf(signed)
	if slices.ContainsFunc(x.seals, func(have *sealed) bool { return have.sum == sum }) {
		x.add("E002", "member", name) // once is counted, not ten thousand times
		return
	}
	x.seals = append(x.seals, &sealed{Seal: s, name: name, signed: signed, sum: sum, by: by, found: len(x.Report.Seals)})
	x.Report.Seals = append(x.Report.Seals, Found{
		Name: name, Indicator: s.Indicator, Version: s.Version, From: s.From, To: s.To, Position: s.Position, KnownAt: s.KnownAt,
		Sealed: strconv.Itoa(s.Value), Sum: sum,
	})
	x.add("ok.seal", "indicator", s.Indicator, "from", s.From, "to", s.To, "value", s.Value, "date", s.Date)
}

// checkSeals compares the seals with the checkpoint and with each other: each names
// the one before, and a correction names the one it corrects.
func (x *run) checkSeals() {
	if b := x.before; b != nil {
		s, by, err := ledger.OpenSeal(b.signed, x.trust.Figures...)
		if err != nil || s.Origin != x.label.origin {
			x.add("E101", "member", frontierFile)
			x.before = nil
		} else {
			b.Seal, b.by = s, by
		}
	}
	chained := len(x.seals) > 0
	known := map[string]bool{}
	for i, s := range x.seals {
		if s.Tree.N > x.head.N || s.Position > uint64(s.Tree.N) || s.Tree.N < x.From ||
			(s.Tree.N == x.head.N && s.Tree.Hash != x.head.Hash) || (s.Tree.N == x.From && s.Tree.Hash != x.frontier.Root()) {
			x.add("E113", "member", s.name)
		}
		follows := true
		switch {
		case i > 0:
			follows = s.Previous == x.seals[i-1].sum
		case x.before != nil:
			follows = s.Previous == x.before.sum
		}
		if follows && s.Replaces != "-" {
			follows = known[s.Replaces]
		}
		if known[s.sum] = true; !follows {
			chained = false
			x.add("E143", "member", s.name)
		}
	}
	if chained {
		x.add("ok.chain", "count", len(x.seals))
	}
	if b := x.before; b != nil && b.Seal != nil {
		if b.Tree.N != x.From || b.Tree.Hash != x.frontier.Root() {
			x.add("E201", "size", b.Tree.N)
		} else {
			x.add("ok.before", "size", x.From)
		}
	}
}

// checkHeld compares the bundle with what was held before: a seal of the same bundle,
// or the one that its first seal names.
func (x *run) checkHeld() {
	h := x.held
	if h == nil {
		return
	}
	follows := slices.ContainsFunc(x.seals, func(s *sealed) bool { return h.sums[s.sum] })
	if len(h.sums) > 0 && len(x.seals) > 0 && !h.sums[x.seals[0].Previous] && !follows {
		x.add("E143", "member", x.seals[0].name)
	}
	switch {
	case x.head.N < h.tree.N:
		x.add("E144", "held", h.tree.N, "size", x.head.N)
	case x.From > h.tree.N:
		x.add("E145", "from", h.tree.N+1, "to", x.From)
	case x.From == h.tree.N:
		x.heldIs(x.frontier.Root())
	case x.head.N == h.tree.N:
		x.heldIs(x.head.Hash)
	case x.Edition == Public:
		x.add("part.held", "size", h.tree.N)
	}
}

// heldIs compares the root at the size of the tree that is held.
func (x *run) heldIs(root tlog.Hash) {
	if root != x.held.tree.Hash {
		x.add("E201", "size", x.held.tree.N)
		return
	}
	x.add("ok.held", "size", x.held.tree.N)
}

// checkLogged looks for the seals in the log itself.
func (x *run) checkLogged() {
	text, err := x.file.read(loggedFile)
	if err != nil {
		x.unreadable(err)
		return
	}
	l, err := ParseLogged(text)
	if err != nil {
		x.add("E001", "member", loggedFile)
		return
	}
	later, _, err := ledger.OpenTreeHead(l.Checkpoint, x.trust.Log, x.trust.Witnesses)
	switch {
	case err != nil || later.Origin != x.label.origin:
		x.add("E111", "member", loggedFile)
		return
	case later.N < x.head.N:
		x.add("E144", "held", x.head.N, "size", later.N)
		return
	case !l.follows(later.Tree, x.head.Tree):
		x.add("E201", "size", x.head.N)
		return
	}
	all := len(l.Seals) == len(x.file.under(sealsDir))
	for i, s := range x.seals {
		if i >= len(l.Seals) || !l.Seals[i].holds(s.signed, later.Tree) {
			all = false
			x.add("E146", "member", s.name)
		}
	}
	if all {
		x.add("ok.logged", "count", len(x.seals), "size", later.N)
	} else if len(x.Codes()) == 0 {
		x.add("E146", "member", loggedFile)
	}
}
