package person_test

import (
	"errors"
	"math/rand"
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/person"
	"ayumi/tests/given"
)

// filled sets every field of the struct v points to at random, often with
// words of its list and few ids, so that commands meet what others made.
func filled(rnd *rand.Rand, v any) {
	s := reflect.ValueOf(v).Elem()
	byName := map[string]domain.Field{}
	for _, f := range domain.FieldsOf(v) {
		byName[f.Name] = f
	}
	fill(rnd, s, byName)
}

func fill(rnd *rand.Rand, s reflect.Value, fields map[string]domain.Field) {
	for i := range s.NumField() {
		at, sf := s.Field(i), s.Type().Field(i)
		if sf.Anonymous {
			fill(rnd, at, fields)
			continue
		}
		switch at.Kind() {
		case reflect.String:
			at.SetString(oneWord(rnd, sf, fields))
		case reflect.Bool:
			at.SetBool(rnd.Intn(2) == 0)
		case reflect.Int:
			at.SetInt(int64(rnd.Intn(200)))
		case reflect.Int32:
			at.SetInt(int64(japan.On(2019, 6, 1)) + int64(rnd.Intn(500)-50))
		case reflect.Slice:
			at.Set(reflect.ValueOf([]string{oneWord(rnd, sf, fields)}))
		case reflect.Pointer:
			if rnd.Intn(2) == 0 {
				at.Set(reflect.New(at.Type().Elem()))
			}
		}
	}
}

func oneWord(rnd *rand.Rand, sf reflect.StructField, fields map[string]domain.Field) string {
	for _, place := range []string{"fact", "sealed", "arg"} {
		tag := sf.Tag.Get(place)
		for name, f := range fields {
			if tag != "" && len(f.List) > 0 && len(tag) > len(name) && tag[:len(name)] == name && (tag[len(name)] == ',' || tag[len(name)] == '?') {
				return f.List[rnd.Intn(len(f.List))]
			}
		}
	}
	return []string{"", "x", "y", "a", "b"}[rnd.Intn(5)]
}

// lived is a random run of accepted commands on a registered stream.
func lived(rnd *rand.Rand, id string) []event {
	world := &given.World{
		Persons:  []domain.PersonNow{{ID: "x", Controller: "31"}, {ID: "a", Controller: "31"}},
		Accounts: []domain.AccountNow{{Actor: given.Desk("x")}},
	}
	p := fold(id, registered())
	var out []event
	for range 40 {
		cmd := person.Aggregate.Commands[1+rnd.Intn(len(person.Aggregate.Commands)-1)].New()
		filled(rnd, cmd)
		v := uint64(1 + len(out))
		events, err := cmd.Decide(p, domain.Intent{
			Command: uuid.NewSHA1(uuid.NameSpaceOID, []byte{byte(len(out))}), Now: time.Date(2019, 6, 1, 2, 0, 0, 0, time.UTC),
			Occurred: japan.On(2019, 6, 1), Actor: given.Desk("ld1", domain.Lead, domain.Privacy), Version: v, Preview: &v, Look: world, Erasing: given.Erasing{},
		})
		if err != nil {
			continue
		}
		for _, ev := range events {
			ev.Apply(p, domain.Envelope{Stream: "person-" + id, Controller: "31", RecordedBy: "ld1", Occurred: japan.On(2019, 6, 1)})
			out = append(out, ev)
		}
	}
	return out
}

func TestRandomCommandsNeverPanicAndRefuseByKey(t *testing.T) {
	accepted := map[string]bool{}
	for seed := range int64(400) {
		rnd := rand.New(rand.NewSource(seed))
		for _, ev := range lived(rnd, "a") {
			accepted[reflect.TypeOf(ev).String()] = true
		}
	}
	require.Greater(t, len(accepted), 15, "random commands reach most events")
}

func TestRandomEventsAndStatesNeverPanic(t *testing.T) {
	for seed := range int64(400) {
		rnd := rand.New(rand.NewSource(seed))
		p, q := person.Aggregate.New(), person.Aggregate.New()
		for range 60 {
			ev := person.Aggregate.Events[rnd.Intn(len(person.Aggregate.Events))].New()
			filled(rnd, ev)
			ev.Apply(p, domain.Envelope{Stream: "person-a", Controller: "31"})
			p, q = q, p
			require.NotEmpty(t, p.Now().State)
			cmd := person.Aggregate.Commands[rnd.Intn(len(person.Aggregate.Commands))].New()
			filled(rnd, cmd)
			in := domain.Intent{Look: &given.World{}, Erasing: given.Erasing{}, Actor: given.Desk("ld1", domain.Lead)}
			requireKey(t, cmd, p, in)
			if both, ok := cmd.(interface {
				DecideBoth(a, b *person.Person, in domain.Intent) ([]event, []event, error)
			}); ok {
				onA, onB, err := both.DecideBoth(p, q, in)
				require.Equal(t, err == nil, len(onA) == 1 && len(onB) == 1)
			}
		}
	}
}

// requireKey demands events or a refusal with a key, and nothing else.
func requireKey(t *testing.T, cmd command, p *person.Person, in domain.Intent) {
	t.Helper()
	if _, pair := cmd.(interface{ Other() string }); pair {
		return
	}
	_, err := cmd.Decide(p, in)
	var r *domain.Refusal
	require.True(t, err == nil || errors.As(err, &r) && r.Key != "", "%T: %v", cmd, err)
}
