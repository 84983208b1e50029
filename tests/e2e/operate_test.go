package e2e_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ayumi/cmd/app"
)

func free(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	return l.Addr().String()
}

func answer(t *testing.T, url string) (int, string) {
	t.Helper()
	res, err := http.Get(url)
	require.NoError(t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return res.StatusCode, string(body)
}

// Machines learn how an instance is, and nothing of the people in it.
func TestMachinesLearnHowAnInstanceIs(t *testing.T) {
	var log bytes.Buffer
	c := config(t, &log)
	require.NoError(t, app.RunScenario(context.Background(), c, small(t), nil))
	c.Listen, c.Metrics = free(t), free(t)
	a := opened(t, c)
	l, err := a.Listen()
	require.NoError(t, err)
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- a.Serve(ctx, l) }()
	site, machines := "http://"+c.Listen, "http://"+c.Metrics
	require.Eventually(t, func() bool {
		status, body := answer(t, site+"/readyz")
		return status == http.StatusOK && body == "store ok\nreadmodels ok\nparts ok\n"
	}, time.Minute, 20*time.Millisecond)
	status, _ := answer(t, site+"/livez")
	require.Equal(t, http.StatusOK, status)
	_, page := answer(t, site+"/metrics")
	require.NotContains(t, page, "ayumi_log_position", "figures are for the operator's address alone")
	people, err := a.Journeys.Recent(ctx, 10, nil)
	require.NoError(t, err)
	_, _ = answer(t, site+"/people/"+people[0].ID)
	var body string
	require.Eventually(t, func() bool {
		res, err := http.Get(machines + "/metrics")
		if err != nil {
			return false
		}
		defer res.Body.Close()
		all, err := io.ReadAll(res.Body)
		body = string(all)
		return err == nil && bytes.Contains(all, []byte(`route="GET /people/{id}"`))
	}, time.Minute, 20*time.Millisecond)
	require.Regexp(t, `(?m)^ayumi_log_position [1-9]`, body)
	require.Regexp(t, `(?m)^ayumi_webhooks\{state="active"\} 0$`, body)
	require.Regexp(t, `(?m)^ayumi_read_model_behind_events\{read_model="indicators"\} 0$`, body)
	require.NotRegexp(t, regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-`), body, "no number of a person or an account")
	status, _ = answer(t, machines+"/readyz")
	require.Equal(t, http.StatusOK, status)

	// A disk that takes no more is said within one probe.
	probe := filepath.Join(c.Data, "probe")
	require.NoError(t, os.RemoveAll(probe))
	require.NoError(t, os.Mkdir(probe, 0o700))
	require.Eventually(t, func() bool { status, _ := answer(t, site+"/readyz"); return status == http.StatusServiceUnavailable }, time.Minute, 50*time.Millisecond)
	require.NoError(t, os.Remove(probe))
	require.Eventually(t, func() bool { status, _ := answer(t, site+"/readyz"); return status == http.StatusOK }, time.Minute, 50*time.Millisecond)
	stop()
	require.NoError(t, <-served)
	require.NoError(t, a.Close())
	require.Contains(t, log.String(), "not ready")
}
