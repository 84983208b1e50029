package person

import (
	"ayumi/domain"
	"ayumi/domain/japan"
)

var erasureEvents = []eventType{
	domain.Happens[Person, ErasureOrdered]("person.erasure_ordered"),
	domain.Happens[Person, Erased]("person.erased"),
}

// ErasureOrdered: the person's key is to be destroyed. Preview is the digest of
// the effect on figures, of which FiguresChecked were recomputed and none changed.
type ErasureOrdered struct {
	Ground         string `fact:"ground,code=suspension_decision|retention_end|voluntary_after_check"`
	Rights         string `fact:"rights?,id"`
	Volume         string `fact:"volume?,id"`
	Preview        string `fact:"preview,digest"`
	FiguresChecked int    `fact:"figures_checked,int"`
}

func (e *ErasureOrdered) Apply(p *Person, _ domain.Envelope) { p.Erasing = true }

// Erased: the key is destroyed; it is gone from every key backup on the day
// named. Facts stay as they are.
type Erased struct {
	KeyCommitment  string     `fact:"key_commitment,digest"`
	Sections       int        `fact:"sections,int"`
	BackupsClearOn japan.Date `fact:"backups_clear_on,date"`
}

func (e *Erased) Apply(p *Person, _ domain.Envelope) { p.Erasing, p.Erased = false, true }
