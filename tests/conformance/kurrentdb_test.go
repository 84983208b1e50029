package conformance_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/kurrentdb"
	"ayumi/infra/memory"
	"ayumi/tests/conformance"
	"ayumi/tests/standin"
)

// kurrentServer is an empty KurrentDB that writes events of its own between ours.
func kurrentServer(t testing.TB) *standin.Server {
	log := standin.NewLog()
	log.Noise = true
	s, err := standin.Start(log)
	require.NoError(t, err)
	t.Cleanup(s.Stop)
	return s
}

func openKurrentDB(t testing.TB, o kurrentdb.Options) *kurrentdb.Store {
	if o.Index == "" {
		o.Index = filepath.Join(t.TempDir(), "index.db")
	}
	s, err := kurrentdb.Open(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func kurrentSubject(fresh func(t *testing.T) kurrentdb.Options) conformance.Subject {
	at := map[domain.EventStore]kurrentdb.Options{}
	open := func(t *testing.T, o kurrentdb.Options) domain.EventStore {
		if o.Index == "" {
			o.Index = filepath.Join(t.TempDir(), "index.db")
		}
		s := openKurrentDB(t, o)
		at[s] = o
		return s
	}
	return conformance.Subject{
		Open: func(t *testing.T) domain.EventStore { return open(t, fresh(t)) },
		Reopen: func(t *testing.T, s domain.EventStore) domain.EventStore {
			require.NoError(t, s.(*kurrentdb.Store).Close())
			return open(t, at[s])
		},
	}
}

func TestKurrentDBStandIn(t *testing.T) {
	conformance.Suite(t, kurrentSubject(func(t *testing.T) kurrentdb.Options {
		return kurrentdb.Options{URL: kurrentServer(t).URL()}
	}))
}

// TestKurrentDB runs the contract against the server that KURRENTDB_URL names, each
// rule in a log of its own. REQUIRE=kurrentdb makes the absence of one a failure.
func TestKurrentDB(t *testing.T) {
	url := os.Getenv("KURRENTDB_URL")
	if url == "" {
		if strings.Contains(os.Getenv("REQUIRE"), "kurrentdb") {
			t.Fatal("REQUIRE=kurrentdb: KURRENTDB_URL is empty")
		}
		t.Skip("NOT RUN AGAINST A REAL KURRENTDB: KURRENTDB_URL is empty; the stand-in alone was asked")
	}
	conformance.Suite(t, kurrentSubject(func(t *testing.T) kurrentdb.Options {
		return kurrentdb.Options{URL: url, Log: "conformance-" + uuid.NewString()}
	}))
}

func TestPublicSuiteOnKurrentDB(t *testing.T) {
	publicSuite(t, func(t *testing.T) domain.EventStore {
		return openKurrentDB(t, kurrentdb.Options{URL: kurrentServer(t).URL()})
	})
}

// TestKurrentDBAgrees: memory and KurrentDB give the same answers and hold the same
// bytes, with an index that is lost now and then.
func TestKurrentDBAgrees(t *testing.T) {
	for seed := range uint64(2) {
		o := kurrentdb.Options{URL: kurrentServer(t).URL(), Log: "office"}
		a, b := memory.New(), openKurrentDB(t, o)
		random := rand.New(rand.NewPCG(seed, 11))
		var asked [][]domain.Commit
		for step := range 250 {
			commits := anyCommits(random, a)
			if len(asked) > 0 && random.IntN(4) == 0 {
				commits = asked[random.IntN(len(asked))]
			}
			asked = append(asked, commits)
			requireSameAnswer(t, a, b, commits, fmt.Sprintf("seed %d step %d", seed, step))
			if random.IntN(50) == 0 {
				require.NoError(t, b.Close())
				b = openKurrentDB(t, o)
			}
		}
		requireSameLog(t, a, b)
		require.NoError(t, b.IntegrityCheck(t.Context()))
	}
}
