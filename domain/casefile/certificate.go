package casefile

import (
	"slices"

	"ayumi/domain"
)

var certificateEvents = []eventType{
	domain.Happens[Case, CertificateIssued]("case.certificate_issued"),
	domain.Happens[Case, CertificateRevoked]("case.certificate_revoked"),
}

var certificateCommands = []commandType{
	domain.Can[Case, IssueCertificate]("case.issue_certificate", domain.Counsellor, domain.Lead),
	domain.Can[Case, RevokeCertificate]("case.revoke_certificate", domain.Lead),
}

// CertificateIssued: a paper says that these consultations took place.
type CertificateIssued struct {
	Certificate   string   `fact:"certificate,id,new"`
	Consultations []string `fact:"consultations,ids"`
	Purpose       string   `fact:"purpose,code=travel_subsidy|iju_grant|other"`
	Number        string   `sealed:"number,P"`
	Name          string   `sealed:"name,P"` // as printed
	Municipality  string   `sealed:"municipality,P"`
}

func (e *CertificateIssued) Apply(c *Case, _ domain.Envelope) {
	c.Certificates[e.Certificate] = &Certificate{Consultations: e.Consultations}
}

// CertificateRevoked: the paper is no longer valid.
type CertificateRevoked struct {
	Certificate string `fact:"certificate,id"`
	Reason      string `fact:"reason,token"`
}

func (e *CertificateRevoked) Apply(c *Case, _ domain.Envelope) {
	c.Certificates[e.Certificate].Revoked = true
}

// Certificate runs issued → revoked.
type Certificate struct {
	Consultations []string
	Revoked       bool
}

// certified tells whether a valid certificate covers the consultation.
func (c *Case) certified(consultation string) bool {
	for _, paper := range c.Certificates {
		if !paper.Revoked && slices.Contains(paper.Consultations, consultation) {
			return true
		}
	}
	return false
}

// Certifiable tells whether a consultation may stand on a certificate.
func (c *Case) Certifiable(consultation string) bool {
	s := c.Consultations[consultation]
	return s != nil && s.State == "held" && s.countable()
}

// IssueCertificate certifies countable consultations of a person known by name.
// It may come after the case is closed.
type IssueCertificate struct{ CertificateIssued }

func (i *IssueCertificate) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admitClosed(in, i); err != nil {
		return nil, err
	}
	if c.Certificates[i.Certificate] != nil {
		return nil, nil
	}
	if p, ok := lookPerson(in, c.Lead); ok && p.Anonymous {
		return nil, domain.Refuse("person.no_name")
	}
	for _, id := range i.Consultations {
		if !c.Certifiable(id) {
			return nil, domain.RefuseField("certificate.consultation", "consultations")
		}
	}
	return []event{&i.CertificateIssued}, nil
}

// RevokeCertificate makes one invalid.
type RevokeCertificate struct{ CertificateRevoked }

func (r *RevokeCertificate) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admitClosed(in, r); err != nil {
		return nil, err
	}
	switch paper := c.Certificates[r.Certificate]; {
	case paper == nil:
		return nil, unknown("certificate")
	case paper.Revoked:
		return nil, nil
	}
	return []event{&r.CertificateRevoked}, nil
}
