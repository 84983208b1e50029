package probe

import (
	"fmt"
	"strconv"
	"time"
)

// Bus is what was found of NATS servers.
type Bus struct {
	Version   string
	Servers   int  // known ones
	TLS       bool // the connection is sealed
	Local     bool // it leaves this machine nowhere
	JetStream error
	// Stream tells whether the stream of the log is there, Replicas how many copies it
	// has, Current how many of them are up to date.
	Stream            bool
	Replicas, Current int
	Sealed            bool // nobody may delete from the stream or empty it
	// Publish is why these credentials may not publish events; Remove, whether they may
	// remove streams.
	Publish error
	Remove  bool
	Ahead   *time.Duration // of the server's clock; nil: it did not say
	Within  time.Duration
}

// BusFound judges them against the number of copies that is asked for.
func BusFound(b Bus, replicas int) []Finding {
	out := []Finding{found("bus", Good, "bus", b.Version, strconv.Itoa(b.Servers))}
	add := func(level, why string, args ...string) { out = append(out, found("bus", level, why, args...)) }
	if !b.TLS && !b.Local {
		add(Warning, "no_tls")
	}
	if b.JetStream != nil {
		add(Missing, "bus_jetstream", b.JetStream.Error())
		return out
	}
	switch {
	case b.Publish != nil:
		add(Missing, "bus_publish", b.Publish.Error())
	case b.Remove:
		add(Warning, "bus_remove")
	default:
		add(Good, "bus_may")
	}
	switch {
	case !b.Stream && b.Servers < replicas:
		add(Missing, "bus_servers", strconv.Itoa(b.Servers), strconv.Itoa(replicas))
	case !b.Stream:
		add(Good, "bus_new")
	case b.Replicas != replicas:
		add(Warning, "bus_replicas", strconv.Itoa(b.Replicas), strconv.Itoa(replicas))
	case b.Current < b.Replicas:
		add(Warning, "bus_current", strconv.Itoa(b.Current), strconv.Itoa(b.Replicas))
	default:
		add(Good, "bus_stream", strconv.Itoa(b.Current))
	}
	if b.Stream && !b.Sealed {
		add(Warning, "bus_open")
	}
	if b.Ahead != nil {
		out = append(out, Clock("bus", *b.Ahead, b.Within))
	}
	return out
}

// Database is what was found of a PostgreSQL database.
type Database struct {
	Version       int // as in 150004
	Standby       bool
	TLS, Local    bool
	Fsync         bool
	Synchronous   bool // a commit waits for the disk
	WholePages    bool
	MayMake       bool // the role may make tables, databases or roles
	Used, Allowed int  // connections
	Ahead, Within time.Duration
}

const (
	oldestPostgres = 14
	fewConnections = 20
)

// DatabaseFound judges the database of an option. owned: another role makes its tables.
// lasting: it holds what cannot be made again.
func DatabaseFound(option string, d Database, owned, lasting bool) []Finding {
	loses := Warning
	if lasting {
		loses = Missing
	}
	version := fmt.Sprintf("%d.%d", d.Version/10000, d.Version%10000)
	out := []Finding{found(option, Good, "database", version)}
	add := func(bad bool, level, why string, args ...string) {
		if bad {
			out = append(out, found(option, level, why, args...))
		}
	}
	add(d.Version/10000 < oldestPostgres, Warning, "database_old", version, strconv.Itoa(oldestPostgres))
	add(d.Standby, Missing, "database_standby")
	add(!d.Fsync, loses, "database_fsync")
	add(!d.Synchronous, loses, "database_synchronous")
	add(!d.WholePages, loses, "database_pages")
	add(d.MayMake && owned, Warning, "database_may_make")
	add(d.MayMake && !owned, Warning, "database_no_owner")
	add(d.Allowed-d.Used < fewConnections, Warning, "database_connections", strconv.Itoa(d.Used), strconv.Itoa(d.Allowed))
	add(!d.TLS && !d.Local, Warning, "no_tls")
	return append(out, Clock(option, d.Ahead, d.Within))
}

// Log is what was found of a log that lies on servers.
type Log struct {
	Origin string // of the log; "": there is none yet
	Known  string // origin that the data directory knows; "": none
	TLS    bool
	Local  bool
}

// LogFound judges it.
func LogFound(l Log) []Finding {
	out := []Finding{found("log", Good, "log")}
	switch {
	case l.Origin == "" && l.Known != "":
		out = append(out, found("log", Missing, "log_empty", l.Known))
	case l.Origin == "":
		out = append(out, found("log", Good, "log_new"))
	case l.Known != "" && l.Origin != l.Known:
		out = append(out, found("log", Missing, "log_other", l.Origin, l.Known))
	default:
		out = append(out, found("log", Good, "log_origin", l.Origin))
	}
	if !l.TLS && !l.Local {
		out = append(out, found("log", Warning, "no_tls"))
	}
	return out
}

// OwnerMakesNothing is that the role that should make tables may not.
func OwnerMakesNothing(option string) Finding { return found(option, Missing, "database_owner_weak") }
