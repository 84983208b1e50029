package web

// DuplicatesView lists pairs of records that may be one human being.
type DuplicatesView struct {
	Page
	Heading string
	Tabs    []Tab
	Rows    []DuplicateRow
}

// DuplicateRow is one pair.
type DuplicateRow struct {
	Number, Href string
	Points       string
	Likely       bool
	A, B         PairPerson
	Why          []Chip
	ISO, Since   string
	By           string
	State        Chip
}

// PairPerson is one of the two. Name is "" where it is not shown.
type PairPerson struct{ ID, Name, Reading, Number, Href string }

// DuplicateView is one pair side by side, with what a decision does.
type DuplicateView struct {
	Page
	Heading   string
	State     Chip
	Told      string
	Score     string
	A, B      PairPerson // A goes on where they are merged
	Why       []Pair
	Rows      []SideRow
	Holds     []SideRow
	Keep      []Tab // which record goes on
	Effects   []EffectRow
	Effect    string // where no figure changes
	Undo      bool   // the effect is that of undoing
	Merge     *MergeForm
	Unmerge   *MergeForm
	Dismiss   *MergeForm
	Propose   *MergeForm
	Nobody    string // who acts next, where the reader may not merge
	Proposals []Pair
	History   []HistoryRow
	Errors    *Errors
}

// SideRow is one item of both records, with how they compare.
type SideRow struct {
	Label, A, B string
	Mark        *Chip
}

// EffectRow is one figure before and after.
type EffectRow struct{ Name, Year, Before, After, Change string }

// MergeForm is one act on a pair. Preview is the digest of the effect that is shown,
// Shown the version of the stream it was computed at.
type MergeForm struct {
	Action, CommandID, Preview, Shown, Into string
	Choices                                 []Option // evidence, or the reasons to choose from
	Text                                    string
	Asked                                   string // who proposed
}
