package domain

// Pages is a long list that grows without ever moving: what it holds stays where it is.
type Pages[T any] struct {
	pages [][]T
	n     int
}

const pageItems = 1 << 12

// Len is how many items there are.
func (p *Pages[T]) Len() int { return p.n }

// At is the item of a number, from 0.
func (p *Pages[T]) At(i int) *T { return &p.pages[i/pageItems][i%pageItems] }

// Add adds an item.
func (p *Pages[T]) Add(x T) {
	if p.n%pageItems == 0 {
		p.pages = append(p.pages, make([]T, 0, pageItems))
	}
	last := &p.pages[len(p.pages)-1]
	*last = append(*last, x)
	p.n++
}
