package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/projections"
)

const (
	// usualWait is after how many days an answer is late by custom (ui.md 10).
	usualWait = 7
	// endedShown is for how many days the board shows what is over.
	endedShown = 90
)

// referralRoutes are the board of referrals, one referral, and the form that refers.
func (s *Site) referralRoutes() {
	care := []string{"CO", "LD"}
	s.staff("GET /referrals", s.referrals, care...)
	s.staff("GET /referrals/stream", s.referralStream, care...)
	s.staff("POST /referrals", s.recordInward, care...)
	s.staff("GET /referrals/{no}", s.referral, care...)
	s.staff("POST /referrals/{no}", s.referralAct, care...)
	s.staff("GET /referrals/{no}/letter", s.letter, care...)
	s.staff("GET /referrals/{no}/letter/pdf", s.letterPDF, care...)
	s.staff("GET /people/{id}/refer", s.refer, care...)
	s.staff("POST /people/{id}/refer", s.referAct, care...)
}

// referralStages are the columns of the board with the states in them.
var referralStages = []struct {
	name           string
	states, inward []string
}{
	{"asked", []string{"proposed", "agreed", "sent", "received", "lapsed"}, []string{"sent"}},
	{"accepted", []string{"accepted"}, []string{"accepted"}},
	{"going", []string{"in_progress"}, []string{"linked"}},
	{"done", []string{"completed"}, []string{"completed"}},
	{"failed", []string{"declined", "returned", "cancelled"}, []string{"declined", "withdrawn"}},
}

// referrals is the board.
func (s *Site) referrals(w http.ResponseWriter, r *http.Request, v Visitor) error {
	if err := s.await(r); err != nil {
		return err
	}
	p, err := s.pastOf(r, v)
	if err != nil {
		return err
	}
	view, err := s.referralsView(r, v, p)
	if err != nil {
		return err
	}
	return s.show(w, r, p.status, "referrals", "", view)
}

// referralBoard is which referrals a board shows, as its address says.
type referralBoard struct {
	here *url.URL // without the day
	projections.ReferralFilter
}

func (s *Site) referralBoardOf(r *http.Request, v Visitor) referralBoard {
	query := url.Values{}
	for _, name := range []string{"way", "desk"} {
		if text := r.URL.Query().Get(name); text != "" {
			query.Set(name, text)
		}
	}
	b := referralBoard{here: &url.URL{Path: "/referrals", RawQuery: query.Encode()}}
	b.Controller, b.Desk, b.Way = v.Actor.Controller, v.Actor.Desk, query.Get("way")
	if query.Get("desk") == "all" {
		b.Desk = ""
	}
	return b
}

// hidden are the words of the address beside the day.
func (b referralBoard) hidden() []Option {
	var out []Option
	for _, name := range []string{"way", "desk"} {
		if text := b.here.Query().Get(name); text != "" {
			out = append(out, Option{Name: name, Value: text})
		}
	}
	return out
}

// referralStream tells an open board how many referrals have moved.
func (s *Site) referralStream(w http.ResponseWriter, r *http.Request, v Visitor) error {
	board := s.referralBoardOf(r, v)
	return s.movedStream(w, r, v, MovedPill{W: v.W, Action: "/referrals", Hidden: board.hidden()}, func(ctx context.Context, from uint64) (int, uint64, error) {
		return s.config.Journey.ReferralsMoved(ctx, from, board.ReferralFilter)
	})
}

func (s *Site) referralsView(r *http.Request, v Visitor, p past) (ReferralsView, error) {
	w, board := v.W.Referrals, s.referralBoardOf(r, v)
	view := ReferralsView{Page: s.page(r, v, "referrals", w.Title, "css/indicator.css", "css/edit.css", "css/today.css", "css/referrals.css"), Behind: s.behind(r, v),
		AsOf: &AsOfBar{W: v.W, Action: "/referrals", Hidden: board.hidden(), Date: p.typed, Error: p.wrong, Index: -1}}
	here, on := board.here, s.today()
	if p.day != 0 {
		query := here.Query()
		query.Set("asof", p.day.String())
		here, on, board.At = &url.URL{Path: here.Path, RawQuery: query.Encode()}, p.day, max(p.upto, 1) // no log begins with a referral
		view.AsOf.Date, view.AsOf.Resolved = v.W.PlainDate(p.day), v.W.Indicator.Replayed(int(p.upto))
		view.Past = &Past{Shown: v.W.Message.AsOfBand(v.W.EndOfDay(p.day)), Back: board.here.RequestURI()}
		view.Live = &Live{Text: v.W.Frame.Live.Past, Doubt: true}
	}
	view.Here = here.RequestURI()
	for _, each := range []string{"", "out", "in"} {
		view.Directions = append(view.Directions, Tab{Text: w.Directions[each], Href: with(here, "way", each), Current: board.Way == each})
	}
	if v.Actor.Desk != "" {
		view.Desks = []Tab{{Text: w.Own, Href: with(here, "desk", ""), Current: board.Desk != ""}, {Text: w.Everybody, Href: with(here, "desk", "all"), Current: board.Desk == ""}}
	}
	if p.day == 0 {
		_, moved, err := s.config.Journey.ReferralsMoved(r.Context(), 0, board.ReferralFilter)
		if err != nil {
			return view, missing(err)
		}
		view.Stream = "/referrals/stream?" + url.Values{"way": here.Query()["way"], "desk": here.Query()["desk"], "from": {strconv.FormatUint(moved, 10)}}.Encode()
		view.Live = &Live{Text: v.W.Frame.Live.Receiving}
	}
	board.Since = on - endedShown
	list, err := s.config.Journey.Referrals(r.Context(), board.ReferralFilter)
	if err != nil {
		return view, missing(err)
	}
	cards, err := s.referralCards(r, v, list, on)
	if err != nil {
		return view, err
	}
	for _, stage := range referralStages {
		column := ReferralColumn{Heading: w.Columns[stage.name], Hint: w.ColumnHints[stage.name]}
		for i, x := range list {
			if !x.Inward && slices.Contains(stage.states, x.State) || x.Inward && slices.Contains(stage.inward, x.State) {
				column.Cards = append(column.Cards, cards[i])
			}
		}
		view.Columns = append(view.Columns, column)
	}
	if p.day != 0 {
		return view, nil
	}
	view.Record, err = s.inwardForm(r.Context(), v)
	return view, err
}

// referralCards lays referrals out as of a day, names opened in one entry of the access log.
func (s *Site) referralCards(r *http.Request, v Visitor, list []projections.Referral, on japan.Date) ([]ReferralCard, error) {
	who, err := s.referred(r, v, list)
	if err != nil {
		return nil, err
	}
	bodies := bodyNames{}
	out := make([]ReferralCard, len(list))
	for i, x := range list {
		c := ReferralCard{Direction: directionChip(v, x.Inward), What: v.W.Code("referral_purpose", x.Purpose), State: referralChip(v, x)}
		if c.Partner, err = s.bodyName(r.Context(), bodies, x.Partner); err != nil {
			return nil, err
		}
		p := who[x.ID]
		c.Name, c.Hidden, c.Number, c.Person, c.Chips = p.name, p.hidden, p.number, p.href, p.chips
		if x.Over != 0 {
			c.Ended = v.W.Referrals.Ended(v.W.ShortDate(x.Over))
		} else {
			c.Wait, c.Due = waited(v, x, on), referralDue(v, x, on)
		}
		c.Act = Pair{Href: referralHref(x.Position), Value: v.W.Referrals.Acts[x.State]}
		if x.Inward {
			c.Act.Value = v.W.Referrals.InwardActs[x.State]
		}
		if c.Act.Value = cmp.Or(c.Act.Value, v.W.Referrals.History); on != s.today() {
			c.Act.Value = v.W.Referrals.History // what is to be done is told on the page of today
		}
		out[i] = c
	}
	return out, nil
}

func referralHref(position uint64) string { return "/referrals/" + strconv.FormatUint(position, 10) }

// referralPage is the address of a referral for who may open it.
func referralPage(v Visitor, position uint64) string {
	if !v.holds("CO", "LD") {
		return ""
	}
	return referralHref(position)
}

func directionChip(v Visitor, inward bool) Chip {
	if inward {
		return Chip{"cyan", "in", v.W.Referrals.In}
	}
	return Chip{"purple", "ref", v.W.Referrals.Out}
}

// referralChip is the state of a referral in colour and in words.
func referralChip(v Visitor, x projections.Referral) Chip {
	if x.Inward {
		kind := map[string]string{"sent": "yellow", "accepted": "green", "linked": "green", "completed": "green"}[x.State]
		return Chip{Kind: cmp.Or(kind, "gray"), Text: v.W.Referrals.InwardStates[x.State]}
	}
	kind := map[string]string{"sent": "blue", "received": "blue", "agreed": "blue", "proposed": "blue", "accepted": "green", "in_progress": "green", "completed": "green"}[x.State]
	chip := Chip{Kind: cmp.Or(kind, "gray"), Text: v.W.Referrals.States[x.State]}
	if x.State == "lapsed" {
		chip.Kind, chip.Icon = "yellow", "warn"
	}
	return chip
}

// waited is since when an answer, or the next step, is waited for.
func waited(v Visitor, x projections.Referral, on japan.Date) *WaitBar {
	since := x.Moved
	if x.Answered == 0 && x.Sent != 0 {
		since = x.Sent
	}
	days := max(0, int(on-since))
	bar := &WaitBar{Width: min(100, days*100/(2*usualWait)), Over: days > usualWait && x.Answered == 0, Text: v.W.Referrals.Waits(days)}
	if bar.Over {
		bar.Text += v.W.Calendar.Comma + v.W.Referrals.Over
	}
	return bar
}

// referralDue is the day by which an unanswered one is to be answered.
func referralDue(v Visitor, x projections.Referral, on japan.Date) *Chip {
	switch late := int(on - x.Due); {
	case x.Due == 0 || x.Answered != 0:
		return nil
	case late > 0:
		return &Chip{"yellow", "warn", v.W.Referrals.Overdue(late)}
	default:
		return &Chip{"gray", "clock", v.W.Referrals.Due(v.W.ShortDate(x.Due))}
	}
}

// bodyNames are names of partners that were read already.
type bodyNames map[string]string

// bodyName is how a partner is called now.
func (s *Site) bodyName(ctx context.Context, known bodyNames, id string) (string, error) {
	if name, ok := known[id]; ok {
		return name, nil
	}
	list, err := s.config.Journey.Stream(ctx, domain.StreamName("partner", id), projections.Newest)
	if err != nil {
		return "", missing(err)
	}
	for _, e := range list {
		known[id] = cmp.Or(e.Facts.Text("name"), known[id])
	}
	return known[id], nil
}

// referredName is who a referral is about, as this visitor may know it.
type referredName struct {
	name, number, href string
	hidden             bool
	chips              []Chip
}

// referred names the persons of referrals, by the id of each, in one entry of the
// access log. Whom a partner sends to us is named once we have accepted.
func (s *Site) referred(r *http.Request, v Visitor, list []projections.Referral) (map[string]referredName, error) {
	var entries []projections.Entry
	people := map[string]*dossier{}
	letters := map[string]uint64{}
	for _, x := range list {
		switch {
		case x.Person.ID != "" && people[x.Person.ID] == nil:
			d, err := s.profile(r.Context(), x.Person.ID)
			if err != nil {
				return nil, err
			}
			people[x.Person.ID] = d
			entries = append(entries, d.entries...)
		case x.Inward && x.Person.ID == "" && x.Answered != 0:
			e, err := s.config.Journey.Record(r.Context(), x.Position, projections.Newest)
			if err != nil {
				return nil, missing(err)
			}
			letters[x.ID] = x.Position
			entries = append(entries, e)
		}
	}
	seen, err := s.read(r, v, Glance{Reason: "referrals", Act: "list", Classes: "P"}, entries)
	if err != nil {
		return nil, err
	}
	out := map[string]referredName{}
	for _, x := range list {
		if d := people[x.Person.ID]; d != nil {
			d.seen = seen
			out[x.ID] = s.nameOf(v, d)
			continue
		}
		n := referredName{name: v.W.Referrals.NameAfter, hidden: true}
		if o := seen.texts[letters[x.ID]]; o.erased() {
			n.name = erasedMark(v.W, o.erasedBy())
		} else if name := o.first("name"); name != "" {
			n.name, n.hidden = name, false
		}
		out[x.ID] = n
	}
	return out, nil
}

// profile is what says who a person is, still sealed.
func (s *Site) profile(ctx context.Context, person string) (*dossier, error) {
	sum, err := s.config.Journey.Summary(ctx, person, projections.Newest)
	if err != nil {
		return nil, missing(err)
	}
	d := &dossier{sum: sum}
	for _, id := range sum.Group {
		own, err := s.config.Journey.Stream(ctx, domain.StreamName("person", id), projections.Newest)
		if err != nil {
			return nil, missing(err)
		}
		d.entries = append(d.entries, profileOf(own)...)
	}
	return d, nil
}

func (s *Site) nameOf(v Visitor, d *dossier) referredName {
	n := referredName{number: personNumber(d.sum.Number), href: "/people/" + d.sum.ID}
	n.name, _ = d.name()
	switch {
	case d.sum.State == "erased":
		n.name, n.hidden = erasedMark(v.W, d.erasedBy()), true
	case n.name == "" && d.sum.Anonymous:
		n.name, n.hidden = v.W.Field("anonymous"), true
	case n.name == "":
		n.name, n.hidden = v.W.Journey.NameHidden, true
	}
	if d.sum.ConfidentialUntil != 0 {
		n.chips = append(n.chips, Chip{"yellow", "lock", v.W.Referrals.Confidential})
	}
	if len(d.sum.Restrictions) > 0 {
		n.chips = append(n.chips, Chip{"yellow", "lock", v.W.Referrals.Restricted})
	}
	return n
}

// bodies are the partners that take part, by their kind.
func (s *Site) bodies(ctx context.Context, v Visitor, chosen string) ([]OptionGroup, error) {
	ids, err := s.config.Journey.Streams(ctx, "partner")
	if err != nil {
		return nil, missing(err)
	}
	byKind := map[string][]Option{}
	for _, id := range ids {
		b, err := s.body(ctx, id)
		if err != nil {
			return nil, err
		}
		if b.controller == v.Actor.Controller && !b.of.Ended {
			byKind[b.of.Kind] = append(byKind[b.of.Kind], Option{Value: id, Text: b.of.Name, Chosen: id == chosen})
		}
	}
	var out []OptionGroup
	for _, kind := range domain.Codes["partner_kind"] {
		if list := byKind[kind]; len(list) > 0 {
			slices.SortFunc(list, func(a, b Option) int { return cmp.Compare(a.Text, b.Text) })
			out = append(out, OptionGroup{v.W.Code("partner_kind", kind), list})
		}
	}
	return out, nil
}

// soon is the day an answer is usually due.
func (s *Site) soon() japan.Date { return s.today() + usualWait }
