package locale

// Command is what the command line says.
type Command struct {
	Ayumi, Serve, Demo, Scenario, ScenarioRun, ScenarioCheck, ScenarioExport string
	Period, PeriodShow, PeriodGates                                          string
	Figure, Explain, Journey, Rebuild, Check, Schema, Config, Version        string

	FlagData, FlagListen, FlagNATS, FlagNATSCreds, FlagReplicas, FlagOrigin string
	FlagPublicURL, FlagLogLevel, FlagReadTimeout, FlagServer, FlagUser      string
	FlagJSON, FlagLanguage, FlagBuildOnly                                   string
	FlagScope, FlagPeriod, FlagUntil, FlagKnownAt, FlagVersion              string
	FlagKind                                                                string
	FlagSealEvery, Checkpoint, FlagKey, FlagFollows                         string
	Follows                                                                 func(size int) string
	FlagMembers, FlagNearMisses                                             string
	FlagToPeriod, FlagToUntil, FlagToKnownAt, FlagToVersion                 string

	Building, Projecting           string
	Address                        func(url string) string
	SignInAs                       string // heading of the table of names
	Password                       func(password string) string
	FirstAdmin                     func(name, password string) string
	Stop                           string
	Sample                         string
	Built                          func(n int, seconds string) string
	ScenarioGood                   func(n int) string
	ScenarioBad                    func(n int) string
	BadLine                        func(line int, reason string) string
	InUse                          func(dir string) string
	NotEmpty                       func(dir string) string
	Strangers                      func(dir string) string
	Official                       string
	UnknownIndicator, NeedArgument func(word string) string
	BadDate, BadPeriod             func(word string) string
	KnownAt                        func(day string, position int) string
	Definition                     func(version, digest string) string
	Anonymous, LeftEarly           func(n int) string
	Grades                         func(a, b, c, d int) string
	Members, NearMisses            func(n int) string
	Now                            string
	Path                           string // in which order a difference is explained
	DiffersBy                      func(what string) string
	Nothing                        string // no difference
	Trial                          string
	Person                         func(number string) string
	NoPerson                       func(number string) string
	Rebuilt                        func(seconds string) string
	Register                       string
	FlagController, FlagVerify     string
	Replayed                       func(n int) string
	NotVerified                    func(number string) string
	CheckGood, CheckBad            func(what string) string
	Checks                         map[string]string
	ConfigGood                     string
	Refused                        func(why string) string
	ServerSaid                     func(status int, why string) string
	NeedPassword                   string
	Late                           string
	Corrected, Voided              func(by int) string
}
