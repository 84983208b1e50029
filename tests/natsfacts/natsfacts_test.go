// Package natsfacts_test pins what nats-server really does where infra/bus
// relies on it, or defends itself against it. An upgrade of the server that
// changes one of these facts fails here first; the comment says what then has to
// be thought through again.
package natsfacts_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"
)

// An acknowledged message is not on the disk yet, and may be lost for two
// minutes: the bus is never the only copy of anything.
func TestAnAckIsNotDurable(t *testing.T) {
	s := boot(t, t.TempDir())
	require.False(t, s.JetStreamConfig().SyncAlways)
	require.Equal(t, 2*time.Minute, s.JetStreamConfig().SyncInterval)
}

// The server inside the process opens no port: nobody outside can write.
func TestDontListenOpensNoPort(t *testing.T) {
	require.Nil(t, boot(t, t.TempDir()).Addr())
}

// Message sequence = log position, from the first message on; 0 is a valid
// expectation and is checked.
func TestSequencesBeginAtOneAndZeroIsExpectedOfAnEmptyStream(t *testing.T) {
	nc, js := pipe(t, boot(t, t.TempDir()))
	create(t, js, nil)
	require.Equal(t, uint64(1), publish(t, nc, message("a", 0)).Seq)
	require.Equal(t, 10071, publish(t, nc, message("b", 0)).Error.Code)
	require.Equal(t, uint64(2), publish(t, nc, message("b", 1)).Seq)
}

// Competing relays are fenced, in both directions: behind and ahead.
func TestExpectedLastSequenceRefusesWith10071(t *testing.T) {
	for name, js := range both(t) {
		t.Run(name, func(t *testing.T) {
			stream := js.stream(t)
			fill(t, js.nc, 3)
			require.Equal(t, 10071, publish(t, js.nc, message("x", 2)).Error.Code)
			ahead := publish(t, js.nc, message("y", 4))
			require.Equal(t, 10071, ahead.Error.Code)
			require.Equal(t, "wrong last sequence: 3", ahead.Error.Text)
			require.Equal(t, uint64(3), state(t, stream).LastSeq)
		})
	}
}

// A message without a reply subject is stored and fenced all the same, and one
// refused message stops every later one: the relay asks for one answer per run.
func TestAnUnansweredRunStopsAtTheFirstRefusal(t *testing.T) {
	for name, js := range both(t) {
		t.Run(name, func(t *testing.T) {
			stream := js.stream(t)
			for _, last := range []uint64{0, 1, 2, 7, 3 + 1, 5} {
				require.NoError(t, js.nc.PublishMsg(message(strconv.FormatUint(last, 10), last)))
			}
			require.Equal(t, 10071, publish(t, js.nc, message("end", 6)).Error.Code)
			require.Eventually(t, func() bool { return state(t, stream).LastSeq == 3 }, time.Minute, time.Millisecond)
		})
	}
}

// The retry of a lost ack: the relay must accept either answer as "stored", and
// after 10071 look at the tail.
func TestARetryAnswers10071OnOneServerAndDuplicateOnThree(t *testing.T) {
	kinds := both(t)
	kinds["R1"].stream(t)
	fill(t, kinds["R1"].nc, 2)
	require.Equal(t, 10071, publish(t, kinds["R1"].nc, message("1", 1)).Error.Code)
	kinds["R3"].stream(t)
	fill(t, kinds["R3"].nc, 2)
	again := publish(t, kinds["R3"].nc, message("1", 1))
	require.True(t, again.Duplicate)
	require.Equal(t, uint64(2), again.Seq)
}

// An id known from another place is answered as a success with that place, and
// nothing is stored: the relay compares the sequence of every answer.
func TestAnIdSeenElsewhereIsASuccessWithTheOldSequence(t *testing.T) {
	nc, js := pipe(t, boot(t, t.TempDir()))
	stream := create(t, js, nil)
	fill(t, nc, 3)
	again := publish(t, nc, message("0", 3))
	require.True(t, again.Duplicate)
	require.Equal(t, uint64(1), again.Seq)
	require.Equal(t, uint64(3), state(t, stream).LastSeq)
}

// Without a stream the client answers at once, the relay need not run into its
// patience.
func TestAPublishWithoutAStreamHasNoResponders(t *testing.T) {
	nc, _ := pipe(t, boot(t, t.TempDir()))
	m := message("a", 0)
	m.Reply = nc.NewInbox()
	sub, err := nc.SubscribeSync(m.Reply)
	require.NoError(t, err)
	require.NoError(t, nc.PublishMsg(m))
	_, err = sub.NextMsg(time.Minute)
	require.ErrorIs(t, err, nats.ErrNoResponders)
}

// A bus with limited retention is rebuilt from the middle of the log.
func TestAStreamMayBeginAtAnySequence(t *testing.T) {
	nc, js := pipe(t, boot(t, t.TempDir()))
	stream := create(t, js, func(c *jetstream.StreamConfig) { c.FirstSeq = 500 })
	require.Equal(t, uint64(500), state(t, stream).FirstSeq)
	require.Equal(t, uint64(499), state(t, stream).LastSeq)
	require.Equal(t, 10071, publish(t, nc, message("a", 0)).Error.Code)
	require.Equal(t, uint64(500), publish(t, nc, message("a", 499)).Seq)
}

// A limit raises FirstSeq; a consumer that asks for an older message begins at
// FirstSeq without a word: the feed compares every sequence with the last.
func TestAConsumerBelowFirstSeqBeginsThereInSilence(t *testing.T) {
	nc, js := pipe(t, boot(t, t.TempDir()))
	stream := create(t, js, func(c *jetstream.StreamConfig) { c.MaxMsgs = 10 })
	fill(t, nc, 25)
	require.Equal(t, uint64(16), state(t, stream).FirstSeq)
	require.Equal(t, uint64(16), delivered(t, push(t, nc, js, 3))[0])
}

// A reader may ask for what is not there yet, and gets nothing older first.
func TestAConsumerAboveLastSeqWaitsForIt(t *testing.T) {
	nc, js := pipe(t, boot(t, t.TempDir()))
	create(t, js, nil)
	fill(t, nc, 5)
	sub := push(t, nc, js, 8)
	require.Empty(t, delivered(t, sub))
	for i := range uint64(5) {
		publish(t, nc, message("late"+strconv.FormatUint(i, 10), 5+i))
	}
	got := delivered(t, sub)
	require.Equal(t, uint64(8), got[0])
}

// Nobody deletes or purges by accident; deleting the whole stream stays
// possible, which is how the relay rebuilds; the denial cannot be taken back.
func TestDenyDeleteAndDenyPurge(t *testing.T) {
	nc, js := pipe(t, boot(t, t.TempDir()))
	deny := func(c *jetstream.StreamConfig) { c.DenyDelete, c.DenyPurge = true, true }
	stream := create(t, js, deny)
	fill(t, nc, 3)
	require.Error(t, stream.DeleteMsg(t.Context(), 2))
	require.Error(t, stream.SecureDeleteMsg(t.Context(), 2))
	require.Error(t, stream.Purge(t.Context()))
	_, err := js.UpdateStream(t.Context(), jetstream.StreamConfig{Name: "S", Subjects: []string{"s.>"}})
	require.Error(t, err)
	require.Equal(t, uint64(3), state(t, stream).Msgs)
	require.NoError(t, js.DeleteStream(t.Context(), "S"))
}

// A stream made again has another creation time, its dedupe memory is empty and
// its sequences begin anew. Consumers of the old one just fall silent: the feed
// is told by the relay, and has heartbeats besides.
func TestARemadeStreamIsANewOne(t *testing.T) {
	nc, js := pipe(t, boot(t, t.TempDir()))
	before := create(t, js, nil).CachedInfo().Created
	fill(t, nc, 3)
	sub := push(t, nc, js, 1)
	require.Len(t, delivered(t, sub), 3)
	require.NoError(t, js.DeleteStream(t.Context(), "S"))
	require.NotEqual(t, before, create(t, js, nil).CachedInfo().Created)
	require.Equal(t, uint64(1), publish(t, nc, message("0", 0)).Seq)
	for {
		m, err := sub.NextMsg(time.Second)
		if err != nil {
			require.ErrorIs(t, err, nats.ErrTimeout)
			return
		}
		require.Equal(t, "100", m.Header.Get("Status"))
	}
}

// The stream sequence is the sixth token of the reply subject of a delivery.
func TestADeliveryCarriesItsSequenceInTheReplySubject(t *testing.T) {
	nc, js := pipe(t, boot(t, t.TempDir()))
	create(t, js, nil)
	fill(t, nc, 2)
	m, err := push(t, nc, js, 2).NextMsg(time.Minute)
	require.NoError(t, err)
	tokens := strings.Split(m.Reply, ".")
	require.Len(t, tokens, 9)
	require.Equal(t, "2", tokens[5])
}

// Flow control asks by a status message with a reply and waits for the answer;
// without one the consumer stops: the reader answers when it has taken what came
// before, so memory stays bounded.
func TestFlowControlStopsAConsumerThatDoesNotAnswer(t *testing.T) {
	nc, js := pipe(t, boot(t, t.TempDir()))
	create(t, js, nil)
	fill(t, nc, 20000)
	sub := push(t, nc, js, 1)
	require.NoError(t, sub.SetPendingLimits(-1, -1))
	taken := 0
	for {
		m, err := sub.NextMsg(time.Minute)
		require.NoError(t, err)
		if m.Header.Get("Status") != "100" {
			taken++
		} else if m.Header.Get("Nats-Consumer-Stalled") != "" {
			break
		}
	}
	require.Less(t, taken, 20000)
}

// Header block and payload are limited; the largest stored body has to fit.
func TestHeadersAndPayloadAreLimited(t *testing.T) {
	nc, js := pipe(t, boot(t, t.TempDir()))
	create(t, js, nil)
	require.Equal(t, int64(1<<20), nc.MaxPayload())
	m := message("big", 0)
	m.Header.Set("x", strings.Repeat("x", 64<<10))
	require.NotZero(t, publish(t, nc, m).Error.Code)
	m = message("big", 0)
	m.Data = make([]byte, 1<<20)
	require.ErrorIs(t, nc.PublishMsg(m), nats.ErrMaxPayload)
}

// A consumer that is pushed writes to any subject of its account, whatever its maker
// may publish to: those who only listen are not let to make one.
func TestAPushedConsumerWritesToAnySubject(t *testing.T) {
	nc, js := pipe(t, boot(t, t.TempDir()))
	create(t, js, nil)
	other, err := js.CreateStream(t.Context(), jetstream.StreamConfig{Name: "T", Subjects: []string{"t.>"}})
	require.NoError(t, err)
	sub, err := nc.SubscribeSync("t.written")
	require.NoError(t, err)
	_, err = js.CreatePushConsumer(t.Context(), "S", jetstream.ConsumerConfig{DeliverSubject: "t.written", AckPolicy: jetstream.AckNonePolicy})
	require.NoError(t, err)
	fill(t, nc, 3)
	_, err = sub.NextMsg(time.Minute)
	require.NoError(t, err)
	require.Eventually(t, func() bool { return state(t, other).Msgs > 0 }, time.Minute, time.Millisecond)
}
