package sqldb

import (
	"context"
	"net/netip"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"ayumi/domain/probe"
)

const probing = `SELECT current_setting('server_version_num')::int, pg_is_in_recovery(),
	coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false),
	current_setting('fsync') = 'on', current_setting('synchronous_commit') <> 'off', current_setting('full_page_writes') = 'on',
	r.rolsuper OR r.rolcreatedb OR r.rolcreaterole OR has_database_privilege(current_database(), 'CREATE') OR
		coalesce(has_schema_privilege(to_regnamespace('public'), 'CREATE'), false),
	(SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')::int, current_setting('max_connections')::int,
	clock_timestamp()
FROM pg_roles r WHERE r.rolname = current_user`

// Probe reads what a database is like for the role of url; it changes nothing.
func Probe(ctx context.Context, url string) (d probe.Database, err error) {
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return d, err
	}
	defer c.Close(context.WithoutCancel(ctx))
	d.Local = local(c.Config().Host)
	var theirs time.Time
	asked := time.Now()
	err = c.QueryRow(ctx, probing).Scan(&d.Version, &d.Standby, &d.TLS, &d.Fsync, &d.Synchronous, &d.WholePages, &d.MayMake, &d.Used, &d.Allowed, &theirs)
	d.Within = time.Since(asked)
	d.Ahead = theirs.Sub(asked.Add(d.Within / 2))
	return d, err
}

// local tells whether a host is this machine.
func local(host string) bool {
	at, err := netip.ParseAddr(host)
	return host == "localhost" || strings.HasPrefix(host, "/") || (err == nil && at.IsLoopback())
}
