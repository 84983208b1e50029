//go:build js && wasm

package main

import (
	"bytes"
	"encoding/json"
	"syscall/js"

	"ayumi/domain/proof"
)

// In a browser the verifier is one function: ayumiVerify(bundles, keys, language)
// with an array of Uint8Array answers JSON: for each bundle its report and words.
func main() {
	js.Global().Set("ayumiVerify", js.FuncOf(func(_ js.Value, args []js.Value) any {
		answer, err := json.Marshal(verify(args[0], args[1].String(), args[2].String()))
		if err != nil {
			return err.Error()
		}
		return string(answer)
	}))
	js.Global().Call("ayumiReady")
	select {}
}

type said struct {
	*proof.Report
	Exit    int      `json:"exit"`
	Outcome string   `json:"outcome"`
	Words   []string `json:"words"`
	Fault   string   `json:"fault,omitempty"`
}

func verify(files js.Value, keys, language string) (out []said) {
	trust, err := proof.ParseTrust(keys)
	if err != nil {
		return []said{{Exit: proof.Unreadable, Fault: err.Error()}}
	}
	v := &proof.Verifier{Trust: trust}
	for i := range files.Length() {
		raw := make([]byte, files.Index(i).Length())
		js.CopyBytesToGo(raw, files.Index(i))
		v.Last = i == files.Length()-1
		r := v.Verify(bytes.NewReader(raw), int64(len(raw)))
		s := said{Report: r, Exit: r.Exit(), Outcome: r.Outcome(language)}
		for _, c := range r.Checks {
			s.Words = append(s.Words, c.Say(language))
		}
		out = append(out, s)
	}
	return out
}
