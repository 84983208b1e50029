//go:build linux

package bench

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"ayumi/cmd/app"
	"ayumi/domain/importing"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/office"
	"ayumi/projections"
)

var ledgerRows = flag.Int("ledger-rows", 20_000, "rows of the ledger that is imported")

// BenchmarkImport takes a workbook of 20,000 messy rows from its bytes to figures and
// back: the dry run (reading, understanding, comparing with the office's persons), the
// import with everything durable, and the undo.
//
//	go test ./tests/bench -run xxx -bench Import -benchtime 1x -timeout 30m
func BenchmarkImport(b *testing.B) {
	c := app.Default()
	c.Data = filepath.Join(b.TempDir(), "data")
	c.Log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	l, err := app.OpenLedger(context.Background(), c, nil)
	require.NoError(b, err)
	o, account := office.New(l.Decider, nil), uuid.NewString()
	do(b, o, "system", "account.open", account, `"account":%q,"kind":"staff","desk":"D-TKY","code":"co1","name":"x","kana":"x","controller":"31"`)
	do(b, o, "system", "account.grant_role", account, `"account":%q,"role":"CO"`)
	require.NoError(b, l.Close())
	a, err := app.Open(context.Background(), c)
	require.NoError(b, err)
	defer func() { require.NoError(b, a.Close()) }()
	ctx := context.Background()
	require.NoError(b, a.Ready(ctx, time.Minute))
	who, err := a.Office.Who(ctx, account)
	require.NoError(b, err)
	raw, wrong := messyLedger(b, *ledgerRows)

	for b.Loop() {
		before := sessions(b, a)
		begun := time.Now()
		d, err := a.Imports.Begin(ctx, who, "ledger.xlsx", raw)
		require.NoError(b, err)
		_, _, plan, err := a.Imports.Look(ctx, who, d.ID)
		require.NoError(b, err)
		b.ReportMetric(time.Since(begun).Seconds(), "dry-run-s")
		good, bad, _, waiting := plan.Count()
		require.Equal(b, []int{*ledgerRows - wrong, wrong, 0}, []int{good, bad, waiting})
		b.ReportMetric(float64(len(plan.People)), "people")

		_, err = a.Imports.Change(ctx, who, d.ID, func(d *importing.Draft, _ importing.Table) error { d.Said.NoticeVersion = "n1"; return nil })
		require.NoError(b, err)
		begun = time.Now()
		require.NoError(b, a.Imports.Start(ctx, who, d.ID))
		require.NoError(b, a.Imports.Wait(ctx, d.ID))
		b.ReportMetric(time.Since(begun).Seconds(), "import-s")
		d, _, _, err = a.Imports.Look(ctx, who, d.ID)
		require.NoError(b, err)
		require.Equal(b, importing.Done, d.State, d.Why)
		done, refused := d.Imported()
		require.Equal(b, []int{good, 0}, []int{done, refused})
		require.Equal(b, before+good, sessions(b, a))
		b.ReportMetric(time.Since(begun).Seconds(), "counted-s")

		begun = time.Now()
		require.NoError(b, a.Imports.Undo(ctx, who, d.ID))
		require.NoError(b, a.Imports.Wait(ctx, d.ID))
		b.ReportMetric(time.Since(begun).Seconds(), "undo-s")
		require.Equal(b, before, sessions(b, a))
	}
	b.ReportMetric(0, "ns/op")
}

// sessions is C0 of fiscal 2019 once everything recorded is counted.
func sessions(b *testing.B, a *app.App) int {
	ctx := context.Background()
	require.NoError(b, a.Ready(ctx, 5*time.Minute))
	book, err := a.Definitions.Book(ctx, "31")
	require.NoError(b, err)
	year := japan.FiscalYear(2019).Whole()
	for _, d := range book.All() {
		if d.Indicator == "C0" {
			f, err := a.Indicators.Figure(ctx, indicator.Question{Definition: d, Period: year, Scope: "31"}, projections.Newest, japan.DateOf(time.Now()))
			require.NoError(b, err)
			return f.Value
		}
	}
	require.Fail(b, "no C0")
	return 0
}

// messyLedger is a workbook of a fiscal year in the hand of an office: short days,
// serial days, eaten zeros, 〃 for the day and the channel, every fiftieth row wrong.
func messyLedger(b *testing.B, rows int) (raw []byte, wrong int) {
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	require.NoError(b, err)
	row := func(n int, cells ...any) { require.NoError(b, w.SetRow(fmt.Sprintf("A%d", n), cells)) }
	row(1, "令和元年度　相談台帳")
	row(2, "No", "相談日", "氏名", "ふりがな", "電話番号", "メール", "住所", "年代", "相談方法", "相談種別", "相談内容", "対応内容", "結果")
	channels, kinds := []string{"来所", "電話", "メール", "オンライン"}, []string{"移住", "就職", "移住、仕事", "住まい"}
	for i := range rows {
		who := i % (rows * 3 / 5)
		day := japan.On(2019, 4, 1).Add(i * 340 / rows)
		_, m, n := day.Civil()
		var on any = fmt.Sprintf("%d/%d", m, n)
		channel, phone := channels[i%4], any(9_000_000_000+who)
		switch {
		case i%50 == 49:
			on, wrong = "不明", wrong+1
		case i%7 == 3:
			on = int(day - japan.On(1899, 12, 30))
		case i%5 == 1 && i%50 != 0 && i%7 != 4:
			on, channel = "〃", "〃"
		}
		row(i+3, i+1, on, fmt.Sprintf("見本%d　太郎", who), read(who)+"　たろう", phone, fmt.Sprintf("p%d@example.jp", who), "東京都千代田区", "３０代", channel, kinds[i%4],
			fmt.Sprintf("住まいと仕事について相談。%d回目", i), "資料を送付", "継続")
	}
	require.NoError(b, w.Flush())
	var out bytes.Buffer
	require.NoError(b, f.Write(&out))
	return out.Bytes(), wrong
}

// read is a reading that only one number has.
func read(n int) string {
	kana := []rune("あかさたなはまやらわ")
	out := []rune("みほ")
	for _, digit := range fmt.Sprint(n) {
		out = append(out, kana[digit-'0'])
	}
	return string(out)
}
