// Package icalendar writes calendars that other programs subscribe to (RFC 5545).
package icalendar

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"ayumi/domain/japan"
)

// Calendar is what a feed holds. Name is what a program calls it.
type Calendar struct {
	Name   string
	Events []Event
}

// Event is an appointment, or something that is to be done on a day.
type Event struct {
	UID      string    // the same for as long as the thing exists
	Stamp    time.Time // when it was recorded as it is
	Sequence uint64    // grows with each change
	Day      japan.Date
	Clock    int // HHMM in Japan; -1: the day as a whole, which keeps nobody busy
	Minutes  int // how long, where there is a clock
	Summary  string
	Location string // "" if there is none
}

// zone is Japan's: one offset, and no summer time since 1951.
const zone = "Asia/Tokyo"

// Text is the calendar as it is sent: UTF-8, lines of at most 75 octets that end with
// CRLF. Equal calendars have equal texts.
func (c Calendar) Text() []byte {
	var w writer
	w.line("BEGIN", "VCALENDAR")
	w.line("VERSION", "2.0")
	w.line("PRODID", "-//Ayumi//Ayumi//JA")
	w.line("CALSCALE", "GREGORIAN")
	w.line("METHOD", "PUBLISH")
	w.text("NAME", c.Name)
	w.text("X-WR-CALNAME", c.Name)
	w.line("REFRESH-INTERVAL;VALUE=DURATION", "PT30M")
	w.line("X-PUBLISHED-TTL", "PT30M")
	w.line("BEGIN", "VTIMEZONE")
	w.line("TZID", zone)
	w.line("BEGIN", "STANDARD")
	w.line("DTSTART", "19510909T000000")
	w.line("TZOFFSETFROM", "+0900")
	w.line("TZOFFSETTO", "+0900")
	w.line("TZNAME", "JST")
	w.line("END", "STANDARD")
	w.line("END", "VTIMEZONE")
	for _, e := range c.Events {
		w.event(e)
	}
	w.line("END", "VCALENDAR")
	return []byte(w.String())
}

type writer struct{ strings.Builder }

func (w *writer) event(e Event) {
	w.line("BEGIN", "VEVENT")
	w.text("UID", e.UID)
	w.line("DTSTAMP", e.Stamp.UTC().Format("20060102T150405Z"))
	w.line("SEQUENCE", strconv.FormatUint(e.Sequence, 10))
	day := strings.ReplaceAll(e.Day.String(), "-", "")
	if e.Clock < 0 {
		w.line("DTSTART;VALUE=DATE", day)
		w.line("TRANSP", "TRANSPARENT")
	} else {
		w.line("DTSTART;TZID="+zone, fmt.Sprintf("%sT%04d00", day, e.Clock))
		w.line("DURATION", fmt.Sprintf("PT%dM", e.Minutes))
	}
	w.text("SUMMARY", e.Summary)
	if e.Location != "" {
		w.text("LOCATION", e.Location)
	}
	w.line("END", "VEVENT")
}

// special are the signs that mean something in a text (3.3.11).
var special = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

// text writes a property whose value is a text; what no calendar may hold is left out.
func (w *writer) text(name, value string) {
	value = special.Replace(strings.ToValidUTF8(value, ""))
	w.line(name, strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, value))
}

// longest is how many octets a line has at most, its end not counted (3.1).
const longest = 75

// line writes a content line, folded between characters and never within one.
func (w *writer) line(name, value string) {
	rest, room := name+":"+value, longest
	for len(rest) > room {
		cut := room
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		w.WriteString(rest[:cut] + "\r\n ")
		rest, room = rest[cut:], longest-1
	}
	w.WriteString(rest + "\r\n")
}
