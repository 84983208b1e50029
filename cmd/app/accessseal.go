package app

import (
	"time"

	"ayumi/infra/access"
	"ayumi/infra/ledgerfile"
)

// slower is how much seldomer the access log is signed than the log of events: it
// grows whenever anybody looks at anything.
const slower = 10

// AccessOrigin is the name under which the tree heads of the access log are signed,
// with the keys of the log of events.
func AccessOrigin(origin string) string {
	const suffix, most = "-access", 64
	return origin[:min(len(origin), most-len(suffix))] + suffix
}

// openAccessSealer opens the ledger of the access log. Without it the office goes on
// and everybody sees why nothing is signed.
func (l *Ledger) openAccessSealer(log *access.Log) *ledgerfile.Sealer {
	report := func(what string, err error) { l.Config.Log.Error("access log: "+what, "error", err) }
	s, err := ledgerfile.Open(ledgerfile.Config{
		Leaves: log, Dir: l.Config.in("ledger", "access"), Origin: AccessOrigin(l.Origin), Keys: l.Config.secret("ledger", ""), Shared: l.signed,
		Every: slower * max(l.Config.SealEvery, time.Second), Now: l.Config.Now, Report: report,
	})
	if err != nil {
		report("its ledger cannot be opened", err)
		s = ledgerfile.Broken(err)
	}
	l.later(s.Close)
	return s
}
