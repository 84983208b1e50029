package office

import (
	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/volume"
)

// shelf is where a closed case belongs: with those of its controller that were
// closed in the same fiscal year.
type shelf struct {
	controller string
	fy         japan.FiscalYear
}

func shelfOf(e happening) shelf {
	on, _ := japan.ParseDate(e.facts.Text("occurred_on"))
	return shelf{e.facts.Text("controller"), japan.FiscalYearOf(on)}
}

// tome is what a Reactor knows of a record volume.
type tome struct {
	shelf shelf
	open  bool // takes cases
	cases map[string]bool
}

// kept folds rights matters and record volumes.
func (r *Reactor) kept(category string, e happening) {
	if category == "rights" {
		if e.typ == "rights.requested" {
			r.matters[e.id] = e.facts.Text("person")
		}
		return
	}
	v := r.volumes[e.id]
	switch {
	case e.typ == "volume.opened":
		fy, _ := e.facts.Int("fy")
		r.volumes[e.id] = &tome{shelf: shelf{e.facts.Text("controller"), japan.FiscalYear(fy)}, open: e.facts.Text("series") == volume.Consultations, cases: map[string]bool{}}
	case v == nil:
	case e.typ == "volume.case_filed":
		v.cases[e.facts.Text("case")] = true
	case e.typ == "volume.case_taken_out":
		delete(v.cases, e.facts.Text("case"))
	case e.typ == "volume.closed":
		v.open = false
	}
}

// decided carries out what a decision stops: uses are restricted, live shares end.
// An erasure is ordered by the privacy officer, who sees first that no figure moves.
func (r *Reactor) decided(e happening) []Request {
	person := r.matters[e.id]
	if person == "" || e.facts.Text("result") == "refused" || r.gone(person) {
		return nil
	}
	switch e.facts.Text("measure") {
	case "stop_use":
		return []Request{e.follow("person.restrict_use", person, e.id, domain.Data{
			"ground": text("suspension_decision"), "scope": []byte(`["all"]`), "rights": text(e.id),
		})}
	case "stop_provision":
		var out []Request
		self := r.oneself(person)
		for _, id := range r.casesOf(person) {
			f := r.files[id]
			for _, share := range sorted(f.shares) {
				if f.shares[share].about(self, f.lead) {
					out = append(out, e.stop(id, share))
				}
			}
		}
		return out
	}
	return nil
}

// fileAway files a case that was closed, where its year has an open volume.
func (r *Reactor) fileAway(e happening, file string) []Request {
	f := r.files[file]
	for _, id := range sorted(r.volumes) {
		if v := r.volumes[id]; v.open && v.shelf == f.shelf && !r.filedIn(file) {
			return []Request{e.file(id, file)}
		}
	}
	return nil
}

// filedTooLate repairs a filing that was decided on while the case was reopened.
func (r *Reactor) filedTooLate(e happening) []Request {
	if f := r.files[e.facts.Text("case")]; f == nil || f.closed {
		return nil
	}
	return r.takeOut(e, e.facts.Text("case"))
}

// takenOutTooLate repairs a taking out that came after the reopened case was
// closed again. What was taken out by hand stays out.
func (r *Reactor) takenOutTooLate(e happening) []Request {
	file := e.facts.Text("case")
	if f := r.files[file]; f == nil || !f.closed || e.facts.Text("reason") != "reopened" {
		return nil
	}
	return r.fileAway(e, file)
}

// fillUp files what was closed in the year of a new volume and lies in none.
func (r *Reactor) fillUp(e happening) []Request {
	v := r.volumes[e.id]
	if !v.open {
		return nil
	}
	var out []Request
	for _, id := range sorted(r.files) {
		if f := r.files[id]; f.closed && f.shelf == v.shelf && !r.filedIn(id) {
			out = append(out, e.file(e.id, id))
		}
	}
	return out
}

func (r *Reactor) filedIn(file string) bool {
	for _, v := range r.volumes {
		if v.cases[file] {
			return true
		}
	}
	return false
}

func (r *Reactor) takeOut(e happening, file string) []Request {
	for _, id := range sorted(r.volumes) {
		if r.volumes[id].cases[file] {
			return []Request{e.follow("volume.take_out_case", id, file, domain.Data{"case": text(file), "reason": text("reopened")})}
		}
	}
	return nil
}

func (e happening) file(volume, file string) Request {
	return e.follow("volume.file_case", volume, file, domain.Data{"case": text(file)})
}
