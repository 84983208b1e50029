// Package probe judges what an office stands on before it opens: its disk, its clock,
// its keys, and the engines it was told to use. Adapters bring what they found; the
// rules here say whether that is good, a warning, or something that is missing. They
// know no engine, and decide nothing about the log.
package probe

import (
	"slices"
	"strconv"
	"time"
)

// How a finding is meant.
const (
	Good    = "good"
	Warning = "warning" // it works, and will hurt one day
	Missing = "missing" // it does not work, or loses something
)

// Finding is what one probe came to. Why names the sentence, Args fill it in.
type Finding struct {
	Probe string   `json:"probe"` // data, clock, keys, tls, address, log, bus, or the name of a database option
	Level string   `json:"level"`
	Why   string   `json:"why"`
	Args  []string `json:"args,omitempty"`
}

func found(probe, level, why string, args ...string) Finding {
	return Finding{probe, level, why, args}
}

// Failed is the finding of a probe that could not be made.
func Failed(probe, why string, err error) Finding { return found(probe, Missing, why, err.Error()) }

// Worst is the worst level of findings: 0 good, 1 a warning, 2 something is missing.
func Worst(list []Finding) int {
	worst := 0
	for _, f := range list {
		worst = max(worst, slices.Index([]string{Good, Warning, Missing}, f.Level))
	}
	return worst
}

// A disk answers a synced write in a tenth of a millisecond to a few of them. One that
// takes longer holds every command up; one that is quicker than any disk did not write.
const (
	slowSync  = 20 * time.Millisecond // of 99 in a hundred
	quickSync = 20 * time.Microsecond // of the half of them
)

// Syncs judges how long writes took that were synced one by one.
func Syncs(took []time.Duration) Finding {
	if len(took) == 0 {
		return found("data", Missing, "sync_none")
	}
	sorted := slices.Sorted(slices.Values(took))
	half, most := sorted[len(sorted)/2], sorted[len(sorted)*99/100]
	args := []string{half.Round(time.Microsecond).String(), most.Round(time.Microsecond).String()}
	switch {
	case half < quickSync:
		return found("data", Warning, "sync_untrue", args...)
	case most > slowSync:
		return found("data", Warning, "sync_slow", args...)
	}
	return found("data", Good, "sync", args...)
}

const (
	gib       = 1 << 30
	leastFree = gib / 4 // below it nothing can be written for long
	wellFree  = 5 * gib
)

// Disk judges what is free, in bytes, where held bytes lie: a backup and a rebuild need
// the room once more.
func Disk(free, held uint64) Finding {
	args := []string{size(free), size(held)}
	switch {
	case free < leastFree:
		return found("data", Missing, "disk_full", args...)
	case free < wellFree || free < 2*held:
		return found("data", Warning, "disk_low", args...)
	}
	return found("data", Good, "disk", args...)
}

func size(bytes uint64) string {
	if bytes >= gib {
		return strconv.FormatFloat(float64(bytes)/gib, 'f', 1, 64) + " GiB"
	}
	return strconv.FormatUint(bytes>>20, 10) + " MiB"
}

const (
	nearClock = 2 * time.Second
	farClock  = time.Minute
)

// Clock judges how far the clock of an engine is ahead of ours, known to within.
func Clock(probe string, ahead, within time.Duration) Finding {
	args := []string{ahead.Round(time.Millisecond).String()}
	switch off := ahead.Abs() - within; {
	case off > farClock:
		return found(probe, Missing, "clock_far", args...)
	case off > nearClock:
		return found(probe, Warning, "clock_off", args...)
	}
	return found(probe, Good, "clock", args...)
}

// Behind judges the clock against the last record of the log.
func Behind(now, last time.Time) Finding {
	if d := last.Sub(now); d > 0 {
		return found("clock", Missing, "clock_behind", d.Round(time.Second).String())
	}
	return found("clock", Good, "clock_log")
}

// soonEnds is when a certificate should be renewed.
const soonEnds = 30 * 24 * time.Hour

// Certificate judges from when until when the server's certificate holds.
func Certificate(now, from, until time.Time) Finding {
	day := func(t time.Time) string { return t.UTC().Format(time.DateOnly) }
	switch {
	case now.Before(from):
		return found("tls", Missing, "tls_early", day(from))
	case !now.Before(until):
		return found("tls", Missing, "tls_over", day(until))
	case until.Sub(now) < soonEnds:
		return found("tls", Warning, "tls_ends", day(until))
	}
	return found("tls", Good, "tls", day(until))
}

// Plain is that pages go out without TLS, to a host that is not this machine.
func Plain(public string) Finding { return found("tls", Warning, "tls_none", public) }

// Keys is what was found of the key-encryption keys.
type Keys struct {
	Folder string
	Epoch  int64
	Begun  time.Time
	Length time.Duration // of an epoch
	Beside bool          // they lie with the data, in every copy of it
	Fresh  bool          // there is no log yet: they will be made
}

// KeysFound judges them.
func KeysFound(now time.Time, k Keys) []Finding {
	if k.Fresh {
		return []Finding{found("keys", Good, "keys_fresh", k.Folder)}
	}
	out := []Finding{found("keys", Good, "keys", strconv.FormatInt(k.Epoch, 10), k.Begun.UTC().Format(time.DateOnly))}
	if age := now.Sub(k.Begun); age > 2*k.Length {
		out[0] = found("keys", Warning, "keys_old", strconv.FormatInt(k.Epoch, 10), strconv.Itoa(int(age.Hours()/24)))
	}
	if k.Beside {
		out = append(out, found("keys", Warning, "keys_beside", k.Folder))
	}
	return out
}

// Address is whether an address of an option can be listened on.
func Address(option, at string, err error) Finding {
	if err != nil {
		return found("address", Missing, "address_taken", option, at, err.Error())
	}
	return found("address", Good, "address", option, at)
}

// Serving is that a server works on the directory: its addresses are its own.
func Serving() Finding { return found("address", Good, "serving") }
