package web

import (
	"net/http"
	"strconv"

	"ayumi/projections"
)

// StatusView says in words how the product is doing. Full adds what an operator
// needs.
type StatusView struct {
	Page
	Line      Chip
	LineText  string
	LineFacts []Pair
	Rows      []StatusRow
	Reasons   bool // a read model says why it stands still
	Tree      *TreeView
	Access    Chip   // the access log
	AccessAt  []Pair // where it stands
	AccessOf  *TreeView
	Witnesses *WitnessCard
	Keys      *KeyCard
	OfLINE    string // address of the connection to LINE
	OfHooks   string // of the receivers outside
	Full      bool
	Operation *OperationCards // of operators alone
}

// StatusRow is one read model.
type StatusRow struct {
	Name             string
	State            Chip
	Position, Behind string
	Parked, Reason   string
	Lag              string
}

// status is the page of operators; other staff see that it works or not.
func (s *Site) status(w http.ResponseWriter, r *http.Request, v Visitor) error {
	return s.showStatus(w, r, v, "")
}

// showStatus shows the page; asked says what became of a wish just now.
func (s *Site) showStatus(w http.ResponseWriter, r *http.Request, v Visitor, asked string) error {
	view := StatusView{Page: s.page(r, v, "status", v.W.Status.Heading), Full: v.holds("AD")}
	line := s.config.Bus(r.Context())
	view.Line, view.LineText = Chip{"green", "check", v.W.Status.Lines["bus.ok"]}, v.W.Status.LineTexts[line.Word]
	if line.Word != "bus.ok" {
		view.Line = Chip{"yellow", "warn", v.W.Status.Lines[line.Word]}
	}
	if view.Full {
		view.OfLINE = "/line-state"
		view.LineFacts = []Pair{{v.W.Status.Store, strconv.FormatUint(line.Store, 10), ""}, {v.W.Status.Bus, strconv.FormatUint(line.Bus, 10), ""},
			{v.W.Status.Proven, strconv.FormatUint(line.Proven, 10), ""}, {v.W.Status.Since, v.W.DateTime(line.Since), ""}}
		if line.Cause != "" {
			view.LineFacts = append(view.LineFacts, Pair{v.W.Status.Reason, line.Cause, ""})
		}
	}
	if s.config.Webhooks != nil && v.holds("AD", "PO") {
		view.OfHooks = "/webhooks"
	}
	view.Tree, view.AccessOf = s.treeView(v, view.Full), s.accessTree(v, view.Full)
	view.Witnesses, view.Keys = s.witnessCard(v, view.Full), s.keyCard(v, view.Full)
	for _, st := range s.config.Reads.Status() {
		row := statusRow(v, st)
		view.Rows, view.Reasons = append(view.Rows, row), view.Reasons || row.Reason != ""
	}
	access, at := s.accessLine(v)
	if view.Access = access; view.Full {
		view.AccessAt = at
	}
	var err error
	if view.Operation, err = s.operationCards(r, v, asked); err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "status", "", view)
}

func statusRow(v Visitor, st projections.Status) StatusRow {
	w := v.W
	row := StatusRow{Name: w.Status.Models[st.Name], State: Chip{"green", "check", w.Status.States[string(st.State)]},
		Position: recordNumber(st.Position), Behind: w.Number(int(st.Behind)), Parked: w.Number(st.Parked), Reason: st.Reason, Lag: lagOf(v, st)}
	switch {
	case st.State == projections.Building:
		row.State = Chip{"blue", "clock", w.Status.States["building"] + " " + w.Sized(st.Building, "percent")}
	case st.State == projections.Stopped:
		row.State = Chip{"red", "warn", w.Status.States["stopped"]}
	}
	return row
}
