package api_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/api"
	"ayumi/tests/flow"
)

// Employers and vacancies as programs read them: what is public of them, and only for
// those who work with them.
func TestEmployersThroughTheAPI(t *testing.T) {
	o := open(t)
	co, an := o.Staff("co1", "CO"), o.Staff("an1", "AN")
	at := flow.At("2020-05-20", 11)
	register := func(fields map[string]any) string {
		all := map[string]any{"industry": "E", "pref": "31", "lg_code": "312011", "size_band": "u100"}
		for k, v := range fields {
			all[k] = v
		}
		_, id := domain.SplitStream(o.Do(at, "co1", "employer.register", all)[0].Stream)
		return id
	}
	firm := register(map[string]any{"kind": "corporation", "name": "見本製作所"})
	register(map[string]any{"kind": "sole_proprietor", "proprietor": "架空 花子"})
	vacancy := "11111111-2222-4333-8444-555555555555"
	last := o.Do(at, "co1", "employer.open_vacancy", map[string]any{"employer": firm, "vacancy": vacancy, "from": "direct", "occupation": "engineering", "contract": "indefinite", "side_job": false, "remote": true,
		"grant_eligible": true, "workplace_lg": "312029", "posts": 2, "valid_until": "2099-03-31", "title": "生産技術"})[0].Position
	path := fmt.Sprintf("/employers?wait_for=%d", last)
	all := answer[api.EmployersAnswer](o, 200, o.ask("GET", path, nil, "Account", co))
	require.Len(t, all.Employers, 2)
	require.Equal(t, "見本製作所", all.Employers[0].Name)
	require.Equal(t, firm, all.Employers[0].ID)
	require.Empty(t, all.Employers[1].Name, "a sole proprietor's name lies sealed")
	require.Equal(t, []api.VacancyOne{{Number: "J-1111111122", ID: vacancy, Title: "生産技術", From: "direct", Occupation: "engineering", Contract: "indefinite", WorkplaceLG: "312029", Posts: 2, Remote: true, GrantEligible: true,
		OpenedOn: "2020-05-20", ValidUntil: "2099-03-31", Offered: true}}, all.Employers[0].Vacancies)
	offering := answer[api.EmployersAnswer](o, 200, o.ask("GET", path+"&offering=true", nil, "Account", co))
	require.Len(t, offering.Employers, 1)
	require.Equal(t, 403, o.ask("GET", path, nil, "Account", an).StatusCode)
}
