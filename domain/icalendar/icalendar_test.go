package icalendar

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"ayumi/domain/japan"
)

// read is the other side, written from RFC 5545 3.1 and 3.3.11: it unfolds lines and
// takes the escapes back.
func read(t *testing.T, text []byte) [][2]string {
	t.Helper()
	require.True(t, utf8.Valid(text))
	require.True(t, strings.HasSuffix(string(text), "\r\n"))
	var out [][2]string
	for _, line := range strings.Split(strings.TrimSuffix(string(text), "\r\n"), "\r\n") {
		require.LessOrEqual(t, len(line), 75, "%q", line)
		require.True(t, utf8.ValidString(line), "a line is cut between characters")
		require.NotContains(t, line, "\n")
		require.NotContains(t, line, "\r")
	}
	for _, line := range strings.Split(strings.ReplaceAll(strings.TrimSuffix(string(text), "\r\n"), "\r\n ", ""), "\r\n") {
		name, value, ok := strings.Cut(line, ":")
		require.True(t, ok, "%q", line)
		out = append(out, [2]string{name, strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n").Replace(value)})
	}
	return out
}

func TestACalendarAsItIsSent(t *testing.T) {
	c := Calendar{Name: "歩み 予定", Events: []Event{
		{UID: "booking-1@ayumi", Stamp: time.Date(2020, 2, 1, 0, 30, 0, 0, time.UTC), Sequence: 12, Day: japan.On(2020, 2, 3), Clock: 930, Minutes: 60, Summary: "P-00012 来所・面談", Location: "新橋館"},
		{UID: "task-1@ayumi", Stamp: time.Date(2020, 2, 1, 9, 30, 0, 0, japan.Zone), Sequence: 13, Day: japan.On(2020, 2, 29), Clock: -1, Summary: "P-00012 在籍の確認"},
	}}
	text := string(c.Text())
	require.Equal(t, strings.Join([]string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ayumi//Ayumi//JA", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "NAME:歩み 予定", "X-WR-CALNAME:歩み 予定",
		"REFRESH-INTERVAL;VALUE=DURATION:PT30M", "X-PUBLISHED-TTL:PT30M",
		"BEGIN:VTIMEZONE", "TZID:Asia/Tokyo", "BEGIN:STANDARD", "DTSTART:19510909T000000", "TZOFFSETFROM:+0900", "TZOFFSETTO:+0900", "TZNAME:JST", "END:STANDARD", "END:VTIMEZONE",
		"BEGIN:VEVENT", "UID:booking-1@ayumi", "DTSTAMP:20200201T003000Z", "SEQUENCE:12", "DTSTART;TZID=Asia/Tokyo:20200203T093000", "DURATION:PT60M", "SUMMARY:P-00012 来所・面談", "LOCATION:新橋館", "END:VEVENT",
		"BEGIN:VEVENT", "UID:task-1@ayumi", "DTSTAMP:20200201T003000Z", "SEQUENCE:13", "DTSTART;VALUE=DATE:20200229", "TRANSP:TRANSPARENT", "SUMMARY:P-00012 在籍の確認", "END:VEVENT",
		"END:VCALENDAR", "",
	}, "\r\n"), text)
	read(t, []byte(text))
}

// Whatever a text holds, it comes back as it was, in lines that any program reads,
// and it never begins a property of its own.
func FuzzText(f *testing.F) {
	for _, s := range []string{"", "a,b;c\\d\ne", strings.Repeat("予定", 80), "x\r\nATTENDEE:mailto:a@example.jp", "\x00\x1b\x7f\t", "\xff\xfe", `\n`, `\\n`, "👩‍👩‍👧‍👦" + strings.Repeat("é", 40), "a\rb"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := Calendar{Events: []Event{{UID: "u", Summary: s, Day: japan.On(2020, 2, 3), Clock: 1030, Minutes: 60}}}
		lines := read(t, c.Text())
		want := strings.ToValidUTF8(s, "")
		want = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(want)
		want = strings.Map(func(r rune) rune {
			if (r < ' ' && r != '\t' && r != '\n') || r == 0x7f {
				return -1
			}
			return r
		}, want)
		require.Len(t, lines, len(read(t, Calendar{Events: []Event{{UID: "u", Day: japan.On(2020, 2, 3), Clock: 1030, Minutes: 60}}}.Text())))
		found := 0
		for _, l := range lines {
			if l[0] == "SUMMARY" {
				found++
				require.Equal(t, want, l[1])
			}
		}
		require.Equal(t, 1, found)
	})
}
