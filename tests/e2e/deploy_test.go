package e2e_test

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"ayumi/cmd/app"
)

// What is handed to operators names only options that there are, and holds no secret.
func TestDeploymentFilesNameWhatThereIs(t *testing.T) {
	known := []string{"AYUMI_KEK_GUARD", "AYUMI_READY"}
	for _, s := range app.Default().Settings() {
		known = append(known, s.Env, s.Env+"_FILE")
	}
	for _, path := range []string{"docker-compose.yml", "infra/deploy/Dockerfile", "infra/deploy/ayumi.service",
		"infra/deploy/kubernetes/one.yaml", "infra/deploy/kubernetes/ayumi.yaml", "infra/deploy/nats/ayumi.conf", "infra/deploy/caddy/Caddyfile"} {
		text, err := os.ReadFile("../../" + path)
		require.NoError(t, err)
		for _, name := range regexp.MustCompile(`AYUMI_[A-Z_]*[A-Z]`).FindAllString(string(text), -1) {
			require.True(t, slices.Contains(known, name) || name == "AYUMI_OUT", "%s: %s is no option", path, name)
		}
		require.NotRegexp(t, `(?i)password: *[^{\s$]|PASSWORD=[^$]|://[^/\s]*:[^/\s]*@`, string(text), path)
		if !bytes.HasSuffix([]byte(path), []byte("ml")) {
			continue
		}
		for documents := yaml.NewDecoder(bytes.NewReader(text)); ; {
			var document map[string]any
			err := documents.Decode(&document)
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err, path)
			require.NotEmpty(t, document, path)
		}
	}
}

// composed is docker-compose.yml, as far as it is looked at.
type composed struct {
	Services map[string]struct {
		Image, Restart string
		Build          map[string]string
		Command        []string
		Environment    map[string]string
		EnvFile        string `yaml:"env_file"`
		Volumes        []string
		Secrets        []mounted
		Networks       []string
		Ports          []string
		DependsOn      map[string]struct{ Condition string } `yaml:"depends_on"`
		Healthcheck    struct {
			Test []string
		}
	}
	Networks map[string]struct{ Internal bool }
	Volumes  map[string]any
	Secrets  map[string]struct{ File string }
}

// mounted is a secret of a service: its name alone, or with where it goes.
type mounted struct{ Source, Target string }

func (m *mounted) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		m.Source, m.Target = n.Value, n.Value
		return nil
	}
	type plain mounted
	return n.Decode((*plain)(m))
}

func readCompose(t *testing.T) composed {
	text, err := os.ReadFile("../../docker-compose.yml")
	require.NoError(t, err)
	var c composed
	require.NoError(t, yaml.Unmarshal(text, &c))
	return c
}

const made = "infra/deploy/secrets/" // what ayumi cluster init makes

// Every service says whether it is well, runs a pinned image and mounts what there is;
// every secret is made by the command and used by somebody.
func TestComposeIsWhole(t *testing.T) {
	c, dir := readCompose(t), filepath.Join(t.TempDir(), "secrets")
	require.NoError(t, app.InitCluster(dir, "ayumi.example.lg.jp", time.Now()))
	require.Error(t, app.InitCluster(dir, "ayumi.example.lg.jp", time.Now()), "nothing is overwritten")
	unused := maps.Clone(c.Secrets)
	exists := func(path string) {
		if name, secret := strings.CutPrefix(path, made); secret {
			path = filepath.Join(dir, name)
		} else {
			path = "../../" + path
		}
		info, err := os.Stat(path)
		require.NoError(t, err)
		require.Positive(t, info.Size(), path)
		require.Equal(t, os.FileMode(0o004), info.Mode().Perm()&0o007, "%s has to be read by another user in the container", path)
	}
	for name, s := range c.Services {
		require.NotEmpty(t, s.Healthcheck.Test, name)
		require.NotEmpty(t, s.Restart, name)
		if s.Build == nil {
			require.Regexp(t, `:\d+\.\d+(\.\d+)?(-[a-z-]+)?$`, s.Image, name)
		} else {
			exists(s.Build["dockerfile"])
		}
		if len(s.Ports) > 0 {
			require.Equal(t, "balancer", name, "who else is reached from outside")
		}
		for _, n := range s.Networks {
			require.Contains(t, c.Networks, n, name)
		}
		for of, on := range s.DependsOn {
			require.Contains(t, c.Services, of, name)
			require.Equal(t, "service_healthy", on.Condition, name)
		}
		if s.EnvFile != "" {
			exists(s.EnvFile)
		}
		for _, v := range s.Volumes {
			from, _, _ := strings.Cut(v, ":")
			if path, here := strings.CutPrefix(from, "./"); here {
				exists(path)
			} else {
				require.Contains(t, c.Volumes, from, name)
			}
		}
		targets := []string{}
		for _, m := range s.Secrets {
			require.Contains(t, c.Secrets, m.Source, name)
			exists(c.Secrets[m.Source].File)
			delete(unused, m.Source)
			targets = append(targets, m.Target)
		}
		for key, value := range s.Environment {
			if file, secret := strings.CutPrefix(value, "/run/secrets/"); secret && file != "roots" {
				require.Contains(t, targets, file, "%s: %s", name, key)
			}
		}
	}
	require.Empty(t, unused)
	require.True(t, c.Networks["inside"].Internal)
	for _, engine := range []string{"kurrentdb", "postgres", "nats-1", "nats-2", "nats-3"} {
		require.Equal(t, []string{"inside"}, c.Services[engine].Networks)
	}
	info, err := os.Stat(dir)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o700), info.Mode().Perm())
	key, err := os.Stat(filepath.Join(dir, "root.key"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), key.Mode().Perm())
}

// The server's own parser reads the shipped configuration with the environment of each
// of the three services; without the users it does not start.
func TestComposeConfiguresNATS(t *testing.T) {
	c, dir := readCompose(t), filepath.Join(t.TempDir(), "secrets")
	require.NoError(t, app.InitCluster(dir, "ayumi.example.lg.jp", time.Now()))
	conf, err := os.ReadFile("../../infra/deploy/nats/ayumi.conf")
	require.NoError(t, err)
	path := filepath.Join(dir, "ayumi.conf")
	require.NoError(t, os.WriteFile(path, conf, 0o600))
	for _, name := range []string{"nats-1", "nats-2", "nats-3"} {
		s := c.Services[name]
		require.Equal(t, []string{"--config", "/etc/nats/ayumi.conf"}, s.Command)
		for key, value := range s.Environment {
			t.Setenv(key, strings.Replace(value, "/run/secrets", dir, 1))
		}
		o, err := server.ProcessConfigFile(path)
		require.NoError(t, err)
		require.Equal(t, name, o.ServerName)
		require.Len(t, o.Routes, 3)
		require.Len(t, o.Nkeys, 4)
		require.True(t, o.JetStream)
		require.NotNil(t, o.TLSConfig)
		require.Equal(t, "RequireAndVerifyClientCert", o.Cluster.TLSConfig.ClientAuth.String())
		require.Equal(t, "127.0.0.1", o.HTTPHost)
	}
	require.NoError(t, os.Remove(filepath.Join(dir, "users.conf")))
	_, err = server.ProcessConfigFile(path)
	require.ErrorContains(t, err, "users.conf")
}

// The manifest of two instances sets the options of docker-compose.yml.
func TestKubernetesSetsWhatComposeSets(t *testing.T) {
	text, err := os.ReadFile("../../infra/deploy/kubernetes/ayumi.yaml")
	require.NoError(t, err)
	var first struct{ Data map[string]string }
	require.NoError(t, yaml.NewDecoder(bytes.NewReader(text)).Decode(&first))
	want := readCompose(t).Services["ayumi-1"].Environment
	want["AYUMI_PUBLIC_URL"], want["AYUMI_ORIGIN"] = "https://ayumi.example.lg.jp", "ayumi.example.lg.jp"
	require.Equal(t, want, first.Data)
}
