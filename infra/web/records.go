package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// RightsView lists the data-protection matters of a controller.
type RightsView struct {
	Page
	Tabs    []Tab
	Open    MatterList
	Over    MatterList
	Wishes  []WishRow
	Erasing []WishRow // decided to be erased, not yet ordered
	Ask     *CommandForm
	Breach  *CommandForm
	Terms   []TermRow
	Behind  *Warning
}

// TermRow is one period the controller works by.
type TermRow struct {
	Name, Code, Value, Usual string
	Own                      bool // it is not the usual one
}

// MatterList is a table of matters.
type MatterList struct {
	W     *locale.Words
	Label string
	Rows  []MatterRow
}

// MatterRow is one matter with its next day.
type MatterRow struct {
	Number, Href, Kind, Received string
	Person                       *Pair
	State                        Chip
	Due                          string
	Clock                        Chip
}

// WishRow is a person somebody has to look at, and since when.
type WishRow struct {
	Person     Pair
	On, Record string
	Href       string
	State      Chip
}

// MatterView is one matter.
type MatterView struct {
	Page
	Heading string
	State   []Chip
	Behind  *Warning
	Clock   []Pair
	Due     *Chip
	Facts   []Pair
	Words   []Pair // what was sealed, opened for the matter
	Closed  string // why nothing sealed is shown
	Acts    []CommandForm
	Nobody  string // who acts next, where the reader may not
	Package []Pair // files to download
	Erase   string // address of the erasure that was decided, "" if none waits
	Reports []ReportRow
	History []HistoryRow
}

// ReportRow is one report of a breach.
type ReportRow struct {
	Stage, Due, Made string
	Clock            Chip
}

// VolumesView lists the record volumes of a controller.
type VolumesView struct {
	Page
	Tabs    []Tab
	Rows    []VolumeRow
	Unfiled string // closed cases that lie in no volume; "" if none
	Open    *CommandForm
	Behind  *Warning
}

// VolumeRow is one volume with what comes next.
type VolumeRow struct {
	Number, Href, Title, Year, Cases, Kept, End string
	State, Next                                 Chip
}

// VolumeView is one volume.
type VolumeView struct {
	Page
	Heading  string
	State    []Chip
	Behind   *Warning
	Facts    []Pair
	Steps    []StepRow
	Acts     []CommandForm
	Nobody   string
	Opinions []Pair
	Cases    []Pair
	List     string // address of the list to publish
	Erase    []WishRow
	History  []HistoryRow
}

// StepRow is one condition of a disposal.
type StepRow struct {
	Text    string
	Verdict Chip
}

// FileRegisterView is the entry of the register of files of personal data.
type FileRegisterView struct {
	Page
	Tabs    []Tab
	Heading string
	Verdict Chip
	Persons string
	Lines   []Pair
	Note    string
}

// recordTabs are the pages of rights matters and record volumes.
func recordTabs(w *locale.Words, here string) []Tab {
	return []Tab{
		{w.Rights.Title, "/rights", here == "/rights"}, {w.Rights.Volumes, "/volumes", here == "/volumes"},
		{w.Rights.FileRegister, "/volumes/register", here == "/volumes/register"},
	}
}

// soon is how many days before its last day a period is coloured.
const soon = 7

// dueChip says how far off the last day of a period is.
func dueChip(w *locale.Words, due, today japan.Date) Chip {
	switch left := int(due - today); {
	case left < 0:
		return Chip{"red", "warn", w.Rights.Overdue(-left)}
	case left == 0:
		return Chip{"red", "warn", w.Rights.DueToday}
	case left <= soon:
		return Chip{"yellow", "clock", w.Rights.DaysLeft(left)}
	default:
		return Chip{"blue", "clock", w.Rights.DaysLeft(left)}
	}
}

// terms are those of the visitor's controller.
func (s *Site) terms(v Visitor) domain.Terms { return s.config.Office.Terms(v.Actor.Controller) }

// termRows lists them beside the usual ones.
func (s *Site) termRows(v Visitor) []TermRow {
	w, usual := v.W, domain.UsualTerms().Settings()
	var out []TermRow
	for i, t := range s.terms(v).Settings() {
		out = append(out, TermRow{w.Terms.Names[t.Name], t.Name, w.Terms.Of(t), w.Terms.Of(usual[i]), t != usual[i]})
	}
	return out
}

// historyOf lists what was recorded, newest first.
func historyOf(v Visitor, seen reading, entries []projections.Entry) []HistoryRow {
	var out []HistoryRow
	for i := len(entries) - 1; i >= 0; i-- {
		e := entries[i]
		out = append(out, HistoryRow{Number: recordNumber(e.Position), Href: recordHref(e.Position), What: v.W.Event(e.Type),
			When: v.W.Date(e.From), Who: seen.name(v, e.RecordedBy), Detail: factsInWords(v.W, e)})
	}
	return out
}

// factsInWords are the coded facts of an event in one line.
func factsInWords(w *locale.Words, e projections.Entry) string {
	text := ""
	for _, f := range spoken(e.Type) {
		if said := say(w, f, factText(e.Facts, f)); said != "" {
			if text != "" {
				text += w.Calendar.Comma
			}
			text += w.Field(f.Name) + " " + said
		}
	}
	return text
}

// spoken are the facts of an event type that say something by themselves.
func spoken(typ string) []domain.Field {
	var out []domain.Field
	for _, f := range vocabulary[typ] {
		switch f.Kind {
		case domain.KindID, domain.KindIDs, domain.KindDigest, domain.KindText:
		default:
			if f.Place == domain.InFacts {
				out = append(out, f)
			}
		}
	}
	return out
}

// ofNumber is the thing that an address names by the number of a record, of those that a
// list answers for the visitor's controller.
func ofNumber[T any](r *http.Request, v Visitor, list func(context.Context, string) ([]T, error), is func(T, uint64) bool) (T, error) {
	var none T
	no, err := strconv.ParseUint(r.PathValue("no"), 10, 64)
	if err != nil {
		return none, ErrMissing
	}
	all, err := list(r.Context(), v.Actor.Controller)
	if err != nil {
		return none, missing(err)
	}
	i := slices.IndexFunc(all, func(x T) bool { return is(x, no) })
	if i < 0 {
		return none, ErrMissing
	}
	return all[i], nil
}
