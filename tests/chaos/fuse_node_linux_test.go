package chaos

import (
	"context"
	"math/rand/v2"
	"syscall"
	"time"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// What the kernel asks of a node. go-fuse keeps the tree of names as it is seen;
// what is not answered here is refused by go-fuse.
var _ interface {
	fs.NodeLookuper
	fs.NodeOpendirer
	fs.NodeMkdirer
	fs.NodeCreater
	fs.NodeRenamer
	fs.NodeUnlinker
	fs.NodeRmdirer
	fs.NodeFsyncer
	fs.NodeOpener
	fs.NodeGetattrer
	fs.NodeSetattrer
	fs.NodeReader
	fs.NodeWriter
} = (*node)(nil)

// do carries out one operation, unless the power is off.
func (n *node) do(operation func() syscall.Errno) syscall.Errno {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	if n.disk.off {
		return syscall.EIO
	}
	return operation()
}

// Fsync takes its time, as on a real drive: most cuts then fall into one, and it
// fails.
func (n *node) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno {
	time.Sleep(rand.N(500 * time.Microsecond))
	return n.do(func() syscall.Errno { n.flush(always); return fs.OK })
}

func (n *node) Write(_ context.Context, _ fs.FileHandle, data []byte, off int64) (uint32, syscall.Errno) {
	return uint32(len(data)), n.do(func() syscall.Errno {
		n.seen = grown(n.seen, int(off)+len(data))
		copy(n.seen[off:], data)
		for b := int(off) / blockSize; b*blockSize < int(off)+len(data); b++ {
			n.dirty[b] = true
		}
		return fs.OK
	})
}

// Read copies, since go-fuse answers when the lock is free again.
func (n *node) Read(_ context.Context, _ fs.FileHandle, into []byte, off int64) (fuse.ReadResult, syscall.Errno) {
	size := 0
	errno := n.do(func() syscall.Errno {
		size = copy(into, n.seen[min(int(off), len(n.seen)):])
		return fs.OK
	})
	return fuse.ReadResultData(into[:size]), errno
}

func (n *node) Setattr(_ context.Context, _ fs.FileHandle, in *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	return n.do(func() syscall.Errno {
		if size, ok := in.GetSize(); ok {
			n.seen = grown(n.seen[:min(int(size), len(n.seen))], int(size))
			n.low = min(n.low, int(size))
		}
		n.attr(&out.Attr)
		return fs.OK
	})
}

func (n *node) Getattr(_ context.Context, _ fs.FileHandle, out *fuse.AttrOut) syscall.Errno {
	return n.do(func() syscall.Errno { n.attr(&out.Attr); return fs.OK })
}

func (n *node) attr(out *fuse.Attr) {
	out.Mode, out.Size, out.Nlink = n.mode, uint64(len(n.seen)), 1
}

// Open lets the kernel keep what it has cached: an open must not throw away the
// pages of a mapping.
func (n *node) Open(context.Context, uint32) (fs.FileHandle, uint32, syscall.Errno) {
	return nil, fuse.FOPEN_KEEP_CACHE, n.do(func() syscall.Errno { return fs.OK })
}

func (n *node) Opendir(context.Context) syscall.Errno {
	return n.do(func() syscall.Errno { return fs.OK })
}

func (n *node) Lookup(_ context.Context, name string, out *fuse.EntryOut) (found *fs.Inode, errno syscall.Errno) {
	errno = n.do(func() syscall.Errno {
		if found = n.GetChild(name); found == nil {
			return syscall.ENOENT
		}
		found.Operations().(*node).attr(&out.Attr)
		return fs.OK
	})
	return found, errno
}

func (n *node) Create(ctx context.Context, name string, _ uint32, mode uint32, out *fuse.EntryOut) (made *fs.Inode, _ fs.FileHandle, _ uint32, errno syscall.Errno) {
	made, errno = n.add(ctx, name, syscall.S_IFREG|mode&0o777, out)
	return made, nil, fuse.FOPEN_KEEP_CACHE, errno
}

func (n *node) Mkdir(ctx context.Context, name string, mode uint32, out *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	return n.add(ctx, name, syscall.S_IFDIR|mode&0o777, out)
}

func (n *node) add(ctx context.Context, name string, mode uint32, out *fuse.EntryOut) (made *fs.Inode, errno syscall.Errno) {
	errno = n.do(func() syscall.Errno {
		c := n.child(ctx, name, mode)
		c.attr(&out.Attr)
		made = c.EmbeddedInode()
		return fs.OK
	})
	return made, errno
}

func (n *node) Rename(_ context.Context, from string, folder fs.InodeEmbedder, to string, flags uint32) syscall.Errno {
	return n.do(func() syscall.Errno {
		if folder != n || flags != 0 {
			return syscall.EXDEV
		}
		moved := n.GetChild(from)
		if moved == nil {
			return syscall.ENOENT
		}
		n.journal = append(n.journal, map[string]*node{from: nil, to: moved.Operations().(*node)})
		return fs.OK
	})
}

func (n *node) Unlink(_ context.Context, name string) syscall.Errno {
	return n.do(func() syscall.Errno {
		n.journal = append(n.journal, map[string]*node{name: nil})
		return fs.OK
	})
}

func (n *node) Rmdir(context.Context, string) syscall.Errno { return syscall.ENOTSUP }
