package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/infra/api"
	"ayumi/infra/auth"
	"ayumi/infra/web"
)

// Handler makes the pages and the API of an App. Closing the App ends the streams
// that pages hold open.
func (a *App) Handler() (http.Handler, error) {
	sample, err := ReadSample(a.Config)
	if err != nil {
		return nil, err
	}
	site, err := web.New(a.site(sample))
	if err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	a.later(func() error { site.Close(); return nil })
	mux := http.NewServeMux()
	mux.Handle("/", site.Handler())
	mux.Handle(api.Prefix+"/", api.New(api.Config{
		Office: a.Office, Streams: a.Store, Figures: a.Indicators, Exports: apiExports{a}, Periods: a.Gates(), Definitions: a.Definitions, Journeys: a.Journeys, Matters: a.Journeys, Audit: a.Audit,
		Status: a, Sealing: apiSealing{sealing{a.Sealer}}, AccessSealing: apiSealing{sealing{a.AccessSealer}}, Receipts: a.Receipts(), Press: a.Press, Door: apiDoor{a.Door}, Viewings: apiViewings{pageViewings{a}}, Documents: a, Proofs: apiProofs{a.proving}, Sessions: siteSessions{site}, SignIn: a.SignIn, Wait: a.Runner.Wait,
		Now: a.Config.Now, Log: a.Config.Log, Sample: a.Scenario,
	}).Handler())
	if a.Config.WitnessPolicy != "" {
		w, err := OpenWitness(a.Config)
		if err != nil {
			return nil, err
		}
		mux.Handle(WitnessPrefix+"/", WitnessHandler(w))
	}
	return http.NewCrossOriginProtection().Handler(mux), nil
}

func (a *App) site(sample Sample) web.Config {
	people := &staff{app: a}
	public, err := url.Parse(a.Config.PublicURL)
	return web.Config{
		Credentials: a.SignIn, Accounts: people, Sessions: a.SignIn, Log: a.Config.Log, Now: a.Config.Now,
		Door: pageDoor{a.Door}, Viewings: pageViewings{a}, Exports: pageExports{a}, People: finder{a}, Bus: a.busStatus, Office: a.Office,
		Reads: a.Runner, Journey: a.Journeys, Figures: a.Indicators, Audit: a.Audit, Gates: a.Gates(), Definitions: a.Definitions,
		Verifier: a, Proofs: pageProofs{a.proving}, VerifyPage: a.Config.VerifyPage, Sealing: sealing{a.Sealer}, Documents: a, Press: a.Press, Attachments: pageAttachments{a}, Drafts: pageDrafts{a.Drafts},
		Erasing: pageErasing{a}, Receipts: a.Receipts(), PublicURL: a.Config.PublicURL, AccessSealing: sealing{a.AccessSealer}, Witnesses: a.witnessed, Keys: a.keyPlace(),
		Secure: err == nil && public.Scheme == "https", Sample: a.Scenario, DemoNames: sampleNames(sample),
	}
}

// Listen opens the address to serve on.
func (a *App) Listen() (net.Listener, error) {
	l, err := net.Listen("tcp", a.Config.Listen)
	if err != nil {
		return nil, fmt.Errorf("option listen: %w", err)
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

// FirstAdmin opens the account of the first administrator of a new official log,
// and answers its name and password, which are told once. A log that has
// accounts answers "".
func (a *App) FirstAdmin(ctx context.Context) (name, password string, err error) {
	head, err := a.Store.Head(ctx)
	if err != nil || head.Position != 1 || a.Scenario {
		return "", "", err
	}
	name, password = "admin", auth.NewPassword()
	id := uuid.NewString()
	for _, step := range []struct {
		command string
		fields  map[string]string
	}{
		{"account.open", map[string]string{"account": id, "kind": "staff", "code": name, "name": name, "kana": name}},
		{"account.grant_role", map[string]string{"account": id, "role": string(domain.Admin)}},
	} {
		data := domain.Data{}
		for k, v := range step.fields {
			data[k] = []byte(strconv.Quote(v))
		}
		if _, err := a.Office.Do(ctx, office.Request{Command: step.command, ID: uuid.New(), By: "system", At: a.Config.Now(), Data: data}); err != nil {
			return "", "", err
		}
	}
	return name, password, a.SignIn.SetPassword(ctx, name, id, password)
}
