package main

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"regexp"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var (
	secretIn   = regexp.MustCompile(`otpauth://totp/[^"]*secret=([A-Z2-7]+)`)
	recoveryIn = regexp.MustCompile(`<li>([a-z2-7-]{29})</li>`)
)

// enrol registers an authenticator app for a sign-in name, as a browser does, and puts
// the app's next code and two recovery codes into the environment: enrol URL NAME.
func enrol(ts *testscript.TestScript, _ bool, args []string) {
	jar, err := cookiejar.New(nil)
	ts.Check(err)
	client := &http.Client{Jar: jar}
	read := func(res *http.Response, err error) string {
		ts.Check(err)
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		ts.Check(err)
		return html.UnescapeString(string(body))
	}
	password := ts.Getenv("AYUMI_PASSWORD")
	read(client.PostForm(args[0]+"/sign-in", url.Values{"sign_in_name": {args[1]}, "password": {password}}))
	found := secretIn.FindStringSubmatch(read(client.Get(args[0] + "/settings/factor")))
	if found == nil {
		ts.Fatalf("no secret on the page")
	}
	key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(found[1])
	ts.Check(err)
	code := func(at time.Time) string {
		mac := hmac.New(sha1.New, key)
		binary.Write(mac, binary.BigEndian, uint64(at.Unix()/30))
		sum := mac.Sum(nil)
		return fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[sum[19]&15:])&0x7fffffff%1_000_000)
	}
	codes := recoveryIn.FindAllStringSubmatch(read(client.PostForm(args[0]+"/settings/factor", url.Values{"password": {password}, "code": {code(time.Now())}})), -1)
	if len(codes) < 2 {
		ts.Fatalf("no recovery codes on the page")
	}
	ts.Setenv("NEXT", code(time.Now().Add(30*time.Second)))
	ts.Setenv("RECOVERY", codes[0][1])
	ts.Setenv("RECOVERY2", codes[1][1])
}

// private wants a file that its owner alone can read: private FILE.
func private(ts *testscript.TestScript, _ bool, args []string) {
	at, err := os.Stat(ts.MkAbs(args[0]))
	ts.Check(err)
	if at.Mode().Perm() != 0o600 {
		ts.Fatalf("%s has the mode %v", args[0], at.Mode())
	}
}
