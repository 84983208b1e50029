package webhook

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"
)

// The faults of an address.
var (
	// ErrAddress: no https address, or one with a password or a fragment in it.
	ErrAddress = errors.New("webhook: not an address to deliver to")
	errInside  = errors.New("webhook: an address inside")
)

// CheckAddress tells whether an address may be delivered to; private lets in http and
// hosts inside. What the name stands for is looked at when it is dialled.
func CheckAddress(address string, private bool) error {
	u, err := url.Parse(address)
	switch {
	case err != nil, len(address) > 2000, u.Host == "", u.Hostname() == "", u.User != nil, u.Fragment != "", u.Opaque != "":
		return ErrAddress
	case u.Scheme != "https" && (u.Scheme != "http" || !private):
		return ErrAddress
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !private && inside(ip) {
		return ErrAddress
	}
	return nil
}

// special are addresses that no receiver on the internet has (IANA registries).
var special = prefixes("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
	"203.0.113.0/24", "240.0.0.0/4", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10")

func prefixes(list ...string) (out []netip.Prefix) {
	for _, p := range list {
		out = append(out, netip.MustParsePrefix(p))
	}
	return out
}

// inside tells whether an address is of this machine, of a network like the
// prefecture's own, or of none.
func inside(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	if !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return true // loopback, link-local, multicast and the unspecified one are none
	}
	for _, p := range special {
		if p.Contains(ip) {
			return true
		}
	}
	return false
}

// The bounds of one delivery.
const (
	patience   = 15 * time.Second
	mostAnswer = 16 << 10 // bytes of an answer that are read; nobody looks at them
)

// newClient follows no redirect, asks no proxy, and dials nothing inside: the check
// sees the address the name has led to, so a name cannot change between.
func newClient(private bool) *http.Client {
	dialer := &net.Dialer{Timeout: patience / 3, ControlContext: func(_ context.Context, _, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("webhook: %w", err)
		}
		if !private && inside(at.Addr()) {
			return errInside
		}
		return nil
	}}
	return &http.Client{
		Timeout:       patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12}, ForceAttemptHTTP2: true,
			TLSHandshakeTimeout: patience / 3, ResponseHeaderTimeout: patience, MaxResponseHeaderBytes: mostAnswer,
			IdleConnTimeout: time.Minute, MaxIdleConnsPerHost: 1, DisableCompression: true,
		},
	}
}
