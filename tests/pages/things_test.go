package pages_test

import (
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/api"
)

// things are what the log holds of one prefecture and an address can name.
type things struct {
	numbers map[string][]uint64 // of records, by the type of the event; "" is all
	ids     map[string][]string // by the fact that names them, and of streams by category
}

// thingsOf reads them.
func thingsOf(t *testing.T, store domain.EventStore, controller string) *things {
	t.Helper()
	out := &things{map[string][]uint64{}, map[string][]string{}}
	add := func(name, id string) {
		if !slices.Contains(out.ids[name], id) {
			out.ids[name] = append(out.ids[name], id)
		}
	}
	for rec, err := range store.All(t.Context(), 0) {
		require.NoError(t, err)
		var body struct{ Facts map[string]any }
		require.NoError(t, json.Unmarshal(rec.Body, &body))
		category, id := domain.SplitStream(rec.Stream)
		if body.Facts["controller"] != controller || category == "account" {
			continue
		}
		out.numbers[rec.Type] = append(out.numbers[rec.Type], rec.Position)
		out.numbers[""] = append(out.numbers[""], rec.Position)
		add(category, id)
		for name, value := range body.Facts {
			if text, is := value.(string); is && random.MatchString(text) {
				add(name, text)
			}
		}
	}
	return out
}

var random = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}$`)

// numbered are the events that begin what an address names by the number of a
// record, by where the address leads. A new kind of numbered thing stands here
// before its pages are served.
var numbered = map[string][]string{
	"records": {""}, "duplicates": {"person.duplicate_suspected"}, "referrals": {"case.referral_proposed", "partner.inward_made"}, "partner": {"case.referral_proposed", "partner.inward_made"},
	"rights": {"rights.requested", "rights.breach_suspected"}, "volumes": {"volume.opened"}, "universities": {"university.registered"}, "outreach": {"outreach.scheduled"},
	"figures": {"figure.imported"}, "employers": {"employer.registered"}, "households": {"person.household_joined", "case.moved_in"},
}

// named are the ids that stand for a wildcard.
var named = map[string][]string{"id": {"person"}, "person": {"person"}, "task": {"task"}, "booking": {"booking"}, "document": {"document"}, "batch": {"batch"}, "audit": {"audit"}, "stream": {"figure"}}

// words are what a wildcard of a route may stand for: each thing of that kind. All
// others are what everybody knows, a year or the name of a form.
func (th *things) words(t *testing.T, path, name string) (out []string) {
	t.Helper()
	switch {
	case name == "no" && strings.Contains(path, "{no}") || name == "number" && strings.Contains(path, "{number}"):
		first, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(path, api.Prefix), "/"), "/")
		require.Contains(t, numbered, first, "what do the numbers of %s name?", path)
		for _, typ := range numbered[first] {
			for _, n := range th.numbers[typ] {
				out = append(out, strconv.FormatUint(n, 10))
			}
		}
	case name == "position" || name == "no" || name == "number":
		for _, n := range th.numbers[""] {
			out = append(out, strconv.FormatUint(n, 10))
		}
	default:
		for _, kind := range named[name] {
			out = append(out, th.ids[kind]...)
		}
	}
	return out
}

// known are the words of addresses that are no secret.
var known = map[string][]string{
	"fy": {"2019"}, "unit": {"S31", "S33", "TKO"}, "kind": {"pdf", "json"}, "indicator": {"K1", "C1"}, "version": {"v2"}, "edition": {"public", "internal"},
	"act": {"merge", "dismiss", "unmerge", "approve", "publish", "discard", "start", "columns", "undo"}, "scope": {"31", "33"}, "year": {"2019"},
}

// address fills a route; false if the log lacks what it names.
func (th *things) address(t *testing.T, path string, pick func([]string) string) (string, bool) {
	t.Helper()
	whole := true
	out := wildcard.ReplaceAllStringFunc(path, func(w string) string {
		if w == "{$}" {
			return ""
		}
		name := strings.Trim(w, "{}")
		list := known[name]
		if list == nil {
			list = th.words(t, path, name)
		}
		if len(list) == 0 {
			whole = false
			return "none"
		}
		return url.PathEscape(pick(list))
	})
	return out, whole
}
