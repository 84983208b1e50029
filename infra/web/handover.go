package web

// HandoverView is the cases in the hands of one counsellor, to be handed over, and
// the hand-overs that nobody has read yet.
type HandoverView struct {
	Page
	Keeper, Heading string // account whose cases are shown, and how it is called
	Keepers         []Option
	Notice          string
	Behind          *Warning
	Errors          *Errors
	Next, Reasons   []Option
	Common          string
	Rows            []HandoverRow
	Waiting         []HandoverWaiting
}

// HandoverRow is one case that may be handed over.
type HandoverRow struct {
	Case      string
	Person    PersonHit
	ISO, Kept string
	Chosen    bool
	Note      string
}

// HandoverWaiting is a case whose new owner has not read the hand-over.
type HandoverWaiting struct {
	Person       PersonHit
	To, ISO      string
	On, For      string
	Number, Href string
}
