package golden_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/account"
	"ayumi/domain/casefile"
	"ayumi/domain/employer"
	"ayumi/domain/figure"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/keys"
	"ayumi/domain/log"
	"ayumi/domain/outreach"
	"ayumi/domain/partner"
	"ayumi/domain/period"
	"ayumi/domain/person"
	"ayumi/domain/reception"
	"ayumi/domain/rights"
	"ayumi/domain/university"
	"ayumi/domain/volume"
	"ayumi/domain/workplan"
	"ayumi/infra/keyring"
	"ayumi/infra/memory"
	"ayumi/tests/example"
	"ayumi/tests/given"
)

// update writes golden files that are missing. An event's form is kept for ever:
// a file that is there is never written again.
var update = flag.Bool("update", false, "write golden files that are missing")

const origin = "golden-log"

// press encodes events the way the program does.
type press struct {
	decider *domain.Decider
	keys    *keyring.Keyring
	store   *memory.Store
}

func newPress(t *testing.T) *press {
	t.Helper()
	keys, err := keyring.Open(t.TempDir(), keyring.Options{Seed: []byte("golden")})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, keys.Close()) })
	p := &press{keys: keys, store: memory.New()}
	p.decider = &domain.Decider{Store: p.store, Keys: keys, Random: keyring.Seeded("golden"), Origin: origin}
	return p
}

// intent states every field of the envelope.
func intent(stream, name string) domain.Intent {
	at := 1030
	return domain.Intent{
		Command: uuid.NewSHA1(uuid.NameSpaceOID, []byte(name)), Actor: given.Desk(given.ID("account")),
		Now: time.Date(2019, 6, 1, 2, 3, 4, 567_000_000, time.UTC), Stream: stream,
		Occurred: japan.On(2019, 6, 1), OccurredTime: &at, Precision: "day", OnBehalfOf: given.ID("asked"),
		Desk: "D-TKY", Controller: "31", Source: "batch", Batch: given.ID("batch"), Cause: given.ID("cause"), Correlation: given.ID("correlation"),
	}
}

// filled is a new event with all its fields stated.
func filled[S any](t *testing.T, form domain.EventType[S]) domain.Event[S] {
	t.Helper()
	ev := form.New()
	require.NoError(t, example.Data(t, example.Fields(domain.FieldsOf(ev))).Fill(ev, uuid.Nil), form.Name)
	for _, f := range domain.FieldsOf(ev) {
		if f.Made && f.Name != "key_commitment" && f.Name != "copy" { // those are made when the event is written
			state(reflect.ValueOf(ev).Elem(), f)
		}
	}
	return ev
}

// state fills a field that a decision makes.
func state(v reflect.Value, f domain.Field) {
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag.Get("fact")
		if name, _, _ := strings.Cut(tag, ","); strings.TrimSuffix(name, "?") != f.Name {
			continue
		}
		value := reflect.ValueOf(example.Value(f))
		if f.Kind == domain.KindDate {
			value = reflect.ValueOf(japan.On(2019, 6, 1))
		}
		if at := v.Field(i); at.Kind() == reflect.Pointer {
			at.Set(reflect.New(at.Type().Elem()))
			at.Elem().Set(value)
		} else {
			at.Set(value)
		}
	}
}

// forget takes the sealed texts out of an event: what a reader of facts gets.
func forget(v reflect.Value) {
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag
		_, sealed := tag.Lookup("sealed")
		_, only := tag.Lookup("arg") // names the owner of a section
		if sealed || only {
			v.Field(i).SetZero()
		} else if v.Type().Field(i).Anonymous {
			forget(v.Field(i))
		}
	}
}

func TestEveryEventKeepsItsWireForm(t *testing.T) {
	p := newPress(t)
	leaves := map[string]string{}
	press1(t, p, log.Aggregate, leaves)
	press1(t, p, person.Aggregate, leaves)
	press1(t, p, casefile.Aggregate, leaves)
	press1(t, p, reception.Aggregate, leaves)
	press1(t, p, outreach.Aggregate, leaves)
	press1(t, p, partner.Aggregate, leaves)
	press1(t, p, employer.Aggregate, leaves)
	press1(t, p, university.Aggregate, leaves)
	press1(t, p, figure.Aggregate, leaves)
	press1(t, p, indicator.Aggregate, leaves)
	press1(t, p, workplan.Aggregate, leaves)
	press1(t, p, period.Aggregate, leaves)
	press1(t, p, rights.Aggregate, leaves)
	press1(t, p, volume.Aggregate, leaves)
	press1(t, p, account.Aggregate, leaves)
	press1(t, p, keys.Aggregate, leaves)
	require.GreaterOrEqual(t, len(leaves), len(events())+1, "a table is not pressed")
	compareLeaves(t, leaves)
}

// press1 encodes one full example of every event type of an aggregate, each in a
// stream of its own, after the event that begins it and those of before.
func press1[S any](t *testing.T, p *press, a *domain.Aggregate[S], leaves map[string]string) {
	for i, form := range a.Events {
		version := fmt.Sprintf("%s.v%d", form.Name, len(form.Upcast)+1)
		id := given.ID(version)
		if a.Category == "log" {
			id = origin
		}
		want := filled(t, form)
		_, err := p.decider.Transact(context.Background(), func(w *domain.Work) error {
			for j, past := range a.Events {
				if (j > 0 || i == 0) && !slices.Contains(before[form.Name], past.Name) {
					continue
				}
				if err := domain.Record(w, a, intent(id, version+" after "+past.Name), filled(t, past)); err != nil {
					return err
				}
			}
			return domain.Record(w, a, intent(id, version), want)
		})
		require.NoError(t, err, form.Name)
		rec := p.last(t)
		require.Equal(t, form.Name, rec.Type)
		compareBody(t, version, rec.Body)
		leaves[version] = hex.EncodeToString(rec.Leaf[:])

		env, got, err := a.Decode(rec)
		require.NoError(t, err)
		require.NotNil(t, env.OccurredTime)
		sealed := texts(t, p, rec)
		require.Equal(t, domain.Seals(want), len(sealed) > 0, form.Name)
		forget(reflect.ValueOf(want).Elem())
		require.Equal(t, want, got, form.Name)
		for old := range form.Upcast {
			stillRead(t, a, fmt.Sprintf("%s.v%d", form.Name, old+1), leaves)
		}
	}
}

// stillRead demands that an older form, as it was pressed then, is read today.
func stillRead[S any](t *testing.T, a *domain.Aggregate[S], version string, leaves map[string]string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("events", version+".json"))
	require.NoError(t, err, "a form that was once released is gone")
	body := bytes.TrimSpace(raw)
	facts, err := domain.FactsOf(body)
	require.NoError(t, err)
	number, _ := facts.Int("version")
	id, err := uuid.Parse(facts.Text("event_id"))
	require.NoError(t, err)
	rec := domain.Recorded{Position: 2, ID: id, Stream: facts.Text("stream"), Version: uint64(number), Type: facts.Text("type"), Body: body}
	_, _, err = a.Decode(rec)
	require.NoError(t, err, version)
	leaf, err := domain.Leaf(body)
	require.NoError(t, err)
	leaves[version] = hex.EncodeToString(leaf[:])
}

func (p *press) last(t *testing.T) (last domain.Recorded) {
	t.Helper()
	for rec, err := range p.store.All(context.Background(), 0) {
		require.NoError(t, err)
		last = rec
	}
	return last
}

// texts opens every sealed section of an event.
func texts(t *testing.T, p *press, rec domain.Recorded) map[string]string {
	t.Helper()
	body, err := domain.ParseBody(rec.Body)
	require.NoError(t, err)
	out := map[string]string{}
	for _, raw := range body.Sealed {
		s, err := domain.ParseSection(raw)
		require.NoError(t, err)
		opened, err := domain.OpenSection(context.Background(), p.keys, origin, rec, s)
		require.NoError(t, err)
		for name, text := range opened {
			require.Equal(t, "見本 "+name, text)
			require.NotContains(t, string(rec.Body), text)
			out[name] = text
		}
	}
	return out
}

func compareBody(t *testing.T, version string, body []byte) {
	t.Helper()
	path := filepath.Join("events", version+".json")
	want, err := os.ReadFile(path)
	if os.IsNotExist(err) && *update {
		require.NoError(t, os.WriteFile(path, append(body, '\n'), 0o644))
		return
	}
	require.NoError(t, err, "go test ./tests/golden -update writes the files of new event types")
	require.Equal(t, string(bytes.TrimSpace(want)), string(body), "the wire form of %s has changed; it is kept for ever: add a version", version)
}

// compareLeaves holds the leaf hashes in one file; -update adds lines, it never
// changes one.
func compareLeaves(t *testing.T, leaves map[string]string) {
	t.Helper()
	raw, err := os.ReadFile("leaves.txt")
	if !*update {
		require.NoError(t, err)
	}
	pinned := map[string]string{}
	for line := range strings.Lines(string(raw)) {
		version, leaf, ok := strings.Cut(strings.TrimSpace(line), " ")
		require.True(t, ok, line)
		pinned[version] = leaf
	}
	var lines []string
	for version, leaf := range leaves {
		if _, have := pinned[version]; *update && !have {
			pinned[version] = leaf
		}
		require.Equal(t, pinned[version], leaf, "leaf of %s", version)
		lines = append(lines, version+" "+leaf)
	}
	require.Len(t, pinned, len(leaves), "a leaf is pinned for an event type that is gone")
	if *update {
		slices.Sort(lines)
		require.NoError(t, os.WriteFile("leaves.txt", []byte(strings.Join(lines, "\n")+"\n"), 0o644))
	}
}
