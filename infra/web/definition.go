package web

// DefinitionsView is the rules by which figures are counted, an indicator a line.
type DefinitionsView struct {
	Page
	Scopes []Option
	Rows   []DefinitionRow
}

// DefinitionRow is one indicator at the scope it is counted at.
type DefinitionRow struct {
	ID, Name, Href string
	Version, From  string
	Digest         string
	Chip           Chip
	Text           string
	Others         []DefinitionChip
	Breaks         []string
}

// DefinitionChip is a version named beside another, with its state.
type DefinitionChip struct {
	Name, Href string
	Chip       Chip
}

// DefinitionView is one indicator with its versions side by side.
type DefinitionView struct {
	Page
	Heading  string
	Done     string
	Scopes   []Option
	Code     string
	New      string // address of the editor, "" where it does not open
	Versions []DefinitionVersion
	Columns  []DefinitionColumn
	Rows     []DefinitionCompare
	Breaks   []string
	Targets  []string
}

// DefinitionVersion is one version with its life.
type DefinitionVersion struct {
	Name, Href, From string
	Chip             Chip
	InForce          bool
	Proposed         string
	Decided          string
	Retired, Reason  string
	Digest           string
}

// DefinitionColumn is a version of the table of parameters.
type DefinitionColumn struct {
	Name string
	Chip Chip
}

// DefinitionCompare is a parameter with its value in each version.
type DefinitionCompare struct {
	Label string
	Cells []DefinitionCell
}

// DefinitionCell is a value; Changed: it differs from the first column's.
type DefinitionCell struct {
	Value   string
	Changed bool
}

// DefinitionVersionView is one version with what its approval would change.
type DefinitionVersionView struct {
	Page
	Heading   string
	Done      string
	Version   DefinitionVersion
	Text      string
	Errors    *Errors
	Columns   []DefinitionColumn
	Rows      []DefinitionCompare
	Effect    []string // live values that would change
	Published []Pair   // what was published of the indicator, which does not change
	ShowsDry  bool
	Dry       *DryRunView
	Decide    *DefinitionDecide
	NoDecide  string // why nothing can be decided here
	Retire    *DefinitionDecide
	Indicator Pair
}

// DefinitionDecide is a form that decides on a version.
type DefinitionDecide struct {
	Action, Scope, Digest, ShownAt, CommandID string
	Reason, From                              string
}

// DryRunView is every past year counted by two rules.
type DryRunView struct {
	Rows []DryRunRow
	Unit string
}

// DryRunRow is one fiscal year.
type DryRunRow struct {
	Year, Rule           string
	Before, After, Delta string
	Counts               bool
	Why                  *Pair
}

// DefinitionEditView is the editor of a new version.
type DefinitionEditView struct {
	Page
	Heading, From string
	Action, Scope string
	CommandID     string
	Errors        *Errors
	Version       string
	OfficialFrom  string
	Text          string
	Base          string
	Units, Bases  []Option
	Fields        []ParameterField
	Tried         bool
	Dry           *DryRunView
}

// ParameterField is one parameter of the form. Kind: many, choice, number, date or
// text.
type ParameterField struct {
	Name, Label, Kind, Value string
	Hint                     string // of one that may be left out
	Options                  []Option
}
