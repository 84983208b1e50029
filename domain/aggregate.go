package domain

import (
	"fmt"
	"reflect"
)

// Aggregate is the table of one kind of stream: its events and commands by
// their names on the wire. A newcomer reads it as the contents page.
type Aggregate[S any] struct {
	Category string
	New      func() *S
	// Subject names the person (or account) whose key seals fields that name no
	// owner; nil where the aggregate seals nothing of its own.
	Subject  func(s *S, stream string) string
	Events   []EventType[S]
	Commands []CommandType[S]

	events   map[string]*EventType[S]
	commands map[string]*CommandType[S]
	byType   map[reflect.Type]*EventType[S]
}

// EventType is one event form by its wire name.
type EventType[S any] struct {
	Name string
	New  func() Event[S]
	// Upcast lifts old forms: Upcast[0] turns facts of version 1 into version 2,
	// and so on. The current version is len(Upcast)+1.
	Upcast []func([]Fact) []Fact
}

// CommandType is one command by its wire name, with the roles that may give it.
type CommandType[S any] struct {
	Name  string
	New   func() Command[S]
	Roles []Role
	// Creates: the stream begins with this command. All others need a stream.
	Creates bool
	// Continues: what creates may also be given to a stream that has begun.
	Continues bool
	// Erasure: allowed although the person is erased or being erased.
	Erasure bool
}

// Happens names an event type: domain.Happens[Case, Opened]("case.opened"). An
// upcaster for each version before the current one follows.
func Happens[S, E any, P interface {
	*E
	Event[S]
}](name string, upcast ...func([]Fact) []Fact) EventType[S] {
	return EventType[S]{Name: name, New: func() Event[S] { return P(new(E)) }, Upcast: upcast}
}

// Can names a command type: domain.Can[Case, Open]("case.open", Counsellor).
// The command's methods have pointer receivers.
func Can[S, C any, P interface {
	*C
	Command[S]
}](name string, roles ...Role) CommandType[S] {
	return CommandType[S]{Name: name, New: func() Command[S] { return P(new(C)) }, Roles: roles}
}

// Begins names a command that begins its stream.
func Begins[S, C any, P interface {
	*C
	Command[S]
}](name string, roles ...Role) CommandType[S] {
	t := Can[S, C, P](name, roles...)
	t.Creates = true
	return t
}

// MayBegin names a command that begins its stream, or goes on in it.
func MayBegin[S, C any, P interface {
	*C
	Command[S]
}](name string, roles ...Role) CommandType[S] {
	t := Begins[S, C, P](name, roles...)
	t.Continues = true
	return t
}

// index builds the lookup tables once; a doubled name panics at start.
func (a *Aggregate[S]) index() {
	a.events = make(map[string]*EventType[S], len(a.Events))
	a.byType = make(map[reflect.Type]*EventType[S], len(a.Events))
	for i := range a.Events {
		t := &a.Events[i]
		if _, twice := a.events[t.Name]; twice {
			panic("event type twice: " + t.Name)
		}
		Fields(reflect.TypeOf(t.New()).Elem())
		a.events[t.Name] = t
		a.byType[reflect.TypeOf(t.New())] = t
	}
	a.commands = make(map[string]*CommandType[S], len(a.Commands))
	for i := range a.Commands {
		t := &a.Commands[i]
		if _, twice := a.commands[t.Name]; twice {
			panic("command twice: " + t.Name)
		}
		Fields(reflect.TypeOf(t.New()).Elem())
		a.commands[t.Name] = t
	}
}

// Define completes an aggregate's table; call it once, in a package variable.
func Define[S any](a Aggregate[S]) *Aggregate[S] {
	a.index()
	return &a
}

// Decode reads a stored event of this aggregate: envelope and facts. Sealed
// fields stay empty. Every reader of facts as structs goes through here, so
// that no one bypasses the upcasters.
func (a *Aggregate[S]) Decode(rec Recorded) (Envelope, Event[S], error) {
	t, ok := a.events[rec.Type]
	if !ok {
		return Envelope{}, nil, fmt.Errorf("position %d: unknown event type %s", rec.Position, rec.Type)
	}
	text, err := FactsOf(rec.Body)
	if err != nil {
		return Envelope{}, nil, fmt.Errorf("position %d: %w", rec.Position, err)
	}
	facts, err := ParseFacts(text)
	if err != nil {
		return Envelope{}, nil, fmt.Errorf("position %d: %w", rec.Position, err)
	}
	if facts, err = t.lift(facts); err != nil {
		return Envelope{}, nil, fmt.Errorf("position %d: %w", rec.Position, err)
	}
	var e Envelope
	ev := t.New()
	if err := decodeFacts(facts, &e, ev); err != nil {
		return Envelope{}, nil, fmt.Errorf("position %d: %s: %w", rec.Position, rec.Type, err)
	}
	if e.Type != rec.Type || e.Stream != rec.Stream || e.Version != int(rec.Version) || e.EventID != rec.ID.String() {
		return Envelope{}, nil, fmt.Errorf("position %d: facts name another event than the row", rec.Position)
	}
	e.Position = rec.Position
	return e, ev, nil
}

func (t *EventType[S]) lift(facts []Fact) ([]Fact, error) {
	v := int64(1)
	for _, f := range facts {
		if f.Key == "type_version" {
			v = f.Int
		}
	}
	if v < 1 || v > int64(len(t.Upcast)+1) {
		return nil, fmt.Errorf("%s: unknown form %d", t.Name, v)
	}
	for _, up := range t.Upcast[v-1:] {
		facts = up(facts)
	}
	return facts, nil
}

// AnyAggregate is an Aggregate without its type parameter, for those who work on
// all of them.
type AnyAggregate interface {
	Name() string
	EventShapes() []Shape
	CommandShapes() []Shape
	// decide fills the named command from data and lets its stream decide within w.
	decide(w *Work, name string, data Data, in Intent) error
	decodeAny(rec Recorded) (Envelope, any, error)
	standing(w *Work, id string) (uint64, string, error)
	carried(w *Work, id, command string) (bool, error)
}

// Shape describes one event or command for schemas, catalogues and tests.
type Shape struct {
	Name    string
	Version int
	Fields  []Field
	Roles   []Role
	Creates bool
	Emits   string // of a command: the event type it embeds
}

// Name is the category.
func (a *Aggregate[S]) Name() string { return a.Category }

// EventShapes lists the event types in table order.
func (a *Aggregate[S]) EventShapes() []Shape {
	out := make([]Shape, len(a.Events))
	for i, t := range a.Events {
		out[i] = Shape{Name: t.Name, Version: len(t.Upcast) + 1, Fields: Fields(reflect.TypeOf(t.New()).Elem())}
	}
	return out
}

// CommandShapes lists the commands in table order.
func (a *Aggregate[S]) CommandShapes() []Shape {
	out := make([]Shape, len(a.Commands))
	for i, t := range a.Commands {
		out[i] = Shape{Name: t.Name, Fields: Fields(reflect.TypeOf(t.New()).Elem()), Roles: t.Roles, Creates: t.Creates, Emits: a.emits(t)}
	}
	return out
}

// emits is the wire name of the event that a command embeds.
func (a *Aggregate[S]) emits(t CommandType[S]) string {
	c := reflect.TypeOf(t.New()).Elem()
	for i := range c.NumField() {
		if f := c.Field(i); f.Anonymous {
			if e, ok := a.byType[reflect.PointerTo(f.Type)]; ok {
				return e.Name
			}
		}
	}
	return ""
}

func (a *Aggregate[S]) decodeAny(rec Recorded) (Envelope, any, error) { return a.Decode(rec) }
