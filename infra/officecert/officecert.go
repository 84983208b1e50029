// Package officecert makes the certificates of an office LAN that has no authority
// of its own: a root that may vouch for the named hosts and nothing else, and a
// certificate for the server under it. It also serves a certificate that is replaced
// while the server runs.
package officecert

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Names of the files in the folder of Init.
const (
	RootFile    = "root.pem"     // for the PCs of the office
	RootKeyFile = "root.key"     // for the next renewal; keep it off the server
	CertFile    = "server.pem"   // of the server, with the root behind it
	KeyFile     = "server.key"   // of the server
	rootLife    = 10 * 365 * day // until the PCs need another root
	serverLife  = 397 * day      // as browsers take it
	backdated   = time.Hour      // for PCs whose clock is late
	day         = 24 * time.Hour
)

var (
	// ErrExists: the folder holds a root; a second one would not be trusted.
	ErrExists = errors.New("there is a root certificate already")
	// ErrHost: a host is neither a name nor an address of a machine.
	ErrHost = errors.New("no host name or address")
)

// hostForm is a host name of RFC 1123 in small letters.
var hostForm = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// Made says what is in a folder.
type Made struct {
	Hosts       []string
	Until       time.Time // of the server's certificate
	RootUntil   time.Time
	Fingerprint string // SHA-256 of the root, to compare on the PCs
}

// Init makes a root and a server certificate for hosts in a folder, which is made for
// its owner alone. It overwrites nothing.
func Init(dir string, hosts []string, now time.Time) (Made, error) {
	if err := Root(dir, hosts, now); err != nil {
		return Made{}, err
	}
	return Renew(dir, now)
}

// Root makes a root that may vouch for hosts in a folder, which is made for its owner
// alone. It overwrites nothing.
func Root(dir string, hosts []string, now time.Time) error {
	names, ips, err := read(hosts)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for _, name := range []string{RootFile, RootKeyFile} {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			return ErrExists
		}
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	root := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{CommonName: "Ayumi office root " + now.UTC().Format("2006-01-02")},
		NotBefore: now.Add(-backdated), NotAfter: now.Add(rootLife), KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		BasicConstraintsValid: true, IsCA: true, MaxPathLenZero: true,
		PermittedDNSDomainsCritical: true, PermittedDNSDomains: names, PermittedIPRanges: ranges(ips),
	}
	// A kind of name with no permitted one is shut by name, or it would be open.
	if len(names) == 0 {
		root.ExcludedDNSDomains = []string{""}
	}
	if len(ips) == 0 {
		root.ExcludedIPRanges = []*net.IPNet{{IP: net.IPv4zero.To4(), Mask: net.CIDRMask(0, 32)}, {IP: net.IPv6zero, Mask: net.CIDRMask(0, 128)}}
	}
	der, err := x509.CreateCertificate(rand.Reader, root, root, &key.PublicKey, key)
	if err != nil {
		return err
	}
	if err := write(dir, RootKeyFile, 0o600, keyBlock(key)); err != nil {
		return err
	}
	return write(dir, RootFile, 0o644, &pem.Block{Type: "CERTIFICATE", Bytes: der})
}

// Renew makes a new server certificate for the hosts of the root in a folder, with a
// new key. A server that runs takes it with the next connection.
func Renew(dir string, now time.Time) (Made, error) {
	return issue(dir, CertFile, KeyFile, nil, now, x509.ExtKeyUsageServerAuth)
}

// Issue makes a certificate, name.pem, and its key, name.key, for the hosts of one
// machine under the root in a folder. Machines show it to each other: it is good for
// the one that calls and for the one that is called.
func Issue(dir, name string, hosts []string, now time.Time) error {
	_, err := issue(dir, name+".pem", name+".key", hosts, now, x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth)
	return err
}

// Reissue makes a new certificate of Issue, for the hosts of the old one.
func Reissue(dir, name string, now time.Time) error {
	old, err := certificate(filepath.Join(dir, name+".pem"))
	if err != nil {
		return err
	}
	hosts := slices.Clone(old.DNSNames)
	for _, ip := range old.IPAddresses {
		hosts = append(hosts, ip.String())
	}
	return Issue(dir, name, hosts, now)
}

// issue makes a certificate for hosts; without any, for those of the root.
func issue(dir, certFile, keyFile string, hosts []string, now time.Time, usage ...x509.ExtKeyUsage) (Made, error) {
	root, err := certificate(filepath.Join(dir, RootFile))
	if err != nil {
		return Made{}, err
	}
	signer, err := privateKey(filepath.Join(dir, RootKeyFile))
	if err != nil {
		return Made{}, err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return Made{}, err
	}
	until := now.Add(serverLife)
	if root.NotAfter.Before(until) {
		until = root.NotAfter
	}
	cert := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{CommonName: "Ayumi"}, NotBefore: now.Add(-backdated), NotAfter: until,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: usage, BasicConstraintsValid: true,
		DNSNames: root.PermittedDNSDomains,
	}
	for _, r := range root.PermittedIPRanges {
		cert.IPAddresses = append(cert.IPAddresses, r.IP)
	}
	if len(hosts) > 0 {
		if cert.DNSNames, cert.IPAddresses, err = read(hosts); err != nil {
			return Made{}, err
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, cert, root, &key.PublicKey, signer)
	if err != nil {
		return Made{}, err
	}
	// The key goes first: who reads between the two writes finds a pair that does not
	// fit, and keeps the old one.
	if err := write(dir, keyFile, 0o600, keyBlock(key)); err != nil {
		return Made{}, err
	}
	if err := write(dir, certFile, 0o644, &pem.Block{Type: "CERTIFICATE", Bytes: der}, &pem.Block{Type: "CERTIFICATE", Bytes: root.Raw}); err != nil {
		return Made{}, err
	}
	sum := sha256.Sum256(root.Raw)
	made := Made{Hosts: slices.Clone(cert.DNSNames), Until: until, RootUntil: root.NotAfter, Fingerprint: strings.ToUpper(hex.EncodeToString(sum[:]))}
	for _, ip := range cert.IPAddresses {
		made.Hosts = append(made.Hosts, ip.String())
	}
	return made, nil
}

func read(hosts []string) (names []string, ips []net.IP, err error) {
	for _, h := range hosts {
		switch ip := net.ParseIP(h); {
		case ip != nil && ip.IsUnspecified():
			return nil, nil, fmt.Errorf("%s: %w", h, ErrHost)
		case ip != nil:
			ips = append(ips, ip)
		case len(h) <= 253 && hostForm.MatchString(strings.ToLower(h)) && !onlyDigits(h):
			names = append(names, strings.ToLower(h))
		default:
			return nil, nil, fmt.Errorf("%q: %w", h, ErrHost)
		}
	}
	if len(names)+len(ips) == 0 {
		return nil, nil, ErrHost
	}
	return names, ips, nil
}

// onlyDigits tells a mistyped address from a name.
func onlyDigits(h string) bool { return strings.Trim(h, "0123456789.") == "" }

// ranges permits each address and no neighbour.
func ranges(ips []net.IP) (out []*net.IPNet) {
	for _, ip := range ips {
		if four := ip.To4(); four != nil {
			ip = four
		}
		out = append(out, &net.IPNet{IP: ip, Mask: net.CIDRMask(8*len(ip), 8*len(ip))})
	}
	return out
}

func serial() *big.Int {
	var b [16]byte
	rand.Read(b[:])
	b[0] &= 0x7f // positive in DER
	return new(big.Int).SetBytes(b[:])
}

func keyBlock(key *ecdsa.PrivateKey) *pem.Block {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		panic(err) // a P-256 key has a form
	}
	return &pem.Block{Type: "PRIVATE KEY", Bytes: der}
}

// write puts a whole file in the place of what was there.
func write(dir, name string, mode os.FileMode, blocks ...*pem.Block) error {
	f, err := os.CreateTemp(dir, name+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone where all went well
	err = f.Chmod(mode)
	for _, b := range blocks {
		if err == nil {
			err = pem.Encode(f, b)
		}
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), filepath.Join(dir, name))
}

func certificate(path string) (*x509.Certificate, error) {
	block, err := first(path)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(block.Bytes)
}

func privateKey(path string) (any, error) {
	block, err := first(path)
	if err != nil {
		return nil, err
	}
	return x509.ParsePKCS8PrivateKey(block.Bytes)
}

func first(path string) (*pem.Block, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(raw)
	if block == nil {
		return nil, fmt.Errorf("%s: no PEM", path)
	}
	return block, nil
}
