package casefile

import "ayumi/domain/japan"

// GrantRule is one version of a relocation grant's rule. It is chosen by the day
// of the move-in, never by the day of application or entry (handbook.md 3.6).
// Amounts are upper limits in yen; the municipality decides and pays.
type GrantRule struct {
	Scheme, Version string
	From            japan.Date // first move-in day; to the day before the next version
	Household       int
	Single          int
	PerChild        int // for each child under 18 of a household
}

// The schemes: the national grant (移住支援金), and the prefecture's own, which
// adds nothing per child before FY2023 (counting.md T29).
const (
	NationalGrant = "iju_national"
	TottoriGrant  = "iju_tottori"
)

var grantRules = []GrantRule{
	{NationalGrant, "FY2019", japan.On(2019, 4, 1), 1_000_000, 600_000, 0},
	{NationalGrant, "FY2022", japan.On(2022, 4, 1), 1_000_000, 600_000, 300_000},
	{NationalGrant, "FY2023", japan.On(2023, 4, 1), 1_000_000, 600_000, 1_000_000},
	{TottoriGrant, "FY2019", japan.On(2019, 4, 1), 1_000_000, 600_000, 0},
	{TottoriGrant, "FY2022", japan.On(2022, 4, 1), 1_000_000, 600_000, 0},
	{TottoriGrant, "FY2023", japan.On(2023, 4, 1), 1_000_000, 600_000, 1_000_000},
}

// GrantRuleOn answers the rule of a scheme in force for a move-in on a day.
func GrantRuleOn(scheme string, movein japan.Date) (GrantRule, bool) {
	var found GrantRule
	for _, r := range grantRules {
		if r.Scheme == scheme && r.From <= movein && r.From > found.From {
			found = r
		}
	}
	return found, found.Scheme != ""
}

// Amount answers the grant in yen for a household of so many persons, of whom
// so many are children under 18. Who counts is who had moved in at application:
// later members do not raise it.
func (r GrantRule) Amount(persons, children int) int {
	if persons < 2 {
		return r.Single
	}
	return r.Household + children*r.PerChild
}

const (
	fullReturn = "full"
	halfReturn = "half"
)

// LeavingReturn answers what is owed back by who applied on one day and left
// the municipality on another: all within three years, half within five, and
// nothing, "", after that.
func LeavingReturn(applied, left japan.Date) string {
	switch {
	case left < applied.AddMonths(3*12):
		return fullReturn
	case left < applied.AddMonths(5*12):
		return halfReturn
	}
	return ""
}

// QuittingReturn answers what is owed back by who gave up the job: all within
// one year of the application.
func QuittingReturn(applied, quit japan.Date) string {
	if quit <= applied.AddMonths(12) {
		return fullReturn
	}
	return ""
}

func schemeKnown(scheme string) bool {
	for _, r := range grantRules {
		if r.Scheme == scheme {
			return true
		}
	}
	return false
}
