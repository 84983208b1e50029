package natscluster

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/domain"
	"ayumi/infra/bus"
)

// natsChild names, in the environment, the configuration of a NATS server: this test
// binary run again, doing what nats-server does.
const natsChild = "AYUMI_TESTS_NATS"

func init() {
	if conf := os.Getenv(natsChild); conf != "" {
		os.Exit(natsServer(conf))
	}
}

func natsServer(conf string) int {
	if err := awaitNetwork(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	options, err := server.ConfigureOptions(flag.NewFlagSet("nats-server", flag.ExitOnError), []string{"-c", conf}, nil, nil, nil)
	if err == nil {
		var s *server.Server
		if s, err = server.NewServer(options); err == nil {
			s.ConfigureLogger()
			if err = server.Run(s); err == nil {
				s.WaitForShutdown()
				return 0
			}
		}
	}
	fmt.Fprintln(os.Stderr, err)
	return 2
}

// Node is one NATS server in a process of its own, on the configuration that is shipped.
type Node struct {
	Name, Host    string
	Listen        int    // the port for programs
	Dir           string // of its files
	other         string // where the other servers reach it
	routes, watch int
	env           []string
	cmd           *exec.Cmd
	inside        *syscall.SysProcAttr // of a network of its own
	began         func(*exec.Cmd)
}

// Nodes are three of them with one JetStream between them.
type Nodes struct {
	All     [3]*Node
	secrets string
}

// Start starts three servers on loopback.
func Start(t *testing.T) *Nodes {
	c := &Nodes{}
	var listeners []net.Listener
	port := func() int {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		listeners = append(listeners, l)
		return l.Addr().(*net.TCPAddr).Port
	}
	for i := range c.All {
		c.All[i] = &Node{Host: "127.0.0.1", other: "127.0.0.1", Listen: port(), routes: port(), watch: port()}
	}
	for _, l := range listeners {
		require.NoError(t, l.Close())
	}
	c.prepare(t)
	c.Rise(t)
	return c
}

// prepare makes secrets and directories for nodes whose addresses are known.
func (c *Nodes) prepare(t *testing.T) {
	c.secrets = t.TempDir()
	hosts, env := map[string][]string{}, []string{}
	for i, n := range c.All {
		n.Name, n.Dir = fmt.Sprintf("nats-%d", i+1), t.TempDir()
		hosts[n.Name] = []string{n.Name, n.Host, n.other}
		env = append(env, fmt.Sprintf("NATS_ROUTE_%d=tls://%s:%d", i+1, n.other, n.routes))
	}
	require.NoError(t, app.BusSecrets(c.secrets, hosts, time.Now()))
	conf, err := os.ReadFile("../../infra/deploy/nats/ayumi.conf")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(c.In("ayumi.conf"), conf, 0o600))
	for _, n := range c.All {
		at := func(port int) string { return fmt.Sprintf("%s:%d", n.Host, port) }
		n.env = append(append(os.Environ(), env...), natsChild+"="+c.In("ayumi.conf"), "NATS_NAME="+n.Name,
			"NATS_LISTEN="+at(n.Listen), fmt.Sprintf("NATS_ROUTES=%s:%d", n.other, n.routes), "NATS_WATCH="+at(n.watch), "NATS_STORE="+n.Dir,
			"NATS_CERT="+c.In(n.Name+".pem"), "NATS_KEY="+c.In(n.Name+".key"), "NATS_CA="+c.In("root.pem"))
	}
	t.Cleanup(func() {
		for i := range c.All {
			c.Kill(i)
		}
		if t.Failed() {
			for _, n := range c.All {
				text, _ := os.ReadFile(n.log())
				t.Logf("%s\n%s", n.Name, text[max(0, len(text)-4000):])
			}
		}
	})
}

// In names a file of the secrets.
func (c *Nodes) In(name string) string { return filepath.Join(c.secrets, name) }
func (n *Node) log() string            { return filepath.Join(n.Dir, "log") }

// Rise starts the servers that do not run, each at its old address, and waits until
// all of them are whole.
func (c *Nodes) Rise(t *testing.T) {
	for i := range c.All {
		c.Begin(t, i)
	}
	c.Healthy(t)
}

// Begin starts a server if it does not run.
func (c *Nodes) Begin(t *testing.T, i int) {
	n := c.All[i]
	if n.cmd != nil {
		return
	}
	out, err := os.OpenFile(n.log(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	require.NoError(t, err)
	defer out.Close()
	n.cmd = exec.Command(os.Args[0])
	n.cmd.Env, n.cmd.Stdout, n.cmd.Stderr, n.cmd.SysProcAttr = n.env, out, out, n.inside
	require.NoError(t, n.cmd.Start())
	if n.began != nil {
		n.began(n.cmd)
	}
}

// Healthy waits until every server holds everything.
func (c *Nodes) Healthy(t *testing.T) {
	for _, n := range c.All {
		require.Eventually(t, func() bool {
			r, err := http.Get(fmt.Sprintf("http://%s:%d/healthz", n.Host, n.watch))
			return err == nil && r.Body.Close() == nil && r.StatusCode == http.StatusOK
		}, time.Minute, 20*time.Millisecond, n.Name)
	}
}

// Kill ends a server at once, with kill -9.
func (c *Nodes) Kill(i int) { c.End(i, syscall.SIGKILL) }

// Signal sends a signal to a server that runs.
func (c *Nodes) Signal(i int, s syscall.Signal) { _ = c.All[i].cmd.Process.Signal(s) }

// End sends a signal to a server and waits until it has ended.
func (c *Nodes) End(i int, how syscall.Signal) {
	n := c.All[i]
	if n.cmd == nil {
		return
	}
	_ = n.cmd.Process.Signal(how)
	_ = n.cmd.Wait() // killed
	n.cmd = nil
}

// URLs are where programs reach the servers.
func (c *Nodes) URLs() string {
	var all []string
	for _, n := range c.All {
		all = append(all, fmt.Sprintf("tls://%s:%d", n.Host, n.Listen))
	}
	return strings.Join(all, ",")
}

// Config is how the application reaches the servers.
func (c *Nodes) Config(store domain.EventStore) bus.Config {
	return bus.Config{Store: store, URL: c.URLs(), Credentials: c.In("nats-app.nk"), CA: c.In("root.pem"), Replicas: 3}
}

// Connect comes in as one of the users.
func (c *Nodes) Connect(t *testing.T, user string) *nats.Conn {
	who, err := nats.NkeyOptionFromSeed(c.In("nats-" + user + ".nk"))
	require.NoError(t, err)
	inbox := map[string]string{"app": "_INBOX_ayumi", "reader": "_INBOX_reader", "operator": "_INBOX_operator"}[user]
	nc, err := nats.Connect(c.URLs(), who, nats.RootCAs(c.In("root.pem")), nats.CustomInboxPrefix(inbox), nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}))
	require.NoError(t, err)
	t.Cleanup(nc.Close)
	return nc
}

// Remake does what the operator is asked to do.
func (c *Nodes) Remake(t *testing.T, stream string) {
	cfg := bus.Config{URL: c.URLs(), Credentials: c.In("nats-operator.nk"), CA: c.In("root.pem"), Log: slog.New(slog.DiscardHandler)}
	require.Eventually(t, func() bool { return bus.Remake(t.Context(), cfg, stream) == nil }, time.Minute, 50*time.Millisecond)
}

// Attend removes the stream whenever a bus asks for its operator, until the test ends.
func (c *Nodes) Attend(t *testing.T, b *bus.Bus) {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for ; ctx.Err() == nil; time.Sleep(20 * time.Millisecond) {
			if b.Status(ctx).Word != "bus.operator" {
				continue
			}
			cfg := bus.Config{URL: c.URLs(), Credentials: c.In("nats-operator.nk"), CA: c.In("root.pem")}
			if err := bus.Remake(ctx, cfg, bus.StreamName); err == nil {
				require.Eventually(t, func() bool { return b.Status(ctx).Word != "bus.operator" || ctx.Err() != nil }, time.Minute, 5*time.Millisecond)
			}
		}
	}()
	t.Cleanup(func() { stop(); <-ended })
}
