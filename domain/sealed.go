package domain

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// ErrErased: the key of this person is destroyed; what it sealed is gone for
// good. Shown as 消去済, never as a fault.
var ErrErased = errors.New("erased")

// Keyring keeps one 256-bit key per owner: a person, account or contact.
type Keyring interface {
	// Ensure answers the key commitment of owner (hex), making the key first if
	// there is none. The key is durable when it returns. ErrErased if the key
	// was destroyed.
	Ensure(ctx context.Context, owner string) (string, error)
	// Seal encrypts with AES-256-GCM under the owner's key: nonce ‖ ciphertext ‖ tag.
	Seal(ctx context.Context, owner string, nonce [12]byte, plain, aad []byte) ([]byte, error)
	// Open is the inverse of Seal. ErrErased if the key was destroyed.
	Open(ctx context.Context, owner string, box, aad []byte) ([]byte, error)
}

// Randomness supplies what sealing needs and no decision sees.
type Randomness interface {
	Salt(event uuid.UUID) [SaltSize]byte
	Nonce(event uuid.UUID, section int) [12]byte
}

// Section is one sealed section: it belongs to one owner and one class. Its
// bytes are owner's uuid (16) ‖ class (1) ‖ nonce ‖ ciphertext ‖ tag.
type Section struct {
	Owner string
	Class byte // 'P' or 'X'
	Box   []byte
}

const sectionHead = 17

// ParseSection takes the bytes of a section apart.
func ParseSection(b []byte) (Section, error) {
	if len(b) < sectionHead+12+16 || (b[16] != 'P' && b[16] != 'X') {
		return Section{}, errors.New("sealed section is malformed")
	}
	id, _ := uuid.FromBytes(b[:16])
	return Section{Owner: id.String(), Class: b[16], Box: b[sectionHead:]}, nil
}

func (s Section) bytes() ([]byte, error) {
	id, err := uuid.Parse(s.Owner)
	if err != nil {
		return nil, fmt.Errorf("owner of a sealed section: %w", err)
	}
	return append(append(append([]byte{}, id[:]...), s.Class), s.Box...), nil
}

// aad binds a section to its place: moved to another event it does not open.
func aad(origin, owner string, class byte, typ, stream string, version uint64) []byte {
	return fmt.Appendf(nil, "%s\n%s\n%c\n%s\n%s\n%d", origin, owner, class, typ, stream, version)
}

// subjectOf names the owner of fields that name none.
type subjectOf func() string

// seal encrypts the sealed fields of an event: one section per owner and class.
func seal(ctx context.Context, k Keyring, rnd Randomness, origin string, subject subjectOf, ev any, rec *Recorded) ([][]byte, error) {
	var out [][]byte
	for i, p := range plainSections(ev, subject) {
		if _, err := k.Ensure(ctx, p.owner); err != nil {
			return nil, keyless("key for "+rec.Type, err)
		}
		text, err := json.Marshal(p.texts)
		if err != nil {
			return nil, err
		}
		box, err := k.Seal(ctx, p.owner, rnd.Nonce(rec.ID, i), text, aad(origin, p.owner, p.class, rec.Type, rec.Stream, rec.Version))
		if err != nil {
			return nil, keyless("seal "+rec.Type, err)
		}
		b, err := Section{Owner: p.owner, Class: p.class, Box: box}.bytes()
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}

// keyless says why nothing was sealed. A destroyed key is a refusal: the log may be
// an old copy that does not know of the erasure.
func keyless(what string, err error) error {
	if errors.Is(err, ErrErased) {
		return Refuse("person.is_erased")
	}
	return fmt.Errorf("%s: %w", what, err)
}

type plainSection struct {
	owner string
	class byte
	texts map[string]string
}

func plainSections(ev any, subject subjectOf) []plainSection {
	var out []plainSection
	put := func(owner string, class byte, name, text string) {
		i := slices.IndexFunc(out, func(p plainSection) bool { return p.owner == owner && p.class == class })
		if i < 0 {
			out = append(out, plainSection{owner, class, map[string]string{}})
			i = len(out) - 1
		}
		out[i].texts[name] = text
	}
	v := reflect.ValueOf(ev).Elem()
	for _, f := range Fields(v.Type()) {
		at := v.FieldByIndex(f.index)
		switch {
		case f.Place != InSealed || at.Len() == 0:
		case f.Each:
			for _, id := range slices.Sorted(mapKeys(at)) {
				put(id, f.Class[0], f.Name, at.MapIndex(reflect.ValueOf(id)).String())
			}
		case f.Owner != "":
			put(textField(v, f.Owner), f.Class[0], f.Name, at.String())
		default:
			put(subject(), f.Class[0], f.Name, at.String())
		}
	}
	slices.SortFunc(out, func(a, b plainSection) int {
		return strings.Compare(a.owner+string(a.class), b.owner+string(b.class))
	})
	return out
}

func mapKeys(m reflect.Value) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, k := range m.MapKeys() {
			if !yield(k.String()) {
				return
			}
		}
	}
}

func textField(v reflect.Value, name string) string {
	for _, f := range Fields(v.Type()) {
		if f.Name == name {
			return v.FieldByIndex(f.index).String()
		}
	}
	return ""
}

// OpenSection decrypts one section of a stored event: field name → text.
// Permission and access log come before it; see the one audited door.
func OpenSection(ctx context.Context, k Keyring, origin string, rec Recorded, s Section) (map[string]string, error) {
	text, err := k.Open(ctx, s.Owner, s.Box, aad(origin, s.Owner, s.Class, rec.Type, rec.Stream, rec.Version))
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	dec := json.NewDecoder(bytes.NewReader(text))
	if err := dec.Decode(&out); err != nil {
		return nil, fmt.Errorf("sealed section of %s: %w", rec.Type, err)
	}
	return out, nil
}
