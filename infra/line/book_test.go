package line_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/domain/japan"
	"ayumi/infra/keyring"
	"ayumi/infra/line"
	"ayumi/tests/given"
	"ayumi/tests/linestub"
	"ayumi/tests/postgres"
)

var ctx = context.Background()

type desk struct {
	*line.Book
	keys *keyring.Keyring
	path string
	now  time.Time
	base postgres.Base
}

// opener opens an empty book.
type opener func(t *testing.T) *desk

// onEach tries a test in every engine.
func onEach(t *testing.T, test func(*testing.T, opener)) {
	t.Run("sqlite", func(t *testing.T) { test(t, inFile) })
	t.Run("postgres", func(t *testing.T) {
		test(t, func(t *testing.T) *desk {
			one, _ := instances(t)
			return one
		})
	})
}

func begun(t *testing.T) *desk {
	t.Helper()
	keys, err := keyring.Open(t.TempDir(), keyring.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, keys.Close()) })
	return &desk{keys: keys, now: noon}
}

func inFile(t *testing.T) *desk {
	t.Helper()
	d := begun(t)
	d.path = filepath.Join(t.TempDir(), "line.db")
	var err error
	d.Book, err = line.Open(d.path, d.keys, "log", [32]byte{7}, func() time.Time { return d.now })
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	return d
}

// take takes a delivery of events and answers how many of them were new.
func (d *desk) take(t *testing.T, events ...string) (fresh int) {
	t.Helper()
	list, _, err := line.Read([]byte(linestub.Webhook(events...)))
	require.NoError(t, err)
	require.Len(t, list, len(events))
	for _, e := range list {
		_, new, err := d.Take(ctx, e)
		require.NoError(t, err)
		if new {
			fresh++
		}
	}
	return fresh
}

func (d *desk) thread(t *testing.T, sender string) []line.Message {
	t.Helper()
	list, err := d.Thread(ctx, sender)
	require.NoError(t, err)
	require.NoError(t, d.Texts(ctx, list))
	return list
}

// one is the only writer of the inbox.
func (d *desk) one(t *testing.T) line.Sender {
	t.Helper()
	waiting, err := d.Waiting(ctx)
	require.NoError(t, err)
	require.Len(t, waiting, 1)
	return waiting[0]
}

func TestAMessageWaitsOnceHoweverOftenItIsDelivered(t *testing.T) {
	onEach(t, testAMessageWaitsOnceHoweverOftenItIsDelivered)
}

func testAMessageWaitsOnceHoweverOftenItIsDelivered(t *testing.T, open opener) {
	d := open(t)
	first := linestub.Text(1, 1, noon, "3月に引っ越したいです。")
	require.Equal(t, 1, d.take(t, first))
	require.Equal(t, 0, d.take(t, first, first))
	require.Equal(t, 1, d.take(t, linestub.Text(2, 1, noon.Add(time.Minute), "鳥取市内です。"), first))
	s := d.one(t)
	got := d.thread(t, s.ID)
	require.Len(t, got, 2)
	require.Equal(t, []string{"3月に引っ越したいです。", "鳥取市内です。"}, []string{got[0].Text, got[1].Text})
	user, err := d.User(ctx, s.ID)
	require.NoError(t, err)
	require.Equal(t, linestub.User(1), user)
}

func TestManyDeliveriesAtOnceKeepEachEventOnce(t *testing.T) {
	onEach(t, testManyDeliveriesAtOnceKeepEachEventOnce)
}

func testManyDeliveriesAtOnceKeepEachEventOnce(t *testing.T, open opener) {
	d := open(t)
	list, _, err := line.Read([]byte(linestub.Webhook(linestub.Text(1, 1, noon, "a"), linestub.Text(2, 1, noon, "b"), linestub.Text(3, 2, noon, "c"))))
	require.NoError(t, err)
	var wg sync.WaitGroup
	faults := make(chan error, 64)
	for range 8 {
		wg.Go(func() {
			for _, e := range list {
				_, _, err := d.Take(ctx, e)
				faults <- err
			}
		})
	}
	wg.Wait()
	close(faults)
	for err := range faults {
		require.NoError(t, err)
	}
	waiting, err := d.Waiting(ctx)
	require.NoError(t, err)
	require.Len(t, waiting, 2)
	n := len(d.thread(t, waiting[0].ID)) + len(d.thread(t, waiting[1].ID))
	require.Equal(t, 3, n)
}

// The day of a message is that of Asia/Tokyo by LINE's clock, at both ends of midnight.
func TestADayEndsAtMidnightInTokyo(t *testing.T) { onEach(t, testADayEndsAtMidnightInTokyo) }

func testADayEndsAtMidnightInTokyo(t *testing.T, open opener) {
	d := open(t)
	midnight := time.Date(2020, 2, 9, 0, 0, 0, 0, japan.Zone)
	d.take(t, linestub.Text(1, 1, midnight.Add(-time.Millisecond), "a"), linestub.Text(2, 1, midnight, "b"), linestub.Text(3, 1, midnight.Add(24*time.Hour-time.Millisecond), "c"))
	got := d.thread(t, d.one(t).ID)
	require.Equal(t, []japan.Date{japan.On(2020, 2, 8), japan.On(2020, 2, 9), japan.On(2020, 2, 9)}, []japan.Date{got[0].Day, got[1].Day, got[2].Day})
}

func TestWhatWasTakenBackIsGone(t *testing.T) { onEach(t, testWhatWasTakenBackIsGone) }

func testWhatWasTakenBackIsGone(t *testing.T, open opener) {
	d := open(t)
	d.take(t, linestub.Text(1, 1, noon, "取り消します"), linestub.Text(2, 1, noon.Add(time.Second), "残ります"))
	s := d.one(t)
	d.take(t, linestub.Unsend(3, 2, 1, noon))
	require.Equal(t, "取り消します", d.thread(t, s.ID)[0].Text, "nobody takes back what another wrote")
	d.take(t, linestub.Unsend(4, 1, 1, noon))
	got := d.thread(t, s.ID)
	require.Equal(t, line.Back, got[0].State)
	require.Empty(t, got[0].Text)
	require.Equal(t, "残ります", got[1].Text)
	// A late delivery of the message itself does not bring it back.
	d.take(t, linestub.Unsend(5, 1, 9, noon), linestub.Text(9, 1, noon, "遅れて"))
	require.Empty(t, d.thread(t, s.ID)[1].Text)
}

func TestAFriendIsNoWriterUntilWriting(t *testing.T) { onEach(t, testAFriendIsNoWriterUntilWriting) }

func testAFriendIsNoWriterUntilWriting(t *testing.T, open opener) {
	d := open(t)
	d.take(t, linestub.Event(1, 1, "follow", noon, ""), linestub.Event(2, 2, "unfollow", noon, ""))
	waiting, err := d.Waiting(ctx)
	require.NoError(t, err)
	require.Empty(t, waiting)
	d.take(t, linestub.Text(3, 1, noon, "a"), linestub.Event(4, 1, "unfollow", noon, ""))
	require.True(t, d.one(t).Blocked)
	d.take(t, linestub.Event(5, 1, "follow", noon, ""))
	require.False(t, d.one(t).Blocked)
}

func TestALinkedWriterLiesUnderThePersonsKeyAndIsForgottenWithThem(t *testing.T) {
	onEach(t, testALinkedWriterLiesUnderThePersonsKeyAndIsForgottenWithThem)
}

func testALinkedWriterLiesUnderThePersonsKeyAndIsForgottenWithThem(t *testing.T, open opener) {
	d := open(t)
	person := given.ID("person")
	d.take(t, linestub.Text(1, 1, noon, "髙橋 例子です"))
	s := d.one(t)
	require.NoError(t, d.Link(ctx, s.ID, person))
	require.NoError(t, d.Link(ctx, s.ID, person))
	d.take(t, linestub.Text(2, 1, noon.Add(time.Second), "続きです"))
	got := d.thread(t, s.ID)
	require.Equal(t, []string{"髙橋 例子です", "続きです"}, []string{got[0].Text, got[1].Text})
	waiting, err := d.Waiting(ctx)
	require.NoError(t, err)
	require.Empty(t, waiting)
	of, err := d.Of(ctx, person)
	require.NoError(t, err)
	require.Equal(t, s.ID, of[0].ID)

	require.NoError(t, d.keys.Destroy(ctx, person))
	got = d.thread(t, s.ID)
	require.Empty(t, got[0].Text+got[1].Text, "everything was under the person's key")
	_, err = d.User(ctx, s.ID)
	require.ErrorIs(t, err, line.ErrUnknown)
	require.NoError(t, d.Forget(ctx, person))
	_, err = d.Sender(ctx, s.ID)
	require.ErrorIs(t, err, line.ErrUnknown)
}

func TestADroppedWriterLeavesNothing(t *testing.T) { onEach(t, testADroppedWriterLeavesNothing) }

func testADroppedWriterLeavesNothing(t *testing.T, open opener) {
	d := open(t)
	d.take(t, linestub.Text(1, 1, noon, "営業時間は"))
	s := d.one(t)
	require.NoError(t, d.Drop(ctx, s.ID, line.DroppedEnquiry))
	require.Empty(t, d.thread(t, s.ID))
	_, err := d.User(ctx, s.ID)
	require.ErrorIs(t, err, line.ErrUnknown)
	require.ErrorIs(t, d.Drop(ctx, given.ID("nobody"), line.DroppedEnquiry), line.ErrUnknown)
	// Writing again brings somebody new; a nuisance stays out.
	d.take(t, linestub.Text(2, 1, noon, "今度は相談です"))
	again := d.one(t)
	require.NotEqual(t, s.ID, again.ID)
	require.Len(t, d.thread(t, again.ID), 1)
	require.NoError(t, d.Drop(ctx, again.ID, line.DroppedSpam))
	d.take(t, linestub.Text(3, 1, noon, "広告"))
	waiting, err := d.Waiting(ctx)
	require.NoError(t, err)
	require.Empty(t, waiting)
	require.Empty(t, d.thread(t, again.ID))
}

func TestTheFileHoldsNothingInClear(t *testing.T) {
	d := inFile(t)
	d.take(t, linestub.Event(1, 1, "message", noon, `"message":{"id":"987654321","type":"text","text":"髙橋 例子です"}`))
	require.NoError(t, d.Link(ctx, d.one(t).ID, given.ID("person")))
	s, err := d.Unsettled(ctx)
	require.NoError(t, err)
	require.NoError(t, d.Queue(ctx, line.Message{ID: given.ID("message"), Sender: s[0].ID, Text: "お住まいの件です", Account: given.ID("account")}, noon))
	for _, name := range []string{d.path, d.path + "-wal"} {
		raw, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, word := range []string{"髙橋", "お住まい", linestub.User(1), "987654321"} {
			require.False(t, bytes.Contains(raw, []byte(word)), "%s in %s", word, name)
		}
	}
}

// send sends what is due, as the product does.
func (d *desk) send(t *testing.T, c *line.Client) {
	t.Helper()
	due, err := d.Due(ctx)
	require.NoError(t, err)
	for _, m := range due {
		mine, err := d.Lease(ctx, m, d.now.Add(time.Minute))
		require.NoError(t, err)
		require.True(t, mine)
		again, err := d.Lease(ctx, m, d.now.Add(time.Minute))
		require.NoError(t, err)
		require.False(t, again, "one hand at a time")
		list := []line.Message{m}
		require.NoError(t, d.Texts(ctx, list))
		user, err := d.User(ctx, m.Sender)
		require.NoError(t, err)
		var fault *line.Fault
		err = c.Push(ctx, m.Retry, user, list[0].Text)
		if err != nil {
			require.True(t, errors.As(err, &fault))
		}
		require.NoError(t, d.Ended(ctx, m, fault))
	}
}

func (d *desk) queued(t *testing.T) (id string) {
	t.Helper()
	d.take(t, linestub.Text(1, 1, noon, "a"))
	s := d.one(t)
	require.NoError(t, d.Link(ctx, s.ID, given.ID("person")))
	id = given.ID("message")
	for range 2 {
		require.NoError(t, d.Queue(ctx, line.Message{ID: id, Sender: s.ID, Text: "ご連絡です", Account: given.ID("account")}, d.now))
	}
	return id
}

func (d *desk) message(t *testing.T, id string) line.Message {
	t.Helper()
	m, err := d.Message(ctx, id)
	require.NoError(t, err)
	return m
}

func TestAMessageIsSentOnceThroughFaults(t *testing.T) {
	onEach(t, testAMessageIsSentOnceThroughFaults)
}

func testAMessageIsSentOnceThroughFaults(t *testing.T, open opener) {
	d, stub := open(t), linestub.Open(t)
	c := line.NewClient(stub.URL, linestub.Token)
	id := d.queued(t)
	// A fault before, and one after it was delivered: the key tells.
	stub.Next(linestub.Answer{Status: 500}, linestub.Answer{Status: 502, Taken: true})
	d.send(t, c)
	require.Equal(t, line.Queued, d.message(t, id).State)
	require.Equal(t, line.Away, d.message(t, id).Problem)
	d.send(t, c)
	require.Equal(t, 1, stub.Calls(), "not before its time")
	d.now = d.now.Add(15 * time.Second)
	d.send(t, c)
	require.Len(t, stub.Delivered(), 1)
	require.Equal(t, line.Queued, d.message(t, id).State, "nobody knows yet that it arrived")
	d.now = d.now.Add(time.Hour)
	d.send(t, c)
	m := d.message(t, id)
	require.Equal(t, line.Sent, m.State)
	require.Equal(t, 3, m.Attempts)
	require.Equal(t, []linestub.Push{{Key: m.Retry, To: linestub.User(1), Text: "ご連絡です"}}, stub.Delivered())
}

func TestLimitsAndRefusalsAreTold(t *testing.T) { onEach(t, testLimitsAndRefusalsAreTold) }

func testLimitsAndRefusalsAreTold(t *testing.T, open opener) {
	for name, c := range map[string]struct {
		answer        linestub.Answer
		state, reason string
		wait          time.Duration
	}{
		"rate":    {linestub.Answer{Status: 429, Body: "The API rate limit has been exceeded. Try again later."}, line.Queued, line.Rate, 15 * time.Second},
		"told":    {linestub.Answer{Status: 429, Header: http.Header{"Retry-After": {"90"}}}, line.Queued, line.Rate, 90 * time.Second},
		"quota":   {linestub.Answer{Status: 429, Body: "You have reached your monthly limit."}, line.Failed, line.Quota, 0},
		"token":   {linestub.Answer{Status: 401}, line.Failed, line.Token, 0},
		"refused": {linestub.Answer{Status: 400, Body: "Failed to send messages"}, line.Failed, line.Refused, 0},
		"late":    {linestub.Answer{Status: 429, Header: http.Header{"Retry-After": {"86400"}}}, line.Failed, line.Late, 0},
	} {
		t.Run(name, func(t *testing.T) {
			d, stub := open(t), linestub.Open(t)
			id := d.queued(t)
			stub.Next(c.answer)
			d.send(t, line.NewClient(stub.URL, linestub.Token))
			m := d.message(t, id)
			require.Equal(t, []string{c.state, c.reason}, []string{m.State, m.Problem})
			if c.wait > 0 {
				require.Equal(t, d.now.Add(c.wait).UnixMilli(), m.Due.UnixMilli())
			}
			require.Empty(t, stub.Delivered())
		})
	}
}

func TestNobodyTriesLongerThanTheKeyIsGood(t *testing.T) {
	onEach(t, testNobodyTriesLongerThanTheKeyIsGood)
}

func testNobodyTriesLongerThanTheKeyIsGood(t *testing.T, open opener) {
	d, stub := open(t), linestub.Open(t)
	c := line.NewClient(stub.URL, linestub.Token)
	id := d.queued(t)
	began := d.now
	for range 60 {
		stub.Next(linestub.Answer{Status: 500})
		d.send(t, c)
		if d.message(t, id).State == line.Failed {
			break
		}
		d.now = d.message(t, id).Due
	}
	m := d.message(t, id)
	require.Equal(t, []string{line.Failed, line.Late}, []string{m.State, m.Problem})
	require.Less(t, d.now.Sub(began), 24*time.Hour)
	// Somebody sends it again: with a new key.
	require.NoError(t, d.Again(ctx, id))
	require.ErrorIs(t, d.Again(ctx, id), line.ErrUnknown)
	stub2 := linestub.Open(t)
	d.send(t, line.NewClient(stub2.URL, linestub.Token))
	require.NotEqual(t, m.Retry, stub2.Delivered()[0].Key)
	require.NoError(t, d.Withdraw(ctx, id))
	require.Equal(t, line.Sent, d.message(t, id).State, "what was sent cannot be withdrawn")
}

func TestAServerThatIsNotThereIsAway(t *testing.T) {
	stub := linestub.Open(t)
	c := line.NewClient(stub.URL, linestub.Token)
	account, err := c.Account(ctx)
	require.NoError(t, err)
	require.Equal(t, "とっとり就職・移住LINE", account.Name)
	_, err = line.NewClient(stub.URL, "old").Account(ctx)
	var fault *line.Fault
	require.ErrorAs(t, err, &fault)
	require.Equal(t, line.Token, fault.Code)
	stub.Close()
	_, err = c.Account(ctx)
	require.ErrorAs(t, err, &fault)
	require.Equal(t, line.Away, fault.Code)
	require.NotContains(t, err.Error(), "127.0.0.1")
}
