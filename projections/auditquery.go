package projections

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"ayumi/domain/japan"
)

// AuditEntry says who did what to which stream, and when.
type AuditEntry struct {
	Position   uint64
	EventID    string
	CommandID  string
	Type       string
	Stream     string
	Version    int
	By         string // account
	OnBehalfOf string
	OccurredOn japan.Date
	RecordedAt time.Time // UTC
	Controller string
	Desk       string
	Source     string
	Batch      string
	Change     string // recorded, corrected or voided
	Target     uint64 // position of what it corrects or voids; 0 if nothing
	Leaf       [32]byte
}

// AuditFilter selects entries; empty fields select everything.
type AuditFilter struct {
	Account string
	// Controller: of this one and of both together.
	Controller string
	Stream     string    // person-…, case-…
	Beside     uint64    // of the stream of the event at this position
	Positions  []uint64  // of a figure's members
	From, To   time.Time // recorded, To excluded
	Changes    bool      // only what corrects or voids
	Occurred   japan.Period
	Types      []string // of events
	After      uint64   // entries after this position
	Before     uint64   // page: entries before this position; 0 is the newest page
	Limit      int      // default 100
}

// Trail answers the entries a filter selects, newest first.
func (a *AuditTrail) Trail(ctx context.Context, f AuditFilter) ([]AuditEntry, error) {
	if err := a.ready(); err != nil {
		return nil, err
	}
	where, args := a.where(f)
	if f.Limit <= 0 {
		f.Limit = 100
	}
	var out []AuditEntry
	err := a.once(ctx, fmt.Sprintf(`SELECT r.position, s.type, st.name, r.version, s.recorded_by, s.on_behalf_of, s.batch,
			r.occurred_on, r.recorded_at, s.controller, s.desk, s.source, r.ids,
			CASE WHEN s.type IN (`+quotedChanges+`) THEN
				(`+walkAudit("r.before")+` SELECT MIN(w.position) FROM walked w WHERE w.entity = `+entityOf("r")+`) END
		FROM audit_row r LEFT JOIN audit_shape s ON s.no = r.shape LEFT JOIN audit_stream st ON st.no = r.stream
		WHERE %s ORDER BY r.position DESC LIMIT %d`, where, f.Limit), func(scan func(...any) error) error {
		e, err := scanAudit(scan)
		out = append(out, e)
		return err
	}, args...)
	return out, err
}

func scanAudit(scan func(...any) error) (AuditEntry, error) {
	var e AuditEntry
	var ms int64
	var ids []byte
	var target *int64
	err := scan(&e.Position, &e.Type, &e.Stream, &e.Version, &e.By, &e.OnBehalfOf, &e.Batch, &e.OccurredOn, &ms,
		&e.Controller, &e.Desk, &e.Source, &ids, &target)
	if err != nil {
		return e, err
	}
	if len(ids) < idsSize {
		return e, fmt.Errorf("audit row %d: ids are cut short", e.Position)
	}
	e.EventID, e.CommandID = uuid.UUID(ids[:16]).String(), uuid.UUID(ids[16:32]).String()
	copy(e.Leaf[:], ids[32:idsSize])
	e.RecordedAt, e.Change = instant(ms), Alters(e.Type)
	if target != nil {
		e.Target = uint64(*target)
	}
	return e, nil
}

// walkAudit begins a query with the table walked: the entries of a stream from one
// on back to its first.
func walkAudit(from string) string {
	return `WITH RECURSIVE walked (position, before, entity) AS (SELECT b.position, b.before, ` + entityOf("b") + ` FROM audit_row b WHERE b.position = ` + from + `
		UNION ALL SELECT b.position, b.before, ` + entityOf("b") + ` FROM walked w CROSS JOIN audit_row b WHERE b.position = w.before)`
}

// idsSize is how many bytes of ids stand before the entity in a row.
const idsSize = 64

func entityOf(row string) string { return fmt.Sprintf("substr(%s.ids, %d)", row, idsSize+1) }

// where spells a filter.
func (a *AuditTrail) where(f AuditFilter) (string, []any) {
	terms := []string{"1 = 1"}
	var args []any
	add := func(term string, arg any) {
		args = append(args, arg)
		terms = append(terms, fmt.Sprintf(term, len(args)))
	}
	if f.Account != "" {
		add("r.shape IN (SELECT no FROM audit_shape WHERE recorded_by = $%d)", f.Account)
	}
	if f.Controller != "" {
		add("s.controller IN ($%d, 'joint')", f.Controller)
	}
	const ofStream = "r.position IN (%s SELECT position FROM walked)"
	if f.Stream != "" {
		add(fmt.Sprintf(ofStream, walkAudit("(SELECT l.position FROM audit_stream s JOIN audit_last l ON l.stream = s.no WHERE s.name = $%d)")), f.Stream)
	}
	if f.Beside > 0 {
		add(fmt.Sprintf(ofStream, walkAudit("(SELECT l.position FROM audit_last l WHERE l.stream = (SELECT r.stream FROM audit_row r WHERE r.position = $%d))")), int64(f.Beside))
	}
	if f.Positions != nil {
		terms = append(terms, "r.position IN ("+joined(f.Positions)+")")
	}
	if !f.From.IsZero() {
		add("r.recorded_at >= $%d", f.From.UnixMilli())
	}
	if !f.To.IsZero() {
		add("r.recorded_at < $%d", f.To.UnixMilli())
	}
	if f.Changes {
		terms = append(terms, "s.type IN ("+quotedChanges+")")
	}
	if f.Occurred.Valid() {
		add("r.occurred_on >= $%d", int64(f.Occurred.From))
		add("r.occurred_on <= $%d", int64(f.Occurred.To))
	}
	if f.Types != nil {
		var list []string
		for _, typ := range f.Types {
			args = append(args, typ)
			list = append(list, fmt.Sprintf("$%d", len(args)))
		}
		terms = append(terms, "s.type IN ("+strings.Join(append(list, "''"), ",")+")")
	}
	if f.After > 0 {
		add("r.position > $%d", int64(f.After))
	}
	if f.Before > 0 {
		add("r.position < $%d", int64(f.Before))
	}
	return strings.Join(terms, " AND "), args
}

// quotedChanges are the types that change what was recorded: constants of the
// program, ascending.
var quotedChanges = "'" + strings.Join(slices.Sorted(maps.Keys(changes)), "','") + "'"

// numbers joins numbers of our own for an IN list.
func numbers(list []int64) string {
	var b strings.Builder
	for i, n := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(n, 10))
	}
	return b.String()
}

func joined(positions []uint64) string {
	list := make([]int64, len(positions))
	for i, p := range positions {
		list[i] = int64(p)
	}
	if len(list) == 0 {
		return "0"
	}
	return numbers(list)
}

// Entry answers the entry of one event, or ErrUnknown.
func (a *AuditTrail) Entry(ctx context.Context, position uint64) (AuditEntry, error) {
	list, err := a.Trail(ctx, AuditFilter{Positions: []uint64{position}, Limit: 1})
	if err != nil {
		return AuditEntry{}, err
	}
	if len(list) == 0 {
		return AuditEntry{}, ErrUnknown
	}
	return list[0], nil
}

// ChangesOf answers the entries of a stream that correct or void an event,
// oldest first.
func (a *AuditTrail) ChangesOf(ctx context.Context, position uint64) ([]AuditEntry, error) {
	if _, err := a.Entry(ctx, position); err != nil {
		return nil, err
	}
	list, err := a.Trail(ctx, AuditFilter{Beside: position, Changes: true, Limit: 1000})
	list = slices.DeleteFunc(list, func(e AuditEntry) bool { return e.Target != position })
	slices.Reverse(list)
	return list, err
}
