package web

import (
	"ayumi/domain/japan"
	"ayumi/projections"
)

// AgendaView is one week of appointments and of tasks that fall due: of one
// counsellor, or of the desk.
type AgendaView struct {
	Page
	Heading      string
	Behind       *Warning
	Errors       *Errors // of a form whose appointment is no longer in the week
	Notice       string
	AsOf         *AsOfBar
	Whose        []Tab
	Before, Next string // addresses of the weeks beside it
	Now          string // address of this week
	Count        string
	Days         []AgendaDay
	Chosen       *AgendaItem
	Facts        []Pair // of the chosen one
	Record       string // address where its result is recorded
	Acts         []CommandForm
	New          []CommandForm
	More         string // said where the week holds more than is shown
	Feed         string
}

// AgendaDay is one day of the week.
type AgendaDay struct {
	ISO, Date     string
	Holiday       string // its name, which is Japanese
	Today, Closed bool   // Closed: a Saturday, a Sunday or a holiday
	Items         []AgendaItem
}

// AgendaItem is an appointment or a task.
type AgendaItem struct {
	ISO, When string // When is "" for a task: it has a day and no time
	Icon      string
	Person    PersonHit
	What      string
	Chips     []Chip
	State     *Chip // what became of it
	Over      bool
	Chosen    bool
	Href      string
}

// week is what the page of a week is made of.
type week struct {
	*workday
	first japan.Date // Monday
	desk  bool       // of the desk, not of the visitor alone
	item  string     // id of the one chosen
	list  []projections.Engagement
	cut   bool // there are more than were read
}

// monday is the first day of the week of a day.
func monday(day japan.Date) japan.Date { return day.Add(-(int(day.Weekday()) + 6) % 7) }
