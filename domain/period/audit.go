package period

import (
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// The steps of an audit, in their order: what belongs to an earlier one is over
// once a later one has begun.
const (
	AuditGathering = "opened"
	AuditFindings  = "findings"
	AuditMeasures  = "measures"
	AuditOver      = "closed"
)

var auditSteps = []string{AuditGathering, AuditFindings, AuditMeasures, AuditOver}

// Audit is one audit of the year: opened, then samples, requests and packs in any
// order, findings, measures, closed (events.md 5.13).
type Audit struct {
	State    string
	Kind     string
	Scope    string
	Contact  string         // under whose key the auditors' names lie
	Requests map[int]string // evidence asked for, by item
	Samples  []SampleDrawn
	Issued   []EvidenceIssued
	Findings []string // ids
}

// Found is one finding with what was reported of it.
type Found struct {
	FindingRecorded
	Measures []MeasureReported
}

// at answers an audit that has not passed a step.
func (p *Period) at(id, step string) (*Audit, error) {
	switch a := p.Audits[id]; {
	case a == nil:
		return nil, domain.RefuseField("entity.unknown", "audit")
	case slices.Index(auditSteps, a.State) > slices.Index(auditSteps, step):
		return nil, domain.Refuse("audit.state")
	default:
		return a, nil
	}
}

// AuditOpened: auditors begin to look at the year. Their names are sealed under
// the key of a contact.
type AuditOpened struct {
	Audit    string `fact:"audit,id,new"`
	Kind     string `fact:"kind,code=audit_kind"`
	Scope    string `fact:"scope,word"`
	Contact  string `fact:"contact?,id"`
	Auditors string `sealed:"auditors?,P,owner=contact"`
}

func (e *AuditOpened) Apply(p *Period, _ domain.Envelope) {
	p.Audits[e.Audit] = &Audit{State: AuditGathering, Kind: e.Kind, Scope: e.Scope, Contact: e.Contact, Requests: map[int]string{}}
}

// OpenAudit begins an audit.
type OpenAudit struct{ AuditOpened }

func (c *OpenAudit) Decide(p *Period, in domain.Intent) ([]event, error) {
	if p.Audits[c.Audit] != nil {
		return nil, nil
	}
	e := c.AuditOpened
	if e.Auditors == "" {
		e.Contact = ""
	} else if e.Contact == "" {
		e.Contact = in.NewID("contact")
	}
	return []event{&e}, nil
}

// EvidenceRequested: the auditors ask for something, by a number of their own.
type EvidenceRequested struct {
	Audit string `fact:"audit,id"`
	Item  int    `fact:"item,int"`
	Text  string `fact:"text,word"`
}

func (e *EvidenceRequested) Apply(p *Period, _ domain.Envelope) {
	p.Audits[e.Audit].Requests[e.Item] = e.Text
}

// RequestEvidence asks for evidence; an item keeps what it asks for.
type RequestEvidence struct{ EvidenceRequested }

func (c *RequestEvidence) Decide(p *Period, _ domain.Intent) ([]event, error) {
	a, err := p.at(c.Audit, AuditGathering)
	if err != nil {
		return nil, err
	}
	switch text, asked := a.Requests[c.Item]; {
	case asked && text == c.Text:
		return nil, nil
	case asked:
		return nil, domain.RefuseField("audit.item", "item")
	case c.Item < 1:
		return nil, domain.RefuseField("field.range", "item")
	}
	return []event{&c.EvidenceRequested}, nil
}

// EvidenceIssued: a pack was handed over, made from the log up to a position.
type EvidenceIssued struct {
	Audit       string `fact:"audit,id"`
	Item        *int   `fact:"item?,int"`
	Pack        string `fact:"pack,digest"`
	LogPosition int    `fact:"log_position,int"`
	Redaction   string `fact:"redaction,code=facts_only|with_reveals"`
}

func (e *EvidenceIssued) Apply(p *Period, _ domain.Envelope) {
	a := p.Audits[e.Audit]
	a.Issued = append(a.Issued[:len(a.Issued):len(a.Issued)], *e)
}

// IssueEvidence records a pack; one that answers an item answers what was asked.
type IssueEvidence struct{ EvidenceIssued }

func (c *IssueEvidence) Decide(p *Period, _ domain.Intent) ([]event, error) {
	a, err := p.at(c.Audit, AuditGathering)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(a.Issued, func(e EvidenceIssued) bool { return e.Pack == c.Pack && sameItem(e.Item, c.Item) }) {
		return nil, nil
	}
	if c.Item != nil && a.Requests[*c.Item] == "" {
		return nil, domain.RefuseField("entity.unknown", "item")
	}
	if c.LogPosition < 1 {
		return nil, domain.RefuseField("field.range", "log_position")
	}
	return []event{&c.EvidenceIssued}, nil
}

func sameItem(a, b *int) bool { return (a == nil && b == nil) || (a != nil && b != nil && *a == *b) }

// FindingRecorded: what the audit found.
type FindingRecorded struct {
	Audit   string `fact:"audit,id"`
	Finding string `fact:"finding,id,new"`
	Grade   string `fact:"grade,code=finding_grade"`
	Figure  string `fact:"figure?,id"`
	Text    string `fact:"text,word"`
	// DueOn is the day by which measures are to be reported; absent in the first form.
	DueOn japan.Date `fact:"due_on?,date"`
}

func (e *FindingRecorded) Apply(p *Period, _ domain.Envelope) {
	a := p.Audits[e.Audit]
	a.State, a.Findings = AuditFindings, append(a.Findings[:len(a.Findings):len(a.Findings)], e.Finding)
	p.Findings[e.Finding] = &Found{FindingRecorded: *e}
}

// RecordFinding records a finding, by somebody engaged for the audit.
type RecordFinding struct{ FindingRecorded }

func (c *RecordFinding) Decide(p *Period, in domain.Intent) ([]event, error) {
	if p.Findings[c.Finding] != nil {
		return nil, nil
	}
	if _, err := p.at(c.Audit, AuditFindings); err != nil {
		return nil, err
	}
	who, _ := in.Look.Account(in.Actor.Account)
	if until, engaged := who.Engaged[c.Audit]; !engaged || (until != 0 && until < in.Today()) {
		return nil, domain.Refuse("audit.state")
	}
	if c.DueOn != 0 && c.DueOn < in.Today() {
		return nil, domain.RefuseField("audit.due", "due_on")
	}
	if c.Figure != "" {
		if of, known := in.Look.Figure(c.Figure, 0); !known || of.Controller != in.Controller {
			return nil, domain.RefuseField("audit.figure", "figure")
		}
	}
	return []event{&c.FindingRecorded}, nil
}

// MeasureReported: what the office did about a finding (措置の報告).
type MeasureReported struct {
	Finding string `fact:"finding,id"`
	Text    string `fact:"text,word"`
}

func (e *MeasureReported) Apply(p *Period, _ domain.Envelope) {
	f := p.Findings[e.Finding]
	p.Audits[f.Audit].State = AuditMeasures
	f.Measures = append(f.Measures[:len(f.Measures):len(f.Measures)], *e)
}

// ReportMeasure reports one.
type ReportMeasure struct{ MeasureReported }

func (c *ReportMeasure) Decide(p *Period, _ domain.Intent) ([]event, error) {
	f := p.Findings[c.Finding]
	switch {
	case f == nil:
		return nil, domain.RefuseField("entity.unknown", "finding")
	case slices.Contains(f.Measures, c.MeasureReported):
		return nil, nil
	}
	if _, err := p.at(f.Audit, AuditMeasures); err != nil {
		return nil, err
	}
	return []event{&c.MeasureReported}, nil
}

// AuditClosed: the audit is over.
type AuditClosed struct {
	Audit string `fact:"audit,id"`
}

func (e *AuditClosed) Apply(p *Period, _ domain.Envelope) { p.Audits[e.Audit].State = AuditOver }

// CloseAudit ends an audit.
type CloseAudit struct{ AuditClosed }

func (c *CloseAudit) Decide(p *Period, _ domain.Intent) ([]event, error) {
	a := p.Audits[c.Audit]
	switch {
	case a == nil:
		return nil, domain.RefuseField("entity.unknown", "audit")
	case a.State == AuditOver:
		return nil, nil
	}
	return []event{&c.AuditClosed}, nil
}
