package account_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/account"
	"ayumi/domain/japan"
	"ayumi/tests/given"
)

func emergency(minutes int) account.EmergencyAccessOpened {
	return account.EmergencyAccessOpened{Access: "e1", Person: "p1", Reason: "safety", Minutes: minutes, Words: "安否の確認"}
}

func TestEmergencyAccessIsShortAndOnesOwn(t *testing.T) {
	own := given.Desk("a1")
	ask := func(minutes int) *given.Scene[account.Account] {
		return of(t, staff()).By(own).When(&account.OpenEmergencyAccess{EmergencyAccessOpened: emergency(minutes)})
	}
	whole := emergency(account.LongestAccess)
	ask(account.LongestAccess).ThenState(func(a *account.Account) {
		require.Equal(t, time.Date(2019, 6, 1, 5, 0, 0, 0, time.UTC), a.Accesses["e1"].Until)
	}).Then(&whole)
	ask(account.LongestAccess + 1).Refused("field.range")
	ask(0).Refused("field.range")

	cmd := &account.OpenEmergencyAccess{EmergencyAccessOpened: emergency(30)}
	of(t, staff()).By(given.Desk("co2")).When(cmd).Refused("account.not_allowed")
	of(t, staff(), suspended).By(own).When(cmd).Refused("account.state")
	of(t, staff()).By(own).In(&given.World{}).When(cmd).Refused("entity.unknown")
	elsewhere := emergency(30)
	elsewhere.Person = "p33"
	of(t, staff()).By(own).When(&account.OpenEmergencyAccess{EmergencyAccessOpened: elsewhere}).Refused("entity.unknown")
}

func TestEmergencyAccessIsReviewedByAnother(t *testing.T) {
	access := emergency(30)
	opened := func() *given.Scene[account.Account] {
		return of(t, staff()).GivenBy("a1", japan.On(2019, 6, 1), &access)
	}
	proper := account.EmergencyAccessReviewed{Access: "e1", Result: "proper"}
	review := &account.ReviewEmergencyAccess{EmergencyAccessReviewed: proper}
	privacy := given.Desk("po1", domain.Privacy)
	opened().By(privacy).When(review).
		ThenState(func(a *account.Account) { require.Equal(t, "proper", a.Accesses["e1"].Result) }).Then(&proper)
	opened().By(given.Desk("a1", domain.Privacy)).When(review).Refused("access.same_officer")
	opened().Given(&account.EmergencyAccessReviewed{Access: "e1", Result: "improper"}).By(privacy).When(review).Refused("access.state")
	opened().Given(closed).By(privacy).When(review).Then(&proper)
	of(t, staff()).By(privacy).When(review).Refused("entity.unknown")
}
