package web

import (
	"encoding/base64"
	"encoding/hex"
	"maps"
	"net/http"
	"strconv"

	"ayumi/domain/figure"
	"ayumi/domain/japan"
	"ayumi/domain/ledger"
	"ayumi/domain/proof"
	"ayumi/domain/register"
	"ayumi/infra/web/locale"
)

// VerifyView asks for what is to be verified and shows what came of it.
type VerifyView struct {
	Page
	Errors   *Errors
	Years    []SealedYear
	Limit    string // of an upload
	Keys     string // as they were typed
	Offline  bool   // the offline verifier can be had here
	Command  string
	Progress *VerifyProgress
	Result   *VerifyResult
}

// SealedYear is a fiscal year with sealed figures.
type SealedYear struct {
	Year            int
	Name, Text      string
	Seals           int
	Audit, Verifies bool // what the visitor may have of it
	Chosen          bool
	last            japan.Date
}

// VerifyProgress is a verification under way.
type VerifyProgress struct {
	Text      string
	Done, All int64
}

// VerifyResult is what came of it: the verdict first.
type VerifyResult struct {
	Banner   Banner
	Failures []string
	Files    []VerifiedFile
}

// VerifiedFile is what came of one file.
type VerifiedFile struct {
	ID, Name string
	Chip     Chip
	Facts    []FigureFact
	Figures  []VerifiedFigure
	Checks   []VerifyCheck
}

// VerifiedFigure is one seal: what the events give beside what was sealed.
type VerifiedFigure struct {
	Name, Period, KnownAt, Counted, Sealed string
	Chip                                   Chip
	Number, Href, Certificate              string // where the register has it
}

// VerifyCheck is one thing that was looked at.
type VerifyCheck struct{ Kind, Icon, Word, Code, Text string }

// exits are how a verification ends, as a banner shows it.
var exits = map[int]struct{ word, kind, icon, chip string }{
	proof.Verified: {"verified", "ok", "ok", "green"}, proof.Wrong: {"wrong", "ng", "warn", "red"},
	proof.Unreadable: {"unreadable", "ng", "doc", "red"}, proof.Partial: {"partial", "warn", "warn", "yellow"},
}

// verified fills in what came of a verification.
func (s *Site) verified(r *http.Request, v Visitor, all *register.Register, found *Verification, view *VerifyView) {
	w, t := v.W, &v.W.Verify
	out := &VerifyResult{}
	worst, seals := proof.Verified, 0
	var events int64
	for i, f := range found.Files {
		exit := f.Report.Exit()
		worst = proof.Worse(worst, exit)
		events, seals = events+f.Report.Events, seals+len(f.Report.Seals)
		file := VerifiedFile{ID: "file" + strconv.Itoa(i+1), Name: f.Name, Chip: Chip{exits[exit].chip, exits[exit].icon, f.Report.Outcome(string(w.Language))}}
		file.Facts = append(file.Facts, FigureFact{Label: t.File, Value: t.Bytes(int(f.Size)), Mono: f.Digest})
		if f.Report.Edition != "" {
			file.Facts = append(file.Facts, FigureFact{Label: t.Edition, Value: t.Editions[f.Report.Edition]})
		}
		if f.Report.Events > 0 {
			file.Facts = append(file.Facts, FigureFact{Label: t.Events, Value: t.EventRange(int(f.Report.From)+1, int(f.Report.From+f.Report.Events))})
		}
		for _, c := range f.Report.Checks {
			check := s.checkLine(w, c)
			file.Checks = append(file.Checks, check)
			if check.Code != "" {
				out.Failures = append(out.Failures, check.Text)
			}
		}
		for _, seal := range f.Report.Seals {
			file.Figures = append(file.Figures, s.verifiedFigure(r, v, all, seal))
		}
		out.Files = append(out.Files, file)
	}
	e := exits[worst]
	text, by := t.VerdictTexts[e.word], t.GivenKeys
	if found.Own {
		by = t.OwnKeys
	}
	if worst == proof.Verified {
		text = t.Recounted(seals, int(events))
	}
	if worst != proof.Unreadable {
		text += "\u3000" + by
	}
	out.Banner = Banner{e.kind, e.icon, t.Verdicts[e.word], text, t.CheckedBy(w.DateTime(found.At), v.Name)}
	view.Result = out
	if found.Year != 0 {
		view.Title = t.TitleOf(w.FiscalYearShort(found.Year))
	}
}

// checkLine puts a check into words, with names and days as the pages write them.
func (s *Site) checkLine(w *locale.Words, c proof.Check) VerifyCheck {
	args := maps.Clone(c.Args)
	if of := args["indicator"]; of != "" {
		args["indicator"] = quantityName(w, of)
	}
	for _, key := range []string{"from", "to", "date"} {
		if d, err := japan.ParseDate(args[key]); err == nil && len(args[key]) == 10 {
			args[key] = w.PlainDate(d)
		}
	}
	if e, ok := w.Verify.Editions[args["edition"]]; ok {
		args["edition"] = e
	}
	out := VerifyCheck{Kind: "ok", Icon: "check", Word: w.Verify.Marks["ok"], Code: c.Code(), Text: proof.Check{Key: c.Key, Args: args}.Say(string(w.Language))}
	switch {
	case out.Code != "":
		out.Kind, out.Icon, out.Word = "ng", "warn", w.Verify.Marks["ng"]
	case !c.Holds():
		out.Kind, out.Icon, out.Word = "warn", "warn", w.Verify.Marks["warn"]
	}
	return out
}

func (s *Site) verifiedFigure(r *http.Request, v Visitor, all *register.Register, f proof.Found) VerifiedFigure {
	w := v.W
	out := VerifiedFigure{Name: quantityName(w, f.Indicator), Sealed: f.Sealed, Counted: f.Counted, Chip: Chip{"yellow", "warn", w.Verify.NotCounted}}
	from, bad := japan.ParseDate(f.From)
	to, worse := japan.ParseDate(f.To)
	if bad == nil && worse == nil {
		out.Period = w.Difference.Range(w.PlainDate(from), w.PlainDate(to))
	}
	if known, err := japan.ParseDate(f.KnownAt); err == nil {
		out.KnownAt = w.EndOfDay(known)
	}
	switch {
	case f.Counted != "" && f.Counted == f.Sealed:
		out.Chip = Chip{"green", "check", w.Verify.Same}
	case f.Counted != "":
		out.Chip = Chip{"red", "warn", w.Verify.Differs}
	}
	for stream, fig := range all.Figures {
		for _, h := range fig.Seals {
			if h.Digest != f.Sum {
				continue
			}
			if l := all.Of(stream, h.Edition); l != nil && l.No > 0 {
				out.Number, out.Href = figureNumber(l.No), figureHref(l.No)
				out.Certificate = out.Href + "/certificate"
			}
		}
	}
	return out
}

// sealDate is the day on which an officer sealed, 0 where the seal cannot be read.
func sealDate(h *figure.SealHeld) japan.Date {
	s, err := ledger.ReadSeal(h.Seal)
	if err != nil {
		return 0
	}
	d, _ := japan.ParseDate(s.Date)
	return d
}

// digestField is a SHA-256 as HTTP says it (RFC 9530).
func digestField(hexed string) string {
	raw, _ := hex.DecodeString(hexed)
	return "sha-256=:" + base64.StdEncoding.EncodeToString(raw) + ":"
}
