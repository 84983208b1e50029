package kurrentdb

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"ayumi/domain"
)

// mark is the metadata of each of our events: what tells it from those of others, and
// which event of which append it is.
//
// KurrentDB writes one stream at a time. An append to several streams therefore goes
// as one write to a stream of its own, each event with the name and the version it
// has for us, and the first one with what every stream must stand at. Whoever reads
// the log of all in its order comes to the same answer whether the append holds (see
// fold); one that lost a race stays where it is and is never counted.
type mark struct {
	Form    int    `json:"ayumi"` // 1
	Log     string `json:"log,omitempty"`
	Stream  string `json:"stream"`
	Version uint64 `json:"version"`
	Part    int    `json:"part"` // of the append, from 1
	Of      int    `json:"of"`
	// Standing is on the first part of an append that demands something of other
	// streams than the one it lies in.
	Standing []standing `json:"standing,omitempty"`
}

// standing demands that a stream ends with version After, and says how many events of
// the append are its own.
type standing struct {
	Stream string `json:"stream"`
	After  uint64 `json:"after"`
	Events int    `json:"events"`
}

const markForm = 1

// together begins the names of streams that hold an append to several.
const together = "ayumi_together"

// batch is one append as it goes to the server.
type batch struct {
	native string // the stream it lies in
	events []esdb.EventData
}

// pack lays commits out. There is at least one event.
func pack(log string, commits []domain.Commit) batch {
	var b batch
	var demands []standing
	total, with := 0, 0
	for _, c := range commits {
		demands = append(demands, standing{c.Stream, c.At.Version, len(c.Events)})
		total += len(c.Events)
		if len(c.Events) == 0 {
			continue
		}
		if with++; with == 1 {
			b.native = native(log, c.Stream)
		} else {
			b.native = ""
		}
	}
	for _, c := range commits {
		for _, e := range c.Events {
			m := mark{Form: markForm, Log: log, Stream: e.Stream, Version: e.Version, Part: len(b.events) + 1, Of: total}
			if len(b.events) == 0 && len(commits) > 1 {
				m.Standing = demands
			}
			if b.native == "" {
				b.native = native(log, domain.StreamName(together, e.ID.String()))
			}
			written, _ := json.Marshal(m) // strings and numbers alone
			b.events = append(b.events, esdb.EventData{
				EventID: e.ID, EventType: e.Type, ContentType: esdb.ContentTypeJson, Data: e.Body, Metadata: written,
			})
		}
	}
	return b
}

// native is the server's name of a stream.
func native(log, stream string) string {
	if log == "" {
		return stream
	}
	return log + "." + stream
}

// ownMark reads the mark of an event of this log; false for those of others.
func ownMark(log string, e *esdb.RecordedEvent) (mark, bool) {
	var m mark
	if len(e.UserMetadata) == 0 || json.Unmarshal(e.UserMetadata, &m) != nil {
		return m, false
	}
	own := m.Form == markForm && m.Log == log && strings.HasPrefix(e.StreamID, native(log, ""))
	return m, own && m.Part >= 1 && m.Part <= m.Of && m.Version > 0 && m.Stream != ""
}

// group collects the events of one append.
type group struct {
	native string
	marks  []mark
	events []*esdb.RecordedEvent
}

// add takes the next event of the log; whole says that the append is complete.
func (g *group) add(m mark, e *esdb.RecordedEvent) (whole bool) {
	next := len(g.marks) > 0 && g.native == e.StreamID && m.Part == len(g.marks)+1 && m.Of == g.marks[0].Of
	if !next {
		g.clear()
		if m.Part != 1 {
			return false
		}
		g.native = e.StreamID
	}
	g.marks, g.events = append(g.marks, m), append(g.events, e)
	return m.Part == m.Of
}

func (g *group) clear() { *g = group{} }

// demands answers what the append says of the streams, or nil if its events do not
// fit to it.
func (g *group) demands() []standing {
	first := g.marks[0]
	out := first.Standing
	if out == nil {
		out = []standing{{first.Stream, first.Version - 1, first.Of}}
	}
	i := 0
	for n, d := range out {
		if slices.ContainsFunc(out[:n], func(o standing) bool { return o.Stream == d.Stream }) {
			return nil
		}
		for v := range d.Events {
			if i >= len(g.marks) || g.marks[i].Stream != d.Stream || g.marks[i].Version != d.After+uint64(v)+1 {
				return nil
			}
			i++
		}
	}
	if i != len(g.marks) {
		return nil
	}
	return out
}
