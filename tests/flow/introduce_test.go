package flow_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/tests/flow"
)

// offer registers an employer with one vacancy and answers both ids.
func offer(d *flow.Desk, firm map[string]any) (employer, vacancy string) {
	fields := map[string]any{"kind": "corporation", "industry": "E", "pref": "31", "lg_code": "312011", "size_band": "u100", "name": "見本製作所"}
	for k, v := range firm {
		fields[k] = v
	}
	if firm["kind"] == "sole_proprietor" {
		delete(fields, "name")
	}
	r := d.Do(flow.At("2019-06-01", 9), "co1", "employer.register", fields)
	_, employer = domain.SplitStream(r[0].Stream)
	vacancy = "11111111-2222-4333-8444-555555555555"
	d.Do(flow.At("2019-06-01", 9), "co1", "employer.open_vacancy", map[string]any{"employer": employer, "vacancy": vacancy, "from": "direct", "occupation": "engineering", "contract": "indefinite",
		"side_job": false, "remote": false, "grant_eligible": true, "workplace_lg": "312029", "posts": 2, "valid_until": "2019-08-31", "title": "生産技術"})
	return employer, vacancy
}

func TestAnIntroductionTakesWhatTheVacancyStates(t *testing.T) {
	d := flow.Open(t)
	d.Staff("co1", "CO")
	person := register(d, "見本")
	file := begin(d, person)
	employer, vacancy := offer(d, nil)
	ask := map[string]any{"case": file, "person": person, "employer": employer, "vacancy": vacancy}
	try := func(at time.Time, more map[string]any) error {
		fields := map[string]any{}
		for _, part := range []map[string]any{ask, more} {
			for k, v := range part {
				fields[k] = v
			}
		}
		_, err := d.Try(at, "co1", "case.introduce_candidate", fields)
		return err
	}
	june := flow.At("2019-06-03", 10)
	before := head(d)
	require.Equal(t, "consent.missing", refused(t, try(june, nil)))
	require.Equal(t, "field.required", refused(t, try(june, map[string]any{"agrees": true})))
	said := map[string]any{"agrees": true, "evidence_ref": "窓口で口頭"}
	require.Equal(t, "jobseeker.not_registered", refused(t, try(june, said)))
	require.Empty(t, types(d, before), "no consent is left where the introduction is refused")

	d.Do(june, "co1", "case.register_jobseeker", map[string]any{"case": file, "valid_until": "2019-12-31", "number": "求-1"})
	require.Equal(t, "entity.unknown", refused(t, try(june, map[string]any{"vacancy": "11111111-2222-4333-8444-000000000000", "agrees": true, "evidence_ref": "x"})))
	before = head(d)
	require.NoError(t, try(june, said))
	require.Equal(t, []string{"person.consent_given", "case.job_introduced"}, types(d, before))
	owner, texts := newest(d, file, "case.job_introduced")
	require.Equal(t, person, owner)
	require.Equal(t, map[string]string{"employer": "見本製作所", "vacancy": "生産技術", "job_number": "J-1111111122"}, texts)

	before = head(d)
	require.NoError(t, try(flow.At("2019-08-31", 10), nil), "the consent holds, on the last day of the offer")
	require.Equal(t, []string{"case.job_introduced"}, types(d, before))
	require.Equal(t, "vacancy.state", refused(t, try(flow.At("2019-09-01", 10), nil)))
	d.Do(flow.At("2019-09-02", 9), "co1", "employer.end", map[string]any{"employer": employer, "reason": "closed_down"})
	require.Equal(t, "employer.state", refused(t, try(flow.At("2019-09-02", 10), nil)))
}

// A sole proprietor's name goes from seal to seal.
func TestASoleProprietorIsNamedInTheIntroduction(t *testing.T) {
	d := flow.Open(t)
	d.Staff("co1", "CO")
	person := register(d, "見本")
	file := begin(d, person)
	employer, vacancy := offer(d, map[string]any{"kind": "sole_proprietor", "proprietor": "架空 花子"})
	june := flow.At("2019-06-03", 10)
	d.Do(june, "co1", "case.register_jobseeker", map[string]any{"case": file, "valid_until": "2019-12-31"})
	fields := map[string]any{"case": file, "person": person, "employer": employer, "vacancy": vacancy, "agrees": true, "evidence_ref": "電話"}
	d.Do(june, "co1", "case.introduce_candidate", fields)
	_, texts := newest(d, file, "case.job_introduced")
	require.Equal(t, "架空 花子", texts["employer"])
}
