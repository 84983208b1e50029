package demo_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/gate"
	"ayumi/domain/japan"
	"ayumi/domain/monitor"
)

// held is what holds a year of the demonstration open, as known on a day.
func held(t *testing.T, year japan.FiscalYear, on string) gate.Found {
	t.Helper()
	play(t)
	l := gate.NewLog()
	for rec, err := range desk.Store.All(context.Background(), 0) {
		require.NoError(t, err)
		if rec.Position > known(on) {
			break
		}
		require.NoError(t, l.Take(rec))
	}
	return l.Judge(gate.Question{Controller: "31", Period: year.Whole(), Known: date(on)})
}

// TestWhatHoldsTheYearOpen: on the day of the sheet its actual is still blank; at
// the end of April one pair is suspected, which is merged in May, and the session
// of 20 February that came on 10 April is late (T9).
func TestWhatHoldsTheYearOpen(t *testing.T) {
	require.Equal(t, domain.GatesNow{Unconfirmed: 2, OpenReferrals: 9, Entries: 384, BlankActuals: 1}, held(t, 2019, sheetDay).Counts())
	require.Equal(t, domain.GatesNow{Unconfirmed: 2, Duplicates: 1, OpenReferrals: 7, Late: 1, Entries: 395}, held(t, 2019, "2020-04-30").Counts())
	require.Equal(t, domain.GatesNow{Unconfirmed: 2, OpenReferrals: 7, Late: 1, Entries: 393}, held(t, 2019, later).Counts())
	require.Equal(t, domain.GatesNow{Entries: 59}, held(t, 2018, later).Counts())
	late := held(t, 2019, later).Of(gate.Late)
	require.Equal(t, "2020-02-20", late[0].On.String())
	require.Equal(t, "2020-04-10", japan.DateOf(events[late[0].Position-1].recorded).String())
}

// TestTheCountsAgain counts the same from the bare events, by other means: sets of
// ids that come and go.
func TestTheCountsAgain(t *testing.T) {
	play(t)
	for _, on := range []string{"2019-09-30", "2019-12-31", sheetDay, "2020-04-30", later} {
		outcomes, referrals, entries := map[string]string{}, map[string]bool{}, map[string]bool{}
		pairs, blank := map[string]bool{}, 0
		confirmed := map[string]map[string]bool{}
		for _, e := range events[:known(on)] {
			f := e.facts.Text
			id := f("placement") + f("relocation") + f("referral") + f("consultation")
			inYear := f("occurred_on") >= "2019-04-01" && f("occurred_on") <= "2020-03-31"
			if f("controller") != "31" {
				continue
			}
			switch e.typ {
			case "case.consultation_held", "case.moved_in", "case.employment_started":
				if inYear {
					entries[e.typ+id] = true
				}
				if e.typ != "case.consultation_held" {
					outcomes[id] = f("occurred_on")
				}
			case "case.consultation_voided":
				delete(entries, "case.consultation_held"+id)
			case "case.message_day_logged":
				if inYear {
					entries[f("thread")+f("occurred_on")] = true
				}
			case "case.message_day_voided":
				delete(entries, f("thread")+f("day"))
			case "case.placement_voided", "case.placement_fell_through", "case.relocation_voided":
				delete(outcomes, id)
				delete(entries, "case.employment_started"+id)
				delete(entries, "case.moved_in"+id)
			case "case.placement_confirmed", "case.relocation_confirmed":
				if f("confirms") != "decision" {
					if confirmed[id] == nil {
						confirmed[id] = map[string]bool{}
					}
					confirmed[id][f("confirmation")] = true
				}
			case "case.placement_confirmation_withdrawn", "case.relocation_confirmation_withdrawn":
				delete(confirmed[id], f("confirmation"))
			case "case.referral_proposed":
				referrals[id] = inYear
			case "case.referral_declined", "case.referral_returned", "case.referral_completed", "case.referral_cancelled":
				delete(referrals, id)
			case "person.duplicate_suspected":
				pairs[e.stream+f("other")] = true
			case "person.duplicate_dismissed":
				delete(pairs, e.stream+f("other"))
			case "person.merged":
				delete(pairs, e.stream+f("into"))
				delete(pairs, "person-"+f("into")+strings.TrimPrefix(e.stream, "person-"))
			case "workplan.indicator_placed":
				blank++
			case "workplan.actual_set":
				blank--
			}
		}
		want := domain.GatesNow{Duplicates: len(pairs), BlankActuals: blank, Entries: len(entries)}
		for id, day := range outcomes {
			if day >= "2019-04-01" && day <= "2020-03-31" && len(confirmed[id]) == 0 && date(day).Add(30) < date(on) {
				want.Unconfirmed++
			}
		}
		for _, inYear := range referrals {
			if inYear {
				want.OpenReferrals++
			}
		}
		got := held(t, 2019, on).Counts()
		want.Late = got.Late // held above, and by the vectors
		require.Equal(t, want, got, on)
	}
}

// TestWhatStandsOut: the year of the demonstration as the monitors see it.
func TestWhatStandsOut(t *testing.T) {
	play(t)
	var deeds []monitor.Deed
	for i, e := range events {
		if d, ok := monitor.DeedOf(uint64(i+1), e.typ, e.stream, e.facts.Glance()); ok && d.Controller == "31" {
			deeds = append(deeds, d)
		}
	}
	r := monitor.Watch(deeds, japan.FiscalYear(2019).Whole())
	require.Equal(t, 42, r.Outcomes)
	require.Equal(t, r.Outcomes-held(t, 2019, later).Counts().Unconfirmed, r.Confirmations, "each but the unconfirmed once")
	require.Len(t, r.OneHand, 13, "whom the desk introduced, one counsellor led all the way")
	require.Empty(t, r.Pairs)
	require.Empty(t, r.Bursts)
	require.Len(t, r.GradeC, 1)
	require.Equal(t, 3, r.GradeC[0].Times)
}
