package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/proof"
	"ayumi/domain/viewing"
	"ayumi/infra/web"
)

// The bounds of making and checking bundles in a server that others work with.
const (
	bundlesAtOnce  = 2                // made or checked at the same time
	bundlesWaiting = 8                // with those
	verifyWithin   = 10 * time.Minute // one verification
	resultKept     = time.Hour        // what came of one, in memory
	resultsKept    = 64
)

// proving makes bundles and checks them, a few at once.
type proving struct {
	app   *App
	life  context.Context
	slots chan struct{}

	mu      sync.Mutex
	waiting int
	results []*verification // oldest first
}

// newProving removes what a server that was stopped at once may have left, on a
// system that keeps the name of an open file.
func (a *App) newProving(life context.Context) *proving {
	left, _ := filepath.Glob(a.Config.in("bundle-*.part")) // the pattern is sound
	for _, name := range left {
		_ = os.Remove(name)
	}
	return &proving{app: a, life: life, slots: make(chan struct{}, bundlesAtOnce)}
}

// enter waits for a place to work. leave gives it back.
func (p *proving) enter(ctx context.Context) (leave func(), err error) {
	if !p.queue() {
		return nil, domain.Refuse("bundle.busy")
	}
	return p.take(ctx)
}

// queue takes a place in the line; false if it is too long.
func (p *proving) queue() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.waiting >= bundlesWaiting {
		return false
	}
	p.waiting++
	return true
}

func (p *proving) take(ctx context.Context) (leave func(), err error) {
	select {
	case p.slots <- struct{}{}:
		return func() { <-p.slots; p.unqueue() }, nil
	case <-ctx.Done():
		p.unqueue()
		return nil, ctx.Err()
	}
}

func (p *proving) unqueue() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waiting--
}

// scratch is a file that has no name where the system allows it, and is gone when
// it is closed. Everything is written by Write, which measures it.
type scratch struct {
	file *os.File
	size int64
	sum  hash.Hash
}

func (s *scratch) Write(b []byte) (int, error) {
	n, err := s.file.Write(b)
	s.size += int64(n)
	s.sum.Write(b[:n])
	return n, err
}

func (s *scratch) Read(b []byte) (int, error)             { return s.file.Read(b) }
func (s *scratch) ReadAt(b []byte, at int64) (int, error) { return s.file.ReadAt(b, at) }
func (s *scratch) Size() int64                            { return s.size }
func (s *scratch) Digest() string                         { return hex.EncodeToString(s.sum.Sum(nil)) }

func (s *scratch) Close() error {
	err := s.file.Close()
	if gone := os.Remove(s.file.Name()); !errors.Is(gone, os.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	return err
}

// Scratch opens a file for a bundle. What lies there is in clear what a bundle is:
// pseudonyms, codes and dates.
func (p *proving) Scratch() (web.Scratch, error) { return p.scratch() }

func (p *proving) scratch() (*scratch, error) {
	f, err := os.CreateTemp(p.app.Config.Data, "bundle-*.part")
	if err != nil {
		return nil, err
	}
	_ = os.Remove(f.Name()) // where an open file cannot be removed, Close does
	return &scratch{file: f, sum: sha256.New()}, nil
}

// verification is one that was asked for on a page.
type verification struct {
	id, account string
	asked       web.Verifying
	done        chan struct{}
	making      atomic.Bool
	read, all   atomic.Int64

	found web.Verification // once done
}

// Verify begins to check bundles for an account, or the bundle of a fiscal year,
// and answers a number to ask by. The files are closed when it is done.
func (p *proving) Verify(ctx context.Context, account string, asked web.Verifying) (string, error) {
	trust, err := p.trust(ctx, asked.Keys)
	if err != nil {
		return "", err
	}
	v := &proof.Verifier{Trust: trust}
	if len(asked.Held) > 0 && v.Hold(asked.Held) != nil {
		return "", domain.RefuseField("bundle.held", "held")
	}
	if !p.queue() {
		return "", domain.Refuse("bundle.busy")
	}
	x := &verification{id: uuid.NewString(), account: account, asked: asked, done: make(chan struct{})}
	if _, err := p.app.errands.begin(ctx, verifyErrand, x.id, account); err != nil {
		p.unqueue()
		return "", err
	}
	p.keep(x)
	running, cancel := context.WithTimeout(p.life, verifyWithin)
	p.app.work(func() error {
		p.app.errands.follow(running, verifyErrand, x.id, x.done, cancel, x.told, p.app.report)
		return nil
	})
	p.app.work(func() error {
		defer cancel()
		defer close(x.done)
		x.found = p.run(running, x, v)
		return nil
	})
	return x.id, nil
}

// verifyErrand is the kind of errand of a verification.
const verifyErrand = "verify"

// toldVerification is one as other instances know it.
type toldVerification struct {
	web.Verification
	Refused *domain.Refusal `json:",omitempty"`
	Fault   bool            `json:",omitempty"` // for operators: the instance reported it
}

// told is how far it is.
func (x *verification) told() any {
	select {
	case <-x.done:
		out := toldVerification{Verification: x.found, Fault: x.found.Err != nil}
		errors.As(x.found.Err, &out.Refused)
		out.Err = nil
		return out
	default:
		return toldVerification{Verification: web.Verification{Year: x.asked.Year, Making: x.making.Load(), Read: x.read.Load(), All: x.all.Load()}}
	}
}

// elsewhere answers how one stands that another instance has.
func (p *proving) elsewhere(ctx context.Context, account, id string, wait time.Duration) (web.Verification, error) {
	x, ok, err := p.app.errands.await(ctx, verifyErrand, id, wait)
	switch {
	case err != nil:
		return web.Verification{}, err
	case !ok || x.account != account:
		return web.Verification{}, web.ErrMissing
	case !x.done && !x.alive:
		return web.Verification{}, domain.Refuse("bundle.stopped")
	}
	var told toldVerification
	if len(x.body) > 0 {
		err = json.Unmarshal(x.body, &told)
	}
	switch {
	case err != nil:
		return web.Verification{}, err
	case told.Refused != nil:
		told.Err = told.Refused
	case told.Fault:
		told.Err = errInstance
	}
	return told.Verification, told.Err
}

// keep remembers a verification and forgets those that are old.
func (p *proving) keep(x *verification) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.results = append(p.results, x)
	for len(p.results) > 0 && (len(p.results) > resultsKept || p.results[0].old(p.app.Config.Now())) {
		p.results = p.results[1:]
	}
}

func (x *verification) old(now time.Time) bool {
	select {
	case <-x.done:
		return now.Sub(x.found.At) > resultKept
	default:
		return false
	}
}

// run checks the files in order. A fault of the verifier ends the verification and
// not the server.
func (p *proving) run(ctx context.Context, x *verification, v *proof.Verifier) (out web.Verification) {
	out = web.Verification{Year: x.asked.Year, Own: x.asked.Keys == "", Done: true}
	files := x.asked.Files
	defer func() {
		for _, f := range files {
			_ = f.Close()
		}
		if fault := recover(); fault != nil {
			out.Err = fmt.Errorf("panic: %T", fault)
		}
		out.At = p.app.Config.Now()
		if errors.Is(out.Err, context.DeadlineExceeded) {
			out.Err = domain.Refuse("bundle.too_long")
		}
	}()
	leave, err := p.take(ctx)
	if err != nil {
		out.Err = err
		return out
	}
	defer leave()
	if len(files) == 0 {
		x.making.Store(true)
		f, err := p.write(ctx, x.asked.Year, proof.Audit)
		if err != nil {
			out.Err = err
			return out
		}
		files = []web.GivenBundle{{Name: bundleName(x.asked.Year), Scratch: f}}
		x.making.Store(false)
	}
	v.Progress = func(done, total int64) { x.read.Store(done); x.all.Store(total) }
	for i, f := range files {
		v.Last = i == len(files)-1
		report := v.Verify(until{ctx, f}, f.Size())
		if out.Err = ctx.Err(); out.Err != nil {
			return out
		}
		out.Files = append(out.Files, web.VerifiedBundle{Name: f.Name, Size: f.Size(), Digest: f.Digest(), Report: report})
	}
	return out
}

// until reads as long as a context lasts.
type until struct {
	ctx context.Context
	io.ReaderAt
}

func (u until) ReadAt(b []byte, at int64) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.ReaderAt.ReadAt(b, at)
}

// Verification answers how one stands that the account asked for, after waiting for
// it a while; web.ErrMissing if there is none.
func (p *proving) Verification(ctx context.Context, account, id string, wait time.Duration) (web.Verification, error) {
	p.mu.Lock()
	var x *verification
	for _, each := range p.results {
		if each.id == id && each.account == account && !each.old(p.app.Config.Now()) {
			x = each
		}
	}
	p.mu.Unlock()
	if x == nil {
		return p.elsewhere(ctx, account, id, wait)
	}
	select {
	case <-x.done:
		return x.found, x.found.Err
	case <-time.After(wait):
	case <-ctx.Done():
		return web.Verification{}, ctx.Err()
	}
	return web.Verification{Year: x.asked.Year, Making: x.making.Load(), Read: x.read.Load(), All: x.all.Load()}, nil
}

// trust are the keys to verify by: those given, else this installation's own.
func (p *proving) trust(ctx context.Context, given string) (proof.Trust, error) {
	if given == "" {
		own, err := p.Keys(ctx)
		if err != nil {
			return proof.Trust{}, err
		}
		given = own
	}
	t, err := proof.ParseTrust(given)
	if err != nil || !t.Given() {
		return t, domain.RefuseField("bundle.keys", "keys")
	}
	return t, nil
}

// CheckBundle checks one bundle as it comes in, by the given keys or this
// installation's own.
func (p *proving) CheckBundle(ctx context.Context, body io.Reader, keys string) (*proof.Report, error) {
	trust, err := p.trust(ctx, keys)
	if err != nil {
		return nil, err
	}
	f, err := p.scratch()
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	n, err := io.Copy(f, io.LimitReader(body, web.MostBundle+1))
	switch {
	case err != nil:
		return nil, err
	case n == 0:
		return nil, domain.RefuseField("bundle.none", "bundle")
	case n > web.MostBundle:
		return nil, domain.RefuseField("bundle.too_large", "bundle", "most", strconv.Itoa(web.MostBundle>>20))
	}
	ctx, cancel := context.WithTimeout(ctx, verifyWithin)
	defer cancel()
	leave, err := p.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	r := (&proof.Verifier{Trust: trust, Last: true}).Verify(until{ctx, f}, f.Size())
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return nil, domain.Refuse("bundle.too_long")
	}
	return r, ctx.Err()
}

func bundleName(year japan.FiscalYear) string { return fmt.Sprintf("FY%d.figures.zip", int(year)) }

// write makes a bundle.
func (p *proving) write(ctx context.Context, year japan.FiscalYear, edition string) (*scratch, error) {
	f, err := p.scratch()
	if err != nil {
		return nil, err
	}
	if err = p.app.Bundle(ctx, year, edition, f); err == nil {
		_, err = f.file.Seek(0, io.SeekStart)
	}
	if errors.Is(err, ErrNotSealed) {
		err = domain.RefuseField("bundle.not_sealed", "fy")
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// BundleMade is a bundle on its way to whoever asked for it.
type BundleMade struct {
	Name, Digest string
	Size         int64
	io.ReadCloser
}

// MakeBundle makes the bundle of a fiscal year for somebody. That it leaves is in
// the access log, under the file's digest, before it is answered;
// access.ErrUnaudited if it cannot be. The audit edition shows facts of every event
// and is for who may see those of all of them.
func (p *proving) MakeBundle(ctx context.Context, who domain.Actor, year japan.FiscalYear, edition string) (BundleMade, error) {
	today := japan.DateOf(p.app.Config.Now())
	switch {
	case edition != proof.Public && edition != proof.Audit:
		return BundleMade{}, domain.RefuseField("bundle.edition", "edition")
	case edition == proof.Public && !domain.MayFacts(who, today, who.Controller), edition == proof.Audit && !who.Has(today, domain.Auditor, domain.Manager):
		return BundleMade{}, domain.Refuse("account.not_allowed")
	}
	leave, err := p.enter(ctx)
	if err != nil {
		return BundleMade{}, err
	}
	defer leave()
	rows := 0
	if edition == proof.Audit {
		if rows, err = p.mayAll(ctx, who, today); err != nil {
			return BundleMade{}, err
		}
	}
	f, err := p.write(ctx, year, edition)
	if err != nil {
		return BundleMade{}, err
	}
	e := viewing.Entry{At: p.app.Config.Now(), Act: viewing.Export, Digest: "sha256:" + f.Digest(), Rows: rows,
		Reason: "bundle." + strconv.Itoa(int(year)) + "." + edition}.By(who)
	if err := p.app.Door.Look(ctx, e); err != nil {
		return BundleMade{}, errors.Join(err, f.Close())
	}
	name := bundleName(year)
	if edition == proof.Public {
		name = fmt.Sprintf("FY%d.figures.public.zip", int(year))
	}
	return BundleMade{Name: name, Digest: f.Digest(), Size: f.Size(), ReadCloser: f}, nil
}

// mayAll tells whether somebody may see the facts of every event, and how many
// there are: a log may hold the records of two prefectures.
func (p *proving) mayAll(ctx context.Context, who domain.Actor, today japan.Date) (events int, err error) {
	for rec, err := range p.app.Store.All(ctx, 0) {
		if err != nil {
			return events, err
		}
		facts, err := domain.FactsOf(rec.Body)
		if err != nil {
			return events, err
		}
		category, _ := domain.SplitStream(rec.Stream) // who works where everybody of the house may know
		if c := facts.Text("controller"); c != "" && category != "account" && !domain.MayFacts(who, today, c) {
			return events, domain.Refuse("bundle.foreign")
		}
		events++
	}
	return events, nil
}
