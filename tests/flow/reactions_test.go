package flow_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/casefile"
	"ayumi/domain/japan"
	"ayumi/domain/office"
	"ayumi/tests/flow"
)

// reacting is one instance that carries reactions out, with what it wrote down.
type reacting struct {
	*office.Reactions
	d       *flow.Desk
	seen    uint64
	mark    office.Mark
	refused []string
}

func react(d *flow.Desk, since uint64, from office.Mark, at time.Time) *reacting {
	x := &reacting{d: d}
	x.Reactions = &office.Reactions{
		Office: d.Office, Follower: office.NewReactor(since), Mark: from, Now: func() time.Time { return at },
		Keep: func(_ context.Context, m office.Mark) error { x.mark = m; return nil },
		Report: func(_ string, err error) {
			var r *domain.Refusal
			require.ErrorAs(d.T, err, &r)
			x.refused = append(x.refused, r.Key)
		},
	}
	return x
}

// follow takes in the log and what it makes of it, until nothing more comes.
func (x *reacting) follow() error {
	for rec, err := range x.d.Store.All(context.Background(), x.seen) {
		if err != nil {
			return err
		}
		if err := x.Take(context.Background(), rec); err != nil {
			return err
		}
		x.seen = rec.Position
	}
	if head, err := x.d.Store.Head(context.Background()); err != nil || head.Position > x.seen {
		return errors.Join(err, x.follow())
	}
	return nil
}

// reactions carries them out twice, by instances that know nothing of each
// other, and answers the types that the first added.
func reactions(d *flow.Desk, at time.Time) []string {
	d.T.Helper()
	before := head(d)
	x := react(d, 0, office.Mark{}, at)
	require.NoError(d.T, x.follow())
	require.NoError(d.T, x.Day(context.Background()))
	require.NoError(d.T, x.follow())
	require.Empty(d.T, x.refused)
	after := head(d)
	again := react(d, 0, office.Mark{}, at)
	require.NoError(d.T, again.follow())
	require.NoError(d.T, again.Day(context.Background()))
	require.Equal(d.T, after, head(d), "the same reactions are in the log once")
	return types(d, before)
}

func head(d *flow.Desk) uint64 {
	rec, err := d.Store.Head(context.Background())
	require.NoError(d.T, err)
	return rec.Position
}

// types lists what the log holds after a position.
func types(d *flow.Desk, after uint64) []string {
	var out []string
	for rec, err := range d.Store.All(context.Background(), after) {
		require.NoError(d.T, err)
		out = append(out, rec.Type)
	}
	return out
}

// shared is a person with a case, a partner and two consents.
type shared struct {
	*flow.Desk
	person, file, city string
	day                time.Time
}

func sharing(t testing.TB) *shared {
	s := &shared{Desk: flow.Open(t), city: "city", day: flow.At("2019-06-10", 11)}
	s.Staff("co1", "CO")
	s.Staff("ld1", "LD")
	s.person = register(s.Desk, "見本")
	s.file = begin(s.Desk, s.person)
	s.Do(s.day, "co1", "person.give_notice", map[string]any{"person": s.person, "notice_version": "n1", "language": "ja", "method": "paper"})
	s.partner("city")
	return s
}

func (s *shared) partner(id string) {
	s.Do(s.day, "ld1", "partner.register", map[string]any{"partner": id, "kind": "municipality", "relation": "public_body", "default_basis": "within_purpose", "name": "見本市"})
}

func (s *shared) consent(id, until string) {
	given := map[string]any{"person": s.person, "consent": id, "scope": []string{"partner_sharing"}, "evidence_ref": "A-1"}
	if until != "" {
		given["until"] = until
	}
	s.Do(s.day, "co1", "person.give_consent", given)
}

func (s *shared) agree(referral, consent string) {
	s.Do(s.day, "co1", "case.propose_referral", map[string]any{"case": s.file, "referral": referral, "partner": s.city, "purpose": "housing"})
	s.Do(s.day, "co1", "case.agree_referral", map[string]any{"case": s.file, "referral": referral, "basis": "consent_or_to_self", "consent": consent})
}

func (s *shared) send(referral, due string) {
	s.Do(s.day, "co1", "case.send_referral", map[string]any{"case": s.file, "referral": referral, "due_on": due, "share": referral + ".share",
		"fields": []string{"name"}, "notice_version": "n1", "text": "見本"})
}

func (s *shared) share(id, recipient, consent string, fields ...string) {
	basis := map[string]any{"case": s.file, "share": id, "recipient": recipient, "basis": "within_purpose", "routine": false, "fields": fields,
		"notice_version": "n1", "confidential_flag_sent": false, "text": "見本"}
	if consent != "" {
		basis["basis"], basis["consent"] = "consent_or_to_self", consent
	}
	s.Do(s.day, "co1", "case.share_information", basis)
}

func (s *shared) withdraw(consent string) string {
	r := s.Do(s.day, "co1", "person.withdraw_consent", map[string]any{"person": s.person, "consent": consent})
	return r[0].Events[0]
}

// now folds the case.
func (s *shared) now() *casefile.Case {
	c := casefile.Aggregate.New()
	for rec, err := range s.Store.Stream(context.Background(), "case-"+s.file, 0) {
		require.NoError(s.T, err)
		env, ev, err := casefile.Aggregate.Decode(rec)
		require.NoError(s.T, err)
		ev.Apply(c, env)
	}
	return c
}

var (
	cancelled = []string{"case.referral_cancelled", "case.sharing_stopped", "case.task_planned"}
	stopped   = []string{"case.sharing_stopped", "case.task_planned"}
)

func TestAWithdrawnConsentEndsWhatNamesIt(t *testing.T) {
	s := sharing(t)
	s.consent("k1", "")
	s.consent("k2", "")
	s.agree("r1", "k1")
	s.send("r1", "2019-06-24")
	s.agree("r2", "k2")
	s.agree("r3", "k1")
	s.share("s1", s.city, "k1", "name")
	s.share("s2", s.city, "", "name")
	require.Empty(t, reactions(s.Desk, s.day), "nothing follows from a consent that stands")
	before, cause := head(s.Desk), s.withdraw("k1")
	require.Equal(t, append(append(append([]string{}, cancelled...), "case.referral_cancelled"), stopped...), reactions(s.Desk, s.day))
	c := s.now()
	require.Equal(t, []string{"cancelled", "agreed", "cancelled"}, []string{c.Referrals["r1"].State, c.Referrals["r2"].State, c.Referrals["r3"].State})
	require.Equal(t, []string{"stopped", "stopped", "made"}, []string{c.Shares["r1.share"].State, c.Shares["s1"].State, c.Shares["s2"].State})
	for rec, err := range s.Store.All(context.Background(), before+1) {
		require.NoError(t, err)
		facts, err := domain.FactsOf(rec.Body)
		require.NoError(t, err)
		require.Equal(t, []string{cause, "system", "system"}, []string{facts.Text("cause"), facts.Text("recorded_by"), facts.Text("source")})
		require.NotEqual(t, "0", facts.Text("asked_to_delete"))
	}
}

func TestAConsentReachesTheCasesOfAMergedRecord(t *testing.T) {
	s := sharing(t)
	survivor := register(s.Desk, "見本")
	s.Do(s.day, "ld1", "person.merge", map[string]any{"person": s.person, "into": survivor, "evidence": []string{"phone"},
		"proposed_by": s.Runner.Codes()["co1"], "preview": zeros})
	s.person = survivor
	s.consent("k1", "")
	s.agree("r1", "k1")
	s.withdraw("k1")
	require.Equal(t, []string{"case.referral_cancelled"}, reactions(s.Desk, s.day))
}

const zeros = "0000000000000000000000000000000000000000000000000000000000000000"

func TestSharesOfAClosedCaseAreStopped(t *testing.T) {
	s := sharing(t)
	s.consent("k1", "")
	s.share("s1", s.city, "k1", "name")
	s.close()
	s.withdraw("k1")
	require.Equal(t, stopped, reactions(s.Desk, s.day))
}

func (s *shared) close() {
	s.Do(s.day, "co1", "case.close", map[string]any{"case": s.file, "outcome": "gave_up"})
}

func TestAConsentEndsAfterItsLastDay(t *testing.T) {
	s := sharing(t)
	s.consent("k1", "2019-06-30")
	s.agree("r1", "k1")
	require.Empty(t, reactions(s.Desk, flow.At("2019-06-30", 23)))
	require.Equal(t, []string{"person.consent_expired", "case.referral_cancelled"}, reactions(s.Desk, flow.At("2019-07-03", 0)))
	require.Equal(t, japan.On(2019, 7, 1), last(s.Desk, "person.consent_expired").Occurred)
	require.Empty(t, reactions(s.Desk, flow.At("2019-07-04", 0)))
}

// last is the envelope of the newest event of a type.
func last(d *flow.Desk, typ string) (env domain.Envelope) {
	for rec, err := range d.Store.All(context.Background(), 0) {
		require.NoError(d.T, err)
		if rec.Type != typ {
			continue
		}
		for _, a := range office.Aggregates() {
			if e, _, err := domain.DecodeAny(a, rec); err == nil {
				env = e
			}
		}
	}
	require.NotZero(d.T, env, typ)
	return env
}

func TestASentReferralLapsesOncePerSending(t *testing.T) {
	s := sharing(t)
	s.consent("k1", "")
	for _, id := range []string{"r1", "r2"} {
		s.agree(id, "k1")
		s.send(id, "2019-06-24")
	}
	s.Do(s.day, "co1", "case.receive_referral", map[string]any{"case": s.file, "referral": "r2"})
	require.Empty(t, reactions(s.Desk, flow.At("2019-06-24", 23)))
	lapsed := []string{"case.referral_lapsed", "case.task_planned"}
	require.Equal(t, lapsed, reactions(s.Desk, flow.At("2019-06-27", 0)))
	require.Equal(t, "lapsed", s.now().Referrals["r1"].State)
	require.Equal(t, japan.On(2019, 6, 25), last(s.Desk, "case.referral_lapsed").Occurred)
	require.Equal(t, "check_referral", s.task(s.file, "r1").Kind)

	s.day = flow.At("2019-06-27", 9)
	s.Do(s.day, "co1", "case.resend_referral", map[string]any{"case": s.file, "referral": "r1", "due_on": "2019-07-10", "fields": []string{"name"}, "notice_version": "n1", "text": "見本"})
	require.Empty(t, reactions(s.Desk, flow.At("2019-07-10", 9)))
	require.Equal(t, lapsed, reactions(s.Desk, flow.At("2019-07-11", 9)))
}

// task is the newest planned one about something.
func (s *shared) task(file, about string) (out casefile.Task) {
	was := s.file
	defer func() { s.file = was }()
	s.file = file
	for _, task := range s.now().Tasks {
		if task.About == about && task.State == "planned" {
			out = *task
		}
	}
	return out
}

func (s *shared) protect(until string) {
	s.Do(s.day, "co1", "person.set_confidentiality", map[string]any{"person": s.person, "until": until, "covers_household": false, "kind": "other", "confirmed_by": "x"})
}

func TestProtectionIsToldToEarlierRecipientsAndRenewed(t *testing.T) {
	s := sharing(t)
	s.partner("town")
	s.share("s1", s.city, "", "name")
	s.share("s2", s.city, "", "phone")
	s.share("s3", "town", "", "name")
	s.protect("2020-05-31")
	require.Equal(t, []string{"case.task_planned", "case.task_planned", "case.task_planned"}, reactions(s.Desk, s.day))
	owner := s.Runner.Codes()["co1"]
	require.Equal(t, casefile.Task{Kind: "other", Owner: owner, About: "s1", State: "planned", DueOn: japan.On(2019, 6, 10)}, s.task(s.file, "s1"))
	require.Zero(t, s.task(s.file, "s2"), "each recipient once")
	require.Equal(t, "other", s.task(s.file, "s3").Kind)
	require.Equal(t, casefile.Task{Kind: "renew_confidentiality", Owner: owner, About: s.person, State: "planned", DueOn: japan.On(2020, 4, 30)}, s.task(s.file, s.person))

	s.day = flow.At("2020-05-01", 9)
	s.Do(s.day, "co1", "person.renew_confidentiality", map[string]any{"person": s.person, "until": "2020-05-20", "confirmed_by": "x"})
	require.Equal(t, []string{"case.task_planned"}, reactions(s.Desk, s.day))
}

func TestProtectionOfAMemberIsNoBusinessOfTheRest(t *testing.T) {
	s := sharing(t)
	s.share("s1", s.city, "", "name")
	s.share("s2", s.city, "", "name", "household")
	member := register(s.Desk, "仮")
	s.Do(s.day, "co1", "case.add_member", map[string]any{"case": s.file, "person": member, "part": "adult"})
	s.Do(s.day, "co1", "case.remove_member", map[string]any{"case": s.file, "person": member, "reason": "left"})
	s.person = member
	s.protect("2020-05-31")
	require.Equal(t, []string{"case.task_planned"}, reactions(s.Desk, s.day), "no renewal in a case that the person left")
	require.Equal(t, "other", s.task(s.file, "s2").Kind)
}

func TestTasksOfAClosedCaseGoToTheOpenOne(t *testing.T) {
	s := sharing(t)
	s.share("s1", s.city, "", "name")
	s.close()
	s.protect("2020-05-31")
	alone := react(s.Desk, 0, office.Mark{}, s.day)
	require.NoError(t, alone.follow())
	require.Equal(t, []string{"case.is_closed"}, alone.refused, "nobody owns it: the operator is told")

	s = sharing(t)
	s.share("s1", s.city, "", "name")
	s.close()
	open := begin(s.Desk, register(s.Desk, "仮"))
	s.Do(s.day, "co1", "case.add_member", map[string]any{"case": open, "person": s.person, "part": "adult"})
	s.protect("2020-05-31")
	require.Equal(t, []string{"case.task_planned", "case.task_planned"}, reactions(s.Desk, s.day))
	require.Equal(t, "other", s.task(open, "s1").Kind)
}

// What was decided on while the ground fell away is repaired by its own event.
func TestWhatCameTooLateIsRepaired(t *testing.T) {
	s := sharing(t)
	s.consent("k1", "")
	before := head(s.Desk)
	s.agree("r1", "k1")
	s.share("s1", s.city, "k1", "name")
	late := head(s.Desk)
	s.withdraw("k1")
	s.protect("2020-05-31")

	var log []domain.Recorded
	for rec, err := range s.Store.All(context.Background(), 0) {
		require.NoError(t, err)
		log = append(log, rec)
	}
	order := append(append(append([]domain.Recorded{}, log[:before]...), log[late:]...), log[before:late]...)
	r := office.NewReactor(0)
	var got []string
	for i, rec := range order {
		rec.Position = uint64(i + 1)
		follow, err := r.After(context.Background(), rec)
		require.NoError(t, err)
		for _, f := range follow {
			about, _ := f.Data.Text("about")
			got = append(got, f.Command+" "+about)
		}
	}
	require.Equal(t, []string{"case.plan_task " + s.person, "case.cancel_referral ", "case.stop_sharing ", "case.plan_task s1"}, got)
}

func TestAScenarioHoldsItsOwnReactions(t *testing.T) {
	s := sharing(t)
	s.consent("k1", "2019-06-30")
	s.consent("k2", "2019-06-30")
	s.agree("r1", "k1")
	s.send("r1", "2019-06-24")
	s.share("s1", s.city, "k2", "name")
	s.withdraw("k1")
	read := head(s.Desk)
	x := react(s.Desk, read, office.Mark{}, flow.At("2026-01-01", 9))
	require.NoError(t, x.follow())
	require.NoError(t, x.Day(context.Background()))
	require.Equal(t, read, head(s.Desk), "nothing follows from what was read from the file")
	s.withdraw("k2")
	require.NoError(t, x.follow())
	require.Equal(t, stopped, types(s.Desk, read+1), "what people do there has its reactions")
}

var errCrash = errors.New("crash")

func TestACrashBeforeTheMarkIsWrittenRepeatsNothing(t *testing.T) {
	s := sharing(t)
	s.consent("k1", "")
	s.agree("r1", "k1")
	s.send("r1", "2019-06-24")
	x := react(s.Desk, 0, office.Mark{}, s.day)
	require.NoError(t, x.follow())
	from := x.mark
	s.withdraw("k1")
	x.Keep = func(context.Context, office.Mark) error { return errCrash }
	require.ErrorIs(t, x.follow(), errCrash)
	after := head(s.Desk)
	require.Equal(t, cancelled, types(s.Desk, after-3))

	x = react(s.Desk, 0, from, s.day)
	require.NoError(t, x.follow())
	require.Equal(t, after, head(s.Desk))
	require.Empty(t, x.refused)
	require.NotEqual(t, from, x.mark)
}

func TestTwoInstancesReactOnce(t *testing.T) {
	s := sharing(t)
	s.consent("k1", "2019-06-30")
	for range 5 {
		id := uuid.NewString()
		s.agree(id, "k1")
		s.send(id, "2019-06-24")
	}
	s.share("s1", s.city, "k1", "name")
	s.protect("2020-05-31")
	before := head(s.Desk)
	var both sync.WaitGroup
	faults := make([]error, 2)
	for i := range faults {
		x := react(s.Desk, 0, office.Mark{}, flow.At("2019-07-01", 9))
		both.Go(func() {
			faults[i] = errors.Join(x.follow(), x.Day(context.Background()), x.follow())
		})
	}
	both.Wait()
	require.NoError(t, errors.Join(faults...))
	count := map[string]int{}
	for _, typ := range types(s.Desk, before) {
		count[typ]++
	}
	// Shares: five sent and one by itself. Tasks: a check for each lapse, an answer
	// for each share, the recipient, the renewal.
	require.Equal(t, map[string]int{"person.consent_expired": 1, "case.referral_lapsed": 5, "case.referral_cancelled": 5,
		"case.sharing_stopped": 6, "case.task_planned": 13}, count)
}

func TestReactionsTakeEveryEventInOrder(t *testing.T) {
	s := sharing(t)
	x := react(s.Desk, 0, office.Mark{}, s.day)
	for rec, err := range s.Store.All(context.Background(), 1) {
		require.NoError(t, err)
		require.Error(t, x.Take(context.Background(), rec))
		break
	}
}
