package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"github.com/urfave/cli/v3"

	"ayumi/cmd/app"
	"ayumi/domain"
	"ayumi/domain/scenario"
	"ayumi/infra/access"
	"ayumi/infra/keyring"
	"ayumi/infra/sqldb"
)

// dataFlags name the data directory and how it is run.
func (s *shell) dataFlags() []cli.Flag {
	c, d := s.w.Command, app.Default()
	return []cli.Flag{
		&cli.StringFlag{Name: "data", Usage: c.FlagData, Value: d.Data, Sources: cli.EnvVars("AYUMI_DATA")},
		&cli.StringFlag{Name: "log", Usage: s.w.LogPlace.FlagLog, Value: d.Engine, Sources: cli.EnvVars("AYUMI_LOG")},
		&cli.StringFlag{Name: "kurrentdb", Usage: s.w.LogPlace.FlagURL, Sources: secretOf("AYUMI_KURRENTDB")},
		&cli.StringFlag{Name: "kurrentdb-log", Usage: s.w.LogPlace.FlagName, Sources: cli.EnvVars("AYUMI_KURRENTDB_LOG")},
		&cli.StringFlag{Name: "nats", Usage: c.FlagNATS, Sources: cli.EnvVars("AYUMI_NATS")},
		&cli.StringFlag{Name: "nats-creds", Usage: c.FlagNATSCreds, Sources: cli.EnvVars("AYUMI_NATS_CREDS")},
		&cli.StringFlag{Name: "nats-ca", Usage: s.w.Bus.FlagCA, TakesFile: true, Sources: cli.EnvVars("AYUMI_NATS_CA")},
		&cli.StringFlag{Name: "read-models", Usage: s.w.Engines.FlagReadModels, Sources: secretOf("AYUMI_READ_MODELS")},
		&cli.StringFlag{Name: "read-models-owner", Usage: s.w.Engines.FlagReadModelsOwner, Sources: secretOf("AYUMI_READ_MODELS_OWNER")},
		&cli.StringFlag{Name: "keys", Usage: s.w.KeyTable.Flag, Sources: secretOf("AYUMI_KEYS")},
		&cli.StringFlag{Name: "keys-owner", Usage: s.w.KeyTable.FlagOwner, Sources: secretOf("AYUMI_KEYS_OWNER")},
		&cli.StringFlag{Name: "access", Usage: s.w.KeyTable.FlagAccess, Sources: secretOf("AYUMI_ACCESS")},
		&cli.StringFlag{Name: "access-owner", Usage: s.w.KeyTable.FlagAccessOwner, Sources: secretOf("AYUMI_ACCESS_OWNER")},
		&cli.IntFlag{Name: "replicas", Usage: c.FlagReplicas, Value: d.Replicas, Sources: cli.EnvVars("AYUMI_REPLICAS")},
		&cli.StringFlag{Name: "origin", Usage: c.FlagOrigin, Sources: cli.EnvVars("AYUMI_ORIGIN")},
		&cli.StringFlag{Name: "secrets", Usage: s.w.Engines.FlagSecrets, Sources: cli.EnvVars("AYUMI_SECRETS")},
		&cli.StringFlag{Name: "kek-dir", Usage: s.w.KeyCommand.FlagKEKDir, Sources: cli.EnvVars("AYUMI_KEK_DIR")},
		&cli.StringFlag{Name: "kek-guard", Usage: s.w.KeyCommand.FlagKEKGuard, Sources: cli.EnvVars("AYUMI_KEK_GUARD_FROM")},
		&cli.DurationFlag{Name: "epoch-length", Usage: s.w.KeyCommand.FlagEpochLength, Value: d.EpochLength, Sources: cli.EnvVars("AYUMI_EPOCH_LENGTH")},
		&cli.IntFlag{Name: "epochs-kept", Usage: s.w.KeyCommand.FlagEpochsKept, Value: d.EpochsKept, Sources: cli.EnvVars("AYUMI_EPOCHS_KEPT")},
		&cli.IntFlag{Name: "access-days", Usage: s.w.Viewing.FlagDays, Value: d.AccessDays, Sources: cli.EnvVars("AYUMI_ACCESS_DAYS")},
		&cli.StringFlag{Name: "witness-policy", Usage: s.w.Witness.FlagPolicy, TakesFile: true, Sources: cli.EnvVars("AYUMI_WITNESS_POLICY")},
		&cli.StringFlag{Name: "witness-name", Usage: s.w.Witness.FlagName, Sources: cli.EnvVars("AYUMI_WITNESS_NAME")},
		&cli.StringFlag{Name: "terms", Usage: s.w.Terms.Flag, TakesFile: true, Sources: cli.EnvVars("AYUMI_TERMS")},
		&cli.StringFlag{Name: "log-level", Usage: c.FlagLogLevel, Value: "warn", Sources: cli.EnvVars("AYUMI_LOG_LEVEL")},
	}
}

func (s *shell) serveFlags() []cli.Flag {
	c, d := s.w.Command, app.Default()
	return append(s.dataFlags(),
		&cli.StringFlag{Name: "listen", Usage: c.FlagListen, Value: d.Listen, Sources: cli.EnvVars("AYUMI_LISTEN")},
		&cli.StringFlag{Name: "metrics", Usage: s.w.Engines.FlagMetrics, Sources: cli.EnvVars("AYUMI_METRICS")},
		&cli.StringFlag{Name: "traces", Usage: s.w.Outside.FlagTraces, Sources: cli.EnvVars("AYUMI_TRACES")},
		&cli.BoolFlag{Name: "webhooks-inside", Usage: s.w.Webhook.FlagInside, Sources: cli.EnvVars("AYUMI_WEBHOOKS_INSIDE")},
		&cli.BoolFlag{Name: "outside", Usage: s.w.Outside.Flag, Sources: cli.EnvVars("AYUMI_OUTSIDE")},
		&cli.StringFlag{Name: "public-url", Usage: c.FlagPublicURL, Sources: cli.EnvVars("AYUMI_PUBLIC_URL")},
		&cli.DurationFlag{Name: "read-timeout", Usage: c.FlagReadTimeout, Value: d.ReadTimeout, Sources: cli.EnvVars("AYUMI_READ_TIMEOUT")},
		&cli.StringFlag{Name: "verify-page", Usage: s.w.Verify.FlagPage, TakesFile: true, Sources: cli.EnvVars("AYUMI_VERIFY_PAGE")},
		&cli.StringFlag{Name: "tls-cert", Usage: s.w.TLS.FlagCert, TakesFile: true, Sources: cli.EnvVars("AYUMI_TLS_CERT")},
		&cli.StringFlag{Name: "tls-key", Usage: s.w.TLS.FlagKey, TakesFile: true, Sources: cli.EnvVars("AYUMI_TLS_KEY")},
		&cli.StringFlag{Name: "oidc-issuer", Usage: s.w.Provider.FlagIssuer, Sources: cli.EnvVars("AYUMI_OIDC_ISSUER")},
		&cli.StringFlag{Name: "oidc-client", Usage: s.w.Provider.FlagClient, Sources: cli.EnvVars("AYUMI_OIDC_CLIENT")},
		&cli.StringFlag{Name: "oidc-secret-file", Usage: s.w.Provider.FlagSecret, TakesFile: true, Sources: cli.EnvVars("AYUMI_OIDC_SECRET_FILE")},
		&cli.StringFlag{Name: "line-secret-file", Usage: s.w.Line.FlagSecret, TakesFile: true, Sources: cli.EnvVars("AYUMI_LINE_SECRET_FILE")},
		&cli.StringFlag{Name: "line-token-file", Usage: s.w.Line.FlagToken, TakesFile: true, Sources: cli.EnvVars("AYUMI_LINE_TOKEN_FILE")},
		&cli.StringFlag{Name: "line-desk", Usage: s.w.Line.FlagDesk, Value: d.LINEDesk, Sources: cli.EnvVars("AYUMI_LINE_DESK")},
		&cli.StringFlag{Name: "line-listen", Usage: s.w.Line.FlagListen, Sources: cli.EnvVars("AYUMI_LINE_LISTEN")},
		&cli.StringFlag{Name: "line-api", Usage: s.w.Line.FlagAPI, Value: d.LINEAPI, Sources: cli.EnvVars("AYUMI_LINE_API")},
		&cli.DurationFlag{Name: "lock-after", Usage: s.w.Settings.FlagLock, Value: d.LockAfter, Sources: cli.EnvVars("AYUMI_LOCK_AFTER")},
		&cli.StringFlag{Name: "second-factor", Usage: s.w.Settings.FlagFactor, Sources: cli.EnvVars("AYUMI_SECOND_FACTOR")},
		&cli.DurationFlag{Name: "seal-every", Usage: c.FlagSealEvery, Value: d.SealEvery, Sources: cli.EnvVars("AYUMI_SEAL_EVERY")},
	)
}

// askFlags are for commands that answer from a directory or a running server.
func (s *shell) askFlags() []cli.Flag {
	c := s.w.Command
	return append(s.dataFlags(),
		&cli.StringFlag{Name: "server", Usage: c.FlagServer, Sources: cli.EnvVars("AYUMI_SERVER")},
		&cli.StringFlag{Name: "user", Usage: c.FlagUser, Sources: cli.EnvVars("AYUMI_USER")},
		&cli.StringFlag{Name: "code", Usage: s.w.Session.FlagCode, Sources: cli.EnvVars("AYUMI_CODE")},
		s.jsonFlag())
}

func (s *shell) jsonFlag() cli.Flag {
	return &cli.BoolFlag{Name: "json", Usage: s.w.Command.FlagJSON}
}

// secretOf reads an option from the environment, or from the file that the variable
// with _FILE at its end names, as container platforms hand secrets out.
func secretOf(name string) cli.ValueSourceChain {
	chain := cli.EnvVars(name)
	if path := os.Getenv(name + "_FILE"); path != "" {
		chain.Append(cli.NewValueSourceChain(cli.File(path)))
	}
	return chain
}

// configOf reads the flags a command has.
func configOf(cmd *cli.Command) (app.Config, error) {
	c := app.Default()
	c.Data, c.NATS, c.NATSCreds = cmd.String("data"), cmd.String("nats"), cmd.String("nats-creds")
	c.NATSCA = cmd.String("nats-ca")
	c.ReadModels, c.ReadModelsOwner = strings.TrimSpace(cmd.String("read-models")), strings.TrimSpace(cmd.String("read-models-owner"))
	c.Keys, c.KeysOwner = strings.TrimSpace(cmd.String("keys")), strings.TrimSpace(cmd.String("keys-owner"))
	c.Access, c.AccessOwner = strings.TrimSpace(cmd.String("access")), strings.TrimSpace(cmd.String("access-owner"))
	c.Engine, c.KurrentDB, c.KurrentLog = cmd.String("log"), strings.TrimSpace(cmd.String("kurrentdb")), cmd.String("kurrentdb-log")
	c.Origin, c.Replicas = cmd.String("origin"), cmd.Int("replicas")
	c.Secrets, c.KEKDir, c.KEKGuard, c.EpochLength, c.EpochsKept = cmd.String("secrets"), cmd.String("kek-dir"), cmd.String("kek-guard"), cmd.Duration("epoch-length"), cmd.Int("epochs-kept")
	c.WitnessPolicy, c.WitnessName, c.TermsFile = cmd.String("witness-policy"), cmd.String("witness-name"), cmd.String("terms")
	if cmd.IsSet("access-days") {
		c.AccessDays = cmd.Int("access-days")
	}
	if cmd.IsSet("listen") || cmd.String("listen") != "" {
		c.VerifyPage, c.LockAfter, c.SecondFactor = cmd.String("verify-page"), cmd.Duration("lock-after"), cmd.String("second-factor")
		c.OIDCIssuer, c.OIDCClient, c.OIDCSecret = cmd.String("oidc-issuer"), cmd.String("oidc-client"), cmd.String("oidc-secret-file")
		c.LINEListen = cmd.String("line-listen")
		c.LINESecret, c.LINEToken, c.LINEDesk, c.LINEAPI = cmd.String("line-secret-file"), cmd.String("line-token-file"), cmd.String("line-desk"), cmd.String("line-api")
		c.TLSCert, c.TLSKey = cmd.String("tls-cert"), cmd.String("tls-key")
		c.Metrics, c.Traces, c.Outside = cmd.String("metrics"), cmd.String("traces"), cmd.Bool("outside")
		c.WebhooksInside = cmd.Bool("webhooks-inside")
		c.Listen, c.PublicURL, c.ReadTimeout, c.SealEvery = cmd.String("listen"), cmd.String("public-url"), cmd.Duration("read-timeout"), cmd.Duration("seal-every")
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(cmd.String("log-level"))); err != nil {
		return c, fmt.Errorf("option log-level: %w", err)
	}
	c.LogLevel = level
	return c, wordsOf(cmd).inWords(c, c.Check())
}

// inWords says faults of files that people write in their language.
func (s *shell) inWords(c app.Config, err error) error {
	if all, several := err.(interface{ Unwrap() []error }); several {
		var said []error
		for _, one := range all.Unwrap() {
			said = append(said, s.inWords(c, one))
		}
		return errors.Join(said...)
	}
	var terms domain.TermsFault
	if errors.As(err, &terms) {
		return errors.New(s.w.Terms.Fault(c.TermsFile, terms))
	}
	return err
}

// wordsOf is the shell that a command was made by.
func wordsOf(cmd *cli.Command) *shell { return cmd.Root().Metadata["shell"].(*shell) }

// said turns errors of the product into a sentence.
func (s *shell) said(dir string, err error) error {
	w := s.w
	var fault scenario.Fault
	var refused *domain.Refusal
	var other app.OtherEngine
	var others sqldb.OtherLog
	var secret access.SecretFault
	switch {
	case err == nil:
		return nil
	case errors.As(err, &other):
		return errors.New(w.LogPlace.Other(dir, other.Lies, other.Asked))
	case errors.As(err, &others):
		return errors.New(w.Shared.OtherLog(others.Schema, others.Lies, others.Asked))
	case errors.As(err, &secret) && secret.Missing:
		return errors.New(w.Shared.NoSecret(secret.Path))
	case errors.As(err, &secret):
		return errors.New(w.Shared.OtherSecret(secret.Path))
	case errors.Is(err, app.ErrNotShared):
		return errors.New(w.Shared.NotShared(dir))
	case errors.Is(err, app.ErrShared):
		return errors.New(w.Shared.Shared)
	case errors.Is(err, app.ErrNoAccess):
		return errors.New(w.Shared.NoAccess)
	case errors.Is(err, sqldb.ErrOccupied):
		return errors.New(w.Shared.TablesFilled)
	case errors.Is(err, sqldb.ErrNeedsOwner):
		return errors.New(w.Shared.NeedsOwner)
	case errors.Is(err, sqldb.ErrNoTables):
		return errors.New(w.Shared.NoTables)
	case errors.Is(err, app.ErrDiffer):
		return errors.New(w.LogPlace.Differ)
	case errors.Is(err, app.ErrSameEngine):
		return errors.New(w.LogPlace.Same)
	case errors.Is(err, app.ErrNoServers):
		return errors.New(w.Bus.NoServers)
	case errors.Is(err, app.ErrNotOperator):
		return errors.New(w.Bus.NotOperator)
	case errors.Is(err, access.ErrUnaudited):
		return errors.New(w.Viewing.Unwritten)
	case errors.Is(err, app.ErrInServers):
		return errors.New(w.Backup.InServers)
	case errors.Is(err, app.ErrBackingUp):
		return errors.New(w.Backup.UnderWay)
	case errors.Is(err, app.ErrInUse):
		return errors.New(w.Command.InUse(dir))
	case errors.Is(err, app.ErrNotEmpty):
		return errors.New(w.Command.NotEmpty(dir))
	case errors.Is(err, app.ErrStrangers):
		return errors.New(w.Command.Strangers(dir))
	case errors.Is(err, app.ErrNoLog):
		return errors.New(w.KeyCommand.NoLog(dir))
	case errors.Is(err, app.ErrNoKeysOption):
		return errors.New(w.KeyTable.NeedOption)
	case errors.Is(err, keyring.ErrEmpty):
		return errors.New(w.KeyTable.Empty)
	case errors.Is(err, keyring.ErrOpen):
		return errors.New(w.KeyTable.Open)
	case errors.Is(err, keyring.ErrOccupied):
		return errors.New(w.KeyTable.Occupied)
	case errors.Is(err, app.ErrOfficial):
		return errors.New(w.Command.Official)
	case errors.As(err, &fault):
		return errors.New(s.badLine(fault))
	case errors.As(err, &refused):
		return errors.New(w.Command.Refused(w.Refusal(refused.Key, refused.Field, refused.Args)))
	}
	return err
}

func (s *shell) badLine(f scenario.Fault) string {
	return s.w.Command.BadLine(f.Line, s.w.Refusal(f.Reason, f.Field, nil))
}

func printJSON(to io.Writer, v any) error {
	enc := json.NewEncoder(to)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

func out(cmd *cli.Command) io.Writer {
	if cmd.Root().Writer != nil {
		return cmd.Root().Writer
	}
	return os.Stdout
}
