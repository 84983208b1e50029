package projections

import (
	"context"

	"github.com/google/uuid"

	"ayumi/domain"
)

// AuditTrail is the read model of who recorded, changed and voided what and
// when. Rows are only added.
type AuditTrail struct {
	*Projection
	db Database
}

// The tables of AuditTrail, by number.
const (
	auditRow = iota
	auditShape
	auditName
)

// NewAuditTrail is the read model of the audit trail in a database.
func NewAuditTrail(db Database) *AuditTrail {
	return &AuditTrail{db: db, Projection: &Projection{
		Name: "audit", Version: 1, Leaves: true,
		New: func() Fold { return newAuditFold() },
		Tables: []Table{
			auditRow: {Name: "audit_row", Columns: []string{"position INTEGER PRIMARY KEY", "shape INTEGER NOT NULL",
				"stream INTEGER NOT NULL", "version INTEGER NOT NULL", "account INTEGER NOT NULL", "behalf INTEGER NOT NULL",
				"batch INTEGER NOT NULL", "occurred_on INTEGER NOT NULL", "recorded_at BIGINT NOT NULL",
				"entity BYTEA NOT NULL", "ids BYTEA NOT NULL"},
				Indexes: []string{"stream, position", "account, position"}},
			auditShape: {Name: "audit_shape", Columns: []string{"no INTEGER PRIMARY KEY", "type TEXT NOT NULL",
				"controller TEXT NOT NULL", "desk TEXT NOT NULL", "source TEXT NOT NULL"}},
			auditName: {Name: "audit_name", Columns: []string{"no INTEGER PRIMARY KEY", "name TEXT NOT NULL"}, Indexes: []string{"name"}},
		},
	}}
}

// auditFold remembers numbers of streams, accounts and batches.
type auditFold struct {
	shapes map[[4]string]int64
	names  map[string]int64
}

func newAuditFold() *auditFold {
	return &auditFold{shapes: map[[4]string]int64{}, names: map[string]int64{}}
}

func (f *auditFold) Load(ctx context.Context, t Tables, checkpoint uint64) (uint64, error) {
	err := t.Query(ctx, "SELECT no, type, controller, desk, source FROM {audit_shape}", func(scan func(...any) error) error {
		var no int64
		var s [4]string
		err := scan(&no, &s[0], &s[1], &s[2], &s[3])
		f.shapes[s] = no
		return err
	})
	if err != nil {
		return 0, err
	}
	return checkpoint, t.Query(ctx, "SELECT no, name FROM {audit_name}", func(scan func(...any) error) error {
		var no int64
		var name string
		err := scan(&no, &name)
		f.names[name] = no
		return err
	})
}

func (f *auditFold) Warm(*Event) error { return nil }

func (f *auditFold) Finish(*Batch) {}

// Apply adds the row of the event.
func (f *auditFold) Apply(e *Event, b *Batch) error {
	ms, err := e.recorded()
	if err != nil {
		return err
	}
	leaf := e.Leaf
	if leaf == ([32]byte{}) {
		if leaf, err = domain.Leaf(e.Body); err != nil {
			return err
		}
	}
	b.Add(auditRow, int64(e.Position), f.shape(e, b), f.name([]byte(e.Stream), b), int64(e.Version),
		f.name(e.code("recorded_by"), b), f.name(e.code("on_behalf_of"), b), f.name(e.code("batch"), b),
		int64(e.Date("occurred_on")), ms, entityOf(e), idsOf(e, leaf))
	return nil
}

func (f *auditFold) shape(e *Event, b *Batch) int64 {
	s := [4]string{e.Type, e.Text("controller"), e.Text("desk"), e.Text("source")}
	no, ok := f.shapes[s]
	if !ok {
		no = int64(len(f.shapes) + 1)
		f.shapes[s] = no
		b.Add(auditShape, no, s[0], s[1], s[2], s[3])
	}
	return no
}

func (f *auditFold) name(name []byte, b *Batch) int64 {
	if len(name) == 0 {
		return 0
	}
	no, ok := f.names[string(name)]
	if !ok {
		no = int64(len(f.names) + 1)
		f.names[string(name)] = no
		b.Add(auditName, no, string(name))
	}
	return no
}

// entityFacts name the thing inside a stream that an event is about, the more
// special first.
var entityFacts = []string{
	"consultation", "booking", "task", "referral", "placement", "relocation", "share", "visit", "certificate",
	"document", "side_job", "two_base", "grant", "check", "subsidy", "registration", "outbound", "thread", "reception",
	"contact_point", "consent", "restriction", "attendee", "vacancy", "agreement", "access", "other_case", "other",
}

// entityOf is the id of the thing, 16 bytes where it is a UUID.
func entityOf(e *Event) []byte {
	stem := e.Type
	if i := len(e.Category); i < len(stem) {
		stem = stem[i+1:]
	}
	fact := changes[e.Type].key
	if fact == "" {
		fact = entityFact(stem, e)
	}
	id := e.code(fact)
	if u, err := uuid.ParseBytes(id); err == nil && len(id) == 36 {
		return u[:]
	}
	return append([]byte{}, id...)
}

// entityFact prefers the fact that the type is named after.
func entityFact(stem string, e *Event) string {
	if e.raw("confirmation") != nil {
		return "confirmation"
	}
	found := ""
	for _, fact := range entityFacts {
		if e.raw(fact) == nil {
			continue
		}
		if len(stem) > len(fact) && stem[:len(fact)] == fact {
			return fact
		}
		if found == "" {
			found = fact
		}
	}
	return found
}

// idsOf packs the event id, the command id and the leaf hash.
func idsOf(e *Event, leaf [32]byte) []byte {
	out := make([]byte, 0, 64)
	out = append(out, e.Recorded.ID[:]...)
	command, _ := uuid.ParseBytes(e.code("command_id")) // zero if it is none
	return append(append(out, command[:]...), leaf[:]...)
}
