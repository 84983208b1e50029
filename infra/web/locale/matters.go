package locale

import "fmt"

// Matters is what leads to data-protection matters and record volumes from
// elsewhere: a person's page and the command line.
type Matters struct {
	Heading, TakeIn                            string
	Rights, Volumes, List, ListVolumes         string
	Show, ShowVolume, Number, None, NoneVolume string
	Missing                                    func(number string) string
}

var japaneseMatters = Matters{
	Heading: "本人からの請求", TakeIn: "開示・訂正・利用停止の請求を受け付ける",
	Rights: "開示・訂正・利用停止の請求と漏えい等の対応を示す", Volumes: "簿冊を示す", List: "期限とともに一覧する", ListVolumes: "保存期間とともに一覧する",
	Show: "ひとつの手続きを期限と記録とともに示す", ShowVolume: "ひとつの簿冊を次の段階とともに示す", Number: "番号（#12 か 12）",
	None: "手続きはありません。", NoneVolume: "簿冊はありません。",
	Missing: func(number string) string {
		return fmt.Sprintf("%s という番号のものはありません", number)
	},
}

var englishMatters = Matters{
	Heading: "Requests by the person", TakeIn: "Take in a request for disclosure, correction or suspension",
	Rights: "show requests for disclosure, correction and suspension, and breaches", Volumes: "show record volumes", List: "list them with their periods", ListVolumes: "list them with their retention",
	Show: "show one matter with its clock and its records", ShowVolume: "show one volume with what comes next", Number: "number (#12 or 12)",
	None: "There are no matters.", NoneVolume: "There are no volumes.",
	Missing: func(number string) string { return fmt.Sprintf("there is none of number %s", number) },
}
