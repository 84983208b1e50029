package indicator

import "strings"

// pool hands out things that stay as long as the state, many from one allocation.
type pool[T any] struct{ block []T }

const poolBlock = 64

func (p *pool[T]) take() *T {
	if len(p.block) == cap(p.block) {
		p.block = make([]T, 0, poolBlock)
	}
	p.block = p.block[:len(p.block)+1]
	return &p.block[len(p.block)-1]
}

// names keeps ids that stay as long as the state, many in one allocation.
type names struct{ block *strings.Builder }

const nameBlock = 16 << 10

func (n *names) keep(id []byte) string {
	if n.block == nil || n.block.Len()+len(id) > nameBlock {
		n.block = &strings.Builder{}
		n.block.Grow(max(nameBlock, len(id)))
	}
	at := n.block.Len()
	n.block.Write(id)
	return n.block.String()[at:]
}
