package app

import (
	"context"
	"errors"
	"strconv"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/effect"
	"ayumi/domain/office"
	"ayumi/domain/person"
	"ayumi/infra/keyring"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// ErrNoLog: the directory holds no log yet.
var ErrNoLog = errors.New("data directory holds no log")

// KeyOptions are the options of the keyring of a configuration.
func KeyOptions(c Config) keyring.Options {
	c = c.filled()
	return keyring.Options{Database: c.Keys, Owner: c.KeysOwner, KEKDir: c.KEKDir, Guard: c.KEKGuard, EpochLength: c.EpochLength, EpochsKept: c.EpochsKept, Now: c.Now}
}

// KeysIn is the directory of the key table.
func KeysIn(c Config) string { return c.in("keys") }

// ErasedPerson is somebody who is erased or about to be.
type ErasedPerson struct {
	Number string
	person.Erasure
}

// Erased lists everybody who is erased or about to be, newest first.
func (a *App) Erased(ctx context.Context) ([]ErasedPerson, error) {
	list, err := a.Audit.Trail(ctx, projections.AuditFilter{Types: []string{"person.erasure_ordered"}, Limit: 1000})
	if err != nil {
		return nil, err
	}
	var out []ErasedPerson
	for _, row := range list {
		_, id := domain.SplitStream(row.Stream)
		e, _, err := a.Office.ErasureOf(ctx, id)
		if err != nil {
			return nil, err
		}
		sum, err := a.Journeys.Summary(ctx, id, projections.Newest)
		if err != nil {
			return nil, err
		}
		out = append(out, ErasedPerson{locale.PersonNumber(sum.Number), e})
	}
	return out, nil
}

// OrderErasure orders the erasure of a person in the name of an account, with what
// counts the person now as its preview.
func (a *App) OrderErasure(ctx context.Context, account, id, ground, rights, volume string) error {
	list, err := a.Office.FiguresCounting(ctx, id, a.Config.Now())
	if err != nil {
		return err
	}
	data := domain.Data{"person": []byte(strconv.Quote(id)), "preview": []byte(strconv.Quote(effect.DigestOf(list))), "figures_checked": []byte(strconv.Itoa(len(list)))}
	for name, value := range map[string]string{"ground": ground, "rights": rights, "volume": volume} {
		if value != "" {
			data[name] = []byte(strconv.Quote(value))
		}
	}
	_, err = a.Office.Do(ctx, office.Request{Command: "person.order_erasure", ID: uuid.New(), By: account, At: a.Config.Now(), Data: data})
	return err
}
