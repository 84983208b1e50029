package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v3"
)

// door is where a sign-in name asks a server, with the file that keeps its session.
type door struct {
	base *url.URL
	user string
	path string // "" where the system names no folder for it
}

// keptSession is a session that opens a server for a sign-in name. It ends as that of a
// browser does; the server says when.
type keptSession struct {
	Name  string `json:"name"` // of the cookie
	Value string `json:"value"`
}

func (s *shell) door(cmd *cli.Command) (*door, error) {
	base, err := url.Parse(cmd.String("server"))
	if err != nil {
		return nil, err
	}
	d := &door{base: base, user: cmd.String("user")}
	if dir, err := os.UserConfigDir(); err == nil {
		d.path = filepath.Join(dir, "ayumi", "sessions.json")
	}
	return d, nil
}

// key names a session in the file: of this very server and name.
func (d *door) key() string {
	return d.user + " " + d.base.Scheme + "://" + d.base.Host + strings.TrimSuffix(d.base.Path, "/")
}

func (d *door) all() map[string]keptSession {
	out := map[string]keptSession{}
	if raw, err := os.ReadFile(d.path); err == nil {
		json.Unmarshal(raw, &out) // what cannot be read opens nothing
	}
	return out
}

// kept is the session that was kept, or nil.
func (d *door) kept() *http.Cookie {
	k, ok := d.all()[d.key()]
	if !ok || k.Name == "" {
		return nil
	}
	return &http.Cookie{Name: k.Name, Value: k.Value}
}

func (d *door) forget() error {
	all := d.all()
	delete(all, d.key())
	return d.write(all)
}

func (d *door) keep(c *http.Cookie) error {
	if d.path == "" {
		return nil
	}
	all := d.all()
	all[d.key()] = keptSession{c.Name, c.Value}
	return d.write(all)
}

// write puts the file in place as a whole. Only its owner reads it.
func (d *door) write(all map[string]keptSession) error {
	if len(all) == 0 {
		if err := os.Remove(d.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	raw, err := json.Marshal(all)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(d.path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(d.path), "sessions-*") // mode 0600
	if err != nil {
		return err
	}
	_, err = f.Write(raw)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), d.path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

// secondStep signs in as a browser does, with a code, and keeps the session.
func (s *shell) secondStep(ctx context.Context, cmd *cli.Command, d *door, password string) (*http.Cookie, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	client := &http.Client{Timeout: time.Minute, Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	to, err := s.stepTo(ctx, client, d, "/sign-in", url.Values{"sign_in_name": {d.user}, "password": {password}})
	if err != nil {
		return nil, err
	}
	if to == "/sign-in/code" {
		code, err := s.code(cmd)
		if err != nil {
			return nil, err
		}
		if to, err = s.stepTo(ctx, client, d, to, url.Values{"code": {code}}); err != nil {
			return nil, err
		}
	}
	if strings.HasPrefix(to, "/sign-in") { // a first password to change, or no factor yet
		return nil, errors.New(s.w.Session.Browser)
	}
	for _, c := range jar.Cookies(d.base) {
		if strings.TrimPrefix(c.Name, "__Host-") == "ayumi" {
			return c, d.keep(c)
		}
	}
	return nil, errors.New(s.w.Session.Wrong)
}

// stepTo sends one form of the sign-in and answers where that leads.
func (s *shell) stepTo(ctx context.Context, client *http.Client, d *door, path string, form url.Values) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, d.base.JoinPath(path).String(), strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := client.Do(req)
	if err != nil {
		return "", err
	}
	res.Body.Close()
	switch res.StatusCode {
	case http.StatusSeeOther:
		return res.Header.Get("Location"), nil
	case http.StatusTooManyRequests:
		return "", errors.New(s.w.Refusal("signin.too_often", "", map[string]string{"seconds": res.Header.Get("Retry-After")}))
	}
	return "", errors.New(s.w.Session.Wrong)
}

// code is that of the option, or what is typed now.
func (s *shell) code(cmd *cli.Command) (string, error) {
	if code := cmd.String("code"); code != "" {
		return code, nil
	}
	if at, err := os.Stdin.Stat(); err != nil || at.Mode()&os.ModeCharDevice == 0 {
		return "", errors.New(s.w.Session.Need)
	}
	fmt.Fprint(os.Stderr, s.w.Session.Ask)
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if code := strings.TrimSpace(line); err == nil && code != "" {
		return code, nil
	}
	return "", errors.New(s.w.Session.Need)
}

// leave ends the session that is kept of a server, there and here.
func (s *shell) leave(ctx context.Context, cmd *cli.Command) error {
	d, err := s.door(cmd)
	if err != nil {
		return err
	}
	cookie := d.kept()
	if cookie == nil {
		return errors.New(s.w.Session.None)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, d.base.JoinPath("/sign-out").String(), nil)
	if err != nil {
		return err
	}
	req.AddCookie(cookie)
	client := &http.Client{Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err == nil {
		res.Body.Close()
		if res.StatusCode != http.StatusSeeOther {
			err = errors.New(s.w.Command.ServerSaid(res.StatusCode, res.Status))
		}
	}
	if err = errors.Join(err, d.forget()); err == nil {
		say(out(cmd), s.w.Session.Left)
	}
	return err
}
