package indicator

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Parameters are those of counting.md 4, each a fact of its own. One that does not
// apply to the rule is absent; which apply, and with which values, is the rule's to
// say (Book.Sound).
type Parameters struct {
	Channels            []string   `fact:"channels?,tokens"` // codes of channels, or all
	Categories          []string   `fact:"categories?,codes=category"`
	JobMap              []string   `fact:"job_map?,codes=category"`
	RelocationMap       []string   `fact:"relocation_map?,codes=category"`
	EventChannels       []string   `fact:"event_channels?,codes=channel"`
	VisitingDeskAsEvent string     `fact:"visiting_desk_as_event?,code=always|with_outreach|never"`
	SurveyPart          string     `fact:"survey_part?,code=window|event"`
	SameDayRule         string     `fact:"same_day_rule?,code=on|off"`
	Overrides           string     `fact:"overrides?,code=honoured|ignored"`
	ConsulteeBasis      string     `fact:"consultee_basis?,code=lead|attendees"`
	PlacementDate       string     `fact:"placement_date?,code=started_on|decided_on|confirmed_on"`
	Contracts           []string   `fact:"contracts?,codes=contract"`
	Workplace           string     `fact:"workplace?,code=in_prefecture|anywhere"`
	Residence           string     `fact:"residence?,code=outside_required|any"`
	MinGrade            string     `fact:"min_grade?,code=a|b|c|d"`
	ClassRule           string     `fact:"class_rule?,token"`
	MemberBasis         string     `fact:"member_basis?,code=movers|head"`
	OncePer             string     `fact:"once_per?,code=episode|period"`
	Attribution         string     `fact:"attribution?,code=owner_and_session|session|none"`
	AttributionMonths   *int       `fact:"attribution_months?,int"`
	SubtractOut         string     `fact:"subtract_out_before_publication?,code=yes|no"`
	StayDays            *int       `fact:"stay_days?,int"`
	UniverseList        string     `fact:"universe_list?,token"`
	AgreementFrom       japan.Date `fact:"agreement_from?,date"`
	AgreementTo         japan.Date `fact:"agreement_to?,date"`
	TurnFold            string     `fact:"turn_fold?,code=none|j_into_i"`
	Numerator           string     `fact:"numerator?,token"`
	Denominator         string     `fact:"denominator?,token"`
	UnknownInDenom      string     `fact:"unknown_in_denominator?,code=yes|no"`
	Rounding            string     `fact:"rounding?,code=half_up|truncate"`
	Scale               *int       `fact:"scale?,int"`
	AfterHours          string     `fact:"after_hours?,code=only|any"`
	ReferralState       string     `fact:"referral_state?,code=sent|answered|completed"`
}

// ParameterFields are the parameters as fields, ascending by name.
func ParameterFields() []domain.Field { return domain.FieldsOf(&Parameters{}) }

// Texts are the parameters that are stated, as a Definition holds them: codes
// ascending and joined by ",".
func (p Parameters) Texts() map[string]string {
	out := map[string]string{}
	p.each(func(name string, at reflect.Value) {
		text := ""
		switch v := at.Interface().(type) {
		case string:
			text = v
		case []string:
			text = strings.Join(inOrderOnce(v), ",")
		case *int:
			if v != nil {
				text = strconv.Itoa(*v)
			}
		case japan.Date:
			text = v.String()
		}
		if text != "" {
			out[name] = text
		}
	})
	return out
}

// ordered are the parameters as a store keeps them: lists ascending, each code once.
func (p Parameters) ordered() Parameters {
	p.each(func(_ string, at reflect.Value) {
		if list, ok := at.Interface().([]string); ok && list != nil {
			at.Set(reflect.ValueOf(inOrderOnce(list)))
		}
	})
	return p
}

func inOrderOnce(list []string) []string { return slices.Compact(slices.Sorted(slices.Values(list))) }

// each visits the fields of the parameters by the names of their facts.
func (p *Parameters) each(visit func(name string, at reflect.Value)) {
	v := reflect.ValueOf(p).Elem()
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("fact"), "?")
		visit(name, v.Field(i))
	}
}

// Proposal is a definition as the command indicator.propose_version takes it. A
// value that has not the form of its field is handed on as text, to be refused.
func (d Definition) Proposal(language string) map[string]any {
	out := map[string]any{
		"definition_version": d.Version, "official_from": d.OfficialFrom, "rule": d.Rule, "unit": d.Unit, "basis": d.Basis,
		"text": d.Text[language],
	}
	fields := ParameterFields()
	for name, text := range d.Parameters {
		out[name] = text
		i := slices.IndexFunc(fields, func(f domain.Field) bool { return f.Name == name })
		if i < 0 {
			continue
		}
		switch fields[i].Kind {
		case domain.KindCodes, domain.KindTokens:
			out[name] = strings.Split(text, ",")
		case domain.KindInt:
			if n, err := strconv.Atoi(text); err == nil {
				out[name] = n
			}
		}
	}
	return out
}

// ParameterNames are the parameters that some rule knows, ascending.
func ParameterNames() []string { return slices.Sorted(maps.Keys(paramForms)) }

// ParameterOrder are the names of all parameters in the order of counting.md 4.
func ParameterOrder() []string {
	var out []string
	(&Parameters{}).each(func(name string, _ reflect.Value) { out = append(out, name) })
	return out
}

// written is the one spelling of equal parameters, so that definitions that make
// equal rows share them: every channel is "all".
func (p Params) written() Params {
	if p.Channels == allChannels {
		p.Channels = "all"
	}
	return p
}

var allChannels = strings.Join(inOrderOnce(domain.Codes["channel"]), ",")
