package app

import (
	"context"
	"errors"

	"ayumi/infra/bus"
)

// servers is how the servers of the bus are reached.
func (c Config) servers() bus.Config {
	return bus.Config{URL: c.NATS, Credentials: c.NATSCreds, CA: c.NATSCA, Replicas: c.Replicas, Log: c.Log}
}

var (
	// ErrNoServers: the bus lies inside the process, and is made again by itself.
	ErrNoServers = errors.New("option nats is not set")
	// ErrNotOperator: the credentials do not permit what was asked.
	ErrNotOperator = bus.ErrForbidden
)

// RemakeBus removes the stream of the bus, or that of consumers outside, with the
// credentials of an operator. The instances that run make it again from the log.
func RemakeBus(ctx context.Context, c Config, outside bool) error {
	if c.NATS == "" {
		return ErrNoServers
	}
	if outside {
		return bus.Remake(ctx, c.servers(), bus.OutsideStream)
	}
	return bus.Remake(ctx, c.servers(), bus.StreamName)
}

// BusConsumer makes the place of a program that listens outside, with the credentials
// of an operator; see bus.MakeConsumer.
func BusConsumer(ctx context.Context, c Config, name, prefecture string) error {
	if c.NATS == "" {
		return ErrNoServers
	}
	return bus.MakeConsumer(ctx, c.servers(), name, prefecture)
}
