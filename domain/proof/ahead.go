package proof

import (
	"errors"
	"io"
)

// ahead reads a member in a goroutine of its own, a little ahead of who asks for it:
// what is packed takes as long to unpack as to understand.
type ahead struct {
	full, free chan *piece
	stop       chan struct{}
	now        *piece
	rest       []byte // of it
}

// piece is what was read in one go.
type piece struct {
	room [64 << 10]byte
	n    int
	err  error // after it
	done int64 // packed bytes read so far
}

const pieces = 3

func readAhead(from *memberReader) *ahead {
	a := &ahead{full: make(chan *piece, pieces), free: make(chan *piece, pieces), stop: make(chan struct{}), now: &piece{}}
	for range pieces {
		a.free <- &piece{}
	}
	go a.run(from)
	return a
}

func (a *ahead) run(from *memberReader) {
	for {
		select {
		case <-a.stop:
			return
		case p := <-a.free:
			if p.n, p.err = io.ReadFull(from, p.room[:]); errors.Is(p.err, io.ErrUnexpectedEOF) {
				p.err = io.EOF
			}
			p.done = from.done()
			if a.full <- p; p.err != nil { // there is room for every piece
				return
			}
		}
	}
}

// Read is for one goroutine, until close.
func (a *ahead) Read(b []byte) (int, error) {
	for len(a.rest) == 0 {
		if a.now.err != nil {
			return 0, a.now.err
		}
		if a.now.n > 0 {
			a.free <- a.now
		}
		a.now = <-a.full
		a.rest = a.now.room[:a.now.n]
	}
	n := copy(b, a.rest)
	a.rest = a.rest[n:]
	return n, nil
}

// close lets the goroutine end.
func (a *ahead) close() { close(a.stop) }
