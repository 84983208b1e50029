package app

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain"
	"ayumi/domain/figure"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/ledger"
	"ayumi/domain/log"
	"ayumi/domain/office"
	"ayumi/domain/proof"
)

// SealRequest goes to the officer and comes back: what is to be signed, then what
// was. It holds nothing personal.
type SealRequest struct {
	Origin     string     `json:"origin"`
	FiscalYear int        `json:"fiscal_year"`
	Key        string     `json:"key"` // the officers' key that is expected
	Checkpoint string     `json:"checkpoint"`
	Seals      []SealLine `json:"seals"`
}

// SealLine is one figure of a request. Text is what is to be signed; the seal before
// it is named when it is signed. Note is the signed seal.
type SealLine struct {
	Stream  string `json:"stream"`
	Edition int    `json:"edition"`
	Text    string `json:"text"`
	Note    string `json:"note,omitempty"`
}

// The ways in which sealing ends.
var (
	ErrNoFigureKey   = errors.New("no officer's key is set")
	ErrNothingToSeal = errors.New("nothing to seal")
	ErrSealRefused   = errors.New("the seal is not what was asked for")
)

// sealLog is what the log says of figures, their seals and keys, read in one go.
type sealLog struct {
	figures map[string]*figure.Figure // by stream id
	streams []string
	seals   []placedSeal
	keys    []string // officers', Ed25519 in hex
	hashes  storedHashes
	edge    ledger.Frontier
}

// placedSeal is a seal in the log.
type placedSeal struct {
	*figure.SealHeld
	stream string
	seal   *ledger.Seal
}

func (p placedSeal) year() japan.FiscalYear { return yearOf(p.seal) }

func yearOf(s *ledger.Seal) japan.FiscalYear {
	d, _ := japan.ParseDate(s.From)
	return japan.FiscalYearOf(d)
}

type storedHashes []tlog.Hash

func (h storedHashes) ReadHashes(at []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(at))
	for i, n := range at {
		if n >= int64(len(h)) {
			return nil, fmt.Errorf("hash %d is not there", n)
		}
		out[i] = h[n]
	}
	return out, nil
}

func (l *sealLog) tree(n int64) (tlog.Tree, error) {
	h, err := tlog.TreeHash(n, l.hashes)
	return tlog.Tree{N: n, Hash: h}, err
}

// readSeals reads the log up to a size, that of a checkpoint: the log may have grown
// since it was signed. 0: all of it.
func (a *App) readSeals(ctx context.Context, size int64) (*sealLog, error) {
	l := &sealLog{figures: map[string]*figure.Figure{}}
	for rec, err := range a.Store.All(ctx, 0) {
		if err != nil {
			return nil, err
		}
		if size > 0 && rec.Position > uint64(size) {
			break
		}
		l.hashes = l.edge.Stored(rec.Leaf, l.hashes)
		switch category, id := domain.SplitStream(rec.Stream); category {
		case "log":
			_, ev, err := log.Aggregate.Decode(rec)
			if err != nil {
				return nil, err
			}
			if k, ok := ev.(*log.FigureKeySet); ok {
				l.keys = append(l.keys, k.Key)
			}
		case "figure":
			env, ev, err := figure.Aggregate.Decode(rec)
			if err != nil {
				return nil, err
			}
			f := l.figures[id]
			if f == nil {
				f = figure.Aggregate.New()
				l.figures[id], l.streams = f, append(l.streams, id)
			}
			ev.Apply(f, env)
			if _, ok := ev.(*figure.Sealed); ok {
				held := f.Seals[len(f.Seals)-1]
				s, err := ledger.ReadSeal(held.Seal)
				if err != nil {
					return nil, fmt.Errorf("position %d: %w", rec.Position, err)
				}
				l.seals = append(l.seals, placedSeal{held, id, s})
			}
		}
	}
	return l, nil
}

// previous is the seal that the next one of a fiscal year names: the last of that
// year, else of the latest year before it that has any.
func (l *sealLog) previous(year japan.FiscalYear) *placedSeal {
	var best *placedSeal
	for i := range l.seals {
		if s := &l.seals[i]; s.year() <= year && (best == nil || s.year() >= best.year()) {
			best = s
		}
	}
	return best
}

// figureKeys spells officers' keys as verifiers read them.
func (a *App) figureKeys(keys []string) (texts []string, err error) {
	for _, k := range keys {
		raw, err := hex.DecodeString(k)
		if err != nil {
			return nil, err
		}
		text, err := note.NewEd25519VerifierKey(ledger.SealKeyName(a.Origin), ed25519.PublicKey(raw))
		if err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	return texts, nil
}

// checkpoint signs the tree as it stands; it answers the log's public key too.
func (a *App) checkpoint(ctx context.Context) (signed []byte, key string, err error) {
	signed, err = a.Sealer.Checkpoint(ctx)
	return signed, a.Sealer.Status().Key, err
}

// treeHead opens a checkpoint of this log.
func treeHead(signed []byte, key string) (ledger.TreeHead, error) {
	trust, err := ledger.NewVerifier(key)
	if err != nil {
		return ledger.TreeHead{}, err
	}
	head, _, err := ledger.OpenTreeHead(signed, []note.Verifier{trust}, nil)
	return head, err
}

// SetFigureKey makes an officer's public key the one that seals from now on.
func (a *App) SetFigureKey(ctx context.Context, key string) error {
	v, err := ledger.NewVerifier(key)
	if err != nil {
		return err
	}
	if v.Name() != ledger.SealKeyName(a.Origin) {
		return fmt.Errorf("%w: %s", ErrSealRefused, v.Name())
	}
	raw, err := keyBytes(key)
	if err != nil {
		return err
	}
	_, err = a.Office.Do(ctx, office.Request{Command: "log.set_figure_key", ID: uuid.New(), By: "system", At: a.Config.Now(), Data: domain.Data{
		"stream": quoted(a.Origin), "key": quoted(hex.EncodeToString(raw)),
	}})
	return err
}

// AskSeals lists what may be sealed for a fiscal year: every approved or published
// edition that is no trial, not superseded, and not sealed as it stands.
func (a *App) AskSeals(ctx context.Context, year japan.FiscalYear) (*SealRequest, error) {
	signed, logKey, err := a.checkpoint(ctx)
	if err != nil {
		return nil, err
	}
	head, err := treeHead(signed, logKey)
	if err != nil {
		return nil, err
	}
	l, err := a.readSeals(ctx, head.N)
	if err != nil {
		return nil, err
	}
	if len(l.keys) == 0 {
		return nil, ErrNoFigureKey
	}
	keys, err := a.figureKeys(l.keys[len(l.keys)-1:])
	if err != nil {
		return nil, err
	}
	tree, err := l.tree(l.edge.Size)
	if err != nil {
		return nil, err
	}
	q := &SealRequest{Origin: a.Origin, FiscalYear: int(year), Key: keys[0], Checkpoint: string(signed)}
	var list []*draft
	for _, stream := range l.streams {
		f := l.figures[stream]
		for _, e := range f.Editions {
			if japan.FiscalYearOf(f.Period.From) == year && sealable(f, e) {
				list = append(list, &draft{stream: stream, figure: f, edition: e})
			}
		}
	}
	if len(list) == 0 {
		return nil, ErrNothingToSeal
	}
	if err := a.count(ctx, list); err != nil {
		return nil, err
	}
	previous := "-"
	if p := l.previous(year); p != nil {
		previous = p.Digest
	}
	for _, d := range list {
		d.seal.Tree, d.seal.Previous, d.seal.Date = tree, previous, japan.DateOf(a.Config.Now()).String()
		q.Seals = append(q.Seals, SealLine{Stream: d.stream, Edition: d.edition.Edition, Text: d.seal.Text()})
	}
	return q, nil
}

func sealable(f *figure.Figure, e *figure.Edition) bool {
	open := e.State == figure.StateApproved || e.State == figure.StatePublished || e.State == figure.StateCorrection
	done := slices.ContainsFunc(f.Seals, func(h *figure.SealHeld) bool {
		s, err := ledger.ReadSeal(h.Seal)
		return err == nil && h.Edition == e.Edition && s.Status == e.SealStatus()
	})
	return open && !e.Trial && !done
}

// draft is a seal in the making.
type draft struct {
	stream      string
	figure      *figure.Figure
	edition     *figure.Edition
	seal        ledger.Seal
	definitions []byte
}

// count counts each edition again from the first event, at its own position, and
// drafts its seal. What was approved must come out.
func (a *App) count(ctx context.Context, list []*draft) error {
	rules, err := indicator.ReadRules(ctx, a.Store)
	if err != nil {
		return err
	}
	byPosition := slices.Clone(list)
	slices.SortStableFunc(byPosition, func(x, y *draft) int { return cmp.Compare(x.edition.LogPosition, y.edition.LogPosition) })
	state := indicator.NewState()
	upto := func(position uint64) error {
		for len(byPosition) > 0 && uint64(byPosition[0].edition.LogPosition) <= position {
			if err := byPosition[0].tell(ctx, a.Origin, rules, state); err != nil {
				return err
			}
			byPosition = byPosition[1:]
		}
		return nil
	}
	var glance domain.Glance
	for rec, err := range a.Store.All(ctx, 0) {
		if err == nil {
			err = upto(rec.Position - 1)
		}
		if err != nil || len(byPosition) == 0 {
			return err
		}
		facts, err := domain.FactsOf(rec.Body)
		if err != nil {
			return err
		}
		glance.Read(facts)
		if _, err := state.Fold(rec.Position, rec.Type, rec.Stream, &glance); err != nil {
			return err
		}
	}
	return upto(^uint64(0))
}

func (d *draft) tell(ctx context.Context, origin string, rules indicator.Rules, state *indicator.State) error {
	asked := d.figure.Asked(d.edition)
	q, err := indicator.Resolve(ctx, rules, asked)
	if err != nil {
		return err
	}
	if d.definitions, err = proof.FormatDefinitions(proof.DefinitionsFor(q)); err != nil {
		return err
	}
	told := indicator.Tell(state, q)
	if told.Value != d.edition.Value || told.Digest != d.edition.Members {
		return fmt.Errorf("%w: %s %s", ErrSealRefused, d.figure.Indicator, d.figure.Period)
	}
	replaces := "-"
	if n := len(d.figure.Seals); n > 0 {
		replaces = d.figure.Seals[n-1].Digest
	}
	d.seal = ledger.Seal{
		Origin: origin, Indicator: d.figure.Indicator, Version: q.Definition.Version, Definition: ledger.SumOf(d.definitions),
		From: d.figure.Period.From.String(), To: d.figure.Period.To.String(), Position: asked.Position, KnownAt: asked.KnownAt.String(),
		Value: told.Value, Over: "-", Members: told.Members, MembersSum: told.Digest, Replaces: replaces, Status: d.edition.SealStatus(),
	}
	if q.Definition.Ratio() {
		d.seal.Over = strconv.Itoa(told.Numerator) + "/" + strconv.Itoa(told.Denominator)
	}
	return nil
}

// EnterSeals takes signed seals back and appends them to the log. Everything they
// state is made again and compared: the signature, the tree, the seal before, the
// rule and the members. It answers how many were entered.
func (a *App) EnterSeals(ctx context.Context, q *SealRequest) (int, error) {
	_, logKey, err := a.checkpoint(ctx)
	if err != nil {
		return 0, err
	}
	head, err := treeHead([]byte(q.Checkpoint), logKey)
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrSealRefused, err)
	}
	entered := 0
	for _, line := range q.Seals {
		if err := a.enterSeal(ctx, q, line, head); err != nil {
			return entered, err
		}
		entered++
	}
	return entered, nil
}

func (a *App) enterSeal(ctx context.Context, q *SealRequest, line SealLine, head ledger.TreeHead) error {
	l, err := a.readSeals(ctx, 0)
	if err != nil {
		return err
	}
	f := l.figures[line.Stream]
	if f == nil || line.Edition < 1 || line.Edition > len(f.Editions) || len(l.keys) == 0 {
		return ErrSealRefused
	}
	if slices.ContainsFunc(f.Seals, func(h *figure.SealHeld) bool { return h.Seal == line.Note }) {
		return nil // entered before
	}
	keys, err := a.figureKeys(l.keys[len(l.keys)-1:])
	if err != nil {
		return err
	}
	key, err := ledger.NewVerifier(keys[0])
	if err != nil {
		return err
	}
	s, _, err := ledger.OpenSeal([]byte(line.Note), key)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrSealRefused, err)
	}
	d := &draft{stream: line.Stream, figure: f, edition: f.Editions[line.Edition-1]}
	if err := a.count(ctx, []*draft{d}); err != nil {
		return err
	}
	if d.seal.Tree, err = l.tree(head.N); err != nil {
		return err
	}
	d.seal.Previous, d.seal.Date = "-", s.Date
	if p := l.previous(yearOf(s)); p != nil {
		d.seal.Previous = p.Digest
	}
	if d.seal.Tree != head.Tree || d.seal != *s {
		return fmt.Errorf("%w: %s %s..%s", ErrSealRefused, s.Indicator, s.From, s.To)
	}
	_, err = a.Office.Do(ctx, office.Request{Command: "figure.seal", ID: uuid.New(), By: "system", At: a.Config.Now(), Data: domain.Data{
		"stream": quoted(line.Stream), "edition": []byte(strconv.Itoa(line.Edition)), "seal": quoted(line.Note), "checkpoint": quoted(q.Checkpoint),
	}})
	return err
}
