package api_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/api"
	"ayumi/projections"
	"ayumi/tests/flow"
)

// The board as programs read it: both ways for a counsellor, and for a partner its
// own without a word of who it is in our books.
func TestReferralsThroughTheAPI(t *testing.T) {
	o := open(t)
	co, au := o.Staff("co1", "CO"), o.Staff("au1", "AU")
	o.Staff("ld1", "LD")
	at := flow.At("2020-05-20", 11)
	town, village := uuid.NewString(), uuid.NewString()
	accounts := map[string]string{}
	for _, id := range []string{town, village} {
		o.Do(at, "ld1", "partner.register", map[string]any{"partner": id, "kind": "municipality", "relation": "public_body", "default_basis": "within_purpose", "name": "見本市"})
		accounts[id] = uuid.NewString()
		o.Do(at, "system", "account.open", map[string]any{"account": accounts[id], "kind": "partner", "partner": id, "code": "pt" + id[:4], "name": "見本 窓口", "kana": "みほん", "controller": "31"})
		o.Do(at, "system", "account.grant_role", map[string]any{"account": accounts[id], "role": "PT"})
	}
	r := o.Do(at, "co1", "person.register", map[string]any{"kind": "consultee", "anonymous": false, "age_band": "20s", "residence_pref": "13", "language": "ja", "student": false, "family": "渡邉", "given": "見本", "search": "s1"})
	_, person := domain.SplitStream(r[0].Stream)
	o.Do(at, "co1", "person.give_notice", map[string]any{"person": person, "notice_version": "n1", "language": "ja", "method": "paper"})
	r = o.Do(at, "co1", "case.open", map[string]any{"person": person, "desk": "D-TKY", "aims": []string{"job"}, "lead_source": "walk_in", "target_pref": "31", "new_episode": false})
	_, file := domain.SplitStream(r[0].Stream)
	o.Do(at, "co1", "case.refer", map[string]any{"case": file, "partner": town, "purpose": "housing", "basis": "within_purpose", "due_on": "2020-06-03", "fields": []string{"name"}, "notice_version": "n1", "text": "渡邉 見本"})
	o.Do(at, "co1", "case.propose_referral", map[string]any{"case": file, "partner": town, "purpose": "job"})
	last := o.Do(at, "co1", "partner.make_inward", map[string]any{"partner": village, "purpose": "job", "basis": "law", "due_on": "2020-05-27", "name": "届 花子", "text": "依頼"})[0].Position
	ask := func(account, query string) *http.Response {
		return o.ask("GET", fmt.Sprintf("/referrals?wait_for=%d%s", last, query), nil, "Account", account)
	}

	all := answer[api.ReferralsAnswer](o, 200, ask(co, ""))
	require.Len(t, all.Referrals, 3)
	in := answer[api.ReferralsAnswer](o, 200, ask(co, "&way=in")).Referrals
	require.Len(t, in, 1)
	require.Equal(t, "sent", in[0].State)
	require.Equal(t, 12, *in[0].WaitedDays)
	require.Empty(t, in[0].Person)
	out := answer[api.ReferralsAnswer](o, 200, ask(co, "&way=out&open=true")).Referrals
	require.Len(t, out, 2)
	require.Equal(t, person, out[0].Person)

	then := answer[api.ReferralsAnswer](o, 200, ask(co, "&known_at=2020-05-21")).Referrals
	require.Len(t, then, len(all.Referrals))
	require.Equal(t, 1, *then[len(then)-1].WaitedDays)
	require.Empty(t, answer[api.ReferralsAnswer](o, 200, ask(co, "&known_at=1999-01-01")).Referrals)
	require.Equal(t, "asof.future", answer[api.Problem](o, 422, ask(co, "&known_at=2999-01-01")).Code)

	own := answer[api.ReferralsAnswer](o, 200, ask(accounts[town], "")).Referrals
	require.Len(t, own, 1, "what was not sent is not there")
	require.Equal(t, "2020-06-03", own[0].DueOn)
	require.Empty(t, own[0].Person)
	require.Zero(t, own[0].PersonNumber)
	require.Len(t, answer[api.ReferralsAnswer](o, 200, ask(accounts[village], "")).Referrals, 1)
	require.Equal(t, "account.not_allowed", answer[api.Problem](o, 403, ask(au, "")).Code)

	// It answers by the same commands as the page, for its own body only.
	accept := []byte(fmt.Sprintf(`{"case":%q,"referral":%q}`, own[0].Case, own[0].ID))
	res := o.ask("POST", "/commands/case.accept_referral", accept, "Account", accounts[village], "Idempotency-Key", uuid.NewString())
	require.Equal(t, "account.not_allowed", answer[api.Problem](o, 403, res).Code)
	res = o.ask("POST", "/commands/case.accept_referral", accept, "Account", accounts[town], "Idempotency-Key", uuid.NewString())
	require.Equal(t, http.StatusOK, res.StatusCode)
}

// lagging is a fold of figures that waits before an event until it may go on.
type lagging struct {
	projections.Fold
	from uint64
	on   <-chan struct{}
}

func (l lagging) Answers() { l.Fold.(interface{ Answers() }).Answers() }

func (l lagging) Apply(e *projections.Event, b *projections.Batch) error {
	if e.Position >= l.from {
		<-l.on
	}
	return l.Fold.Apply(e, b)
}

// Which position a day had is known to the figures, what a referral was to the
// journeys: who waits for a position waits for both.
func TestAnAnswerWaitsForAllItIsMadeOf(t *testing.T) {
	on := make(chan struct{})
	o := open(t, func(figures *projections.Projection) {
		fold := figures.New
		figures.New = func() projections.Fold { return lagging{fold(), 100, on} }
	})
	goOn := sync.OnceFunc(func() { close(on) })
	t.Cleanup(goOn)
	co := o.Staff("co1", "CO")
	o.Staff("ld1", "LD")
	at, town := flow.At("2020-05-20", 11), uuid.NewString()
	o.Do(at, "ld1", "partner.register", map[string]any{"partner": town, "kind": "municipality", "relation": "public_body", "default_basis": "within_purpose", "name": "見本市"})
	last := uint64(0)
	for last < 100 {
		last = o.Do(at, "co1", "partner.make_inward", map[string]any{"partner": town, "purpose": "job", "basis": "law", "due_on": "2020-05-27", "name": "届 花子", "text": "依頼"})[0].Position
	}
	time.AfterFunc(200*time.Millisecond, goOn)
	then := answer[api.ReferralsAnswer](o, 200, o.ask("GET", fmt.Sprintf("/referrals?wait_for=%d&known_at=2020-05-21", last), nil, "Account", co)).Referrals
	require.NotEmpty(t, then)
	require.Equal(t, last, then[len(then)-1].Number)
}
