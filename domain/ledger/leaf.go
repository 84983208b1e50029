// Package ledger is the proof side of the log: leaf, tree, seal and bundle
// (proof.md). It knows bytes, not domain types, so that an auditor's verifier
// needs nothing else.
package ledger

import (
	"crypto/sha256"
	"encoding/binary"
)

// Priv blinds what an auditor may not see: SHA-256("EVP1" ‖ salt ‖ sealed),
// where each sealed section is preceded by its length (u32, big endian), so
// that no two lists of sections share an encoding.
func Priv(salt []byte, sections [][]byte) [32]byte {
	h := sha256.New()
	h.Write([]byte("EVP1"))
	h.Write(salt)
	var n [4]byte
	for _, s := range sections {
		binary.BigEndian.PutUint32(n[:], uint32(len(s)))
		h.Write(n[:])
		h.Write(s)
	}
	var out [32]byte
	h.Sum(out[:0])
	return out
}

// LeafHash is the RFC 6962 leaf hash SHA-256(0x00 ‖ leaf) of
// leaf = "EVL1" ‖ u32be(len(facts)) ‖ facts ‖ priv. Facts are the stored bytes.
func LeafHash(facts []byte, priv [32]byte) [32]byte {
	var room [1024]byte // most facts are shorter
	return EndLeaf(append(append(BeginLeaf(room[:0]), facts...), priv[:]...))
}

// leafHead is what stands before the facts: 0x00, the mark and their length.
const leafHead = 9

// BeginLeaf begins a leaf at the end of out; its facts are appended then.
func BeginLeaf(out []byte) []byte { return append(out, 0, 'E', 'V', 'L', '1', 0, 0, 0, 0) }

// EndLeaf ends a leaf to which priv was appended as well, and answers its hash.
func EndLeaf(leaf []byte) [32]byte {
	binary.BigEndian.PutUint32(leaf[leafHead-4:], uint32(len(leaf)-leafHead-32))
	return sha256.Sum256(leaf)
}

// LeafFacts are the facts of a leaf that was ended.
func LeafFacts(leaf []byte) []byte { return leaf[leafHead : len(leaf)-32] }
