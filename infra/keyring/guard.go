package keyring

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// GuardName is the name of the guard in an environment file, and what a systemd
// credential is called unless another name is given.
const GuardName = "AYUMI_KEK_GUARD"

// ReadGuard reads the key that seals the files of KEKs, from where a guard says:
// "" is none; "env:FILE" reads the line AYUMI_KEK_GUARD=<64 hex digits> of an
// environment file; "credential:NAME" reads the systemd credential NAME. A guard is
// never a KEK itself: a KEK must be destroyed one day, and a credential cannot be.
func ReadGuard(from string) ([]byte, error) {
	kind, where, _ := strings.Cut(from, ":")
	switch kind {
	case "":
		return nil, nil
	case "env":
		return guardOfFile(where)
	case "credential":
		dir := os.Getenv("CREDENTIALS_DIRECTORY")
		if dir == "" {
			return nil, errors.New("option kek-guard: no credentials were passed to this process (CREDENTIALS_DIRECTORY is not set)")
		}
		if where == "" || filepath.Base(where) != where {
			return nil, fmt.Errorf("option kek-guard: %q is no name of a credential", where)
		}
		raw, err := os.ReadFile(filepath.Join(dir, where))
		if err != nil {
			return nil, fmt.Errorf("option kek-guard: %w", err)
		}
		return guardOf(strings.TrimSpace(string(raw)))
	}
	return nil, fmt.Errorf("option kek-guard: %q is neither env:FILE nor credential:NAME", from)
}

func guardOfFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("option kek-guard: %w", err)
	}
	if err := private("environment file", path, info); err != nil {
		return nil, err
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("option kek-guard: %w", err)
	}
	for line := range strings.Lines(string(raw)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		if strings.TrimSpace(strings.TrimPrefix(name, "export ")) == GuardName {
			return guardOf(strings.Trim(strings.TrimSpace(value), `"'`))
		}
	}
	return nil, fmt.Errorf("option kek-guard: %s has no line %s", path, GuardName)
}

func guardOf(text string) ([]byte, error) {
	key, err := hex.DecodeString(text)
	if err != nil || len(key) != keySize {
		return nil, fmt.Errorf("option kek-guard: the guard is not %d hex digits", 2*keySize)
	}
	return key, nil
}

func private(what, path string, info fs.FileInfo) error {
	if mode := info.Mode().Perm(); mode&0o077 != 0 && runtime.GOOS != "windows" {
		return fmt.Errorf("%s %s can be read by others (mode %04o): set it to 0600", what, path, mode)
	}
	return nil
}
