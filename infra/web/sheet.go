package web

// SheetView is the annual work-plan sheet in its official order, with every
// figure numbered and listed beside it.
type SheetView struct {
	Page
	State    []Chip // kind of evaluation, edition
	Note     string // beside the chips: whose words the sentences are
	Finish   string // address to post to, "" where the door is closed
	Sheet    SheetPaper
	Figures  []SheetFigure
	At       string // words: knowledge date of the figures
	Open     []SheetGate
	Versions []Pair
}

// SheetPaper is what is printed.
type SheetPaper struct {
	Title              string
	Unit, Head, Phone  string
	Missions           []string
	Policy             string
	Aims               []string
	Flags              []string // under the plan columns, as printed
	UnitLongTerm       string
	Indicators         []SheetIndicator
	Projects           []SheetProject
	Evaluations        []SheetEvaluation
	InitiativesHeading string
	ResultsHeading     string
	Initiatives        []SheetInitiative
	Issues             []SheetIssue
	Margin             [2]string // top of the paper: sample mark, knowledge date
	Stamp              string
}

// SheetIndicator is one 測定指標. A blank value is blank, never zero.
type SheetIndicator struct {
	Heading, Name, Class                      string
	Baseline, Start, Target, Actual, LongTerm SheetValue
	Plan, OtherPlan, WhyChosen                string
}

// SheetValue is a value with its date. Mark is its number in the list beside
// the sheet, 0 for none; State is "", "warn" or "hand".
type SheetValue struct {
	Text, At  string
	Mark      int
	State     string
	Href      string
	NotFilled bool // blank without a reason
}

// SheetProject is one line of the main projects.
type SheetProject struct {
	No      int
	Name    string
	Outline []string
}

// SheetEvaluation is a mid-year or final evaluation.
type SheetEvaluation struct {
	Heading    string
	Mark, Text string
	Score      string
	Reasons    []string
}

// SheetInitiative is an initiative with its result; Sentences hold the figures.
type SheetInitiative struct {
	Title     string
	Results   []string
	Sentences [][]SheetRun
}

// SheetRun is a piece of a sentence: words, or a numbered figure.
type SheetRun struct {
	Text  string
	Value *SheetValue
}

// SheetIssue is an issue with what will be done about it.
type SheetIssue struct{ Issue, Next string }

// SheetFigure is one figure of the sheet with its state in words.
type SheetFigure struct {
	Mark       int
	Name, At   string
	Value      string
	Chip       Chip
	Href, Note string
}

// SheetGate is something to settle before the sheet is finished.
type SheetGate struct {
	Text string
	Link *Pair
}

// SheetListView is the sheets there are.
type SheetListView struct {
	Page
	Rows []SheetListRow
	New  bool // the visitor may begin one
}

// SheetListRow is one sheet of the list.
type SheetListRow struct {
	Year, Unit, Href string
	Chips            []Chip
}
