// Package app wires the product: it opens the adapters, hands them to each other
// and closes them in reverse. It decides nothing.
package app

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"ayumi/infra/keyring"
	"ayumi/infra/line"
	"ayumi/infra/trace"
)

// Config is everything an operator can set. The zero value plus Default runs
// with no file.
type Config struct {
	Data   string // data directory
	Listen string // host:port of the web server
	// Engine says where the log lies, Embedded or KurrentDB; "" is Embedded. KurrentDB
	// is the connection string of the latter, KurrentLog the name of one of several logs
	// there, KurrentWait how long it may stay silent before a call fails (0: 10 s).
	Engine, KurrentDB, KurrentLog string
	KurrentWait                   time.Duration
	NATS                          string // URL of NATS servers; "" runs one inside this process
	NATSCreds                     string // path of a NATS credentials file, or of the seed of an nkey
	NATSCA                        string // path of the certificates that vouch for the NATS servers; "": the machine's
	// ReadModels is the URL of a PostgreSQL database for the read models; "": files of
	// the data directory. ReadModelsOwner is the URL of the role that may make tables
	// there; "": the same.
	ReadModels, ReadModelsOwner string
	// Keys is the URL of a PostgreSQL database of its own for the wrapped person keys, and
	// Access that of one for the access log, sign-in, drafts and kept files; "": files of
	// the data directory. Owners as above.
	Keys, KeysOwner, Access, AccessOwner string
	Replicas                             int    // of the bus stream: 1, or 3 on a cluster
	Origin                               string // name of a new log; "" makes a random one
	PublicURL                            string // where browsers reach the server; https makes cookies secure
	// Secrets is the folder of the keys that sign and, unless KEKDir says else, of those
	// that open: every instance needs the same; "": the data directory.
	Secrets     string
	KEKDir      string        // folder of the key-encryption keys; "": kek of Secrets, else keys/kek of the data directory
	KEKGuard    string        // where the key lies that seals those files; see keyring.ReadGuard
	EpochLength time.Duration // how long one is used
	EpochsKept  int           // how many are kept
	LogLevel    slog.Level
	ReadTimeout time.Duration
	Metrics     string // host:port where Prometheus asks; "": nowhere
	Outside     bool   // keep the stream for consumers outside
	// WebhooksInside lets webhooks go to http and to addresses inside.
	WebhooksInside bool
	Traces         string        // address of an OpenTelemetry collector; "": no traces
	SealEvery      time.Duration // between two checkpoints of a log that grows
	AccessDays     int           // days the access log is kept
	// WitnessPolicy is the path of the policy of witnesses, WitnessName the name of
	// this installation's key as a witness.
	WitnessPolicy, WitnessName string
	// VerifyPage is the path of the offline verifier in one HTML file, as
	// ayumi-verify-page writes it; "" hands none out.
	VerifyPage string
	TermsFile  string // path of the terms of controllers; "": the usual ones
	// TLSCert and TLSKey are the paths of the server's certificate and its key; "": plain HTTP.
	TLSCert, TLSKey string
	// The identity provider of the prefecture (OpenID Connect): its issuer, the client_id
	// of this product there and the path of the file with its secret; "": none.
	OIDCIssuer, OIDCClient, OIDCSecret string
	// The LINE account of a desk: the paths of the files with the secret of its channel
	// and with the access token, "": none; the desk; and where LINE's API answers.
	LINESecret, LINEToken, LINEDesk, LINEAPI string
	// LINEListen is host:port where LINE delivers, and nothing else is served; "": where
	// the pages are.
	LINEListen string
	// LockAfter is the time without input until a page is locked; 0: never.
	LockAfter time.Duration
	// SecondFactor says who needs one to sign in: officers, everybody or nobody; "" is
	// officers, and nobody in a scenario log.
	SecondFactor string

	Log *slog.Logger     // default: JSON to standard error
	Now func() time.Time // default: time.Now

	reached func(step string) // of tests: told of each step of an erasure
}

// Default is a configuration for one office on one machine.
func Default() Config {
	return Config{
		Data: "ayumi-data", Engine: Embedded, Listen: "127.0.0.1:8080", Replicas: 1, ReadTimeout: 30 * time.Second, SealEvery: time.Minute,
		EpochLength: keyring.EpochLength, EpochsKept: keyring.EpochsKept,
		AccessDays: 3 * 365, LockAfter: 15 * time.Minute, LINEDesk: "D-TKY", LINEAPI: line.API,
	}
}

// Setting describes one option for the command line, the environment and the
// printed configuration.
type Setting struct {
	Name, Env string
	Secret    bool
	Value     string
}

// Settings lists the configuration as it stands, secrets masked.
func (c Config) Settings() []Setting {
	mask := func(v string) string {
		if v == "" {
			return ""
		}
		return "********"
	}
	return []Setting{
		{Name: "data", Env: "AYUMI_DATA", Value: c.Data},
		{Name: "listen", Env: "AYUMI_LISTEN", Value: c.Listen},
		{Name: "log", Env: "AYUMI_LOG", Value: c.Engine},
		{Name: "kurrentdb", Env: "AYUMI_KURRENTDB", Value: withoutPassword(c.KurrentDB)},
		{Name: "kurrentdb-log", Env: "AYUMI_KURRENTDB_LOG", Value: c.KurrentLog},
		{Name: "nats", Env: "AYUMI_NATS", Value: withoutPassword(c.NATS)},
		{Name: "nats-creds", Env: "AYUMI_NATS_CREDS", Secret: true, Value: mask(c.NATSCreds)},
		{Name: "nats-ca", Env: "AYUMI_NATS_CA", Value: c.NATSCA},
		{Name: "read-models", Env: "AYUMI_READ_MODELS", Value: withoutPassword(c.ReadModels)},
		{Name: "read-models-owner", Env: "AYUMI_READ_MODELS_OWNER", Value: withoutPassword(c.ReadModelsOwner)},
		{Name: "keys", Env: "AYUMI_KEYS", Value: withoutPassword(c.Keys)},
		{Name: "keys-owner", Env: "AYUMI_KEYS_OWNER", Value: withoutPassword(c.KeysOwner)},
		{Name: "access", Env: "AYUMI_ACCESS", Value: withoutPassword(c.Access)},
		{Name: "access-owner", Env: "AYUMI_ACCESS_OWNER", Value: withoutPassword(c.AccessOwner)},
		{Name: "replicas", Env: "AYUMI_REPLICAS", Value: fmt.Sprint(c.Replicas)},
		{Name: "origin", Env: "AYUMI_ORIGIN", Value: c.Origin},
		{Name: "metrics", Env: "AYUMI_METRICS", Value: c.Metrics},
		{Name: "traces", Env: "AYUMI_TRACES", Value: withoutPassword(c.Traces)},
		{Name: "webhooks-inside", Env: "AYUMI_WEBHOOKS_INSIDE", Value: fmt.Sprint(c.WebhooksInside)},
		{Name: "outside", Env: "AYUMI_OUTSIDE", Value: fmt.Sprint(c.Outside)},
		{Name: "public-url", Env: "AYUMI_PUBLIC_URL", Value: c.PublicURL},
		{Name: "secrets", Env: "AYUMI_SECRETS", Value: c.Secrets},
		{Name: "kek-dir", Env: "AYUMI_KEK_DIR", Value: c.KEKDir},
		{Name: "kek-guard", Env: "AYUMI_KEK_GUARD_FROM", Value: c.KEKGuard},
		{Name: "epoch-length", Env: "AYUMI_EPOCH_LENGTH", Value: c.EpochLength.String()},
		{Name: "epochs-kept", Env: "AYUMI_EPOCHS_KEPT", Value: fmt.Sprint(c.EpochsKept)},
		{Name: "log-level", Env: "AYUMI_LOG_LEVEL", Value: c.LogLevel.String()},
		{Name: "read-timeout", Env: "AYUMI_READ_TIMEOUT", Value: c.ReadTimeout.String()},
		{Name: "seal-every", Env: "AYUMI_SEAL_EVERY", Value: c.SealEvery.String()},
		{Name: "access-days", Env: "AYUMI_ACCESS_DAYS", Value: fmt.Sprint(c.AccessDays)},
		{Name: "witness-policy", Env: "AYUMI_WITNESS_POLICY", Value: c.WitnessPolicy},
		{Name: "witness-name", Env: "AYUMI_WITNESS_NAME", Value: c.WitnessName},
		{Name: "verify-page", Env: "AYUMI_VERIFY_PAGE", Value: c.VerifyPage},
		{Name: "terms", Env: "AYUMI_TERMS", Value: c.TermsFile},
		{Name: "tls-cert", Env: "AYUMI_TLS_CERT", Value: c.TLSCert},
		{Name: "tls-key", Env: "AYUMI_TLS_KEY", Secret: true, Value: mask(c.TLSKey)},
		{Name: "oidc-issuer", Env: "AYUMI_OIDC_ISSUER", Value: c.OIDCIssuer},
		{Name: "oidc-client", Env: "AYUMI_OIDC_CLIENT", Value: c.OIDCClient},
		{Name: "oidc-secret-file", Env: "AYUMI_OIDC_SECRET_FILE", Secret: true, Value: mask(c.OIDCSecret)},
		{Name: "line-secret-file", Env: "AYUMI_LINE_SECRET_FILE", Secret: true, Value: mask(c.LINESecret)},
		{Name: "line-token-file", Env: "AYUMI_LINE_TOKEN_FILE", Secret: true, Value: mask(c.LINEToken)},
		{Name: "line-desk", Env: "AYUMI_LINE_DESK", Value: c.LINEDesk},
		{Name: "line-listen", Env: "AYUMI_LINE_LISTEN", Value: c.LINEListen},
		{Name: "line-api", Env: "AYUMI_LINE_API", Value: c.LINEAPI},
		{Name: "lock-after", Env: "AYUMI_LOCK_AFTER", Value: c.LockAfter.String()},
		{Name: "second-factor", Env: "AYUMI_SECOND_FACTOR", Value: c.SecondFactor},
	}
}

func withoutPassword(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return "********"
	}
	return u.Redacted()
}

// Check answers what is wrong, naming the option.
func (c Config) Check() error {
	var bad []error
	if c.Data == "" {
		bad = append(bad, errors.New("option data: a directory is needed"))
	}
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		bad = append(bad, fmt.Errorf("option listen: %w", err))
	}
	if _, _, err := net.SplitHostPort(c.Metrics); c.Metrics != "" && err != nil {
		bad = append(bad, fmt.Errorf("option metrics: %w", err))
	}
	if err := trace.CheckEndpoint(c.Traces); c.Traces != "" && err != nil {
		bad = append(bad, fmt.Errorf("option traces: %w", err))
	}
	if err := c.checkEngine(); err != nil {
		bad = append(bad, err)
	}
	if c.Replicas != 1 && c.Replicas != 3 {
		bad = append(bad, fmt.Errorf("option replicas: 1 or 3, not %d", c.Replicas))
	}
	if c.Replicas == 3 && c.NATS == "" {
		bad = append(bad, errors.New("option replicas: 3 needs option nats"))
	}
	for option, path := range map[string]string{"nats-creds": c.NATSCreds, "nats-ca": c.NATSCA} {
		if _, err := os.Stat(path); path != "" && err != nil {
			bad = append(bad, fmt.Errorf("option %s: %w", option, err))
		}
	}
	if err := c.checkDatabases(); err != nil {
		bad = append(bad, err)
	}
	if u, err := url.Parse(c.PublicURL); err != nil || (c.PublicURL != "" && u.Host == "") {
		bad = append(bad, fmt.Errorf("option public-url: %q is no address", c.PublicURL))
	}
	if c.SealEvery <= 0 {
		bad = append(bad, errors.New("option seal-every: more than 0 is needed"))
	}
	if c.EpochLength < 0 || c.EpochsKept < 0 || keyring.Longest < c.EpochLength*time.Duration(c.EpochsKept) {
		bad = append(bad, fmt.Errorf("options epoch-length and epochs-kept: together at most %s", keyring.Longest))
	}
	if c.ReadTimeout <= 0 {
		bad = append(bad, errors.New("option read-timeout: more than 0 is needed"))
	}
	if _, err := c.Policy(); err != nil {
		bad = append(bad, fmt.Errorf("option witness-policy: %w", err))
	}
	if c.VerifyPage != "" {
		if _, err := os.Stat(c.VerifyPage); err != nil {
			bad = append(bad, fmt.Errorf("option verify-page: %w", err))
		}
	}
	if _, err := c.Terms(); err != nil {
		bad = append(bad, fmt.Errorf("option terms: %w", err))
	}
	if _, err := c.pair(nil); err != nil {
		bad = append(bad, fmt.Errorf("options tls-cert and tls-key: %w", err))
	}
	if _, err := c.provider(); err != nil {
		bad = append(bad, fmt.Errorf("options oidc-issuer, oidc-client and oidc-secret-file: %w", err))
	}
	if _, _, err := net.SplitHostPort(c.LINEListen); c.LINEListen != "" && err != nil {
		bad = append(bad, fmt.Errorf("option line-listen: %w", err))
	}
	if _, err := c.channel(); err != nil {
		bad = append(bad, fmt.Errorf("options line-secret-file, line-token-file, line-desk and line-api: %w", err))
	}
	if c.LockAfter != 0 && c.LockAfter < time.Minute {
		bad = append(bad, fmt.Errorf("option lock-after: 0 or a minute and more, not %s", c.LockAfter))
	}
	if _, known := factorRoles[c.SecondFactor]; !known {
		bad = append(bad, fmt.Errorf("option second-factor: officers, everybody or nobody, not %q", c.SecondFactor))
	}
	if c.AccessDays < 30 {
		bad = append(bad, fmt.Errorf("option access-days: 30 or more, not %d", c.AccessDays))
	}
	return errors.Join(bad...)
}

func (c Config) filled() Config {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Engine == "" {
		c.Engine = Embedded
	}
	c.KEKDir = c.KEKFolder()
	if c.Log == nil {
		c.Log = slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: c.LogLevel}))
	}
	return c
}

// secret names a file of the folder of secrets, which is a folder of the data
// directory where the option names no other.
func (c Config) secret(usual, name string) string {
	if c.Secrets != "" {
		return filepath.Join(c.Secrets, name)
	}
	return c.in(usual, name)
}

// in names a file of the data directory.
func (c Config) in(name ...string) string { return filepath.Join(append([]string{c.Data}, name...)...) }
