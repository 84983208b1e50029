package workplan

import (
	"reflect"

	"ayumi/domain"
)

// IndicatorPlaced: an indicator on the sheet; Indicator names the counted one it
// stands for (K1@D-TKY), if any.
type IndicatorPlaced struct {
	No        int    `fact:"no,int"`
	Indicator string `fact:"indicator?,token"`
	Name      string `fact:"name,word"`
	Class     string `fact:"class?,code=indicator_class"`
}

func (e *IndicatorPlaced) Apply(s *Sheet, _ domain.Envelope) {
	s.indicator(e.No).IndicatorPlaced = *e
	s.Touched = true
}

// ValueSet: the baseline, start, target or long-term value as printed, with its
// point in time. The value may stand in words only.
type ValueSet struct {
	No         int    `fact:"no,int"`
	Field      string `fact:"field,code=baseline|start|target|long_term"`
	Comparator string `fact:"comparator?,code"`
	Value      *int   `fact:"value?,int"`
	Unit       string `fact:"unit?,word"`
	Text       string `fact:"text?,word"`
	At         string `fact:"at?,token"`
	AtText     string `fact:"at_text?,word"`
}

func (e *ValueSet) Apply(s *Sheet, _ domain.Envelope) {
	s.indicator(e.No).Values[e.Field] = e
	s.Touched = true
}

// ActualSet: the year's actual as an edition of a figure, or why it is absent.
type ActualSet struct {
	No           int    `fact:"no,int"`
	Figure       string `fact:"figure?,id"`
	Edition      *int   `fact:"edition?,int"`
	AbsentReason string `fact:"absent_reason?,code"`
	Text         string `fact:"text?,word"`
}

func (e *ActualSet) Apply(s *Sheet, _ domain.Envelope) {
	s.indicator(e.No).Actual = e
	s.Touched = true
}

// Indicator is one indicator with its values by field. Actual is nil until the
// sheet says something about it.
type Indicator struct {
	IndicatorPlaced
	Values map[string]*ValueSet
	Actual *ActualSet
}

// indicator answers the indicator of a number, an empty one at first.
func (s *Sheet) indicator(no int) *Indicator {
	if s.Indicators[no] == nil {
		s.Indicators[no] = &Indicator{Values: map[string]*ValueSet{}}
	}
	return s.Indicators[no]
}

// PlaceIndicator puts an indicator on the sheet.
type PlaceIndicator struct{ IndicatorPlaced }

func (c *PlaceIndicator) Decide(s *Sheet, _ domain.Intent) ([]event, error) {
	was := s.Indicators[c.No]
	return write(c.No, was != nil && was.IndicatorPlaced == c.IndicatorPlaced, &c.IndicatorPlaced)
}

// SetValue writes a baseline, start, target or long-term value.
type SetValue struct{ ValueSet }

func (c *SetValue) Decide(s *Sheet, _ domain.Intent) ([]event, error) {
	i := s.Indicators[c.No]
	switch {
	case i == nil:
		return nil, domain.RefuseField("entity.unknown", "no")
	case c.Value == nil && c.Text == "":
		return nil, domain.RefuseField("workplan.target", "value")
	case c.Value == nil && c.Comparator != "" && c.Comparator != "text":
		return nil, domain.RefuseField("workplan.target", "value")
	}
	return write(c.No, reflect.DeepEqual(i.Values[c.Field], &c.ValueSet), &c.ValueSet)
}

// SetActual writes the actual, or why there is none.
type SetActual struct{ ActualSet }

func (c *SetActual) Decide(s *Sheet, _ domain.Intent) ([]event, error) {
	i := s.Indicators[c.No]
	switch {
	case i == nil:
		return nil, domain.RefuseField("entity.unknown", "no")
	case c.Figure == "" && c.AbsentReason == "":
		return nil, domain.RefuseField("workplan.blank_actual", "absent_reason")
	case c.Figure != "" && c.AbsentReason != "":
		return nil, domain.RefuseField("workplan.actual_twice", "absent_reason")
	case (c.Figure == "") != (c.Edition == nil):
		return nil, domain.RefuseField("field.required", "edition")
	}
	return write(c.No, reflect.DeepEqual(i.Actual, &c.ActualSet), &c.ActualSet)
}
