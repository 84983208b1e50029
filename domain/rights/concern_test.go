package rights_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/rights"
)

// TestWhomARecordIsAbout: L leads the case, M and N go along, X is somebody else.
func TestWhomARecordIsAbout(t *testing.T) {
	type record struct {
		typ, facts string
		about      string // of L, M, N
	}
	for name, list := range map[string][]record{
		"the lead's own": {
			{"case.opened", `"person":"L"`, "L"}, {"case.closed", ``, "L"}, {"case.document_attached", `"document":"d"`, "L"},
		},
		"who goes along": {{"case.member_added", `"person":"M"`, "M"}, {"case.member_removed", `"person":"M"`, "M"}},
		"a session": {
			{"case.consultation_held", `"attendees":"L,N","consultation":"c1","lead_person":"M"`, "M"},
			{"case.consultation_amended", `"consultation":"c1","field":"note"`, "M"},
			{"case.consultation_held", `"consultation":"c2","lead_person":"L"`, "L"},
		},
		"a session of somebody else, as was found out": {
			{"case.consultation_held", `"consultation":"c1","lead_person":"L"`, "M"},
			{"case.consultation_amended", `"consultation":"c1","field":"lead_person","new":"M"`, "M"},
		},
		"a session that belonged to another case": {
			{"case.consultation_held", `"consultation":"c1","lead_person":"L"`, ""}, {"case.consultation_released", `"consultation":"c1","to_case":"x"`, ""},
		},
		"and came back": {
			{"case.consultation_held", `"consultation":"c1","lead_person":"L"`, "L"}, {"case.consultation_released", `"consultation":"c1","to_case":"x"`, "L"},
			{"case.consultation_received", `"consultation":"c1","from_case":"x","lead_person":"L"`, "L"},
		},
		"a placement": {
			{"case.placement_decided", `"person":"M","placement":"p1"`, "M"}, {"case.placement_confirmed", `"placement":"p1"`, "M"}, {"case.employment_ended", `"placement":"p1"`, "M"},
			{"case.side_job_matched", `"person":"N","side_job":"s1"`, "N"}, {"case.side_job_ended", `"side_job":"s1"`, "N"},
		},
		"a move": {
			{"case.relocation_planned", `"relocation":"r1"`, "LM"}, {"case.moved_in", `"head":"X","movers":"L,M","relocation":"r1"`, "LM"},
			{"case.stay_checked", `"persons":"M","relocation":"r1"`, "M"}, {"case.relocation_confirmed", `"relocation":"r1"`, "LM"},
		},
		"linked cases":   {{"case.linked", `"other_case":"x","relation":"couple"`, ""}, {"case.linked", `"other_case":"x","relation":"same_person_other_desk"`, "L"}},
		"similar people": {{"person.duplicate_suspected", `"other":"X"`, ""}, {"person.absorbed", `"other":"L"`, "L"}, {"person.consent_given", `"consent":"k"`, "L"}},
	} {
		c := rights.Concerns{}
		for _, r := range list {
			c.Learn(r.typ, domain.Facts("{"+r.facts+"}"))
		}
		for _, r := range list {
			got := ""
			for _, id := range []string{"L", "M", "N"} {
				if c.About([]string{id}, "L", r.typ, domain.Facts("{"+r.facts+"}")) {
					got += id
				}
			}
			require.Equal(t, r.about, got, "%s: %s %s", name, r.typ, r.facts)
		}
		if name == "a move" {
			require.Equal(t, "X", c.Head(domain.Facts(`{"relocation":"r1"}`)))
		}
	}
}
