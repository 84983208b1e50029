//go:build !race

package kurrentdb_test

const raced = false
