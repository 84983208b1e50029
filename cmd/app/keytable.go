package app

import (
	"context"
	"errors"

	"ayumi/infra/keyring"
)

// ErrNoKeysOption: it is not said in which database the key table lies, or is to lie.
var ErrNoKeysOption = errors.New("option keys is needed")

// MigrateKeys moves the key table of a data directory into the database of option
// keys, or back (keyring.InDatabase, keyring.InDirectory), and answers how many
// records it has. No instance may run.
func MigrateKeys(ctx context.Context, c Config, to string) (int, error) {
	c = c.filled()
	if c.Keys == "" {
		return 0, ErrNoKeysOption
	}
	release, err := hold(c)
	if err != nil {
		return 0, err
	}
	defer release()
	log, err := openLog(ctx, c)
	if err != nil {
		return 0, err
	}
	head, old, err := genesis(ctx, log)
	if err == nil && !old {
		err = ErrNoLog
	}
	if err := errors.Join(err, log.Close()); err != nil {
		return 0, err
	}
	o := KeyOptions(c)
	o.Log = head.Origin
	return keyring.Migrate(ctx, KeysIn(c), o, to)
}
