package domain

import (
	"reflect"

	"github.com/google/uuid"
)

// decide fills a command from data, checks its fields, and lets its stream decide.
func (a *Aggregate[S]) decide(w *Work, name string, data Data, in Intent) error {
	t, ok := a.commands[name]
	if !ok {
		return Refuse("command.unknown")
	}
	o, err := load(w, a, in.Stream)
	if err != nil {
		return err
	}
	if o.version() == 0 && !t.Creates {
		return RefuseField("stream.unknown", a.Category)
	}
	if _, done := o.commands[in.Command.String()]; t.Creates && !t.Continues && o.version() > 0 && !done {
		return RefuseField("stream.exists", a.Category)
	}
	cmd := t.New()
	if err := data.Fill(cmd, in.Command); err != nil {
		return err
	}
	if err := Check(cmd); err != nil {
		return err
	}
	return Decide(w, a, cmd, in)
}

// Propose lets the stream named by in.Stream decide on the named command with
// data, within w.
func Propose(w *Work, k AnyAggregate, name string, data Data, in Intent) error {
	return k.decide(w, name, data, in)
}

// DecodeAny is Decode for those who do not know the aggregate: the event is a
// pointer to its struct.
func DecodeAny(k AnyAggregate, rec Recorded) (Envelope, any, error) { return k.decodeAny(rec) }

// FieldsOf lists the marked fields of an event or command value.
func FieldsOf(v any) []Field { return Fields(reflect.Indirect(reflect.ValueOf(v)).Type()) }

func (a *Aggregate[S]) standing(w *Work, id string) (uint64, string, error) {
	_, version, controller, err := Load(w, a, id)
	return version, controller, err
}

// Standing answers the version of a stream (0: not begun) and the controller it
// belongs to.
func Standing(w *Work, k AnyAggregate, id string) (uint64, string, error) {
	return k.standing(w, id)
}

func (a *Aggregate[S]) carried(w *Work, id, command string) (bool, error) {
	o, err := load(w, a, id)
	if err != nil {
		return false, err
	}
	_, done := o.commands[command]
	return done, nil
}

// Carried tells whether a stream already holds what a command left in it: the
// command is given again, after a lost answer or a second press.
func Carried(w *Work, k AnyAggregate, id string, command uuid.UUID) (bool, error) {
	return k.carried(w, id, command.String())
}
