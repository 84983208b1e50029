package web

import (
	"fmt"
	"html/template"
	"strconv"

	"ayumi/infra/web/locale"
)

// Part is a named count.
type Part struct {
	Name  string
	Value int
}

// Stack is one bar of parts that make a printed total.
type Stack struct {
	Name  string
	Parts []Part
	Total int
}

// Channels sets stacks of parts under each other, each over the full width.
type Channels struct {
	ID     string
	Stacks []Stack
}

const (
	stackRight              = 60.0
	stackHeight, stackPitch = 34.0, 74.0
	steps                   = 5 // steps of the one hue
)

// Draw draws a bar per stack with direct labels where they have room; narrow
// parts are in the table only.
func (c Channels) Draw(w *locale.Chart) (template.HTML, error) {
	left := 0.0
	for _, s := range c.Stacks {
		left = max(left, textWidth(s.Name)+24)
	}
	d := newDrawing(stackPitch*float64(len(c.Stacks))+12, c.ID, w.ChannelTitle, w.ChannelText)
	for i, s := range c.Stacks {
		values := make([]int, len(s.Parts))
		for k, p := range s.Parts {
			values[k] = p.Value
		}
		if err := adds(c.ID+" "+s.Name, values, s.Total); err != nil {
			return "", err
		}
		s.draw(d, left, float64(i)*stackPitch+30)
	}
	return d.done(), nil
}

func (s Stack) draw(d *drawing, left, y float64) {
	d.text(left-12, y+stackHeight/2+5, "end", "cat", s.Name)
	x := left
	for k, p := range s.Parts {
		if p.Value == 0 {
			continue
		}
		width := (chartWidth - left - stackRight) * float64(p.Value) / float64(s.Total)
		d.bar(x, y, max(width-1.5, .5), stackHeight, fmt.Sprintf("s%d", min(k, steps-1)))
		if width > 26 {
			class := "in-dark"
			if k < 2 {
				class = "in-light"
			}
			d.text(x+width/2, y+stackHeight/2+5, "middle", class, strconv.Itoa(p.Value))
		}
		if width > textWidth(p.Name)+4 {
			d.text(x+2, y-7, "start", "tick", p.Name)
		}
		x += width
	}
	d.text(x+8, y+stackHeight/2+6, "start", "lab-cur", strconv.Itoa(s.Total))
}

// textWidth is about how wide a label is: 14 for a full-width character, 8 for
// any other.
func textWidth(s string) float64 {
	width := 0.0
	for _, r := range s {
		if r >= 0x2e80 {
			width += 14
		} else {
			width += 8
		}
	}
	return width
}

// Bar is one row of a small horizontal bar list; the row's own text says name
// and value, so the drawing is hidden from readers.
type Bar struct {
	Name  string
	Value int
	Width string // in per cent of the longest
}

// bars scales parts to the longest of them and checks their total.
func bars(what string, parts []Part, total int) ([]Bar, error) {
	most, values := 0, make([]int, len(parts))
	for i, p := range parts {
		most, values[i] = max(most, p.Value), p.Value
	}
	if err := adds(what, values, total); err != nil {
		return nil, err
	}
	out := make([]Bar, len(parts))
	for i, p := range parts {
		out[i] = Bar{Name: p.Name, Value: p.Value, Width: "0"}
		if most > 0 {
			out[i].Width = num(100 * float64(p.Value) / float64(most))
		}
	}
	return out, nil
}
