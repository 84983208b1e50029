package flow_test

import (
	"bytes"
	"context"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/domain/scenario"
	"ayumi/tests/flow"
)

// product is the whole product over a directory, with a clock that is set.
type product struct {
	*app.App
	t   testing.TB
	now *atomic.Pointer[time.Time]
}

func run(t testing.TB, dir string, now time.Time) *product {
	t.Helper()
	p := &product{t: t, now: &atomic.Pointer[time.Time]{}}
	p.now.Store(&now)
	c := app.Default()
	c.Data, c.Now, c.Log = dir, func() time.Time { return *p.now.Load() }, slog.New(slog.DiscardHandler)
	var err error
	p.App, err = app.Open(context.Background(), c)
	require.NoError(t, err)
	return p
}

func (p *product) do(by, command string, fields map[string]any) []domain.Receipt {
	p.t.Helper()
	data, err := domain.ParseData(flow.Data(p.t, fields))
	require.NoError(p.t, err)
	r, err := p.Office.Do(context.Background(), office.Request{Command: command, ID: uuid.New(), By: by, At: *p.now.Load(), Data: data})
	require.NoError(p.t, err, command)
	return r
}

func (p *product) count(typ string) (n int) {
	for rec, err := range p.Store.All(context.Background(), 0) {
		require.NoError(p.t, err)
		if rec.Type == typ {
			n++
		}
	}
	return n
}

// comes waits until the log holds so many events of a type.
func (p *product) comes(typ string, n int) {
	p.t.Helper()
	require.Eventually(p.t, func() bool { return p.count(typ) == n }, time.Minute, 20*time.Millisecond, typ)
}

func (p *product) staff() string { return p.clerk("co1", "CO") }

func (p *product) clerk(code, role string) string {
	r := p.do("system", "account.open", map[string]any{"kind": "staff", "desk": "D-TKY", "code": code, "name": "見本", "kana": "みほん"})
	_, id := domain.SplitStream(r[0].Stream)
	p.do("system", "account.grant_role", map[string]any{"account": id, "role": role})
	return id
}

func (p *product) register(by string) string {
	r := p.do(by, "person.register", map[string]any{"kind": "consultee", "anonymous": false, "age_band": "20s", "residence_pref": "13",
		"language": "ja", "student": false, "search": "s", "family": "見本", "given": "例子", "family_kana": "ミホン", "given_kana": "レイコ", "birth_date": "1995-04-02"})
	_, id := domain.SplitStream(r[0].Stream)
	return id
}

func (p *product) consent(by, person, id string) {
	p.do(by, "person.give_consent", map[string]any{"person": person, "consent": id, "scope": []string{"partner_sharing"}, "until": "2026-06-30", "evidence_ref": "A-1"})
}

func TestTheProductReactsAcrossStartsAndDays(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	p := run(t, dir, flow.At("2026-06-10", 9))
	co := p.staff()
	a := p.register(co)
	p.consent(co, a, "k1")
	p.register(co)
	p.comes("person.duplicate_suspected", 1)
	require.Zero(t, p.count("person.consent_expired"))
	require.NoError(t, p.Close())

	p = run(t, dir, flow.At("2026-07-02", 9))
	p.comes("person.consent_expired", 1)
	require.NoError(t, p.Close())

	p = run(t, dir, flow.At("2026-07-03", 9))
	p.do(co, "person.change_name", map[string]any{"person": a, "name_kind": "legal", "given": "例子"})
	p.register(co)
	p.comes("person.duplicate_suspected", 3)
	require.Equal(t, 1, p.count("person.consent_expired"))
	require.NoError(t, p.Close())
}

func TestAScenarioStaysAsItsFileUnlessPeopleWork(t *testing.T) {
	s := sharing(t)
	s.consent("k1", "2019-06-30")
	s.consent("k2", "")
	s.agree("r1", "k2")
	var file bytes.Buffer
	require.NoError(t, scenario.Export(context.Background(), &file, s.Store, s.Keys, s.Head.Origin))
	lines, err := scenario.Parse(&file)
	require.NoError(t, err)
	c := app.Default()
	c.Data, c.Log = filepath.Join(t.TempDir(), "data"), slog.New(slog.DiscardHandler)
	require.NoError(t, app.RunScenario(context.Background(), c, lines, nil))

	p := run(t, c.Data, flow.At("2026-06-10", 9))
	before, err := p.Store.Head(context.Background())
	require.NoError(t, err)
	p.do(s.Runner.Codes()["co1"], "person.withdraw_consent", map[string]any{"person": s.person, "consent": "k2"})
	p.comes("case.referral_cancelled", 1)
	require.Zero(t, p.count("person.consent_expired"))
	head, err := p.Store.Head(context.Background())
	require.NoError(t, err)
	require.Equal(t, before.Position+2, head.Position)
	require.NoError(t, p.Close())
}
