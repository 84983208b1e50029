package japan

import (
	"strconv"
	"strings"
)

// wideKana are the full-width forms of U+FF61 to U+FF9F in order.
var wideKana = []rune("。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜")

// voiced and halfVoiced give the kana with its sound mark.
var (
	voiced = pairs("カガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドハバヒビフブヘベホボウヴワヷヰヸヱヹヲヺヽヾ" +
		"かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼうゔゝゞ")
	halfVoiced = pairs("ハパヒピフプヘペホポはぱひぴふぷへぺほぽ")
)

// signs are single characters that stand for several.
var signs = func() map[rune]string {
	out := map[rune]string{
		'㈱': "(株)", '㈲': "(有)", '㈳': "(社)", '㈶': "(財)", '㈻': "(学)",
		'㊤': "上", '㊥': "中", '㊦': "下", '№': "No", '℡': "TEL", '㍿': "株式会社",
	}
	for _, e := range eras {
		out[e.Ligature] = e.Name
	}
	for i, roman := range strings.Fields("I II III IV V VI VII VIII IX X XI XII") {
		out['Ⅰ'+rune(i)] = roman
		out['ⅰ'+rune(i)] = strings.ToLower(roman)
	}
	for n := 1; n <= 20; n++ {
		out['①'+rune(n-1)] = strconv.Itoa(n)
	}
	return out
}()

// compatible are the compatibility ideographs of JIS X 0213 and of the code
// page of Windows, each with the character Unicode normalises it to.
var compatible = pairs("" +
	"\uf91d欄\uf928廊\uf929朗\uf936虜\uf970殺\uf9d0類\uf9dc隆\ufa10塚\ufa12晴\ufa15凞" +
	"\ufa16猪\ufa17益\ufa18礼\ufa19神\ufa1a祥\ufa1b福\ufa1c靖\ufa1d精\ufa1e羽\ufa20蘒" +
	"\ufa22諸\ufa25逸\ufa26都\ufa2a飯\ufa2b飼\ufa2c館\ufa2d鶴\ufa2e郞\ufa2f隷\ufa30侮" +
	"\ufa31僧\ufa32免\ufa33勉\ufa34勤\ufa35卑\ufa36喝\ufa37嘆\ufa38器\ufa39塀\ufa3a墨" +
	"\ufa3b層\ufa3c屮\ufa3d悔\ufa3e慨\ufa3f憎\ufa40懲\ufa41敏\ufa42既\ufa43暑\ufa44梅" +
	"\ufa45海\ufa46渚\ufa47漢\ufa48煮\ufa49爫\ufa4a琢\ufa4b碑\ufa4c社\ufa4d祉\ufa4e祈" +
	"\ufa4f祐\ufa50祖\ufa51祝\ufa52禍\ufa53禎\ufa54穀\ufa55突\ufa56節\ufa57練\ufa58縉" +
	"\ufa59繁\ufa5a署\ufa5b者\ufa5c臭\ufa5d艹\ufa5e艹\ufa5f著\ufa60褐\ufa61視\ufa62謁" +
	"\ufa63謹\ufa64賓\ufa65贈\ufa66辶\ufa67逸\ufa68難\ufa69響\ufa6a頻\ufa6b恵\ufa6c𤋮" +
	"\ufa6d舘")

// radicals are the characters of the Kangxi radicals from U+2F00 in order; text
// copied out of documents has the radicals in their place.
var radicals = []rune("" +
	"一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴" +
	"廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿" +
	"目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵" +
	"邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠")

// variants are old, popular and mistaken forms of the kanji of names, by the
// form they are looked up under.
var variants = groups(`
	高髙 崎﨑嵜碕 辺邊邉 斉齋齊斎 浜濵濱 吉𠮷 柳栁 桑桒 徳德 瀬瀨 広廣 沢澤 国國圀 学學斈 真眞 恵惠
	実實 宝寶 栄榮 竜龍 島嶋嶌㠀 桜櫻 蔵藏 寛寬 静靜 富冨 峰峯 条條 円圓 応應 万萬 与與 来來
	寿壽 豊豐 鉄鐵鐡銕 曽曾 淵渕渊 浅淺 関關 黒黑 青靑 増增 緒緖 巌巖 彦彥 桧檜 園薗 館舘
	船舩 橋槗𣘺 鴎鷗 礼禮 禄祿 滝瀧 渋澁 県縣 会會 帯帶 楽樂 当當 仏佛 譲讓 亜亞 壮壯
	穂穗 稲稻 聡聰聦 荘莊 芸藝 児兒 内內 呉吳吴 戸戶户 横橫 歩步 毎每 清淸 温溫 状狀 糸絲
	縁緣 総總 縄繩 声聲 旧舊 艶艷 蛍螢 観觀 読讀 村邨 医醫 釈釋 銭錢 鎮鎭 霊靈 顕顯
	駅驛 体體 点點 塩鹽 麦麥 黄黃 亀龜 秋龝穐 歯齒 哲喆 野埜 槙槇 松枩 尭堯 亘亙 祷禱
	頴穎 凛凜 弥彌 郷鄕鄉 経經 継繼 沖冲 涼凉 峡峽 嶺岺 晋晉 暁曉 乗乘 剣劍劔剱
	剰剩 効效 勲勳 勧勸 区區 参參 双雙 収收 叙敍 営營 団團 図圖 圧壓 壱壹 変變 奥奧
	将將 専專 対對 届屆 属屬 岳嶽 巻卷 庁廳 弁辨瓣辯 弾彈 径徑 従從 恒恆 悦悅 恋戀 戦戰
	抜拔 択擇 拡擴 挙擧 揺搖 摂攝 数數 昼晝 暦曆 渓溪 検檢 権權 欧歐 歓歡 歴歷 気氣
	浄淨 済濟 湾灣 湿濕 満滿 潜潛 灯燈 炉爐 為爲 独獨 瑶瑤 画畫 畳疊 発發 砕碎 禅禪
	秘祕 称稱 穏穩 粋粹 絵繪 続續 緑綠 繊纖 聴聽 胆膽 脳腦 舎舍 虫蟲 衛衞 装裝 覚覺
	触觸 訳譯 証證 誉譽 諌諫 賛贊 軽輕 転轉 辞辭 逓遞 遅遲 遙遥 酔醉 釜釡 鋭銳 録錄
	闘鬪 陥陷 険險 随隨 隠隱 雑雜 頼賴 顔顏 餅餠 験驗 髪髮 鶏鷄 麹麴 麺麵 籠篭 蕊蘂
	薫薰
`)

// pairs reads text of two runes each: a character and what it becomes.
func pairs(text string) map[rune]rune {
	runes, out := []rune(text), map[rune]rune{}
	for i := 0; i+1 < len(runes); i += 2 {
		out[runes[i]] = runes[i+1]
	}
	return out
}

// groups reads words whose first rune is what the others become.
func groups(text string) map[rune]rune {
	out := map[rune]rune{}
	for _, word := range strings.Fields(text) {
		group := []rune(word)
		for _, r := range group[1:] {
			out[r] = group[0]
		}
	}
	return out
}
