package web

import (
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/importing"
	"ayumi/domain/japan"
)

// importAct carries out what was asked for a ledger.
func (s *Site) importAct(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	acts := map[string]func(*http.Request, Visitor, string) error{
		"sheet": s.importSheet, "columns": s.importColumns, "rows": s.importMend, "people": s.importDecide, "start": s.importStart,
		"stop": func(r *http.Request, v Visitor, id string) error {
			return s.config.Imports.Stop(r.Context(), v.Actor, id)
		},
		"undo":    s.importUndo,
		"discard": s.importDiscard,
	}
	act, ok := acts[r.PathValue("act")]
	if !ok {
		return ErrMissing
	}
	id := r.PathValue("batch")
	err := act(r, v, id)
	inputs := map[string]string{"accepted": "accepted", "sure": "sure", "notice_version": "notice_version"}
	for _, f := range importing.Fields {
		inputs["column-"+f.Name] = "column-" + f.Name
	}
	if faults, ok := faultsOf(v.W, err, inputs); ok {
		return s.showImport(w, r, v, http.StatusUnprocessableEntity, faults)
	}
	if err != nil {
		return err
	}
	to := "/imports/" + id
	if r.PathValue("act") == "discard" {
		to = "/imports"
	} else if q := r.URL.Query().Encode(); q != "" {
		to += "?" + q
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

func (s *Site) importSheet(r *http.Request, v Visitor, id string) error {
	sheet, err := strconv.Atoi(r.PostFormValue("sheet"))
	if err != nil {
		return domain.RefuseField("field.range", "sheet")
	}
	return s.config.Imports.Sheet(r.Context(), v.Actor, id, sheet)
}

// importColumns reads which column is what, and what is true of all rows.
func (s *Site) importColumns(r *http.Request, v Visitor, id string) error {
	_, err := s.config.Imports.Change(r.Context(), v.Actor, id, func(d *importing.Draft, _ importing.Table) error {
		if !d.Editable() {
			return domain.Refuse("import.state")
		}
		columns, defaults := map[string]int{}, map[string]string{}
		for _, f := range importing.Fields {
			if text := r.PostFormValue("column-" + f.Name); text != "" {
				n, err := strconv.Atoi(text)
				if err != nil || n < 0 || n >= importing.MostColumns {
					return domain.RefuseField("field.range", "column-"+f.Name)
				}
				columns[f.Name] = n
			}
			code := r.PostFormValue("default-" + f.Name)
			if code != "" && !f.Has(code) {
				return domain.RefuseField("field.code", f.Name)
			}
			if code != "" {
				defaults[f.Name] = code
			}
		}
		if err := d.Choose(columns); err != nil {
			return err
		}
		d.Mapping.Defaults, d.Mapping.Year = defaults, 0
		if text := r.PostFormValue("year"); text != "" {
			year, err := japan.ParseFiscalYear(text)
			if err != nil {
				return domain.RefuseField("period.unreadable", "year")
			}
			d.Mapping.Year = year
		}
		return importSays(r, &d.Said)
	})
	return err
}

// importSays reads what is true of all rows. What is not sent stays.
func importSays(r *http.Request, said *importing.Said) error {
	text := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	method, _ := fieldOf("person.notice_given", "method")
	for _, f := range []struct {
		name string
		at   *string
		list []string
	}{
		{"desk", &said.Desk, domain.Codes["desk"]}, {"target_pref", &said.TargetPref, domain.Codes["target_pref"]}, {"notice_method", &said.NoticeMethod, method.List},
	} {
		switch t := text(f.name); {
		case t == "":
		case !slices.Contains(f.list, t):
			return domain.RefuseField("field.code", f.name)
		default:
			*f.at = t
		}
	}
	for name, at := range map[string]*string{"notice_version": &said.NoticeVersion, "outside_hours": &said.OutsideHours} {
		if t := text(name); t != "" && !domain.IDForm(t) {
			return domain.RefuseField("field.code", name)
		}
		*at = text(name)
	}
	return nil
}

// importMend reads what was mended on a page of rows: cells by row and field, the
// meanings of words, rows left out or taken in.
func (s *Site) importMend(r *http.Request, v Visitor, id string) error {
	carers, err := s.config.Imports.Carers(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	_, err = s.config.Imports.Change(r.Context(), v.Actor, id, func(d *importing.Draft, t importing.Table) error {
		for name := range r.PostForm {
			kind, at, _ := strings.Cut(name, ":")
			number, field, _ := strings.Cut(at, ".")
			row, err := strconv.Atoi(number)
			if err != nil || row < 1 || row > len(t.Rows) || d.Recorded(row) {
				continue
			}
			value := strings.TrimSpace(r.PostForm.Get(name))
			_, known := importing.FieldOf(field)
			switch {
			case kind == "cell" && known && inLine(value) != inLine(r.PostForm.Get("was:"+at)):
				d.Mend(t, row, field, value)
			case kind == "code" && field == "counsellor" && !slices.ContainsFunc(carers, func(a Account) bool { return a.ID == value }):
				if value != "" {
					return domain.RefuseField("field.code", field)
				}
			case kind == "code" && known && value != "":
				word := r.PostForm.Get("word:" + at)
				if word == "" {
					d.Mend(t, row, field, value)
				} else if err := d.Teach(field, word, value); err != nil {
					return err
				}
			case kind == "leave":
				d.Leave(row, value != "back")
			case kind == "twice":
				d.Twice(row)
			}
		}
		return nil
	})
	return err
}

// inLine is a text as an input of one line sends it back.
func inLine(text string) string {
	return strings.TrimSpace(strings.NewReplacer("\r", "", "\n", "").Replace(text))
}

// importDecide reads who the persons of a page are.
func (s *Site) importDecide(r *http.Request, v Visitor, id string) error {
	choices := map[int]importing.Choice{}
	for name := range r.PostForm {
		number, is := strings.CutPrefix(name, "who:")
		row, err := strconv.Atoi(number)
		switch value := r.PostForm.Get(name); {
		case !is || err != nil || value == "":
		case value == "new":
			choices[row] = importing.Choice{New: true}
		default:
			choices[row] = importing.Choice{Person: value}
		}
	}
	if r.PostFormValue("all") != "" {
		_, _, plan, err := s.config.Imports.Look(r.Context(), v.Actor, id)
		if err != nil {
			return err
		}
		for _, i := range plan.Doubtful() {
			row := plan.FirstRow(i)
			if _, chosen := choices[row]; !chosen && !plan.People[i].Decided {
				choices[row] = importing.Choice{Person: plan.People[i].Likes[0].Person}
			}
		}
	}
	return s.config.Imports.Decide(r.Context(), v.Actor, id, choices)
}

func (s *Site) importStart(r *http.Request, v Visitor, id string) error {
	if r.PostFormValue("accepted") != "" {
		if _, err := s.config.Imports.Change(r.Context(), v.Actor, id, func(d *importing.Draft, _ importing.Table) error { d.Accepted = true; return nil }); err != nil {
			return err
		}
	}
	return s.config.Imports.Start(r.Context(), v.Actor, id)
}

func (s *Site) importUndo(r *http.Request, v Visitor, id string) error {
	if r.PostFormValue("sure") == "" {
		return domain.RefuseField("preview.missing", "sure")
	}
	return s.config.Imports.Undo(r.Context(), v.Actor, id)
}

func (s *Site) importDiscard(r *http.Request, v Visitor, id string) error {
	return s.config.Imports.Discard(r.Context(), v.Actor, id)
}

// importFile sends the rows to mend as a file.
func (s *Site) importFile(w http.ResponseWriter, r *http.Request, v Visitor) error {
	file, err := s.config.Imports.Wrong(r.Context(), v.Actor, r.PathValue("batch"), r.PathValue("kind"), string(v.W.Language))
	if err != nil {
		return err
	}
	if err := s.seen(r); err != nil {
		return err
	}
	w.Header().Set("Content-Type", file.Type)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": file.Name}))
	w.Header().Set("Cache-Control", "no-store")
	_, err = w.Write(file.Body)
	return err
}
