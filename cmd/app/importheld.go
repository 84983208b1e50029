package app

import (
	"context"
	"slices"
	"strings"

	"ayumi/domain"
	"ayumi/domain/importing"
	"ayumi/domain/japan"
	"ayumi/infra/web"
	"ayumi/projections"
)

// recordsAtOnce is how many records are asked for in one question.
const recordsAtOnce = 500

// held answers the consultations of the prefecture that rows of a plan say they are.
func (m *Imports) held(ctx context.Context, who domain.Actor, plan *importing.Plan) (map[uint64]importing.Held, error) {
	out, people := map[uint64]importing.Held{}, map[string]projections.Summary{}
	days := map[uint64]japan.Date{}
	for i := range plan.Rows {
		if row := &plan.Rows[i]; row.Record > 0 {
			days[row.Record] = row.HeldOn
		}
	}
	for positions := range slices.Chunk(plan.Records(), recordsAtOnce) {
		entries, err := m.app.Journeys.Entries(ctx, positions...)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if e.Type != "case.consultation_held" || domain.See(who, japan.DateOf(m.app.Config.Now()), domain.ToRead, domain.Sight{Controller: e.Controller}) != domain.Found {
				continue
			}
			lead := e.Facts.Text("lead_person")
			if _, known := people[lead]; !known {
				if people[lead], err = m.app.Journeys.Summary(ctx, lead, projections.Newest); err != nil {
					return nil, err
				}
			}
			h := importing.Held{Person: people[lead].Survivor, Number: people[lead].Number, Days: []japan.Date{e.From}}
			if days[e.Position] != e.From {
				if h.Days, err = m.amendedDays(ctx, e); err != nil {
					return nil, err
				}
			}
			out[e.Position] = h
		}
	}
	return out, nil
}

// amendedDays are the days that a consultation was ever said to have been held on.
func (m *Imports) amendedDays(ctx context.Context, e projections.Entry) ([]japan.Date, error) {
	out := []japan.Date{e.From}
	now, err := m.app.Journeys.Record(ctx, e.Position, projections.Newest)
	for _, c := range now.Corrected {
		if c.Field != "occurred_on" {
			continue
		}
		if day, err := japan.ParseDate(c.New); err == nil {
			out = append(out, day)
		}
	}
	return out, err
}

// Carers are the accounts of a prefecture that hold consultations, by name. Names of
// staff are opened at the audited door.
func (m *Imports) Carers(ctx context.Context, who domain.Actor) ([]web.Account, error) {
	ids, err := m.app.Journeys.Streams(ctx, "account")
	if err != nil {
		return nil, err
	}
	var out []web.Account
	for _, id := range ids {
		a, err := m.names.Account(ctx, id)
		if err != nil {
			return nil, err
		}
		if a.Actor.Controller == who.Controller && slices.ContainsFunc(a.Roles, func(r string) bool { return r == "CO" || r == "LD" }) {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(a, b web.Account) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

// nameCounsellors lets a column of counsellors mean the accounts of those names: whole
// names, and family names that one alone has.
func (m *Imports) nameCounsellors(ctx context.Context, d *importing.Draft) error {
	if _, mapped := d.Mapping.Columns["counsellor"]; !mapped {
		return nil
	}
	carers, err := m.Carers(ctx, domain.Actor{Controller: d.Controller})
	if err != nil {
		return err
	}
	words := map[string][]string{}
	for _, a := range carers {
		family, _, _ := strings.Cut(a.Name, " ")
		for _, word := range slices.Compact([]string{a.Name, strings.ReplaceAll(a.Name, " ", ""), family}) {
			if key := importing.WordKey(word); key != "" && !slices.Contains(words[key], a.ID) {
				words[key] = append(words[key], a.ID)
			}
		}
	}
	for word, accounts := range words {
		if len(accounts) == 1 {
			if err := d.Teach("counsellor", word, accounts[0]); err != nil {
				return err
			}
		}
	}
	return nil
}
