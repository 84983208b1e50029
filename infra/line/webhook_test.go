package line_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/infra/line"
	"ayumi/tests/linestub"
)

var noon = time.Date(2020, 2, 8, 3, 0, 0, 0, time.UTC)

func TestTheSignatureIsThatOfTheVeryBytes(t *testing.T) {
	// The example of RFC 4231, test case 2, in base64.
	require.True(t, line.Signed([]byte("Jefe"), []byte("what do ya want for nothing?"), "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM="))
	body := []byte(linestub.Webhook(linestub.Text(1, 1, noon, "相談したい")))
	good := linestub.Sign(string(body))
	require.True(t, line.Signed([]byte(linestub.Secret), body, good))
	require.False(t, line.Signed([]byte(linestub.Secret), append([]byte(" "), body...), good))
	require.False(t, line.Signed([]byte("another"), body, good))
	require.False(t, line.Signed(nil, body, good), "a channel without a secret signs nothing")
	for _, bad := range []string{"", "x", good[:40], good + "=", strings.ToLower(good), "sha256=" + good} {
		require.False(t, line.Signed([]byte(linestub.Secret), body, bad), bad)
	}
}

func TestAWebhookIsRead(t *testing.T) {
	group := strings.Replace(linestub.Text(4, 1, noon, "g"), `"type":"user"`, `"type":"group","groupId":"C1"`, 1)
	standby := strings.Replace(linestub.Text(5, 1, noon, "s"), `"active"`, `"standby"`, 1)
	events, passed, err := line.Read([]byte(linestub.Webhook(
		linestub.Text(1, 1, noon, "3月に引っ越したいです😀"),
		linestub.Event(2, 2, "message", noon, `"message":{"id":"9","type":"sticker","packageId":"1","stickerId":"2","text":"ignored"}`),
		linestub.Unsend(3, 1, 1, noon), group, standby,
		linestub.Event(6, 1, "follow", noon, `"follow":{"isUnblocked":false}`), linestub.Event(7, 1, "unfollow", noon, ""),
		linestub.Event(8, 1, "videoPlayComplete", noon, ""), `[]`, `{"type":"message"}`,
		linestub.Event(10, 1, "message", noon, `"message":{"id":"../9","type":"text","text":"x"}`),
		linestub.Text(11, 1, time.Unix(0, 0), "before LINE"), linestub.Text(12, 1, noon, strings.Repeat("あ", line.MostText+1)),
	)))
	require.NoError(t, err)
	require.Equal(t, 8, passed)
	require.Len(t, events, 5)
	require.Equal(t, line.Event{ID: "01HXYZ00000000000000000001", Kind: line.Wrote, At: events[0].At, User: linestub.User(1), Message: "1", Form: "text", Text: "3月に引っ越したいです😀"}, events[0])
	require.True(t, noon.Equal(events[0].At))
	require.Equal(t, "sticker", events[1].Form)
	require.Empty(t, events[1].Text)
	require.Equal(t, "1", events[2].Message)
	require.Equal(t, []string{line.Unsent, line.Joined, line.Blocked}, []string{events[2].Kind, events[3].Kind, events[4].Kind})

	// The check of LINE's console has no events.
	events, passed, err = line.Read([]byte(`{"destination":"U1","events":[]}`))
	require.NoError(t, err)
	require.Zero(t, len(events)+passed)
	for _, bad := range []string{``, `x`, `[]`, `{"events":{}}`, `{"events":[` + strings.Repeat(`{},`, line.MostEvents) + `{}]}`} {
		_, _, err := line.Read([]byte(bad))
		require.ErrorIs(t, err, line.ErrMalformed)
	}
}

func TestTheWebhookAnswers(t *testing.T) {
	var taken []line.Event
	var heard []string
	var fault, reported error
	h := &line.Webhook{Secret: []byte(linestub.Secret),
		Take:  func(_ context.Context, events []line.Event) error { taken = append(taken, events...); return fault },
		Heard: func(f string) { heard = append(heard, f) }, Report: func(err error) { reported = err }}
	ask := func(method, body, signature string) int {
		r := httptest.NewRequest(method, "/line/webhook", strings.NewReader(body))
		r.Header.Set("X-Line-Signature", signature)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		require.Empty(t, w.Body.String())
		return w.Code
	}
	body := linestub.Webhook(linestub.Text(1, 1, noon, "相談"))
	require.Equal(t, http.StatusOK, ask("POST", body, linestub.Sign(body)))
	require.Len(t, taken, 1)
	require.Equal(t, http.StatusUnauthorized, ask("POST", body, linestub.Sign(body+" ")))
	require.Equal(t, http.StatusUnauthorized, ask("POST", body, ""))
	require.Equal(t, http.StatusMethodNotAllowed, ask("GET", "", ""))
	require.Equal(t, http.StatusBadRequest, ask("POST", "x", linestub.Sign("x")))
	large := strings.Repeat(" ", line.MostBody+1)
	require.Equal(t, http.StatusRequestEntityTooLarge, ask("POST", large, linestub.Sign(large)))
	require.Len(t, taken, 1, "nothing unsigned is taken")
	require.Equal(t, []string{"", "signature", "signature", "malformed", "size"}, heard)
	fault = errors.New("disk is full")
	require.Equal(t, http.StatusInternalServerError, ask("POST", body, linestub.Sign(body)))
	require.ErrorIs(t, reported, fault)
}

// What is read has the forms the rest relies on, whatever the body is.
func FuzzRead(f *testing.F) {
	f.Add([]byte(linestub.Webhook(linestub.Text(1, 1, noon, "相談"), linestub.Unsend(2, 1, 1, noon))))
	f.Add([]byte(`{"events":[{"type":"message","mode":"active","timestamp":1e400,"source":null,"message":[]}]}`))
	f.Add([]byte(`{"events":[null,1,"",[],{}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		events, passed, err := line.Read(body)
		if err != nil {
			require.ErrorIs(t, err, line.ErrMalformed)
			require.Equal(t, line.ErrMalformed.Error(), err.Error())
			return
		}
		require.LessOrEqual(t, len(events)+passed, line.MostEvents)
		for _, e := range events {
			require.Len(t, e.ID, 26)
			require.True(t, line.User(e.User))
			require.True(t, line.Fits(e.Text))
			require.False(t, e.At.Before(time.Date(2011, 1, 1, 0, 0, 0, 0, time.UTC)) || e.At.Year() > 2100)
			require.Equal(t, e.Kind == line.Wrote, e.Form != "")
			require.Equal(t, e.Form == "text", e.Text != "")
		}
	})
}
