package web

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/infra/web/locale"
)

func TestALongListIsReadPageByPage(t *testing.T) {
	w := locale.In(locale.English)
	at := func(address string) *url.URL {
		u, err := url.Parse(address)
		require.NoError(t, err)
		return u
	}
	u := at("/indicators?fy=2019&of=C1")
	none := question{}
	require.Equal(t, Leaf{}, none.shown("").leaf(w, u, drilled, "#drill"), "nothing more to see")
	l := none.shown("voided").leaf(w, u, 450, "#miss-voided")
	require.Equal(t, Leaf{All: "?all=1&fy=2019&miss=voided&of=C1#miss-voided", Rest: "430 more"}, l)

	all := question{all: true, miss: "voided"}
	require.Equal(t, window{n: drilled}, all.shown(""), "the members stay as they are")
	l = all.shown("voided").leaf(w, u, 450, "#miss-voided")
	require.Nil(t, l.Back)
	require.Equal(t, "?all=1&from=200&fy=2019&miss=voided&of=C1#miss-voided", l.Next.Href)
	all.from = 200
	l = all.shown("voided").leaf(w, at("/indicators?fy=2019&of=C1&from=200"), 450, "#miss-voided")
	require.Equal(t, "?all=1&fy=2019&miss=voided&of=C1#miss-voided", l.Back.Href)
	require.Equal(t, "?all=1&from=400&fy=2019&miss=voided&of=C1#miss-voided", l.Next.Href)
	require.Equal(t, "201 to 400 of 450", l.Rest)
	all.from = 9000
	l = all.shown("voided").leaf(w, u, 450, "#miss-voided")
	require.NotNil(t, l.Back, "there is a way back from behind the end")
	require.Nil(t, l.Next)
}
