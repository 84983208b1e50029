package web

import "html/template"

// IndicatorView is the figures of a fiscal year as they were known at a date.
type IndicatorView struct {
	Page
	Heading        string
	Definitions    bool // the visitor may read how each is defined
	Years, Compare []Option
	AsOf           *AsOfBar
	Trial          *Trial // a definition that is never in force counts
	Trials         []Pair // the ones that can be tried
	Tiles          []Tile
	Charts         []ChartCard
	Months         []string
	Rows           []MonthRow
	More           []MoreRow
	Breaks         []string // series breaks in the years shown and compared
	HowCounted     []Pair
	Exports        []Export
	Drill          *Drill
	Stated         *StatedYears // taken in from documents
}

// Trial says by which definition a page counts that is never in force.
type Trial struct{ Heading, Text, Back string }

// Tile is one indicator: value with unit, what it is compared with, and how it
// stands to the stated figure.
type Tile struct {
	Name, Value, Unit string
	Href              string // its records; every figure has one
	Sample            bool
	Compared          string
	Chip              *Chip
	Stated            string
	Link              *Pair
	Then              *Pair // the page counted to the day that is stated
}

// ChartCard is a drawing with its heading; the table with the same numbers is
// on the page.
type ChartCard struct {
	ID, Heading string
	SVG         template.HTML
	Sample      bool
	Note        string
}

// MonthRow is one line of the month table.
type MonthRow struct {
	Name  string
	Sub   bool // belongs to the row above
	Cells []MonthCell
	Sum   string
}

// MoreRow is a figure without a chart: numerator and denominator of a share stand
// beside it.
type MoreRow struct{ Name, Href, Value, Over, Before string }

// MonthCell is a count, linked to its records where there are any to open.
// Missing says that at this date nothing was known of the month.
type MonthCell struct {
	Value   string
	Href    string
	Current bool
	Missing bool
}

// Export is one file the page can be saved as.
type Export struct{ Text, Href, Icon string }

// Drill is what lies under one number: its parts, its records, and those that
// just missed.
type Drill struct {
	Heading    string
	Leaf       Leaf
	Erased     string // how many of its people are erased
	Bars       []Bar
	Breakdowns []BreakdownTable
	Members    []DrillRow
	Verify     *Pair
	NearMisses []NearMiss
	Long       bool // more than the beginning of a list is shown
}

// DrillRow is one record of a number, without names.
type DrillRow struct{ ISO, When, Text, Number, Href string }

// NearMiss is a clause with how many candidates it kept out.
type NearMiss struct {
	ID, Clause string
	Count      int
	Open       bool
	Leaf       Leaf
	Rows       []DrillRow
}
