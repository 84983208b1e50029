package chaos

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// disk is a file system that this process serves. What was not flushed is in
// memory only, and a cut forgets it.
//
// A file has what is seen of it and what a cut leaves; only fsync and fdatasync
// of that file carry its blocks and its length over. A folder has a journal of
// names: what was made, renamed or removed becomes durable, in order, by an fsync
// of that folder only. POSIX promises no more. ext4 does: fsync of a new file
// keeps its name too. Modes and owners are not modelled beyond the mode given at
// creation, and a rename stays in its folder.
//
// A harsh cut is that of a disk which was busy writing: of each file some of the
// unflushed blocks, whichever, and of each folder the first of its unflushed
// names are kept, whether or not the data of those files is.
//
// The kernel hides no write: its cache is written through, since nothing else was
// asked for at the mount. Only what is written through a shared mapping may stay
// there until an fsync. SQLite does that with its -shm alone, which it makes anew
// after a crash.
type disk struct {
	dir, backing string // the mount; the folder of what the last cut has left
	server       *fuse.Server

	mu    sync.Mutex // a cut falls between two operations
	off   bool
	root  *node
	nodes []*node // all since the mount
}

// newDisk needs root and FUSE. Where they are missing the test is skipped, or
// fails if REQUIRE names fuse.
func newDisk(t *testing.T) *disk {
	t.Helper()
	d := &disk{dir: t.TempDir(), backing: t.TempDir()}
	if err := d.mount(); err != nil {
		if strings.Contains(os.Getenv("REQUIRE"), "fuse") {
			t.Fatalf("REQUIRE=fuse: %v", err)
		}
		t.Skipf("SKIPPED, NOTHING WAS TESTED: a power cut needs root and FUSE: %v", err)
	}
	t.Cleanup(func() {
		if d.server.Unmount() != nil { // after a failure a child may still be there
			unix.Unmount(d.dir, unix.MNT_DETACH)
		}
	})
	return d
}

// mount serves what lies in the backing folder, and nothing that was before.
func (d *disk) mount() (err error) {
	d.off, d.nodes = false, nil
	d.root = d.node("", syscall.S_IFDIR|0o755)
	var loaded error
	server, err := fs.Mount(d.dir, d.root, &fs.Options{
		OnAdd: func(ctx context.Context) { loaded = d.root.load(ctx, d.backing) },
		MountOptions: fuse.MountOptions{
			DirectMountStrict: true, Name: "ayumi", FsName: "ayumi-test-disk",
			ExplicitDataCacheControl: true, // nobody but the kernel changes a file
			DisableXAttrs:            true, // the kernel would ask for one at each write
		},
	})
	if err != nil {
		return err
	}
	d.server = server
	closeAtExec()
	return loaded
}

// closeAtExec keeps the device from children. go-fuse does not: if this process
// died, a child would hold its own disk and wait for its answers for ever.
func closeAtExec() {
	fds, _ := os.ReadDir("/proc/self/fd")
	for _, fd := range fds {
		if to, _ := os.Readlink("/proc/self/fd/" + fd.Name()); to == "/dev/fuse" {
			n, _ := strconv.Atoi(fd.Name())
			unix.CloseOnExec(n)
		}
	}
}

// cut ends the power: every later operation fails, fsync too, so that nothing
// can be acknowledged that is not kept. It answers how many blocks were not
// flushed and how many of them a harsh cut kept all the same.
func (d *disk) cut(harsh bool) (unflushed, kept int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.off = true
	unflushed = d.unflushed()
	if harsh {
		chance := rand.Float64()
		for _, n := range d.nodes {
			n.flush(func() bool { return rand.Float64() < chance })
		}
	}
	return unflushed, unflushed - d.unflushed()
}

// unflushed leaves -shm out: nobody flushes it.
func (d *disk) unflushed() (blocks int) {
	for _, n := range d.nodes {
		if !strings.HasSuffix(n.name, "-shm") {
			blocks += len(n.dirty)
		}
	}
	return blocks
}

// await tells when a file made under this name has unflushed blocks, or false
// after the limit.
func (d *disk) await(name string, limit time.Duration) bool {
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(100 * time.Microsecond) {
		if d.busy(name) {
			return true
		}
	}
	return false
}

func (d *disk) busy(name string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.ContainsFunc(d.nodes, func(n *node) bool { return n.name == name && len(n.dirty) > 0 })
}

// powerOn begins anew from files: nothing in memory outlives a cut.
func (d *disk) powerOn(t *testing.T) {
	t.Helper()
	require.NoError(t, d.server.Unmount())
	require.NoError(t, os.RemoveAll(d.backing))
	require.NoError(t, d.root.save(d.backing))
	require.NoError(t, d.mount())
}

// withCopy hands out a copy of a folder as the last cut has left it. This process
// must not map a file of the disk that it serves: the page fault could wait for a
// goroutine that the garbage collector has stopped, and the collector for the
// page fault.
func (d *disk) withCopy(t *testing.T, name string, look func(dir string)) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	d.mu.Lock()
	err := d.root.durable[name].save(dir)
	d.mu.Unlock()
	require.NoError(t, err)
	look(dir)
	require.NoError(t, os.RemoveAll(dir))
}

const blockSize = 4096

// node is a file or a folder.
type node struct {
	fs.Inode
	disk *disk
	name string // that it was made under
	mode uint32

	seen, data []byte       // of a file: before and after a cut
	dirty      map[int]bool // blocks written since the last flush
	low        int          // the shortest it was since then

	durable map[string]*node   // of a folder: names after a cut
	journal []map[string]*node // steps not flushed yet; a nil node removes a name
}

func (d *disk) node(name string, mode uint32) *node {
	n := &node{disk: d, name: name, mode: mode, dirty: map[int]bool{}, durable: map[string]*node{}}
	d.nodes = append(d.nodes, n)
	return n
}

// flush makes durable what keep chooses: everything, or whatever a dying disk did.
func (n *node) flush(keep func() bool) {
	for len(n.journal) > 0 && keep() {
		for name, child := range n.journal[0] {
			if n.durable[name] = child; child == nil {
				delete(n.durable, name)
			}
		}
		n.journal = n.journal[1:]
	}
	end := len(n.seen)
	if n.low < len(n.data) { // it was truncated, and what was written behind that came after
		if keep() {
			n.data = n.data[:n.low]
		} else {
			end = n.low
		}
	}
	for b := range n.dirty {
		from, to := b*blockSize, min((b+1)*blockSize, len(n.seen))
		if to <= end && keep() {
			delete(n.dirty, b)
			if from < to { // it was not cut off since
				n.data = grown(n.data, to)
				copy(n.data[from:to], n.seen[from:to])
			}
		}
	}
	if keep() {
		n.data = grown(n.data, end)
		n.low = end
	}
}

func always() bool { return true }

// grown fills up with zeros.
func grown(data []byte, size int) []byte {
	return append(data, make([]byte, max(0, size-len(data)))...)
}

// save writes what is durable of a node to path.
func (n *node) save(path string) error {
	if n.mode&syscall.S_IFDIR == 0 {
		return os.WriteFile(path, n.data, os.FileMode(n.mode&0o777))
	}
	if err := os.MkdirAll(path, os.FileMode(n.mode&0o777)); err != nil {
		return err
	}
	for name, child := range n.durable {
		if err := child.save(filepath.Join(path, name)); err != nil {
			return err
		}
	}
	return nil
}

// load fills a node with what lies at path: all of it is durable.
func (n *node) load(ctx context.Context, path string) (err error) {
	if n.mode&syscall.S_IFDIR == 0 {
		n.data, err = os.ReadFile(path)
		n.seen, n.low = bytes.Clone(n.data), len(n.data)
		return err
	}
	entries, err := os.ReadDir(path)
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			return err
		}
		mode, kind := uint32(info.Mode().Perm()), uint32(syscall.S_IFREG)
		if e.IsDir() {
			kind = syscall.S_IFDIR
		}
		child := n.child(ctx, e.Name(), kind|mode)
		n.AddChild(e.Name(), child.EmbeddedInode(), true)
		if err := child.load(ctx, filepath.Join(path, e.Name())); err != nil {
			return err
		}
	}
	n.flush(always)
	return err
}

// child makes a file or folder; its name is not durable yet.
func (n *node) child(ctx context.Context, name string, mode uint32) *node {
	c := n.disk.node(name, mode)
	n.NewPersistentInode(ctx, c, fs.StableAttr{Mode: mode & syscall.S_IFMT})
	n.journal = append(n.journal, map[string]*node{name: c})
	return c
}
