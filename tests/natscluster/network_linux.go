package natscluster

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	inNetwork  = "AYUMI_TESTS_NETWORK" // set where a test has a network of its own
	ownAddress = "AYUMI_TESTS_ADDRESS" // "address interface, …" of a server that waits for them
)

// Again runs a test once more with flags in a network of its own, where links can be
// cut. It says whether it did; without such networks on this machine nobody is cut off.
func Again(t *testing.T, flags ...string) bool {
	if os.Getenv(inNetwork) != "" {
		return false
	}
	own := &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	try := exec.Command("ip", "link", "add", "try0", "type", "veth", "peer", "name", "try1")
	try.SysProcAttr = own
	if out, err := try.CombinedOutput(); err != nil {
		require.NotContains(t, os.Getenv("REQUIRE"), "network", "%v %s", err, out)
		t.Logf("NO NETWORK OF ITS OWN (%v %s): servers are frozen, not cut off", err, out)
		return false
	}
	again := exec.Command(os.Args[0], append([]string{"-test.run=^" + t.Name() + "$", "-test.v"}, flags...)...)
	again.Env, again.SysProcAttr = append(os.Environ(), inNetwork+"=1"), own
	out, err := again.CombinedOutput()
	t.Logf("%s", out)
	require.NoError(t, err)
	return true
}

// Cuttable says whether this test has a network of its own.
func Cuttable() bool { return os.Getenv(inNetwork) != "" }

func command(t *testing.T, line string, args ...any) {
	t.Helper()
	words := strings.Fields(fmt.Sprintf(line, args...))
	out, err := exec.Command(words[0], words[1:]...).CombinedOutput()
	require.NoError(t, err, "%s: %s", words, out)
}

// StartCuttable starts three servers, each with a network of its own and two links: one
// to programs, one to the other servers.
func StartCuttable(t *testing.T) *Nodes {
	command(t, "ip link set lo up")
	for _, bridge := range []string{"programs 10.99.0.254/24", "servers 10.98.0.254/24"} {
		name, address, _ := strings.Cut(bridge, " ")
		command(t, "ip link add %s type bridge", name)
		command(t, "ip addr add %s dev %s", address, name)
		command(t, "ip link set %s up", name)
	}
	c := &Nodes{}
	for i := range c.All {
		c.All[i] = &Node{
			Host: fmt.Sprintf("10.99.0.%d", i+1), other: fmt.Sprintf("10.98.0.%d", i+1), Listen: 4222, routes: 6222, watch: 8222,
			inside: &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET},
			began: func(cmd *exec.Cmd) {
				for kind, bridge := range map[string]string{"p": "programs", "s": "servers"} {
					// The old link goes with its server, but not at once. The card is the
					// same as before: its neighbours know it.
					_ = exec.Command("ip", "link", "del", fmt.Sprint(kind, i)).Run()
					command(t, "ip link add %s%d type veth peer name %sin%d address 02:00:00:00:%02x:%02x", kind, i, kind, i, kind[0], i)
					command(t, "ip link set %s%d master %s up", kind, i, bridge)
					command(t, "ip link set %sin%d netns %d", kind, i, cmd.Process.Pid)
				}
			},
		}
	}
	c.prepare(t)
	for i, n := range c.All {
		n.env = append(n.env, fmt.Sprintf("%s=%s pin%d,%s sin%d", ownAddress, n.Host, i, n.other, i))
	}
	c.Rise(t)
	return c
}

// Cut takes a link of a server away, or gives it back: "s" to the other servers, "p" to
// programs.
func (c *Nodes) Cut(t *testing.T, i int, link, state string) {
	command(t, "ip link set %s%d %s", link, i, state)
}

// awaitNetwork takes the addresses of a server once its links are there.
func awaitNetwork() error {
	for of := range strings.SplitSeq(os.Getenv(ownAddress), ",") {
		address, link, found := strings.Cut(of, " ")
		if !found {
			return nil
		}
		for begun := time.Now(); ; time.Sleep(5 * time.Millisecond) {
			if _, err := net.InterfaceByName(link); err == nil {
				break
			}
			if time.Since(begun) > time.Minute {
				return fmt.Errorf("%s does not come", link)
			}
		}
		for _, line := range []string{"ip addr add " + address + "/24 dev " + link, "ip link set " + link + " up", "ip link set lo up"} {
			words := strings.Fields(line)
			if out, err := exec.Command(words[0], words[1:]...).CombinedOutput(); err != nil {
				return fmt.Errorf("%s: %s", line, out)
			}
		}
	}
	return nil
}
