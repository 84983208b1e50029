package people_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/infra/people"
	"ayumi/tests/flow"
	"ayumi/tests/given"
)

// feed follows a store as it grows.
type feed struct{ store domain.EventStore }

func (f feed) Events(ctx context.Context, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for ctx.Err() == nil {
			for rec, err := range f.store.All(ctx, after) {
				if ctx.Err() != nil || !yield(rec, err) {
					return
				}
				after = rec.Position
			}
			select {
			case <-f.store.Grown(after):
			case <-ctx.Done():
			}
		}
	}
}

// builds counts the entries of the access log.
type builds struct {
	n      int
	failed error
}

func (b *builds) RecordIndex(context.Context, time.Time) error {
	b.n++
	return b.failed
}

type scene struct {
	*flow.Desk
	t     testing.TB
	index *people.Index
	log   *builds
	day   int
}

func open(t testing.TB) *scene {
	d := flow.Open(t)
	d.Staff("co1", "CO")
	d.Staff("ld1", "LD")
	s := &scene{Desk: d, t: t, log: &builds{}}
	s.index = s.start(s.log)
	return s
}

// start lets an index follow the scene's log until the test ends.
func (s *scene) start(log people.Recorder) *people.Index {
	x := people.New(people.Config{Feed: feed{s.Store}, Keys: s.Keys, Origin: s.Head.Origin, Log: log, Head: s.Store.Head,
		Now: func() time.Time { return flow.At("2019-12-01", 9) }})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- x.Run(ctx) }()
	s.t.Cleanup(func() {
		stop()
		require.NoError(s.t, <-ended)
	})
	return x
}

func (s *scene) do(by, command string, fields map[string]any) []domain.Receipt {
	s.t.Helper()
	r := s.Do(flow.At("2019-06-01", 9).Add(time.Duration(s.n())*time.Minute), by, command, fields)
	return r
}

func (s *scene) n() int { s.day++; return s.day }

func (s *scene) register(name people.Name) string {
	s.t.Helper()
	r := s.do("co1", "person.register", map[string]any{"kind": "consultee", "anonymous": false, "age_band": "20s", "residence_pref": "13",
		"language": "ja", "student": false, "search": "s1", "family": name.Family, "given": name.Given,
		"family_kana": name.FamilyKana, "given_kana": name.GivenKana})
	_, id := domain.SplitStream(r[0].Stream)
	return id
}

func (s *scene) contact(person, kind, value string) {
	s.t.Helper()
	s.do("co1", "person.add_contact", map[string]any{"person": person, "kind": kind, "shared": false, "value": value})
}

func (s *scene) search(who domain.Actor, text string) people.Answer {
	s.t.Helper()
	head, err := s.Store.Head(context.Background())
	require.NoError(s.t, err)
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
	defer stop()
	require.NoError(s.t, s.index.Wait(ctx, head.Position))
	a, err := s.index.Search(who, text, 0)
	require.NoError(s.t, err)
	return a
}

func (s *scene) found(who domain.Actor, text string) []string {
	s.t.Helper()
	var out []string
	for _, h := range s.search(who, text).Hits {
		out = append(out, h.Person)
	}
	return out
}

var (
	co = given.Desk("co1")
	ld = given.Desk("ld1", domain.Lead)
)

func TestOnePersonIsFoundByEverythingRemembered(t *testing.T) {
	s := open(t)
	other := s.register(people.Name{Family: "見本", Given: "仮一", FamilyKana: "ミホン", GivenKana: "カイチ"})
	id := s.register(people.Name{Family: "因幡", Given: "試美", FamilyKana: "イナバ", GivenKana: "タメミ"})
	s.contact(id, "mobile", "090-0000-5678")
	s.contact(id, "mail", "Tamemi@Example.JP")
	s.contact(id, "line", "ためちゃん")
	for text, signal := range map[string]string{
		"P-00002": "number", "p2": "number", "5678": "phone", "０９０ー００００ー５６７８": "phone", "+81 90 0000 5678": "phone", "9000005678": "phone",
		"tamemi@example.jp": "mail", "ｔａｍｅｍｉ＠ｅｘａｍｐｌｅ．ｊｐ": "mail", "example": "mail", "タメチャン": "line",
		"いなば ためみ": "kana", "因幡試美": "kanji", "幡": "kanji", "いなば 5678": "phone",
	} {
		a := s.search(co, text)
		require.Len(t, a.Hits, 1, text)
		require.Equal(t, id, a.Hits[0].Person, text)
		require.Equal(t, signal, a.Hits[0].Reasons[0].Signal, text)
		require.Equal(t, "P-00002", people.Number(a.Hits[0].Number))
		require.Equal(t, "因幡", a.Hits[0].Name.Family)
	}
	require.Empty(t, s.found(co, "いなば 9999"))
	require.Empty(t, s.found(co, "0000"), "a number is remembered by its end")
	require.Equal(t, []string{"kana", "phone"}, s.search(co, "いなば 5678").ReadAs)
	require.Equal(t, []string{"phone"}, s.search(co, "090 0000 5678").ReadAs)
	require.Equal(t, []string{other}, s.found(co, "みほん"))
}

func TestBestComesFirstAndEqualOnesInOrder(t *testing.T) {
	s := open(t)
	var ids []string
	for range 55 {
		ids = append(ids, s.register(people.Name{Family: "森", Given: "例子", FamilyKana: "モリ", GivenKana: "レイコ"}))
	}
	best := s.register(people.Name{Family: "森", FamilyKana: "モリ"})
	a := s.search(co, "もり")
	require.True(t, a.More)
	require.Len(t, a.Hits, people.MostHits)
	require.Equal(t, best, a.Hits[0].Person)
	require.Equal(t, ids[:49], s.found(co, "もり")[1:])
	few, err := s.index.Search(co, "もり", 3)
	require.NoError(t, err)
	require.Equal(t, a.Hits[:3], few.Hits)
}

func TestTooShortIsRefused(t *testing.T) {
	s := open(t)
	s.found(co, "森")
	for _, text := range []string{"", " ", "も", "a", "567", "・", "ー", "０９０"} {
		_, err := s.index.Search(co, text, 0)
		var r *domain.Refusal
		require.ErrorAs(t, err, &r, text)
		require.Equal(t, "search.too_short", r.Key)
	}
}

func TestWhatMayNotBeSeenIsNotFound(t *testing.T) {
	s := open(t)
	id := s.register(people.Name{Family: "因幡", Given: "試美"})
	oka := given.Desk("oka")
	oka.Controller = "33"
	before := s.search(oka, "因幡")
	for _, who := range []domain.Actor{oka, given.Desk("an1", domain.Analyst), given.Desk("au1", domain.Auditor), given.Desk("ad1", domain.Admin)} {
		require.Empty(t, s.search(who, "因幡").Hits)
	}
	r := s.do("co1", "person.restrict_use", map[string]any{"person": id, "ground": "withdrawal", "scope": []string{"contact"}})
	require.Equal(t, []string{"contact"}, s.search(co, "因幡").Hits[0].Restricted)
	_, restricted := domain.SplitStream(r[0].Stream)
	require.Equal(t, id, restricted)
	s.do("co1", "person.set_confidentiality", map[string]any{"person": id, "until": "2020-05-31", "covers_household": false, "kind": "other", "confirmed_by": "x"})
	hidden := s.search(co, "因幡")
	require.Empty(t, hidden.Hits)
	require.Equal(t, 1, hidden.Hidden)
	require.True(t, s.search(ld, "因幡").Hits[0].Confidential)
	require.Equal(t, before, s.search(oka, "因幡"), "the other prefecture sees no difference")
	s.do("ld1", "person.lift_confidentiality", map[string]any{"person": id, "ground": "error"})
	require.Equal(t, []string{id}, s.found(co, "因幡"))
	s.do("co1", "person.restrict_use", map[string]any{"person": id, "ground": "withdrawal", "scope": []string{"view"}})
	require.Equal(t, 1, s.search(co, "因幡").Hidden)
}

func TestMergedRecordsAreOneUntilUnmerged(t *testing.T) {
	s := open(t)
	co2 := s.Staff("co2", "CO")
	a := s.register(people.Name{Family: "髙橋", Given: "例子"})
	b := s.register(people.Name{Family: "鈴木", Given: "例子"})
	s.do("ld1", "person.merge", map[string]any{"person": a, "into": b, "evidence": []string{"phone"}, "proposed_by": co2, "preview": strings.Repeat("0", 64)})
	hit := s.search(co, "高橋").Hits
	require.Len(t, hit, 1)
	require.Equal(t, b, hit[0].Person)
	require.Equal(t, "髙橋", hit[0].Matched.Family)
	require.Equal(t, []string{"P-00001"}, hit[0].Merged)
	require.Len(t, s.found(co, "例子"), 1)
	s.do("ld1", "person.unmerge", map[string]any{"person": a, "from": b, "reason": "error"})
	require.Equal(t, []string{a}, s.found(co, "高橋"))
}

func TestNamesChangeAndOldOnesStillLeadThere(t *testing.T) {
	s := open(t)
	id := s.register(people.Name{Family: "浜田", Given: "例子", FamilyKana: "ハマダ", GivenKana: "レイコ"})
	s.do("co1", "person.change_name", map[string]any{"person": id, "name_kind": "legal", "family": "神", "family_kana": "ジン"})
	s.do("co1", "person.change_name", map[string]any{"person": id, "name_kind": "alias", "family": "Sample", "given": "Rei"})
	for _, text := range []string{"濵田例子", "神 例子", "じん れいこ", "sample rei", "ＲＥＩ"} {
		h := s.search(co, text).Hits
		require.Len(t, h, 1, text)
		require.Equal(t, people.Name{Family: "神", Given: "例子", FamilyKana: "ジン", GivenKana: "レイコ", Kind: "legal"}, h[0].Name)
	}
	s.do("co1", "person.correct_details", map[string]any{"person": id, "field": "given_kana", "ground": "staff_error", "old": "レイコ", "new": "タメシ"})
	require.Equal(t, []string{id}, s.found(co, "じん ためし"))
	require.Empty(t, s.found(co, "じん れいこ"))
	r := s.do("co1", "person.add_contact", map[string]any{"person": id, "kind": "phone", "shared": false, "value": "0857000000", "contact_point": uuid.NewString()})
	require.NotEmpty(t, r)
	require.Equal(t, []string{id}, s.found(co, "0857-00-0000"))
}

func TestAnErasedPersonIsGoneAtOnce(t *testing.T) {
	s := open(t)
	id := s.register(people.Name{Family: "因幡", Given: "試美"})
	require.Len(t, s.found(co, "因幡"), 1)
	require.NoError(t, s.Keys.Destroy(context.Background(), id))
	s.index.Forget(id)
	require.Empty(t, s.found(co, "因幡"))
	s.index = s.start(s.log)
	require.Empty(t, s.found(co, "因幡"), "nor does a new index find it")
	require.Equal(t, 2, s.log.n, "one entry in the access log per build")
}

// awayKeys are keys that cannot be reached for some calls.
type awayKeys struct {
	domain.Keyring
	calls *atomic.Int64
}

func (k awayKeys) Open(ctx context.Context, owner string, box, aad []byte) ([]byte, error) {
	if k.calls.Add(-1) >= 0 {
		return nil, fmt.Errorf("keys: %w", domain.ErrStoreAway)
	}
	return k.Keyring.Open(ctx, owner, box, aad)
}

func TestNobodyIsLeftOutWhileKeysAreAway(t *testing.T) {
	s := open(t)
	id := s.register(people.Name{Family: "因幡", Given: "試美"})
	head, err := s.Store.Head(context.Background())
	require.NoError(t, err)
	away := &atomic.Int64{}
	away.Store(3)
	log := &builds{}
	x := people.New(people.Config{Feed: feed{s.Store}, Keys: awayKeys{s.Keys, away}, Origin: s.Head.Origin, Log: log, Head: s.Store.Head})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- x.Run(ctx) }()
	waiting, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	require.NoError(t, x.Wait(waiting, head.Position))
	found, err := x.Search(co, "因幡", 0)
	require.NoError(t, err)
	require.Len(t, found.Hits, 1)
	require.Equal(t, id, found.Hits[0].Person)
	stop()
	require.NoError(t, <-ended)
	require.Equal(t, 1, log.n, "it is built once")
	require.Negative(t, away.Load())
}

func TestWithoutTheAccessLogNothingIsIndexed(t *testing.T) {
	s := open(t)
	s.register(people.Name{Family: "因幡"})
	x := s.start(&builds{failed: errors.New("disk full")})
	ctx, stop := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer stop()
	require.ErrorIs(t, x.Wait(ctx, 1), context.DeadlineExceeded)
	_, err := x.Search(co, "因幡", 0)
	require.ErrorIs(t, err, people.ErrBuilding)
	require.Zero(t, x.Count())
}

func TestNoKeyTextIsEverOnDisk(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Chdir(dir)
	s := open(t)
	id := s.register(people.Name{Family: "髙橋", Given: "例子", FamilyKana: "たかはし", GivenKana: "れいこ"})
	s.contact(id, "mail", "Reiko@Example.jp")
	require.Len(t, s.found(co, "タカハシ"), 1)
	read := 0
	for _, root := range []string{dir, filepath.Dir(dir)} { // the keyring's directory too
		require.NoError(t, filepath.WalkDir(root, func(path string, e os.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			text, err := os.ReadFile(path)
			read++
			for _, secret := range []string{"髙橋", "高橋", "例子", "たかはし", "タカハシ", "レイコ", "Reiko", "reiko@example"} {
				require.NotContains(t, string(text), secret, path)
			}
			return err
		}))
	}
	require.Positive(t, read)
}
