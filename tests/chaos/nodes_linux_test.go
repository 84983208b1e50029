package chaos_test

import (
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

	"github.com/google/uuid"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
	"ayumi/domain"
	"ayumi/infra/bus"
)

// natsChild names, in the environment, the configuration of a NATS server: this test
// binary run again, doing what nats-server does.
const natsChild = "AYUMI_CHAOS_NATS"

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

// node is one NATS server in a process of its own, on the configuration that is shipped.
type node struct {
	name, host            string
	other                 string // where the other servers reach it
	listen, routes, watch int
	dir                   string
	env                   []string
	cmd                   *exec.Cmd
	inside                *syscall.SysProcAttr // of a network of its own
	began                 func(*exec.Cmd)
}

// nodes are three of them with one JetStream between them.
type nodes struct {
	all     [3]*node
	secrets string
}

// startNodes starts three servers on loopback.
func startNodes(t *testing.T) *nodes {
	c := &nodes{}
	var listeners []net.Listener
	port := func() int {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		listeners = append(listeners, l)
		return l.Addr().(*net.TCPAddr).Port
	}
	for i := range c.all {
		c.all[i] = &node{host: "127.0.0.1", other: "127.0.0.1", listen: port(), routes: port(), watch: port()}
	}
	for _, l := range listeners {
		require.NoError(t, l.Close())
	}
	c.prepare(t)
	c.start(t)
	return c
}

// prepare makes secrets and directories for nodes whose addresses are known.
func (c *nodes) prepare(t *testing.T) {
	c.secrets = t.TempDir()
	hosts, env := map[string][]string{}, []string{}
	for i, n := range c.all {
		n.name, n.dir = fmt.Sprintf("nats-%d", i+1), t.TempDir()
		hosts[n.name] = []string{n.name, n.host, n.other}
		env = append(env, fmt.Sprintf("NATS_ROUTE_%d=tls://%s:%d", i+1, n.other, n.routes))
	}
	require.NoError(t, app.BusSecrets(c.secrets, hosts, time.Now()))
	conf, err := os.ReadFile("../../infra/deploy/nats/ayumi.conf")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(c.in("ayumi.conf"), conf, 0o600))
	for _, n := range c.all {
		at := func(port int) string { return fmt.Sprintf("%s:%d", n.host, port) }
		n.env = append(append(os.Environ(), env...), natsChild+"="+c.in("ayumi.conf"), "NATS_NAME="+n.name,
			"NATS_LISTEN="+at(n.listen), fmt.Sprintf("NATS_ROUTES=%s:%d", n.other, n.routes), "NATS_WATCH="+at(n.watch), "NATS_STORE="+n.dir,
			"NATS_CERT="+c.in(n.name+".pem"), "NATS_KEY="+c.in(n.name+".key"), "NATS_CA="+c.in("root.pem"))
	}
	t.Cleanup(func() {
		for i := range c.all {
			c.kill(i)
		}
		if t.Failed() {
			for _, n := range c.all {
				text, _ := os.ReadFile(n.log())
				t.Logf("%s\n%s", n.name, text[max(0, len(text)-4000):])
			}
		}
	})
}

func (c *nodes) in(name string) string { return filepath.Join(c.secrets, name) }
func (n *node) log() string            { return filepath.Join(n.dir, "log") }

// start starts the servers that do not run, each at its old address, and waits until
// all of them are whole.
func (c *nodes) start(t *testing.T) {
	for i := range c.all {
		c.begin(t, i)
	}
	c.healthy(t)
}

// begin starts a server if it does not run.
func (c *nodes) begin(t *testing.T, i int) {
	n := c.all[i]
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

// healthy waits until every server holds everything.
func (c *nodes) healthy(t *testing.T) {
	for _, n := range c.all {
		require.Eventually(t, func() bool {
			r, err := http.Get(fmt.Sprintf("http://%s:%d/healthz", n.host, n.watch))
			return err == nil && r.Body.Close() == nil && r.StatusCode == http.StatusOK
		}, time.Minute, 20*time.Millisecond, n.name)
	}
}

// kill ends a server at once, with kill -9.
func (c *nodes) kill(i int) { c.end(i, syscall.SIGKILL) }

// signal sends a signal to a server that runs.
func (c *nodes) signal(i int, s syscall.Signal) { _ = c.all[i].cmd.Process.Signal(s) }

// end sends a signal to a server and waits until it has ended.
func (c *nodes) end(i int, how syscall.Signal) {
	n := c.all[i]
	if n.cmd == nil {
		return
	}
	_ = n.cmd.Process.Signal(how)
	_ = n.cmd.Wait() // killed
	n.cmd = nil
}

func (c *nodes) urls() string {
	var all []string
	for _, n := range c.all {
		all = append(all, fmt.Sprintf("tls://%s:%d", n.host, n.listen))
	}
	return strings.Join(all, ",")
}

// config is how the application reaches the servers.
func (c *nodes) config(store domain.EventStore) bus.Config {
	return bus.Config{Store: store, URL: c.urls(), Credentials: c.in("nats-app.nk"), CA: c.in("root.pem"), Replicas: 3}
}

// connect comes in as one of the users.
func (c *nodes) connect(t *testing.T, user string) *nats.Conn {
	who, err := nats.NkeyOptionFromSeed(c.in("nats-" + user + ".nk"))
	require.NoError(t, err)
	inbox := map[string]string{"app": "_INBOX_ayumi", "reader": "_INBOX_reader", "operator": "_INBOX_operator"}[user]
	nc, err := nats.Connect(c.urls(), who, nats.RootCAs(c.in("root.pem")), nats.CustomInboxPrefix(inbox), nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}))
	require.NoError(t, err)
	t.Cleanup(nc.Close)
	return nc
}

// remake does what the operator is asked to do.
func (c *nodes) remake(t *testing.T, stream string) {
	cfg := bus.Config{URL: c.urls(), Credentials: c.in("nats-operator.nk"), CA: c.in("root.pem"), Log: slog.New(slog.DiscardHandler)}
	require.Eventually(t, func() bool { return bus.Remake(t.Context(), cfg, stream) == nil }, time.Minute, 50*time.Millisecond)
}

// holds are the event ids on the stream, in order of sequence.
func (c *nodes) holds(t *testing.T) []uuid.UUID {
	nc := c.connect(t, "app")
	defer nc.Close()
	return streamed(t, nc)
}
