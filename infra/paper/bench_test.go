package paper_test

import (
	"testing"

	"ayumi/domain/workplan"
)

// BenchmarkPrint is one file of a sheet.
func BenchmarkPrint(b *testing.B) {
	p, d := press(b), sheet(b, "F2016", "就業相談 168（前年度 23）、2月末現在。")
	for _, kind := range workplan.Kinds {
		b.Run(kind, func(b *testing.B) {
			for b.Loop() {
				printed(b, p, d, kind)
			}
		})
	}
}
