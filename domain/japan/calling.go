package japan

import (
	"slices"
	"strings"
)

// honorifics follow a name by which somebody is called; relations stand before it.
var (
	honorifics = []string{"さん", "様", "さま", "氏", "くん", "君", "ちゃん", "先生", "夫妻", "一家"}
	relations  = []string{"夫", "妻", "主人", "家内", "娘", "息子", "長男", "長女", "次男", "次女", "三男", "三女", "父", "母", "兄", "姉", "弟", "妹", "子", "友人", "世帯主"}
)

// Called tells whether a word that stands between two texts is there to call
// somebody by name: 渡辺さん, 妻の花子. Many names are words and places too.
func Called(before, after string) bool {
	after = strings.TrimLeft(after, " \u3000")
	before = strings.TrimSuffix(strings.TrimRight(before, " \u3000「（(:：・"), "の")
	return slices.ContainsFunc(honorifics, func(w string) bool { return strings.HasPrefix(after, w) }) ||
		slices.ContainsFunc(relations, func(w string) bool { return strings.HasSuffix(before, w) })
}
