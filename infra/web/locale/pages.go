package locale

// Journey is the page of one person's way.
type Journey struct {
	Title                               func(number string) string
	Breadcrumb, Reopen                  string
	Residence, Origin, Class, Wish      string
	Owner                               string
	Stages                              string
	Heading                             string
	Count                               func(entries, corrections int) string
	Filter, All                         string
	Recorded                            func(who, at string) string
	AfterHours, Late                    string
	Corrected, Voided                   string
	CorrectedBy                         func(who, at string) string
	VoidedBy                            func(who, at, reason string) string
	Evidence                            func(text string) string
	Aside                               string
	NextAppointment, Change, ToCalendar string
	Tasks                               string
	TaskCount                           func(n int) string
	Due                                 func(day string) string
	Done                                string
	Referrals                           string
	Counted, HowCounted, NotYet         string
	CountedFor                          func(year string) string
	Consents, History                   string
	Changes, NoChanges                  string
	Tabs                                map[string]string
	Empty, EmptyText, EmptyAction       string
	Certificate                         string
	AsOfPerson                          string
	NameHidden                          string
	Promised                            func(day string) string
	Since                               func(day string) string
	System                              string
	Restricted                          string
}

// Entry is the form that records a consultation.
type Entry struct {
	Heading, Channel, Content, MoreContent string
	Memo, MemoHint, Next, NextHint         string
	When, WhenHint, Started, Ended         string
	Save, Referral, Reason, OutsideReason  string
	Outcome                                string
	Channels, Categories                   map[string]string
	OutsideNone                            string
	StartedAt                              func(clock string, minutes int) string
	Leave                                  string
}

// Indicator is the page of figures at a knowledge date.
type Indicator struct {
	StatedYears, StatedText, StatedMark  string
	Title, Heading                       func(year string) string
	Breadcrumb                           string
	Year, Compare, CompareNone           string
	PreviousYear                         func(year string) string
	AsOfHeading, AsOfDate, AsOfSlider    string
	Show, Play, Lens, LensThen, LensNow  string
	Replayed, Current                    func(records int) string
	Equal, OtherTime, NotStated, Differs string
	CountedThen                          func(day, value string) string
	StatedIn                             func(value string) string
	Verify, Open, SeeTable               string
	Previous                             func(value string) string
	TargetReached, TargetOpen            func(target, month string) string
	Cumulative, Channels                 func(name string) string
	ByChannel                            string
	AfterHours                           func(job, relocation int) string
	Months, MonthsHint, MonthsLabel      string
	IndicatorColumn, Sum, NoRecordYet    string
	HowCounted, Unit, DateBasis, Version string
	VersionFrom                          func(version, from string) string
	VersionDiff                          string
	Export, ExportNote                   string
	All                                  string
	Rest                                 func(n int) string
	Part                                 func(from, to, of int) string
	Back, Next                           string
	Members, NearMisses, NearMissCount   string
	NearMissEmpty                        string
	MemberEmpty                          string
	Drill                                func(name, month, value string) string
	Basis                                map[string]string
	Empty, EmptyText                     string
	GoSubmit                             string
	Period, WholeYear                    string
	Trial, Try                           func(name string) string
	TrialText, TrialBack                 string
	EndOfMonth, SeeEndOfMonth            func(month string) string
}

// Chart is the text in and under the drawings.
type Chart struct {
	ThisYear                  string
	LastYear                  func(value int) string
	CumulativeTitle           func(name string) string
	CumulativeText            func(month string, value int, unit string, last int) string
	CumulativeAlone           func(month string, value int, unit string) string
	TargetText                func(month string, value int, unit string, target, base int, baseYear string) string
	Target, Base              func(value int, unit string) string
	ChannelTitle, ChannelText string
	StatedTitle               func(name string) string
	StatedText                func(first, last string, values string) string
}

// Sheet is the page of an annual work-plan sheet, beside what is printed: the
// titles of the sheet itself belong to its format (domain/workplan).
type Sheet struct {
	Title                   func(year, unit string) string
	Breadcrumb, Heading     string
	Print, Draft            string
	Edition                 func(n int) string
	NotWritten              string
	Figures                 string
	FiguresAt               func(at string) string
	Before, Versions, Aside string
	BlankActual             func(n int) string
	OwnWords                string
	HeadHidden              string // for the name of the head, where it is not shown
	None, NoneText          string
}

// People is the search for a person and its answer.
type People struct {
	Title, Heading, Lead, Word, Hint, Button string
	Found                                    func(n int) string
	Name, Number, Residence, Last, Why       string
	ReadAs                                   func(word string) string
	Empty, EmptyText                         string
	New                                      string
	Recent                                   string
	Owner                                    string
	List                                     string
	Consultations                            func(n int) string
}

// Record is the page of one event.
type Record struct {
	Title                                 func(number string) string
	Breadcrumb                            string
	Occurred, Recorded, By, Source, Batch string
	Before, After, Field, Facts           string
	Counts, CountsNone, Seal, SealText    string
	Amend, AmendHeading, NewValue, Reason string
	Void, VoidHeading, VoidReason, Leave  string
	VoidKept, AmendKept                   string
	AttachEvidence                        string
	Trail, TrailEmpty, TrailTable         string
	Number                                string
	Person                                string
	Effect                                string
	ShowEffect                            string
}

// Status is the page of operators.
type Status struct {
	Heading, Line, Reads, Name, State, Position, Behind, Parked, Reason string
	Store, Bus, Proven, Since                                           string
	Lines, LineTexts                                                    map[string]string // by bus.ok, …
	Models, States                                                      map[string]string
}

// Audit is the list of who recorded, corrected and voided what.
type Audit struct{ Heading, Newest, What, Change, Changes, Older, Empty string }
