package casefile

import "ayumi/domain/japan"

// outcomes is the part of a case that sharing, referral, job, relocation and
// grants fill; part of Case.
type outcomes struct{}

func newOutcomes() outcomes { return outcomes{} }

var (
	sharingEvents, referralEvents                         []eventType
	jobseekerEvents, placementEvents, sideJobEvents       []eventType
	relocationEvents, twoBaseEvents, grantEvents          []eventType
	subsidyEvents                                         []eventType
	sharingCommands, referralCommands                     []commandType
	jobseekerCommands, placementCommands, sideJobCommands []commandType
	relocationCommands, twoBaseCommands, grantCommands    []commandType
	subsidyCommands                                       []commandType
)

// hasPlacementDecided tells whether a placement was decided and stands.
func (c *Case) hasPlacementDecided() bool { return false }

// hasMovedIn tells whether a move-in stands.
func (c *Case) hasMovedIn() bool { return false }

// openReferral tells whether a referral is open.
func (c *Case) openReferral() bool { return false }

// achieved answers whether the case reached an outcome that stands (a placement
// decided, a move-in), and the day of the latest.
func (c *Case) achieved() (japan.Date, bool) { return 0, false }
