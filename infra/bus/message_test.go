package bus

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
)

func recorded(p uint64, stream, kind string) domain.Recorded {
	id := uuid.NewSHA1(uuid.Nil, []byte(fmt.Sprint(p)))
	facts := fmt.Sprintf(`{"channel":"visit","event_id":%q,"recorded_at":"2020-03-16T00:00:00Z","stream":%q,"type":%q,"version":7}`, id, stream, kind)
	return domain.Recorded{
		Position: p, ID: id, Stream: stream, Version: 7, Type: kind,
		Body: domain.FormatBody(domain.Body{Facts: domain.Facts(facts), Salt: make([]byte, domain.SaltSize)}),
	}
}

func TestSubjectNamesCategoryAndType(t *testing.T) {
	require.Equal(t, "ayumi.events.case.consultation_held.40", Subject("case-018f2b5e-0000-7000-8000-000000000001", "case.consultation_held"))
	require.Equal(t, "ayumi.events.reception.logged.71", Subject("reception-TKC.2019", "reception.logged"))
	require.Equal(t, "ayumi.events._._.00", Subject("", ""))
}

func FuzzSubjectAlwaysHasFivePlainTokens(f *testing.F) {
	f.Add("case-1", "case.opened")
	f.Add("case-*.>\r\n", "case.>")
	plain := regexp.MustCompile(`^ayumi\.events\.[A-Za-z0-9@_-]+\.[A-Za-z0-9@_-]+\.[0-9a-f]{2}$`)
	f.Fuzz(func(t *testing.T, stream, kind string) {
		require.Regexp(t, plain, Subject(stream, kind))
	})
}

func TestMessageHasTheHeadersThatTheServerHeeds(t *testing.T) {
	r := recorded(42, "case-1", "case.opened")
	require.Equal(t, nats.Header{"Nats-Msg-Id": {r.ID.String()}, "Nats-Expected-Last-Sequence": {"41"}}, Config{}.message(r).Header)
	m := Config{Traceparent: func(uuid.UUID) string { return "00-trace" }}.message(r)
	require.Equal(t, []string{"00-trace"}, m.Header["traceparent"])
	require.Equal(t, r.Body, m.Data)
	back, err := decode(42, m.Data)
	require.NoError(t, err)
	require.Equal(t, r, back)
	require.True(t, sameEvent(r, 42, m.Header, m.Data))
	require.False(t, sameEvent(r, 43, m.Header, m.Data))
	require.False(t, sameEvent(r, 42, m.Header, m.Data[1:]))
	require.False(t, sameEvent(r, 42, nats.Header{}, m.Data))
}

func TestLargestBodyFitsIntoAMessage(t *testing.T) {
	require.Less(t, domain.MaxBody+64<<10, 1<<20)
}

func FuzzDecode(f *testing.F) {
	r := recorded(1, "case-1", "case.opened")
	f.Add(r.Body)
	f.Add([]byte(strings.Replace(string(r.Body), `"version":7`, `"version":0`, 1)))
	f.Add([]byte(`{"facts":{},"salt":"`))
	f.Add([]byte(`{"facts":{"type":"},"salt":"`))
	f.Add([]byte(`{"facts":{"},"salt":"`))
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := decode(9, body)
		if err != nil {
			require.ErrorIs(t, err, errMessage)
			return
		}
		require.Equal(t, uint64(9), r.Position)
		require.NotEmpty(t, r.Stream)
		require.NotEmpty(t, r.Type)
		require.NotZero(t, r.Version)
		facts, err := domain.FactsOf(body)
		require.NoError(t, err)
		if _, err := domain.ParseFacts(facts); err != nil {
			return
		}
		version, _ := facts.Int("version")
		require.Equal(t, []any{facts.Text("event_id"), facts.Text("stream"), facts.Text("type"), version}, []any{r.ID.String(), r.Stream, r.Type, int64(r.Version)})
	})
}

func TestStreamSequence(t *testing.T) {
	for reply, want := range map[string]uint64{
		"$JS.ACK.AYUMI.c.1.77.3.1600000000.0":               77,
		"$JS.ACK.hub.acc.AYUMI.c.1.78.3.1600000000.0.token": 78,
	} {
		got, err := streamSequence(reply)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	for _, reply := range []string{"", "_INBOX.a.b", "$JS.ACK.AYUMI.c.1.x.3.16.0"} {
		_, err := streamSequence(reply)
		require.ErrorIs(t, err, errReply)
	}
}

func TestAcknowledged(t *testing.T) {
	for body, moved := range map[string]bool{
		`{"stream":"AYUMI","seq":5}`:                  false,
		`{"stream":"AYUMI","seq":5,"duplicate":true}`: false,
		`{"stream":"AYUMI","seq":2,"duplicate":true}`: true,
		`{"error":{"code":400,"err_code":10071,"description":"wrong last sequence: 9"},"stream":"AYUMI","seq":0}`: true,
		`{"error":{"code":409,"err_code":10158,"description":"duplicate message id is in process"}}`:              true,
	} {
		err := acknowledged(&nats.Msg{Data: []byte(body)}, 5)
		if moved {
			require.ErrorIs(t, err, errMoved)
		} else {
			require.NoError(t, err)
		}
	}
	require.Error(t, acknowledged(&nats.Msg{Data: []byte("-")}, 5))
}
