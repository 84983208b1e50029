package locale

import "fmt"

// Probing is what the command line says of what an office stands on. Said holds a
// sentence for each finding of domain/probe, with its values in their order.
type Probing struct {
	Check string
	Names map[string]string // of probes
	Said  map[string]string
	Sum   map[string]string // good, warning, missing
}

// Finding is the sentence of a finding.
func (p Probing) Finding(name, why string, args []string) string {
	values := make([]any, len(args))
	for i, a := range args {
		values[i] = a
	}
	if known := p.Names[name]; known != "" {
		name = known
	}
	return fmt.Sprintf("%s: %s", name, fmt.Sprintf(p.Said[why], values...))
}

var japaneseProbing = Probing{
	Check: "設定したものを実際に試し、足りないものを言葉で示す（0: 問題なし、1: 注意、2: 不足）",
	Names: map[string]string{"data": "データのフォルダー", "clock": "時計", "keys": "鍵", "tls": "証明書", "address": "アドレス", "log": "記録（KurrentDB）", "bus": "NATS",
		"read-models": "閲覧用の表（PostgreSQL）", "access": "閲覧記録など（PostgreSQL）"},
	Sum: map[string]string{"good": "このまま使えます。", "warning": "使えますが、注意が要ります。", "missing": "足りないものがあります。"},
	Said: map[string]string{
		"sync": "同期書き込みの半分が %s 以内、99%% が %s 以内", "sync_slow": "同期書き込みが遅すぎます（半分が %s 以内、99%% が %s 以内）。すべての記録がこれだけ待ちます",
		"sync_untrue": "同期書き込みが速すぎます（半分が %s 以内、99%% が %s 以内）。実際には書いていないディスクかもしれず、停電で記録を失います",
		"sync_none":   "同期書き込みを試せませんでした", "data_unwritable": "書き込めません: %s", "data_strange": "使えません: %s",
		"disk": "空き %s（使用 %s）", "disk_low": "空きが %s しかありません（使用 %s）。作り直しや控えには同じだけの空きが要ります", "disk_full": "空きがほとんどありません: %s（使用 %s）",
		"clock": "時計の差 %s", "clock_off": "時計がずれています: %s", "clock_far": "時計が大きくずれています: %s。時刻合わせ（NTP）を確かめてください",
		"clock_log": "最後の記録より後です", "clock_behind": "最後の記録より %s 前を指しています。時刻合わせ（NTP）を確かめてください", "log_unread": "最後の記録を読めません: %s",
		"keys": "期間 %s、%s から", "keys_fresh": "最初の起動のときに %s に作ります", "keys_old": "期間 %s が %s 日続いています。サーバーが動いていれば毎週替わるはずです",
		"keys_beside": "鍵の鍵がデータと同じ場所にあります（%s）。控えを持つ人が鍵も持ちます。ayumi keys move で移してください", "keys_missing": "鍵の鍵を読めません: %s",
		"tls": "%s まで有効", "tls_ends": "%s に切れます。更新してください", "tls_over": "%s に切れました", "tls_early": "%s からしか有効ではありません", "tls_unread": "証明書か鍵を読めません: %s",
		"tls_none": "暗号化せずに出しています: %s。TLSを使うか、前段の中継で暗号化してください",
		"address":  "%s は使えます: %s", "address_taken": "%s のアドレス %s を使えません: %s", "serving": "サーバーが動いています",
		"log": "主となる節が応じます", "log_new": "まだ記録はありません。最初の起動のときに始まります", "log_origin": "記録 %s があります",
		"log_empty": "記録がありません。このフォルダーの記録は %s のはずです", "log_other": "別の記録 %s があります。このフォルダーの記録は %s です", "log_unreached": "応じません: %s",
		"no_tls": "通信が暗号化されていません",
		"bus":    "応じます（版 %s、サーバー %s 台）", "bus_unreached": "応じません: %s", "bus_jetstream": "JetStreamを使えません: %s",
		"bus_may": "書け、消せません", "bus_publish": "この資格では書けません: %s", "bus_remove": "この資格で流れを消せます。infra/deploy/nats/ayumi.conf のように権限を絞ってください",
		"bus_servers": "サーバーが %s 台しかなく、%s 重には置けません", "bus_new": "流れはまだありません。最初の起動のときに作ります", "bus_replicas": "流れは %s 重で、設定は %s 重です",
		"bus_current": "最新なのは %s 台だけです（%s 重のうち）", "bus_stream": "流れの %s 台すべてが最新です", "bus_open": "流れから消せる設定です。流れを作り直してください",
		"database": "応じます（版 %s）", "database_unreached": "応じません: %s", "database_old": "版 %s は古すぎます（%s 以上）", "database_standby": "読み取り専用の複製です。主のサーバーを指定してください",
		"database_fsync": "fsync が off です。停電で失います", "database_synchronous": "synchronous_commit が off です。停電で、答えたものを失います", "database_pages": "full_page_writes が off です。停電で壊れることがあります",
		"database_may_make":   "日々使う役割が表やデータベースを作れます。権限を外してください（作るのは -owner の役割です）",
		"database_no_owner":   "日々使う役割が表を作ります。作る役割を分けてください（-owner）",
		"database_owner":      "表を作る役割で入れません: %s",
		"database_owner_weak": "表を作る役割が、表を作れません", "database_connections": "接続の空きがわずかです（%s / %s）",
	},
}

var englishProbing = Probing{
	Check: "try everything that is configured and say what is missing; exit code 0 good, 1 a warning, 2 missing",
	Names: map[string]string{"data": "data folder", "clock": "clock", "keys": "keys", "tls": "certificate", "address": "address", "log": "log (KurrentDB)", "bus": "NATS",
		"read-models": "read models (PostgreSQL)", "access": "access log and the like (PostgreSQL)"},
	Sum: map[string]string{"good": "This can be used as it is.", "warning": "This can be used, with care.", "missing": "Something is missing."},
	Said: map[string]string{
		"sync": "half of the synced writes take up to %s, 99 %% up to %s", "sync_slow": "synced writes are too slow: half up to %s, 99 %% up to %s; every record waits for that",
		"sync_untrue": "synced writes are too quick to be true: half up to %s, 99 %% up to %s; a disk that only says so loses records in a power cut",
		"sync_none":   "no synced write could be tried", "data_unwritable": "cannot be written: %s", "data_strange": "cannot be used: %s",
		"disk": "%s free, %s in use", "disk_low": "only %s free, %s in use; a rebuild or a backup needs the room once more", "disk_full": "hardly anything is free: %s, %s in use",
		"clock": "clocks differ by %s", "clock_off": "clocks differ: %s", "clock_far": "clocks are far apart: %s; look at NTP",
		"clock_log": "stands after the last record", "clock_behind": "stands %s before the last record; look at NTP", "log_unread": "the last record cannot be read: %s",
		"keys": "epoch %s, since %s", "keys_fresh": "they will be made in %s at the first start", "keys_old": "epoch %s has lasted %s days; a running server turns it every week",
		"keys_beside": "the key-encryption keys lie with the data (%s): who has a copy has them too; ayumi keys move puts them elsewhere", "keys_missing": "the key-encryption key cannot be read: %s",
		"tls": "holds until %s", "tls_ends": "ends on %s; renew it", "tls_over": "ended on %s", "tls_early": "holds only from %s", "tls_unread": "certificate or key cannot be read: %s",
		"tls_none": "pages go out without encryption: %s; use TLS, or let a proxy in front do so",
		"address":  "%s can be used: %s", "address_taken": "%s, %s cannot be used: %s", "serving": "a server is running",
		"log": "the node that leads answers", "log_new": "there is no log yet; it begins at the first start", "log_origin": "it holds the log %s",
		"log_empty": "there is no log; the one of this folder is %s", "log_other": "it holds another log, %s; the one of this folder is %s", "log_unreached": "no answer: %s",
		"no_tls": "the connection is not encrypted",
		"bus":    "answers: version %s, %s servers", "bus_unreached": "no answer: %s", "bus_jetstream": "JetStream cannot be used: %s",
		"bus_may": "these credentials may write and may not remove", "bus_publish": "these credentials may not write: %s", "bus_remove": "these credentials may remove streams; narrow them as infra/deploy/nats/ayumi.conf does",
		"bus_servers": "there are %s servers, too few for %s copies", "bus_new": "there is no stream yet; it is made at the first start", "bus_replicas": "the stream has %s copies, %s are configured",
		"bus_current": "only %s of %s copies are up to date", "bus_stream": "all %s copies of the stream are up to date", "bus_open": "the stream lets messages be deleted; have it made again",
		"database": "answers: version %s", "database_unreached": "no answer: %s", "database_old": "version %s is too old, %s and later are meant", "database_standby": "this is a standby that can only be read; name the primary server",
		"database_fsync": "fsync is off: a power cut loses what was written", "database_synchronous": "synchronous_commit is off: a power cut loses what was answered", "database_pages": "full_page_writes is off: a power cut may damage it",
		"database_may_make":   "the role of every day may make tables or databases; take that away, the -owner role makes them",
		"database_no_owner":   "the role of every day makes the tables; let another one do it (-owner)",
		"database_owner":      "the role that makes tables cannot come in: %s",
		"database_owner_weak": "the role that makes tables may not make any", "database_connections": "few connections are left: %s of %s are used",
	},
}
