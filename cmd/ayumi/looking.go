package main

import (
	"context"

	"ayumi/cmd/app"
	"ayumi/domain/viewing"
)

// nobody marks a command that shows no record of a person: figures without their
// members, rules, keys, the state of things.
const nobody = ""

// looks is what a command does with records of people when it works on a data
// directory itself; a server that is asked writes it down under who asks. It stands
// in the access log before anything is shown or a file gets its name; where it
// cannot be written, nothing is.
var looks = map[string]string{
	"serve": nobody, "ready": nobody, "demo": nobody, "version": nobody, "config": nobody, "config check": nobody, "schema": nobody,
	"rebuild": nobody, "check": nobody, "migrate": nobody, "share": nobody, "backup": nobody, "restore": nobody, "checkpoint": nobody,
	"bus remake": nobody, "bus consumer": nobody, "cluster init": nobody, "cluster renew": nobody,
	"witness keys": nobody, "witness ask": nobody, "witness state": nobody, "witness serve": nobody,
	"import check": viewing.List, "import run": viewing.List, "import undo": nobody,
	"keys status": nobody, "keys rotate": nobody, "keys escrow": nobody, "keys recover": nobody, "keys move": nobody, "keys migrate": nobody,
	"webhooks list": nobody, "webhooks add": nobody, "webhooks deliveries": nobody, "webhooks act": nobody,
	"tls init": nobody, "tls renew": nobody, "sign-in password": nobody, "sign-in end": nobody, "sign-in unlink": nobody, "sign-in factor": nobody, "sign-in leave": nobody,
	"scenario run": nobody, "scenario check": nobody, "scenario export": viewing.Export,
	"figure": viewing.List, "explain": viewing.List, "export": viewing.Export, "register": nobody, "reconcile": nobody,
	"definition list": nobody, "definition show": nobody, "definition check": nobody, "definition schema": nobody,
	"period show": viewing.List, "period gates": viewing.List, "audit list": viewing.List, "audit draw": viewing.List, "sheet": viewing.Print, "journey": viewing.View,
	"seal key": nobody, "seal trust": nobody, "seal ask": nobody, "seal sign": nobody, "seal enter": nobody, "seal keys": nobody,
	"rights list": viewing.List, "rights show": viewing.View, "volumes list": viewing.List, "volumes show": viewing.View, "receipt": viewing.Print,
	"bundle": viewing.Export, "verify": nobody, "access-log": viewing.List,
	"erasure list": viewing.List, "erasure show": viewing.View, "erasure preview": viewing.View, "erasure order": viewing.View,
}

// looked writes down what a command is about to show.
func (s *shell) looked(ctx context.Context, a *app.App, command string, e viewing.Entry) error {
	e.Act, e.Route = looks[command], "ayumi "+command
	return a.Look(ctx, e)
}
