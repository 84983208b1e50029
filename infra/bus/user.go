package bus

import "github.com/nats-io/nkeys"

// NewUser makes an nkey: its seed is the content of a file for Config.Credentials,
// its public half is what servers know the user by.
func NewUser() (seed, public string, err error) {
	pair, err := nkeys.CreateUser()
	if err != nil {
		return "", "", err
	}
	defer pair.Wipe()
	raw, err := pair.Seed()
	if err != nil {
		return "", "", err
	}
	public, err = pair.PublicKey()
	return string(raw), public, err
}
