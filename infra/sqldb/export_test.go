package sqldb

// Verifier is verifier, for tests.
var Verifier = verifier
