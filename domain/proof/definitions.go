package proof

import (
	"bytes"
	"encoding/json"
	"strconv"

	"ayumi/domain"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/ledger"
)

// FormatDefinitions writes what a figure is counted by, in one spelling: the parts
// of a ratio first, the definition itself last.
func FormatDefinitions(list []indicator.Definition) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	err := enc.Encode(list)
	return b.Bytes(), err
}

// DefinitionsFor lists a definition with the parts it is counted from, as
// FormatDefinitions wants them.
func DefinitionsFor(q indicator.Question) []indicator.Definition {
	var out []indicator.Definition
	if q.Definition.Ratio() {
		for _, side := range q.Sides() {
			out = append(out, side.Definition)
		}
	}
	return append(out, q.Definition)
}

// definitionName is where the definitions of a seal lie in the bundle.
func definitionName(s *ledger.Seal) string {
	id, _, _ := bytes.Cut([]byte(s.Indicator), []byte{'@'})
	return definitionsDir + string(id) + "_" + s.Version + "_" + s.Definition[:16] + ".json"
}

func (x *run) checkDefinitions() {
	used := map[string]bool{}
	for _, s := range x.seals {
		name := definitionName(s.Seal)
		text, err := x.file.read(name)
		if err != nil {
			x.add("E121", "indicator", s.Indicator, "version", s.Version)
			continue
		}
		if ledger.SumOf(text) != s.Definition {
			x.add("E122", "member", name)
			used[name] = true
			continue
		}
		if !s.define(text) {
			x.add("E123", "member", name)
		} else {
			x.Report.Seals[s.found].Sealed = s.question.Definition.Decimal(s.Value)
			if !used[name] {
				x.add("ok.definition", "indicator", s.Indicator, "version", s.Version)
			}
		}
		used[name] = true
	}
	for _, name := range x.file.under(definitionsDir) {
		if !used[name] && len(x.seals) == len(x.file.under(sealsDir)) {
			x.add("E122", "member", name) // nothing that is sealed asks for it
		}
	}
}

// define reads the definitions of a seal and makes the question it answers.
func (s *sealed) define(text []byte) bool {
	list, err := indicator.Parse(text)
	if err != nil || len(list) == 0 {
		return false
	}
	book := &indicator.Book{}
	for _, d := range list {
		if err := book.Add(d); err != nil {
			return false
		}
	}
	period := japan.Period{}
	var bad [2]error
	period.From, bad[0] = japan.ParseDate(s.From)
	period.To, bad[1] = japan.ParseDate(s.To)
	if bad[0] != nil || bad[1] != nil {
		return false
	}
	q, err := book.Question(domain.Asked{Indicator: s.Indicator, Version: s.Version, Period: period})
	if err != nil {
		return false
	}
	s.book, s.question = book, q
	return true
}

// over is a ratio's numerator and denominator as a seal spells them.
func over(ratio bool, numerator, denominator int) string {
	if !ratio {
		return "-"
	}
	return strconv.Itoa(numerator) + "/" + strconv.Itoa(denominator)
}
