package api

import (
	"context"
	"slices"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/infra/web/locale"
	"ayumi/projections"
)

// VolumesAnswer is the record volumes of a controller: the one form of the API and
// of the command line.
type VolumesAnswer struct {
	Controller string      `json:"controller"`
	Volumes    []VolumeOne `json:"volumes"`
	Sample     bool        `json:"sample,omitempty" doc:"from a scenario log"`
}

// VolumeOne is one record volume as it stands.
type VolumeOne struct {
	Number         uint64          `json:"number" doc:"position of its first record, by which people call it"`
	ID             string          `json:"id"`
	State          string          `json:"state" enum:"open,retained,held,listed,disposed,transferred"`
	FiscalYear     string          `json:"fiscal_year"`
	Series         string          `json:"series"`
	Title          string          `json:"title"`
	RetentionYears int             `json:"retention_years"`
	EndAction      string          `json:"end_action"`
	RetainFrom     string          `json:"retain_from,omitempty" format:"date"`
	RetainUntil    string          `json:"retain_until,omitempty" format:"date"`
	DaysLeft       *int            `json:"days_left,omitempty" doc:"of retention, of a volume that is still kept"`
	Held           bool            `json:"held" doc:"a hold forbids its disposal"`
	CaseCount      int             `json:"case_count"`
	Listing        *VolumeListing  `json:"listing,omitempty" doc:"its disposal as it was published"`
	Opinions       []VolumeOpinion `json:"opinions"`
	EndedOn        string          `json:"ended_on,omitempty" format:"date"`
	Cases          []string        `json:"cases,omitempty" doc:"of one volume: ids of the cases filed in it"`
	Events         []Entry         `json:"events,omitempty" doc:"of one volume, oldest first, without the filing of cases"`
	Sample         bool            `json:"sample,omitempty" doc:"from a scenario log"`
}

// VolumeListing is the published list a volume stands on.
type VolumeListing struct {
	PublishedOn  string `json:"published_on" format:"date"`
	CommentUntil string `json:"comment_until" format:"date" doc:"last day for opinions"`
	Document     string `json:"document" doc:"SHA-256 of the list"`
}

// VolumeOpinion is one opinion that came in.
type VolumeOpinion struct {
	Position uint64 `json:"position"`
	On       string `json:"on" format:"date"`
	Stance   string `json:"stance" enum:"keep,dispose,other"`
}

// AnswerVolumes lists the volumes of a controller as of a day.
func AnswerVolumes(ctx context.Context, from Matters, controller string, today japan.Date) (VolumesAnswer, error) {
	out := VolumesAnswer{Controller: controller, Volumes: []VolumeOne{}}
	if !slices.Contains(domain.Codes["controller"], controller) {
		return out, domain.RefuseField("scope.unknown", "controller")
	}
	all, err := from.Volumes(ctx, controller)
	for _, t := range all {
		out.Volumes = append(out.Volumes, volumeOne(t, today))
	}
	return out, err
}

// AnswerVolume is one volume with its cases and events, by the number of any of
// them. ErrMissing: the controller has none of that number.
func AnswerVolume(ctx context.Context, words *locale.Words, from Matters, controller string, number uint64, today japan.Date) (VolumeOne, error) {
	all, err := from.Volumes(ctx, controller)
	if err != nil {
		return VolumeOne{}, err
	}
	i := slices.IndexFunc(all, func(t projections.Tome) bool { return holds(t.Entries, number) })
	if i < 0 {
		return VolumeOne{}, ErrMissing
	}
	out := volumeOne(all[i], today)
	out.Cases = all[i].Filed()
	out.Events, _, err = layAll(words, slices.DeleteFunc(slices.Clone(all[i].Entries), func(e projections.Entry) bool { return e.Type == "volume.case_filed" }))
	return out, err
}

func volumeOne(t projections.Tome, today japan.Date) VolumeOne {
	out := VolumeOne{Number: t.No, ID: t.ID, State: t.State, FiscalYear: t.Year.String(), Series: t.Series, Title: t.Title, RetentionYears: t.Years,
		EndAction: t.End, Held: t.Now().Held, CaseCount: len(t.Cases), Opinions: []VolumeOpinion{}}
	if t.RetainFrom != 0 {
		out.RetainFrom, out.RetainUntil = t.RetainFrom.String(), t.RetainUntil.String()
		if !t.Ended() {
			out.DaysLeft = daysTo(t.RetainUntil, today)
		}
	}
	if l := t.Listing; l != nil {
		out.Listing = &VolumeListing{l.PublishedOn.String(), l.CommentUntil.String(), l.Document}
	}
	for _, o := range t.Opinions {
		out.Opinions = append(out.Opinions, VolumeOpinion{o.Position, o.On.String(), o.Stance})
	}
	if t.EndedOn != 0 {
		out.EndedOn = t.EndedOn.String()
	}
	return out
}

func (a *API) volumes(ctx context.Context, in *Fresh) (VolumesAnswer, error) {
	v := visitorOf(ctx)
	if !v.Has(a.today(), volumeReaders...) {
		return VolumesAnswer{}, domain.Refuse("account.not_allowed")
	}
	if err := a.await(ctx, *in); err != nil {
		return VolumesAnswer{}, err
	}
	out, err := AnswerVolumes(ctx, a.Matters, v.Controller, a.today())
	out.Sample = a.Sample
	return out, err
}

// VolumeIn names one volume.
type VolumeIn struct {
	Number uint64 `path:"number" doc:"number of the volume"`
	Fresh
}

func (a *API) volume(ctx context.Context, in *VolumeIn) (VolumeOne, error) {
	v := visitorOf(ctx)
	if !v.Has(a.today(), volumeReaders...) {
		return VolumeOne{}, domain.Refuse("account.not_allowed")
	}
	if err := a.await(ctx, in.Fresh); err != nil {
		return VolumeOne{}, err
	}
	out, err := AnswerVolume(ctx, v.words, a.Matters, v.Controller, in.Number, a.today())
	out.Sample = a.Sample
	return out, err
}
