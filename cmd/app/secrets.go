package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ayumi/infra/bus"
	"ayumi/infra/officecert"
)

// ErrSecretsThere: the folder holds secrets, which nothing may overwrite.
var ErrSecretsThere = errors.New("there are secrets already")

// natsUsers are those who come in to the servers of the bus, as
// infra/deploy/nats/ayumi.conf knows them.
var natsUsers = []string{"app", "reader", "operator", "watcher"}

// MakeSecrets makes everything secret that servers of the bus need, in a folder: a
// certificate for each, under a root of their own, and the users. hosts has the names
// and addresses of each server by its name.
func MakeSecrets(dir string, hosts map[string][]string, now time.Time) error {
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
