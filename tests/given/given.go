// Package given writes decisions as given, when, then: pure, without a store.
package given

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Scene is one stream under test.
type Scene[S any] struct {
	t       testing.TB
	a       *domain.Aggregate[S]
	past    []step[S]
	intent  domain.Intent
	events  []domain.Event[S]
	err     error
	decided bool
}

type step[S any] struct {
	event domain.Event[S]
	env   domain.Envelope
}

// Desk is the usual counsellor: role CO, desk D-TKY, controller 31.
func Desk(account string, roles ...domain.Role) domain.Actor {
	if len(roles) == 0 {
		roles = []domain.Role{domain.Counsellor}
	}
	a := domain.Actor{Account: account, Desk: "D-TKY", Controller: "31", Roles: map[domain.Role]japan.Date{}}
	for _, r := range roles {
		a.Roles[r] = 0
	}
	return a
}

// ID makes a fixed random-looking id from a word, for readable tests.
func ID(word string) string { return uuid.NewSHA1(uuid.NameSpaceOID, []byte(word)).String() }

// Stream begins a scene: the stream of the given id, on 2019-06-01 (a Saturday)
// at 11:00 JST, asked by counsellor "co1", in an empty World.
func Stream[S any](t testing.TB, a *domain.Aggregate[S], id string) *Scene[S] {
	t.Helper()
	return &Scene[S]{t: t, a: a, intent: domain.Intent{
		Command: uuid.NewSHA1(uuid.NameSpaceOID, []byte(t.Name())),
		Actor:   Desk("co1"), Now: time.Date(2019, 6, 1, 2, 0, 0, 0, time.UTC),
		Occurred: japan.On(2019, 6, 1), Stream: id, Controller: "31", Desk: "D-TKY", Look: &World{},
		Terms: domain.UsualTerms(),
	}}
}

// Given adds past events, recorded by "co1" on the scene's day.
func (s *Scene[S]) Given(events ...domain.Event[S]) *Scene[S] {
	for _, ev := range events {
		s.past = append(s.past, step[S]{ev, s.envelope()})
	}
	return s
}

// GivenBy adds past events recorded by someone on a day.
func (s *Scene[S]) GivenBy(account string, on japan.Date, events ...domain.Event[S]) *Scene[S] {
	for _, ev := range events {
		env := s.envelope()
		env.RecordedBy, env.Occurred, env.RecordedAt = account, on, on.Start().Add(10*time.Hour)
		s.past = append(s.past, step[S]{ev, env})
	}
	return s
}

// At sets the day and clock (10:00 JST); By the actor; In the world; With anything else.
func (s *Scene[S]) At(day japan.Date) *Scene[S] {
	s.intent.Now, s.intent.Occurred = day.Start().Add(10*time.Hour), day
	return s
}

// By sets who asks.
func (s *Scene[S]) By(a domain.Actor) *Scene[S] { s.intent.Actor = a; return s }

// In sets what stands in other streams.
func (s *Scene[S]) In(w domain.Neighbours) *Scene[S] { s.intent.Look = w; return s }

// With changes the intent freely.
func (s *Scene[S]) With(f func(*domain.Intent)) *Scene[S] { f(&s.intent); return s }

// Previewed says that the effect on figures was shown for the stream as it stands.
func (s *Scene[S]) Previewed() *Scene[S] {
	v := uint64(len(s.past))
	s.intent.Preview = &v
	return s
}

func (s *Scene[S]) envelope() domain.Envelope {
	return domain.Envelope{
		EventID: uuid.NewSHA1(uuid.NameSpaceOID, []byte{byte(len(s.past))}).String(),
		Stream:  domain.StreamName(s.a.Category, s.intent.Stream), Version: len(s.past) + 1,
		Position: uint64(len(s.past) + 1), Occurred: s.intent.Occurred, RecordedAt: s.intent.Now,
		RecordedBy: "co1", Controller: s.intent.Controller, Desk: s.intent.Desk,
	}
}

func (s *Scene[S]) fold(more ...domain.Event[S]) *S {
	state := s.a.New()
	for _, p := range s.past {
		p.event.Apply(state, p.env)
	}
	for _, ev := range more {
		env := s.envelope()
		env.RecordedBy = s.intent.Actor.Account
		ev.Apply(state, env)
	}
	return state
}

// When asks the command, and asks again with its own events in the past: the
// second asking must add nothing.
func (s *Scene[S]) When(cmd domain.Command[S]) *Scene[S] {
	s.t.Helper()
	s.WhenTold(cmd)
	if s.err == nil && len(s.events) > 0 {
		again := s.intent
		again.Version += uint64(len(s.events))
		if again.Preview != nil {
			again.Preview = &again.Version
		}
		more, err := cmd.Decide(s.fold(s.events...), again)
		var refused *domain.Refusal
		require.True(s.t, err == nil || errors.As(err, &refused), "asked twice: %v", err)
		require.Empty(s.t, more, "asked twice, the command added events")
	}
	return s
}

// WhenTold asks a command once whose change lies in sealed text alone: no state
// remembers it, so only the Decider knows a repeat, by its command id.
func (s *Scene[S]) WhenTold(cmd domain.Command[S]) *Scene[S] {
	s.intent.Version = uint64(len(s.past))
	s.events, s.err = cmd.Decide(s.fold(), s.intent)
	s.decided = true
	return s
}

// Then demands exactly these events.
func (s *Scene[S]) Then(want ...domain.Event[S]) {
	s.t.Helper()
	require.True(s.t, s.decided, "nothing was asked")
	require.NoError(s.t, s.err)
	require.Equal(s.t, want, s.events)
}

// ThenState demands something of the state after the decision.
func (s *Scene[S]) ThenState(check func(*S)) *Scene[S] {
	s.t.Helper()
	require.NoError(s.t, s.err)
	check(s.fold(s.events...))
	return s
}

// Nothing demands that the wish was already true.
func (s *Scene[S]) Nothing() {
	s.t.Helper()
	require.NoError(s.t, s.err)
	require.Empty(s.t, s.events)
}

// Refused demands a refusal with this key, and that nothing was decided.
func (s *Scene[S]) Refused(key string) {
	s.t.Helper()
	var r *domain.Refusal
	require.ErrorAs(s.t, s.err, &r)
	require.Equal(s.t, key, r.Key)
	require.Empty(s.t, s.events)
}

// Decided answers what came of the asking, for tables that judge by themselves.
func (s *Scene[S]) Decided() ([]domain.Event[S], error) { return s.events, s.err }
