package export

import (
	"bytes"
	"encoding/json"
)

// writeJSON writes {"about": …, "columns": …, "rows": …}: rows as objects by the
// keys of the columns, a withheld value, and one that there is not, as null.
func writeJSON(d Document) ([]byte, string, error) {
	type heading struct {
		Key  string `json:"key"`
		Name string `json:"name"`
	}
	about, columns, rows := []pair{}, []heading{}, []object{}
	for _, i := range d.About {
		about = append(about, pair{i.Key, i.Value})
	}
	for _, c := range d.Data.Columns {
		columns = append(columns, heading{c.Key, c.Name})
	}
	for _, row := range d.Data.Rows {
		var o object
		for i, c := range row {
			o = append(o, pair{d.Data.Columns[i].Key, c.value()})
		}
		rows = append(rows, o)
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	err := enc.Encode(struct {
		Language string    `json:"language"`
		About    object    `json:"about"`
		Columns  []heading `json:"columns"`
		Rows     []object  `json:"rows"`
	}{d.Language, about, columns, rows})
	return out.Bytes(), "", err
}

func (c Cell) value() any {
	switch c.Kind {
	case IsNumber:
		return json.Number(c.digits())
	case IsHidden, IsNone:
		return nil
	}
	return c.Text
}

type pair struct {
	key   string
	value any
}

// object is a JSON object that keeps the order of its members.
type object []pair

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, p := range o {
		if i > 0 {
			out = append(out, ',')
		}
		key, err := json.Marshal(p.key)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(p.value)
		if err != nil {
			return nil, err
		}
		out = append(append(append(out, key...), ':'), value...)
	}
	return append(out, '}'), nil
}
