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
