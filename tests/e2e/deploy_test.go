package e2e_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"regexp"
	"slices"
	"testing"

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
	for _, path := range []string{"docker-compose.yml", "infra/deploy/Dockerfile", "infra/deploy/ayumi.service", "infra/deploy/kubernetes/ayumi.yaml"} {
		text, err := os.ReadFile("../../" + path)
		require.NoError(t, err)
		for _, name := range regexp.MustCompile(`AYUMI_[A-Z_]*[A-Z]`).FindAllString(string(text), -1) {
			require.True(t, slices.Contains(known, name), "%s: %s is no option", path, name)
		}
		require.NotRegexp(t, `(?i)password: *[^{\s$]|PASSWORD=[^$]`, string(text), path)
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
