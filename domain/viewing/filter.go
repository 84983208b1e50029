package viewing

import "ayumi/domain/japan"

// Filter chooses entries of the access log. What is empty chooses all.
type Filter struct {
	Subjects   []string // any of them: the pseudonyms of one human being, or a file's digest
	Account    string
	Controller string // and what belongs to none
	Act        string
	Query      string     // words searched for, in clear: digests are compared
	From, To   japan.Date // both included
	Before     uint64     // only numbers below: the next page
	Limit      int        // 0: 100
}

// Head says where an access log stands. Fault is why it takes no entry now.
type Head struct {
	Size   uint64
	Root   [32]byte // of the Merkle tree over all entries, RFC 6962
	Gone   uint64   // entries up to here are past their retention; their leaf hashes stay
	Oldest japan.Date
	Fault  error
}
