package japan

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// today is a Thursday.
var today = On(2020, 2, 20)

func hhmm(n int) *int { return &n }

func TestTypedDays(t *testing.T) {
	want := Typed{Date: On(2020, 2, 8), Precision: PrecisionDay}
	for _, text := range []string{
		"R2 2 8", "R2.2.8", "令和2年2月8日", "2020/2/8", "２０２０－２－８", "20200208",
		"2020 2 8", "2020-02-08", "2020年2月8日", "２０２０ー２ー８", "2020.2.8", "r2/2/8", "Ｒ２．２．８", "R.2.2.8",
		"R020208", "令和02年02月08日", "㋿2年2月8日", "令和2年2月8日（土）", "2020-02-08 (Sat)", "令和2年2月8日 土曜日",
		" 令和 2年 2月 8日 ", "西暦2020年2月8日", "令和2 2 8", "2/8", "2 8", "2月8日", "2月8日(土)", "２／８",
		"12日前", "先々週の土曜日", "先々週土",
	} {
		got, err := ReadPast(text, today)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
}

func TestTypedNearDays(t *testing.T) {
	for text, want := range map[string]Date{
		"昨日": today - 1, "きのう": today - 1, "yesterday": today - 1, "一昨日": today - 2, "おととい": today - 2,
		"今日": today, "本日": today, "Today": today, "明日": today + 1, "あさって": today + 2, "tomorrow": today + 1,
		"来週土": On(2020, 2, 29), "来週の月曜日": On(2020, 2, 24), "来週日": On(2020, 3, 1), "再来週木": On(2020, 3, 5),
		"今週金": On(2020, 2, 21), "先週日": On(2020, 2, 16), "last sat": On(2020, 2, 15), "next saturday": On(2020, 2, 29), "this fri": On(2020, 2, 21),
		"3日後": today + 3, "2週間後": today + 14, "1週前": today - 7, "１０日前": today - 10,
		"今月末": On(2020, 2, 29), "先月末": On(2020, 1, 31), "来月15日": On(2020, 3, 15), "2月末": On(2020, 2, 29),
		"令和2年2月末": On(2020, 2, 29), "2019/2/末": On(2019, 2, 28), "土": On(2020, 2, 22), "木曜": today,
	} {
		got, err := ReadComing(text, today)
		require.NoError(t, err, text)
		require.Equal(t, Typed{Date: want, Precision: PrecisionDay}, got, text)
	}
}

func TestTypedAppointment(t *testing.T) {
	saturday := On(2020, 2, 8)
	want := Typed{Date: On(2020, 2, 15), Precision: PrecisionDay, Clock: hhmm(1500), Channel: "online"}
	for _, text := range []string{
		"来週土 15時 オンライン", "来週土　１５時　ｵﾝﾗｲﾝ", "来週土15時オンライン", "来週土 オンライン 午後3時", "2/15 15:00 オンライン面談で",
		"2/15(土) 15：00〜 オンライン", "2月15日(土) 3pm online", "R2.2.15 15時00分 オンライン", "7日後 15時 オンライン",
	} {
		got, err := ReadComing(text, saturday)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	for text, clock := range map[string]int{
		"今日 0時": 0, "今日 9:05": 905, "今日 10時半": 1030, "今日 午前12時": 0, "今日 午後12時半": 1230,
		"今日 23時59分": 2359, "今日 am 9:00": 900, "明日 15時ごろ": 1500,
	} {
		got, err := ReadComing(text, saturday)
		require.NoError(t, err, text)
		require.Equal(t, hhmm(clock), got.Clock, text)
	}
	for text, channel := range map[string]string{
		"今日 電話": "phone", "今日電話": "phone", "昨日メール": "email", "昨日 LINE": "line", "今日 窓口": "in_person", "今日 来所": "in_person",
		"今日 訪問": "home_visit", "昨日 郵送": "letter", "昨日 FAX": "letter", "昨日 出張相談": "visiting_desk", "昨日 フェア": "fair_booth",
		"昨日 セミナー相談": "seminar_individual", "昨日 ツアー": "tour", "yesterday phone": "phone",
	} {
		got, err := ReadPast(text, saturday)
		require.NoError(t, err, text)
		require.Equal(t, channel, got.Channel, text)
	}
}

func TestTypedDayWithoutYear(t *testing.T) {
	for _, c := range []struct {
		text         string
		today        Date
		past, coming Date
	}{
		{"2/15", On(2020, 2, 20), On(2020, 2, 15), On(2021, 2, 15)},
		{"2/15", On(2020, 2, 8), On(2019, 2, 15), On(2020, 2, 15)},
		{"2/20", On(2020, 2, 20), On(2020, 2, 20), On(2020, 2, 20)},
		{"12/28", On(2020, 1, 8), On(2019, 12, 28), On(2020, 12, 28)},
		{"1/8", On(2019, 12, 28), On(2019, 1, 8), On(2020, 1, 8)},
		{"土", On(2020, 2, 20), On(2020, 2, 15), On(2020, 2, 22)},
		{"木", On(2020, 2, 20), On(2020, 2, 20), On(2020, 2, 20)},
	} {
		past, err := ReadPast(c.text, c.today)
		require.NoError(t, err)
		require.Equal(t, c.past, past.Date, "%s past %s", c.text, c.today)
		coming, err := ReadComing(c.text, c.today)
		require.NoError(t, err)
		require.Equal(t, c.coming, coming.Date, "%s coming %s", c.text, c.today)
	}
	leap, err := ReadPast("2/29", On(2021, 1, 10))
	require.NoError(t, err)
	require.Equal(t, On(2020, 2, 29), leap.Date)
}

func TestTypedAcrossEras(t *testing.T) {
	for _, c := range []struct {
		text, read string
		noted      bool
	}{
		{"平成31年5月1日", "令和元年5月1日", true},
		{"令和元年4月26日", "平成31年4月26日", true},
		{"H31.4.30", "平成31年4月30日", false},
		{"R1.5.1", "令和元年5月1日", false},
		{"昭和64年1月8日", "平成元年1月8日", true},
		{"平成元年1月7日", "昭和64年1月7日", true},
		{"昭和64年1月7日", "昭和64年1月7日", false},
		{"S95.1.1", "令和2年1月1日", true},
		{"大正15年12月25日", "昭和元年12月25日", true},
		{"明治45年7月29日", "明治45年7月29日", false},
		{"M6.1.1", "明治6年1月1日", false},
		{"T1.7.30", "大正元年7月30日", false},
	} {
		got, err := ReadPast(c.text, today)
		require.NoError(t, err, c.text)
		require.Equal(t, c.read, got.Date.JapaneseDay())
		require.Equal(t, c.noted, got.EraRead, c.text)
	}
}

func TestTypedPrecision(t *testing.T) {
	for text, want := range map[string]Typed{
		"㍻31年4月":   {Date: On(2019, 4, 1), Precision: PrecisionMonth},
		"平成31年4月":  {Date: On(2019, 4, 1), Precision: PrecisionMonth},
		"平成31年5月":  {Date: On(2019, 5, 1), Precision: PrecisionMonth, EraRead: true},
		"令和元年4月":   {Date: On(2019, 4, 1), Precision: PrecisionMonth, EraRead: true},
		"平成元年1月":   {Date: On(1989, 1, 1), Precision: PrecisionMonth},
		"昭和64年1月":  {Date: On(1989, 1, 1), Precision: PrecisionMonth},
		"2019/8":   {Date: On(2019, 8, 1), Precision: PrecisionMonth},
		"2019-08":  {Date: On(2019, 8, 1), Precision: PrecisionMonth},
		"R1.8":     {Date: On(2019, 8, 1), Precision: PrecisionMonth},
		"平成29年7月":  {Date: On(2017, 7, 1), Precision: PrecisionMonth},
		"令和2年3月":   {Date: On(2020, 3, 1), Precision: PrecisionMonth},
		"令和元年":     {Date: On(2019, 1, 1), Precision: PrecisionYear},
		"令和1年":     {Date: On(2019, 1, 1), Precision: PrecisionYear},
		"㍻31年":     {Date: On(2019, 1, 1), Precision: PrecisionYear},
		"2019年":    {Date: On(2019, 1, 1), Precision: PrecisionYear},
		"平成32年":    {Date: On(2020, 1, 1), Precision: PrecisionYear, EraRead: true},
		"令和元年度":    {Date: On(2019, 4, 1), Precision: PrecisionFiscalYear},
		"平成31年度":   {Date: On(2019, 4, 1), Precision: PrecisionFiscalYear},
		"2019年度":   {Date: On(2019, 4, 1), Precision: PrecisionFiscalYear},
		"平成３１年度":   {Date: On(2019, 4, 1), Precision: PrecisionFiscalYear},
		"2019年度電話": {Date: On(2019, 4, 1), Precision: PrecisionFiscalYear, Channel: "phone"},
	} {
		got, err := ReadComing(text, today)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
}

func TestTypedRefusals(t *testing.T) {
	for text, want := range map[string]Misread{
		"2/30":        {Key: NoSuchDay, Month: 2, Day: 30},
		"R1.13.1":     {Key: NoSuchDay, Month: 13, Day: 1},
		"2019/2/29":   {Key: NoSuchDay, Month: 2, Day: 29},
		"20190229":    {Key: NoSuchDay, Month: 2, Day: 29},
		"R1.13":       {Key: NoSuchDay, Month: 13, Day: 1},
		"13月末":        {Key: NoSuchDay, Month: 13, Day: 1},
		"先月32日":       {Key: NoSuchDay, Month: 1, Day: 32},
		"R2.12.8":     {Key: Future},
		"明日":          {Key: Future},
		"来週土":         {Key: Future},
		"令和2年3月":      {Key: Future},
		"平成40年度":      {Key: Future},
		"":            {Key: Unreadable},
		"こんど":         {Key: Unreadable},
		"20/2/8":      {Key: Unreadable},
		"2/155":       {Key: Unreadable},
		"2/15:00":     {Key: Unreadable},
		"2020/2/8/1":  {Key: Unreadable},
		"R0.1.1":      {Key: Unreadable},
		"M5.1.1":      {Key: Unreadable},
		"0000/1/1":    {Key: Unreadable},
		"2/8(日)":      {Key: Unreadable},
		"今日 25時":      {Key: Unreadable},
		"今日 9:60":     {Key: Unreadable},
		"今日 午後3時pm":   {Key: Unreadable},
		"今日 午後13時":    {Key: Unreadable},
		"今日 9時 10時":   {Key: Unreadable},
		"今日 電話 メール":   {Key: Unreadable},
		"今日 それから":     {Key: Unreadable},
		"来週":          {Key: Unreadable},
		"令和":          {Key: Unreadable},
		"2019年8月 15時": {Key: Unreadable},
		"昨日日":         {Key: Unreadable},
	} {
		_, err := ReadPast(text, today)
		var got *Misread
		require.True(t, errors.As(err, &got), text)
		require.Equal(t, want, *got, text)
		require.ErrorIs(t, err, want.Key)
		require.Equal(t, string(want.Key), err.Error())
	}
	_, err := ReadPast("今日", 0)
	require.ErrorIs(t, err, Unreadable)
}

func TestTypedReadsWhatIsPrinted(t *testing.T) {
	for d := On(1873, 1, 1); d < On(2110, 1, 1); d += 3 {
		y, m, day := d.Civil()
		for _, text := range []string{d.String(), d.Japanese(), d.JapaneseDay(), d.Short(), d.Western(),
			fmt.Sprintf("%d/%d/%d", y, m, day), fmt.Sprintf("%04d%02d%02d", y, m, day)} {
			got, err := ReadComing(text, today)
			require.NoError(t, err, text)
			require.Equal(t, Typed{Date: d, Precision: PrecisionDay}, got, text)
		}
		month, err := ReadComing(d.JapaneseMonth(), today)
		require.NoError(t, err)
		require.Equal(t, d.MonthFirst(), month.Date)
	}
}

func FuzzTyped(f *testing.F) {
	for _, s := range []string{"R2 2 8", "２０２０－２－８", "来週土 15時 オンライン", "2/15", "平成31年5月1日", "㍻31年4月",
		"2/30", "R1.13.1", "R2.12.8", "令和元年度", "昨日電話", "9999年12月末", "999週間前", "next sat 3pm line"} {
		f.Add(s, int32(today))
	}
	f.Fuzz(func(t *testing.T, s string, day int32) {
		now := Date(day)
		past, errPast := ReadPast(s, now)
		coming, errComing := ReadComing(s, now)
		for _, err := range []error{errPast, errComing} {
			var m *Misread
			require.True(t, err == nil || errors.As(err, &m))
		}
		if errPast == nil {
			require.LessOrEqual(t, past.Date, now)
		}
		if errComing != nil {
			return
		}
		require.True(t, coming.Date.Valid())
		if coming.Clock != nil {
			require.True(t, *coming.Clock >= 0 && *coming.Clock/100 < 24 && *coming.Clock%100 < 60)
		}
		again, err := ReadComing(coming.Date.String(), now)
		require.NoError(t, err)
		require.Equal(t, coming.Date, again.Date)
	})
}
