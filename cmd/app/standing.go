package app

import (
	"context"
	"path/filepath"
	"strings"

	"ayumi/infra/keyring"
	"ayumi/infra/web"
)

// KEKBeside tells whether whoever copies the data directory copies with the key
// table what opens it: then erasing is not final in that copy, and a stolen copy
// can be read.
func (c Config) KEKBeside() bool {
	guard, sealed := strings.CutPrefix(c.KEKGuard, "env:")
	switch {
	case c.Keys != "": // the table lies elsewhere
		return false
	case !within(c.KEKFolder(), c.Data):
		return false
	case sealed:
		return within(guard, c.Data)
	}
	return c.KEKGuard == "" // a credential is never a file of the data directory
}

// within tells whether a path lies in a folder, links followed as far as they go.
func within(path, folder string) bool {
	real := func(p string) string {
		if abs, err := filepath.Abs(p); err == nil {
			p = abs
		}
		for rest := ""; ; {
			if to, err := filepath.EvalSymlinks(p); err == nil {
				return filepath.Join(to, rest)
			}
			if up := filepath.Dir(p); up != p {
				p, rest = up, filepath.Join(filepath.Base(p), rest)
				continue
			}
			return filepath.Join(p, rest)
		}
	}
	way, err := filepath.Rel(real(folder), real(path))
	return err == nil && way != ".." && !strings.HasPrefix(way, ".."+string(filepath.Separator))
}

// KEKFolder is where the key-encryption keys lie.
func (c Config) KEKFolder() string {
	switch {
	case c.KEKDir != "":
		return c.KEKDir
	case c.Secrets != "":
		return filepath.Join(c.Secrets, "kek")
	}
	return c.in("keys", "kek")
}

// MoveKEKs puts the key-encryption keys of a data directory that nobody works on in
// another folder.
func MoveKEKs(ctx context.Context, c Config, to string) error {
	release, err := hold(c)
	if err != nil {
		return err
	}
	defer release()
	return keyring.Move(ctx, c.KEKFolder(), to, c.Keys)
}

// MoveCommand and ServeCommand are the two lines by which keys that lie beside the
// data are put elsewhere.
func MoveCommand(data, to string) string {
	return "ayumi keys move " + shellWord(to) + " --data " + shellWord(data)
}

// ServeCommand serves a data directory whose KEKs lie elsewhere.
func ServeCommand(data, to string) string {
	return "ayumi serve --data " + shellWord(data) + " --kek-dir " + shellWord(to)
}

// shellWord is a path as a shell reads it.
func shellWord(path string) string {
	if strings.Trim(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-") == "" {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// ElseWhere is where keys may be moved to: beside no backup of the data.
const ElseWhere = "/var/lib/ayumi-kek"

// keyPlace tells the pages where the keys of the keys lie.
func (a *App) keyPlace() web.KeyPlace {
	return web.KeyPlace{Beside: a.Config.KEKBeside(), Folder: a.Config.KEKFolder(),
		Remedy: []string{MoveCommand(a.Config.Data, ElseWhere), ServeCommand(a.Config.Data, ElseWhere)}}
}
