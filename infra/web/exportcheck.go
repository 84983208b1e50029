package web

import (
	"net/http"
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// exportInputs are the places on the forms of files that a field is mended at; what is
// not typed there has none.
var exportInputs = map[string]string{"edition": "edition", "format": "format"}

// exportFaults are the words of an address of a file that mean nothing, by the name
// they have in it. A file is not made of something else than was asked for.
func exportFaults(r *http.Request, q *question) domain.Refusals {
	var out domain.Refusals
	listed := func(name string, list ...string) {
		if value := r.FormValue(name); value != "" && !slices.Contains(list, value) {
			out = append(out, &domain.Refusal{Key: "field.code", Field: name})
		}
	}
	listed("edition", editions...)
	listed("format", formats...)
	listed("lens", "now", "then")
	if until := r.FormValue("until"); until != "" {
		if day, err := japan.ParseDate(until); err != nil || !q.year.Whole().Contains(day) {
			out = append(out, &domain.Refusal{Key: "field.range", Field: "until"})
		}
	}
	if q.version != "" && !q.knowsVersion() {
		out = append(out, &domain.Refusal{Key: "figure.version", Field: "def"})
	}
	return out
}

// knowsVersion tells whether any indicator has the version asked for.
func (q *question) knowsVersion() bool {
	for _, d := range slices.Concat(q.book.All(), q.whole.All()) {
		if d.Version == q.version {
			return true
		}
	}
	return slices.Contains(slices.Concat(q.book.Trials(), q.laterVersions()), q.version)
}
