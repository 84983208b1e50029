package kurrentdb

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/netip"
	"strings"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"ayumi/domain"
	"ayumi/domain/probe"
)

// probePage is how many events are read at once in search of the first of the log.
const probePage = 4096

// Probe reads of which log the servers hold the first event, from the node that leads.
func Probe(ctx context.Context, o Options) (l probe.Log, err error) {
	link, err := newLink(o.URL, slog.New(slog.DiscardHandler))
	if err != nil {
		return l, err
	}
	defer link.close()
	c, err := link.configure()
	if err != nil {
		return l, err
	}
	host, _, _ := strings.Cut(c.Address, ":")
	at, notIP := netip.ParseAddr(host)
	l.TLS, l.Local = !c.DisableTLS, host == "localhost" || (notIP == nil && at.IsLoopback())
	l.Origin, err = call(ctx, link, func(ctx context.Context, c *esdb.Client) (string, error) { return firstOrigin(ctx, c, o.Log) })
	return l, err
}

// firstOrigin is the name that a log gave itself; "" if there is none.
func firstOrigin(ctx context.Context, c *esdb.Client, log string) (string, error) {
	var from esdb.AllPosition = esdb.Start{}
	for {
		read, err := c.ReadAll(ctx, esdb.ReadAllOptions{Direction: esdb.Forwards, From: from}, probePage)
		if err != nil {
			return "", err
		}
		seen := 0
		for {
			e, err := read.Recv()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				read.Close()
				return "", err
			}
			if e.Event == nil {
				continue
			}
			seen++
			from = e.Event.Position
			if _, own := ownMark(log, e.Event); own && e.Event.EventType == "log.begun" {
				read.Close()
				facts, err := domain.FactsOf(e.Event.Data)
				return facts.Text("origin"), err
			}
		}
		read.Close()
		if seen <= 1 { // the one it began from
			return "", nil
		}
	}
}
