// Package natscluster runs three NATS servers for tests, each in a process of its own and
// all on the configuration that is shipped; each can be killed, frozen and cut off. It
// needs Linux.
package natscluster
