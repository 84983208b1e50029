package flow_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/infra/keyring"
	"ayumi/tests/flow"
)

// another is the office as another process has it: what it remembers is its own.
func another(d *flow.Desk) *office.Office {
	return office.New(&domain.Decider{Store: d.Store, Keys: d.Keys, Random: keyring.Random{}, Origin: d.Head.Origin, Shared: true}, nil).Replaying()
}

// What one instance decides binds the others at once, in streams that they only look
// at too: who was deprived of a role has none anywhere.
func TestWhatOneInstanceDecidesBindsTheOthers(t *testing.T) {
	d := flow.Open(t)
	co, ad := d.Staff("co1", "CO"), d.Staff("ad1", "AD")
	one, two := another(d), another(d)
	give := func(o *office.Office, by, command string, fields map[string]any) error {
		data, err := domain.ParseData(flow.Data(t, fields))
		require.NoError(t, err)
		_, err = o.Do(context.Background(), office.Request{Command: command, ID: uuid.New(), By: by, At: flow.At("2019-06-01", 11), Data: data})
		return err
	}
	person := func() map[string]any {
		return map[string]any{"person": uuid.NewString(), "kind": "consultee", "anonymous": true, "age_band": "20s", "residence_pref": "13",
			"language": "ja", "student": false, "search": uuid.NewString()}
	}
	require.NoError(t, give(one, co, "person.register", person()))
	require.NoError(t, give(two, co, "person.register", person()))
	require.NoError(t, give(one, ad, "account.revoke_role", map[string]any{"account": co, "role": "CO"}))
	err := give(two, co, "person.register", person())
	require.True(t, domain.Refused(err, "account.not_allowed"), "%v", err)
}

// Instances that write to the same streams at once, while others look, lose nothing.
func TestInstancesWriteAtOnce(t *testing.T) {
	d := flow.Open(t)
	co := d.Staff("co1", "CO")
	offices := []*office.Office{another(d), another(d), another(d)}
	give := func(o *office.Office, command string, fields map[string]any) error {
		data, err := domain.ParseData(flow.Data(t, fields))
		if err != nil {
			return err
		}
		for range 50 { // other writers come first
			_, err = o.Do(context.Background(), office.Request{Command: command, ID: uuid.New(), By: co, At: time.Now(), Data: data})
			if err == nil || !errors.Is(err, domain.ErrConflict) {
				break
			}
		}
		return err
	}
	person := uuid.NewString()
	require.NoError(t, give(offices[0], "person.register", map[string]any{"person": person, "kind": "consultee", "anonymous": true, "age_band": "20s",
		"residence_pref": "13", "language": "ja", "student": false, "search": "s1"}))
	const each = 30
	var works sync.WaitGroup
	for i, o := range offices {
		for w := range 2 {
			works.Go(func() {
				for n := range each {
					if err := give(o, "person.add_contact", map[string]any{"person": person, "kind": "mobile", "shared": false,
						"value": fmt.Sprintf("090-%04d-%04d", i*2+w, n)}); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
	}
	works.Wait()
	versions := uint64(0)
	contacts := 0
	for rec, err := range d.Store.Stream(context.Background(), "person-"+person, 0) {
		require.NoError(t, err)
		versions++
		require.Equal(t, versions, rec.Version)
		if rec.Type == "person.contact_added" {
			contacts++
		}
	}
	require.Equal(t, len(offices)*2*each, contacts)
}
