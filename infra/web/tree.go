package web

import (
	"encoding/base64"
	"net/http"
	"strconv"
	"time"
)

// Tree is what is known of the tree over the log.
type Tree struct {
	Word        string // ok, reading, empty, fork, fault
	Size        uint64 // records under the newest checkpoint
	Root        [32]byte
	At          time.Time
	Key         string // verifier key
	Signed      []byte // the checkpoint
	Cause       string // of a fault, for operators
	First, Last int    // of a fork: the records among which it differs; 0 if records are missing
	Was, Is     int    // of a fork: records signed and found
}

// Sealing tells of the tree and proves that records lie in it.
type Sealing interface {
	Tree() Tree
	// Proof is a file (C2SP tlog-proof); ErrMissing where there is none.
	Proof(position uint64) ([]byte, error)
}

// TreeView says how the log is sealed.
type TreeView struct {
	State Chip
	Text  string
	Facts []TreeFact
	Save  string
}

// TreeFact is a line of it; hashes and keys are set in one width.
type TreeFact struct {
	Label, Value string
	Mono         bool
}

func (s *Site) treeRoutes() {
	s.staff("GET /checkpoint", s.checkpoint)
	s.staff("GET /access-log/checkpoint", s.accessCheckpoint)
	s.staff("GET /records/{no}/proof", s.proof, append([]string{"CO", "LD", "AU", "RO", "PO"}, "AN", "MG")...)
}

func (s *Site) treeView(v Visitor, full bool) *TreeView {
	if s.config.Sealing == nil {
		return nil
	}
	w, t := &v.W.Tree, s.config.Sealing.Tree()
	view := &TreeView{State: treeChip(v, t), Text: w.StateTexts[t.Word]}
	if t.Word == "fork" && t.First > 0 {
		view.Text += " " + w.ForkLine(t.First, t.Last)
	} else if t.Word == "fork" {
		view.Text += " " + w.ForkShort(t.Was, t.Is)
	}
	if t.Signed != nil {
		view.Save = "/checkpoint"
		view.Facts = []TreeFact{{Label: w.Size, Value: v.W.Number(int(t.Size))}, {Label: w.Root, Value: rootText(t.Root), Mono: true}, {Label: w.At, Value: v.W.DateTime(t.At)}}
		if full {
			view.Facts = append(view.Facts, TreeFact{Label: w.Key, Value: t.Key, Mono: true})
		}
	}
	if full && t.Cause != "" {
		view.Facts = append(view.Facts, TreeFact{Label: v.W.Status.Reason, Value: t.Cause})
	}
	return view
}

func treeChip(v Visitor, t Tree) Chip {
	c := Chip{"green", "check", v.W.Tree.States[t.Word]}
	switch t.Word {
	case "reading", "empty":
		c.Kind, c.Icon = "blue", "clock"
	case "fork", "fault":
		c.Kind, c.Icon = "red", "warn"
	}
	return c
}

// accessTree says how the access log is sealed; nil where nobody seals it.
func (s *Site) accessTree(v Visitor, full bool) *TreeView {
	if s.config.AccessSealing == nil {
		return nil
	}
	w, t := v.W.Standing, s.config.AccessSealing.Tree()
	view := &TreeView{State: treeChip(v, t), Text: w.AccessStates[t.Word]}
	if t.Word == "fork" && t.First > 0 {
		view.Text += " " + w.AccessForkLine(t.First, t.Last)
	} else if t.Word == "fork" {
		view.Text += " " + w.AccessForkShort(t.Was, t.Is)
	}
	if t.Signed != nil {
		view.Save = "/access-log/checkpoint"
		view.Facts = []TreeFact{{Label: v.W.Viewing.Kept, Value: v.W.Number(int(t.Size))}, {Label: v.W.Viewing.Root, Value: rootText(t.Root), Mono: true}, {Label: v.W.Tree.At, Value: v.W.DateTime(t.At)}}
		if full {
			view.Facts = append(view.Facts, TreeFact{Label: v.W.Tree.Key, Value: t.Key, Mono: true})
		}
	}
	if full && t.Cause != "" {
		view.Facts = append(view.Facts, TreeFact{Label: v.W.Status.Reason, Value: t.Cause})
	}
	return view
}

func rootText(root [32]byte) string { return base64.StdEncoding.EncodeToString(root[:]) }

// treeHead is the newest checkpoint in one line, "" if there is none.
func (s *Site) treeHead(v Visitor) (uint64, string) {
	if s.config.Sealing == nil {
		return 0, ""
	}
	t := s.config.Sealing.Tree()
	if t.Signed == nil {
		return 0, ""
	}
	return t.Size, v.W.Tree.Head(int(t.Size), rootText(t.Root)[:12]+"…")
}

// checkpoint is the newest checkpoint as a file, to be kept elsewhere.
func (s *Site) checkpoint(w http.ResponseWriter, _ *http.Request, _ Visitor) error {
	return saveHead(w, s.config.Sealing, "checkpoint-")
}

// accessCheckpoint is the same of the access log.
func (s *Site) accessCheckpoint(w http.ResponseWriter, _ *http.Request, _ Visitor) error {
	return saveHead(w, s.config.AccessSealing, "access-checkpoint-")
}

func saveHead(w http.ResponseWriter, of Sealing, name string) error {
	if of == nil {
		return ErrMissing
	}
	t := of.Tree()
	if t.Signed == nil {
		return ErrMissing
	}
	return saveText(w, name+strconv.FormatUint(t.Size, 10)+".txt", t.Signed)
}

// proof is the proof of one record as a file.
func (s *Site) proof(w http.ResponseWriter, r *http.Request, v Visitor) error {
	f, err := s.file(r, v)
	if err != nil {
		return err
	}
	if s.config.Sealing == nil {
		return ErrMissing
	}
	text, err := s.config.Sealing.Proof(f.entry.Position)
	if err == nil {
		err = s.seen(r)
	}
	if err != nil {
		return err
	}
	return saveText(w, "record-"+strconv.FormatUint(f.entry.Position, 10)+".tlog-proof", text)
}

func saveText(w http.ResponseWriter, name string, text []byte) error {
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, err := w.Write(text)
	return err
}
