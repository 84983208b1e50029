package office

import (
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"ayumi/domain"
	"ayumi/domain/effect"
	"ayumi/domain/indicator"
	"ayumi/domain/japan"
	"ayumi/domain/person"
	"ayumi/domain/register"
)

// eraser is a domain.Erasing within one command.
type eraser struct {
	ctx context.Context
	o   *Office
	at  time.Time
}

func (e eraser) FiguresOf(id string) (domain.FiguresNow, error) {
	list, err := e.o.FiguresCounting(e.ctx, id, e.at)
	now := domain.FiguresNow{Digest: effect.DigestOf(list), Figures: len(list)}
	for _, c := range list {
		if !c.Same {
			now.Changed++
		}
	}
	return now, err
}

// FiguresCounting answers which figures count a person, live ones and stored ones, each
// before and after the erasure of the person.
func (o *Office) FiguresCounting(ctx context.Context, id string, at time.Time, cutoffs ...japan.Period) ([]effect.Counted, error) {
	rules, err := o.rules(ctx)
	if err != nil {
		return nil, err
	}
	head, err := o.decider.Store.Head(ctx)
	if err != nil {
		return nil, err
	}
	today := japan.DateOf(at)
	past, err := effect.Component(o.log(ctx, head.Position), effect.Erasure(id, today))
	if err != nil {
		return nil, err
	}
	stored, err := o.snapshots(ctx, rules)
	if err != nil {
		return nil, err
	}
	return effect.Counting(each(past), id, rules, today, stored, cutoffs...)
}

// snapshots are the published editions of every controller, where there is a read
// model of the register.
func (o *Office) snapshots(ctx context.Context, rules effect.Rules) ([]effect.Snapshot, error) {
	book, ok := o.index.(interface {
		Register(ctx context.Context, controller string) (*register.Register, error)
	})
	if !ok {
		return nil, nil
	}
	var out []effect.Snapshot
	for _, controller := range domain.Codes["controller"] {
		all, err := book.Register(ctx, controller)
		if err != nil {
			return nil, err
		}
		for _, l := range all.Lines {
			if l.Kind != register.KindCounted {
				continue
			}
			asked := l.Figure.Asked(l.Edition)
			_, scope, _ := strings.Cut(asked.Indicator, "@")
			if !indicator.KnownScope(scope) {
				continue
			}
			q, err := rules(scope).Question(asked)
			if err != nil {
				return nil, err
			}
			value, _ := l.Value()
			out = append(out, effect.Snapshot{Figure: l.Stream, Edition: l.Edition.Edition, Question: q, Position: asked.Position, Value: value})
		}
	}
	return out, nil
}

// Grounded reads the matter or the volume by its stream.
func (e eraser) Grounded(ground, id, rights, volume string) (bool, error) {
	switch {
	case ground == "suspension_decision" && domain.IDForm(rights):
		about, erase := "", false
		err := e.each(domain.StreamName("rights", rights), func(rec domain.Recorded, f domain.Facts) {
			switch rec.Type {
			case "rights.requested":
				about = f.Text("person")
			case "rights.decided":
				erase = f.Text("measure") == "erase" && f.Text("result") != "refused"
			case "rights.withdrawn":
				erase = false
			}
		})
		return erase && about == id, err
	case ground == "retention_end" && domain.IDForm(volume):
		files, err := e.o.casesOf(e.ctx, id)
		if err != nil {
			return false, err
		}
		held, disposed := false, false
		err = e.each(domain.StreamName("volume", volume), func(rec domain.Recorded, f domain.Facts) {
			held = held || (rec.Type == "volume.case_filed" && slices.Contains(files, f.Text("case")))
			disposed = disposed || rec.Type == "volume.disposed"
		})
		return held && disposed, err
	}
	return false, nil
}

func (e eraser) each(stream string, take func(domain.Recorded, domain.Facts)) error {
	for rec, err := range e.o.decider.Store.Stream(e.ctx, stream, 0) {
		if err != nil {
			return err
		}
		facts, err := domain.FactsOf(rec.Body)
		if err != nil {
			return err
		}
		take(rec, facts)
	}
	return nil
}

// retention is what matters of a record volume here.
type retention struct {
	until    japan.Date // end of retention; 0: not begun
	holds    map[string]bool
	disposed bool
}

// Kept reads the volumes of the person's files. A file in no volume is in use: its
// retention has not begun, so it is not over. Volumes are few and erasures rare:
// the log is read once for all of them.
func (e eraser) Kept(id string) (held, retained bool, err error) {
	files, err := e.o.casesOf(e.ctx, id)
	if err != nil || len(files) == 0 {
		return false, false, err
	}
	volumes, in := map[string]*retention{}, map[string]string{}
	for rec, err := range e.o.decider.Store.All(e.ctx, 0) {
		if err != nil {
			return false, false, err
		}
		category, name := domain.SplitStream(rec.Stream)
		if category != "volume" {
			continue
		}
		facts, err := domain.FactsOf(rec.Body)
		if err != nil {
			return false, false, err
		}
		v := volumes[name]
		if v == nil {
			v = &retention{holds: map[string]bool{}}
			volumes[name] = v
		}
		v.take(name, rec.Type, facts, in)
	}
	today := japan.DateOf(e.at)
	for _, file := range files {
		v := volumes[in[file]]
		if v == nil {
			retained = true
			continue
		}
		held = held || len(v.holds) > 0
		retained = retained || (!v.disposed && (v.until == 0 || v.until >= today))
	}
	return held, retained, nil
}

func (v *retention) take(name, typ string, facts domain.Facts, in map[string]string) {
	switch typ {
	case "volume.case_filed":
		in[facts.Text("case")] = name
	case "volume.case_taken_out":
		delete(in, facts.Text("case"))
	case "volume.closed":
		v.until, _ = japan.ParseDate(facts.Text("retain_until"))
	case "volume.retention_extended":
		v.until, _ = japan.ParseDate(facts.Text("until"))
	case "volume.hold_placed":
		v.holds[facts.Text("hold")] = true
	case "volume.hold_lifted":
		delete(v.holds, facts.Text("hold"))
	case "volume.disposed":
		v.disposed = true
	}
}

// ErasureOf answers how far the erasure of a person came; false where none was
// ordered. Of somebody who is no person there is none.
func (o *Office) ErasureOf(ctx context.Context, id string) (out person.Erasure, ordered bool, err error) {
	if !domain.IDForm(id) {
		return out, false, nil
	}
	_, err = o.decider.Try(ctx, func(w *domain.Work) error {
		p, _, _, err := domain.Load(w, person.Aggregate, id)
		if err == nil {
			out, ordered = p.Erasure, p.Erasing || p.Erased
		}
		return err
	})
	return out, ordered, err
}

func (o *Office) commitmentOf(ctx context.Context, id string) (kc string, err error) {
	_, err = o.decider.Try(ctx, func(w *domain.Work) error {
		p, _, _, err := domain.Load(w, person.Aggregate, id)
		if err == nil {
			kc = p.KeyCommitment
		}
		return err
	})
	return kc, err
}

// ErasedBy answers the decision by which a person's texts were erased.
func (o *Office) ErasedBy(ctx context.Context, id string) (domain.ErasedBy, error) {
	e, _, err := o.ErasureOf(ctx, id)
	by := domain.ErasedBy{Decision: e.Decision, On: e.ErasedOn}
	if by.On == 0 {
		by.On = e.OrderedOn
	}
	return by, err
}

// Sealed is what lies sealed under a person's key: how many sections, and the
// digests of attached files; and the outsiders that turned out to be the person.
type Sealed struct {
	Sections  int
	Files     []string
	Outsiders []string
}

// outsider are the events that seal somebody's data under the key of an outsider, by the
// fact that names it and the facts that name its owner, and those that say later which
// person of ours it is.
var outsider = map[string]struct{ thing, owner, person string }{
	"partner.inward_made":         {thing: "inward", owner: "contact"},
	"partner.inward_linked":       {thing: "inward", person: "person"},
	"outreach.attendee_listed":    {thing: "attendee", owner: "attendee"},
	"outreach.attendee_converted": {thing: "attendee", person: "person"},
}

// Outsiders are the owners of keys under which a person's data lie that came before
// anybody knew that it is that person: the letter of a partner, a line of a list. They
// are erased with the person.
func Outsiders(log iter.Seq2[domain.Recorded, error], is func(person string) bool) (out []string, err error) {
	owners := map[string]string{}
	for rec, err := range log {
		if err != nil {
			return nil, err
		}
		names, known := outsider[rec.Type]
		if !known {
			continue
		}
		body, err := domain.ParseBody(rec.Body)
		if err != nil {
			return nil, err
		}
		thing := rec.Stream + " " + body.Facts.Text(names.thing)
		switch {
		case names.owner != "":
			owners[thing] = body.Facts.Text(names.owner)
		case is(body.Facts.Text(names.person)) && owners[thing] != "":
			out = append(out, owners[thing])
		}
	}
	return out, nil
}

// SealedFor walks everything that hangs together with a person.
func (o *Office) SealedFor(ctx context.Context, id string) (Sealed, error) {
	var out Sealed
	head, err := o.decider.Store.Head(ctx)
	if err != nil {
		return out, err
	}
	past, err := effect.Component(o.log(ctx, head.Position), effect.Erasure(id, 1))
	if err != nil {
		return out, err
	}
	for _, rec := range past {
		body, err := domain.ParseBody(rec.Body)
		if err != nil {
			return out, err
		}
		for _, raw := range body.Sealed {
			s, err := domain.ParseSection(raw)
			if err != nil {
				return out, err
			}
			if s.Owner != id {
				continue
			}
			out.Sections++
			if rec.Type == "case.document_attached" {
				out.Files = append(out.Files, body.Facts.Text("cipher"))
			}
		}
	}
	out.Outsiders, err = Outsiders(o.decider.Store.All(ctx, 0), func(person string) bool { return person == id })
	return out, err
}
