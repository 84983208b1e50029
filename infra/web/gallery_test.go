package web

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"ayumi/domain/jobbook"
	"ayumi/infra/web/locale"

	"github.com/stretchr/testify/require"
)

var gallery = flag.String("gallery", "", "write every page of the gallery into this folder, to look at in a browser")

type sample struct {
	name, page string
	view       any
}

func samples(w *locale.Words) []sample {
	empty := sampleIndicators(w)
	empty.Tiles, empty.Past = nil, nil
	list := SheetListView{Page: samplePage(w, "sheets", w.Sheet.Heading), Rows: []SheetListRow{{w.FiscalYearShort(2019), "東京本部", "/sheets/2019", []Chip{{"blue", "", w.Code("evaluation_kind", "final")}}}}}
	return []sample{
		{"journey", "journey", sampleJourney(w)}, {"trouble", "journey", sampleTrouble(w)}, {"past", "journey", samplePast(w)},
		{"indicators", "indicators", sampleIndicators(w)}, {"indicators-empty", "indicators", empty}, {"export", "export", sampleExport(w)}, {"survey", "survey", sampleSurvey(w)}, {"survey-empty", "survey", SurveyView{Page: sampleSurvey(w).Page, Heading: sampleSurvey(w).Heading}},
		{"sheet", "sheet", sampleSheet(w)}, {"sheets", "sheets", list}, {"sheets-empty", "sheets", SheetListView{Page: list.Page}},
		{"takeout", "takeout", sampleTakeout(w, nil)}, {"takeout-wrong", "takeout", sampleTakeout(w, newErrors(w, FieldError{"reason", w.Refusal("field.required", "reason", nil)}))},
		{"help", "help", sampleHelp(w, "today")}, {"help-journey", "help", sampleHelp(w, "journey")}, {"help-list", "help", sampleHelp(w, "")},
		{"today", "today", sampleToday(w)}, {"today-none", "today", sampleDayOff(w)}, {"today-past", "today", samplePastDay(w)},
		{"line", "line", sampleLineInbox(w)}, {"line-none", "line", LineInboxView{Page: samplePage(w, "today", w.Line.Title)}}, {"line-writer", "linewriter", sampleLineWriter(w)},
		{"line-person", "lineperson", sampleLinePerson(w)}, {"line-person-none", "lineperson", LinePersonView{Page: samplePage(w, "people", w.Line.Tab), Heading: w.Line.PersonTitle("P-00012"), Closed: true, NoCase: true}}, {"line-state", "linestate", sampleLineState(w)}, {"line-off", "linestate", LineStateView{Page: samplePage(w, "status", w.Line.StateTitle), On: Chip{Kind: "gray", Text: w.Line.Off}, Options: []string{"ayumi serve"}}},
		{"webhooks", "webhooks", sampleWebhooks(w)}, {"webhooks-added", "webhooks", sampleWebhookAdded(w)}, {"webhooks-refused", "webhooks", sampleWebhookRefused(w)},
		{"webhook", "webhook", sampleWebhook(w)}, {"webhook-paused", "webhook", WebhookView{Page: samplePage(w, "status", w.Webhook.Title), Address: "https://dw.example.jp/in", State: Chip{"gray", "", w.Webhook.States["paused"]}}},
		{"agenda", "agenda", sampleAgenda(w)}, {"agenda-free", "agenda", sampleFreeWeek(w)},
		{"household", "household", sampleHousehold(w)}, {"household-none", "household", HouseholdView{Page: sampleHousehold(w).Page, Heading: "x", NoCase: true}}, {"household-new", "householdnew", sampleHouseholdNew(w)}, {"household-alone", "householdnew", HouseholdNewView{Page: sampleHouseholdNew(w).Page, Heading: "x", Person: sampleHouseholdNew(w).Person}},
		{"feed", "feed", FeedView{Page: samplePage(w, "today", w.Agenda.FeedTitle, "css/edit.css", "css/agenda.css"), Made: "R2.2.8 9:00", Address: "https://ayumi.example/feed/x.ics"}}, {"feed-ended", "feed", FeedView{Page: samplePage(w, "today", w.Agenda.FeedTitle, "css/edit.css", "css/agenda.css"), Ended: true}},
		{"handover", "handover", sampleHandover(w)}, {"handover-none", "handover", HandoverView{Page: sampleHandover(w).Page, Keeper: "co1"}},
		{"people", "people", samplePeople(w)}, {"people-empty", "people", PeopleView{Page: samplePage(w, "people", w.People.Title), Error: w.Refusal("search.too_short", "", nil)}},
		{"reconcile", "reconcile", sampleReconcile(w)}, {"reconcile-asked", "reconcile", ReconcileView{Page: samplePage(w, "documents", w.Documents.Title), Errors: newErrors(w, FieldError{"text", w.Refusal("document.none", "text", nil)})}},
		{"record", "record", sampleRecord(w)}, {"intake", "intake", sampleIntake(w)}, {"identify", "intake", sampleIdentify(w)}, {"intake-empty", "intake", IntakeView{Page: samplePage(w, "intake", w.Intake.Title), Heading: w.Intake.Heading, Search: "/intake/search", Error: w.Refusal("search.too_short", "", nil)}}, {"status", "status", sampleStatus(w)}, {"audit", "audit", sampleAudit(w)}, {"audit-empty", "audit", AuditView{Page: samplePage(w, "audit", w.Audit.Heading)}}, {"signin", "signin", sampleSignIn(w)},
		{"signin-code", "step", sampleCode(w)}, {"signin-factor", "step", sampleFactor(w)}, {"signin-recovery", "step", sampleRecovery(w)}, {"signin-initial", "step", sampleInitial(w)},
		{"unlock", "unlock", sampleUnlock(w)}, {"unlock-kept", "unlock", sampleGiveBack(w)}, {"settings", "settings", sampleSettings(w)}, {"signin-provider", "signin", SignInView{Page: Page{W: w, Title: w.SignIn.Title, Styles: []string{"css/signin.css"}, Home: "/status", Here: "/sign-in"}, Next: "/", Provider: true}}, {"locked", "problem", sampleProblem(w, ErrLocked)},
		{"duplicates", "duplicates", sampleDuplicates(w)}, {"duplicates-none", "duplicates", DuplicatesView{Page: samplePage(w, "people", w.Duplicate.Title), Heading: w.Duplicate.Heading}},
		{"duplicate", "duplicate", sampleDuplicate(w, false)}, {"duplicate-merged", "duplicate", sampleDuplicate(w, true)},
		{"confirmation", "confirmation", sampleConfirmation(w, "")}, {"confirmation-barred", "confirmation", sampleConfirmation(w, w.Refusal("evidence.same_officer", "", nil))},
		{"referrals", "referrals", sampleReferrals(w)}, {"referral", "referral", sampleReferral(w)}, {"letter", "letter", sampleLetter(w)}, {"partner", "partner", samplePartner(w)}, {"partner-none", "partner", PartnerView{Page: samplePage(w, "partner", w.Referrals.PartnerTitle)}},
		{"refer", "refer", sampleRefer(w, false)}, {"refer-shown", "refer", sampleRefer(w, true)}, {"refer-none", "refer", ReferView{Page: samplePage(w, "referrals", w.Referrals.ReferTitle), NoCase: true}}, {"referrals-none", "referrals", ReferralsView{Page: samplePage(w, "referrals", w.Referrals.Title)}},
		{"confirmations", "confirmations", sampleConfirmations(w)}, {"confirmations-none", "confirmations", ConfirmationsView{Page: samplePage(w, "people", w.Confirmation.ListTitle), Heading: w.Confirmation.ListHeading("R1")}},
		{"ledger-verifying", "ledger", LedgerView{Page: samplePage(w, "ledger", w.Ledger.Title), Unverified: true, Verifying: &Replayed{Done: 2000, All: 3300, Label: w.Definition.ReplayMeter, Text: w.Ledger.Verifying(2000, 3300)}}},
		{"closing", "closing", sampleClosing(w)}, {"closing-unbegun", "closing", sampleUnbegun(w)}, {"after-close", "afterclose", sampleAfterClose(w)},
		{"after-close-open", "afterclose", AfterCloseView{Page: samplePage(w, "closing", w.AfterClose.Title), Heading: w.AfterClose.Heading("R1")}}, {"monitors", "monitors", sampleMonitors(w)},
		{"audits", "audits", sampleAudits(w)}, {"audits-unbegun", "audits", AuditsView{Page: samplePage(w, "audits", w.Audits.Title), Heading: w.Audits.Heading("R1"), Closing: "/closing/2019"}},
		{"audits-none", "audits", AuditsView{Page: samplePage(w, "audits", w.Audits.Title), Heading: w.Audits.Heading("R1"), Begun: true}},
		{"audit-file", "auditfile", sampleAuditFile(w)}, {"audit-file-new", "auditfile", AuditFileView{Page: samplePage(w, "audits", w.Audits.Title), Heading: "x", State: Chip{"blue", "", "x"}}},
		{"erasures", "erasures", sampleErasures(w)}, {"erasures-none", "erasures", ErasuresView{Page: samplePage(w, "erasures", w.Erasure.Title), Orders: true, Error: w.Refusal("entity.unknown", "person", nil)}},
		{"opening", "opening", sampleOpening(w)},
		{"erasure-preview", "erasure", samplePreview(w)}, {"erasure", "erasure", sampleErasure(w)},
		{"viewings", "viewings", sampleViewings(w)}, {"viewings-asked", "viewings", ViewingsView{Page: samplePage(w, "audit", w.Viewing.Title), Heading: w.Viewing.Title, Lead: w.Viewing.OwnLead, Empty: w.Viewing.Empty,
			Asked: &ViewingsForm{Person: "P-9", Own: true, Acts: []Option{{Text: w.Viewing.Any}}}, Errors: newErrors(w, FieldError{"person", w.Viewing.NoPerson})}},
		{"verify", "verify", sampleVerify(w)}, {"verify-asked", "verify", sampleVerifyAsked(w)}, {"verify-going", "verify", VerifyView{Page: samplePage(w, "verify", w.Verify.Title, "css/verify.css"), Progress: &VerifyProgress{w.Verify.Counting(1, 2), 1, 2}}},
		{"certificate", "certificate", sampleCertificate(w)},
		{"employers", "employers", sampleEmployers(w)}, {"employers-none", "employers", EmployersView{Page: samplePage(w, "employers", w.Employer.Title)}}, {"employer", "employer", sampleEmployer(w)},
		{"book", "book", sampleBook(w)}, {"book-none", "book", BookView{Page: samplePage(w, "employers", w.Books.Title), Paper: w.BookPaper(jobbook.Book{Kind: jobbook.Seekers, Year: 2019})}},
		{"certificates", "usecertificates", sampleCertificates(w)}, {"certificates-none", "usecertificates", UseCertificatesView{Page: samplePage(w, "people", w.Certificates.Title), Person: PersonLink{w.Journey.NameHidden, "P-00001", "/people/p"}, Hidden: true, Nobody: w.Certificates.NoName}},
		{"job", "job", sampleWork(w)}, {"job-none", "job", JobView{Page: samplePage(w, "people", w.Job.Title), Person: PersonLink{w.Journey.NameHidden, "P-00001", "/people/p"}, Hidden: true, Closed: w.Job.NoCase, Consent: Chip{Kind: "gray", Text: w.Job.NotAgreed}}},
		{"imports", "imports", sampleImports(w)}, {"imports-none", "imports", ImportsView{Page: samplePage(w, "people", w.Imports.Title)}}, {"import", "import", sampleImport(w)}, {"import-done", "import", sampleImported(w, false)}, {"import-undone", "import", sampleImported(w, true)},
		{"import-going", "import", ImportView{Page: samplePage(w, "people", w.Imports.Title), Batch: "b", Progress: &ImportProgress{w.Imports.Running, w.Imports.Progress(10, 20), 10, 20}}},
		{"refused", "problem", sampleProblem(w, ErrRefused)}, {"missing", "problem", sampleProblem(w, ErrMissing)}, {"erased", "problem", sampleProblem(w, ErrErased)},
		{"signed-out", "problem", sampleProblem(w, ErrSignedOut)}, {"unseen", "problem", sampleProblem(w, ErrUnseen)}, {"foreign", "problem", sampleProblem(w, errForeign)}, {"broken", "problem", sampleProblem(w, errors.New("x"))},
	}
}

func eachPage(t *testing.T, check func(t *testing.T, s sample, html string)) {
	a, err := newAssets()
	require.NoError(t, err)
	p, err := newPages(a)
	require.NoError(t, err)
	for _, l := range []locale.Language{locale.Japanese, locale.English} {
		for _, s := range samples(locale.In(l)) {
			t.Run(string(l)+"/"+s.name, func(t *testing.T) {
				res := httptest.NewRecorder()
				require.NoError(t, p.write(res, 200, s.page, "layout", s.view))
				html := res.Body.String()
				keep(t, a, string(l)+"-"+s.name+".html", html)
				check(t, s, html)
			})
		}
	}
}

// keep writes a page, and the static files once, when a folder was named.
func keep(t *testing.T, a *assets, name, html string) {
	if *gallery == "" {
		return
	}
	require.NoError(t, os.WriteFile(filepath.Join(*gallery, name), []byte(html), 0o644))
	for at, f := range a.files {
		path := filepath.Join(*gallery, "static", filepath.FromSlash(at))
		if _, err := os.Stat(path); err == nil {
			continue
		}
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, f.plain, 0o644))
	}
}

// element is one element of a parsed page.
type element struct {
	name   string
	attr   map[string]string
	text   string // all text inside
	within []string
}

func parse(t *testing.T, html string) []element {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(html))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var all []element
	var open []int
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return all
		}
		require.NoError(t, err)
		switch tok := tok.(type) {
		case xml.StartElement:
			e := element{name: tok.Name.Local, attr: map[string]string{}}
			for _, a := range tok.Attr {
				name := a.Name.Local
				if a.Name.Space != "" {
					name = a.Name.Space + ":" + name
				}
				_, twice := e.attr[name]
				require.False(t, twice, "%s twice on %s", name, e.name)
				e.attr[name] = a.Value
			}
			for _, i := range open {
				e.within = append(e.within, all[i].name)
			}
			open = append(open, len(all))
			all = append(all, e)
		case xml.EndElement:
			require.NotEmpty(t, open)
			require.Equal(t, all[open[len(open)-1]].name, tok.Name.Local, "elements close in order")
			open = open[:len(open)-1]
		case xml.CharData:
			for _, i := range open {
				all[i].text += string(tok)
			}
		}
	}
}

func TestEveryPageIsSoundHTML(t *testing.T) {
	eachPage(t, func(t *testing.T, s sample, html string) {
		all := parse(t, html)
		ids, landmarks, h1 := map[string]element{}, map[string]bool{}, 0
		for _, e := range all {
			if id := e.attr["id"]; id != "" {
				require.NotContains(t, ids, id, "id twice")
				ids[id] = e
			}
			if e.name == "h1" {
				h1++
			}
		}
		require.Equal(t, 1, h1, "one h1")
		for _, e := range all {
			require.NotContains(t, e.attr, "style")
			for name := range e.attr {
				require.False(t, strings.HasPrefix(name, "on") || strings.HasPrefix(name, "hx-on"), "event attribute %s", name)
			}
			landmark(t, e, landmarks)
			named(t, e, ids)
			if e.name == "script" {
				require.NotEmpty(t, e.attr["src"], "inline script")
				require.Empty(t, strings.TrimSpace(e.text))
			}
			require.NotEqual(t, "style", e.name)
		}
	})
}

// landmark: two landmarks of one kind have different names, and content lies
// inside one.
func landmark(t *testing.T, e element, seen map[string]bool) {
	switch e.name {
	case "main", "header", "nav", "aside", "section":
		key := e.name + " " + e.attr["aria-label"] + e.attr["aria-labelledby"]
		if key == "section " {
			return
		}
		require.False(t, seen[key], "two landmarks: %s", key)
		seen[key] = true
	case "h1", "table", "textarea":
		require.Contains(t, e.within, "main", "%s outside the content", e.name)
	}
}

// named: every control has a name, every reference a target, every button a type.
func named(t *testing.T, e element, ids map[string]element) {
	for _, ref := range []string{"aria-labelledby", "aria-describedby", "for"} {
		for _, id := range strings.Fields(e.attr[ref]) {
			require.Contains(t, ids, id, "%s of %s", ref, e.name)
		}
	}
	switch e.name {
	case "button":
		require.NotEmpty(t, e.attr["type"], "button without a type")
		require.NotEmpty(t, strings.TrimSpace(e.text+e.attr["aria-label"]), "button without a name")
	case "a":
		require.NotEmpty(t, strings.TrimSpace(e.text+e.attr["aria-label"]), "link without a name")
		require.NotEmpty(t, e.attr["href"])
	case "input", "select", "textarea":
		if e.attr["type"] == "hidden" || e.attr["aria-label"] != "" || len(e.within) > 0 && e.within[len(e.within)-1] == "label" {
			return
		}
		require.NotEmpty(t, e.attr["id"], "field without a label")
	case "img":
		require.Contains(t, e.attr, "alt")
	case "table":
		require.NotEmpty(t, e.text)
	}
}

func TestEveryFieldHasItsLabel(t *testing.T) {
	eachPage(t, func(t *testing.T, s sample, html string) {
		all := parse(t, html)
		labels := map[string]bool{}
		for _, e := range all {
			if e.name == "label" {
				labels[e.attr["for"]] = true
			}
		}
		for _, e := range all {
			switch e.name {
			case "input", "select", "textarea":
				if e.attr["type"] != "hidden" && e.attr["aria-label"] == "" && e.within[len(e.within)-1] != "label" {
					require.True(t, labels[e.attr["id"]], "no label for %s", e.attr["id"])
				}
			}
		}
	})
}

func TestTypedTextStaysText(t *testing.T) {
	eachPage(t, func(t *testing.T, s sample, html string) {
		require.NotContains(t, html, "<script>alert")
	})
}

// Nothing that writes is rendered while the past is shown.
func TestThePastHasNoControls(t *testing.T) {
	eachPage(t, func(t *testing.T, s sample, html string) {
		if !strings.Contains(html, `<body class="past"`) {
			return
		}
		require.NotContains(t, html, "hx-sse:connect")
		for _, e := range parse(t, html) {
			inContent := len(e.within) > 2 && e.within[2] == "main"
			require.False(t, inContent && e.name == "form" && e.attr["method"] == "post", "a form that writes")
		}
	})
}

func TestHalfAPageIsNeverSent(t *testing.T) {
	a, _ := newAssets()
	p, err := newPages(a)
	require.NoError(t, err)
	res := httptest.NewRecorder()
	require.Error(t, p.write(res, 200, "journey", "layout", struct{ Page }{samplePage(locale.In(locale.Japanese), "", "")}))
	require.Zero(t, res.Body.Len())
	require.Empty(t, res.Result().Header)
	require.Error(t, p.write(res, 200, "nowhere", "layout", nil))
}

var (
	templateAction = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	templateTag    = regexp.MustCompile(`(?s)<(/?[a-zA-Z!][^<>]*)>`)
	spokenAttr     = regexp.MustCompile(`(?:aria-label|title|alt|placeholder|aria-valuetext)="([^"]*)"`)
	keyCap         = regexp.MustCompile(`(?s)<kbd[^>]*>.*?</kbd>`)
	letters        = regexp.MustCompile(`[\p{L}]`)
)

// No sentence stands in a template: what is left without actions, tags and key
// caps holds no letter, and neither do the attributes that are read aloud.
func TestTemplatesHoldNoWords(t *testing.T) {
	names, err := filepath.Glob("*.html")
	require.NoError(t, err)
	for _, name := range names {
		body, err := os.ReadFile(name)
		require.NoError(t, err)
		text := templateAction.ReplaceAll(keyCap.ReplaceAll(body, nil), nil)
		for _, m := range spokenAttr.FindAllSubmatch(text, -1) {
			require.False(t, letters.Match(m[1]), "%s: attribute %s", name, m[1])
		}
		if left := templateTag.ReplaceAll(text, []byte(" ")); letters.Match(bytes.ReplaceAll(left, []byte("&nbsp;"), nil)) {
			require.Fail(t, "words in a template", "%s: %s", name, strings.Join(strings.Fields(string(left)), " "))
		}
	}
}

// Japanese letters stand in the language files alone.
func TestGoCodeHoldsNoJapanese(t *testing.T) {
	names, err := filepath.Glob("*.go")
	require.NoError(t, err)
	japanese := regexp.MustCompile(`[\p{Hiragana}\p{Katakana}\p{Han}]`)
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		body, err := os.ReadFile(name)
		require.NoError(t, err)
		for n, line := range strings.Split(string(body), "\n") {
			if !strings.HasPrefix(strings.TrimSpace(line), "//") {
				code, _, _ := strings.Cut(line, " // ")
				require.False(t, japanese.MatchString(code), "%s:%d", name, n+1)
			}
		}
	}
}
