package locale

// Frame is what stands around every page.
type Frame struct {
	Name, Subtitle                     string
	PageTitle                          func(title string) string
	Skip, Menu, Here                   string
	FindPerson, Find, FindBy, FindHint string
	ThisLanguage                       string
	SampleLabel, Sample, SampleValue   string
	PastLabel, ReadOnly, BackToNow     string
	SignOut, Required, Refresh, Keys   string
	Doors                              map[string]string
	Live                               Live
	Post                               func(role, desk string) string
	DeskShort                          map[string]string
}

// Live is the state of the line in the header.
type Live struct {
	Receiving, Lost, Past, Still string
}

// SignIn is the page before everything else.
type SignIn struct {
	Title, Heading, Lead, Again string
	Name, Password, Button      string
	DemoHeading, DemoText       string
}

// State is the words of ui.md 9: what a page says when it cannot say what was
// asked for.
type State struct {
	Errors                                             func(n int) string
	ConflictHeading                                    func(who, field string) string
	ConflictText                                       string
	Comparison, Item, WhenOpened, YourInput, Unchanged string
	NowBy                                              func(who, at string) string
	KeepBoth, ReviewMine                               string

	RefusedTitle, RefusedHeading, RefusedText string
	MissingTitle, MissingHeading, MissingText string
	ErasedTitle, ErasedHeading                string
	ErasedText                                func(decision, date string) string
	BrokenTitle, BrokenHeading, BrokenText    string
	UnseenTitle, UnseenHeading, UnseenText    string
	AgainTitle, AgainHeading, AgainText       string
	ForeignTitle, ForeignHeading, ForeignText string
	BuildingTitle, BuildingHeading            string
	BuildingText                              func(percent int) string
	LargeTitle, LargeHeading, LargeText       string
	BusyTitle, BusyHeading, BusyText          string
	AwayTitle, AwayHeading, AwayText          string // of the store
	LockedTitle, LockedHeading, LockedText    string
	Unlock                                    string
	BehindHeading                             string
	Behind                                    func(records int) string
	HaltedHeading, HaltedText                 string
	Halted                                    func(table, upto string) string
	SignIn, Back                              string
}

// Message is the sentences of ui.md 7 that pages print.
type Message struct {
	ThisField                            string
	Required, RequiredChoose             func(field string) string
	NoSuchDay                            func(month, day int) string
	DateFuture, EraRead, BeforeOpen      func(date string) string
	DayUnknown                           string
	KanaKanji, PhoneDigits, MailShape    string
	SearchNone, SearchMany               string
	SearchRestricted                     func(n int) string
	DuplicateReason                      func(number, name string) string
	NoticeHow, VoidReason                string
	VoidEffect                           func(indicator string, before, after, published int, unit string) string
	EffectLive                           func(indicator string, before, after int, unit string) string
	NoEffect                             string
	Saved, SavedTwice                    func(number string) string
	DraftSaved                           func(at string, unsent int) string
	LiveLost                             func(at string) string
	News                                 func(n int, from string) string
	ShowNews                             string
	AsOfBand                             func(at string) string
	Unlike, RatioNone                    string
	FigureBlank                          func(reason string) string
	FigureSourceOnly                     string
	VerifyOK, VerifyPartial, VerifyLimit string
	VerifyNG                             func(counted, sealed int, code, number string) string
	PublishGate                          func(n int) string
	ApproveSelf                          string
	ImportRows                           func(all, good, bad int) string
	ImportHeader                         func(column string) string
	ExportReplaced                       func(n int, characters string) string
	GlyphMissing                         func(characters string) string
	Synthetic                            string
	Erased                               string
}
