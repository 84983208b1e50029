package casefile

// Case is the folded state of one stream.
type Case struct {
	ID   string
	Lead string
	outcomes
}

func newCase() *Case { return &Case{outcomes: newOutcomes()} }

var (
	caseEvents, taskEvents, noteEvents, documentEvents, linkEvents                             []eventType
	bookingEvents, consultationEvents, messageEvents, certificateEvents, visitEvents           []eventType
	caseCommands, taskCommands, noteCommands, documentCommands, linkCommands                   []commandType
	bookingCommands, consultationCommands, messageCommands, certificateCommands, visitCommands []commandType
)
