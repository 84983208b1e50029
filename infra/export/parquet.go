package export

import (
	"bytes"
	"reflect"
	"strconv"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/snappy"
)

// writeParquet writes the data by the keys of the columns; what the file says of
// itself lies in its metadata. A withheld value is
// null, and so is one that there is not.
func writeParquet(d Document) ([]byte, string, error) {
	schema := parquet.SchemaOf(reflect.New(rowType(d.Data.Columns)).Interface())
	options := []parquet.WriterOption{schema, parquet.CreatedBy("ayumi", "1", ""), parquet.Compression(&snappy.Codec{}),
		parquet.KeyValueMetadata("language", d.Language)}
	for _, i := range d.About {
		options = append(options, parquet.KeyValueMetadata(i.Key, i.Value))
	}
	var out bytes.Buffer
	w := parquet.NewGenericWriter[any](&out, options...)
	for _, cells := range d.Data.Rows {
		row := make(parquet.Row, len(cells))
		for i, c := range cells {
			row[i] = c.parquet(d.Data.Columns[i]).Level(0, c.level(d.Data.Columns[i]), i)
		}
		if _, err := w.WriteRows([]parquet.Row{row}); err != nil {
			return nil, "", err
		}
	}
	err := w.Close()
	return out.Bytes(), "", err
}

// rowType is a struct with a field a column, numbers being optional.
func rowType(columns []Column) reflect.Type {
	var fields []reflect.StructField
	for i, c := range columns {
		f := reflect.StructField{Name: "C" + strconv.Itoa(i), Type: reflect.TypeFor[string](), Tag: reflect.StructTag(`parquet:"` + c.Key + `,dict"`)}
		if c.Decimals {
			f.Type, f.Tag = reflect.TypeFor[*float64](), reflect.StructTag(`parquet:"`+c.Key+`,optional"`)
		} else if c.Number {
			f.Type, f.Tag = reflect.TypeFor[*int64](), reflect.StructTag(`parquet:"`+c.Key+`,optional"`)
		}
		fields = append(fields, f)
	}
	return reflect.StructOf(fields)
}

func (c Cell) parquet(of Column) parquet.Value {
	switch {
	case c.Kind == IsHidden || c.Kind == IsNone:
		return parquet.NullValue()
	case of.Decimals:
		return parquet.DoubleValue(c.amount())
	case of.Number:
		return parquet.Int64Value(c.Number)
	}
	return parquet.ByteArrayValue([]byte(c.Text))
}

// level is how far down a value of an optional column is there.
func (c Cell) level(of Column) int {
	if of.Number && c.Kind == IsNumber {
		return 1
	}
	return 0
}
