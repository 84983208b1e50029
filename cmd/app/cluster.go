package app

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ayumi/infra/bus"
	"ayumi/infra/officecert"
	"ayumi/infra/sqldb"
)

// ErrSecretsThere: the folder holds secrets, which nothing may overwrite.
var ErrSecretsThere = errors.New("there are secrets already")

// natsUsers are those who come in to the servers of the bus, as
// infra/deploy/nats/ayumi.conf knows them.
var natsUsers = []string{"app", "reader", "operator", "watcher"}

// clusterHosts are the machines of docker-compose.yml that show certificates, besides
// the balancer, which shows that of the office.
var clusterHosts = map[string][]string{"nats-1": {"nats-1"}, "nats-2": {"nats-2"}, "nats-3": {"nats-3"}, "kurrentdb": {"kurrentdb"}}

// clusterDatabases are the PostgreSQL databases, each with a role that reads and writes
// and one that owns it.
var clusterDatabases = []string{"read-models", "access", "keys"}

// InitCluster makes everything secret that docker-compose.yml needs, in a folder:
// certificates under a root of their own, users of the bus, passwords, and the key that
// seals the files of keys. office is the name under which browsers come. The folder is
// for its owner alone; inside, programs of other users have to read.
func InitCluster(dir, office string, now time.Time) error {
	hosts := map[string][]string{"web": {office}}
	for name, h := range clusterHosts {
		hosts[name] = h
	}
	if err := BusSecrets(dir, hosts, now); err != nil {
		return err
	}
	files := map[string]string{"kek-guard": password() + "\n"}
	admin := password()
	files["kurrentdb.env"] = "EVENTSTORE_DEFAULT_ADMIN_PASSWORD=" + admin + "\nEVENTSTORE_DEFAULT_OPS_PASSWORD=" + password() + "\n"
	files["kurrentdb"] = "esdb://admin:" + admin + "@kurrentdb:2113?tlsCAFile=/run/secrets/root.pem\n"
	files["postgres"] = password() + "\n"
	var sql strings.Builder
	for _, name := range clusterDatabases {
		owner, app := password(), password()
		place := "ayumi_" + strings.ReplaceAll(name, "-", "_")
		text, err := sqldb.Roles(place, owner, app)
		if err != nil {
			return err
		}
		sql.WriteString(text)
		files[name] = fmt.Sprintf("postgres://%[1]s:%[2]s@postgres/%[1]s?sslmode=disable\n", place, app)
		files[name+"-owner"] = fmt.Sprintf("postgres://%[1]s_owner:%[2]s@postgres/%[1]s?sslmode=disable\n", place, owner)
	}
	files["postgres.sql"] = sql.String()
	for name, text := range files {
		if err := writeSecret(filepath.Join(dir, name), text); err != nil {
			return err
		}
	}
	return readable(dir)
}

// RenewCluster makes new certificates for every machine of InitCluster in its folder,
// where the key of the root has to lie for that. Machines take them when they start.
func RenewCluster(dir string, now time.Time) error {
	for _, name := range append(slices.Collect(maps.Keys(clusterHosts)), "web") {
		if err := officecert.Reissue(dir, name, now); err != nil {
			return err
		}
	}
	return readable(dir)
}

// ComposeCommand starts docker-compose.yml for an office.
func ComposeCommand(office string) string {
	return "OFFICE_HOST=" + office + " docker compose up --build --detach"
}

// password is 256 bits of chance in letters that need no escape anywhere.
func password() string {
	var b [32]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// readable opens all but the key of the root, which no program needs.
func readable(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() != officecert.RootKeyFile {
			err = errors.Join(err, os.Chmod(filepath.Join(dir, e.Name()), 0o644))
		}
	}
	return err
}

// BusSecrets makes what servers of the bus need, in a folder: a certificate for each,
// under a root of their own, and the users. hosts has the names and addresses of each
// machine by its name.
func BusSecrets(dir string, hosts map[string][]string, now time.Time) error {
	var all []string
	for _, h := range hosts {
		all = append(all, h...)
	}
	err := officecert.Root(dir, all, now)
	if errors.Is(err, officecert.ErrExists) {
		return ErrSecretsThere
	}
	for name, h := range hosts {
		if err == nil {
			err = officecert.Issue(dir, name, h, now)
		}
	}
	if err != nil {
		return err
	}
	return makeUsers(dir)
}

// makeUsers writes the seed of each user, and the file with their public keys that
// goes beside ayumi.conf.
func makeUsers(dir string) error {
	var known strings.Builder
	known.WriteString("# Public keys: nothing here is secret.\n")
	for _, name := range natsUsers {
		seed, public, err := bus.NewUser()
		if err == nil {
			err = writeSecret(filepath.Join(dir, "nats-"+name+".nk"), seed+"\n")
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(&known, "NATS_USER_%s: %s\n", strings.ToUpper(name), public)
	}
	return os.WriteFile(filepath.Join(dir, "users.conf"), []byte(known.String()), 0o644)
}

// writeSecret writes a file that is not there yet.
func writeSecret(path, text string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return ErrSecretsThere
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Sync(), f.Close())
}
