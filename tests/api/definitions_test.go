package api_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/infra/api"
	"ayumi/tests/flow"
)

// A definition is registered, proposed and approved through the API; figures are
// counted by it at once, at its scope alone.
func TestADefinitionThroughTheAPI(t *testing.T) {
	o := open(t)
	co, an, mg, both := o.Staff("co1", "CO"), o.Staff("an1", "AN"), o.Staff("mg1", "MG"), o.Staff("am1", "AN", "MG")
	_, _, at := candidate(o, co)
	ask := func(path string) *http.Response {
		return o.ask(http.MethodGet, path, nil, "Account", an, "Accept-Language", "en")
	}
	figure := func(scope string, at uint64) api.FigureAnswer {
		return answer[api.FigureAnswer](o, 200, ask(fmt.Sprintf("/figures/C1?period=FY2019&scope=%s&wait_for=%d", scope, at)))
	}
	require.Equal(t, 1, *figure("D-TKY", at).Value)

	book, err := indicator.Shipped()
	require.NoError(t, err)
	d, _ := book.Named("C1", "tot-2019.1")
	d.Version, d.OfficialFrom = "phone", "2019-04-01"
	d.Parameters = maps.Clone(d.Parameters)
	d.Parameters["channels"] = "phone"
	stream := map[string]any{"indicator": "C1@D-TKY"}
	with := func(fields map[string]any) map[string]any { maps.Copy(fields, stream); return fields }

	answer[api.Problem](o, 404, o.command("indicator.propose_version", an, with(d.Proposal("ja"))))
	answer[receipts](o, 200, o.command("indicator.register", an, with(map[string]any{"code": "C1", "scope": "D-TKY", "class": "activity", "name": "就業相談"})))
	stated := with(d.Proposal("ja"))
	stated["definition"] = d.Digest()
	require.Equal(t, "field.unknown", answer[api.Problem](o, 422, o.command("indicator.propose_version", an, stated)).Code, "the digest is made")
	answer[api.Problem](o, 403, o.command("indicator.propose_version", mg, with(d.Proposal("ja"))))
	r := answer[receipts](o, 200, o.command("indicator.propose_version", both, with(d.Proposal("ja"))))
	at = r.Receipts[0].Position
	require.Equal(t, 1, *figure("D-TKY", at).Value, "a proposal does not count")

	list := answer[api.DefinitionList](o, 200, ask(fmt.Sprintf("/definitions?scope=D-TKY&indicator=C1&wait_for=%d", at)))
	require.Equal(t, "shipped", list.Versions[0].State)
	require.True(t, list.Versions[0].InForce)
	require.Equal(t, "proposed", list.Versions[1].State)
	require.Equal(t, d.Digest(), list.Versions[1].Digest)
	require.Equal(t, "phone", list.Versions[1].Parameters["channels"])
	require.Equal(t, both, list.Versions[1].ProposedBy)

	approval := func(digest string, shown int) map[string]any {
		return with(map[string]any{"definition_version": "phone", "definition": digest, "shown_at": shown})
	}
	for want, c := range map[string]struct {
		by   string
		data map[string]any
	}{
		"indicator.same_officer": {both, approval(d.Digest(), 2)},
		"indicator.digest":       {mg, approval(book.All()[0].Digest(), 2)},
		"preview.missing":        {mg, approval(d.Digest(), 1)},
		"account.not_allowed":    {an, approval(d.Digest(), 2)},
	} {
		res := o.command("indicator.approve_version", c.by, c.data)
		require.Equal(t, want, answer[api.Problem](o, res.StatusCode, res).Code)
	}
	r = answer[receipts](o, 200, o.command("indicator.approve_version", mg, approval(d.Digest(), 2)))
	at = r.Receipts[0].Position
	f := figure("D-TKY", at)
	require.Equal(t, 0, *f.Value)
	require.Equal(t, "phone", f.Definition.Version)
	require.False(t, f.Definition.Trial)
	require.Equal(t, 1, *figure("31", at).Value, "another scope")
	old := answer[api.FigureAnswer](o, 200, ask("/figures/C1?period=FY2019&scope=D-TKY&version=tot-2019.1"))
	require.Equal(t, 1, *old.Value)
	require.True(t, old.Definition.Trial)
	diff := answer[api.DifferenceAnswer](o, 200, ask("/figures/C1/difference?period=FY2019&scope=D-TKY&version=tot-2019.1&to_version=phone"))
	require.Equal(t, -1, *diff.Delta)
	require.Equal(t, []string{"definition"}, diff.Basis)

	answer[receipts](o, 200, o.command("indicator.declare_series_break", an, with(map[string]any{"at": "2019-04-01", "kind": "channel", "to_version": "phone", "note": "電話だけに"})))
	require.Equal(t, "scope.unknown", answer[api.Problem](o, 422, ask("/definitions?scope=x")).Code)
	require.Equal(t, "indicator.unknown", answer[api.Problem](o, 404, ask("/definitions?indicator=X9")).Code)
	var schema map[string]any
	raw, err := json.Marshal(answer[map[string]any](o, 200, ask("/schema/definition")))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(raw, &schema))
	require.Equal(t, false, schema["additionalProperties"])
}

// A figure known at a day is counted by the definition approved by then; what was
// approved since is found by name and explains the difference.
func TestAFigureIsCountedByTheDefinitionOfItsDay(t *testing.T) {
	o := open(t)
	co, an, mg := o.Staff("co1", "CO"), o.Staff("an1", "AN"), o.Staff("mg1", "MG")
	candidate(o, co)
	book, err := indicator.Shipped()
	require.NoError(t, err)
	d, _ := book.Named("C1", "tot-2019.1")
	with := func(fields map[string]any) map[string]any { fields["indicator"] = "C1@D-TKY"; return fields }
	var at uint64
	approve := func(on, version, channel string, shown int) {
		d.Version, d.OfficialFrom, d.Parameters = version, "2019-04-01", maps.Clone(d.Parameters)
		d.Parameters["channels"] = channel
		o.now = flow.At(on, 12)
		answer[receipts](o, 200, o.command("indicator.propose_version", an, with(d.Proposal("ja"))))
		r := answer[receipts](o, 200, o.command("indicator.approve_version", mg, with(map[string]any{"definition_version": version, "definition": d.Digest(), "shown_at": shown})))
		at = r.Receipts[0].Position
	}
	o.now = flow.At("2020-06-05", 10)
	answer[receipts](o, 200, o.command("indicator.register", an, with(map[string]any{"code": "C1", "scope": "D-TKY", "class": "activity", "name": "就業相談"})))
	approve("2020-06-05", "phone", "phone", 2)
	approve("2020-06-10", "seen", "in_person", 4)
	o.now = flow.At("2020-06-20", 12)

	ask := func(path, query string) *http.Response {
		return o.ask(http.MethodGet, fmt.Sprintf("/figures/C1%s?period=FY2019&scope=D-TKY&wait_for=%d&%s", path, at, query), nil, "Account", an, "Accept-Language", "en")
	}
	for query, want := range map[string]struct {
		version string
		value   int
		trial   bool
	}{
		"":                                  {"seen", 1, false},
		"known_at=2020-06-04":               {"tot-2019.1", 1, false},
		"known_at=2020-06-09":               {"phone", 0, false},
		"known_at=2020-06-10":               {"seen", 1, false},
		"known_at=2020-06-04&version=phone": {"phone", 0, true},
		"version=phone":                     {"phone", 0, true},
	} {
		f := answer[api.FigureAnswer](o, 200, ask("", query))
		require.Equal(t, want.version, f.Definition.Version, query)
		require.Equal(t, want.value, *f.Value, query)
		require.Equal(t, want.trial, f.Definition.Trial, query)
	}
	answer[api.Problem](o, 422, ask("", "known_at=2020-06-09&version=none"))

	diff := answer[api.DifferenceAnswer](o, 200, ask("/difference", "known_at=2020-06-09"))
	require.Equal(t, []string{"definition"}, diff.Basis)
	require.Equal(t, "phone", diff.From.Definition.Version)
	require.Equal(t, "seen", diff.To.Definition.Version)
	require.Equal(t, 1, *diff.Delta)
	require.Equal(t, [2]any{"definition", 1}, [2]any{diff.Kinds[1].Kind, diff.Kinds[1].Delta})
	diff = answer[api.DifferenceAnswer](o, 200, ask("/difference", "known_at=2020-06-04&to_known_at=2020-06-09"))
	require.Equal(t, -1, *diff.Delta)
	require.Equal(t, []string{"definition"}, diff.Basis)
	require.Empty(t, answer[api.DifferenceAnswer](o, 200, ask("/difference", "known_at=2020-06-04&version=phone")).Basis, "one version named for both")

	// The log says the same as the read model, for decisions too.
	rules := indicator.LogRules{Store: o.Store}
	for day, version := range map[string]string{"2020-06-04": "tot-2019.1", "2020-06-09": "phone", "2020-06-10": "seen"} {
		known, err := japan.ParseDate(day)
		require.NoError(t, err)
		asked := domain.Asked{Indicator: "C1@D-TKY", Period: japan.FiscalYear(2019).Whole(), KnownAt: known}
		counted, err := indicator.CountFor(t.Context(), indicator.LogSource{Store: o.Store}, rules, asked)
		require.NoError(t, err)
		require.Equal(t, version, counted.Version)
		require.True(t, counted.Official)
		asked.Version, asked.Position = "seen", counted.Position
		counted, err = indicator.CountFor(t.Context(), indicator.LogSource{Store: o.Store}, rules, asked)
		require.NoError(t, err)
		require.True(t, counted.Official, "approved since is no trial")
		asked.Version = "tot-2019.1"
		counted, err = indicator.CountFor(t.Context(), indicator.LogSource{Store: o.Store}, rules, asked)
		require.NoError(t, err)
		require.Equal(t, version == "tot-2019.1", counted.Official)
	}
}
