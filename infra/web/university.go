package web

// UniversitiesView lists the universities with their agreements.
type UniversitiesView struct {
	Page
	Count  string // of those in the newest list that have an agreement
	Figure string // address of the indicator that counts them
	List   string
	Rows   []UniversityRow
	Acts   []CommandForm
	Behind *Warning
}

// UniversityRow is one university.
type UniversityRow struct {
	Href, Name, Kind, Pref string
	Place                  Chip
	Agreement              Chip
	Since                  string
}

// UniversityView is one university.
type UniversityView struct {
	Page
	Heading    string
	State      []Chip
	Behind     *Warning
	Facts      []Pair
	Listed     []Pair
	Agreements []AgreementRow
	Contacts   []ContactRow
	Acts       []CommandForm
	Nobody     string
	History    []HistoryRow
}

// AgreementRow is one agreement, with what may be done with it.
type AgreementRow struct {
	Kind, Since, Until string
	Upgrade, End       *CommandForm
}

// ContactRow is somebody to speak to.
type ContactRow struct {
	Name, Phone, Mail string
	Hidden            bool
	Remove            *CommandForm
}
