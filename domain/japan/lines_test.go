package japan_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"ayumi/domain/japan"
)

// em gives every character of Japanese the width 2 and the rest 1.
func em(r rune) float64 {
	if r < 0x2000 {
		return 1
	}
	return 2
}

func TestLinesKeepTheRulesOfTheirEnds(t *testing.T) {
	for _, c := range []struct {
		text  string
		limit float64
		want  []string
	}{
		{"利便性の高い新橋館へ移転し、", 12, []string{"利便性の高い", "新橋館へ移転", "し、"}},
		{"あいうえ。", 8, []string{"あいう", "え。"}},
		{"あいう「えお」", 8, []string{"あいう", "「えお」"}},
		{"IJUターン就職者", 5, []string{"IJU", "ター", "ン就", "職者"}},
		{"目標30名以上", 6, []string{"目標", "30名以", "上"}}, {"目標30名以上", 5, []string{"目標", "30名", "以上"}},
		{"移住 相談", 4, []string{"移住 ", "相談"}},
		{"", 4, []string{""}},
		{"………", 2, []string{"…", "…", "…"}},
	} {
		got := japan.BreakLines(c.text, c.limit, em)
		require.Equal(t, c.text, strings.Join(got, ""))
		if len(c.want) > 0 {
			require.Equal(t, c.want, got)
		}
	}
}

// Whatever the text and the width: no character is lost, no line is too wide, and
// a rule is broken only where the line held no other place.
func TestNoCharacterIsLost(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	letters := []rune("あいうっゃー、。「」（）()々…―—漢字仕事 　abcXYZ0123456789%￥#名年月-'_𠮷神" + "\u3099" + "\U000E0100")
	for range 20_000 {
		text := make([]rune, rng.IntN(60))
		for i := range text {
			text[i] = letters[rng.IntN(len(letters))]
		}
		holds(t, string(text), float64(1+rng.IntN(30)))
	}
}

func FuzzBreakLines(f *testing.F) {
	f.Add("年中無休で相談を受け、木・金・土曜日は毎週、時間外も開けた。", 20.0)
	f.Fuzz(func(t *testing.T, text string, limit float64) {
		if utf8.ValidString(text) && limit > 0 && limit < 1e6 {
			holds(t, text, limit)
		}
	})
}

func holds(t *testing.T, text string, limit float64) {
	t.Helper()
	lines := japan.BreakLines(text, limit, em)
	require.Equal(t, text, strings.Join(lines, ""))
	for i, line := range lines {
		runes := []rune(line)
		used := 0.0
		for _, r := range strings.TrimRightFunc(line, unicode.IsSpace) {
			used += em(r)
		}
		require.True(t, used <= limit || len(runes) <= 1 || len([]rune(strings.TrimRightFunc(line, unicode.IsSpace))) == 1, "%q is wider than %v", line, limit)
		if i == 0 {
			continue
		}
		before := []rune(lines[i-1])
		if japan.MayBreak(before[len(before)-1], runes[0]) {
			continue
		}
		for n := 1; n < len(before); n++ {
			require.False(t, japan.MayBreak(before[n-1], before[n]), "%q | %q could have been parted earlier", lines[i-1], line)
		}
	}
}
