package document

import (
	"bytes"
	"strconv"
)

// pdfFile is a PDF file by its objects. They are found by looking for them, not by
// the table at the end, which is wrong in many files: of two with one number the
// later one counts.
type pdfFile struct {
	src     []byte
	objects map[int]pdfObject
	root    any
	locked  bool // encrypted
	left    int  // bytes that may still be unpacked
}

type pdfObject struct {
	at    int // in the file; of a packed one the place of its container
	value any
}

// mostObjects bounds the objects of a file.
const mostObjects = 300_000

func openPDF(src []byte) (*pdfFile, error) {
	f := &pdfFile{src: src, objects: map[int]pdfObject{}, left: maxUnpack}
	var packed []pdfObject
	for at := 0; at < len(src); {
		next, number, found := f.nextObject(at)
		if !found {
			break
		}
		l := &lexer{src, next}
		value := l.object(0)
		end := max(l.at, next)
		if d, ok := value.(pdfDict); ok {
			if start, is := streamAt(src, l.at); is {
				s := &pdfStream{dict: d, start: start}
				value, end = s, start
				if i := bytes.Index(src[start:], []byte("endstream")); i >= 0 {
					s.raw, end = src[start:start+i], start+i
				}
				f.trailer(d, name(d["Type"]) == "XRef")
				if name(d["Type"]) == "ObjStm" {
					packed = append(packed, pdfObject{next, value})
				}
			}
		}
		f.put(number, pdfObject{next, value})
		if len(f.objects) > mostObjects {
			return nil, refuse("document.damaged")
		}
		at = end
	}
	f.trailers()
	if f.locked {
		return nil, refuse("document.encrypted")
	}
	for _, o := range packed {
		if err := f.unpack(o); err != nil {
			return nil, err
		}
	}
	return f, nil
}

func (f *pdfFile) put(number int, o pdfObject) {
	if was, ok := f.objects[number]; !ok || was.at <= o.at {
		f.objects[number] = o
	}
}

// nextObject finds the next "n g obj" and answers where its value begins.
func (f *pdfFile) nextObject(at int) (value, number int, found bool) {
	for at < len(f.src) {
		i := bytes.Index(f.src[at:], []byte("obj"))
		if i < 0 {
			return 0, 0, false
		}
		i += at
		at = i + 3
		back := i
		if _, ok := numberBefore(f.src, &back); !ok {
			continue
		}
		if n, ok := numberBefore(f.src, &back); ok {
			return at, n, true
		}
	}
	return 0, 0, false
}

// numberBefore reads the number that ends before a place, and moves the place.
func numberBefore(src []byte, at *int) (int, bool) {
	i := *at
	for i > 0 && pdfSpace(src[i-1]) {
		i--
	}
	end := i
	for i > 0 && pdfDigit(src[i-1]) && end-i < 9 {
		i--
	}
	n, err := strconv.Atoi(string(src[i:end]))
	*at = i
	return n, err == nil
}

// streamAt answers where the bytes of a stream begin, if one follows.
func streamAt(src []byte, at int) (int, bool) {
	l := &lexer{src, at}
	l.skip()
	if !bytes.HasPrefix(src[l.at:], []byte("stream")) {
		return 0, false
	}
	at = l.at + len("stream")
	if at < len(src) && src[at] == '\r' {
		at++
	}
	if at < len(src) && src[at] == '\n' {
		at++
	}
	return at, true
}

// trailers reads every trailer; the last one counts.
func (f *pdfFile) trailers() {
	for at := 0; ; {
		i := bytes.Index(f.src[at:], []byte("trailer"))
		if i < 0 {
			return
		}
		at += i + len("trailer")
		if d, ok := (&lexer{f.src, at}).object(0).(pdfDict); ok {
			f.trailer(d, true)
		}
	}
}

func (f *pdfFile) trailer(d pdfDict, is bool) {
	if !is {
		return
	}
	if d["Encrypt"] != nil {
		f.locked = true
	}
	if d["Root"] != nil {
		f.root = d["Root"]
	}
}

// unpack takes the objects out of an object stream (7.5.7).
func (f *pdfFile) unpack(o pdfObject) error {
	s := o.value.(*pdfStream)
	body, err := f.bytes(s)
	if err != nil {
		return err
	}
	first, count := f.int(s.dict["First"]), f.int(s.dict["N"])
	if first < 0 || first > len(body) || count < 0 || count > mostObjects {
		return nil
	}
	head := &lexer{body[:first], 0}
	for range count {
		if head.done() {
			return nil
		}
		n, _ := head.object(0).(float64)
		offset, _ := head.object(0).(float64)
		at := first + int(offset)
		if at < first || at > len(body) || len(f.objects) > mostObjects {
			continue
		}
		f.put(int(n), pdfObject{o.at, (&lexer{body, at}).object(0)})
	}
	return nil
}

// mostHops bounds references to references.
const mostHops = 20

// get follows references to what they stand for.
func (f *pdfFile) get(v any) any {
	for range mostHops {
		r, ok := v.(pdfRef)
		if !ok {
			return v
		}
		v = f.objects[r.number].value
	}
	return nil
}

func (f *pdfFile) dict(v any) pdfDict {
	switch d := f.get(v).(type) {
	case pdfDict:
		return d
	case *pdfStream:
		return d.dict
	}
	return nil
}

func (f *pdfFile) array(v any) []any {
	a, _ := f.get(v).([]any)
	return a
}

func (f *pdfFile) number(v any) float64 {
	n, _ := f.get(v).(float64)
	return n
}

func (f *pdfFile) int(v any) int { return int(f.number(v)) }

func (f *pdfFile) name(v any) string { return name(f.get(v)) }

func name(v any) string {
	n, _ := v.(pdfName)
	return string(n)
}

// page is one page with what it inherits.
type pdfPage struct {
	dict      pdfDict
	resources pdfDict
}

// pages walks the page tree; without one every page object counts, in the order
// of the file.
func (f *pdfFile) pages() ([]pdfPage, error) {
	var out []pdfPage
	seen := map[int]bool{}
	var walk func(v any, resources pdfDict, depth int) error
	walk = func(v any, resources pdfDict, depth int) error {
		if r, ok := v.(pdfRef); ok {
			if seen[r.number] {
				return nil
			}
			seen[r.number] = true
		}
		d := f.dict(v)
		if d == nil || depth > mostNested {
			return nil
		}
		if own := f.dict(d["Resources"]); own != nil {
			resources = own
		}
		kids := f.array(d["Kids"])
		if kids == nil {
			if out = append(out, pdfPage{d, resources}); len(out) > maxPages {
				return refuse("document.pages", "most", strconv.Itoa(maxPages))
			}
			return nil
		}
		for _, k := range kids {
			if err := walk(k, resources, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	root := f.dict(f.root)
	if root["Pages"] == nil {
		for _, o := range f.objects {
			if d, ok := o.value.(pdfDict); ok && name(d["Type"]) == "Catalog" {
				root = d
			}
		}
	}
	if root["Pages"] == nil {
		return nil, refuse("document.damaged")
	}
	err := walk(root["Pages"], nil, 0)
	return out, err
}
