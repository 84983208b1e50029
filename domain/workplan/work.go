package workplan

import (
	"reflect"

	"ayumi/domain"
)

// ProjectSet: a main project with its budget in yen and as printed.
type ProjectSet struct {
	No         int    `fact:"no,int"`
	Name       string `fact:"name,word"`
	BudgetYen  *int   `fact:"budget_yen?,int"`
	BudgetText string `fact:"budget_text?,word"`
	Outline    string `fact:"outline?,word"`
}

func (e *ProjectSet) Apply(s *Sheet, _ domain.Envelope) { s.Projects[e.No], s.Touched = *e, true }

// SetProject writes a project.
type SetProject struct{ ProjectSet }

func (c *SetProject) Decide(s *Sheet, _ domain.Intent) ([]event, error) {
	if c.BudgetYen != nil && *c.BudgetYen < 0 {
		return nil, domain.RefuseField("field.range", "budget_yen")
	}
	return write(c.No, reflect.DeepEqual(s.Projects[c.No], c.ProjectSet), &c.ProjectSet)
}

// InitiativeRecorded: what was done and what came of it, with the figures its
// words speak of.
type InitiativeRecorded struct {
	No      int      `fact:"no,int"`
	Title   string   `fact:"title,word"`
	Result  string   `fact:"result,word"`
	Figures []string `fact:"figures?,ids"`
}

func (e *InitiativeRecorded) Apply(s *Sheet, _ domain.Envelope) {
	s.Initiatives[e.No], s.Touched = *e, true
}

// RecordInitiative writes what was done.
type RecordInitiative struct{ InitiativeRecorded }

func (c *RecordInitiative) Decide(s *Sheet, _ domain.Intent) ([]event, error) {
	return write(c.No, reflect.DeepEqual(s.Initiatives[c.No], c.InitiativeRecorded), &c.InitiativeRecorded)
}

// IssueRecorded: what remains to be solved and the step that follows.
type IssueRecorded struct {
	No       int    `fact:"no,int"`
	Issue    string `fact:"issue,word"`
	NextStep string `fact:"next_step,word"`
}

func (e *IssueRecorded) Apply(s *Sheet, _ domain.Envelope) { s.Issues[e.No], s.Touched = *e, true }

// RecordIssue writes an issue.
type RecordIssue struct{ IssueRecorded }

func (c *RecordIssue) Decide(s *Sheet, _ domain.Intent) ([]event, error) {
	return write(c.No, s.Issues[c.No] == c.IssueRecorded, &c.IssueRecorded)
}
