package person_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/person"
	"ayumi/tests/given"
)

var shown = strings.Repeat("ab", 32)

func order(ground string) *person.OrderErasure {
	return &person.OrderErasure{ErasureOrdered: person.ErasureOrdered{Ground: ground, Rights: given.ID("rights"), Preview: shown, FiguresChecked: 3}}
}

var asShown = given.Erasing{Grounds: true, Figures: domain.FiguresNow{Digest: shown, Figures: 3}}

func TestAnErasureIsOrderedOnAGroundAndWithItsFigures(t *testing.T) {
	who := func(e given.Erasing) *given.Scene[person.Person] {
		return given.Stream(t, person.Aggregate, given.ID("p")).By(given.Desk("po1", domain.Privacy)).Erasing(e).Given(registered())
	}
	who(asShown).When(order("suspension_decision")).Then(&order("suspension_decision").ErasureOrdered)
	who(given.Erasing{Figures: asShown.Figures}).When(order("suspension_decision")).Refused("erasure.no_ground")
	who(given.Erasing{Figures: asShown.Figures}).When(order("retention_end")).Refused("erasure.no_ground")
	who(given.Erasing{Figures: asShown.Figures}).When(order("voluntary_after_check")).Then(&order("voluntary_after_check").ErasureOrdered)
	for _, kept := range []given.Erasing{{Held: true, Grounds: true, Figures: asShown.Figures}, {Retained: true, Figures: asShown.Figures}} {
		who(kept).When(order("voluntary_after_check")).Refused("erasure.hold")
	}
	who(given.Erasing{Held: true, Grounds: true, Figures: asShown.Figures}).When(order("suspension_decision")).Refused("erasure.hold")
	who(given.Erasing{Retained: true, Grounds: true, Figures: asShown.Figures}).When(order("suspension_decision")).Then(&order("suspension_decision").ErasureOrdered)
	for _, other := range []domain.FiguresNow{{Digest: shown, Figures: 3, Changed: 1}, {Digest: strings.Repeat("cd", 32), Figures: 3}, {Digest: shown, Figures: 4}} {
		who(given.Erasing{Grounds: true, Figures: other}).When(order("suspension_decision")).Refused("erasure.figures")
	}
	hold := &person.UseRestricted{Restriction: given.ID("r"), Ground: "legal_hold", Scope: []string{"all"}}
	given.Stream(t, person.Aggregate, given.ID("p")).By(given.Desk("po1", domain.Privacy)).Erasing(asShown).Given(registered(), hold).When(order("suspension_decision")).Refused("erasure.hold")
	given.Stream(t, person.Aggregate, given.ID("p")).By(given.Desk("po1", domain.Privacy)).Erasing(asShown).
		Given(registered(), hold, &person.RestrictionLifted{Restriction: given.ID("r"), Reason: "over"}).
		When(order("suspension_decision")).Then(&order("suspension_decision").ErasureOrdered)
}

func TestWhoIsErasedStaysErased(t *testing.T) {
	gone := &person.Erased{KeyCommitment: shown, Sections: 4, BackupsClearOn: japan.On(2023, 10, 30), Epoch: 7}
	erase := &person.Erase{Erased: *gone}
	s := func(events ...domain.Event[person.Person]) *given.Scene[person.Person] {
		return given.Stream(t, person.Aggregate, given.ID("p")).By(domain.SystemActor("31")).Erasing(asShown).Given(events...)
	}
	s(registered()).When(erase).Refused("erasure.not_ordered")
	ordered := &order("suspension_decision").ErasureOrdered
	s(registered(), ordered).When(erase).ThenState(func(p *person.Person) {
		require.Equal(t, "erased", p.State())
		require.Equal(t, *gone, p.Erasure.Done)
	}).Then(gone)
	s(registered(), ordered, gone).When(erase).Nothing()
	s(registered(), ordered).When(order("suspension_decision")).Refused("person.is_erased")
	s(registered(), ordered, gone).When(order("suspension_decision")).Refused("person.is_erased")
	s(registered(), ordered).When(&person.ChangeName{NameChanged: person.NameChanged{NameKind: "legal", Name: person.Name{Family: "x"}}}).Refused("person.is_erased")
}
