package locale

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"ayumi/domain/japan"

	"github.com/stretchr/testify/require"
)

func both(t *testing.T, check func(t *testing.T, w *Words)) {
	for _, w := range []*Words{japanese, english} {
		t.Run(string(w.Language), func(t *testing.T) { check(t, w) })
	}
}

func TestNoWordIsEmpty(t *testing.T) {
	both(t, func(t *testing.T, w *Words) { filled(t, reflect.ValueOf(*w), "Words") })
}

func filled(t *testing.T, v reflect.Value, at string) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			filled(t, v.Field(i), at+"."+v.Type().Field(i).Name)
		}
	case reflect.Map:
		require.NotZero(t, v.Len(), at)
		for _, k := range v.MapKeys() {
			filled(t, v.MapIndex(k), at+"["+k.String()+"]")
		}
	case reflect.Slice, reflect.Array:
		require.NotZero(t, v.Len(), at)
		for i := range v.Len() {
			filled(t, v.Index(i), at+"["+strconv.Itoa(i)+"]")
		}
	case reflect.Func:
		require.False(t, v.IsNil(), at)
	case reflect.String:
		require.NotEmpty(t, strings.TrimSpace(v.String()), at)
	}
}

func TestBothLanguagesHaveTheSameKeys(t *testing.T) {
	same(t, reflect.ValueOf(*japanese), reflect.ValueOf(*english), "Words")
}

func same(t *testing.T, a, b reflect.Value, at string) {
	switch a.Kind() {
	case reflect.Struct:
		for i := range a.NumField() {
			same(t, a.Field(i), b.Field(i), at+"."+a.Type().Field(i).Name)
		}
	case reflect.Map:
		require.Equal(t, a.Len(), b.Len(), at)
		for _, k := range a.MapKeys() {
			require.True(t, b.MapIndex(k).IsValid(), at+"["+k.String()+"]")
			same(t, a.MapIndex(k), b.MapIndex(k), at+"["+k.String()+"]")
		}
	case reflect.Slice:
		require.Equal(t, a.Len(), b.Len(), at)
	}
}

// Sentences that are functions are called with plain values: none may panic,
// come out empty, or hold a formatting mistake.
func TestSentencesWithValues(t *testing.T) {
	both(t, func(t *testing.T, w *Words) { spoken(t, reflect.ValueOf(*w), "Words") })
}

func spoken(t *testing.T, v reflect.Value, at string) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			spoken(t, v.Field(i), at+"."+v.Type().Field(i).Name)
		}
	case reflect.Func:
		for _, n := range []int{0, 1, 2, 1234} {
			args := make([]reflect.Value, v.Type().NumIn())
			for i := range args {
				if args[i] = reflect.ValueOf("@"); v.Type().In(i).Kind() == reflect.Int {
					args[i] = reflect.ValueOf(n)
				}
			}
			said := v.Call(args)[0].String()
			require.NotEmpty(t, said, at)
			require.NotContains(t, said, "%!", at)
		}
	}
}

func TestEnglishHasNoJapaneseLetters(t *testing.T) {
	latin(t, reflect.ValueOf(*english), "Words")
}

func latin(t *testing.T, v reflect.Value, at string) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			latin(t, v.Field(i), at+"."+v.Type().Field(i).Name)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			latin(t, v.MapIndex(k), at+"["+k.String()+"]")
		}
	case reflect.String:
		for _, r := range v.String() {
			require.False(t, unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana), at+": "+v.String())
		}
	}
}

// Every key the domain refuses with has its sentence in both languages.
func TestEveryRefusalOfTheDomainHasItsSentence(t *testing.T) {
	err := filepath.WalkDir("../../../domain", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			name := ""
			switch f := call.Fun.(type) {
			case *ast.Ident:
				name = f.Name
			case *ast.SelectorExpr:
				name = f.Sel.Name
			}
			key, isText := call.Args[0].(*ast.BasicLit)
			if (name == "Refuse" || name == "RefuseField") && isText {
				text, err := strconv.Unquote(key.Value)
				require.NoError(t, err)
				require.True(t, japanese.HasRefusal(text) && english.HasRefusal(text), "%s: no sentence for %s", path, text)
			}
			return true
		})
		return nil
	})
	require.NoError(t, err)
}

func TestRefusalNamesTheField(t *testing.T) {
	require.Equal(t, "方法を入力してください。", japanese.Refusal("field.required", "channel", nil))
	require.Equal(t, "Enter channel.", english.Refusal("field.required", "channel", nil))
	require.Equal(t, "続けて探せる回数を超えました。3秒待ってください。", japanese.Refusal("rate", "", map[string]string{"seconds": "3"}))
	require.Contains(t, english.Refusal("no.such_key", "", nil), "no.such_key")
}

func TestNamesFallBackToTheCode(t *testing.T) {
	require.Equal(t, "電話", japanese.Code("channel", "phone"))
	require.Equal(t, "smoke_signal", japanese.Code("channel", "smoke_signal"))
	require.Equal(t, "就業・住まい", japanese.CodeNames("category", []string{"job", "housing"}))
	require.Equal(t, "Consultation", english.Event("case.consultation_held"))
	require.Equal(t, "a.b", english.Event("a.b"))
}

func TestDatesAndNumbers(t *testing.T) {
	d := japan.On(2020, 2, 29)
	require.Equal(t, "令和2年2月29日（土）", japanese.Date(d))
	require.Equal(t, "2020-02-29 (Sat)", english.Date(d))
	require.Equal(t, "R2.2.29", japanese.ShortDate(d))
	require.Equal(t, "2月29日（土）", japanese.DayMonth(d))
	require.Equal(t, "29 Feb (Sat)", english.DayMonth(d))
	require.Equal(t, "令和元年5月", japanese.Month(japan.On(2019, 5, 1)))
	require.Equal(t, "平成31年4月30日", japanese.PlainDate(japan.On(2019, 4, 30)))
	require.Equal(t, "令和2年3月2日 9:00", japanese.DateTime(time.Date(2020, 3, 2, 0, 0, 0, 0, time.UTC)))
	require.Equal(t, "令和2年2月29日（土）24時", japanese.EndOfDay(d))
	require.Equal(t, "令和元年度（平成31年度・2019）", japanese.FiscalYear(2019))
	require.Equal(t, "FY2019", english.FiscalYearShort(2019))
	require.Equal(t, "2,391", japanese.Number(2391))
	require.Equal(t, "-1,234,567", japanese.Number(-1234567))
	require.Equal(t, "−2", japanese.Signed(-2))
	require.Equal(t, "168件", japanese.Sized(168, "sessions"))
	require.Equal(t, "", japanese.Date(0))
}

func TestPreferredLanguage(t *testing.T) {
	require.Equal(t, English, Preferred("fr, en-GB;q=0.8, ja;q=0.5"))
	require.Equal(t, Japanese, Preferred("ja-JP"))
	require.Equal(t, Japanese, Preferred(""))
	require.Same(t, english, japanese.Other())
	require.Same(t, japanese, In("xx"))
}
