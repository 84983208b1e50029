package app

import "golang.org/x/sys/windows"

// free is how many bytes may still be written where a path lies; 0 if nobody knows.
func free(path string) uint64 {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return 0
	}
	var bytes uint64
	if windows.GetDiskFreeSpaceEx(name, &bytes, nil, nil) != nil {
		return 0
	}
	return bytes
}
