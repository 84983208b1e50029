package web

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/ledger"
	"ayumi/domain/proof"
	"ayumi/domain/register"
)

var (
	verifiers     = []string{"AN", "MG", "AU"}
	ledgerReaders = []string{"CO", "LD", "AN", "MG", "AU"}
)

// verifyRoutes are the pages that verify, and the files that are verified.
func (s *Site) verifyRoutes() {
	s.staff("GET /verify", s.verifyPage, verifiers...)
	s.staff("POST /verify", s.verify, verifiers...)
	s.staff("GET /verify/offline", s.offlinePage, verifiers...)
	s.staff("GET /verify/keys", s.verifyKeys, ledgerReaders...)
	s.staff("GET /bundles/{fy}/{edition}", s.bundle, ledgerReaders...)
	s.staff("GET /figures/{no}/certificate", s.certificate, ledgerReaders...)
	s.staff("GET /figures/{no}/certificate/{kind}", s.certificateFile, ledgerReaders...)
}

// slow gives a request with a large body or answer more time than the server does.
func slow(w http.ResponseWriter) {
	c, until := http.NewResponseController(w), time.Now().Add(10*time.Minute)
	_, _ = c.SetReadDeadline(until), c.SetWriteDeadline(until) // without it the server's own hold
}

// verifyPage asks for what is to be verified, or shows what came of it.
func (s *Site) verifyPage(w http.ResponseWriter, r *http.Request, v Visitor) error {
	id := r.FormValue("check")
	if id == "" {
		return s.showVerify(w, r, v, http.StatusOK, Verifying{Year: yearAsked(r)}, nil, nil)
	}
	found, err := s.config.Proofs.Verification(r.Context(), v.ID, id, pageWaits)
	switch {
	case errors.Is(err, ErrMissing):
		return s.showVerify(w, r, v, http.StatusNotFound, Verifying{}, []FieldError{{"", v.W.Verify.Gone}}, nil)
	case err != nil:
		return s.verifyFault(w, r, v, Verifying{Year: found.Year}, err)
	}
	if !found.Done {
		w.Header().Set("Refresh", "1") // asks again without a script
	}
	return s.showVerify(w, r, v, http.StatusOK, Verifying{Year: found.Year}, nil, &found)
}

func yearAsked(r *http.Request) japan.FiscalYear {
	year, err := japan.ParseFiscalYear(r.FormValue("fy"))
	if err != nil {
		return 0
	}
	return year
}

// verify takes what is to be verified and begins. A file that is sent lies on disk
// only as long as it is read.
func (s *Site) verify(w http.ResponseWriter, r *http.Request, v Visitor) error {
	slow(w)
	asked, err := s.readBundles(w, r)
	if err != nil {
		return s.verifyFault(w, r, v, asked, errors.Join(err, closeAll(asked.Files)))
	}
	id, err := s.config.Proofs.Verify(r.Context(), v.ID, asked)
	if err != nil {
		return s.verifyFault(w, r, v, asked, errors.Join(err, closeAll(asked.Files)))
	}
	http.Redirect(w, r, "/verify?check="+id, http.StatusSeeOther)
	return nil
}

func closeAll(files []GivenBundle) (err error) {
	for _, f := range files {
		err = errors.Join(err, f.Close())
	}
	return err
}

// verifyFault shows the page again with what is wrong and what was typed.
func (s *Site) verifyFault(w http.ResponseWriter, r *http.Request, v Visitor, asked Verifying, err error) error {
	faults, ok := faultsOf(v.W, err, map[string]string{"bundle": "bundle", "keys": "keys", "held": "held", "fy": "fy", "edition": ""})
	if !ok {
		return err
	}
	status := http.StatusUnprocessableEntity
	for _, x := range refusals(err) {
		switch x.Key {
		case "bundle.busy":
			status = http.StatusServiceUnavailable
		case "bundle.foreign":
			status = http.StatusForbidden
		case "bundle.too_large":
			status = http.StatusRequestEntityTooLarge
		}
	}
	return s.showVerify(w, r, v, status, asked, faults, nil)
}

// readBundles reads the parts of the form one by one: files go to scratch files as
// they come in.
func (s *Site) readBundles(w http.ResponseWriter, r *http.Request) (out Verifying, err error) {
	large := domain.RefuseField("bundle.too_large", "bundle", "most", strconv.Itoa(MostBundle>>20))
	if r.ContentLength > MostBundle+1<<20 {
		return out, large
	}
	r.Body = http.MaxBytesReader(w, r.Body, MostBundle+1<<20)
	parts, err := r.MultipartReader()
	if err != nil {
		return out, domain.RefuseField("bundle.none", "bundle")
	}
	left := int64(MostBundle)
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = s.takeBundle(part, &out, &left)
		}
		var most *http.MaxBytesError
		switch {
		case errors.As(err, &most) || left < 0:
			return out, large
		case len(refusals(err)) > 0:
			return out, err
		case err != nil:
			return out, ErrMissing
		}
	}
	if len(out.Files) == 0 && out.Year == 0 {
		return out, domain.RefuseField("bundle.none", "bundle")
	}
	return out, nil
}

func (s *Site) takeBundle(part *multipart.Part, out *Verifying, left *int64) error {
	switch part.FormName() {
	case "bundle":
		if part.FileName() == "" {
			return nil
		}
		f, err := s.config.Proofs.Scratch()
		if err != nil {
			return err
		}
		out.Files = append(out.Files, GivenBundle{part.FileName(), f})
		n, err := io.Copy(f, io.LimitReader(part, *left+1))
		*left -= n
		if err == nil && n == 0 {
			err = domain.RefuseField("bundle.empty", "bundle")
		}
		return err
	case "keys", "held", "fy":
		text, err := io.ReadAll(io.LimitReader(part, ledger.MaxNote+1))
		switch {
		case err != nil:
			return err
		case part.FormName() == "keys":
			out.Keys = strings.TrimSpace(string(text))
		case part.FormName() == "held":
			out.Held = text
		case len(text) > 0:
			if out.Year, err = japan.ParseFiscalYear(string(text)); err != nil {
				return domain.RefuseField("period.unreadable", "fy")
			}
		}
	}
	return nil
}

func (s *Site) showVerify(w http.ResponseWriter, r *http.Request, v Visitor, status int, asked Verifying, faults []FieldError, found *Verification) error {
	if r.Method == http.MethodGet { // of a post the body is not to be read here
		if err := s.await(r); err != nil {
			return err
		}
	}
	all, err := s.config.Journey.Register(r.Context(), v.Actor.Controller)
	if err != nil {
		return missing(err)
	}
	t := &v.W.Verify
	view := VerifyView{Page: s.page(r, v, "verify", t.Title, "css/verify.css"), Limit: t.Limit(MostBundle >> 20), Keys: asked.Keys,
		Years: sealedYears(v, all), Offline: s.config.VerifyPage != "", Command: "ayumi verify --keys keys.txt FY2019.figures.zip"}
	view.Crumbs = []Crumb{{v.W.Ledger.Title, "/ledger"}, {t.Title, ""}}
	view.Here = "/verify"
	if r.Method == http.MethodGet {
		view.Here = here(r)
	}
	for i, y := range view.Years {
		view.Years[i].Chosen = y.Year == int(asked.Year)
	}
	if len(faults) > 0 {
		view.Errors = newErrors(v.W, faults...)
	}
	if found != nil && found.Done {
		s.verified(r, v, all, found, &view)
	} else if found != nil {
		view.Progress = &VerifyProgress{Text: t.Counting(int(found.Read), int(found.All)), Done: found.Read, All: max(found.All, 1)}
		switch {
		case found.Making:
			view.Progress.Text = t.Making
		case found.All == 0:
			view.Progress.Text = t.Queued
		}
	}
	return s.show(w, r, status, "verify", "", view)
}

// sealedYears are the fiscal years with sealed figures, newest first.
func sealedYears(v Visitor, all *register.Register) (out []SealedYear) {
	at := map[japan.FiscalYear]*SealedYear{}
	for _, f := range all.Figures {
		year := japan.FiscalYearOf(f.Period.From)
		for _, h := range f.Seals {
			if at[year] == nil {
				at[year] = &SealedYear{Year: int(year), Name: v.W.FiscalYearShort(year), Audit: v.holds("AU", "MG"), Verifies: v.holds(verifiers...)}
			}
			at[year].Seals++
			at[year].last = max(at[year].last, sealDate(h))
		}
	}
	for _, y := range at {
		y.Text = v.W.Verify.Seals(y.Seals, v.W.Date(y.last))
		out = append(out, *y)
	}
	slices.SortFunc(out, func(a, b SealedYear) int { return cmp.Compare(b.Year, a.Year) })
	return out
}

// bundle hands out the bundle of a fiscal year.
func (s *Site) bundle(w http.ResponseWriter, r *http.Request, v Visitor) error {
	year, err := japan.ParseFiscalYear(r.PathValue("fy"))
	edition := r.PathValue("edition")
	if err != nil || (edition != proof.Audit && edition != proof.Public) {
		return ErrMissing
	}
	slow(w)
	f, err := s.config.Proofs.Bundle(r.Context(), v.Actor, year, edition)
	for _, x := range refusals(err) {
		if x.Key == "bundle.not_sealed" {
			return ErrMissing
		}
		if strings.HasPrefix(x.Key, "bundle.") && v.holds(verifiers...) {
			return s.verifyFault(w, r, v, Verifying{Year: year}, err)
		}
	}
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/zip")
	h.Set("Content-Disposition", `attachment; filename="`+f.Name+`"`)
	h.Set("Content-Length", strconv.FormatInt(f.Size, 10))
	h.Set("Repr-Digest", digestField(f.Digest))
	_, err = io.Copy(w, f)
	if err = errors.Join(err, f.Close()); err != nil {
		s.config.Log.Warn("bundle", "route", r.Pattern, "error", err) // it went off half way: the size tells
	}
	return nil
}

// verifyKeys is the file of this installation's public keys.
func (s *Site) verifyKeys(w http.ResponseWriter, r *http.Request, _ Visitor) error {
	keys, err := s.config.Proofs.Keys(r.Context())
	if err != nil {
		return err
	}
	return saveText(w, "keys.txt", []byte(keys))
}

// offlinePage hands out the verifier for a room without a network, where the
// operator has put it.
func (s *Site) offlinePage(w http.ResponseWriter, r *http.Request, _ Visitor) error {
	if s.config.VerifyPage == "" {
		return ErrMissing
	}
	f, err := os.Open(s.config.VerifyPage)
	if err != nil {
		return fmt.Errorf("verify page: %w", err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("verify page: %w", err)
	}
	w.Header().Set("Content-Disposition", `attachment; filename="ayumi-verify.html"`)
	http.ServeContent(w, r, "ayumi-verify.html", info.ModTime(), f)
	return nil
}
