package api_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The API library names other routers in its go.mod; none of them is linked.
func TestNoOtherRouterIsLinked(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "ayumi/infra/api").Output()
	require.NoError(t, err)
	require.Contains(t, string(out), "github.com/danielgtaylor/huma/v2/adapters/humago")
	for pkg := range strings.Lines(string(out)) {
		for _, other := range []string{"gin-gonic", "gofiber", "labstack", "go-chi", "spf13", "gorilla", "julienschmidt", "bunrouter"} {
			require.NotContains(t, pkg, other)
		}
	}
}
