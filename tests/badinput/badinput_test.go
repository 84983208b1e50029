package badinput_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/infra/web/locale"
	"ayumi/tests/example"
	"ayumi/tests/flow"
	"ayumi/tests/given"
)

// town is an office with one begun stream of every category.
type town struct {
	*flow.Desk
	streams                    map[string]string
	by                         map[domain.Role]string // an account for each role
	okayama, closed, powerless string
	n                          int
}

var today = flow.At("2020-06-01", 12)

func open(t testing.TB) *town {
	t.Helper()
	w := &town{Desk: flow.Open(t), streams: map[string]string{"log": "test-log"}, by: map[domain.Role]string{}}
	all := w.Staff("all", "CO", "LD", "AN", "MG", "RO", "PO", "AD")
	for _, r := range []domain.Role{domain.Counsellor, domain.Lead, domain.Analyst, domain.Manager, domain.Records, domain.Privacy, domain.Admin} {
		w.by[r] = all
	}
	w.by[domain.Auditor], w.by[domain.System] = w.Staff("au1", "AU"), "system"
	w.Staff("ad2", "AD")
	w.powerless = w.Staff("none")
	w.closed = w.Staff("gone", "CO", "LD", "AN", "MG", "RO", "PO", "AD")
	w.Do(today, all, "account.close", example.Command(w.shape("account.close"), w.closed))
	w.okayama = given.ID("okayama")
	w.Do(today, "system", "account.open", map[string]any{"account": w.okayama, "controller": "33", "kind": "staff", "desk": "D-OKY", "code": "oka", "name": "見本", "kana": "みほん"})
	for _, r := range []string{"CO", "LD", "AN", "MG", "RO", "PO", "AD"} {
		w.Do(today, "system", "account.grant_role", map[string]any{"account": w.okayama, "role": r})
	}
	w.streams["account"] = all
	begin := func(command string, more map[string]any) string {
		shape := w.shape(command)
		shape.Fields = slices.DeleteFunc(slices.Clone(shape.Fields), func(f domain.Field) bool { return f.Optional })
		data := example.Command(shape, "")
		maps.Copy(data, more)
		r := w.Do(today, all, command, data)
		_, id := domain.SplitStream(r[0].Stream)
		return id
	}
	w.streams["person"] = begin("person.register", map[string]any{"anonymous": false, "family": "見本", "search": "s1"})
	w.streams["case"] = begin("case.open", map[string]any{"person": w.streams["person"], "new_episode": false, "target_pref": "31"})
	w.streams["outreach"] = begin("outreach.schedule", nil)
	w.streams["partner"] = begin("partner.register", nil)
	w.streams["employer"] = begin("employer.register", map[string]any{"name": "見本商事", "kind": "corporation", "pref": "31", "lg_code": "312011"})
	w.streams["university"] = begin("university.register", nil)
	w.streams["reception"] = begin("reception.open_year", map[string]any{"stream": "TKC.2020", "fy": 2020})
	w.streams["figure"] = begin("figure.import", nil)
	w.streams["indicator"] = begin("indicator.register", map[string]any{"stream": "K1@D-TKY", "code": "K1"})
	w.streams["workplan"] = begin("workplan.draft", map[string]any{"stream": "u1.2020.x", "fy": 2020})
	w.streams["rights"] = begin("rights.request", map[string]any{"person": w.streams["person"]})
	w.streams["volume"] = begin("volume.open", map[string]any{"fy": 2020})
	w.streams["period"] = begin("period.open", map[string]any{"stream": "31.2020", "fy": 2020})
	return w
}

func (w *town) shape(name string) domain.Shape {
	for _, s := range w.Office.Shapes() {
		if s.Name == name {
			return s
		}
	}
	require.FailNow(w.T, "no command "+name)
	return domain.Shape{}
}

// good is valid data of a command on a stream that has begun.
func (w *town) good(shape domain.Shape) map[string]any {
	category, _, _ := strings.Cut(shape.Name, ".")
	if shape.Creates {
		return example.Command(shape, "")
	}
	return example.Command(shape, w.streams[category])
}

func (w *town) who(shape domain.Shape) string {
	for _, r := range shape.Roles {
		if by, ok := w.by[r]; ok {
			return by
		}
	}
	require.FailNow(w.T, "nobody may give "+shape.Name)
	return ""
}

func (w *town) head() uint64 {
	head, err := w.Store.Head(context.Background())
	require.NoError(w.T, err)
	return head.Position
}

// try gives a command as bytes.
func (w *town) try(shape domain.Shape, by string, raw []byte) error {
	data, err := domain.ParseData(raw)
	if err != nil {
		return err
	}
	w.n++
	id := uuid.NewSHA1(uuid.NameSpaceOID, []byte{byte(w.n >> 16), byte(w.n >> 8), byte(w.n)})
	_, err = w.Office.Do(context.Background(), office.Request{Command: shape.Name, ID: id, By: by, At: today, Data: data})
	return err
}

// refusals takes an error apart; anything but refusals fails the test.
func refusals(t *testing.T, err error, what string) []*domain.Refusal {
	t.Helper()
	var all domain.Refusals
	if errors.As(err, &all) {
		return all
	}
	var one *domain.Refusal
	require.ErrorAs(t, err, &one, what)
	return []*domain.Refusal{one}
}

// sayable demands a sentence of its own in each language that names the field.
func sayable(t *testing.T, r *domain.Refusal) {
	t.Helper()
	for _, l := range []locale.Language{locale.Japanese, locale.English} {
		words := locale.In(l)
		require.True(t, words.HasRefusal(r.Key), "%s in %s", r.Key, l)
		require.NotContains(t, words.Refusal(r.Key, r.Field, r.Args), "{", r.Key)
	}
}

func TestEveryCommandRefusesBadInput(t *testing.T) {
	w := open(t)
	before, tried := w.head(), 0
	for _, shape := range w.Office.Shapes() {
		by := w.who(shape)
		for _, a := range attempts(shape, w.good(shape)) {
			tried++
			what := shape.Name + " " + a.what
			list := refusals(t, w.try(shape, by, a.raw), what)
			found := false
			for _, r := range list {
				sayable(t, r)
				found = found || (r.Key == a.key && (a.field == "" || r.Field == a.field || strings.HasPrefix(a.field, r.Field)))
			}
			require.True(t, found, "%s: want %s (%s), got %v", what, a.key, a.field, domain.Refusals(list))
			require.Equal(t, before, w.head(), what)
		}
	}
	t.Logf("%d bad commands", tried)
	require.Greater(t, tried, 5000)
}

// Wording is kept as it was typed, however it looks: it is escaped where it is
// shown. No wording makes a decision fall over.
func TestHostileWordingHarmsNothing(t *testing.T) {
	w := open(t)
	before := w.head()
	for _, shape := range w.Office.Shapes() {
		for _, s := range []string{hostile[0], hostile[1], hostile[2], "{{.}}", "=cmd|' /C calc'!A0", "髙\u3000橋", "line\nline"} {
			data := w.good(shape)
			for _, f := range shape.Fields {
				if f.Made || (f.Kind != domain.KindText && f.Kind != domain.KindWord) {
					continue
				}
				if data[f.Name] = s; f.Each {
					data[f.Name] = map[string]string{given.ID("mover"): s}
				}
			}
			_, err := w.Office.Propose(context.Background(), office.Request{Command: shape.Name, ID: uuid.New(), By: w.who(shape), At: today, Data: example.Data(t, data)})
			if err != nil {
				for _, r := range refusals(t, err, shape.Name) {
					sayable(t, r)
				}
			}
		}
	}
	require.Equal(t, before, w.head())
}

func TestNothingButAnObjectIsACommand(t *testing.T) {
	w := open(t)
	before := w.head()
	shape := w.shape("case.add_note")
	for _, raw := range []string{"", " ", "null", "7", `"x"`, "[]", "{", "}", "{}{}", `{"a":}`, `{"a":1,}`, `{a:1}`, "\xff\xfe", "{\"a\"\x00:1}",
		strings.Repeat(`{"a":`, 20_000), `{"a":` + strings.Repeat("[", 12_000) + strings.Repeat("]", 12_000) + "}"} {
		r := refusals(t, w.try(shape, w.who(shape), []byte(raw)), raw[:min(20, len(raw))])
		require.Equal(t, "data.not_object", r[0].Key)
		sayable(t, r[0])
	}
	r := refusals(t, w.try(shape, w.who(shape), []byte(`{"text":"`+strings.Repeat("x", domain.MaxData)+`"}`)), "large")
	require.Equal(t, "data.too_large", r[0].Key)
	require.Equal(t, before, w.head())
}

func TestWhoMayNotIsRefused(t *testing.T) {
	w := open(t)
	before := w.head()
	for _, shape := range w.Office.Shapes() {
		good := plain(w.good(shape))
		for what, by := range map[string]string{"closed": w.closed, "powerless": w.powerless, "unknown": given.ID("nobody"), "none": "", "hostile": "../x"} {
			r := refusals(t, w.try(shape, by, good), shape.Name+" by "+what)
			require.Equal(t, "account.not_allowed", r[0].Key, shape.Name+" by "+what)
		}
		category, _, _ := strings.Cut(shape.Name, ".")
		if !shape.Creates && category != "log" && category != "reception" {
			r := refusals(t, w.try(shape, w.okayama, good), shape.Name+" from Okayama")
			require.Contains(t, []string{"controller.mismatch", "account.not_allowed"}, r[0].Key, shape.Name)
		}
		data := w.good(shape)
		data["occurred_on"] = "2020-06-02"
		if err := w.try(shape, w.who(shape), plain(data)); shape.Name != "log.begin" {
			r := refusals(t, err, shape.Name+" tomorrow")
			require.Equal(t, "date.in_future", r[0].Key, shape.Name)
			require.Equal(t, "occurred_on", r[0].Field)
		}
	}
	for _, r := range []string{"account.not_allowed", "controller.mismatch", "date.in_future"} {
		sayable(t, domain.Refuse(r))
	}
	require.Equal(t, before, w.head())
}
