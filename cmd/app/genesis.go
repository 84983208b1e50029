package app

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/log"
	"ayumi/domain/office"
)

// genesis reads what the log says of itself in its first event; of an empty log
// it answers false.
func genesis(ctx context.Context, store domain.EventStore) (log.Begun, bool, error) {
	for rec, err := range store.All(ctx, 0) {
		if err != nil {
			return log.Begun{}, false, err
		}
		begun, err := begunBy(rec)
		return begun, err == nil, err
	}
	return log.Begun{}, false, nil
}

// ErrNoOrigin: several instances that begin one log must be told its name.
var ErrNoOrigin = errors.New("option origin: a new log that instances share needs a name, the same for each")

// begunBy reads the first event of a log.
func begunBy(rec domain.Recorded) (log.Begun, error) {
	if rec.Type != "log.begun" {
		return log.Begun{}, fmt.Errorf("the log begins with %s", rec.Type)
	}
	_, ev, err := log.Aggregate.Decode(rec)
	if err != nil {
		return log.Begun{}, err
	}
	begun, ok := ev.(*log.Begun)
	if !ok {
		return log.Begun{}, errors.New("the log begins with something else")
	}
	if begun.Format > log.Format {
		return log.Begun{}, fmt.Errorf("the log has form %d, this program knows %d", begun.Format, log.Format)
	}
	return *begun, nil
}

// originOf is the name of a new log: chosen by the operator, or random.
func originOf(c Config) (string, error) {
	if c.Origin != "" {
		return c.Origin, nil
	}
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", err
	}
	return "ayumi-" + hex.EncodeToString(b[:]), nil
}

// begin writes the first event of an official log, once for one origin: several
// instances may begin at the same time.
func begin(ctx context.Context, o *office.Office, c Config, origin string) error {
	id := uuid.NewSHA1(uuid.NameSpaceOID, []byte("begin "+origin))
	_, err := o.Do(ctx, office.Request{Command: "log.begin", ID: id, By: "system", At: c.Now(), Data: domain.Data{
		"stream": []byte(strconv.Quote(origin)), "origin": []byte(strconv.Quote(origin)),
		"format": []byte(strconv.Itoa(log.Format)), "scenario": []byte("false"),
	}})
	return err
}
