package period_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/period"
	"ayumi/tests/given"
)

func digest(b string) string { return strings.Repeat(b, 32) }

func item(n int) *int { return &n }

var (
	audit  = &period.AuditOpened{Audit: "u1", Kind: "regular", Scope: "令和元年度の移住相談"}
	sample = &period.SampleDrawn{Audit: "u1", RandomSeed: 7, Method: "random", Size: 20, Figure: "fig1", Edition: 1, Population: 30,
		Drawn: period.DrawnDigest(period.Draw(7, upTo(30), 20))}
	request = &period.EvidenceRequested{Audit: "u1", Item: 1, Text: "就職の証憑"}
	issue   = &period.EvidenceIssued{Audit: "u1", Item: item(1), Pack: digest("0b"), LogPosition: 3400, Redaction: "facts_only"}
	finding = &period.FindingRecorded{Audit: "u1", Finding: "f1", Grade: "caution", Text: "証憑の確認が遅い"}
	measure = &period.MeasureReported{Finding: "f1", Text: "月に一度確かめる"}
	ended   = &period.AuditClosed{Audit: "u1"}
	auditor = given.Desk("au1", domain.Auditor)
)

// engaged is the auditor's account as it stands, engaged until a day.
func engaged(until japan.Date) *given.World {
	return &given.World{Accounts: []domain.AccountNow{{Actor: auditor, Engaged: map[string]japan.Date{"u1": until}}}}
}

func auditing(t *testing.T, past ...event) *given.Scene[fold] {
	return given.Stream(t, period.Aggregate, "31.2019").Given(append([]event{opened}, past...)...).At(closed).By(auditor).In(figured(closed)).
		With(func(in *domain.Intent) { in.Count = behind() })
}

// TestAuditMachine is events.md 5.13: what belongs to an earlier step of an audit
// is over once a later one has begun.
func TestAuditMachine(t *testing.T) {
	life := [][]event{
		{}, {audit}, {audit, sample, request, issue}, {audit, request, finding}, {audit, request, finding, measure}, {audit, request, finding, measure, ended},
	}
	other, more := *finding, *measure
	other.Finding, more.Text = "f2", "研修"
	again := *sample
	again.RandomSeed, again.Drawn = 8, period.DrawnDigest(period.Draw(8, upTo(30), 20))
	ask := *request
	ask.Item = 2
	free := *issue
	free.Item, free.Pack = nil, digest("0c")
	no, yes, same, none := "audit.state", "then", "nothing", "entity.unknown"
	for _, c := range []struct {
		cmd     domain.Command[fold]
		event   event
		answers []string
	}{
		{&period.OpenAudit{AuditOpened: *audit}, audit, []string{yes, same, same, same, same, same}},
		{&period.DrawSample{SampleDrawn: again}, &again, []string{none, yes, yes, no, no, no}},
		{&period.DrawSample{SampleDrawn: *sample}, sample, []string{none, yes, same, no, no, no}},
		{&period.RequestEvidence{EvidenceRequested: ask}, &ask, []string{none, yes, yes, no, no, no}},
		{&period.IssueEvidence{EvidenceIssued: free}, &free, []string{none, yes, yes, no, no, no}},
		{&period.RecordFinding{FindingRecorded: other}, &other, []string{none, yes, yes, yes, no, no}},
		{&period.RecordFinding{FindingRecorded: *finding}, finding, []string{none, yes, yes, same, same, same}},
		{&period.ReportMeasure{MeasureReported: *measure}, measure, []string{none, none, none, yes, same, same}},
		{&period.ReportMeasure{MeasureReported: more}, &more, []string{none, none, none, yes, yes, no}},
		{&period.CloseAudit{AuditClosed: *ended}, ended, []string{none, yes, yes, yes, yes, same}},
	} {
		for i, l := range life {
			s := auditing(t, l...).When(c.cmd)
			switch want := c.answers[i]; want {
			case yes:
				s.Then(c.event)
			case same:
				s.Nothing()
			default:
				s.Refused(want)
			}
		}
	}
}

func TestOnlyEngagedAuditorsFind(t *testing.T) {
	ask := func() *given.Scene[fold] { return auditing(t, audit) }
	found := &period.RecordFinding{FindingRecorded: *finding}
	ask().In(engaged(closed.Add(-1))).When(found).Refused("audit.state")
	ask().In(engaged(0)).When(found).Then(finding)
	ask().In(&given.World{}).When(found).Refused("audit.state")
}

func TestAuditInput(t *testing.T) {
	short, nowhere, early, twice, zero := *sample, *issue, *issue, *request, *request
	short.Size, nowhere.Item, early.LogPosition, twice.Text, zero.Item = 0, item(9), 0, "ほか", 0
	auditing(t, audit).When(&period.DrawSample{SampleDrawn: short}).Refused("field.range")
	auditing(t, audit, request).When(&period.IssueEvidence{EvidenceIssued: nowhere}).Refused("entity.unknown")
	auditing(t, audit, request).When(&period.IssueEvidence{EvidenceIssued: early}).Refused("field.range")
	auditing(t, audit, request).When(&period.IssueEvidence{EvidenceIssued: *issue}).Then(issue)
	auditing(t, audit, request).When(&period.RequestEvidence{EvidenceRequested: twice}).Refused("audit.item")
	auditing(t, audit, request).When(&period.RequestEvidence{EvidenceRequested: *request}).Nothing()
	auditing(t, audit).When(&period.RequestEvidence{EvidenceRequested: zero}).Refused("field.range")
}

// TestAuditorsAreSealed: their names lie under the key of a contact, and no state
// holds them.
func TestAuditorsAreSealed(t *testing.T) {
	for _, f := range domain.FieldsOf(&period.OpenAudit{}) {
		if f.Name == "auditors" {
			require.Equal(t, domain.InSealed, f.Place)
			require.Equal(t, "contact", f.Owner)
			require.Equal(t, "P", f.Class)
		}
	}
	named := *audit
	named.Auditors = "（監査委員の名）"
	made := named
	made.Contact = domain.DeriveID(uuid.NewSHA1(uuid.NameSpaceOID, []byte(t.Name())), "contact")
	auditing(t).When(&period.OpenAudit{AuditOpened: named}).
		ThenState(func(p *fold) { require.Equal(t, made.Contact, p.Audits["u1"].Contact) }).Then(&made)
	nobody := *audit
	nobody.Contact = "c1"
	auditing(t).When(&period.OpenAudit{AuditOpened: nobody}).Then(audit)
}

// Whatever is asked of two audits in whatever order: steps never go back, no
// finding stands without its audit, and closing the year changes no audit.
func TestAuditsInAnyOrder(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 13))
	steps := []string{period.AuditGathering, period.AuditFindings, period.AuditMeasures, period.AuditOver}
	over := 0
	for range 300 {
		p := period.Aggregate.New()
		at := map[string]int{}
		for range 60 {
			in := domain.Intent{Stream: "31.2019", Actor: auditor, Controller: "31", Now: closed.Start(), Count: behind(), Look: &given.World{Figures: figured(0).Figures, Accounts: []domain.AccountNow{{
				Actor: auditor, Engaged: map[string]japan.Date{"u1": 0, "u2": 0}}}}}
			events, err := anyAudit(rnd).Decide(p, in)
			require.False(t, err != nil && len(events) > 0)
			for _, e := range events {
				e.Apply(p, domain.Envelope{Stream: "period-31.2019"})
			}
			for id, a := range p.Audits {
				step := slices.Index(steps, a.State)
				require.GreaterOrEqual(t, step, at[id])
				at[id] = step
			}
			for _, f := range p.Findings {
				require.NotNil(t, p.Audits[f.Audit])
			}
		}
		for _, a := range p.Audits {
			if a.State == period.AuditOver {
				over++
			}
		}
	}
	require.Greater(t, over, 100)
}

func anyAudit(rnd *rand.Rand) domain.Command[fold] {
	id := []string{"u1", "u2"}[rnd.IntN(2)]
	f := id + []string{"a", "b"}[rnd.IntN(2)]
	cmds := []domain.Command[fold]{
		&period.OpenAudit{AuditOpened: period.AuditOpened{Audit: id, Kind: "internal", Scope: "x"}},
		&period.DrawSample{SampleDrawn: period.SampleDrawn{Audit: id, RandomSeed: rnd.IntN(3), Method: "risk", Size: 1, Figure: "fig1", Edition: 1}},
		&period.RequestEvidence{EvidenceRequested: period.EvidenceRequested{Audit: id, Item: rnd.IntN(3), Text: "x"}},
		&period.IssueEvidence{EvidenceIssued: period.EvidenceIssued{Audit: id, Item: item(rnd.IntN(3)), Pack: digest("0b"), LogPosition: 1, Redaction: "facts_only"}},
		&period.RecordFinding{FindingRecorded: period.FindingRecorded{Audit: id, Finding: f, Grade: "opinion", Text: "x"}},
		&period.ReportMeasure{MeasureReported: period.MeasureReported{Finding: f, Text: "x"}},
	}
	if rnd.IntN(8) == 0 {
		return &period.CloseAudit{AuditClosed: period.AuditClosed{Audit: id}}
	}
	return cmds[rnd.IntN(len(cmds))]
}
