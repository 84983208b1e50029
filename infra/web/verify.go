package web

import (
	"encoding/base64"
	"encoding/hex"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

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
	Groups   []VerifyGroup
}

// VerifiedFigure is one seal: what the events give beside what was sealed.
type VerifiedFigure struct {
	Name, Period, KnownAt, Counted, Sealed string
	Chip                                   Chip
	Number, Href, Certificate              string // where the register has it
}

// VerifyGroup is what was looked at of one kind; its mark is that of the worst.
type VerifyGroup struct {
	Kind, Icon, Word, Title string
	Checks                  []VerifyCheck
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
		file.Facts = append(file.Facts, FigureFact{Label: t.Fingerprint, Value: t.Bytes(int(f.Size)), Mono: f.Digest})
		if f.Report.Edition != "" {
			file.Facts = append(file.Facts, FigureFact{Label: t.Edition, Value: map[string]string{proof.Audit: t.Audit, proof.Public: t.Public}[f.Report.Edition]})
		}
		if f.Report.Events > 0 {
			file.Facts = append(file.Facts, FigureFact{Label: t.Events, Value: t.EventRange(int(f.Report.From)+1, int(f.Report.From+f.Report.Events))})
		}
		var failures []string
		file.Groups, failures = grouped(w, f.Report.Checks)
		out.Failures = append(out.Failures, failures...)
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

// checkGroups are the kinds of checks in the order of the page, with how their keys
// begin.
var checkGroups = []struct {
	name string
	keys []string
}{
	{"recount", []string{"ok.recount", "part.recount", "part.public", "E3"}}, {"definition", []string{"ok.definition", "E12"}},
	{"intact", []string{"ok.tree", "ok.tiles", "E113", "E15", "E2"}}, {"chain", []string{"ok.chain", "ok.before", "ok.held", "ok.logged", "part.held", "note.", "E14"}},
	{"signed", []string{"ok.keys", "part.keys", "ok.checkpoint", "ok.witnesses", "ok.seal", "E1"}}, {"file", []string{""}},
}

// grouped puts checks together by what they are about, and answers what failed.
func grouped(w *locale.Words, checks []proof.Check) (out []VerifyGroup, failures []string) {
	list := make([]VerifyGroup, len(checkGroups))
	for _, c := range checks {
		i := slices.IndexFunc(checkGroups, func(g struct {
			name string
			keys []string
		}) bool {
			return slices.ContainsFunc(g.keys, func(k string) bool { return strings.HasPrefix(c.Key, k) })
		})
		line, g := checkLine(w, c), &list[i]
		if g.Kind == "" || g.Kind == "ok" || line.Kind == "ng" {
			g.Kind, g.Icon, g.Word = line.Kind, line.Icon, line.Word
		}
		g.Title, g.Checks = w.Verify.Groups[checkGroups[i].name], append(g.Checks, line)
		if line.Code != "" {
			failures = append(failures, line.Code+" "+line.Text)
		}
	}
	return slices.DeleteFunc(list, func(g VerifyGroup) bool { return len(g.Checks) == 0 }), failures
}

// checkLine puts a check into words, with names and days as the pages write them.
func checkLine(w *locale.Words, c proof.Check) VerifyCheck {
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
	out.Text = strings.TrimPrefix(out.Text, out.Code+" ") // it stands before it as a chip
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
