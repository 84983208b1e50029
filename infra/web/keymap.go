package web

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"ayumi/infra/web/locale"
)

// binding is a key of the pages. Templates bind a control to it by its name, help
// lists it, keys.js reads it: it stands nowhere else.
type binding struct {
	name, key string
	act       string   // what keys.js does of itself; "" presses the control that has the key
	at        []string // the places of help that know it; nil: every one
}

// bindings are the keys in the order in which help lists them; the choices of the entry
// form follow (chosenBy).
var bindings = []binding{
	{name: "help", key: "?"},
	{name: "find", key: "ctrl+k"},
	{name: "new", key: "n", at: []string{"today"}},
	{name: "lists", key: "1–7", at: []string{"today"}},
	{name: "next", key: "j", act: "next", at: []string{"today", "calendar"}},
	{name: "previous", key: "k", act: "previous", at: []string{"today", "calendar"}},
	{name: "agenda", key: "w", at: []string{"today"}},
	{name: "earlier", key: "ArrowLeft", at: []string{"calendar"}},
	{name: "now", key: "t", at: []string{"calendar"}},
	{name: "later", key: "ArrowRight", at: []string{"calendar"}},
	{name: "row", key: "enter", at: []string{"today", "calendar"}},
	{name: "entry", key: "e", at: []string{"journey"}},
	{name: "news", key: "r", at: []string{"today", "journey", "referrals"}},
	{name: "play", key: "p", at: []string{"indicators"}},
	{name: "save", key: "ctrl+enter", act: "save", at: []string{"journey", "intake", "records", "confirmations", "referrals", "duplicates", "handover"}},
}

// chosenBy are the places with the keys of channel and content.
var chosenBy = []string{"journey", "intake"}

// HelpKey is a key with what it does.
type HelpKey struct {
	Keys []string
	Text string
}

// keysOf are the keys of a place for who reads its help.
func keysOf(w *locale.Words, place string, finds bool) []HelpKey {
	var out []HelpKey
	for _, b := range bindings {
		if (b.at == nil || slices.Contains(b.at, place)) && (b.name != "find" || finds) {
			out = append(out, HelpKey{shownKeys(b.key), w.Help.Names[b.name]})
		}
	}
	if slices.Contains(chosenBy, place) {
		for i, k := range keyedChannels {
			out = append(out, HelpKey{shownKeys("alt+" + strconv.Itoa(i+1)), w.Entry.Channels[k.word]})
		}
		for _, k := range keyedContents {
			out = append(out, HelpKey{shownKeys("alt+" + k.key), w.Entry.Categories[k.word]})
		}
	}
	return out
}

// shownKeys are the caps of a key, as they stand on a keyboard.
func shownKeys(key string) []string {
	var out []string
	for _, part := range strings.Split(key, "+") {
		if sign := map[string]string{"ArrowLeft": "←", "ArrowRight": "→"}[part]; sign != "" {
			out = append(out, sign)
			continue
		}
		out = append(out, strings.ToUpper(part[:1])+part[1:])
	}
	return out
}

// keyAttributes bind a control to a key in a template: <a {{key "new"}}>.
func keyAttributes(name string) template.HTMLAttr {
	i := slices.IndexFunc(bindings, func(b binding) bool { return b.name == name && b.act == "" })
	if i < 0 {
		panic("no key is called " + name)
	}
	spoken := spokenKey(bindings[i].key)
	return template.HTMLAttr(`data-key="` + bindings[i].key + `" aria-keyshortcuts="` + spoken + `"`)
}

// spokenKey is a key as browsers name it to readers of screens.
func spokenKey(key string) string {
	if strings.HasPrefix(key, "Arrow") {
		return key
	}
	return strings.Join(shownKeys(strings.Replace(key, "ctrl", "control", 1)), "+")
}

// boundActs tells keys.js what it does of itself: "ctrl+enter=save j=next k=previous".
func boundActs() string {
	var out []string
	for _, b := range bindings {
		if b.act != "" {
			out = append(out, b.key+"="+b.act)
		}
	}
	return strings.Join(out, " ")
}
