package kurrentdb_test

import (
	"context"
	"testing"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/tests/standin"
)

// What the client does and the adapter works around. A client that has changed fails
// here first.

func asked(n int) (out []esdb.EventData) {
	for range n {
		out = append(out, esdb.EventData{EventID: uuid.New(), EventType: "asked", ContentType: esdb.ContentTypeJson, Data: []byte("{}")})
	}
	return out
}

// TestClientIsDeadForGood: after as many attempts as it may make, it never looks again.
func TestClientIsDeadForGood(t *testing.T) {
	server := start(t)
	c := client(t, server.URL()+"&maxDiscoverAttempts=2")
	server.Stop()
	_, err := c.ReadAll(ctx, esdb.ReadAllOptions{}, 1)
	require.Error(t, err)
	require.NoError(t, server.Start())
	_, err = c.ReadAll(ctx, esdb.ReadAllOptions{}, 1)
	failed, _ := esdb.FromError(err)
	require.NotNil(t, failed)
	require.Equal(t, esdb.ErrorCodeConnectionClosed, failed.Code())
}

// TestClientSubscriptionStaysDown: nobody opens it again.
func TestClientSubscriptionStaysDown(t *testing.T) {
	server := start(t)
	c := client(t, server.URL())
	sub, err := c.SubscribeToAll(ctx, esdb.SubscribeToAllOptions{From: esdb.Start{}})
	require.NoError(t, err)
	require.NotNil(t, sub.Recv().CaughtUp)
	server.Stop()
	require.NoError(t, server.Start())
	require.NotNil(t, sub.Recv().SubscriptionDropped)
	require.NotNil(t, sub.Recv().SubscriptionDropped)
}

// TestClientFindsNoStreamLate: the read itself succeeds.
func TestClientFindsNoStreamLate(t *testing.T) {
	c := client(t, start(t).URL())
	events, err := c.ReadStream(ctx, "nobody", esdb.ReadStreamOptions{}, 1)
	require.NoError(t, err)
	defer events.Close()
	_, err = events.Recv()
	failed, _ := esdb.FromError(err)
	require.Equal(t, esdb.ErrorCodeResourceNotFound, failed.Code())
}

// TestClientCountsFromZero: the next expected version is the revision of now.
func TestClientCountsFromZero(t *testing.T) {
	c := client(t, start(t).URL())
	r, err := c.AppendToStream(ctx, "a-1", esdb.AppendToStreamOptions{ExpectedRevision: esdb.NoStream{}}, asked(2)...)
	require.NoError(t, err)
	require.Equal(t, uint64(1), r.NextExpectedVersion)
	events := asked(2)
	for range 2 { // the same again is the same
		r, err = c.AppendToStream(ctx, "a-1", esdb.AppendToStreamOptions{ExpectedRevision: esdb.Revision(1)}, events...)
		require.NoError(t, err)
		require.Equal(t, uint64(3), r.NextExpectedVersion)
	}
	_, err = c.AppendToStream(ctx, "a-1", esdb.AppendToStreamOptions{ExpectedRevision: esdb.Revision(1)}, asked(1)...)
	failed, _ := esdb.FromError(err)
	require.Equal(t, esdb.ErrorCodeWrongExpectedVersion, failed.Code())
}

// TestClientDoesNotDemandTheLeader: RequiresLeader never reaches the server, so that a
// follower answers with what it has.
func TestClientDoesNotDemandTheLeader(t *testing.T) {
	cluster, err := standin.StartCluster(standin.NewLog(), 2)
	require.NoError(t, err)
	t.Cleanup(cluster.Close)
	c := client(t, cluster.Node(1).URL()) // no gossip: it asks this node
	events, err := c.ReadAll(ctx, esdb.ReadAllOptions{RequiresLeader: true}, 1)
	require.NoError(t, err)
	events.Close()
	limit, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	_, err = c.AppendToStream(limit, "a-1", esdb.AppendToStreamOptions{RequiresLeader: true, ExpectedRevision: esdb.Any{}}, asked(1)...)
	require.NoError(t, err)
}
