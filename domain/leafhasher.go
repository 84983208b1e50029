package domain

import (
	"bytes"
	"encoding/base64"
	"slices"

	"ayumi/domain/ledger"
)

// LeafHasher computes leaf hashes of bodies that a store has accepted, without
// writing them again to compare: the same as Leaf, four times as fast.
type LeafHasher struct {
	bytes    []byte
	sections [][]byte
	leaf     []byte
}

// Of answers the leaf hash, or the zero hash for a body it cannot read.
func (l *LeafHasher) Of(body []byte) [32]byte {
	facts, err := FactsOf(body)
	if err != nil {
		return [32]byte{}
	}
	rest := afterSalt(body, facts)
	mid := bytes.Index(rest, bodyMid)
	if mid < 0 {
		return [32]byte{}
	}
	l.bytes = slices.Grow(l.bytes[:0], len(body)) // sections must not move while they are collected
	l.sections = l.sections[:0]
	salt, ok := l.decode(rest[:mid])
	if !ok {
		return [32]byte{}
	}
	for list := rest[mid+len(bodyMid):]; len(list) > 0 && list[0] != ']'; {
		end := bytes.IndexByte(list[1:], '"')
		if list[0] == ',' {
			list = list[1:]
			continue
		}
		if end < 0 {
			return [32]byte{}
		}
		section, ok := l.decode(list[1 : 1+end])
		if !ok {
			return [32]byte{}
		}
		l.sections = append(l.sections, section)
		list = list[end+2:]
	}
	priv := ledger.Priv(salt, l.sections)
	l.leaf = append(append(ledger.BeginLeaf(l.leaf[:0]), facts...), priv[:]...)
	return ledger.EndLeaf(l.leaf)
}

func (l *LeafHasher) decode(text []byte) ([]byte, bool) {
	from := len(l.bytes)
	out, err := base64.StdEncoding.AppendDecode(l.bytes, text)
	l.bytes = out
	return out[from:], err == nil
}
