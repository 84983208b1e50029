package casefile

import "ayumi/domain"

var documentEvents = []eventType{
	domain.Happens[Case, DocumentAttached]("case.document_attached"),
	domain.Happens[Case, DocumentRemoved]("case.document_removed"),
}

var documentCommands = []commandType{
	domain.Can[Case, AttachDocument]("case.attach_document", domain.Counsellor, domain.Lead),
	domain.Can[Case, RemoveDocument]("case.remove_document", domain.Counsellor, domain.Lead),
}

// DocumentAttached: a file, encrypted under the person's key, belongs to the
// case. Cipher is the SHA-256 of its ciphertext, Bytes its length.
type DocumentAttached struct {
	Document string `fact:"document,id,new"`
	Kind     string `fact:"kind,code=resume|contract|certificate|consent_form|sheet|other"`
	Cipher   string `fact:"cipher,digest"`
	Bytes    int    `fact:"bytes,int"`
	FileName string `sealed:"file_name,P"`
}

func (e *DocumentAttached) Apply(c *Case, _ domain.Envelope) {
	c.Documents[e.Document] = &Document{Kind: e.Kind, Cipher: e.Cipher}
}

// DocumentRemoved: it belongs to the case no longer.
type DocumentRemoved struct {
	Document string `fact:"document,id"`
	Reason   string `fact:"reason,token"`
}

func (e *DocumentRemoved) Apply(c *Case, _ domain.Envelope) { c.Documents[e.Document].Removed = true }

// Document runs attached → removed.
type Document struct {
	Kind, Cipher string
	Removed      bool
}

// AttachDocument adds a file.
type AttachDocument struct{ DocumentAttached }

func (a *AttachDocument) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, a); err != nil {
		return nil, err
	}
	switch {
	case c.Documents[a.Document] != nil:
		return nil, nil
	case a.Bytes < 1:
		return nil, domain.RefuseField("field.range", "bytes")
	}
	return []event{&a.DocumentAttached}, nil
}

// RemoveDocument takes one away.
type RemoveDocument struct{ DocumentRemoved }

func (r *RemoveDocument) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, r); err != nil {
		return nil, err
	}
	switch d := c.Documents[r.Document]; {
	case d == nil:
		return nil, unknown("document")
	case d.Removed:
		return nil, nil
	}
	return []event{&r.DocumentRemoved}, nil
}
