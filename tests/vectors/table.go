package vectors

import "testing"

// Vector is one scene of counting.md 13 with what must be counted of it.
type Vector struct {
	Name string
	Run  func(t *testing.T, w World)
}

// Table is every vector; those that are not about counting say what a figure does
// not do.
var Table = []Vector{
	{"T1 same person, two desks", t1SamePersonTwoDesks},
	{"T2 one session, both categories", t2OneSessionBothCategories},
	{"T3 employed and relocated", t3EmployedAndRelocated},
	{"T4 across two years", t4AcrossTwoYears},
	{"T5 household of four", t5HouseholdOfFour},
	{"T6 father first, family later", t6FatherFirstFamilyLater},
	{"T7 out again within a year", t7OutAgainWithinAYear},
	{"T8 correction after publication", t8TestRecordsVoidedAfterPublication},
	{"T9 late record and day boundaries", t9LateRecordAndDayBoundaries},
	{"T10 merge", t10MergeAndUnmerge},
	{"T11 erasure after being counted", t11ErasureChangesNoFigure},
	{"T12 two prefectures, one session", t12TwoPrefecturesOneSession},
	{"T13 transfers", t13Transfers},
	{"T14 students", t14Students},
	{"T15 return for childbirth", t15ReturnForChildbirth},
	{"T16 mail and LINE", t16MailAndLine},
	{"T17 bookings and enquiries", t17BookingsAndEnquiries},
	{"T18 seminar of 40", t18SeminarOfForty},
	{"T19 anonymous", t19Anonymous},
	{"T20 protected", t20ProtectedIsCounted},
	{"T21 consent withdrawn", t21ConsentNeverEntersCounting},
	{"T22 definition revised", t22DefinitionRevisedDuringTheYear},
	{"T23 move inside the prefecture", t23MoveInsideThePrefecture},
	{"T24 consultation after the move", t24ConsultationAfterTheMove},
	{"T25 side job", t25SideJobAndTwoBases},
	{"T26 percentage", t26Percentage},
	{"T27 blank actual", t27BlankActual},
	{"T28 baseline without events", t28BaselineWithoutEvents},
	{"T29 grants", t29GrantsCountNothing},
	{"T30 after hours", t30AfterHours},
	{"clauses of outcomes", outcomeClauses},
	{"clauses of sessions", sessionClauses},
	{"universities of the sheet", universitiesOfTheSheet},
	{"referrals", referrals},
	{"days to the outcome", daysToTheOutcome},
	{"conversion", conversion},
	{"differences of the vectors", differencesOfTheVectors},
	{"differences of shares", differencesOfShares},
	{"the other prefecture's rule", theOtherPrefecturesRuleIsExplained},
}

// Run runs the table in a world.
func Run(t *testing.T, w World) {
	for _, v := range Table {
		t.Run(v.Name, func(t *testing.T) { v.Run(t, w) })
	}
}
