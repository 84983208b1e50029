package app

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"ayumi/domain/japan"
	"ayumi/domain/office"
	"ayumi/infra/people"
	"ayumi/projections"
)

// marks holds how far each lane of reactions was carried out. It lies with the
// read models: where it is lost, reactions are found again and are in the log.
const marks = `CREATE TABLE IF NOT EXISTS reaction_checkpoint (
	name TEXT PRIMARY KEY, position BIGINT NOT NULL, event TEXT NOT NULL)`

// lane carries out the reactions of one kind, whatever holds up the others.
type lane struct {
	app      *App
	db       *sql.DB
	name     string
	follower func() office.Follower
}

// react begins to carry out what follows from the log. A scenario log holds its
// own reactions: only what people do there from now on has more.
func (a *App) react(ctx context.Context, db projections.Database) error {
	var since uint64
	if a.Scenario {
		head, err := a.Store.Head(ctx)
		if err != nil {
			return err
		}
		since = head.Position
	}
	a.marks = db.Registry
	if err := db.Setup(ctx, marks); err != nil {
		return fmt.Errorf("reactions: %w", err)
	}
	for name, follower := range map[string]func() office.Follower{
		"reactions":  func() office.Follower { return office.NewReactor(since) },
		"duplicates": func() office.Follower { return office.NewMatcher(since, similar{a.People}) },
	} {
		l := lane{app: a, db: db.Registry, name: name, follower: follower}
		a.lead(ctx, l.run)
	}
	return nil
}

// reactionLanes is how many there are.
const reactionLanes = 2

const reactionPatience = time.Second

// run goes on until ctx ends; after a fault it begins again from its mark.
func (l lane) run(ctx context.Context) error {
	for ctx.Err() == nil {
		if err := l.follow(ctx); err != nil && ctx.Err() == nil {
			l.app.report(l.name+" begin again", err)
		}
		select {
		case <-time.After(reactionPatience):
		case <-ctx.Done():
		}
	}
	return nil
}

// follow takes the whole log in: what lies before the mark is only learnt.
func (l lane) follow(ctx context.Context) error {
	mark, err := l.mark(ctx)
	if err != nil {
		return err
	}
	head, err := l.app.Store.Head(ctx)
	if err != nil {
		return err
	}
	x := &office.Reactions{Office: l.app.Office, Follower: l.follower(), Mark: mark, Keep: l.keep, Now: l.app.Config.Now, Report: l.app.report}
	ctx, stop := context.WithCancel(ctx)
	var days sync.WaitGroup
	defer days.Wait()
	defer stop()
	for rec, err := range l.app.Bus.Events(ctx, 0) {
		if err == nil {
			err = x.Take(ctx, rec)
		}
		if err != nil {
			return err
		}
		if rec.Position == head.Position {
			days.Go(func() { l.days(ctx, x) })
		}
	}
	return nil
}

// days lets each day have its reactions once it has begun: the present one now.
func (l lane) days(ctx context.Context, x *office.Reactions) {
	var done japan.Date
	minute := time.NewTicker(time.Minute)
	defer minute.Stop()
	for ctx.Err() == nil {
		if today := japan.DateOf(l.app.Config.Now()); today != done {
			if err := x.Day(ctx); err == nil {
				done = today
			} else if ctx.Err() == nil {
				l.app.report(l.name+" of the day", err)
			}
		}
		select {
		case <-minute.C:
		case <-ctx.Done():
		}
	}
}

// mark reads how far the lane came. A mark that this log does not hold is of
// another log, or of one that was restored: it is void.
func (l lane) mark(ctx context.Context) (office.Mark, error) {
	var m office.Mark
	err := l.db.QueryRowContext(ctx, `SELECT position, event FROM reaction_checkpoint WHERE name = $1`, l.name).Scan(&m.Position, &m.Event)
	if errors.Is(err, sql.ErrNoRows) || (err == nil && m.Position == 0) {
		return office.Mark{}, nil
	}
	if err != nil {
		return m, fmt.Errorf("checkpoint: %w", err)
	}
	for rec, err := range l.app.Store.All(ctx, m.Position-1) {
		if err != nil {
			return m, err
		}
		if rec.ID.String() == m.Event {
			return m, nil
		}
		break
	}
	return office.Mark{}, nil
}

func (l lane) keep(ctx context.Context, m office.Mark) error {
	_, err := l.db.ExecContext(ctx, `INSERT INTO reaction_checkpoint (name, position, event) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET position = excluded.position, event = excluded.event`, l.name, int64(m.Position), m.Event)
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	return nil
}

// Reacted answers the position up to which every lane of reactions has carried out
// what follows; it may lag by as many events as are read without any.
func (a *App) Reacted(ctx context.Context) (uint64, error) {
	var lanes, position int64
	err := a.marks.QueryRowContext(ctx, `SELECT COUNT(*), COALESCE(MIN(position), 0) FROM reaction_checkpoint`).Scan(&lanes, &position)
	if lanes < reactionLanes {
		position = 0
	}
	return uint64(position), err
}

// similar lets the people index look for the same human being in two records.
type similar struct{ people *people.Index }

func (s similar) Similar(ctx context.Context, person string, position uint64) ([]office.Suspect, error) {
	if err := s.people.Wait(ctx, position); err != nil {
		return nil, err
	}
	var out []office.Suspect
	for _, m := range s.people.Similar(person) {
		out = append(out, office.Suspect{Other: m.Person, Score: m.Points, Signals: m.Signals})
	}
	return out, nil
}
