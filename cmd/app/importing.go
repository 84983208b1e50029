package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/importing"
	"ayumi/domain/japan"
	reader "ayumi/infra/document"
	store "ayumi/infra/importing"
	"ayumi/infra/people"
)

// Imports takes ledgers of spreadsheets into the log. A draft belongs to the account
// that brought it.
type Imports struct {
	app   *App
	kept  *store.Store
	life  context.Context
	mu    sync.Mutex
	runs  map[string]*importRun // by draft
	plans map[string]read       // the last reading of a draft
	names *staff
}

// read is how a draft was understood at a revision, before it is compared with the
// persons of the office.
type read struct {
	revision int
	sheet    int
	day      japan.Date
	table    importing.Table
	plan     importing.Plan
}

func newImports(a *App, life context.Context) (*Imports, error) {
	kept, err := a.openKept(life)
	return &Imports{app: a, kept: kept, life: life, names: &staff{app: a}, runs: map[string]*importRun{}, plans: map[string]read{}}, err
}

// errNoImport is the answer for a draft that is not there, or not theirs.
var errNoImport = store.ErrMissing

// Begin reads a ledger and answers the draft it makes. A file that cannot be read
// is a Refusal.
func (m *Imports) Begin(ctx context.Context, who domain.Actor, name string, raw []byte) (*importing.Draft, error) {
	tables, encoding, err := reader.Reader{}.Tables(name, raw)
	if err != nil {
		return nil, err
	}
	d := &importing.Draft{ID: uuid.NewString(), Account: who.Account, Controller: who.Controller, File: name, Encoding: encoding,
		Begun: m.app.Config.Now().UTC(), State: importing.Open,
		Said: importing.Said{Desk: who.Desk, TargetPref: "undecided", NoticeMethod: "paper"}}
	if _, ok := japan.PrefectureOf(who.Controller); ok {
		d.Said.TargetPref = who.Controller
	}
	for i, t := range tables {
		d.Sheets = append(d.Sheets, t.Name)
		if len(t.Rows) > len(tables[d.Sheet].Rows) {
			d.Sheet = i
		}
	}
	if err := m.Guess(ctx, d, tables[d.Sheet]); err != nil {
		return nil, err
	}
	return d, m.kept.Begin(ctx, d, tables)
}

// Guess reads the headings of a draft's sheet, as the account read the same ones
// before, and forgets what was decided about its rows.
func (m *Imports) Guess(ctx context.Context, d *importing.Draft, t importing.Table) error {
	d.Mapping, d.Clashes = importing.Guess(t)
	d.Change, d.Recalled = importing.Change{}, false
	if err := m.nameCounsellors(ctx, d); err != nil {
		return err
	}
	signature := importing.Signature(t, d.Mapping.Head)
	if signature == "" {
		return nil
	}
	was, found, err := m.kept.Recall(ctx, d.Account, signature)
	if err != nil || !found {
		return err
	}
	was.Mapping.Head = d.Mapping.Head
	if was.Mapping.Defaults == nil { // an empty one is not kept
		was.Mapping.Defaults = map[string]string{}
	}
	if d.Mapping.Year != 0 {
		was.Mapping.Year = d.Mapping.Year
	}
	d.Mapping, d.Said, d.Clashes, d.Recalled = was.Mapping, was.Said, nil, true
	return nil
}

// List answers the drafts of an account, the newest first.
func (m *Imports) List(ctx context.Context, who domain.Actor) ([]*importing.Draft, error) {
	return m.kept.List(ctx, who.Account)
}

// Look answers a draft with its plan and the table it was made from. What runs is
// told as it stands.
func (m *Imports) Look(ctx context.Context, who domain.Actor, id string) (*importing.Draft, importing.Table, *importing.Plan, error) {
	d, err := m.Draft(ctx, who, id)
	if err != nil {
		return nil, importing.Table{}, nil, err
	}
	return m.look(ctx, who, d)
}

func (m *Imports) look(ctx context.Context, who domain.Actor, d *importing.Draft) (*importing.Draft, importing.Table, *importing.Plan, error) {
	got, err := m.read(ctx, d)
	if err != nil {
		return nil, importing.Table{}, nil, err
	}
	plan := got.plan
	plan.Rows, plan.People = append([]importing.Row(nil), plan.Rows...), append([]importing.Person(nil), plan.People...)
	held, err := m.held(ctx, who, &plan)
	if err != nil {
		return nil, importing.Table{}, nil, err
	}
	plan.Recognise(held)
	likes, err := m.likes(who, d, &plan)
	if err != nil {
		return nil, importing.Table{}, nil, err
	}
	plan.Settle(likes, d.Change.People)
	return d, got.table, &plan, nil
}

// Draft answers a draft of an account: what runs as it runs.
func (m *Imports) Draft(ctx context.Context, who domain.Actor, id string) (*importing.Draft, error) {
	m.mu.Lock()
	run := m.runs[id]
	m.mu.Unlock()
	if run != nil {
		if run.draft.Account != who.Account {
			return nil, errNoImport
		}
		return run.snapshot(), nil
	}
	underWay := func(d *importing.Draft) bool { return d.State == importing.Running || d.State == importing.Undoing }
	d, err := m.kept.Load(ctx, who.Account, id)
	if err != nil || !underWay(d) {
		return d, err
	}
	running, err := m.app.errands.running(ctx, importErrand, id)
	if err != nil || running {
		return d, err
	}
	// It ended in between, and how is kept; or the server was stopped meanwhile.
	if d, err = m.kept.Load(ctx, who.Account, id); err == nil && underWay(d) {
		d.State, d.Why = importing.Paused, "import.stopped"
	}
	return d, err
}

// read understands a draft, once a revision.
func (m *Imports) read(ctx context.Context, d *importing.Draft) (read, error) {
	today := japan.DateOf(m.app.Config.Now())
	m.mu.Lock()
	was, ok := m.plans[d.ID]
	m.mu.Unlock()
	if ok && was.revision == d.Revision && was.day == today {
		return was, nil
	}
	if !ok || was.sheet != d.Sheet { // another instance may have been told of another sheet
		tables, err := m.kept.Tables(ctx, d.Account, d.ID)
		if err != nil {
			return read{}, err
		}
		was.table = tables[min(d.Sheet, len(tables)-1)]
	}
	was.revision, was.sheet, was.day, was.plan = d.Revision, d.Sheet, today, importing.Read(was.table, d.Mapping, d.Change, today)
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.plans) >= plansKept {
		clear(m.plans)
	}
	m.plans[d.ID] = was
	return was, nil
}

// plansKept is how many ledgers lie understood in memory.
const plansKept = 8

// likes looks for every person of the ledger among those of the office, but for
// those whom the ledger itself has brought there.
func (m *Imports) likes(who domain.Actor, d *importing.Draft, p *importing.Plan) (map[int][]importing.Like, error) {
	out, begun := map[int][]importing.Like{}, d.Brought()
	for i := range p.People {
		one := &p.People[i]
		if one.Anonymous || one.Known != "" || slices.ContainsFunc(one.Rows, func(r int) bool { return d.Results[p.Rows[r].No].Began }) {
			continue
		}
		near, err := m.app.People.Like(who, described(one))
		if err != nil {
			return nil, err
		}
		hits := near.Hits
		hits = slices.DeleteFunc(hits, func(h people.Hit) bool { return begun[h.Person] })
		for _, h := range hits[:min(len(hits), 5)] {
			l := importing.Like{Person: h.Person, Number: h.Number, Name: strings.TrimSpace(h.Name.Family + " " + h.Name.Given), Points: h.Points}
			for _, r := range h.Reasons {
				l.Signals = append(l.Signals, r.Signal)
			}
			out[i] = append(out[i], l)
		}
	}
	return out, nil
}

// described is a person of a ledger as the index is asked for it.
func described(one *importing.Person) people.Described {
	d := people.Described{Name: people.Name{Family: one.Family, Given: one.Given, FamilyKana: one.FamilyKana, GivenKana: one.GivenKana}, BirthDate: cmp.Or(one.BirthDate, one.BirthYear)}
	for _, v := range one.Phones {
		d.Contacts = append(d.Contacts, people.Told{Kind: "phone", Value: v})
	}
	for _, v := range one.Mails {
		d.Contacts = append(d.Contacts, people.Told{Kind: "mail", Value: v})
	}
	if one.Line != "" {
		d.Contacts = append(d.Contacts, people.Told{Kind: "line", Value: one.Line})
	}
	return d
}

// Change changes how a draft is read and answers it. It is refused (import.state)
// while something runs for it, and once the batch was taken back. What it may change
// once rows are records is the caller's to see to.
func (m *Imports) Change(ctx context.Context, who domain.Actor, id string, change func(*importing.Draft, importing.Table) error) (*importing.Draft, error) {
	d, err := m.Draft(ctx, who, id)
	if err != nil {
		return nil, err
	}
	if !d.Mendable() {
		return nil, domain.Refuse("import.state")
	}
	got, err := m.read(ctx, d)
	if err != nil {
		return nil, err
	}
	if err := change(d, got.table); err != nil {
		return nil, err
	}
	d.Revision++
	return d, m.kept.Save(ctx, d)
}

// Sheet reads another sheet of a draft's workbook.
func (m *Imports) Sheet(ctx context.Context, who domain.Actor, id string, sheet int) error {
	tables, err := m.kept.Tables(ctx, who.Account, id)
	if err != nil {
		return err
	}
	if sheet < 0 || sheet >= len(tables) {
		return domain.RefuseField("field.range", "sheet")
	}
	_, err = m.Change(ctx, who, id, func(d *importing.Draft, _ importing.Table) error {
		if !d.Editable() {
			return domain.Refuse("import.state")
		}
		d.Sheet = sheet
		return m.Guess(ctx, d, tables[sheet])
	})
	m.forget(id)
	return err
}

// Decide says who persons of the ledger are: by first row, one of those it was shown
// to be like, or with New a new one.
func (m *Imports) Decide(ctx context.Context, who domain.Actor, id string, choices map[int]importing.Choice) error {
	_, _, plan, err := m.Look(ctx, who, id)
	if err != nil {
		return err
	}
	may := map[int][]string{}
	for _, i := range plan.Doubtful() {
		row := plan.FirstRow(i)
		may[row] = []string{""}
		for _, l := range plan.People[i].Likes {
			may[row] = append(may[row], l.Person)
		}
	}
	_, err = m.Change(ctx, who, id, func(d *importing.Draft, _ importing.Table) error {
		for row, c := range choices {
			if c.New == (c.Person != "") || !slices.Contains(may[row], c.Person) {
				return domain.RefuseField("import.waiting", "person")
			}
			d.Decide(row, c)
		}
		return nil
	})
	return err
}

// Remember keeps how a draft is read, for the next ledger of its headings.
func (m *Imports) Remember(ctx context.Context, d *importing.Draft, t importing.Table) error {
	if signature := importing.Signature(t, d.Mapping.Head); signature != "" {
		return m.kept.Remember(ctx, d.Account, signature, store.Memory{Mapping: d.Mapping, Said: d.Said})
	}
	return nil
}

// Discard takes a draft away that is no batch: nothing of it was imported, or all of
// it was taken back.
func (m *Imports) Discard(ctx context.Context, who domain.Actor, id string) error {
	d, err := m.Draft(ctx, who, id)
	if err != nil {
		return err
	}
	if done, _ := d.Imported(); d.State == importing.Running || d.State == importing.Undoing || (done > 0 && d.State != importing.Undone) {
		return domain.Refuse("import.state")
	}
	m.forget(id)
	return m.kept.Remove(ctx, who.Account, id)
}

func (m *Imports) forget(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.plans, id)
}

// IsMissing tells that there is no such draft of the account.
func IsMissing(err error) bool { return errors.Is(err, errNoImport) }
