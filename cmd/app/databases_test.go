package app_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
)

// What opens must not lie with what it opens, and no address is ever said.
func TestDatabasesOfOptions(t *testing.T) {
	const secret = "geheim"
	one, other := "postgres://ayumi:"+secret+"@db:5432/one", "postgresql://ayumi:"+secret+"@db:5432/other"
	for want, c := range map[string]app.Config{
		"option keys: a database of its own is needed, not that of option access":      {Keys: one, Access: one + "?sslmode=disable"},
		"option keys: a database of its own is needed, not that of option read-models": {Keys: one, ReadModels: one},
		"option keys: postgres://user@host/database is needed":                         {Keys: "mysql://ayumi:" + secret + "@db/one"},
		"option access-owner: postgres://user@host/database is needed":                 {Access: one, AccessOwner: "host=db password=" + secret},
		"option keys-owner: it needs option keys":                                      {KeysOwner: one},
		"": {Keys: one, KeysOwner: one, Access: other, AccessOwner: other, ReadModels: other},
	} {
		d := app.Default()
		d.Keys, d.KeysOwner, d.Access, d.AccessOwner, d.ReadModels = c.Keys, c.KeysOwner, c.Access, c.AccessOwner, c.ReadModels
		err := d.Check()
		if want == "" {
			require.NoError(t, err)
			for _, s := range d.Settings() {
				require.NotContains(t, s.Value, secret, s.Name)
			}
			continue
		}
		require.ErrorContains(t, err, want)
		require.NotContains(t, err.Error(), secret)
	}
}
