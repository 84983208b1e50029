package browser_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// ledgerOf writes a ledger as an office keeps it, with a day that is none and a word
// that no column knows, and answers its path.
func ledgerOf(t *testing.T) string {
	f := excelize.NewFile()
	for row, cells := range [][]any{
		{"令和5年度　相談台帳"},
		{"相談日", "氏名", "ふりがな", "電話番号", "相談方法", "種別", "住所", "相談内容"},
		{"R5.10.2", "桑名　帳一", "くわな　ちょういち", "08055501001", "来所", "移住", "東京都港区", "家探し"},
		{time.Date(2023, 10, 3, 0, 0, 0, 0, time.UTC), "桑名　帳二", "くわな　ちょうじ", "08055501002", "狼煙", "移住", "東京都港区", "家探し"},
		{"〃", "〃", "〃", "〃", "電話", "仕事", "〃", "続き"},
		{"R5.2.30", "大鳥　帳三", "おおとり　ちょうぞう", "08055501003", "電話", "移住", "大阪府", "家探し"},
	} {
		at, err := excelize.CoordinatesToCellName(1, row+1)
		require.NoError(t, err)
		require.NoError(t, f.SetSheetRow("Sheet1", at, &cells))
	}
	path := filepath.Join(t.TempDir(), "台帳.xlsx")
	require.NoError(t, f.SaveAs(path))
	return path
}
