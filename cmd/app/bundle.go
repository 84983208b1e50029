package app

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/ledger"
	"ayumi/domain/log"
	"ayumi/domain/proof"
)

// ErrNotSealed: a fiscal year without a sealed figure has no bundle.
var ErrNotSealed = errors.New("no figure of the year is sealed")

// Bundle writes the proof bundle of a fiscal year: every seal of its figures, and
// in the audit edition every event from the last seal of the year before to its own
// last seal (proof.md 4).
func (a *App) Bundle(ctx context.Context, year japan.FiscalYear, edition string, to io.Writer) error {
	later, logKey, err := a.checkpoint(ctx)
	if err != nil {
		return err
	}
	l, err := a.readSeals(ctx)
	if err != nil {
		return err
	}
	c := proof.Contents{Edition: edition, LogKeys: []string{logKey}, Before: &ledger.Frontier{}, Logged: &proof.Logged{Checkpoint: later}}
	if c.FigureKeys, err = a.figureKeys(l.keys); err != nil {
		return err
	}
	var own []placedSeal
	for _, s := range l.seals {
		if s.year() == year {
			own = append(own, s)
		}
	}
	if len(own) == 0 {
		return ErrNotSealed
	}
	last := own[len(own)-1]
	c.Checkpoint = []byte(last.Checkpoint)
	size := last.seal.Tree.N
	from := int64(0)
	for _, s := range l.seals {
		if s.Digest == own[0].seal.Previous {
			from, c.BeforeSeal = s.seal.Tree.N, []byte(s.Seal)
		}
	}
	if err := a.edge(ctx, from, c.Before); err != nil {
		return err
	}
	if err := a.logged(ctx, l, logKey, own, size, &c); err != nil {
		return err
	}
	c.Rows = func(yield func(domain.Facts, [32]byte) bool) error {
		for rec, err := range a.Store.All(ctx, uint64(from)) {
			if err != nil {
				return err
			}
			if rec.Position > uint64(size) {
				break
			}
			body, err := domain.ParseBody(rec.Body)
			if err != nil {
				return err
			}
			if !yield(body.Facts, ledger.Priv(body.Salt, body.Sealed)) {
				break
			}
		}
		return nil
	}
	return proof.Write(to, c)
}

// edge grows a frontier over the first events.
func (a *App) edge(ctx context.Context, size int64, f *ledger.Frontier) error {
	if size == 0 {
		return nil
	}
	for rec, err := range a.Store.All(ctx, 0) {
		if err != nil {
			return err
		}
		f.Append(rec.Leaf)
		if f.Size == size {
			break
		}
	}
	return nil
}

// logged proves that the seals are events of the log.
func (a *App) logged(ctx context.Context, l *sealLog, logKey string, own []placedSeal, size int64, c *proof.Contents) error {
	key, err := ledger.NewVerifier(logKey)
	if err != nil {
		return err
	}
	head, _, err := ledger.OpenTreeHead(c.Logged.Checkpoint, []note.Verifier{key}, nil)
	if err != nil {
		return err
	}
	if head.N > size {
		if c.Logged.Consistency, err = tlog.ProveTree(head.N, size, l.hashes); err != nil {
			return err
		}
	}
	var drafts []*draft
	for _, s := range own {
		f := l.figures[s.stream]
		drafts = append(drafts, &draft{stream: s.stream, figure: f, edition: f.Editions[s.Edition-1]})
		e := proof.LoggedSeal{Leaf: int64(s.Position) - 1}
		if e.Proof, err = tlog.ProveRecord(head.N, e.Leaf, l.hashes); err != nil {
			return err
		}
		for rec, err := range a.Store.All(ctx, s.Position-1) {
			if err != nil {
				return err
			}
			body, err := domain.ParseBody(rec.Body)
			if err != nil {
				return err
			}
			e.Facts, e.Priv = body.Facts, ledger.Priv(body.Salt, body.Sealed)
			break
		}
		c.Seals, c.Logged.Seals = append(c.Seals, []byte(s.Seal)), append(c.Logged.Seals, e)
	}
	if err := a.count(ctx, drafts); err != nil {
		return err
	}
	for _, d := range drafts {
		c.Definitions = append(c.Definitions, d.definitions)
	}
	return nil
}

// Trust are the installation's own public keys, as a file of keys holds them: that
// of the log and every officer's there was.
func (a *App) Trust(ctx context.Context) (string, error) {
	st := a.Sealer.Status()
	if st.Key == "" { // the ledger cannot be opened
		return "", st.Fault
	}
	var officers []string
	for rec, err := range a.Store.Stream(ctx, domain.StreamName("log", a.Origin), 0) {
		if err != nil {
			return "", err
		}
		_, ev, err := log.Aggregate.Decode(rec)
		if err != nil {
			return "", err
		}
		if k, ok := ev.(*log.FigureKeySet); ok {
			officers = append(officers, k.Key)
		}
	}
	keys, err := a.figureKeys(officers)
	if err != nil {
		return "", err
	}
	out := "log " + st.Key + "\n"
	for _, k := range keys {
		out += "figures " + k + "\n"
	}
	return out, nil
}

// keyBytes are the 32 bytes of an Ed25519 public key as it is written.
func keyBytes(key string) ([]byte, error) {
	parts := strings.SplitN(key, "+", 3)
	raw, err := base64.StdEncoding.DecodeString(parts[len(parts)-1])
	if err != nil || len(raw) != 33 {
		return nil, ErrSealRefused
	}
	return raw[1:], nil
}
