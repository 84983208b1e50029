package workplan

import (
	"cmp"
	"strconv"
	"strings"
)

// reading is a field of the sheet as it stands.
type reading struct {
	datum     Datum
	shown     string  // what is printed, where it is more than the datum
	more      []Datum // printed in the same cell
	figure    *Figure // the text is one figure
	name      string  // whose figure it is
	mark      int     // bytes of a mark at the beginning
	prose     bool    // may state figures
	told      bool    // sentences in which a number may stand
	sentences bool    // a single line of it parts into sentences
	open      bool    // nobody said yet whether it stays blank
}

// lines are the lines as typed; what was typed as one line stands as one item for
// each of its sentences where it is printed as a list.
func (r reading) lines(items bool) []string {
	lines := strings.Split(strings.ReplaceAll(cmp.Or(r.shown, r.datum.Text), "\r\n", "\n"), "\n")
	if items && r.sentences && len(lines) == 1 {
		return sentences(lines[0])
	}
	return lines
}

// sentences parts a text after each full stop outside brackets.
func sentences(text string) (out []string) {
	from, deep := 0, 0
	for at, r := range text {
		switch {
		case strings.ContainsRune("（(「『【", r):
			deep++
		case strings.ContainsRune("）)」』】", r):
			deep = max(deep-1, 0)
		case r == '。' && deep == 0:
			end := at + len("。")
			out, from = append(out, text[from:end]), end
		}
	}
	if from < len(text) {
		out = append(out, text[from:])
	}
	return out
}

func text(s string) reading { return reading{datum: Datum{Text: s}} }

// told is a text in sentences.
func told(s string) reading { return reading{datum: Datum{Text: s}, told: true} }

// sheetFields are the fields that stand once on a sheet. Some formats print what
// is not recorded; that stays blank.
var sheetFields = map[string]func(l *layer) reading{
	"bureau":      func(l *layer) reading { return text(l.sheet.Head.Bureau) },
	"unit":        func(l *layer) reading { return text(l.sheet.Head.Unit) },
	"head":        func(l *layer) reading { return text(l.in.Head) },
	"phone":       func(l *layer) reading { return text(l.sheet.Head.Phone) },
	"policy":      func(l *layer) reading { return told(l.sheet.Head.Policy) },
	"mission":     func(l *layer) reading { return told(joined(l.sheet.Mission)) },
	"aims":        func(l *layer) reading { return told(joined(l.sheet.Aims)) },
	"bureau_head": func(*layer) reading { return reading{} },
	"staff":       func(*layer) reading { return reading{} },
}

func joined(part map[int]string) string {
	var lines []string
	for _, no := range Numbers(part) {
		lines = append(lines, part[no])
	}
	return strings.Join(lines, "\n")
}

// partFields are the fields that stand once for each indicator, project,
// evaluation, initiative or issue, by part.
var partFields = map[string]map[string]func(l *layer, at place) reading{
	"indicator": {
		"name":             func(l *layer, at place) reading { return text(l.sheet.Indicators[at.no].Name) },
		"class":            readClass,
		"baseline":         valueOf("baseline"),
		"start":            valueOf("start"),
		"target":           valueOf("target"),
		"long_term":        valueOf("long_term"),
		"actual":           readActual,
		"baseline_at":      timeOf("baseline"),
		"start_at":         timeOf("start"),
		"target_at":        timeOf("target"),
		"long_term_at":     timeOf("long_term"),
		"actual_at":        func(*layer, place) reading { return reading{} },
		"plan":             func(*layer, place) reading { return reading{} },
		"other_plan":       func(*layer, place) reading { return reading{} },
		"selection_reason": func(*layer, place) reading { return reading{} },
	},
	"project": {
		"no":      func(_ *layer, at place) reading { return text(strconv.Itoa(at.no)) },
		"name":    readProject,
		"outline": readOutline,
	},
	"evaluation": {
		"mark":    readMark,
		"score":   readScore,
		"reasons": readReasons,
	},
	"initiative": {
		"title":  func(l *layer, at place) reading { return told(l.sheet.Initiatives[at.no].Title) },
		"result": readResult,
	},
	"issue": {
		"issue":     func(l *layer, at place) reading { return told(l.sheet.Issues[at.no].Issue) },
		"next_step": func(l *layer, at place) reading { return told(l.sheet.Issues[at.no].NextStep) },
	},
}

// read answers a field of the sheet.
func (l *layer) read(field string, at place) reading {
	if f := sheetFields[field]; f != nil {
		return f(l)
	}
	part, column, _ := strings.Cut(field, ".")
	if f := partFields[part][column]; f != nil && at.part == part {
		return f(l, at)
	}
	switch flag := l.sheet.Flags[column]; {
	case part == "flag" && flag.Flag:
		return text(l.format.Flag)
	case part == "text":
		return told(flag.Text)
	}
	return reading{}
}

func readClass(l *layer, at place) reading {
	class := l.sheet.Indicators[at.no].Class
	if class == "" {
		return reading{}
	}
	return reading{datum: Datum{Text: l.in.Class(class), Code: class, worded: true}}
}

// valueOf reads one of the values of an indicator: as printed where it was
// printed in words, else the number with its unit.
func valueOf(field string) func(l *layer, at place) reading {
	return func(l *layer, at place) reading {
		i := l.sheet.Indicators[at.no]
		v := i.Values[field]
		if v == nil {
			return reading{}
		}
		d := Datum{Text: v.Text, Value: v.Value, Unit: v.Unit, Comparator: v.Comparator, At: v.At}
		if d.Text == "" && v.Value != nil {
			d.Text = l.in.Number(*v.Value) + v.Unit
		}
		return reading{datum: d, name: i.Name, figure: &Figure{
			Text: d.Text, Value: v.Value, Unit: v.Unit, UnitStated: v.Unit != "", At: v.AtText, State: FigureTyped,
		}}
	}
}

func timeOf(field string) func(l *layer, at place) reading {
	return func(l *layer, at place) reading {
		v := l.sheet.Indicators[at.no].Values[field]
		if v == nil {
			return reading{}
		}
		return reading{datum: Datum{Text: v.AtText, At: v.At}}
	}
}

// readActual reads the actual of the year: an edition of a figure, or a blank
// with its reason, or nothing said yet.
func readActual(l *layer, at place) reading {
	i := l.sheet.Indicators[at.no]
	a := i.Actual
	switch {
	case a == nil:
		return reading{open: true}
	case a.AbsentReason != "":
		return reading{datum: Datum{AbsentReason: a.AbsentReason}}
	}
	return reading{datum: Datum{Text: a.Text}, name: i.Name, figure: &Figure{Text: a.Text, Register: a.Figure, Edition: a.Edition, State: FigureRegister}}
}

func readProject(l *layer, at place) reading {
	p := l.sheet.Projects[at.no]
	if p.BudgetText == "" {
		return text(p.Name)
	}
	r := text(p.Name)
	r.shown = strings.NewReplacer("{name}", p.Name, "{budget}", p.BudgetText).Replace(l.format.Budget[l.in.Language])
	r.more = []Datum{{Key: at.named("budget"), Title: l.words(l.format.Money), Text: p.BudgetText, Value: p.BudgetYen, Unit: yen}}
	return r
}

// yen is the unit of money by its code in ISO 4217.
const yen = "JPY"

func readOutline(l *layer, at place) reading {
	return reading{datum: Datum{Text: l.sheet.Projects[at.no].Outline}, sentences: true, told: true}
}

// readMark reads the mark as printed; its sign stands large.
func readMark(l *layer, at place) reading {
	e := l.sheet.Evaluations[at.kind]
	r := reading{datum: Datum{Text: e.MarkText, Code: e.Mark}}
	for _, m := range l.format.Marks {
		if m.Mark == e.Mark && strings.HasPrefix(e.MarkText, m.Symbol) {
			r.mark = len(m.Symbol)
		}
	}
	return r
}

func readScore(l *layer, at place) reading {
	score := l.sheet.Evaluations[at.kind].Score
	if score == nil {
		return reading{}
	}
	return reading{datum: Datum{Text: strconv.Itoa(*score), Value: score}}
}

func readReasons(l *layer, at place) reading {
	return reading{datum: Datum{Text: l.sheet.Evaluations[at.kind].Reasons}, sentences: true, prose: true}
}

func readResult(l *layer, at place) reading {
	x := l.sheet.Initiatives[at.no]
	return reading{datum: Datum{Text: x.Result, Register: x.Figures}, prose: true}
}
