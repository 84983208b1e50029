package web

// AuditsView lists the audits of a fiscal year.
type AuditsView struct {
	Page
	Heading string
	Years   []Option
	Begun   bool
	Closing string // address of the closing of the year
	Back    string // the same, for who may open it
	Rows    []AuditsRow
	Open    *CommandForm // who may open one
}

// AuditsRow is one audit of the list.
type AuditsRow struct {
	Kind, Href, Scope            string
	State                        Chip
	Opened, By                   string
	Samples, Findings, Unsettled string
	Due                          string // the first day by which a measure is to be reported
}

// AuditFileView is one audit with everything in it.
type AuditFileView struct {
	Page
	Heading string
	State   Chip
	Printed string
	Facts   []FigureFact
	Engage  *CommandForm

	Samples  []SampleView
	Draw     *CommandForm
	Evidence []EvidenceRow
	Request  *CommandForm
	Issue    *CommandForm

	Findings []GradedFindings
	Find     *CommandForm
	FindWho  bool // an auditor who is not engaged
	Close    *CommandForm
	History  []HistoryRow
}

// SampleView is one sample with the records drawn.
type SampleView struct {
	Heading string
	Facts   []FigureFact
	Same    Chip
	Risk    bool
	Recipe  string
	Table   string
	Rows    []SampledRow
}

// SampledRow is one record drawn, without names.
type SampledRow struct {
	Order string
	AuditRow
}

// EvidenceRow is what was asked for, with what was issued.
type EvidenceRow struct {
	Item, Text, Asked string
	Issued            []EvidencePack
}

// EvidencePack is one pack that was handed over.
type EvidencePack struct{ Text, Digest, Position string }

// GradedFindings are the findings of one grade.
type GradedFindings struct {
	ID, Grade string
	Rows      []FindingView
}

// FindingView is one finding with its measures.
type FindingView struct {
	ID, Text, Recorded string
	Figure             *Pair
	Due                string
	State              Chip
	Measures           []MeasureRow
	Answer             *CommandForm
}

// MeasureRow is one measure as it was reported.
type MeasureRow struct{ Text, Reported string }
