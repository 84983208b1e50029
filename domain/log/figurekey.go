package log

import (
	"crypto/ed25519"
	"encoding/hex"
	"slices"

	"ayumi/domain"
)

// FigureKeySet: from now on figures are sealed under this key. The one before stays
// good for what it sealed (proof.md 3).
type FigureKeySet struct {
	Key string `fact:"key,token"` // Ed25519 public key, 64 hex digits
}

func (e *FigureKeySet) Apply(l *Log, _ domain.Envelope) {
	l.FigureKeys = append(l.FigureKeys[:len(l.FigureKeys):len(l.FigureKeys)], e.Key)
}

// SetFigureKey changes the officers' key. A key that was given up never comes back.
type SetFigureKey struct{ FigureKeySet }

func (c *SetFigureKey) Decide(l *Log, _ domain.Intent) ([]domain.Event[Log], error) {
	raw, err := hex.DecodeString(c.Key)
	n := len(l.FigureKeys)
	switch {
	case l.Origin == "":
		return nil, domain.Refuse("stream.unknown")
	case err != nil || len(raw) != ed25519.PublicKeySize || hex.EncodeToString(raw) != c.Key:
		return nil, domain.RefuseField("log.figure_key", "key")
	case n > 0 && l.FigureKeys[n-1] == c.Key:
		return nil, nil
	case slices.Contains(l.FigureKeys, c.Key):
		return nil, domain.RefuseField("log.figure_key", "key")
	}
	return []domain.Event[Log]{&c.FigureKeySet}, nil
}
