package bus

import (
	"fmt"
	"log/slog"
)

// serverLog hands the lines of the inner server on. A fatal line does not end
// the process: the relay finds the server gone and starts it again.
type serverLog struct{ log *slog.Logger }

func (s serverLog) Noticef(format string, v ...any) { s.log.Debug(s.line(format, v)) }
func (s serverLog) Warnf(format string, v ...any)   { s.log.Warn(s.line(format, v)) }
func (s serverLog) Errorf(format string, v ...any)  { s.log.Error(s.line(format, v)) }
func (s serverLog) Fatalf(format string, v ...any)  { s.log.Error(s.line(format, v)) }
func (s serverLog) Debugf(string, ...any)           {}
func (s serverLog) Tracef(string, ...any)           {}

func (s serverLog) line(format string, v []any) string {
	return "bus: nats: " + fmt.Sprintf(format, v...)
}
