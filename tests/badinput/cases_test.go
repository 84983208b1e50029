// Package badinput gives every command what it must refuse: nothing is written,
// and a sentence in each language says which field is wrong.
package badinput_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/office"
	"ayumi/tests/example"
	"ayumi/tests/given"
)

// attempt is one bad command: its data as bytes, and how it must be refused.
// field "" stands for any.
type attempt struct {
	what  string
	raw   []byte
	key   string
	field string
}

// hostile are strings that are no word of any list, no id and no date.
var hostile = []string{"<script>alert(1)</script>", "' or 1=1 --", "../../etc/passwd", "a\x00b", "\u202egnp.exe", "no_such word", "%s%n", "\ud7ff\uffff"}

// attempts makes all bad data of a command. good is its valid data.
func attempts(shape domain.Shape, good map[string]any) []attempt {
	var out []attempt
	with := func(what, name string, value any, key string) {
		data := maps.Clone(good)
		data[name] = value
		out = append(out, attempt{name + ": " + what, plain(data), key, name})
	}
	for _, f := range slices.Concat(shape.Fields, envelope(shape)) {
		if f.Made {
			continue
		}
		if !f.Optional && !f.New {
			data := maps.Clone(good)
			delete(data, f.Name)
			out = append(out, attempt{f.Name + ": missing", plain(data), cmp.Or(f.Absent, "field.required"), f.Name})
		}
		wrongType(f, with)
		wrongValue(f, with)
		if _, stated := good[f.Name]; stated {
			again := append([]byte(","), plain(map[string]any{f.Name: example.Value(f)})[1:]...)
			out = append(out, attempt{f.Name + ": doubled", slices.Concat(bytes.TrimSuffix(plain(good), []byte("}")), again), "field.twice", f.Name})
		}
	}
	with("unknown field", "colour", "red", "field.unknown")
	with("reserved field", "recorded_by", "me", "field.unknown")
	with("hostile name", "__proto__", 1, "field.unknown")
	for _, name := range []string{hostile[0], "髙橋例子", "", strings.Repeat("x", 100)} {
		with("hostile name", name, 1, "field.unknown")
		out[len(out)-1].field = "data" // such a name is never repeated
	}
	return slices.Concat(out, streams(shape, good))
}

// envelope are the fields beside the command's own that anybody may state.
func envelope(shape domain.Shape) []domain.Field {
	return slices.DeleteFunc(slices.Clone(office.EnvelopeFields()), func(f domain.Field) bool {
		own := slices.ContainsFunc(shape.Fields, func(o domain.Field) bool { return o.Name == f.Name })
		return own || f.Name == "controller" // only the system may state it
	})
}

type adds func(what, name string, value any, key string)

func wrongType(f domain.Field, with adds) {
	with("null", f.Name, nil, "field.type")
	with("a fraction", f.Name, 1.5, "field.type")
	switch {
	case f.Kind == domain.KindJSON || f.Each:
		with("a list", f.Name, []any{1}, "field.type")
	default:
		with("an object", f.Name, map[string]any{"x": 1}, "field.type")
	}
	switch f.Kind {
	case domain.KindFlag:
		with("a word", f.Name, "yes", "field.type")
		with("a number", f.Name, 2, "field.type")
	case domain.KindInt, domain.KindTime:
		with("a text", f.Name, "1", "field.type")
		with("beyond numbers", f.Name, json.Number("1e400"), "field.type")
	case domain.KindCodes, domain.KindTokens, domain.KindIDs:
		with("a text", f.Name, "job", "field.type")
	}
}

func wrongValue(f domain.Field, with adds) {
	long := strings.Repeat("あ", 10_001)
	coded := cmp.Or(f.Wrong, "field.code")
	switch f.Kind {
	case domain.KindCode:
		all(f, append(hostile, long), coded, with, func(s string) any { return s })
	case domain.KindCodes:
		all(f, append(hostile, long), coded, with, func(s string) any { return []string{f.List[0], s} })
		with("too many", f.Name, slices.Repeat([]string{f.List[0]}, 201), "field.too_long")
	case domain.KindToken:
		all(f, append(hostile, long), "field.code", with, func(s string) any { return s })
	case domain.KindTokens:
		all(f, append(hostile, long), "field.code", with, func(s string) any { return []string{s} })
		with("too many", f.Name, slices.Repeat([]string{"n1"}, 201), "field.too_long")
	case domain.KindID:
		all(f, append(hostile, long, ".", "..", "a/b"), "field.id", with, func(s string) any { return s })
	case domain.KindIDs:
		all(f, append(hostile, long), "field.id", with, func(s string) any { return []string{s} })
		with("too many", f.Name, slices.Repeat([]string{given.ID("x")}, 201), "field.too_long")
	case domain.KindDigest:
		all(f, append(hostile, long, strings.Repeat("G", 64)), "field.digest", with, func(s string) any { return s })
	case domain.KindDate:
		all(f, append(hostile, long, "", "2019-02-30", "20190601", "2019-6-1", "R1.6.1", "2019-06-01T00:00:00Z"), "field.date", with, func(s string) any { return s })
	case domain.KindInt:
		with("too large", f.Name, int64(1)<<41, "field.range")
		with("too small", f.Name, -(int64(1) << 41), "field.range")
	case domain.KindTime:
		for _, n := range []int{-1, 2400, 1260, 99999} {
			with("no time", f.Name, n, "field.time")
		}
	case domain.KindWord, domain.KindText:
		text(f, long, with)
	}
}

func all(f domain.Field, values []string, key string, with adds, form func(string) any) {
	for _, s := range values {
		with("no value of the list", f.Name, form(s), key)
	}
}

// text: wording may be anything but too long, or full of signs nobody can see.
func text(f domain.Field, long string, with adds) {
	form := func(s string) any { return s }
	if f.Each {
		form = func(s string) any { return map[string]string{given.ID("mover"): s} }
		with("no id", f.Name, map[string]string{"../x": "x"}, "field.id")
	}
	with("too long", f.Name, form(long), "field.too_long")
	for _, s := range []string{"a\x00b", "\x1b[31m", "a\u0085b", "\u202egnp.exe", "\u2066x", "\ufffd"} {
		with("control characters", f.Name, form(s), "field.text")
	}
	with("broken UTF-8", f.Name, form("BROKEN"), "field.text")
}

// streams: bad ids of the stream itself.
func streams(shape domain.Shape, good map[string]any) []attempt {
	key := office.StreamKey(shape)
	with := func(value any, refusal string) attempt {
		data := maps.Clone(good)
		data[key] = value
		return attempt{"stream", plain(data), refusal, key}
	}
	out := []attempt{with(7, "field.type"), with("a/b", "field.id"), with("..", "field.id"), with(strings.Repeat("x", 65), "field.id"), with(hostile[0], "field.id")}
	if !shape.Creates {
		category, _, _ := strings.Cut(shape.Name, ".")
		unknown := with(given.ID("nobody"), "stream.unknown")
		unknown.field = category
		missing := maps.Clone(good)
		delete(missing, key)
		out = append(out, unknown, attempt{"stream missing", plain(missing), "field.required", key})
	}
	return out
}

// plain is JSON as a hostile client writes it: BROKEN becomes bytes that are no UTF-8.
func plain(data map[string]any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(data); err != nil {
		panic(err) // maps of plain values always marshal
	}
	return bytes.ReplaceAll(bytes.TrimSpace(b.Bytes()), []byte("BROKEN"), []byte("\xff\xfe"))
}
