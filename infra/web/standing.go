package web

import (
	"time"

	"ayumi/infra/web/locale"
)

// Witnessed is what the witnesses of the policy signed. Needed is how many must
// have; without a policy there are no trees.
type Witnessed struct {
	Needed int
	Trees  []WitnessedTree
}

// WitnessedTree is one tree whose heads they sign: events or access.
type WitnessedTree struct {
	Name      string
	Size      uint64 // leaves under the newest checkpoint
	Enough    uint64 // leaves under the newest one that enough witnesses signed
	Signed    int    // how many signed that one
	Witnesses []WitnessSeen
}

// WitnessSeen is what was last heard from a witness: ok, never, unreached, refused,
// unknown (it does not know this log) or fork.
type WitnessSeen struct {
	Name  string
	Word  string
	Size  uint64    // leaves it signed last
	At    time.Time // when
	Cause string    // for operators
}

// KeyPlace is where the key-encryption keys lie. Beside: whoever copies the data
// directory copies them too.
type KeyPlace struct {
	Beside bool
	Folder string
	Remedy []string // commands
}

// WitnessCard says whether the policy of witnesses is met, tree by tree.
type WitnessCard struct {
	State  Chip
	Text   string
	Tables []WitnessTable
	Full   bool
}

// WitnessTable is one tree with its witnesses.
type WitnessTable struct {
	Heading string
	State   Chip
	Rows    []WitnessRow
}

// WitnessRow is one witness.
type WitnessRow struct {
	Name, Size, Behind, Age string
	State                   Chip
	Cause                   string
}

// KeyCard says where the keys of the keys lie, and what to do about it.
type KeyCard struct {
	W     *locale.Words
	Wrong bool // it is to be mended
	State Chip
	Text  string
	Steps []string // commands
	Facts []Pair
}

// dayOld is how old a signed head may become while the log grows: a rewriting of
// what came after it would not be noticed (proof.md 3).
const dayOld = 24 * time.Hour

// met says whether a tree has the signatures that the policy asks for.
func (t WitnessedTree) met(needed int, now time.Time) string {
	newest := time.Time{}
	for _, w := range t.Witnesses {
		if w.Word == "fork" {
			return "fork"
		}
		if w.At.After(newest) {
			newest = w.At
		}
	}
	switch {
	case t.Enough == 0 || t.Signed < needed:
		return "few"
	case t.Enough < t.Size && now.Sub(newest) > dayOld:
		return "late"
	}
	return "met"
}

var metChips = map[string]Chip{"met": {Kind: "green", Icon: "check"}, "late": {Kind: "yellow", Icon: "warn"}, "few": {Kind: "red", Icon: "warn"}, "fork": {Kind: "red", Icon: "warn"}, "none": {Kind: "gray"}}

func (s *Site) witnessCard(v Visitor, full bool) *WitnessCard {
	if s.config.Witnesses == nil {
		return nil
	}
	w, seen := v.W.Standing, s.config.Witnesses()
	if len(seen.Trees) == 0 {
		card := &WitnessCard{State: metChips["none"], Text: w.NoPolicy}
		card.State.Text = w.Met["none"]
		return card
	}
	card := &WitnessCard{Full: full, Text: w.Needed(seen.Needed, len(seen.Trees[0].Witnesses))}
	worst, now := "met", s.config.Now()
	for _, t := range seen.Trees {
		met := t.met(seen.Needed, now)
		if rank[met] > rank[worst] {
			worst = met
		}
		table := WitnessTable{Heading: w.Trees[t.Name], State: metChips[met]}
		table.State.Text = w.Met[met]
		for _, one := range t.Witnesses {
			table.Rows = append(table.Rows, witnessRow(v, t, one, now))
		}
		card.Tables = append(card.Tables, table)
	}
	card.State = metChips[worst]
	card.State.Text = w.Met[worst]
	return card
}

var rank = map[string]int{"met": 0, "late": 1, "few": 2, "fork": 3}

func witnessRow(v Visitor, t WitnessedTree, seen WitnessSeen, now time.Time) WitnessRow {
	w := v.W.Standing
	row := WitnessRow{Name: seen.Name, Size: v.W.Number(int(seen.Size)), Behind: v.W.Number(int(t.Size - min(t.Size, seen.Size))), Age: w.Never, Cause: seen.Cause}
	kind, icon := "yellow", "warn"
	switch seen.Word {
	case "ok":
		kind, icon = "green", "check"
	case "fork":
		kind = "red"
	}
	row.State = Chip{kind, icon, w.Words[seen.Word]}
	if !seen.At.IsZero() {
		row.Age = w.Age(now.Sub(seen.At))
	}
	return row
}

// keyCard is nil where nothing is known of the keys.
func (s *Site) keyCard(v Visitor, full bool) *KeyCard {
	w, at := v.W.Standing, s.config.Keys
	if at.Folder == "" {
		return nil
	}
	card := &KeyCard{W: v.W, State: Chip{"green", "check", w.KeysApart}, Text: w.KeysApartText}
	if full {
		card.Facts = []Pair{{w.KeyFolder, at.Folder, ""}}
	}
	switch {
	case !at.Beside:
	case s.config.Sample:
		card.State, card.Text = Chip{"gray", "", w.KeysSample}, w.KeysSampleText
	default:
		card.Wrong, card.State, card.Text = true, Chip{"red", "warn", w.KeysBeside}, w.KeysBesideText
		if full {
			card.Steps = at.Remedy
		}
	}
	return card
}
