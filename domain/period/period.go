// Package period keeps one stream per fiscal year of a controller: its cut-offs,
// what holds it open, its closing and reopening, and its audits (events.md 4.16, 5.13). What is
// counted and where the log stood is computed, never typed.
package period

import (
	"strconv"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Aggregate is the table of the stream period.
var Aggregate = domain.Define(domain.Aggregate[Period]{
	Category: "period",
	New:      newPeriod,
	Events: []domain.EventType[Period]{
		domain.Happens[Period, Opened]("period.opened"),
		domain.Happens[Period, CutoffSet]("period.cutoff_set"),
		domain.Happens[Period, GatesChecked]("period.gates_checked"),
		domain.Happens[Period, Closed]("period.closed"),
		domain.Happens[Period, Reopened]("period.reopened"),
		domain.Happens[Period, AuditOpened]("period.audit_opened"),
		domain.Happens[Period, SampleDrawn]("period.sample_drawn", unchanged),
		domain.Happens[Period, EvidenceRequested]("period.evidence_requested"),
		domain.Happens[Period, EvidenceIssued]("period.evidence_issued"),
		domain.Happens[Period, FindingRecorded]("period.finding_recorded", unchanged),
		domain.Happens[Period, MeasureReported]("period.measure_reported"),
		domain.Happens[Period, AuditClosed]("period.audit_closed"),
	},
	Commands: []domain.CommandType[Period]{
		domain.Begins[Period, Open]("period.open", domain.Analyst, domain.System),
		domain.Can[Period, SetCutoff]("period.set_cutoff", domain.Analyst),
		domain.Can[Period, CheckGates]("period.check_gates", domain.Analyst),
		domain.Can[Period, Close]("period.close", domain.Manager),
		domain.Can[Period, Reopen]("period.reopen", domain.Manager),
		domain.Can[Period, OpenAudit]("period.open_audit", domain.Manager, domain.Auditor),
		domain.Can[Period, DrawSample]("period.draw_sample", domain.Auditor),
		domain.Can[Period, RequestEvidence]("period.request_evidence", domain.Auditor),
		domain.Can[Period, IssueEvidence]("period.issue_evidence", domain.Analyst, domain.Records),
		domain.Can[Period, RecordFinding]("period.record_finding", domain.Auditor),
		domain.Can[Period, ReportMeasure]("period.report_measure", domain.Manager),
		domain.Can[Period, CloseAudit]("period.close_audit", domain.Auditor),
	},
})

// unchanged reads an older form that only lacks facts which may be absent.
func unchanged(facts []domain.Fact) []domain.Fact { return facts }

// The states of a period (events.md 5.13).
const (
	StateRunning = "running"
	StateChecked = "checked"
	StateClosed  = "closed"
)

// YearClose is the one kind of cut-off that closes the year; the others freeze
// what was known for a sheet, a survey or the press, in any state.
const YearClose = "year_close"

// Period is the folded state of one stream.
type Period struct {
	State      string
	Year       japan.FiscalYear
	Cutoffs    map[string]Cutoff // by kind: the one in force
	Checks     map[string]Check  // by kind: the latest of the cut-off in force
	Closings   []Closing         // all, oldest first
	Reopenings []Reopening       // all, oldest first
	Audits     map[string]*Audit
	Findings   map[string]*Found
}

func newPeriod() *Period {
	return &Period{Cutoffs: map[string]Cutoff{}, Checks: map[string]Check{}, Audits: map[string]*Audit{}, Findings: map[string]*Found{}}
}

type event = domain.Event[Period]

// Stream is the id of the stream of a fiscal year.
func Stream(controller string, year japan.FiscalYear) string {
	return controller + "." + strconv.Itoa(int(year))
}

// Closing answers the newest closing of a kind.
func (p *Period) Closing(kind string) (Closing, bool) {
	for i := len(p.Closings) - 1; i >= 0; i-- {
		if p.Closings[i].Kind == kind {
			return p.Closings[i], true
		}
	}
	return Closing{}, false
}

// AfterClose tells whether what was recorded at a position came after the year was
// first closed (events.md 9); reopening does not change that.
func (p *Period) AfterClose(position uint64) bool {
	for _, c := range p.Closings {
		if c.Kind == YearClose {
			return position > c.Position
		}
	}
	return false
}

// Opened: the fiscal year begins.
type Opened struct {
	FY   int        `fact:"fy,int"`
	From japan.Date `fact:"from,date,made"`
	To   japan.Date `fact:"to,date,made"`
}

func (e *Opened) Apply(p *Period, _ domain.Envelope) {
	p.State, p.Year = StateRunning, japan.FiscalYear(e.FY)
}

// Open begins the stream, named <controller>.<fy>.
type Open struct{ Opened }

func (c *Open) Decide(p *Period, in domain.Intent) ([]event, error) {
	year := japan.FiscalYear(c.FY)
	switch {
	case p.State != "":
		return nil, nil
	case c.FY < 1900 || c.FY > 9000:
		return nil, domain.RefuseField("field.range", "fy")
	case in.Stream != Stream(in.Controller, year):
		return nil, domain.RefuseField("period.stream", "fy")
	}
	return []event{&Opened{FY: c.FY, From: year.First(), To: year.Last()}}, nil
}

// Reopening is one reopening of the closed year.
type Reopening struct {
	Reason string
	On     japan.Date // recorded
	By     string
}

// Reopened: the closed year takes figures again, for a reason. What was frozen
// stays frozen.
type Reopened struct {
	Reason string `fact:"reason,word"`
}

func (e *Reopened) Apply(p *Period, env domain.Envelope) {
	p.State = StateRunning
	delete(p.Checks, YearClose)
	p.Reopenings = append(p.Reopenings[:len(p.Reopenings):len(p.Reopenings)], Reopening{e.Reason, japan.DateOf(env.RecordedAt), env.RecordedBy})
}

// Reopen opens a closed year.
type Reopen struct{ Reopened }

func (c *Reopen) Decide(p *Period, _ domain.Intent) ([]event, error) {
	if p.State != StateClosed {
		return nil, domain.Refuse("period.state")
	}
	return []event{&c.Reopened}, nil
}
