package web

import "ayumi/infra/web/locale"

// ReferralsView is the board of referrals in both directions.
type ReferralsView struct {
	Page
	Directions, Desks []Tab
	Columns           []ReferralColumn
	Record            *CommandForm // takes in what came by letter; its partner is chosen first
	Behind            *Warning
	AsOf              *AsOfBar
	Stream            string // address of the news, "" in the past
}

// ReferralColumn is one stage with its referrals, those that wait longest first.
type ReferralColumn struct {
	Heading, Hint string
	Cards         []ReferralCard
}

// ReferralCard is one referral. Name says why none is shown where Hidden is set.
type ReferralCard struct {
	Direction      Chip
	Name           string
	Hidden         bool
	Number, Person string // of the person, and the address
	Partner, What  string
	Chips          []Chip
	State          Chip
	Wait           *WaitBar
	Due            *Chip
	Ended          string
	Act            Pair
}

// WaitBar is for how long somebody waits, beside the usual time, which is in the
// middle. Width is in per cent.
type WaitBar struct {
	Width int
	Over  bool
	Text  string
}

// ReferralView is the page of one referral.
type ReferralView struct {
	Page
	Heading, Number, Record string // Record is "" for who opens no records
	SharedHeading, Nothing  string
	State                   Chip
	Direction               Chip
	Person                  *PersonLink
	Chips                   []Chip
	Facts                   []Pair
	Told                    []Pair // what an inward one says of the person, once accepted
	Shares                  []SharedView
	History                 []ReferralEvent
	Forms                   []CommandForm
	Letter                  string // address of the introduction paper
	Behind                  *Warning
}

// PersonLink is a person by name and number.
type PersonLink struct{ Name, Number, Href string }

// SharedView is what was told to a partner, word for word.
type SharedView struct {
	ISO, When, Basis, Consent, Fields, Text string
	Flag                                    bool
	State                                   Chip
	Number, Href                            string
}

// ReferralEvent is one step of a referral.
type ReferralEvent struct {
	ISO, When, Title, Facts string
	Text, By                string
	Number, Href            string
}

// ReferView is the form that refers a person, and what it would send.
type ReferView struct {
	Page
	Person            *PersonLink
	Action, CommandID string
	Partners          []OptionGroup
	Purposes, Bases   []Option
	Consents, Fields  []Option
	Officers          []Option // privacy officers, where one has to approve
	Reason, Text, Due string
	Drafted           []string // fields the text was made of
	Chips             []Chip
	Seen              string // names what was shown; only that is sent
	Confidential      bool
	Preview           *ReferPreview
	Errors            *Errors
	NoCase            bool
}

// OptionGroup is options under one heading.
type OptionGroup struct {
	Heading string
	Options []Option
}

// ReferPreview is exactly what the partner would see.
type ReferPreview struct {
	W        *locale.Words
	To, Text string
	Facts    []Pair
	Flag     bool
}
