package witness

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"ayumi/domain/ledger"
)

// Log is what a witness is shown.
type Log interface {
	// Continues proves that the newest checkpoint goes on from a tree of old events,
	// and answers that checkpoint.
	Continues(old int64) (tlog.TreeProof, []byte, error)
}

// Refusal is the answer of a witness that does not sign.
type Refusal struct {
	Witness string
	Status  int
}

// Forked tells whether the witness signed another history of the log.
func (r *Refusal) Forked() bool {
	return r.Status == http.StatusUnprocessableEntity || r.Status == http.StatusConflict
}

func (r *Refusal) Error() string {
	if r.Forked() {
		return fmt.Sprintf("%s: FORK: it signed another history of this log", r.Witness)
	}
	return fmt.Sprintf("%s does not sign: status %d", r.Witness, r.Status)
}

// Client asks witnesses.
type Client struct{ HTTP *http.Client }

// Ask has a witness sign the newest checkpoint of a log, and answers the checkpoint
// with the signature line that was checked. known is how many events it signed
// last; where that is wrong the witness says so and is asked once more.
func (c Client) Ask(ctx context.Context, log Log, key note.Verifier, w ledger.Witnessing, known int64) (checkpoint, line []byte, err error) {
	for again := false; ; again = true {
		proof, signed, err := log.Continues(known)
		if err != nil {
			return nil, nil, fmt.Errorf("witness %s signed %d events: %w", w.Name(), known, err)
		}
		status, body, err := c.post(ctx, w.Address+Path, ledger.Addition{Old: known, Proof: proof, Checkpoint: signed}.Format())
		switch {
		case err != nil:
			return nil, nil, fmt.Errorf("witness %s: %w", w.Name(), err)
		case status == http.StatusConflict && !again:
			before := known
			if known, err = sizeOf(body); err != nil {
				return nil, nil, err
			}
			if known == before {
				return nil, nil, &Refusal{w.Name(), status}
			}
			continue
		case status != http.StatusOK:
			return nil, nil, &Refusal{w.Name(), status}
		}
		_, seen, err := ledger.OpenTreeHead(append(bytes.Clone(signed), body...), []note.Verifier{key}, []note.Verifier{w.Verifier})
		if err != nil || seen != 1 {
			return nil, nil, errors.Join(fmt.Errorf("witness %s: its signature does not verify", w.Name()), err)
		}
		return signed, body, nil
	}
}

func (c Client) post(ctx context.Context, address string, body []byte) (int, []byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	res, err := c.HTTP.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, 4096))
	return res.StatusCode, answer, err
}

// ErrTooFew: fewer witnesses signed than the policy demands.
var ErrTooFew = errors.New("too few witnesses signed")

// Answer is what came of asking one witness: its signature line over the checkpoint,
// or why there is none.
type Answer struct {
	Name       string
	Checkpoint []byte // as it was sent
	Line       []byte
	Err        error
}

// AskEach asks every witness of a policy.
func (c Client) AskEach(ctx context.Context, log Log, key note.Verifier, p ledger.Policy) []Answer {
	var out []Answer
	for _, w := range p.Witnesses {
		a := Answer{Name: w.Name()}
		a.Checkpoint, a.Line, a.Err = c.Ask(ctx, log, key, w, 0)
		out = append(out, a)
	}
	return out
}

// Gather is the newest checkpoint with all signatures over it, and how many. Who
// refused, or could not be reached, is in the error, beside ErrTooFew where the
// quorum is not reached.
func Gather(answers []Answer, quorum int) ([]byte, int, error) {
	var signed []byte
	var lines [][]byte
	var faults []error
	for _, a := range answers {
		if a.Err != nil {
			faults = append(faults, a.Err)
			continue
		}
		if signed != nil && !bytes.Equal(signed, a.Checkpoint) {
			lines = nil // the log grew while it asked: the older signatures are of another tree
		}
		signed, lines = a.Checkpoint, append(lines, a.Line)
	}
	if len(lines) < quorum {
		faults = append(faults, fmt.Errorf("%w: %d of %d", ErrTooFew, len(lines), quorum))
	}
	return append(bytes.Clone(signed), bytes.Join(lines, nil)...), len(lines), errors.Join(faults...)
}

// AskAll asks every witness of a policy and gathers their signatures.
func (c Client) AskAll(ctx context.Context, log Log, key note.Verifier, p ledger.Policy) ([]byte, int, error) {
	return Gather(c.AskEach(ctx, log, key, p), p.Quorum)
}
