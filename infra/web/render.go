package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

//go:embed *.html
var templateFiles embed.FS

// frame is the templates every page stands on.
var frame = []string{"layout.html", "icons.html", "fragments.html"}

// pages holds one parsed template set per page, so that each page has its own
// "main" under the common layout.
type pages struct{ sets map[string]*template.Template }

func newPages(a *assets) (*pages, error) {
	base, err := template.New("").Option("missingkey=error").Funcs(template.FuncMap{"static": a.address, "upper": strings.ToUpper,
		"add": func(a, b int) int { return a + b }, "sheetcell": sheetCell, "key": keyAttributes, "acts": boundActs}).
		ParseFS(templateFiles, frame...)
	if err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	names, err := templateFiles.ReadDir(".")
	if err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	p := &pages{sets: map[string]*template.Template{}}
	for _, n := range names {
		if slices.Contains(frame, n.Name()) {
			continue
		}
		set, err := template.Must(base.Clone()).ParseFS(templateFiles, n.Name())
		if err != nil {
			return nil, fmt.Errorf("template %s: %w", n.Name(), err)
		}
		p.sets[n.Name()] = set
	}
	return p, nil
}

// write renders one block of a page's templates, "layout" for the whole page,
// and sends it. Nothing is sent unless everything was rendered.
func (p *pages) write(w http.ResponseWriter, status int, page, block string, view any) error {
	set, ok := p.sets[page+".html"]
	if !ok {
		return fmt.Errorf("page %q has no template", page)
	}
	var out bytes.Buffer
	if err := set.ExecuteTemplate(&out, block, view); err != nil {
		return fmt.Errorf("page %s: %w", page, err)
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(out.Len()))
	w.WriteHeader(status)
	out.WriteTo(w) // who has gone meanwhile is told nothing more
	return nil
}
