//go:build unix

package app

import "golang.org/x/sys/unix"

// free is how many bytes may still be written where a path lies; 0 if nobody knows.
func free(path string) uint64 {
	var s unix.Statfs_t
	if unix.Statfs(path, &s) != nil {
		return 0
	}
	return uint64(s.Bavail) * uint64(s.Bsize)
}
