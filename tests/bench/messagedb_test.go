//go:build linux

package bench

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// BenchmarkMessageDB puts the store and the whole path beside a peer: Message DB
// on PostgreSQL, at the address in MESSAGE_DB_URL. Without one it is skipped, or
// fails if REQUIRE names messagedb.
//
// To set one up, make a cluster with initdb on the disk of the temporary folder,
// start it with its durability settings untouched, and run database/install.sh of
// Message DB's repository against it. Let MESSAGE_DB_URL name the database that
// makes, which keeps what is written here, and the role message_store.
//
//	go test ./tests/bench -run xxx -bench MessageDB -benchtime 1x
func BenchmarkMessageDB(b *testing.B) {
	url := os.Getenv("MESSAGE_DB_URL")
	if url == "" {
		const text = "NOTHING WAS COMPARED WITH MESSAGE DB: no MESSAGE_DB_URL"
		if strings.Contains(os.Getenv("REQUIRE"), "messagedb") {
			b.Fatal(text)
		}
		b.Skip("SKIPPED, " + text)
	}
	peer := func(b *testing.B, writers int) *phase { return messageDBAppends(b, url, writers) }
	compare(b, []int{1, 16}, peer, storeAppends, pathAppends)
}

// messageDBAppends writes streams of one category, as all universities are. Message
// DB holds a lock on the category until the commit is on disk, so that readers meet
// its events in order; the writers of one category therefore share no flush, where
// those of many would, without one order over all as the store has it.
func messageDBAppends(b *testing.B, url string, writers int) *phase {
	config, err := pgx.ParseConfig(url)
	require.NoError(b, err)
	config.RuntimeParams["search_path"] = "message_store,public" // its functions call each other by bare names
	// With these, and with the columns beside them, a row weighs about storedBytes.
	data := `{"words": "` + strings.Repeat("x", len(storedBytes)-256) + `"}`
	metadata := `{"command": "` + uuid.NewString() + `", "account": "` + uuid.NewString() + `"}`
	return newPhase("messagedb", writers, func(int) func() error {
		conn, err := pgx.ConnectConfig(context.Background(), config)
		require.NoError(b, err)
		b.Cleanup(func() { require.NoError(b, conn.Close(context.Background())) })
		requireDurable(b, conn)
		stream, at := "", int64(9)
		return func() error {
			if at == 9 { // positions begin at 0, and -1 expects a new stream
				stream, at = "university-"+uuid.NewString(), -1
			}
			return conn.QueryRow(context.Background(), "SELECT message_store.write_message($1, $2, $3, $4, $5, $6)",
				uuid.NewString(), stream, "test.happened", data, metadata, at).Scan(&at)
		}
	})
}

// requireDurable asks the very connection that writes: a role or a database can
// have its own synchronous_commit.
func requireDurable(b *testing.B, conn *pgx.Conn) {
	var fsync, commit string
	require.NoError(b, conn.QueryRow(context.Background(),
		"SELECT current_setting('fsync'), current_setting('synchronous_commit')").Scan(&fsync, &commit))
	require.Equal(b, "on", fsync, "fsync")
	require.Equal(b, "on", commit, "synchronous_commit")
}
