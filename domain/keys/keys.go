// Package keys keeps the one stream that tells what became of the keys of
// persons: keys-<origin id> (proof.md 5). It holds no key and no person's data.
package keys

import (
	"slices"

	"ayumi/domain"
)

type (
	event       = domain.Event[Keys]
	eventType   = domain.EventType[Keys]
	commandType = domain.CommandType[Keys]
)

// Aggregate is the table of the stream keys.
var Aggregate = domain.Define(domain.Aggregate[Keys]{
	Category: "keys",
	New:      func() *Keys { return &Keys{} },
	Events: []eventType{
		domain.Happens[Keys, EpochRetired]("keys.epoch_retired"),
		domain.Happens[Keys, ReturnRefused]("keys.return_refused"),
	},
	Commands: []commandType{
		domain.MayBegin[Keys, RetireEpoch]("keys.retire_epoch", domain.System),
		domain.MayBegin[Keys, RefuseReturn]("keys.refuse_return", domain.System),
	},
})

// EpochRetired: the key-encryption key of an epoch was destroyed. Every copy of
// the key table of that time is unreadable from now on, wherever it lies.
type EpochRetired struct {
	Epoch int `fact:"epoch,int"`
}

func (e *EpochRetired) Apply(k *Keys, _ domain.Envelope) { k.Retired = append(k.Retired, e.Epoch) }

// ReturnRefused: an old key table that was put back held the key of a person who
// is erased. It was destroyed again before anything was opened with it.
type ReturnRefused struct {
	Person string `fact:"person,id"`
}

func (e *ReturnRefused) Apply(*Keys, domain.Envelope) {}

// Keys is the folded state: the epochs that are over for good.
type Keys struct{ Retired []int }

// RetireEpoch records it, once.
type RetireEpoch struct{ EpochRetired }

func (c *RetireEpoch) Decide(k *Keys, _ domain.Intent) ([]event, error) {
	switch {
	case c.Epoch < 1:
		return nil, domain.RefuseField("field.range", "epoch")
	case slices.Contains(k.Retired, c.Epoch):
		return nil, nil
	}
	return []event{&c.EpochRetired}, nil
}

// RefuseReturn records it, each time it happens.
type RefuseReturn struct{ ReturnRefused }

func (c *RefuseReturn) Decide(*Keys, domain.Intent) ([]event, error) {
	return []event{&c.ReturnRefused}, nil
}
