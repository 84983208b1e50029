package keyring_test

import (
	"bufio"
	"encoding/hex"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/keyring"
)

var kills = flag.Int("kills", 12, "how often an instance is killed")

// childOf and childName are, in the environment of a child, its directory and name.
const childOf, childName = "AYUMI_KEYRING_CHILD", "AYUMI_KEYRING_NAME"

// child makes keys, destroys some and rewrites the table until it is killed, and tells
// each that was answered: made OWNER BOX, gone OWNER.
func child(dir, name string) error {
	k, err := keyring.Open(dir, keyring.Options{Database: os.Getenv("AYUMI_KEYRING_DATABASE")})
	if err != nil {
		return err
	}
	if len(k.Returned()) > 3 { // each was begun and not answered when its process was killed
		return fmt.Errorf("keys came back: %v", k.Returned())
	}
	var told sync.Mutex
	say := func(words ...any) {
		told.Lock()
		defer told.Unlock()
		fmt.Println(words...)
	}
	for range 2 {
		go func() {
			for {
				if _, err := k.Rotate(ctx); err != nil {
					say("fault", err)
				}
				if _, err := k.Retire(ctx); err != nil {
					say("fault", err)
				}
				time.Sleep(time.Duration(rand.IntN(60)) * time.Millisecond)
			}
		}()
	}
	go func() {
		for i := 0; ; i++ {
			owner := fmt.Sprint("gone-", name, "-", i)
			if _, err := k.Ensure(ctx, owner); err != nil {
				say("fault", err)
			}
			go func() {
				if err := k.Destroy(ctx, owner); err != nil {
					say("fault", err)
					return
				}
				say("gone", owner)
			}()
			time.Sleep(200 * time.Millisecond)
		}
	}()
	for i := 0; ; i++ {
		owner := fmt.Sprint(name, "-", i)
		if _, err := k.Ensure(ctx, owner); err != nil {
			return err
		}
		box, err := k.Seal(ctx, owner, [12]byte{}, []byte(owner), nil)
		if err != nil {
			return err
		}
		say("made", owner, hex.EncodeToString(box))
	}
}

// Instances that are killed at any moment leave no key that was answered unreadable, and
// none that was destroyed readable; the others go on.
func TestInstancesAreKilled(t *testing.T) {
	several(t)
	dir := t.TempDir()
	o := at(t, dir, keyring.Options{})
	first := open(t, dir, keyring.Options{}) // so that a table is there
	var mu sync.Mutex
	boxes, gone := map[string][]byte{}, map[string]bool{}
	hear := func(from io.Reader) {
		lines := bufio.NewScanner(from)
		for lines.Scan() {
			words := strings.Fields(lines.Text())
			mu.Lock()
			switch {
			case len(words) == 3 && words[0] == "made":
				if box, err := hex.DecodeString(words[2]); err == nil {
					boxes[words[1]] = box
				}
			case len(words) == 2 && words[0] == "gone":
				gone[words[1]] = true
			case len(words) > 0 && words[0] == "fault":
				t.Error(lines.Text())
			}
			mu.Unlock()
		}
	}
	var group sync.WaitGroup
	each := max(*kills/3, 1)
	for n := range 3 {
		group.Go(func() {
			for i := range each {
				c := exec.Command(os.Args[0])
				c.Env = append(os.Environ(), childOf+"="+dir, childName+"="+fmt.Sprint(n, "-", i), "AYUMI_KEYRING_DATABASE="+o.Database)
				out, err := c.StdoutPipe()
				var faults strings.Builder
				c.Stderr = &faults
				if err == nil {
					err = c.Start()
				}
				if err != nil {
					t.Error(err)
					return
				}
				var heard sync.WaitGroup
				heard.Go(func() { hear(out) })
				time.Sleep(time.Second + time.Duration(rand.IntN(1500))*time.Millisecond)
				_ = c.Process.Kill()
				heard.Wait()
				_ = c.Wait()
				if faults.Len() > 0 {
					t.Error(faults.String())
				}
			}
		})
	}
	group.Wait()
	require.NotEmpty(t, boxes)
	require.NotEmpty(t, gone)
	require.NoError(t, first.Close())
	last := open(t, dir, keyring.Options{})
	t.Logf("%d keys, %d destroyed, epoch %d", len(boxes), len(gone), last.Current().Epoch)
	for owner, box := range boxes {
		plain, err := last.Open(ctx, owner, box, nil)
		require.NoError(t, err, owner)
		require.Equal(t, owner, string(plain))
	}
	for owner := range gone {
		_, err := last.Ensure(ctx, owner)
		require.ErrorIs(t, err, domain.ErrErased, owner)
	}
}
