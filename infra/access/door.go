package access

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/viewing"
)

// ErrUnaudited: the access log could not be written, so nothing is shown.
var ErrUnaudited = errors.New("access log cannot be written")

// Door opens sealed sections for people. There is no other way to a name.
type Door struct {
	Keys   domain.Keyring
	Log    *Log
	Origin string
	Now    func() time.Time
	// Closed tells whether a restriction of use closes an owner's sealed texts to
	// view; nil: never.
	Closed func(ctx context.Context, owner string) (bool, error)
	// ErasedBy names the decision by which an owner's texts were erased; nil: none
	// is named.
	ErasedBy func(ctx context.Context, owner string) (domain.ErasedBy, error)
	// Keeps tells whether an owner's records lie with the actor's own desk; nil: always.
	Keeps func(ctx context.Context, who domain.Actor, owner string) (bool, error)
	// Matter answers what a data-protection matter opens; nil: nothing.
	Matter func(ctx context.Context, matter string) (domain.Reach, error)
}

// Glance is what somebody wants to see.
type Glance struct {
	Who     domain.Actor
	Subject string // whose record it is about
	Reason  string // page or purpose code
	Act     string // default view
	Classes string // "P" or "PX": what the page shows
	Matter  string // the data-protection matter it is for, if it is for one
}

// Text is one sealed field as it may be shown.
type Text struct {
	Value  string
	Erased bool // the key is destroyed: 消去済
	By     domain.ErasedBy
}

// Shown are the opened fields of one event: by field, then by owner. A section
// that this person may not see is absent.
type Shown map[string]map[string]Text

// First is the text of a field that has one owner.
func (s Shown) First(field string) Text {
	for _, t := range s[field] {
		return t
	}
	return Text{}
}

// Open opens what the glance may see of some stored events, in one entry of the
// access log, written before anything is decrypted.
func (d *Door) Open(ctx context.Context, g Glance, events ...domain.Recorded) ([]Shown, error) {
	sections, entry, err := d.permitted(ctx, g, events)
	if err != nil {
		return nil, err
	}
	if entry.Rows > 0 {
		if err := d.write(ctx, entry); err != nil {
			return nil, err
		}
	}
	out := make([]Shown, len(events))
	for i, rec := range events {
		out[i] = Shown{}
		for _, s := range sections[i] {
			if err := d.show(ctx, rec, s, out[i]); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// write puts an entry into the log, with what the request says of itself.
func (d *Door) write(ctx context.Context, e Entry) error {
	look := viewing.Of(ctx)
	e = look.With(e)
	if err := d.Log.Record(ctx, e); err != nil {
		return errors.Join(ErrUnaudited, err)
	}
	look.Written(e)
	return nil
}

// Look writes an entry for a request that opens no sealed text and still shows
// records of people; what the request says of itself is added.
func (d *Door) Look(ctx context.Context, e Entry) error {
	if e.At.IsZero() {
		e.At = d.Now()
	}
	return d.write(ctx, e)
}

func (d *Door) permitted(ctx context.Context, g Glance, events []domain.Recorded) ([][]domain.Section, Entry, error) {
	e := Entry{At: d.Now(), Act: g.Act, Subject: g.Subject, Classes: g.Classes, Reason: g.Reason}.By(g.Who)
	if e.Act == "" {
		e.Act = viewing.View
	}
	out := make([][]domain.Section, len(events))
	reach, err := d.reach(ctx, g)
	if err != nil {
		return nil, e, err
	}
	closed, elsewhere := map[string]bool{}, map[string]bool{}
	for i, rec := range events {
		body, err := domain.ParseBody(rec.Body)
		if err != nil {
			return nil, e, fmt.Errorf("position %d: %w", rec.Position, err)
		}
		controller := body.Facts.Text("controller")
		category, id := domain.SplitStream(rec.Stream)
		for _, raw := range body.Sealed {
			s, err := domain.ParseSection(raw)
			if err != nil {
				return nil, e, fmt.Errorf("position %d: %w", rec.Position, err)
			}
			owner, away := "", false
			if category == "account" {
				owner = id
			} else if away, err = d.away(ctx, g, s.Owner, elsewhere); err != nil {
				return nil, e, err
			}
			on, matter := japan.DateOf(e.At), reach.Opens(rec.ID, s.Owner)
			record := domain.Sight{Controller: controller, Class: s.Class, Account: owner, Recipient: domain.ToldTo(rec.Type, rec.Stream, body.Facts),
				Elsewhere: away, Emergency: away && g.Who.InEmergency(s.Owner, e.At)}
			if !slices.Contains([]byte(g.Classes), s.Class) || !(matter && domain.MayReadMatter(g.Who, on, controller)) &&
				domain.See(g.Who, on, domain.ToRead, record) != domain.Found {
				continue
			}
			shut, err := d.shut(ctx, s.Owner, closed)
			if err != nil {
				return nil, e, err
			}
			if shut = shut || protection(rec.Type, s.Class); shut && !domain.MayReadRestricted(g.Who, on) {
				if !g.Who.InEmergency(s.Owner, e.At) {
					continue
				}
				e.Reason = viewing.Emergency
			}
			out[i] = append(out[i], s)
			e.Rows++
			if !slices.Contains(e.Streams, rec.Stream) {
				e.Streams = append(e.Streams, rec.Stream)
			}
			if !slices.Contains(e.People, s.Owner) {
				e.People = append(e.People, s.Owner)
			}
		}
	}
	return out, e, nil
}

// protection tells whether a section says why and how a person is protected.
func protection(typ string, class byte) bool {
	return class == 'X' && strings.HasPrefix(typ, "person.confidentiality_")
}

// reach is what the matter of a glance opens.
func (d *Door) reach(ctx context.Context, g Glance) (domain.Reach, error) {
	if g.Matter == "" || d.Matter == nil {
		return domain.Reach{}, nil
	}
	return d.Matter(ctx, g.Matter)
}

// met are the purposes for which a name is met and no record opened: two records are
// held side by side, an outcome is confirmed, a right is exercised.
var met = []string{"duplicate", "intake", "confirmation", "rights", "disclosure", "erasure", "partner"}

// away tells whether an owner's texts lie with another desk and the actor has not said
// why to open them. It asks once per owner; in lists and searches everybody is met.
func (d *Door) away(ctx context.Context, g Glance, owner string, known map[string]bool) (bool, error) {
	if g.Act == viewing.List || g.Act == viewing.Search || g.Matter != "" || slices.Contains(met, g.Reason) {
		return false, nil
	}
	away, asked := known[owner]
	if asked {
		return away, nil
	}
	away, err := d.Elsewhere(ctx, g.Who, owner)
	known[owner] = away
	return away, err
}

// Elsewhere tells whether somebody must say why before a person's record is opened: it
// lies with another desk of the prefecture, and no reason of the last hours opens it.
func (d *Door) Elsewhere(ctx context.Context, who domain.Actor, person string) (bool, error) {
	if d.Keeps == nil {
		return false, nil
	}
	if keeps, err := d.Keeps(ctx, who, person); err != nil || keeps {
		return false, err
	}
	now := d.Now()
	said, err := d.Log.Find(ctx, viewing.Filter{Subjects: []string{person}, Account: who.Account, Act: viewing.Open, From: japan.DateOf(now.Add(-viewing.OpenFor)), Limit: 1})
	if err != nil {
		return false, errors.Join(ErrUnaudited, err)
	}
	return len(said) == 0 || !said[0].At.Add(viewing.OpenFor).After(now) || !slices.Contains(viewing.Whys, said[0].Reason), nil
}

// shut asks once per owner.
func (d *Door) shut(ctx context.Context, owner string, known map[string]bool) (bool, error) {
	shut, asked := known[owner]
	if asked || d.Closed == nil {
		return shut, nil
	}
	shut, err := d.Closed(ctx, owner)
	known[owner] = shut
	return shut, err
}

func (d *Door) show(ctx context.Context, rec domain.Recorded, s domain.Section, into Shown) error {
	put := func(name string, t Text) {
		if into[name] == nil {
			into[name] = map[string]Text{}
		}
		into[name][s.Owner] = t
	}
	texts, err := domain.OpenSection(ctx, d.Keys, d.Origin, rec, s)
	if errors.Is(err, domain.ErrErased) {
		t := Text{Erased: true}
		if d.ErasedBy != nil {
			if t.By, err = d.ErasedBy(ctx, s.Owner); err != nil {
				return err
			}
		}
		put("", t)
		return nil
	}
	if err != nil {
		return fmt.Errorf("position %d: %w", rec.Position, err)
	}
	for name, v := range texts {
		put(name, Text{Value: v})
	}
	return nil
}
