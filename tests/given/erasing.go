package given

import "ayumi/domain"

// Erasing is what the whole log answers an order to erase, written down by the test.
type Erasing struct {
	Grounds, Held, Retained bool
	Figures                 domain.FiguresNow
}

// Grounded answers whether the ground stands.
func (e Erasing) Grounded(string, string, string, string) (bool, error) { return e.Grounds, nil }

// Kept answers what forbids it.
func (e Erasing) Kept(string) (held, retained bool, err error) { return e.Held, e.Retained, nil }

// FiguresOf answers what was counted.
func (e Erasing) FiguresOf(string) (domain.FiguresNow, error) { return e.Figures, nil }

// Erasing sets what the whole log answers an order to erase.
func (s *Scene[S]) Erasing(e domain.Erasing) *Scene[S] { s.intent.Erasing = e; return s }
