package office

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"ayumi/domain"
	"ayumi/domain/japan"
)

// Reactor answers the commands that follow from an event of another stream, or
// from a day that has come (events.md 8). It knows facts only, and its answers
// hang on nothing but the log up to the event: whoever asks again, here or
// elsewhere, gets the same commands with the same ids, and the log takes each
// once. One Reactor is asked by one caller at a time.
type Reactor struct {
	since    uint64
	files    map[string]*file
	persons  map[string]*human
	consents map[string]*agreement
	matters  map[string]string // rights matter → person
	volumes  map[string]*tome
}

// NewReactor makes a Reactor that answers nothing about events up to since: of a
// scenario, which holds its own reactions, those that were read from its file.
func NewReactor(since uint64) *Reactor {
	return &Reactor{since: since, files: map[string]*file{}, persons: map[string]*human{}, consents: map[string]*agreement{},
		matters: map[string]string{}, volumes: map[string]*tome{}}
}

// Learn takes an event in that was answered before. Events come in the order of
// their positions, each once.
func (r *Reactor) Learn(rec domain.Recorded) error {
	_, err := r.learn(rec)
	return err
}

// After takes the next event in and answers what must follow. Requests carry no
// time: they are given at the time the caller carries them out.
func (r *Reactor) After(_ context.Context, rec domain.Recorded) ([]Request, error) {
	e, err := r.learn(rec)
	if err != nil || rec.Position <= r.since {
		return nil, err
	}
	switch e.typ {
	case "person.consent_withdrawn", "person.consent_expired":
		return r.consentEnded(e), nil
	case "case.referral_agreed":
		return r.agreedTooLate(e), nil
	case "case.information_shared":
		return r.sharedTooLate(e), nil
	case "person.confidentiality_set":
		return append(r.tellRecipients(e), r.renewal(e)...), nil
	case "person.confidentiality_renewed":
		return r.renewal(e), nil
	case "account.emergency_access_opened":
		return r.tellOwner(e), nil
	case "rights.decided":
		return r.decided(e), nil
	case "case.closed":
		return r.fileAway(e, e.id), nil
	case "case.reopened":
		return r.takeOut(e, e.id), nil
	case "volume.opened":
		return r.fillUp(e), nil
	case "volume.case_filed":
		return r.filedTooLate(e), nil
	case "volume.case_taken_out":
		return r.takenOutTooLate(e), nil
	}
	return nil, nil
}

// Due answers what follows because a day is over: sent referrals that nobody
// answered lapse, consents end. today is a JST day.
func (r *Reactor) Due(today japan.Date) []Request {
	var out []Request
	for id, f := range r.files {
		for referral, h := range f.referrals {
			if h.due != 0 && h.due < today && !r.gone(f.lead) {
				out = append(out, h.sent.dayAfter(h.due, "case.lapse_referral", id, "referral", referral))
			}
		}
	}
	for consent, a := range r.consents {
		if !a.ended && a.until != 0 && a.until < today && !r.gone(a.person) {
			out = append(out, a.given.dayAfter(a.until, "person.expire_consent", a.person, "consent", consent))
		}
	}
	slices.SortFunc(out, func(a, b Request) int {
		return cmp.Or(strings.Compare(a.Command, b.Command), strings.Compare(a.ID.String(), b.ID.String()))
	})
	return out
}

// Overtaken tells whether a reaction was refused because what it would do has
// been done, or its object has ended meanwhile.
func Overtaken(err error) bool {
	var r *domain.Refusal
	return errors.As(err, &r) && slices.Contains([]string{"referral.state", "share.state", "consent.not_active", "person.is_erased", "person.state", "volume.state", "volume.case_open"}, r.Key)
}

// consentEnded calls off every open referral that names the consent and stops
// every live share that does. A cancelled referral stops its own shares; they
// are named here too because its cancelling may come too late.
func (r *Reactor) consentEnded(e happening) []Request {
	consent := e.facts.Text("consent")
	var out []Request
	for _, id := range r.casesOf(e.id) {
		f := r.files[id]
		for _, referral := range sorted(f.referrals) {
			if f.referrals[referral].consent == consent {
				out = append(out, e.cancel(id, referral))
			}
		}
		for _, share := range sorted(f.shares) {
			if f.shares[share].consent == consent {
				out = append(out, e.stop(id, share))
			}
		}
	}
	return out
}

// agreedTooLate repairs an agreement that was decided on while its consent ended.
func (r *Reactor) agreedTooLate(e happening) []Request {
	if a := r.consents[e.facts.Text("consent")]; a == nil || !a.ended {
		return nil
	}
	return []Request{e.cancel(e.id, e.facts.Text("referral"))}
}

// sharedTooLate repairs a share that was decided on while its consent ended or
// the person came under protection.
func (r *Reactor) sharedTooLate(e happening) []Request {
	share := e.facts.Text("share")
	f := r.files[e.id]
	var out []Request
	if a := r.consents[f.shares[share].consent]; a != nil && a.ended {
		out = append(out, e.stop(e.id, share))
	}
	if told, _ := e.facts.Int("confidential_flag_sent"); told == 0 && r.protected(f.lead) {
		out = append(out, r.tell(e, e.id, share)...)
	}
	return out
}

// tellRecipients plans to tell each recipient who has something about the person
// that its whereabouts must not become known: once per case and recipient.
func (r *Reactor) tellRecipients(e happening) []Request {
	self := r.oneself(e.id)
	var out []Request
	for _, id := range r.casesOf(e.id) {
		f := r.files[id]
		told := map[string]bool{}
		for _, share := range sorted(f.shares) {
			s := f.shares[share]
			if !told[s.recipient] && s.about(self, f.lead) {
				told[s.recipient] = true
				out = append(out, r.tell(e, id, share)...)
			}
		}
	}
	return out
}

// tellOwner gives notice of an emergency access to whoever keeps the person's case,
// as a task of the same day about it.
func (r *Reactor) tellOwner(e happening) []Request {
	person := e.facts.Text("person")
	id := r.keptBy(person)
	if id == "" || r.files[id].closed || r.gone(person) || r.files[id].owner == e.facts.Text("recorded_by") {
		return nil
	}
	return []Request{e.task(id, r.files[id].owner, "other", e.recorded, e.facts.Text("access"))}
}

// tell plans the task for the owner of the case; once that is closed, for the
// owner of another case of the person.
func (r *Reactor) tell(e happening, id, share string) []Request {
	if r.files[id].closed {
		id = cmp.Or(r.keptBy(r.files[id].lead), id)
	}
	return []Request{e.task(id, r.files[id].owner, "other", e.recorded, share)}
}

// renewal plans to ask for longer protection one month before its last day.
func (r *Reactor) renewal(e happening) []Request {
	id := r.keptBy(e.id)
	until, err := japan.ParseDate(e.facts.Text("until"))
	if id == "" || err != nil {
		return nil
	}
	return []Request{e.task(id, r.files[id].owner, "renew_confidentiality", max(until.AddMonths(-1), e.recorded), e.id)}
}

func (e happening) cancel(file, referral string) Request {
	return e.follow("case.cancel_referral", file, referral, domain.Data{"referral": text(referral), "reason": text("consent_withdrawn")})
}

func (e happening) stop(file, share string) Request {
	return e.follow("case.stop_sharing", file, share, domain.Data{"share": text(share), "asked_to_delete": []byte("true")})
}

func (e happening) task(file, owner, kind string, due japan.Date, about string) Request {
	return e.follow("case.plan_task", file, kind+" "+about, domain.Data{
		"kind": text(kind), "due_on": text(due.String()), "owner": text(owner), "about": text(about),
	})
}

// dayAfter is a command that a term brings: it happens on the day after its last.
func (e happening) dayAfter(last japan.Date, command, stream, field, id string) Request {
	return e.follow(command, stream, fmt.Sprintf("%s %s", id, last), domain.Data{field: text(id), "occurred_on": text(last.Add(1).String())})
}

// follow is a command that the event causes, with an id of its own for each target.
func (e happening) follow(command, stream, target string, data domain.Data) Request {
	data["stream"], data["cause"], data["source"] = text(stream), text(e.event.String()), text("system")
	return Request{Command: command, ID: uuid.NewSHA1(e.event, []byte(command+" "+target)), By: "system", Data: data}
}
