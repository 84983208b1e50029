package log_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/log"
	"ayumi/tests/given"
)

func TestLogBeginsOnce(t *testing.T) {
	begun := log.Begun{Origin: "o1", Format: log.Format}
	given.Stream(t, log.Aggregate, "o1").By(domain.SystemActor("joint")).
		When(&log.Begin{Begun: begun}).
		ThenState(func(l *log.Log) { require.Equal(t, "o1", l.Origin) }).
		Then(&begun)
	given.Stream(t, log.Aggregate, "o1").Given(&begun).When(&log.Begin{Begun: begun}).Nothing()
}

func TestOnlyAScenarioHasASeed(t *testing.T) {
	scenario := log.Begun{Origin: "o1", Format: log.Format, Scenario: true, Seed: "2019"}
	given.Stream(t, log.Aggregate, "o1").When(&log.Begin{Begun: scenario}).Then(&scenario)
	scenario.Scenario = false
	given.Stream(t, log.Aggregate, "o1").When(&log.Begin{Begun: scenario}).Refused("field.unknown")
	given.Stream(t, log.Aggregate, "o1").When(&log.Begin{Begun: log.Begun{Origin: "o1", Format: 2}}).Refused("field.range")
}

func TestARestorationIsRecordedOnce(t *testing.T) {
	begun := log.Begun{Origin: "o1", Format: log.Format}
	back := log.Restored{Restoration: "r1", Backup: "b1", UpTo: 7, Renewed: true}
	given.Stream(t, log.Aggregate, "o1").When(&log.Restore{Restored: back}).Refused("stream.unknown")
	given.Stream(t, log.Aggregate, "o1").Given(&begun).When(&log.Restore{Restored: back}).Then(&back)
	given.Stream(t, log.Aggregate, "o1").Given(&begun, &back).When(&log.Restore{Restored: back}).Nothing()
	again := back
	again.Restoration = "r2"
	given.Stream(t, log.Aggregate, "o1").Given(&begun, &back).When(&log.Restore{Restored: again}).Then(&again)
	back.UpTo = 0
	given.Stream(t, log.Aggregate, "o1").Given(&begun).When(&log.Restore{Restored: back}).Refused("field.range")
	again.Lost = -1
	given.Stream(t, log.Aggregate, "o1").Given(&begun).When(&log.Restore{Restored: again}).Refused("field.range")
}
