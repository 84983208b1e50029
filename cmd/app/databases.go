package app

import (
	"errors"
	"fmt"
	"net/url"
)

// database is a PostgreSQL database that an option names.
type database struct{ option, app, owner string }

func (c Config) databases() []database {
	return []database{{"read-models", c.ReadModels, c.ReadModelsOwner}, {"access", c.Access, c.AccessOwner}, {"keys", c.Keys, c.KeysOwner}}
}

// checkDatabases answers what is wrong with the addresses; it never says one, which
// may hold a password. Whoever copies the database of keys must not copy what they open.
func (c Config) checkDatabases() error {
	var bad []error
	places := map[string]string{}
	for _, d := range c.databases() {
		for option, address := range map[string]string{d.option: d.app, d.option + "-owner": d.owner} {
			if u, err := url.Parse(address); err != nil || (address != "" && u.Scheme != "postgres" && u.Scheme != "postgresql") {
				bad = append(bad, fmt.Errorf("option %s: postgres://user@host/database is needed", option))
			}
		}
		if d.app == "" && d.owner != "" {
			bad = append(bad, fmt.Errorf("option %s-owner: it needs option %s", d.option, d.option))
		}
		places[d.option] = place(d.app)
	}
	for _, other := range []string{"read-models", "access"} {
		if at := places["keys"]; at != "" && at == places[other] {
			bad = append(bad, fmt.Errorf("option keys: a database of its own is needed, not that of option %s", other))
		}
	}
	return errors.Join(bad...)
}

// place is the database of an address.
func place(address string) string {
	u, err := url.Parse(address)
	if err != nil || address == "" {
		return ""
	}
	return u.Host + u.Path
}
