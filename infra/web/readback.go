package web

import (
	"net/http"
	"strings"

	"ayumi/domain/japan"
)

// ReadBack says beside a box how the date typed in it is understood, or what is
// wrong with it.
type ReadBack struct{ Read, Wrong string }

// readDate reads a typed date back before anything is saved (ui.md 4). The text
// comes in the body, as it may hold more than a date. While somebody types, a date
// that is not whole yet is no fault: wrong is told when the box is left.
func (s *Site) readDate(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	var back ReadBack
	text := strings.TrimSpace(r.PostFormValue("text"))
	if text == "" {
		return s.pages.write(w, http.StatusOK, "journey", "readback", back)
	}
	read := japan.ReadPast
	if r.PostFormValue("as") == "coming" {
		read = japan.ReadComing
	}
	t, err := read(text, s.today())
	switch {
	case err == nil:
		back.Read = v.W.ReadBack(t)
	case r.PostFormValue("left") != "":
		back.Wrong = dateFault(v.W, err, "")
	}
	return s.pages.write(w, http.StatusOK, "journey", "readback", back)
}
