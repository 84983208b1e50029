package bus

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
)

// MakeConsumer makes the place of a program that listens outside, with the credentials
// of an operator: a consumer of OutsideStream that it pulls from and acknowledges. The
// servers remember how far it came. controller is the code of the prefecture whose
// events it gets, "" all. Made again with the same settings it is the same one.
func MakeConsumer(ctx context.Context, cfg Config, name, controller string) error {
	nc, err := operator(cfg)
	if err != nil {
		return err
	}
	defer nc.Close()
	ctx, stop := heed(ctx, nc)
	defer stop()
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(cfg.usual().Patience))
	if err != nil {
		return err
	}
	c := jetstream.ConsumerConfig{Durable: name, AckPolicy: jetstream.AckExplicitPolicy, DeliverPolicy: jetstream.DeliverAllPolicy}
	if controller != "" {
		c.FilterSubject = outsideRoot + ".*.*." + controller
	}
	_, err = js.CreateOrUpdateConsumer(ctx, OutsideStream, c)
	if err = heeded(ctx, err); err != nil && !errors.Is(err, ErrForbidden) {
		return fmt.Errorf("bus: consumer: %w", err)
	}
	return err
}
