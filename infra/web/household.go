package web

import (
	"slices"
	"strings"

	"ayumi/projections"
)

// stillThere are the movers of a relocation who have not moved out, in the order in
// which they were named.
func stillThere(entries []projections.Entry, relocation string) []string {
	var movers []string
	for _, e := range entries {
		if e.Facts.Text("relocation") != relocation {
			continue
		}
		switch e.Type {
		case "case.moved_in":
			movers = strings.Split(e.Facts.Text("movers"), ",")
		case "case.moved_out":
			out := strings.Split(e.Facts.Text("persons"), ",")
			movers = slices.DeleteFunc(movers, func(id string) bool { return slices.Contains(out, id) })
		}
	}
	return movers
}
