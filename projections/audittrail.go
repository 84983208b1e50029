package projections

import (
	"cmp"
	"context"
	"strings"

	"github.com/google/uuid"

	"ayumi/domain"
)

// AuditTrail is the read model of who recorded, changed and voided what and
// when. Rows of events are only added.
type AuditTrail struct{ *Projection }

// The tables of AuditTrail, by number.
const (
	auditRow = iota
	auditShape
	auditStream
	auditLast
)

// NewAuditTrail is the read model of the audit trail.
func NewAuditTrail() *AuditTrail {
	return &AuditTrail{Projection: &Projection{
		Name: "audit", Version: 4, Leaves: true,
		New: func() Fold { return newAuditFold() },
		Tables: []Table{
			auditRow: {Name: "audit_row", Columns: []string{"position INTEGER PRIMARY KEY", "shape INTEGER NOT NULL",
				"stream INTEGER NOT NULL", "before INTEGER NOT NULL", "version INTEGER NOT NULL",
				"occurred_on INTEGER NOT NULL", "recorded_at BIGINT NOT NULL", "ids BYTEA NOT NULL"}},
			auditShape:  {Name: "audit_shape", Columns: append([]string{"no INTEGER PRIMARY KEY", "type TEXT NOT NULL"}, shapeColumns()...)},
			auditStream: {Name: "audit_stream", Columns: []string{"no INTEGER PRIMARY KEY", "name TEXT NOT NULL"}},
			auditLast:   lastEntries("audit_last"),
		},
	}}
}

// shapeFacts are, beside the type, what many rows share.
var shapeFacts = [...]string{"controller", "desk", "source", "recorded_by", "on_behalf_of", "batch"}

func shapeColumns() (out []string) {
	for _, fact := range shapeFacts {
		out = append(out, fact+" TEXT NOT NULL")
	}
	return out
}

// auditFold remembers numbers of shapes and streams.
type auditFold struct {
	shapes  map[string]int64 // joined by line ends
	streams chains
	text    []byte // reused
	room    []byte // for the bytes of rows, many in one piece of memory
}

// roomSize is how large such a piece is.
const roomSize = 1 << 16

func newAuditFold() *auditFold {
	return &auditFold{shapes: map[string]int64{}, streams: newChains()}
}

func (f *auditFold) Load(ctx context.Context, t Tables, checkpoint uint64) (uint64, error) {
	err := t.Query(ctx, "SELECT no, type, "+strings.Join(shapeFacts[:], ", ")+" FROM audit_shape", func(scan func(...any) error) error {
		var no int64
		var s [1 + len(shapeFacts)]string
		err := scan(&no, &s[0], &s[1], &s[2], &s[3], &s[4], &s[5], &s[6])
		f.shapes[strings.Join(s[:], "\n")] = no
		return err
	})
	if err != nil {
		return 0, err
	}
	err = t.Query(ctx, "SELECT name FROM audit_stream ORDER BY no", func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		f.streams.begin(name)
		return err
	})
	if err != nil {
		return 0, err
	}
	return checkpoint, f.streams.load(ctx, t, "audit_last")
}

func (f *auditFold) Warm(*Event) error { return nil }

// Hold keeps back where streams end: most would move in every batch.
func (f *auditFold) Hold() { f.streams.held = true }

func (f *auditFold) Release(b *Batch) { f.streams.release(b.Add(auditLast)) }

func (f *auditFold) Finish(b *Batch) { f.streams.finish(b.Add(auditLast)) }

// Apply adds the row of the event.
func (f *auditFold) Apply(e *Event, b *Batch) error {
	leaf := e.Leaf
	if leaf == ([32]byte{}) { // the body is not in its one spelling
		var err error
		if leaf, err = domain.Leaf(e.Body); err != nil {
			return err
		}
	}
	if cap(f.room)-len(f.room) < 128 {
		f.room = make([]byte, 0, roomSize)
	}
	begun := len(f.room)
	f.room = appendEntity(appendIDs(f.room, e, leaf), e)
	stream, known := f.streams.number(e.Category, e.ID)
	if !known {
		stream = f.streams.begin(e.Stream)
		b.Add(auditStream).Int(stream).Text(e.Stream)
	}
	b.Add(auditRow).Int(int64(e.Position), f.shape(e, b), stream, f.streams.next(stream, int64(e.Position)), int64(e.Version),
		int64(e.Date("occurred_on")), e.RecordedAt).Blob(f.room[begun:len(f.room):len(f.room)])
	return nil
}

func (f *auditFold) shape(e *Event, b *Batch) int64 {
	f.text = append(f.text[:0], e.Type...)
	for _, fact := range shapeFacts {
		f.text = append(append(f.text, '\n'), e.Code(fact)...)
	}
	no, ok := f.shapes[string(f.text)]
	if !ok {
		no = int64(len(f.shapes) + 1)
		f.shapes[string(f.text)] = no
		row := b.Add(auditShape).Int(no).Text(e.Type)
		for _, fact := range shapeFacts {
			row.Text(e.Text(fact))
		}
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

// appendEntity adds the id of the thing, 16 bytes where it is a UUID.
func appendEntity(to []byte, e *Event) []byte {
	id := e.Code(entityFact(e))
	if len(id) == 36 {
		if u, err := uuid.ParseBytes(id); err == nil {
			return append(to, u[:]...)
		}
	}
	return append(to, id...)
}

// entityFact is the fact of a change's target, or the confirmation, or the fact
// that the type is named after, or the most special one there is.
func entityFact(e *Event) string {
	if key := changes[e.Type].key; key != "" {
		return key
	}
	if e.Raw("confirmation") != nil {
		return "confirmation"
	}
	stem := e.Type[min(len(e.Category)+1, len(e.Type)):]
	best := ""
	for _, fact := range entityFacts {
		if e.Raw(fact) == nil {
			continue
		}
		if len(stem) > len(fact) && stem[:len(fact)] == fact {
			return fact
		}
		best = cmp.Or(best, fact)
	}
	return best
}

// appendIDs adds the event id, the command id and the leaf hash: idsSize bytes.
func appendIDs(to []byte, e *Event, leaf [32]byte) []byte {
	to = append(to, e.Recorded.ID[:]...)
	command, _ := uuid.ParseBytes(e.Code("command_id")) // zero if it is none
	return append(append(to, command[:]...), leaf[:]...)
}
