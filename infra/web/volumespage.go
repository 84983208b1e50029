package web

import (
	"encoding/csv"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/volume"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// volumeActs are the commands of a volume that fit each state, in the order shown.
var volumeActs = map[string][]string{
	volume.StateOpen:     {"volume.close"},
	volume.StateRetained: {"volume.list_disposal", "volume.extend_retention", "volume.place_hold"},
	volume.StateHeld:     {"volume.lift_hold", "volume.place_hold"},
	volume.StateListed:   {"volume.receive_opinion", "volume.dispose", "volume.transfer", "volume.extend_retention", "volume.place_hold"},
}

var volumeCommands = func() (out []string) {
	for _, acts := range volumeActs {
		out = append(out, acts...)
	}
	return out
}()

func volumeHref(no uint64) string { return "/volumes/" + strconv.FormatUint(no, 10) }

func (s *Site) volumesPage(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	view, err := s.volumesView(r, v)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "volumes", "", view)
}

func (s *Site) volumesView(r *http.Request, v Visitor) (VolumesView, error) {
	w := v.W
	view := VolumesView{Page: s.page(r, v, "rights", w.Rights.Volumes, "css/edit.css", "css/records.css"), Tabs: s.tabsFor(v, "/volumes"), Behind: s.behind(r, v)}
	view.Here = "/volumes"
	all, err := s.config.Journey.Volumes(r.Context(), v.Actor.Controller)
	if err != nil {
		return view, missing(err)
	}
	for _, t := range all {
		row := VolumeRow{Number: recordNumber(t.No), Href: volumeHref(t.No), Title: t.Title, Year: w.FiscalYearShort(t.Year), Cases: w.Number(len(t.Cases)),
			End: w.Code("end_action", t.End), State: volumeChip(v, t), Next: s.volumeNext(v, t)}
		if t.RetainUntil != 0 {
			row.Kept = w.Date(t.RetainUntil)
		}
		view.Rows = append(view.Rows, row)
	}
	if shape, _ := s.shape("volume.open"); s.mayGive(v, shape) {
		year := japan.FiscalYearOf(s.today())
		form := s.commandForm(w, "open", "volume.open", commandForm{action: "/volumes", heading: w.Rights.OpenVolume, submit: w.Rights.Save, values: map[string]string{
			"fy": strconv.Itoa(int(year)), "series": volume.Consultations, "retention_years": strconv.Itoa(s.terms(v).Retention), "end_action": "dispose", "title": w.Rights.VolumeTitle(w.FiscalYearShort(year)),
		}})
		form.hint("series", w.Rights.SeriesHint)
		view.Open = &form
	}
	return view, nil
}

func volumeChip(v Visitor, t projections.Tome) Chip {
	c := map[string]Chip{volume.StateOpen: {Kind: "blue"}, volume.StateRetained: {Kind: "green", Icon: "book"}, volume.StateHeld: {Kind: "red", Icon: "lock"},
		volume.StateListed: {Kind: "yellow", Icon: "bell"}, volume.StateDisposed: {Kind: "gray"}, volume.StateTransferred: {Kind: "gray"}}[t.State]
	c.Text = v.W.Rights.VolumeStates[t.State]
	return c
}

// volumeNext says what a volume waits for.
func (s *Site) volumeNext(v Visitor, t projections.Tome) Chip {
	w, today := v.W, s.today()
	switch {
	case t.Ended():
		return Chip{Kind: "gray", Text: w.Date(t.EndedOn)}
	case t.State == volume.StateHeld:
		return Chip{"red", "lock", w.Rights.OnHold}
	case t.State == volume.StateOpen && today > t.Year.Last():
		return Chip{"yellow", "clock", w.Rights.ToClose}
	case t.State == volume.StateOpen:
		return Chip{Kind: "gray", Text: w.Rights.Filling}
	case t.State == volume.StateListed && today <= t.Listing.CommentUntil:
		return Chip{"yellow", "clock", w.Rights.OpinionsUntil(w.Date(t.Listing.CommentUntil))}
	case t.State == volume.StateListed && today > t.RetainUntil:
		return Chip{"red", "warn", w.Rights.ToEnd[t.End]}
	case today > t.RetainUntil:
		return Chip{"red", "warn", w.Rights.ToList}
	case int(t.RetainUntil-today) <= 90:
		return Chip{"yellow", "clock", w.Rights.EndsSoon(int(t.RetainUntil - today))}
	}
	return Chip{Kind: "green", Text: w.Rights.KeptYears(int(t.RetainUntil-today)/365 + 1)}
}

func (s *Site) volumesBegin(w http.ResponseWriter, r *http.Request, v Visitor) error {
	return s.recordsCommand(w, r, v, recordsForm{allowed: []string{"volume.open"}, done: volumeHref, again: func(status int, faults []FieldError) error {
		view, err := s.volumesView(r, v)
		if err != nil {
			return err
		}
		if view.Open != nil {
			view.Open.again(v.W, r, faults)
		}
		return s.show(w, r, status, "volumes", "", view)
	}})
}

// volumeAsked is the volume that an address names.
func (s *Site) volumeAsked(r *http.Request, v Visitor) (projections.Tome, error) {
	return ofNumber(r, v, s.config.Journey.Volumes, func(t projections.Tome, no uint64) bool { return t.No == no })
}

func (s *Site) volumePage(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	t, err := s.volumeAsked(r, v)
	if err != nil {
		return err
	}
	view, err := s.volumeView(r, v, t)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "volume", "", view)
}

func (s *Site) volumeView(r *http.Request, v Visitor, t projections.Tome) (VolumeView, error) {
	w := v.W
	view := VolumeView{Page: s.page(r, v, "rights", w.Rights.VolumeHeading(recordNumber(t.No)), "css/edit.css", "css/records.css"), Heading: t.Title,
		State: []Chip{volumeChip(v, t), s.volumeNext(v, t)}, Behind: s.behind(r, v)}
	view.Here = volumeHref(t.No)
	view.Crumbs = []Crumb{{w.Rights.Volumes, "/volumes"}, {recordNumber(t.No), ""}}
	view.Facts = []Pair{{Label: w.Rights.Year, Value: w.FiscalYearShort(t.Year)}, {Label: w.Field("series"), Value: t.Series}, {Label: w.Field("retention_years"), Value: w.Rights.Years(t.Years)},
		{Label: w.Field("end_action"), Value: w.Code("end_action", t.End)}}
	if t.RetainFrom != 0 {
		view.Facts = append(view.Facts, Pair{Label: w.Rights.Kept, Value: w.Rights.FromTo(w.Date(t.RetainFrom), w.Date(t.RetainUntil))})
	}
	if t.Listing != nil {
		view.Facts = append(view.Facts, Pair{Label: w.Field("published_on"), Value: w.Date(t.Listing.PublishedOn)}, Pair{Label: w.Field("comment_until"), Value: w.Date(t.Listing.CommentUntil)},
			Pair{Label: w.Rights.ListDigest, Value: t.Listing.Document})
	}
	seen, err := s.read(r, v, Glance{Subject: t.ID, Reason: "volume", Act: "list", Classes: "P"}, t.Entries)
	if err != nil {
		return view, err
	}
	for _, o := range t.Opinions {
		view.Opinions = append(view.Opinions, Pair{Label: w.Date(o.On), Value: w.Code("stance", o.Stance), Href: recordHref(o.Position)})
	}
	for _, id := range t.Filed() {
		p, err := s.casePair(r, id)
		if err != nil {
			return view, err
		}
		view.Cases = append(view.Cases, p)
	}
	view.Steps = s.disposalSteps(v, t)
	if t.State != volume.StateOpen && !t.Ended() {
		view.List = view.Here + "/list"
	}
	if t.State == volume.StateDisposed {
		if view.Erase, err = s.leftByDisposal(r, v, t); err != nil {
			return view, err
		}
	}
	s.volumeForms(v, t, &view)
	// The cases stand in a list of their own.
	told := slices.DeleteFunc(slices.Clone(t.Entries), func(e projections.Entry) bool { return e.Type == "volume.case_filed" })
	view.History = historyOf(v, seen, told)
	return view, nil
}

// casePair is a case by the record that opened it.
func (s *Site) casePair(r *http.Request, id string) (Pair, error) {
	list, err := s.config.Journey.Stream(r.Context(), domain.StreamName("case", id), projections.Newest)
	if err != nil || len(list) == 0 {
		return Pair{Value: id[:min(8, len(id))]}, missing(err)
	}
	return Pair{Value: recordNumber(list[0].Position), Href: recordHref(list[0].Position)}, nil
}

// disposalSteps are the conditions under which the volume may go.
func (s *Site) disposalSteps(v Visitor, t projections.Tome) []StepRow {
	w, today := v.W, s.today()
	if t.State == volume.StateOpen || t.Ended() {
		return nil
	}
	step := func(ok bool, text string) StepRow {
		if ok {
			return StepRow{text, Chip{"green", "check", w.Rights.Met}}
		}
		return StepRow{text, Chip{"yellow", "clock", w.Rights.NotMet}}
	}
	listed := t.Listing != nil
	return []StepRow{
		step(today > t.RetainUntil, w.Rights.StepRetention(w.Date(t.RetainUntil))), step(listed, w.Rights.StepListed),
		step(listed && today > t.Listing.CommentUntil, w.Rights.StepComment), step(!t.Now().Held, w.Rights.StepHold),
	}
}

// leftByDisposal are the persons whose records lie in disposed volumes only: their
// erasure follows (events.md 8).
func (s *Site) leftByDisposal(r *http.Request, v Visitor, t projections.Tome) ([]WishRow, error) {
	all, err := s.config.Journey.Volumes(r.Context(), v.Actor.Controller)
	if err != nil {
		return nil, missing(err)
	}
	gone := map[string]bool{}
	for _, other := range all {
		for id := range other.Cases {
			if other.State == volume.StateDisposed {
				gone[id] = true
			}
		}
	}
	var out []WishRow
	seen := map[string]bool{}
	for _, id := range t.Filed() {
		list, err := s.config.Journey.Stream(r.Context(), domain.StreamName("case", id), projections.Newest)
		if err != nil || len(list) == 0 {
			return nil, missing(err)
		}
		for _, e := range list {
			who := e.Facts.Text("person")
			if who == "" || seen[who] || (e.Type != "case.opened" && e.Type != "case.member_added") {
				continue
			}
			seen[who] = true
			row, due, err := s.leftAlone(r, v, who, gone)
			if err != nil {
				return nil, err
			}
			if due {
				out = append(out, row)
			}
		}
	}
	return out, nil
}

// leftAlone tells whether every case of a person is among those that are gone.
func (s *Site) leftAlone(r *http.Request, v Visitor, who string, gone map[string]bool) (WishRow, bool, error) {
	cases, err := s.config.Journey.CasesOf(r.Context(), who)
	if err != nil || slices.ContainsFunc(cases, func(id string) bool { return !gone[id] }) {
		return WishRow{}, false, missing(err)
	}
	row := WishRow{State: Chip{"red", "warn", v.W.Rights.ToErase}}
	erased, _, err := s.personState(r, who)
	if err == nil && erased {
		row.State = Chip{"gray", "check", v.W.Message.Erased}
	}
	if err == nil {
		row.Person, err = s.personPair(r, v, who)
	}
	return row, err == nil, err
}

func (s *Site) volumeForms(v Visitor, t projections.Tome, view *VolumeView) {
	w := v.W
	version, _ := t.Entries[len(t.Entries)-1].Facts.Int("version")
	for _, command := range volumeActs[t.State] {
		if (command == "volume.dispose" && t.End != "dispose") || (command == "volume.transfer" && t.End != "archives") || (command == "volume.close" && s.today() <= t.Year.Last()) {
			continue
		}
		shape, _ := s.shape(command)
		if !s.mayGive(v, shape) {
			if view.Nobody == "" {
				view.Nobody = w.Rights.WaitsFor(w.Rights.Acts[command], w.Code("role", string(shape.Roles[0])))
			}
			continue
		}
		f := commandForm{action: view.Here, heading: w.Rights.Acts[command], submit: w.Rights.Save, expected: uint64(version), values: map[string]string{}, choices: map[string][]Option{}}
		switch command {
		case "volume.list_disposal":
			f.skip = []string{"document"} // the digest of the list as it is published
			f.values["published_on"], f.values["comment_until"] = w.PlainDate(s.today()), w.PlainDate(s.today().AddMonths(s.terms(v).CommentMonths))
		case "volume.extend_retention":
			f.values["until"] = w.PlainDate((japan.FiscalYearOf(t.RetainUntil) + 1).Last())
		case "volume.lift_hold":
			for id, h := range t.Holds {
				if !h.Lifted {
					f.choices["hold"] = append(f.choices["hold"], Option{Value: id, Text: w.Code("ground", h.Ground) + " " + id[:min(4, len(id))]})
				}
			}
		case "volume.receive_opinion":
			f.skip, f.labels = []string{"contact"}, map[string]string{"words": w.Rights.OpinionWords}
		}
		view.Acts = append(view.Acts, s.commandForm(w, command[len("volume."):], command, f))
	}
	if len(view.Acts) > 0 {
		view.Nobody = ""
	}
}

func (s *Site) volumeAct(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	t, err := s.volumeAsked(r, v)
	if err != nil {
		return err
	}
	fixed := map[string]any{}
	if r.PostFormValue("command") == "volume.list_disposal" {
		fixed["document"] = listDigest(disposalCSV(t))
	}
	return s.recordsCommand(w, r, v, recordsForm{allowed: volumeCommands, stream: t.ID, fixed: fixed, done: func(uint64) string { return volumeHref(t.No) },
		again: func(status int, faults []FieldError) error {
			t, err := s.volumeAsked(r, v)
			if err != nil {
				return err
			}
			view, err := s.volumeView(r, v, t)
			if err != nil {
				return err
			}
			formAgain(v, r, view.Acts, faults)
			return s.show(w, r, status, "volume", "", view)
		}})
}

// disposalList is the list of what is to go, as it is published: UTF-8, with a byte
// order mark for spreadsheets. Its SHA-256 is a fact of volume.disposal_listed.
func (s *Site) disposalList(w http.ResponseWriter, r *http.Request, v Visitor) error {
	t, err := s.volumeAsked(r, v)
	if err != nil {
		return err
	}
	if t.RetainUntil == 0 {
		return ErrMissing
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="ayumi_volume-`+strconv.FormatUint(t.No, 10)+`_disposal.csv"`)
	_, err = w.Write(disposalCSV(t))
	return err
}

// disposalCSV hangs on the volume as it was completed and on nothing else, so that
// the published file is found again. It is in Japanese, as it is published.
func disposalCSV(t projections.Tome) []byte {
	w := locale.In(locale.Japanese)
	var b strings.Builder
	b.WriteString("\ufeff")
	out := csv.NewWriter(&b)
	out.UseCRLF = true
	_ = out.Write([]string{w.Rights.Number, w.Rights.VolumeName, w.Rights.Year, w.Field("series"), w.Field("retention_years"), w.Rights.Kept, w.Rights.Cases, w.Field("end_action")})
	_ = out.Write([]string{recordNumber(t.No), t.Title, w.FiscalYearShort(t.Year), t.Series, strconv.Itoa(t.Years), t.RetainUntil.String(), strconv.Itoa(len(t.Cases)), w.Code("end_action", t.End)})
	out.Flush()
	return []byte(b.String())
}
