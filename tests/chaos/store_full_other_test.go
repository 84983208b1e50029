//go:build !linux

package chaos

func limitFileSize() {}
