package standin

import (
	"context"
	"fmt"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/gossip"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/serverfeatures"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"github.com/google/uuid"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// Server is one node on loopback.
type Server struct {
	streams.UnimplementedStreamsServer
	gossip.UnimplementedGossipServer
	serverfeatures.UnimplementedServerFeaturesServer

	Log *Log
	// Lose makes the server write an append and then lose the connection in place of
	// the answer, as often as it says true.
	Lose func(stream string) bool
	// Old is a server without the service of features.
	Old bool

	address string
	id      uuid.UUID
	cluster *Cluster
	mu      sync.Mutex
	grpc    *grpc.Server
	reads   atomic.Int64
}

// Cluster is the nodes that know each other, and which of them leads.
type Cluster struct {
	mu    sync.Mutex
	nodes []*Server
	lead  int
}

// Start starts a single node over a log.
func Start(l *Log) (*Server, error) {
	c, err := StartCluster(l, 1)
	if err != nil {
		return nil, err
	}
	return c.nodes[0], nil
}

// StartCluster starts n nodes over one log, as if it were copied in no time. The
// first one leads.
func StartCluster(l *Log, n int) (*Cluster, error) {
	c := &Cluster{}
	for range n {
		s := &Server{Log: l, id: uuid.New(), cluster: c}
		c.nodes = append(c.nodes, s)
		if err := s.Start(); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// Node is the i-th server.
func (c *Cluster) Node(i int) *Server { return c.nodes[i] }

// Lead makes the i-th server the leader.
func (c *Cluster) Lead(i int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lead = i
}

func (c *Cluster) leader() *Server {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.nodes[c.lead]
}

// URL finds the leader through gossip.
func (c *Cluster) URL() string {
	var seeds []string
	for _, s := range c.nodes {
		seeds = append(seeds, s.address)
	}
	return "esdb://" + strings.Join(seeds, ",") + "?tls=false"
}

// Close stops every node.
func (c *Cluster) Close() {
	for _, s := range c.nodes {
		s.Stop()
	}
}

// Start listens, at the same address as before after a Stop.
func (s *Server) Start() error {
	at := s.address
	if at == "" {
		at = "127.0.0.1:0"
	}
	listener, err := net.Listen("tcp", at)
	for n := 0; err != nil && n < 50; n++ { // the one before may not have let go yet
		time.Sleep(20 * time.Millisecond)
		listener, err = net.Listen("tcp", at)
	}
	if err != nil {
		return fmt.Errorf("kurrentdb stand-in: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.address = listener.Addr().String()
	s.grpc = grpc.NewServer(grpc.MaxRecvMsgSize(16 << 20))
	streams.RegisterStreamsServer(s.grpc, s)
	gossip.RegisterGossipServer(s.grpc, members{s: s})
	if !s.Old {
		serverfeatures.RegisterServerFeaturesServer(s.grpc, s)
	}
	go s.grpc.Serve(listener) //nolint:errcheck // ends with Stop
	return nil
}

// Stop breaks every connection at once. The log stays.
func (s *Server) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.grpc != nil {
		s.grpc.Stop()
		s.grpc = nil
	}
}

// URL reaches this node alone.
func (s *Server) URL() string { return "esdb://" + s.address + "?tls=false" }

// Reads counts the calls that read.
func (s *Server) Reads() int64 { return s.reads.Load() }

// GetSupportedMethods names a server of the version 24.10.
func (s *Server) GetSupportedMethods(context.Context, *shared.Empty) (*serverfeatures.SupportedMethods, error) {
	return &serverfeatures.SupportedMethods{EventStoreServerVersion: "24.10.0"}, nil
}

// members answers gossip; a type of its own, for its Read is not that of streams.
type members struct {
	gossip.UnimplementedGossipServer
	s *Server
}

// Read tells who is there and who leads.
func (m members) Read(context.Context, *shared.Empty) (*gossip.ClusterInfo, error) {
	leader := m.s.cluster.leader()
	info := &gossip.ClusterInfo{}
	for _, s := range m.s.cluster.nodes {
		host, port := s.endpoint()
		member := &gossip.MemberInfo{
			InstanceId: &shared.UUID{Value: &shared.UUID_String_{String_: s.id.String()}},
			State:      gossip.MemberInfo_Follower, IsAlive: s.alive(),
			HttpEndPoint: &gossip.EndPoint{Address: host, Port: port},
		}
		if s == leader {
			member.State = gossip.MemberInfo_Leader
		}
		info.Members = append(info.Members, member)
	}
	return info, nil
}

func (s *Server) alive() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.grpc != nil
}

func (s *Server) endpoint() (host string, port uint32) {
	host, p, _ := net.SplitHostPort(s.address)
	fmt.Sscan(p, &port) //nolint:errcheck // an address we listened on
	return host, port
}

// led refuses what only the leader may answer, and names it.
func (s *Server) led(ctx context.Context, trailer func(metadata.MD)) error {
	leader := s.cluster.leader()
	asked, _ := metadata.FromIncomingContext(ctx)
	if leader == s || len(asked.Get("requires-leader")) == 0 || asked.Get("requires-leader")[0] != "true" {
		return nil
	}
	host, port := leader.endpoint()
	trailer(metadata.Pairs("exception", "not-leader", "leader-endpoint-host", host, "leader-endpoint-port", fmt.Sprint(port)))
	return status.Error(codes.NotFound, "Leader info available")
}

func deleted(trailer func(metadata.MD), stream string) error {
	trailer(metadata.Pairs("exception", "stream-deleted", "stream-name", stream))
	return status.Errorf(codes.FailedPrecondition, "Event stream '%s' is deleted.", stream)
}
