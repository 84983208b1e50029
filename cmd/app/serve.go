package app

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"ayumi/infra/api"
	"ayumi/infra/web"
)

// Handler makes the pages and the API of an App. Closing the App ends the streams
// that pages hold open.
func (a *App) Handler() (http.Handler, error) {
	sample, err := ReadSample(a.Config)
	if err != nil {
		return nil, err
	}
	key, err := a.Keys.Derive(context.Background(), "sign-in", "ayumi second factors v1")
	if err == nil {
		err = a.SignIn.Seal(key)
	}
	if err != nil {
		return nil, fmt.Errorf("key of second factors: %w", err)
	}
	config := a.site(sample)
	if config.Provider, err = a.pageProvider(); err != nil {
		return nil, fmt.Errorf("options oidc-issuer, oidc-client and oidc-secret-file: %w", err)
	}
	if a.Line != nil && a.Line.channel != nil {
		config.Line, config.LineDesk = pageLine{a.Line}, a.Line.channel.desk
	}
	site, err := web.New(config)
	if err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	a.later(func() error { site.Close(); return nil })
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", a.operated.health.Live)
	mux.HandleFunc("GET /readyz", a.operated.health.Ready)
	mux.Handle("/", site.Handler())
	mux.Handle(api.Prefix+"/", api.New(api.Config{
		Office: a.Office, Streams: a.Store, Figures: a.Indicators, Exports: apiExports{a}, Periods: a.Gates(), Definitions: a.Definitions, Journeys: a.Journeys, Matters: a.Journeys, Audit: a.Audit,
		Status: a, Sealing: apiSealing{sealing{a.Sealer}}, AccessSealing: apiSealing{sealing{a.AccessSealer}}, Receipts: a.Receipts(), Press: a.Press, Door: apiDoor{a.Door}, Viewings: apiViewings{pageViewings{a}}, Documents: a, Imports: apiImports{a.Imports}, Proofs: apiProofs{a.proving}, Sessions: siteSessions{site}, SignIn: programSignIn{a}, Wait: a.Runner.Wait, Webhooks: apiWebhooks{a.webhooks},
		Now: a.Config.Now, Log: a.Config.Log, Sample: a.Scenario,
	}).Handler())
	if a.Line != nil && a.Line.channel != nil && a.Config.LINEListen == "" {
		mux.Handle(LineWebhook, a.Line.Webhook())
	}
	if a.Config.WitnessPolicy != "" {
		w, err := OpenWitness(a.Config)
		if err != nil {
			return nil, err
		}
		mux.Handle(WitnessPrefix+"/", WitnessHandler(w))
	}
	return legible(a.traces.Watch(a.operated.metrics.Watch(a.Config.strict(http.NewCrossOriginProtection().Handler(mux))))), nil
}

// legible puts the replacement character for what is no UTF-8 in the path of an address.
// No id has it; the access log, which holds who was asked for, could not be written.
func legible(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !utf8.ValidString(r.URL.Path) {
			r = r.Clone(r.Context())
			r.URL.Path, r.URL.RawPath = strings.ToValidUTF8(r.URL.Path, "\uFFFD"), ""
		}
		next.ServeHTTP(w, r)
	})
}

func (a *App) site(sample Sample) web.Config {
	people := &staff{app: a}
	return web.Config{
		Credentials: a.SignIn, Own: a.SignIn, Feeds: a.SignIn, FactorRoles: a.factorRoles(), LockAfter: a.Config.LockAfter, Accounts: people, Sessions: a.SignIn, Log: a.Config.Log, Now: a.Config.Now,
		Door: pageDoor{a.Door}, Viewings: pageViewings{a}, Exports: pageExports{a}, People: finder{a}, Bus: a.busStatus, Office: a.Office,
		Reads: a.Runner, Journey: a.Journeys, Figures: a.Indicators, Audit: a.Audit, Gates: a.Gates(), Definitions: a.Definitions,
		Verifier: a, Proofs: pageProofs{a.proving}, VerifyPage: a.Config.VerifyPage, Sealing: sealing{a.Sealer}, Documents: a, Imports: pageImports{a.Imports}, Grids: grids{}, Press: a.Press, Books: pageBooks{a}, Attachments: pageAttachments{a}, Drafts: pageDrafts{a.Drafts},
		Erasing: pageErasing{a}, Receipts: a.Receipts(), PublicURL: a.Config.PublicURL, AccessSealing: sealing{a.AccessSealer}, Webhooks: pageWebhooks{a.webhooks}, Operations: pageOperations{a}, Witnesses: a.witnessed, Keys: a.keyPlace(),
		Secure: a.Config.Scheme() == "https", Sample: a.Scenario, DemoNames: sampleNames(sample),
	}
}

// Listen opens the address to serve on, under TLS where there is a certificate.
func (a *App) Listen() (net.Listener, error) { return a.listen("listen", a.Config.Listen) }

func (a *App) listen(option, address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("option %s: %w", option, err)
	}
	pair, err := a.Config.pair(func(err error) { a.report("tls certificate", err) })
	if err != nil {
		return nil, errors.Join(fmt.Errorf("options tls-cert and tls-key: %w", err), l.Close())
	}
	if pair != nil {
		l = tls.NewListener(l, pair.Config())
	}
	return l, nil
}

// Serve answers requests until ctx ends, then lets those under way finish for a
// short while.
func (a *App) Serve(ctx context.Context, l net.Listener) error {
	handler, err := a.Handler()
	if err != nil {
		return errors.Join(err, l.Close())
	}
	// Streams live as long as the server: their requests end with this context.
	base, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: a.Config.ReadTimeout,
		WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		BaseContext: func(net.Listener) context.Context { return base },
	}
	if a.Config.Metrics != "" {
		a.work(func() error { return a.operated.serveMetrics(base) })
	}
	if a.Line != nil && a.Line.channel != nil && a.Config.LINEListen != "" {
		outside, err := a.listen("line-listen", a.Config.LINEListen)
		if err != nil {
			return errors.Join(err, l.Close())
		}
		a.work(func() error { return a.Line.serve(base, outside) })
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	select {
	case err := <-done:
		return err
	case <-a.Store.Failed():
		err = a.Store.Fault()
	case <-ctx.Done():
	}
	end()
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return errors.Join(err, server.Shutdown(limit))
}
