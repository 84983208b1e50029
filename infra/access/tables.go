package access

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"time"
)

// Tables makes the tables of a log in PostgreSQL. The role of the application may add
// to them and nothing more; what is past its retention goes by let_go, which demands
// that the newest entry says so and that nothing younger than 30 days goes (days count
// from 0000-12-31).
const Tables = `
create table if not exists line(
  no bigint primary key, day bigint not null, account text collate "C" not null, controller text collate "C" not null, act text collate "C" not null,
  query text collate "C" not null, facts bytea not null, salt bytea not null);
create index if not exists line_by_account on line(account, no);
create index if not exists line_by_day on line(day, no);
create index if not exists line_by_act on line(act, no);
create index if not exists line_by_query on line(query, no) where query <> '';
create table if not exists about(subject text collate "C" not null, no bigint not null, primary key(subject, no));
create index if not exists about_by_no on about(no);
create table if not exists hash(i bigint primary key, hash bytea not null);
create table if not exists gone(upto bigint primary key);
create table if not exists secret(one boolean primary key default true check (one), mark text not null);
create or replace function refuse() returns trigger language plpgsql as $$
begin
  raise exception 'access log is append-only';
end $$;
create or replace function stay() returns trigger language plpgsql set search_path from current as $$
begin
  if old.no > coalesce((select max(upto) from gone), 0) then
    raise exception 'access log is append-only';
  end if;
  return old;
end $$;
create or replace function let_go() returns void language plpgsql security definer set search_path from current as $$
declare
  said line%rowtype;
  last bigint;
begin
  select * into said from line order by no desc limit 1;
  if said.act is distinct from 'prune' then
    raise exception 'access log: no entry says that lines go';
  end if;
  last := split_part(convert_from(said.facts, 'UTF8')::json ->> 'subject', '-', 2)::bigint;
  if exists (select from line where no <= last and day > (now() at time zone 'Asia/Tokyo')::date - date '0001-01-01' + 1 - 30) then
    raise exception 'access log: lines are within their retention';
  end if;
  insert into gone(upto) values(last) on conflict do nothing;
  delete from about where no <= last;
  delete from line where no <= last;
end $$;
create or replace trigger line_never_changes before update on line for each row execute function refuse();
create or replace trigger about_never_changes before update on about for each row execute function refuse();
create or replace trigger hash_never_changes before update on hash for each row execute function refuse();
create or replace trigger hash_stays before delete on hash for each row execute function refuse();
create or replace trigger line_stays before delete on line for each row execute function stay();
create or replace trigger about_stays before delete on about for each row execute function stay();
create or replace trigger line_all_stays before truncate on line for each statement execute function refuse();
create or replace trigger about_all_stays before truncate on about for each statement execute function refuse();
create or replace trigger hash_all_stays before truncate on hash for each statement execute function refuse();`

// Grant is what the role of the application may do with the rows of Tables.
const Grant = "SELECT, INSERT"

// SecretFault: the file at Path is not the secret with which the log was begun, or it
// is missing.
type SecretFault struct {
	Path    string
	Missing bool
}

func (f SecretFault) Error() string {
	if f.Missing {
		return f.Path + ": the secret of the access log is missing"
	}
	return f.Path + ": the secret of the access log is another one"
}

// OpenTables opens the log in the tables of db, which it closes with itself. Several
// instances may write it, each with a copy of the same secret at o.Key; the first one
// makes it.
func OpenTables(ctx context.Context, db *sql.DB, o Options) (*Log, error) {
	secret, err := sharedSecret(ctx, db, o.Key)
	if err != nil {
		return nil, fmt.Errorf("access log: %w", errors.Join(err, db.Close()))
	}
	return begin(db, tables{db}, secret)
}

func sharedSecret(ctx context.Context, db *sql.DB, path string) ([]byte, error) {
	var mark string
	err := db.QueryRowContext(ctx, `select mark from secret`).Scan(&mark)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	if _, missing := os.Stat(path); mark != "" && errors.Is(missing, os.ErrNotExist) {
		return nil, SecretFault{path, true}
	}
	secret, err := secretAt(path)
	if err != nil {
		return nil, err
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("ayumi access log secret v1"))
	own := hex.EncodeToString(mac.Sum(nil)[:16])
	if mark == "" {
		if _, err := db.ExecContext(ctx, `insert into secret(mark) values($1) on conflict do nothing`, own); err != nil {
			return nil, err
		}
		if err := db.QueryRowContext(ctx, `select mark from secret`).Scan(&mark); err != nil {
			return nil, err
		}
	}
	if mark != own {
		return nil, SecretFault{path, false}
	}
	return secret, nil
}

// tables are a log of several processes. What one of them adds is numbered and hashed
// over what all of them added before.
type tables struct{ db *sql.DB }

const (
	// patience is how long a step may take; then nothing is shown.
	patience = 10 * time.Second
	looking  = time.Second
)

// within tries again what was lost with its connection, unless the commit itself had
// been sent: an entry may then be there that nobody was shown anything for.
func (e tables) within(do func(context.Context, writing) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	err := e.once(ctx, do)
	if errors.Is(err, errUnsent) && ctx.Err() == nil {
		err = e.once(ctx, do)
	}
	return err
}

var errUnsent = errors.New("nothing was written")

func (e tables) once(ctx context.Context, do func(context.Context, writing) error) error {
	tx, err := e.db.BeginTx(ctx, nil)
	if err != nil {
		return errors.Join(errUnsent, err)
	}
	defer tx.Rollback() //nolint:errcheck // it ended, or its fault is told
	// Held to the end of the commit: whoever comes next reads what was committed.
	if _, err := tx.ExecContext(ctx, `select pg_advisory_xact_lock(hashtextextended('ayumi access log', 0))`); err != nil {
		return errors.Join(errUnsent, err)
	}
	if err := do(ctx, tx); err != nil {
		return errors.Join(errUnsent, err)
	}
	return tx.Commit()
}

func (e tables) letGo(ctx context.Context, tx writing, _ uint64) error {
	_, err := tx.ExecContext(ctx, `select let_go()`)
	return err
}

func (e tables) sound(context.Context) error { return nil }

func (e tables) look() time.Duration { return looking }

func (e tables) close() error { return e.db.Close() }
