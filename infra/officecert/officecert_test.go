package officecert

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func serve(t *testing.T, dir string, report func(error)) *httptest.Server {
	t.Helper()
	p, err := Open(filepath.Join(dir, CertFile), filepath.Join(dir, KeyFile), report)
	require.NoError(t, err)
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Proto) }))
	srv.TLS = p.Config()
	srv.EnableHTTP2 = true
	l := srv.Listener
	srv.Listener = tls.NewListener(l, srv.TLS)
	go (&http.Server{Handler: srv.Config.Handler}).Serve(srv.Listener)
	t.Cleanup(func() { l.Close() })
	return srv
}

// ask opens a connection of its own, as a browser that trusts the root.
func ask(t *testing.T, dir, address, name string) (*x509.Certificate, error) {
	t.Helper()
	pool := x509.NewCertPool()
	raw, err := os.ReadFile(filepath.Join(dir, RootFile))
	require.NoError(t, err)
	require.True(t, pool.AppendCertsFromPEM(raw))
	c, err := tls.Dial("tcp", address, &tls.Config{RootCAs: pool, ServerName: name, NextProtos: []string{"h2"}})
	if err != nil {
		return nil, err
	}
	defer c.Close()
	require.Equal(t, "h2", c.ConnectionState().NegotiatedProtocol)
	return c.ConnectionState().PeerCertificates[0], nil
}

func TestAnOfficeServesUnderItsOwnRoot(t *testing.T) {
	dir, now := filepath.Join(t.TempDir(), "tls"), time.Now()
	made, err := Init(dir, []string{"Ayumi.tky.pref.example", "127.0.0.1", "::1"}, now)
	require.NoError(t, err)
	require.Equal(t, []string{"ayumi.tky.pref.example", "127.0.0.1", "::1"}, made.Hosts)
	require.Len(t, made.Fingerprint, 64)
	require.WithinDuration(t, now.Add(397*day), made.Until, time.Second)
	for name, mode := range map[string]os.FileMode{RootKeyFile: 0o600, KeyFile: 0o600, RootFile: 0o644, CertFile: 0o644} {
		info, err := os.Stat(filepath.Join(dir, name))
		require.NoError(t, err)
		require.Equal(t, mode, info.Mode().Perm(), name)
	}
	srv := serve(t, dir, func(err error) { t.Error(err) })
	at := srv.Listener.Addr().String()
	for _, name := range []string{"ayumi.tky.pref.example", "127.0.0.1", "::1"} {
		_, err = ask(t, dir, at, name)
		require.NoError(t, err, name)
	}
	_, err = ask(t, dir, at, "bank.example")
	require.Error(t, err)
	_, err = tls.Dial("tcp", at, &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11, InsecureSkipVerify: true})
	require.ErrorContains(t, err, "protocol version")

	_, err = Init(dir, []string{"other.example"}, now)
	require.ErrorIs(t, err, ErrExists)
}

// Whoever steals the root's key cannot pretend to be another site to the PCs.
func TestTheRootVouchesForItsHostsOnly(t *testing.T) {
	for _, hosts := range [][]string{{"ayumi.example"}, {"10.1.2.3"}, {"ayumi.example", "10.1.2.3"}} {
		dir := t.TempDir()
		_, err := Init(dir, hosts, time.Now())
		require.NoError(t, err)
		root, err := certificate(filepath.Join(dir, RootFile))
		require.NoError(t, err)
		signer, err := privateKey(filepath.Join(dir, RootKeyFile))
		require.NoError(t, err)
		pool := x509.NewCertPool()
		pool.AddCert(root)
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		require.NoError(t, err)
		verify := func(c *x509.Certificate) error {
			c.SerialNumber, c.NotBefore, c.NotAfter, c.ExtKeyUsage = serial(), time.Now().Add(-time.Hour), time.Now().Add(time.Hour), []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
			der, err := x509.CreateCertificate(rand.Reader, c, root, &key.PublicKey, signer)
			require.NoError(t, err)
			leaf, err := x509.ParseCertificate(der)
			require.NoError(t, err)
			_, err = leaf.Verify(x509.VerifyOptions{Roots: pool})
			return err
		}
		names, ips, err := read(hosts)
		require.NoError(t, err)
		require.NoError(t, verify(&x509.Certificate{DNSNames: names, IPAddresses: ips}))
		_, foreign, err := read([]string{"10.1.2.4", "2001:db8::1"})
		require.NoError(t, err)
		require.Error(t, verify(&x509.Certificate{DNSNames: []string{"bank.example"}}), hosts)
		for _, ip := range foreign {
			require.Error(t, verify(&x509.Certificate{IPAddresses: foreign[:1]}), "%v %v", hosts, ip)
		}
		require.Error(t, verify(&x509.Certificate{IPAddresses: foreign[1:]}), hosts)
		require.Error(t, verify(&x509.Certificate{DNSNames: names, IsCA: true, BasicConstraintsValid: true, URIs: nil, IPAddresses: foreign}), hosts)
	}
}

func TestARunningServerTakesTheNewCertificate(t *testing.T) {
	dir := t.TempDir()
	_, err := Init(dir, []string{"127.0.0.1"}, time.Now().Add(-380*day))
	require.NoError(t, err)
	var told error
	srv := serve(t, dir, func(err error) { told = err })
	at := srv.Listener.Addr().String()
	before, err := ask(t, dir, at, "127.0.0.1")
	require.NoError(t, err)
	_, err = Renew(dir, time.Now())
	require.NoError(t, err)
	after, err := ask(t, dir, at, "127.0.0.1")
	require.NoError(t, err)
	require.NotEqual(t, before.SerialNumber, after.SerialNumber)
	require.True(t, after.NotAfter.After(before.NotAfter))

	require.NoError(t, os.WriteFile(filepath.Join(dir, KeyFile), []byte("torn"), 0o600))
	still, err := ask(t, dir, at, "127.0.0.1")
	require.NoError(t, err, "a torn file stops nobody")
	require.Equal(t, after.SerialNumber, still.SerialNumber)
	require.Error(t, told)
	require.NoError(t, os.Remove(filepath.Join(dir, RootKeyFile)))
	_, err = Renew(dir, time.Now())
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestHostsHaveAForm(t *testing.T) {
	for _, bad := range [][]string{nil, {""}, {"*.example"}, {"a b"}, {"10.0.0.256"}, {"0.0.0.0"}, {"-a.example"}, {"https://ayumi.example"}, {"歩み.example"}} {
		_, err := Init(t.TempDir(), bad, time.Now())
		require.ErrorIs(t, err, ErrHost, bad)
	}
}

// Two machines under one root believe each other, each under its own name, and go on
// after both got new certificates.
func TestMachinesShowEachOtherTheirCertificates(t *testing.T) {
	dir, now := filepath.Join(t.TempDir(), "tls"), time.Now()
	require.NoError(t, Root(dir, []string{"one", "two", "127.0.0.1"}, now))
	require.ErrorIs(t, Root(dir, []string{"one"}, now), ErrExists)
	require.NoError(t, Issue(dir, "one", []string{"one", "127.0.0.1"}, now))
	require.NoError(t, Issue(dir, "two", []string{"two"}, now))
	require.ErrorIs(t, Issue(dir, "three", []string{"no name"}, now), ErrHost)
	pool := x509.NewCertPool()
	raw, err := os.ReadFile(filepath.Join(dir, RootFile))
	require.NoError(t, err)
	require.True(t, pool.AppendCertsFromPEM(raw))
	meet := func(server, client, name string) (*x509.Certificate, error) {
		pair := func(name string) tls.Certificate {
			c, err := tls.LoadX509KeyPair(filepath.Join(dir, name+".pem"), filepath.Join(dir, name+".key"))
			require.NoError(t, err)
			return c
		}
		l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{pair(server)}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: pool})
		require.NoError(t, err)
		defer l.Close()
		go func() {
			if c, err := l.Accept(); err == nil {
				_, _ = io.WriteString(c, "!") // or the reason not to
				_ = c.Close()
			}
		}()
		c, err := tls.Dial("tcp", l.Addr().String(), &tls.Config{Certificates: []tls.Certificate{pair(client)}, RootCAs: pool, ServerName: name})
		if err != nil {
			return nil, err
		}
		defer c.Close()
		_, err = c.Read(make([]byte, 1))
		return c.ConnectionState().PeerCertificates[0], err
	}
	first, err := meet("one", "two", "one")
	require.NoError(t, err)
	_, err = meet("one", "two", "127.0.0.1")
	require.NoError(t, err)
	_, err = meet("two", "one", "one")
	require.ErrorContains(t, err, "not one")
	require.NoError(t, Reissue(dir, "one", now.Add(24*time.Hour)))
	require.Error(t, Reissue(dir, "three", now))
	other, err := meet("two", "two", "two")
	require.NoError(t, err)
	require.Equal(t, []string{"two"}, other.DNSNames)
	renewed, err := certificate(filepath.Join(dir, "one.pem"))
	require.NoError(t, err)
	require.Equal(t, first.DNSNames, renewed.DNSNames)
	require.Equal(t, first.NotAfter.Add(24*time.Hour), renewed.NotAfter)
}
