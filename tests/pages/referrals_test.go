package pages_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/infra/web/locale"
	"ayumi/tests/flow"
)

// town is a municipality with an account of its own, village one without.
var (
	town    = uuid.NewSHA1(uuid.NameSpaceOID, []byte("town")).String()
	village = uuid.NewSHA1(uuid.NameSpaceOID, []byte("village")).String()
)

// withPartners adds two partners and the account of one.
func withPartners(h *house, d *flow.Desk) {
	at := flow.At("2019-06-09", 10)
	for id, name := range map[string]string{town: "見本市 移住担当", village: "見本村 移住担当"} {
		d.Do(at, "ld1", "partner.register", map[string]any{"partner": id, "kind": "municipality", "relation": "public_body", "default_basis": "within_purpose", "name": name})
	}
	for code, partner := range map[string]string{"pt1": town, "pt2": village} {
		account := uuid.NewSHA1(uuid.NameSpaceOID, []byte(code)).String()
		d.Do(at, "system", "account.open", map[string]any{"account": account, "kind": "partner", "partner": partner, "code": code, "name": "窓 口男", "kana": "まど", "controller": "31"})
		d.Do(at, "system", "account.grant_role", map[string]any{"account": account, "role": "PT"})
	}
}

// referred refers the person to the town, and answers the number of the referral.
func (h *house) referred(t *testing.T) uint64 {
	return h.told(t, "co1", "case.refer", "case.referral_proposed", map[string]any{"case": h.file, "partner": town, "purpose": "housing", "reason": "空き家を探す", "basis": "within_purpose",
		"due_on": "2999-01-01", "fields": []string{"name"}, "notice_version": "n1", "text": "髙橋 例子 さん。空き家を探している。"})
}

func TestTheBoardShowsBothDirections(t *testing.T) {
	h := openAfter(t, withPartners)
	ja := locale.In(locale.Japanese)
	no := h.referred(t)
	co := h.as(t, "co1")
	page := co.page(t, fmt.Sprintf("/referrals?at=%d", no+3))
	require.Contains(t, page, "髙橋 例子")
	require.Contains(t, page, "見本市 移住担当")
	require.Contains(t, page, ja.Referrals.States["sent"])
	require.Contains(t, page, fmt.Sprintf(`href="/referrals/%d"`, no))
	require.NotContains(t, co.page(t, "/referrals?way=in"), "髙橋 例子")

	// What came by letter is on the board without a name until somebody takes it on.
	f := form(t, page, "/referrals#inward")
	for name, value := range map[string]string{"partner": village, "purpose": "job", "basis": "consent_or_to_self", "due_on": "2999-01-01", "name": "例示 花子", "text": "東京での面談をお願いしたい" + hostile, "occurred_on": "today"} {
		f.Set(name, value)
	}
	f.Set("occurred_on", "2019-06-10")
	missing := url.Values{}
	for k, v := range f {
		missing[k] = v
	}
	missing.Set("name", "")
	status, body, _ := co.post(t, "/referrals", missing)
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, body, ja.Refusal("field.required", "name", nil))
	require.Contains(t, body, "東京での面談をお願いしたい")
	require.NotContains(t, body, "<script>alert")
	status, _, location := co.post(t, "/referrals", f)
	require.Equal(t, http.StatusSeeOther, status, h.log.String())
	page = co.page(t, "/referrals?way=in&"+location[strings.Index(location, "at="):])
	require.Contains(t, page, "見本村 移住担当")
	require.Contains(t, page, ja.Referrals.NameAfter)
	require.NotContains(t, page, "例示 花子")
	require.NotContains(t, h.log.String(), "例示")

	// The other prefecture has a board of its own.
	other := h.as(t, "co9").page(t, "/referrals?desk=all")
	require.NotContains(t, other, "見本市")
	require.NotContains(t, other, "見本村")
}
