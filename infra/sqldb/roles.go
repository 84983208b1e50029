package sqldb

import (
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Roles is the SQL that makes a database for one part of the product: name_owner owns
// it and makes tables, name reads and writes and makes none, nobody else comes in. It
// holds the passwords only as what the server compares them with (RFC 5803).
func Roles(name, ownerPassword, appPassword string) (string, error) {
	owner, err := verifier(ownerPassword, salt())
	if err != nil {
		return "", err
	}
	app, err := verifier(appPassword, salt())
	if err != nil {
		return "", err
	}
	db, own := pgx.Identifier{name}.Sanitize(), pgx.Identifier{name + "_owner"}.Sanitize()
	return fmt.Sprintf(`CREATE ROLE %[2]s LOGIN PASSWORD '%[3]s';
CREATE ROLE %[1]s LOGIN PASSWORD '%[4]s';
CREATE DATABASE %[1]s OWNER %[2]s;
REVOKE ALL ON DATABASE %[1]s FROM PUBLIC;
GRANT CONNECT ON DATABASE %[1]s TO %[1]s;
`, db, own, owner, app), nil
}

// verifier is a password of printable ASCII as SCRAM-SHA-256 keeps it (RFC 5802).
func verifier(password string, salt []byte) (string, error) {
	const rounds = 4096
	salted, err := pbkdf2.Key(sha256.New, password, salt, rounds, sha256.Size)
	if err != nil {
		return "", err
	}
	of := func(what string) []byte {
		h := hmac.New(sha256.New, salted)
		h.Write([]byte(what))
		return h.Sum(nil)
	}
	stored := sha256.Sum256(of("Client Key"))
	text := base64.StdEncoding.EncodeToString
	return fmt.Sprintf("SCRAM-SHA-256$%d:%s$%s:%s", rounds, text(salt), text(stored[:]), text(of("Server Key"))), nil
}

func salt() []byte {
	b := make([]byte, 16)
	rand.Read(b)
	return b
}
