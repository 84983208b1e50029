package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"ayumi/domain/viewing"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// mostPasted bounds one paste: a fair is larger, and then it is an import.
const mostPasted = 300

// outreachPaste puts many attendees on the list: a line each, its cells parted by tabs
// (as a spreadsheet copies them) or commas: name, reading, contact, student. Nothing is
// recorded if one line cannot be.
func (s *Site) outreachPaste(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	o, err := s.outreachAsked(r, v)
	if err != nil {
		return err
	}
	text, id := r.PostFormValue("list"), commandID(r)
	again := func(status int, faults []FieldError) error {
		return s.outreachAgain(w, r, v, status, nil, &PasteForm{Action: outreachHref(o.No) + "/list#paste", CommandID: id.String(), Text: text, Open: true, Errors: newErrors(v.W, faults...)})
	}
	rows, faults := pasted(v.W, text)
	if len(faults) > 0 {
		return again(http.StatusUnprocessableEntity, faults)
	}
	last := uint64(0)
	for i, row := range rows {
		row["stream"] = o.ID
		// The same paste sent twice is the same commands.
		req, err := s.request(v, uuid.NewSHA1(id, []byte(strconv.Itoa(i))), "outreach.list_attendee", row)
		if err != nil {
			return err
		}
		receipts, err := s.config.Office.Do(r.Context(), req)
		if faults, ok := faultsOf(v.W, err, nil); ok {
			return again(http.StatusUnprocessableEntity, faults)
		}
		if err != nil {
			return err
		}
		position, _ := lastOf(receipts)
		last = max(last, position)
	}
	http.Redirect(w, r, savedAt(outreachHref(o.No), last), http.StatusSeeOther)
	return nil
}

// pasted reads a list; a fault names its line.
func pasted(w *locale.Words, text string) (rows []map[string]any, faults []FieldError) {
	words := w.Outreach
	for i, line := range strings.Split(strings.ReplaceAll(text, "\r", "\n"), "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		part := "\t"
		if !strings.Contains(line, part) {
			line = strings.NewReplacer("，", ",", "、", ",").Replace(line)
			part = ","
		}
		cells := strings.Split(line, part)
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if cells[0] == words.NameCell { // the heading of the spreadsheet
			continue
		}
		row := map[string]any{"name": cells[0], "student": false}
		for i, field := range []string{"", "kana", "contact"} {
			if i > 0 && i < len(cells) && cells[i] != "" {
				row[field] = cells[i]
			}
		}
		switch {
		case cells[0] == "":
			faults = append(faults, FieldError{"list", words.Line(i+1, words.NameMissing)})
		case len(cells) > 4:
			faults = append(faults, FieldError{"list", words.Line(i+1, words.TooManyCells)})
		}
		if len(cells) == 4 {
			said, known := words.StudentCells[strings.ToLower(cells[3])]
			if row["student"] = said; !known {
				faults = append(faults, FieldError{"list", words.Line(i+1, words.StudentUnread(cells[3]))})
			}
		}
		rows = append(rows, row)
	}
	switch {
	case len(rows) == 0:
		faults = append(faults, FieldError{"list", words.NothingPasted})
	case len(rows) > mostPasted:
		faults = []FieldError{{"list", words.TooMany(mostPasted)}}
	}
	return rows, faults
}

// outreachSlips are the slips of those on the list: the code opens their line at the
// desk, for who is signed in there. It holds no name.
func (s *Site) outreachSlips(w http.ResponseWriter, r *http.Request, v Visitor) error {
	o, err := s.outreachAsked(r, v)
	if err != nil {
		return err
	}
	words := v.W.Outreach
	view := SlipsView{Page: s.page(r, v, "outreach", words.SlipsTitle(recordNumber(o.No)), "css/records.css", "css/outreach.css"), Heading: o.Plan.Title, When: daysText(v.W, o)}
	view.Here = outreachHref(o.No) + "/slips"
	view.Crumbs = []Crumb{{words.Title, "/outreach"}, {recordNumber(o.No), outreachHref(o.No)}, {words.Slips, ""}}
	var listed []projections.Entry
	for _, e := range o.Entries {
		if e.Type == "outreach.attendee_listed" && !o.Attendees[e.Facts.Text("attendee")].Voided {
			listed = append(listed, e)
		}
	}
	seen, err := s.read(r, v, Glance{Subject: o.ID, Reason: "outreach", Act: viewing.Print, Classes: "P"}, listed)
	if err != nil {
		return err
	}
	for _, e := range listed {
		opened := seen.texts[e.Position]
		if opened.erased() {
			continue
		}
		text := s.address(r, outreachHref(o.No)) + "?attendee=" + e.Facts.Text("attendee")
		code, err := newQRCode(text)
		if err != nil {
			return err
		}
		view.Slips = append(view.Slips, Slip{opened.first("name"), text, code})
	}
	return s.show(w, r, http.StatusOK, "outreachslips", "", view)
}
